"""Claims → files: JSON Lines (the promised format), CSV, Parquet. A format is a row of :data:`FORMATS`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from whodid.errors import UsageError
from whodid.export.csv_rows import csv_lines, write_csv
from whodid.export.json_lines import read_claims, write_json_lines
from whodid.export.parquet import write_parquet
from whodid.records import Claim

__all__ = ["FORMATS", "csv_lines", "read_claims", "write_claims"]

FORMATS: Mapping[str, Callable[[Iterable[Claim], Path], None]] = MappingProxyType(
    {
        "jsonl": write_json_lines,
        "csv": write_csv,
        "parquet": write_parquet,
    }
)
"""Format → what writes claims to a file in it."""


def write_claims(claims: Iterable[Claim], target: Path, *, format: str) -> None:
    """Write claims to a file, replacing it. Raises UsageError for a format that does not exist, OSError."""
    if format not in FORMATS:
        raise UsageError(f"there is no format {format!r}; formats: {', '.join(FORMATS)}")
    FORMATS[format](claims, target)
