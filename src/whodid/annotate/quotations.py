"""Quotations: words between quotation marks, straight or typographic, paired with their marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from whodid.records import Quotation

_PAIRS = {"“": "”", "„": "”“", "«": "»", "‘": "’"}
_STRAIGHT = '"'
_TWO_SINGLE = "''"
_MARK = re.compile(r"``|''|[“”„«»‘’'\"]")
_CLITIC = re.compile(r"(?:s|re|ve|ll|d|m|t|\d0s)\b")


def quotations(text: str, paragraphs: Iterable[tuple[int, int]]) -> Iterator[Quotation]:
    """The quotations of ``text``, in order of their start.

    Marks pair within a paragraph. One that is opened and not closed runs to the paragraph's end (``closed`` is
    False): writers leave the closing mark out where the next paragraph goes on quoting. Apostrophes are no marks.
    """
    for start, end in paragraphs:
        yield from sorted(_paired(text, start, end), key=lambda q: (q.start, -q.end))


def _paired(text: str, start: int, end: int) -> Iterator[Quotation]:
    open_marks: list[tuple[int, int, str]] = []  # position, length of the mark, what closes it
    for found in _MARK.finditer(text, start, end):
        i, mark = found.start(), found.group()
        size = len(mark)
        close = _close_of(mark, text, i, start, size)
        inner = open_marks[-1] if open_marks else None
        if inner and _closes(mark, inner[2], text, i, end, size):
            open_marks.pop()
            yield Quotation(inner[0], i + size, inner[0] + inner[1], i, closed=True)
        elif close and not (inner and inner[2] == close):
            open_marks.append((i, size, close))
    for position, size, close in open_marks:
        if close != "’" and position + size < end:  # a lone single mark is far more often an apostrophe
            stop = position + len(text[position:end].rstrip())
            if stop > position + size:
                yield Quotation(position, stop, position + size, stop, closed=False)


def _close_of(mark: str, text: str, i: int, start: int, size: int) -> str | None:
    before = text[i - 1] if i > start else " "
    after = text[i + size : i + size + 1]
    opens = (before.isspace() or before in "([—–-‘“\"'/") and bool(after) and not after.isspace()
    if mark == "``":
        return _TWO_SINGLE
    if mark == _STRAIGHT:
        return _STRAIGHT if opens or not after.isspace() else None
    if mark == _TWO_SINGLE:
        return _TWO_SINGLE if opens else None
    if mark == "‘":
        return "’" if opens else None
    if mark == "'":
        clitic = _CLITIC.match(text, i + 1) is not None  # "the party 's leader", as some agencies write it
        return "'" if opens and before not in "\"'" and not clitic else None
    return _PAIRS.get(mark)


def _closes(mark: str, close: str, text: str, i: int, end: int, size: int) -> bool:
    if mark not in close and not (close == _TWO_SINGLE and mark == _STRAIGHT):
        return False
    if mark == _TWO_SINGLE:  # inside a word it is an apostrophe that was doubled
        return not (text[i - 1].isalnum() and text[i + size : i + size + 1].isalnum())
    if mark in ("’", "'"):
        after = text[i + size] if i + size < end else " "
        before = text[i - 1]
        # an apostrophe stands inside a word ("don't") or after a plural's s ("the allies' plan")
        return (
            not after.isalnum()
            and not before.isspace()
            and not (before == "s" and _closing_mark_later(text, i, end, mark))
        )
    return True


def _closing_mark_later(text: str, i: int, end: int, mark: str) -> bool:
    later = text.find(mark, i + 1, end)
    return later != -1 and not (later + 1 < end and text[later + 1].isalnum())
