"""What people name — files, folders, addresses, lists of addresses, standard input — opened one after the other."""

from __future__ import annotations

import gzip
import io
import os
import stat
import sys
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from whodid.errors import ReadError
from whodid.ingest.decode import decode
from whodid.ingest.fetch import fetch, is_address
from whodid.ingest.readers import HEAD, Source
from whodid.records import Rejection

STDIN = "-"
"""What names standard input."""

_GZIP = b"\x1f\x8b"
_LIST_BYTES = 10_000_000
_MAY_BE_LIST = (".txt", ".text", "")


def open_sources(names: Iterable[str | Path], max_chars: int, stdin: BinaryIO | None) -> Iterator[Source | Rejection]:
    """Each source in order. Its stream is closed when the next is asked for; what does not open becomes a Rejection."""
    for name in map(str, names):
        try:
            if name == STDIN:
                yield from _opened(STDIN, stdin or sys.stdin.buffer, "", max_chars)
            elif is_address(name):
                yield _fetched(name, max_chars)
            else:
                yield from _path(Path(name), max_chars)
        except ReadError as error:
            yield Rejection(source=name, code=error.code, message=error.message)


def _path(path: Path, max_chars: int) -> Iterator[Source | Rejection]:
    try:
        is_folder = path.is_dir()
    except (OSError, ValueError) as error:
        raise ReadError("unreadable", _why(error)) from error
    if is_folder:
        yield from _folder(path, max_chars)
        return
    try:
        with path.open("rb") as stream:
            yield from _opened(str(path), stream, path.suffix.lower(), max_chars)
    except (OSError, ValueError) as error:
        raise ReadError("unreadable", _why(error)) from error


def _folder(folder: Path, max_chars: int) -> Iterator[Source | Rejection]:
    """Every file below ``folder`` by name; hidden files and folders, and links to folders, are skipped."""
    faults: list[OSError] = []
    found = False
    for place, folders, files in os.walk(folder, onerror=faults.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in files if not name.startswith(".")):
            found = True
            path = Path(place, name)
            try:
                _refuse_device(path)
                yield from _path(path, max_chars)
            except ReadError as error:
                yield Rejection(source=str(path), code=error.code, message=error.message)
    for fault in faults:
        yield Rejection(source=str(fault.filename), code="unreadable", message=_why(fault))
    if not found and not faults:
        yield Rejection(
            source=str(folder), code="empty", message="the folder has no files in it (hidden ones are skipped)"
        )


def _refuse_device(path: Path) -> None:
    """A pipe or socket that lies in a folder would be waited for without end; one that is named by itself is read."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise ReadError("unreadable", _why(error)) from error
    if not stat.S_ISREG(mode):
        raise ReadError(
            "unreadable", "this is no regular file (a pipe, socket or device); name it by itself to read it"
        )


def _why(error: Exception) -> str:
    advice: dict[type[Exception], str] = {
        FileNotFoundError: "check the spelling; an address starts with http:// or https://",
        PermissionError: "ask for the right to read it, or copy it to where you may",
    }
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return f"it cannot be opened: {reason}; {advice.get(type(error), 'check that it is a file that can be read')}"


# ---------------------------------------------------------------- opening


def _opened(name: str, raw: BinaryIO, suffix: str, max_chars: int) -> Iterator[Source | Rejection]:
    """The source in the stream ``raw``, unpacked if it is gzip, or the sources at the addresses that it lists."""
    try:
        head, stream = _with_head(raw)
        if head.startswith(_GZIP):
            head, stream = _with_head(gzip.GzipFile(fileobj=stream))
            suffix = Path(name.removesuffix(".gz")).suffix.lower()
        if suffix == ".urls" or (suffix in _MAY_BE_LIST and _starts_like_list(head)):
            data = stream.read(_LIST_BYTES)
            lines = _list_lines(data, strict=suffix == ".urls")
            if lines:
                yield from _listed(name, lines, max_chars)
                return
            stream = io.BufferedReader(_Joined(data, stream))
    except (OSError, EOFError, zlib.error) as error:
        raise ReadError("unreadable", _why(error)) from error
    yield Source(name=name, stream=stream, head=head, max_chars=max_chars, suffix=suffix)


def _with_head(raw: BinaryIO | gzip.GzipFile) -> tuple[bytes, BinaryIO]:
    """The first bytes of ``raw``, and a stream that starts with them: standard input cannot be turned back."""
    head = raw.read(HEAD)
    return head, io.BufferedReader(_Joined(head, raw))


class _Joined(io.RawIOBase):
    """Bytes that were read already, then the rest of their stream."""

    def __init__(self, start: bytes, rest: BinaryIO | gzip.GzipFile) -> None:
        self._start = memoryview(start)
        self._rest = rest

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill ``buffer`` from what was read, then from the stream."""
        part = self._start[: len(buffer)] or self._rest.read(len(buffer))
        self._start = self._start[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)


# ---------------------------------------------------------------- lists of addresses


def _starts_like_list(head: bytes) -> bool:
    lines = (line.strip() for line in head.splitlines())
    first = next((line for line in lines if line and not line.startswith(b"#")), b"")
    return first.lower().startswith((b"http://", b"https://"))


def _list_lines(data: bytes, *, strict: bool) -> list[tuple[int, str]]:
    """Numbered lines that are neither blank nor comments; none if it is a text, unless it must be a list (strict)."""
    try:
        text = decode(data).text
    except ReadError:
        if strict:
            raise
        return []
    numbered = ((n, line.strip()) for n, line in enumerate(text.splitlines(), start=1))
    lines = [(n, line) for n, line in numbered if line and not line.startswith("#")]
    return lines if strict or all(is_address(line) for _, line in lines) else []


def _listed(name: str, lines: list[tuple[int, str]], max_chars: int) -> Iterator[Source | Rejection]:
    for number, line in lines:
        try:
            if not is_address(line):
                raise ReadError(
                    "unreadable", f"{line[:80]!r} is no address; a .urls file has one http or https address a line"
                )
            yield _fetched(line, max_chars)
        except ReadError as error:
            place = line if is_address(line) else f"{name}:{number}"
            yield Rejection(source=place, code=error.code, message=error.message)


def _fetched(url: str, max_chars: int) -> Source:
    got = fetch(url)
    return Source(
        name=url,
        stream=io.BytesIO(got.data),
        head=got.data[:HEAD],
        max_chars=max_chars,
        suffix=got.suffix,
        url=got.url,
        charset=got.charset,
    )
