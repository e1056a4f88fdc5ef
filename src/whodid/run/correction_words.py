"""Words of a report by their place in it, and codes of the ontology: what every value of a claim is made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from whodid.dataset import Dataset
from whodid.errors import UsageError
from whodid.ontology import Ontology
from whodid.ontology.model import unknown
from whodid.records import Claim, Quote, Report
from whodid.run.correcting import ontology_of

Given = Mapping[str, Any]

SPAN = ("start", "end", "words")
"""Keys that say where words stand."""


class Words:
    """One claim as it is now, its report, and the dataset in which both are."""

    def __init__(self, claim: Claim, report: Report, data: Dataset) -> None:
        self._claim, self._report, self._data = claim, report, data

    @cached_property
    def _ontology(self) -> Ontology:
        return ontology_of(self._claim.ontology)

    def _quote(self, what: str, given: Given) -> Quote:
        """The words that ``start`` and ``end``, or ``words`` that stand once in the sentence or the text, point to."""
        text = self._report.text
        if "words" in given:
            if "start" in given or "end" in given:
                raise UsageError(f"{what}: give either words or start and end, not both")
            start, end = self._find(what, given["words"])
        else:
            start, end = self._place(what, given.get("start"), given.get("end"))
        marked = text[start:end]
        start += len(marked) - len(marked.lstrip())
        quote = self._report.quote(start, start + len(marked.strip()))
        if not any(c.isalnum() for c in quote.text):
            raise UsageError(f"{what}: {marked!r} are no words; mark the words that say it")
        return quote

    def _place(self, what: str, start: object, end: object) -> tuple[int, int]:
        length = len(self._report.text)
        if type(start) is int and type(end) is int and 0 <= start < end <= length:
            return start, end
        raise UsageError(
            f"{what}: start {start!r} and end {end!r} are no place in the text of report {self._report.id}; "
            f"give whole numbers, 0 <= start < end <= {length}, counted in Unicode code points"
        )

    def _find(self, what: str, words: object) -> tuple[int, int]:
        if not isinstance(words, str) or not words.strip():
            raise UsageError(f"{what}: {words!r} are no words")
        sentence = self._claim.sentence
        pattern = re.compile(rf"(?<!\w){re.escape(words.strip())}(?!\w)")
        every = [m.span() for m in pattern.finditer(self._report.text)]
        inside = [span for span in every if sentence.start <= span[0] and span[1] <= sentence.end]
        found = inside or every
        if len(found) == 1:
            return found[0]
        if not found:
            raise UsageError(f"{what}: {words!r} does not stand in report {self._report.id}; only its own words count")
        places = ", ".join(str(start) for start, _ in found[:8])
        raise UsageError(f"{what}: {words!r} stands {len(found)} times, at {places}; say which by start and end")


def code_of(what: str, given: object, known: Iterable[str], of: str) -> str:
    """The code that is meant, whatever its case. Raises UsageError with near ones."""
    codes = {code.casefold(): code for code in known}
    code = codes.get(given.strip().casefold()) if isinstance(given, str) else None
    if code is None:
        raise UsageError(unknown(what, str(given), codes.values(), of=of))
    return code


def choice_of(what: str, given: object, allowed: Sequence[str]) -> str:
    """One of few values. Raises UsageError with all of them."""
    if given not in allowed:
        raise UsageError(f"{what}: {given!r} is not allowed; it takes {', '.join(allowed)}")
    return str(given)


def list_of(field: str, given: object) -> list[Any]:
    """A list; null is an empty one. Raises UsageError."""
    if given is None:
        return []
    if not isinstance(given, list | tuple):
        raise UsageError(f"{field}: {given!r} is no list")
    return list(given)


def keys_of(field: str, given: object, allowed: Sequence[str]) -> dict[str, Any]:
    """An object with no other keys."""
    if not isinstance(given, Mapping):
        raise UsageError(f"{field}: {given!r} is not allowed; give an object with {', '.join(allowed)}")
    if strange := set(given) - set(allowed):
        raise UsageError(f"{field}: there is no key {', '.join(sorted(strange))}; keys: {', '.join(allowed)}")
    return dict(given)
