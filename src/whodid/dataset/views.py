"""What people query: SQL views over one version's files that show only what counts at that version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING

from whodid.dataset.schema import tables

if TYPE_CHECKING:
    import duckdb

RAW = "raw_"
"""Before the name of a table: the view that shows every row of it, also what no longer counts."""


def make_views(connection: duckdb.DuckDBPyConnection, paths: Mapping[str, Sequence[str]]) -> None:
    """Make the views of ``views.sql`` over Parquet files. paths: table → its files."""
    for name, listed in paths.items():
        connection.execute(_raw(name, listed))
    connection.execute(files("whodid.dataset").joinpath("views.sql").read_text(encoding="utf-8"))


def _raw(name: str, paths: Iterable[str]) -> str:
    listed = ", ".join(_quoted(path) for path in paths)
    source = f"read_parquet([{listed}])" if listed else f"({_nothing(name)})"
    return f"CREATE VIEW {RAW}{name} AS SELECT * FROM {source}"


def _nothing(name: str) -> str:
    """A query with the columns of a table and no row."""
    kinds = {"string": "VARCHAR", "strings": "VARCHAR[]", "int": "BIGINT", "float": "DOUBLE", "bool": "BOOLEAN",
             "date": "DATE", "time": "TIMESTAMP WITH TIME ZONE"}  # fmt: skip
    columns = ", ".join(f'NULL::{kinds[c.kind]} AS "{c.name}"' for c in tables()[name].columns)
    return f"SELECT {columns} WHERE false"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
