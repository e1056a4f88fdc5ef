"""Ontologies from YAML: one that comes with Whodid by its name, any other by the path of its file."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.abc import Traversable
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from whodid.errors import OntologyError, UsageError
from whodid.ontology import model

DEFAULT = "plover-2.0"

_SECTIONS = ("types", "contexts", "sectors", "countries", "recode", "readings", "cameo", "coded")
"""Sections that may stand in a file of their own: their value is then its name, beside the ontology's file."""

_NAMES = {"recode": "recodes", "cameo": "cameo_table"}
"""Keys of the file that are attributes of another name."""

_PARTS: dict[str, type[BaseModel]] = {
    "types": model.EventType,
    "modes": model.Mode,
    "contexts": model.Context,
    "sectors": model.Sector,
    "recodes": model.Recode,
    "readings": model.Reading,
    "codes": model.CameoCode,
    "back": model.CameoRule,
    "cameo_table": model.Cameo,
    "take": model.Take,
    "coded": model.Coded,
}
"""What the entries of a section are, to say which keys an error allows."""


@lru_cache(maxsize=1)
def packaged() -> tuple[str, ...]:
    """The names of the ontologies that come with Whodid."""
    names = (file.name for file in files(__package__).iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


def load_ontology(name_or_path: str = DEFAULT) -> model.Ontology:
    """The ontology of this name, or of the YAML file at this path; read once and kept.

    Raises UsageError where there is neither, and OntologyError (file, key, value, what is allowed) where the file has
    the wrong shape.
    """
    if name_or_path in packaged():
        return _packaged(name_or_path)
    path = Path(name_or_path)
    if not path.is_file():
        hint = model.unknown("ontology", name_or_path, packaged(), of="Whodid")
        raise UsageError(f"{hint} (or give the path of a YAML file)")
    return _from_path(path.resolve(), path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _packaged(name: str) -> model.Ontology:
    folder = files(__package__)
    return _read(folder.joinpath(f"{name}.yaml"), folder)


@lru_cache(maxsize=8)
def _from_path(path: Path, changed: int) -> model.Ontology:  # `changed` is there to be part of the cache's key
    return _read(path, path.parent)


def _read(file: Traversable, folder: Traversable) -> model.Ontology:
    data = _yaml(file)
    if not isinstance(data, dict):
        raise OntologyError(f"{file.name}: an ontology is a mapping with name, quads and types; found {_short(data)}")
    for section in _SECTIONS:
        if isinstance(data.get(section), str):
            data[section] = _yaml(folder.joinpath(data[section]))
    try:
        return model.Ontology.model_validate_json(json.dumps(_shaped(data), allow_nan=False))
    except ValidationError as error:
        raise OntologyError(f"{file.name}: {_explained(error)}") from error
    except (
        OntologyError,
        TypeError,
        ValueError,
    ) as error:  # the latter from JSON: a date, or a score that is no number
        raise OntologyError(f"{file.name}: {error}") from error


# ---------------------------------------------------------------- YAML


class _Loader(yaml.CSafeLoader):
    """YAML without double keys, of which plain YAML silently keeps the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise OntologyError(f"line {key.start_mark.line + 1}: the key {key.value!r} stands twice")
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def _yaml(file: Traversable) -> Any:
    try:
        return yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)
    except OntologyError as error:
        raise OntologyError(f"{file.name}: {error}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise OntologyError(f"{file.name}: cannot be read as UTF-8 text ({error})") from error
    except yaml.YAMLError as error:
        raise OntologyError(f"{file.name}: no YAML: {' '.join(str(error).split())}") from error


# ---------------------------------------------------------------- from the file's shape to the records'


def _shaped(data: dict[str, Any]) -> dict[str, Any]:
    """The data as :class:`model.Ontology` takes it: each part knows its code, each CAMEO code its coding."""
    out = {_NAMES.get(key, key): value for key, value in data.items()}
    for section in ("types", "contexts", "sectors"):
        if section in out:
            out[section] = _coded(out[section], section)
    types = out.get("types")
    for code, one in types.items() if isinstance(types, dict) else ():
        if isinstance(one, dict) and "modes" in one:
            one["modes"] = _coded(one["modes"], f"types.{code}.modes")
    table = out.get("cameo_table")
    if isinstance(table, dict) and "codes" in table:
        rows = _coded(table["codes"], "cameo.codes")
        gathered = {code: _row(row) for code, row in rows.items()} if isinstance(rows, dict) else rows
        out["cameo_table"] = table | {"codes": gathered}
    return out


def _coded(parts: Any, where: str) -> Any:
    if not isinstance(parts, dict):
        return {} if parts is None else parts
    for key in parts:
        if not isinstance(key, str):
            kind = type(key).__name__
            raise OntologyError(f"{where}: the code {key!r} is read as {kind}, not as text; put it in quotation marks")
    return {code: {**part, "code": code} if isinstance(part, dict) else part for code, part in parts.items()}


def _row(row: Any) -> Any:
    """A row of the CAMEO table, with its type, mode and contexts gathered into one coding."""
    if not isinstance(row, dict) or "type" not in row:
        return row
    coding = {key: row[key] for key in ("type", "mode", "contexts") if key in row}
    return {key: value for key, value in row.items() if key not in coding} | {"coding": coding}


# ---------------------------------------------------------------- errors


def _explained(error: ValidationError) -> str:
    """The first error: key, what is allowed, what was found; and how many more there are."""
    first = error.errors()[0]
    loc = first["loc"]
    back = {attribute: key for key, attribute in _NAMES.items()}
    where = ".".join(back.get(str(part), str(part)) for part in loc) or "the file"
    what = first["msg"]
    if first["type"] == "extra_forbidden":
        known = next((_PARTS[str(part)] for part in reversed(loc[:-1]) if part in _PARTS), model.Ontology)
        keys = (back.get(name, name) for name in known.model_fields if name != "code" or known is model.CameoRule)
        what = f"there is no such key; known: {', '.join(keys)}"
    found = "nothing" if first["type"] == "missing" else _short(first["input"])
    more = f" ({error.error_count() - 1} more)" if error.error_count() > 1 else ""
    return f"{where}: {what}; found {found}{more}"


def _short(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= 80 else shown[:77] + "…"
