"""JSON Lines: one report a line, with ``text`` and, where known, id, title, date, publisher, url, language;
any other field is ignored."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from whodid.errors import ReadError
from whodid.ingest.dates import parse_date, shown
from whodid.ingest.decode import mark_of, refuse_binary
from whodid.ingest.language import language_tag
from whodid.ingest.readers import HEAD, Draft, Source
from whodid.records import Rejection

_BYTES_BESIDE_TEXT = 1_000_000
_BYTES_A_CHARACTER = 12
"""The most that a character takes in JSON: two escapes of six bytes."""

_MAX_ID = 200


class JsonLinesReader:
    """Reads JSON Lines as a stream: memory holds one line."""

    name = "jsonl"
    suffixes = (".jsonl", ".ndjson", ".jsonlines", ".json")

    def recognises(self, head: bytes) -> bool:
        """True if the first line that is not blank is, as far as can be seen, a JSON object."""
        encoding = mark_of(head)
        text = head.decode(encoding or "utf-8", "replace").removeprefix("\ufeff").lstrip()
        first, ended, _ = text.partition("\n")
        if first.strip() in ("{", "["):
            return True  # one document over many lines: this reader says what to do with it
        if not ended and len(head) == HEAD:
            return bool(re.match(r'\{\s*"', first))  # a line longer than the head
        try:
            return isinstance(json.loads(first), dict)
        except (ValueError, RecursionError):
            return False

    def read(self, source: Source) -> Iterator[Draft | Rejection]:
        """A draft or a rejection for each line that is not blank."""
        refuse_binary(source.head)
        limit = _BYTES_A_CHARACTER * source.max_chars + _BYTES_BESIDE_TEXT
        fresh = True  # nothing but blank lines so far
        for number, line in enumerate(_lines(_as_utf8(source), limit), start=1):
            place = f"{source.name}:{number}"
            if line is not None and not line.strip():
                continue
            try:
                if line is None:
                    raise ReadError(
                        "too-long",
                        f"the line has more than {limit:,} bytes; a text may have {source.max_chars:,} characters "
                        "(setting WHODID_MAX_CHARS)",
                    )
                if fresh and line.strip() in (b"{", b"["):
                    yield Rejection(source=place, code="not-json", message=_ONE_DOCUMENT)
                    return
                yield _draft(line, place)
            except ReadError as error:
                yield Rejection(source=place, code=error.code, message=error.message)
            fresh = False


_ONE_DOCUMENT = (
    "this is one JSON document over many lines, not JSON Lines; write one object a line, for example with "
    "`jq -c '.[]' FILE` (a list) or `jq -c . FILE` (an object). Nothing after this line was read"
)


def _as_utf8(source: Source) -> BinaryIO:
    """The stream as UTF-8 without byte order mark."""
    encoding = mark_of(source.head)
    if encoding is None:
        return source.stream
    if encoding == "utf-8":
        source.stream.read(3)
        return source.stream
    if encoding.startswith("utf-16"):
        return io.BufferedReader(_Transcoded(source.stream, encoding))
    raise ReadError("encoding", f"JSON Lines are UTF-8, this is {encoding.upper()}; convert it with `iconv -t utf-8`")


class _Transcoded(io.RawIOBase):
    """UTF-16 bytes, byte order mark first, read as UTF-8."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._text = io.TextIOWrapper(stream, encoding=encoding, newline="")
        self._text.read(1)
        self._rest = b""

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill ``buffer``; ReadError(``encoding``) where the bytes are no UTF-16."""
        if not self._rest:
            try:
                self._rest = self._text.read(65_536).encode()
            except UnicodeDecodeError as error:
                raise ReadError(
                    "encoding", f"the rest of the file is not UTF-16 ({error.reason}); save it as UTF-8"
                ) from error
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size


def _lines(stream: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """The lines of a stream without their ends, None for one of more than ``limit`` bytes."""
    while line := stream.readline(limit + 1):
        if len(line) <= limit or line.endswith(b"\n"):
            yield line.rstrip(b"\r\n")
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(1_000_000)
        yield None


def _draft(line: bytes, place: str) -> Draft:
    item = _object(line)
    text = item.get("text")
    if not isinstance(text, str) or not text.strip():
        raise ReadError(
            "no-text", f"`text` is {_kind(text, 'text' in item)}; each line needs one with the report's words"
        )
    published = _date(item.get("date"))
    return Draft(
        text=text,
        source=place,
        sha256=hashlib.sha256(line).hexdigest(),
        reader=JsonLinesReader.name,
        id=_id(item.get("id")),
        title=_string("title", item.get("title")),
        publisher=_string("publisher", item.get("publisher")),
        url=_url(_string("url", item.get("url"))),
        language=_language(_string("language", item.get("language"))),
        published=published,
        published_from="field" if published else None,
    )


def _object(line: bytes) -> dict[str, Any]:
    try:
        value = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ReadError(
            "encoding",
            f"byte {line[error.start]:#04x} at position {error.start} is not UTF-8, which JSON Lines must be",
        ) from error
    except json.JSONDecodeError as error:
        raise ReadError(
            "not-json", f"{error.msg} at character {error.pos + 1}; each line must be one whole JSON object"
        ) from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, brackets thousands deep
        raise ReadError("not-json", f"this JSON cannot be read: {error}") from error
    if not isinstance(value, dict):
        raise ReadError("not-json", f'the line is {_kind(value)}, not a JSON object such as {{"text": "…"}}')
    return value


def _kind(value: object, there: bool = True) -> str:
    if not there:
        return "missing"
    names = {str: "empty", type(None): "null", bool: "true or false", list: "a list", dict: "an object"}
    return "a string" if isinstance(value, str) and value.strip() else names.get(type(value), "a number")


def _string(field: str, value: object) -> str | None:
    """``value`` without outer spaces; None where it is null or blank."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise ReadError(
            "bad-field", f"`{field}` is {_kind(value)} ({shown(value)}); a string is allowed, or leave it out"
        )
    return value.strip() or None


def _id(value: object) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    text = _string("id", value)
    if text is not None and (len(text) > _MAX_ID or not text.isprintable()):
        raise ReadError("bad-field", f"`id` {shown(text)} must be at most {_MAX_ID} printable characters, on one line")
    return text


def _date(value: object) -> dt.date | None:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    try:
        return parse_date(value)
    except ValueError as error:
        raise ReadError("bad-field", f"`date`: {error}") from error


def _url(value: str | None) -> str | None:
    if value is None:
        return None
    try:
        parts = urlsplit(value)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.netloc or any(c.isspace() for c in value):
        raise ReadError(
            "bad-field", f"`url` is {shown(value)}; a whole http or https address is allowed, or leave it out"
        )
    return value


def _language(value: str | None) -> str | None:
    if value is None:
        return None
    tag = language_tag(value)
    if tag is None:
        raise ReadError(
            "bad-field", f"`language` is {shown(value)}; a BCP 47 code such as en, pt-BR or zh-Hant is allowed"
        )
    return tag
