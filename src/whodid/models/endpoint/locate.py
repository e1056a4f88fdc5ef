"""Words that a model gives, found again in the text they should come from.

A model straightens quotation marks, dashes, spaces and composed letters when it copies. Both sides are compared in one
plain form, of which every character knows its place in the report, so that what is found is the report's own words.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from whodid.records import Annotated

_PLAIN = str.maketrans(dict.fromkeys("‘’‚‛′`´ʼ", "'") | dict.fromkeys("“”„‟″«»", '"') | dict.fromkeys("‐‑‒–—―−", "-"))
_AROUND = " \"'.,;:!?()[]{}-"
"""What a model puts around the words it copies."""

Place = tuple[int, int]
"""First character and the one after the last, in the text of a report."""

_NOT_HEADS = frozenset({"PUNCT", "SPACE", "DET"})


class Stretch:
    """Characters ``start`` to ``end`` of a text, to look words up in."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._places: list[Place] = []
        plain: list[str] = []
        for char, place in _plain(text, start, end):
            plain.append(char)
            self._places.append(place)
        self._plain = "".join(plain)
        self._folded = "".join(low if len(low := c.lower()) == 1 else c for c in plain)

    def find(self, words: str) -> list[Place]:
        """Where ``words`` stand, as whole words: places in the report's text, in order; empty where they do not.

        Upper and lower case count, and so do marks around the words, unless that finds nothing.
        """
        wanted = "".join(char for char, _ in _plain(words, 0, len(words))).strip()
        for given in dict.fromkeys((wanted, wanted.strip(_AROUND))):
            if given:
                found = self._all(self._plain, given) or self._all(self._folded, given.lower())
                if found:
                    return found
        return []

    def _all(self, text: str, words: str) -> list[Place]:
        out = []
        at = text.find(words)
        while at >= 0:
            end = at + len(words)
            if not _cuts(text, at) and not _cuts(text, end):
                out.append((self._places[at][0], self._places[end - 1][1]))
            at = text.find(words, at + 1)
        return out


def _cuts(text: str, at: int) -> bool:
    """True if a word runs on over the position."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _plain(text: str, start: int, end: int) -> Iterator[tuple[str, Place]]:
    """The plain form of a stretch, character by character, with the place that each stands for."""
    at, spaced = start, True
    while at < end:
        after = at + 1
        while after < end and unicodedata.combining(text[after]):
            after += 1
        for char in unicodedata.normalize("NFKC", text[at:after]).translate(_PLAIN):
            if unicodedata.category(char) == "Cf":  # a soft hyphen, a zero-width space
                continue
            if char.isspace():
                if not spaced:
                    yield " ", (at, after)
                spaced = True
            else:
                yield char, (at, after)
                spaced = False
        at = after


def gap(one: Place, other: Place) -> int:
    """The characters between two places; 0 where they touch or overlap."""
    return max(one[0] - other[1], other[0] - one[1], 0)


def head(a: Annotated, place: Place) -> int:
    """The token that the others of a place hang on: of those whose head is outside the highest, then the first."""
    first, last = a.token_range(a.report.quote(*place))
    tops = [i for i in range(first, last) if a.tokens[i].head == i or not first <= a.tokens[i].head < last]
    bearing = [i for i in tops if a.tokens[i].pos not in _NOT_HEADS]
    return min(bearing or tops, key=lambda i: (sum(1 for _ in a.ancestors(i)), i))
