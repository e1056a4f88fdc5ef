"""Main text of web pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from bench.errors import BenchError
from bench.pipeline import Pipeline
from bench.shared import Row
from whodid.ingest import read
from whodid.records import Report


def pages(rows: Iterable[Row], pipeline: Pipeline) -> Iterator[Row]:
    """The text that ``ingest`` finds in each page; empty where it rejects one. ``folder`` is that of the gold file:
    the pages lie in it or beside it."""
    for row in rows:
        page = _file(Path(row["folder"]), row["html_file"])
        texts = [item.text for item in read([page]) if isinstance(item, Report)]
        yield {"id": row["id"], "text": "\n".join(texts)}


def _file(folder: Path, name: str) -> Path:
    for path in (folder / name, folder.parent / name):
        if path.is_file():
            return path
    raise BenchError(f"the page {name} is neither in {folder} nor in {folder.parent}")
