"""The seam for readers: what one gets, what it gives, and the table from which it is chosen.

A reader turns the bytes of one source into drafts. It is found in a table, by the suffix of a file or by the first
bytes of anything else: first the readers of installed packages (entry points of the group ``whodid.readers``, each
naming an object that satisfies :class:`Reader`), then Whodid's own. :func:`check_reader` says whether an object does
what is asked of it.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from typing import BinaryIO, Protocol

from whodid.errors import ReadError, UsageError
from whodid.records import Rejection

GROUP = "whodid.readers"
"""Entry-point group in which other packages name their readers."""

HEAD = 8192
"""Bytes of a source that are looked at to tell what it is."""

_COUNTED = 16_000_000
"""Bytes up to which a text that is too long is still read, so that the message can name its length in characters."""


@dataclass(frozen=True, slots=True)
class Source:
    """One open source. ``stream`` stands at its start and is read once; ``head`` are its first :data:`HEAD` bytes.

    name: what messages call it. suffix: lower-case, with the dot, without ``.gz``; empty where there is none.
    url: the address that it was fetched from. charset: what the server said. max_chars: longest text, in characters.
    """

    name: str
    stream: BinaryIO
    head: bytes
    max_chars: int
    suffix: str = ""
    url: str | None = None
    charset: str | None = None

    def read_text_bytes(self) -> bytes:
        """All bytes, or ReadError(``too-long``) where they cannot be a text of ``max_chars`` characters."""
        limit = max(_COUNTED, 4 * self.max_chars + 4)  # no encoding takes more than four bytes a character
        allowed = f"{self.max_chars:,} characters are allowed. Raise WHODID_MAX_CHARS or split the text"
        return self.read_bytes(limit, allowed)

    def read_bytes(self, limit: int, advice: str) -> bytes:
        """All bytes, or ReadError(``too-long``) where there are more than ``limit``; ``advice`` ends the message."""
        data = self.stream.read(limit + 1)
        if len(data) > limit:
            raise ReadError("too-long", f"it has more than {limit:,} bytes; {advice}")
        return data


@dataclass(frozen=True, slots=True)
class Draft:
    """One report as a reader found it, before it is checked and has an id.

    source: what messages call it, such as ``news.jsonl:12``. sha256: of the report's own bytes, hexadecimal.
    published_from: how the date was found; given if and only if ``published`` is.
    """

    text: str
    source: str
    sha256: str
    reader: str
    id: str | None = None
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    published: dt.date | None = None
    published_from: str | None = None


class Reader(Protocol):
    """Reads one kind of source."""

    @property
    def name(self) -> str:
        """Short name, as it stands in ``Report.reader``."""
        ...

    @property
    def suffixes(self) -> Sequence[str]:
        """Suffixes of its files, lower-case, with the dot."""
        ...

    def recognises(self, head: bytes) -> bool:
        """True if a source that starts with these bytes is of its kind. Asked only where the suffix says nothing."""
        ...

    def read(self, source: Source) -> Iterator[Draft | Rejection]:
        """The drafts of one source, in order; a Rejection for each part that is none.

        Raises ReadError where the source as a whole, or the rest of it, cannot be read.
        """
        ...


class ReaderTable:
    """Readers by suffix, and by what they recognise, in the order given."""

    def __init__(self, readers: Sequence[Reader], fallback: Reader) -> None:
        self._readers = tuple(readers)
        self._fallback = fallback
        self._by_suffix: dict[str, Reader] = {}
        for reader in (*readers, fallback):
            for suffix in reader.suffixes:
                other = self._by_suffix.setdefault(suffix, reader)
                if other is not reader:
                    raise UsageError(
                        f"two readers claim files that end in {suffix!r}: {other.name!r} and {reader.name!r}; "
                        f"uninstall the package of one of them (entry points of {GROUP!r})"
                    )

    @property
    def suffixes(self) -> frozenset[str]:
        """Every suffix that a reader claims."""
        return frozenset(self._by_suffix)

    def choose(self, source: Source) -> Reader:
        """The reader of ``source``: by suffix, else by its first bytes, else the fallback."""
        if source.suffix in self._by_suffix:
            return self._by_suffix[source.suffix]
        return next((r for r in self._readers if r.recognises(source.head)), self._fallback)


@cache
def reader_table() -> ReaderTable:
    """The readers of installed packages and Whodid's own."""
    from whodid.ingest.jsonl import JsonLinesReader
    from whodid.ingest.page import PageReader
    from whodid.ingest.textfile import TextReader

    return ReaderTable([*installed_readers(), JsonLinesReader(), PageReader()], fallback=TextReader())


def installed_readers() -> list[Reader]:
    """The readers that installed packages name, by the name of their entry point.

    Raises UsageError where one does not load or fails :func:`check_reader`.
    """
    readers: list[Reader] = []
    for point in sorted(entry_points(group=GROUP), key=lambda p: p.name):
        try:
            reader: Reader = point.load()
        except Exception as error:
            raise UsageError(
                f"the reader {point.name!r} ({point.value}) does not load: {type(error).__name__}: {error}; "
                "repair or uninstall its package"
            ) from error
        if faults := check_reader(reader):
            raise UsageError(f"the reader {point.name!r} ({point.value}) does not fit: {'; '.join(faults)}")
        readers.append(reader)
    return readers


def check_reader(reader: Reader, sample: bytes | None = None) -> list[str]:
    """What is wrong with a reader, in words; an empty list if nothing is.

    Without ``sample`` only its shape is looked at. With the bytes of a source of its kind it must also read them: give
    drafts or rejections whose ``source`` names the source, drafts with the reader's name, a SHA-256, and a date if and
    only if it says how it found it; and do the same when asked twice.
    """
    missing = [a for a in ("name", "suffixes", "recognises", "read") if not hasattr(reader, a)]
    if missing:
        return [f"it has no {', '.join(missing)}"]
    faults = []
    if not isinstance(reader.name, str) or not reader.name:
        faults.append("its name is not a word")
    faults += [
        f"its suffix {s!r} is not lower-case with a dot" for s in reader.suffixes if s != s.lower() or s[:1] != "."
    ]
    if sample is not None and not faults:
        faults += _check_reading(reader, sample)
    return faults


def _check_reading(reader: Reader, sample: bytes) -> list[str]:
    if not isinstance(reader.recognises(sample[:HEAD]), bool):
        return ["recognises() gives no truth value"]
    first, second = (list(_read_sample(reader, sample)) for _ in range(2))
    faults = [] if first == second else ["it reads the same bytes in two ways"]
    if not any(isinstance(item, Draft) for item in first):
        faults.append("it finds no report in the sample")
    for item in first:
        if not item.source.startswith("sample"):
            faults.append(f"{item.source!r} does not name the source")
        if isinstance(item, Draft):
            if not item.reader.startswith(reader.name):
                faults.append(f"a draft is by {item.reader!r}, not by {reader.name!r}")
            if len(item.sha256) != 64:
                faults.append(f"{item.sha256!r} is no SHA-256 in hexadecimal")
            if (item.published is None) != (item.published_from is None):
                faults.append("a date without how it was found, or the other way round")
    return faults


def _read_sample(reader: Reader, sample: bytes) -> Iterator[Draft | Rejection]:
    try:
        yield from reader.read(Source("sample", io.BytesIO(sample), sample[:HEAD], max_chars=1_000_000))
    except ReadError as error:
        yield Rejection(source="sample", code=error.code, message=error.message)
