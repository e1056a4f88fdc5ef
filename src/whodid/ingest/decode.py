"""Bytes → text: Unicode where it is, the likeliest legacy encoding where it is not, a clear refusal otherwise."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from functools import cache

from whodid.errors import ReadError
from whodid.ingest.formats import marks, signatures, table

_SAMPLE = 32_768
"""Bytes, around the first one that is no UTF-8, from which a legacy encoding is guessed."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the encoding of its bytes. ``guessed`` is True where nothing but the bytes themselves tells it."""

    text: str
    encoding: str
    guessed: bool = False


def decode(data: bytes) -> Decoded:
    """The text of ``data`` without its byte order mark; nothing else is changed, line ends least of all.

    Tried in this order: a byte order mark, UTF-8, Windows-1252 if what comes out are letters and signs of Western
    Europe in sensible places, then the best fit that charset-normalizer finds among the legacy encodings of the web.
    Raises ReadError with the code ``binary`` or ``encoding``.
    """
    refuse_binary(data)
    encoding = mark_of(data)
    if encoding:
        return Decoded(_strict(data, encoding).removeprefix("\ufeff"), encoding)
    if b"\0" in data:
        raise ReadError("binary", _nul_message(data))
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if damaged_utf8(data):
            raise ReadError(
                "encoding",
                f"byte {data[error.start]:#04x} at position {error.start:,} is not UTF-8, though the rest is; "
                "the file is damaged or mixes encodings; repair that place, or drop such bytes: `iconv -c -t utf-8`",
            ) from error
        return _legacy(data, error.start)


def refuse_binary(head: bytes) -> None:
    """Raise ReadError(``binary``) where the first bytes are those of a known kind of file that is no text."""
    for signature in signatures():
        if head.startswith(signature.starts):
            raise ReadError("binary", f"this is {signature.kind}, not text; {signature.advice}")


def mark_of(data: bytes) -> str | None:
    """The encoding that a byte order mark tells, None without one."""
    return next((encoding for mark, encoding in marks() if data.startswith(mark)), None)


def damaged_utf8(data: bytes) -> bool:
    """True if ``data`` is not UTF-8 but most of its bytes beyond ASCII are: a damaged file, no legacy encoding."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    return bad > 0 and beyond_ascii - bad > bad


def known_encoding(label: str | None) -> str | None:
    """Python's name of the encoding that a page or server names, as browsers read the label; None if there is none."""
    if not label:
        return None
    try:
        name = codecs.lookup(label.strip().strip("\"'")).name
        bytes(4).decode(name)  # not a codec from text to text
    except (LookupError, ValueError):
        return None
    return str(table("labels").get(name, name))


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError(
            "encoding",
            f"the file starts with the mark of {encoding.upper()}, but the bytes at position {error.start:,} are not "
            f"{encoding.upper()} ({error.reason}); save it again as UTF-8",
        ) from error


def _nul_message(data: bytes) -> str:
    head = data[:2000]
    if max(head[::2].count(0), head[1::2].count(0)) > len(head) // 4:
        return "the bytes look like UTF-16 without a byte order mark; save the file as UTF-8"
    return (
        f"there is a NUL byte at position {data.index(0):,}: this is not text; Whodid reads text, HTML and JSON Lines"
    )


def _legacy(data: bytes, position: int) -> Decoded:
    """``data`` in the likeliest legacy encoding, judged by the bytes around ``position`` (the first beyond ASCII)."""
    start = max(0, position - _SAMPLE // 2)
    sample = data[start : start + _SAMPLE]
    names = ["cp1252"] if _western(sample) else []
    for name in names + _guesses(sample):
        try:
            return Decoded(data.decode(name), name, guessed=True)
        except UnicodeDecodeError:
            continue
    raise ReadError(
        "encoding",
        f"the bytes fit no encoding that was tried (UTF-8, {', '.join(table('legacy'))}); save the file as UTF-8",
    )


def _guesses(sample: bytes) -> list[str]:
    from charset_normalizer import from_bytes

    return [match.encoding for match in from_bytes(sample, cp_isolation=list(table("legacy")))]


@cache
def _western_table() -> dict[str, str]:
    western = table("western")
    return {c: kind for kind in ("lower", "upper", "signs") for c in western[kind]}


def _western(sample: bytes) -> bool:
    """True if ``sample`` reads sensibly as Windows-1252.

    Three signs of another encoding, each from how Western European languages are spelt: a character outside the table;
    a capital right after a small letter, or a sign other than an apostrophe or dash inside a word; more than a third of
    the letters accented.
    """
    try:
        text = sample.decode("cp1252")
    except UnicodeDecodeError:
        return False
    kinds = _western_table()
    accented = 0
    for i, c in enumerate(text):
        if c <= "\x7f":
            continue
        kind = kinds.get(c)
        before, after = text[i - 1 : i], text[i + 1 : i + 2]
        if kind is None or (kind == "upper" and before.islower()):
            return False
        if kind == "signs" and before.isalpha() and after.isalpha() and c not in "’–—…·\u00a0":
            return False
        accented += kind != "signs"
    letters = sum(c.isalpha() for c in text)
    return accented * 3 <= letters
