"""Bytes → Report: files, folders, pages, JSON Lines, lists of addresses, standard input. See docs/reading.md."""

from __future__ import annotations

import datetime as dt
import io
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from whodid.errors import ReadError
from whodid.ingest.intake import Intake
from whodid.ingest.page import Page, extract_page
from whodid.ingest.readers import HEAD, Draft, Reader, Source, check_reader, reader_table
from whodid.ingest.sources import open_sources
from whodid.records import Rejection, Report

__all__ = ["Draft", "Page", "Reader", "Source", "check_reader", "extract_page", "read", "read_bytes"]


def read(
    sources: Iterable[str | Path],
    *,
    date: dt.date | None = None,
    max_chars: int = 1_000_000,
    stdin: BinaryIO | None = None,
) -> Iterator[Report | Rejection]:
    """Every report of ``sources``, in order, and a Rejection for each thing that is none.

    sources: files, folders, http(s) addresses, lists of addresses, ``-`` for ``stdin`` (standard input by default); a
    single one may be given as it is. date: publication date of the reports that have none. max_chars: longest text.

    Bad input never raises. UsageError is raised where an installed reader does not fit.
    """
    names = [sources] if isinstance(sources, str | Path) else sources
    intake = Intake(date, max_chars)
    for source in open_sources(names, max_chars, stdin):
        for item in [source] if isinstance(source, Rejection) else _drafts(source):
            yield intake.admit(item) if isinstance(item, Draft) else item


def read_bytes(
    name: str, data: bytes, *, date: dt.date | None = None, max_chars: int = 1_000_000
) -> Iterator[Report | Rejection]:
    """The same for bytes that somebody sent: they are one text, page or file of JSON lines, as the end of ``name`` or
    the bytes themselves say. Nothing is opened, fetched or unpacked, whatever stands in them."""
    suffix = Path(name).suffix.lower()
    known = sorted(reader_table().suffixes)
    if suffix and suffix not in known:
        yield Rejection(
            source=name,
            code="binary",
            message=f"files that end in {suffix} are not read here; those that are: {', '.join(known)}",
        )
        return
    intake = Intake(date, max_chars)
    source = Source(name=name, stream=io.BytesIO(data), head=data[:HEAD], max_chars=max_chars, suffix=suffix)
    for item in _drafts(source):
        yield intake.admit(item) if isinstance(item, Draft) else item


def _drafts(source: Source) -> Iterator[Draft | Rejection]:
    """What the reader of ``source`` finds; whatever goes wrong in it becomes a Rejection, so that the rest is read."""
    reader = reader_table().choose(source)
    try:
        if not source.head:
            raise ReadError("empty", "there is nothing in it, not one byte")
        yield from reader.read(source)
    except ReadError as error:
        yield Rejection(source=source.name, code=error.code, message=error.message)
    except (OSError, EOFError, zlib.error) as error:
        yield Rejection(
            source=source.name,
            code="unreadable",
            message=f"it cannot be read to its end: {error}; check the disk, or unpack the file by hand",
        )
    except Exception as error:
        yield Rejection(
            source=source.name,
            code="failed",
            message=f"the reader {reader.name!r} failed: {type(error).__name__}: {error}; please report this",
        )
