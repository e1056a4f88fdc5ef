"""The tables and their columns, read from ``tables.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``kind`` is string, strings, int, float, bool, date or time."""

    name: str
    kind: str
    nullable: bool
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what its ``row`` is, and the schema version ``since`` which it exists."""

    name: str
    row: str
    since: int
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of its columns, in order."""
        return tuple(column.name for column in self.columns)

    def arrow(self) -> pa.Schema:
        """Its Arrow schema."""
        import pyarrow as pa

        kinds = _kinds()
        return pa.schema([pa.field(c.name, kinds[c.kind], nullable=c.nullable) for c in self.columns])


@cache
def _kinds() -> Mapping[str, Any]:
    import pyarrow as pa

    return {
        "string": pa.string(),
        "strings": pa.list_(pa.field("element", pa.string(), nullable=False)),
        "int": pa.int64(),
        "float": pa.float64(),
        "bool": pa.bool_(),
        "date": pa.date32(),
        "time": pa.timestamp("us", "UTC"),
    }


@cache
def _document() -> Mapping[str, Any]:
    text = files("whodid.dataset").joinpath("tables.yaml").read_text(encoding="utf-8")
    document: Mapping[str, Any] = yaml.load(text, yaml.CSafeLoader)
    return document


@cache
def schema_version() -> int:
    """Version of the schema that this program writes."""
    return int(_document()["schema"])


@cache
def tables() -> Mapping[str, Table]:
    """Every table by name, in the order of the file."""
    return MappingProxyType({name: _table(name, spec) for name, spec in _document()["tables"].items()})


def _table(name: str, spec: Mapping[str, Any]) -> Table:
    return Table(name, spec["row"], spec["since"], tuple(_columns(spec["columns"])))


def _columns(spec: Mapping[str, Any]) -> list[Column]:
    out = []
    for name, given in spec.items():
        if name.startswith("+"):
            out += _columns(_document()["parts"][name[1:]])
        else:
            kind, meaning = given
            out.append(Column(name, kind.removesuffix("?"), kind.endswith("?"), meaning))
    return out


def dictionary() -> str:
    """The data dictionary as Markdown: a heading and a table of columns for each table."""
    parts = []
    for table in tables().values():
        lines = [f"### `{table.name}`\n", f"A row is {table.row}.\n", "| column | type | meaning |", "|---|---|---|"]
        lines += [f"| `{c.name}` | {c.kind}{' or null' if c.nullable else ''} | {c.meaning} |" for c in table.columns]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"
