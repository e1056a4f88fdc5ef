"""Any Arrow table as CSV, JSON Lines or Parquet: what a query, SQL or a panel gives."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from whodid.errors import UsageError
from whodid.export.cells import csv_line, plain

if TYPE_CHECKING:
    import pyarrow as pa

_ROWS_AT_ONCE = 4_096


def write_rows(table: pa.Table, target: Path, *, format: str) -> None:
    """Write a table to a file, replacing it. CSV is safe for spreadsheets, R and pandas (:mod:`whodid.export.cells`);
    several values in one cell are joined by ``; ``. Raises UsageError for a format that does not exist, OSError."""
    if format == "parquet":
        import pyarrow.parquet

        pyarrow.parquet.write_table(table, target, compression="zstd")
        return
    if format not in LINES:
        raise UsageError(f"there is no format {format!r}; formats: {', '.join((*LINES, 'parquet'))}")
    with target.open("w", encoding="utf-8", newline="") as file:
        file.writelines(LINES[format](table))


def csv_of(table: pa.Table) -> Iterator[str]:
    """The header line, then a line a row."""
    yield csv_line(table.column_names)
    for row in _rows(table):
        yield csv_line(_cell(value) for value in row.values())


def jsonl_of(table: pa.Table) -> Iterator[str]:
    """A line a row; days and times as ISO 8601."""
    for row in _rows(table):
        yield json.dumps(row, ensure_ascii=False, default=_told) + "\n"


LINES: Mapping[str, Callable[[pa.Table], Iterator[str]]] = MappingProxyType({"jsonl": jsonl_of, "csv": csv_of})
"""The formats of text: name → the lines of a table."""


def _rows(table: pa.Table) -> Iterator[dict[str, Any]]:
    for batch in table.to_batches(max_chunksize=_ROWS_AT_ONCE):
        yield from batch.to_pylist()


def cell_text(value: Any) -> str:
    """What a table shows for a value."""
    return plain(_cell(value))


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        parts = [plain(_cell(part)) for part in value]
        return "; ".join(part or "-" for part in parts) if any(parts) else ""
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, default=_told)
    return value if value is None or isinstance(value, str | int | float | bool) else _told(value)


def _told(value: Any) -> str:
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return value.hex() if isinstance(value, bytes) else str(value)
