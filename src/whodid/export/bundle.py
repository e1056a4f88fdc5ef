"""An export as people get it: a folder with the data, a data dictionary, a codebook, ``CITATION.cff`` and a manifest.

The folder is written beside its place and put there when everything is in it: there is all of an export, or none.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml

from whodid.errors import UsageError
from whodid.export.cells import csv_lines
from whodid.export.codebook import codebook
from whodid.export.format import LEFT_OUT, REDUCED, Field, Format
from whodid.export.told import Told, number
from whodid.ontology import Ontology

MANIFEST, DICTIONARY, CODEBOOK, CITATION = "manifest.json", "dictionary.csv", "codebook.md", "CITATION.cff"
_KIND = "whodid export"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Source:
    """What was exported, for manifest and citation. name: of the dataset. version: of it, None where it has none. made:
    when that version was made. models: what coded it. settings: those of its runs, and the choice of events."""

    name: str
    version: int | None = None
    made: dt.datetime | None = None
    models: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Written:
    """What an export did. events: given. exported: written. left_out, reduced: code → number of events."""

    folder: Path
    events: int = 0
    exported: int = 0
    claims: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    reduced: Counter[str] = field(default_factory=Counter)


def write_export(
    stories: Iterable[Told], folder: Path, *, format: Format, ontology: Ontology, source: Source
) -> Written:
    """Write the events into a new folder, or in place of an earlier export. Raises UsageError where something else is
    in the way, OSError."""
    _check_free(folder)
    part = folder.with_name(folder.name + ".partial")
    if part.exists():
        shutil.rmtree(part)
    part.mkdir(parents=True)
    try:
        written = _write(stories, part, format)
        written.folder = folder
        _describe(part, written, format, ontology, source)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    if folder.exists():
        shutil.rmtree(folder)
    part.replace(folder)
    return written


def _check_free(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise UsageError(f"--out: {folder} is a file; an export is a folder: name one")
    there = [path.name for path in folder.iterdir()]
    if there and not _is_export(folder):
        raise UsageError(f"--out: {folder} is not empty and no earlier export; name a new folder")


def _is_export(folder: Path) -> bool:
    with suppress(OSError, ValueError):
        return dict(json.loads((folder / MANIFEST).read_text(encoding="utf-8"))).get("kind") == _KIND
    return False


def _write(stories: Iterable[Told], folder: Path, format: Format) -> Written:
    written, seen = Written(folder), set[int]()
    sink = format.open(folder)
    try:
        for told in stories:
            written.events += 1
            reason = format.refuse(told)
            if reason is None and format.numbered and (own := number(told.event.id)) in seen:
                reason = "same-number"
            if reason is not None:
                written.left_out[reason] += 1
                continue
            if format.numbered:
                seen.add(own)
            sink.add(told)
            written.exported += 1
            written.claims += len(told.claims)
            written.reduced.update(format.reduce(told))
    finally:
        sink.close()
    return written


# ---------------------------------------------------------------- what stands beside the data


def _describe(folder: Path, written: Written, format: Format, ontology: Ontology, source: Source) -> None:
    with (folder / DICTIONARY).open("w", encoding="utf-8", newline="") as file:
        file.writelines(dictionary(format))
    (folder / CODEBOOK).write_text(codebook(ontology), encoding="utf-8", newline="\n")
    (folder / CITATION).write_text(citation(format, source), encoding="utf-8", newline="\n")
    whole = manifest(folder, written, format, ontology, source)
    (folder / MANIFEST).write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def dictionary(format: Format) -> Iterable[str]:
    """The data dictionary as lines of CSV: every column of every file, in order."""
    rows: list[tuple[str, int, Field]] = [
        (file, n, column) for file, columns in format.files.items() for n, column in enumerate(columns, 1)
    ]
    return csv_lines(
        {
            "file": lambda r: r[0],
            "position": lambda r: r[1],
            "column": lambda r: r[2].name,
            "type": lambda r: r[2].kind,
            "meaning": lambda r: r[2].meaning,
            "source": lambda r: r[2].source or "never filled",
        },
        rows,
    )


def citation(format: Format, source: Source) -> str:
    """The text of ``CITATION.cff`` (Citation File Format 1.2.0)."""
    of = f", version {source.version}" if source.version is not None else ""
    data: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them, the program that coded them, and the reports themselves.",
        "type": "dataset",
        "title": f"{source.name}{of}: events coded from news reports with Whodid, in the format {format.name}",
        "authors": [{"name": "The makers of this dataset"}],
        "references": [
            {
                "type": "software",
                "title": "Whodid",
                "version": version("whodid"),
                "authors": [{"name": "The Whodid authors"}],
                "license": "Apache-2.0",
            }
        ],
    }
    if source.version is not None:
        data["version"] = str(source.version)
    if source.made is not None:
        data["date-released"] = source.made.date()
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=120)


def manifest(folder: Path, written: Written, format: Format, ontology: Ontology, source: Source) -> dict[str, Any]:
    """What is in ``manifest.json``: the same for the same events and version of the program."""
    made = {"made": source.made.isoformat() if source.made else None}
    return {
        "kind": _KIND,
        "format": {"name": format.name, "title": format.title, "follows": format.document, "note": format.note},
        "program": {"name": "whodid", "version": version("whodid")},
        "dataset": {**asdict(source), **made},
        "ontology": {"name": ontology.name, "source": ontology.source, "licence": ontology.licence},
        "events": {
            "given": written.events,
            "exported": written.exported,
            "claims": written.claims,
            "left_out": _counted(written.left_out, LEFT_OUT),
            "reduced": _counted(written.reduced, REDUCED),
        },
        "files": {
            path.name: {"bytes": path.stat().st_size, "sha256": _sha256(path)} for path in sorted(folder.iterdir())
        },
    }


def _counted(counts: Mapping[str, int], meanings: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    return {code: {"events": n, "meaning": meanings[code]} for code, n in sorted(counts.items())}


def _sha256(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()
