"""The text as the parser should see it: the same length, so that every offset still holds."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SAME_LENGTH = str.maketrans(
    {
        "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"',
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "`": "'", "´": "'",
        "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u200b": " ", "\ufeff": " ", "\t": " ", "\n": " ", "\r": " ",
        "\u2010": "-", "\u2011": "-",
    }
)  # fmt: skip
_LATEX_QUOTES = re.compile(r"``|''")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’»)\]]*\s*$")
_BREAK = re.compile(r"[.!?][\"'”’)]*\s+|\s+")
_SHORT_LINE = 60
_WORDS = r"(?:[A-Z][\w.'’]*,?\ ?|\d{1,2},?\ ?|of\ |de\ ){0,6}"
_DATELINE = re.compile(
    rf"""(?: [A-Z]{{2,}}\b[.'’,]*\ ?{_WORDS}(?:\([^()\n]{{2,40}}\)\ ?)?   # KHARTOUM, March 16 (Xinhua), LA PAZ, Bolivia
           | [A-Z][\w.'’]*,?\ ?{_WORDS}\([^()\n]{{2,40}}\)\ ?   # Geneva (Reuters)
           | [A-Z]\w+(?=-\s) )                                          # Alwaght-
         (?: --? | — | – | _ )\s
       | [A-Z]\w+(?:[ ][A-Z]\w+){{0,2}}(?:[ ](?: -- | — | – )[ ]|--)(?=[A-Z"“‘'])   # Baghdad – A; Cebu City--A
       | [A-Z]{{3,}}[A-Z .,'’/()-]{{0,50}}:\s                             # HONG KONG:
    """,
    re.VERBOSE,
)
_SPEAKERS = (
    "police|officials?|ministers?|govt|government|army|court|reports?|sources?|study|president|residents|witnesses"
)
_LOWER_DATELINE = re.compile(rf"(?!(?:{_SPEAKERS}|un|pm|cm):)[a-z]{{2,}}(?: [a-z]{{2,}})?:\s(?=[a-z])")
"""The place in front of a report that has lost its capitals; "police: …" is who says so."""
MAX_PIECE = 8_000
"""Longest piece, in characters, that is given to the parser at once; a longer paragraph is cut at a sentence's end."""


def normalise(text: str) -> str:
    """``text`` with straight quotes and plain spaces, character for character."""
    text = _LATEX_QUOTES.sub('" ', text) if "``" in text else text
    return text.translate(_SAME_LENGTH)


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each paragraph.

    A blank line ends a paragraph, and so does the end of a line that closes a sentence or is short and followed by an
    unindented capital (a headline); any other line break is taken for a wrapped line.
    """
    lines = [(m.start(), m.end()) for m in _LINE.finditer(text) if m.end() > m.start()]
    start: int | None = None
    for n, (a, b) in enumerate(lines):
        if not text[a:b].strip():
            if start is not None:
                yield start, a
            start = None
            continue
        if start is None:
            start = a
        following = text[slice(*lines[n + 1])] if n + 1 < len(lines) else ""
        if _ends_paragraph(text[a:b], following):
            yield start, b
            start = None
    if start is not None:
        yield start, len(text)


def _ends_paragraph(line: str, following: str) -> bool:
    if not following.strip():
        return True
    if _SENTENCE_END.search(line):
        return True
    return len(line.strip()) < _SHORT_LINE and following[:1].isupper()


def pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The paragraph ``start`` to ``end`` without outer spaces, in pieces of at most :data:`MAX_PIECE` characters.

    A dateline ("GENEVA, 5 May (Agency) -- ") is a piece of its own: parsed with the sentence it would be taken for its
    subject.
    """
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    dateline = _DATELINE.match(text, start, end)
    if dateline is None and not text[:start].strip() and text[:end].islower():
        dateline = _LOWER_DATELINE.match(text, start, end)
    if dateline and dateline.end() < end:
        yield start, dateline.start() + len(dateline.group().rstrip())
        start = dateline.end()
    while end - start > MAX_PIECE:
        cut = 0
        for m in _BREAK.finditer(text, start + MAX_PIECE // 2, start + MAX_PIECE):
            sentence_end = text[m.start()] in ".!?"
            if sentence_end or not cut:
                cut = m.end()
        cut = cut or start + MAX_PIECE  # one word longer than a piece
        yield start, cut
        start = cut
    if end > start:
        yield start, end
