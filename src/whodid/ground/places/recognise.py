"""Which words of a report are place names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from whodid.ground.places.gazetteer import Gazetteer, Sense
from whodid.ground.places.knowledge import knowledge
from whodid.records import Annotated, Entity, Token

_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_NAME_LABELS = frozenset({"ORG", "PERSON", "NORP", "EVENT", "PRODUCT", "WORK_OF_ART"})
_WELL_KNOWN_CITY = 100_000
_LONGEST_NAME = 4


@dataclass(frozen=True, slots=True)
class Span:
    """Tokens ``first`` to ``last`` (half-open) that name a place."""

    first: int
    last: int


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(knowledge("words")[key])


def recognise(annotated: Annotated, places: Gazetteer) -> list[Span]:
    """The place names of a report in order, none overlapping.

    Names that the parser calls a place count unless the report calls the same name something else more often; names
    that it calls something else, or nothing, count where the gazetteer has a country, a first-level division, a large
    city of that name, or the report itself uses it as a place.
    """
    labels = _labels(annotated)
    found: dict[int, Span] = {}
    taken: set[int] = set()

    def take(spans: Iterator[Span]) -> None:
        for span in spans:
            if taken.isdisjoint(range(span.first, span.last)):
                taken.update(range(span.first, span.last))
                found[span.first] = span

    take(s for e in annotated.entities if e.label in _PLACE_LABELS for s in _of_place(annotated, e, places, labels))
    known = {annotated.quote(s.first, s.last).text.casefold() for s in found.values()}
    take(s for e in annotated.entities if e.label in _NAME_LABELS for s in _in_name(annotated, e, places, known))
    take(_in_plain_words(annotated, places, known, taken))
    return [found[i] for i in sorted(found)]


def _labels(annotated: Annotated) -> dict[str, Counter[str]]:
    out: dict[str, Counter[str]] = {}
    for e in annotated.entities:
        words = annotated.tokens[e.first : e.last]
        for key in {" ".join(t.norm for t in words), words[-1].norm}:
            out.setdefault(key, Counter())[e.label] += 1
    return out


# ---------------------------------------------------------------- entities that the parser calls places


def _of_place(a: Annotated, e: Entity, places: Gazetteer, labels: dict[str, Counter[str]]) -> Iterator[Span]:
    for first, last in _parts(a, e):
        words = a.tokens[first:last]
        text = " ".join(t.norm for t in words)
        if not any(c.isupper() for t in words for c in t.text[:1]):
            continue
        senses = places.senses(a.quote(first, last).text)
        if not senses and _is_demonym(text, places):
            continue
        votes = labels.get(text, Counter())
        called_place = sum(votes[label] for label in _PLACE_LABELS)
        if not senses and called_place < votes["PERSON"] + votes["ORG"]:
            continue
        yield Span(first, last)


def _parts(a: Annotated, e: Entity) -> Iterator[tuple[int, int]]:
    """The entity without articles, cut at commas: "Austin, Texas" is two names."""
    start = e.first
    for i in range(e.first, e.last + 1):
        if i == e.last or a.tokens[i].text in (",", "/", ";", "\n"):
            first, last = start, i
            while first < last and (a.tokens[first].norm in _words("leading_words") or not a.tokens[first].text[0].isalnum()):
                first += 1
            while last > first and (a.tokens[last - 1].tag == "POS" or not a.tokens[last - 1].text[0].isalnum()):
                last -= 1
            if first < last:
                yield first, last
            start = i + 1


def _is_demonym(word: str, places: Gazetteer) -> bool:
    return places.country_of_demonym(word) is not None


# ---------------------------------------------------------------- other names


def _in_name(a: Annotated, e: Entity, places: Gazetteer, known: set[str]) -> Iterator[Span]:
    i = e.first
    while i < e.last:
        size = next((n for n in range(min(_LONGEST_NAME, e.last - i), 0, -1) if _is_place(a, i, i + n, places, known, e)), 0)
        if size:
            yield Span(i, i + size)
        i += size or 1


def _is_place(a: Annotated, first: int, last: int, places: Gazetteer, known: set[str], e: Entity) -> bool:
    words = a.tokens[first:last]
    if not _named(words) or (len(words) == 1 and words[0].norm in _words("rarely_places")):
        return False
    text = a.quote(first, last).text
    whole = (first, last) == (e.first, e.last)
    if e.label == "PERSON" and not whole:
        return False
    if text.casefold() in known:
        return True
    return any(_strong(s, whole) for s in places.senses(text))


def _named(words: tuple[Token, ...]) -> bool:
    return words[0].text[0].isupper() and words[-1].text[0].isupper() and words[-1].tag != "POS"


def _strong(sense: Sense, whole: bool) -> bool:
    place = sense.place
    if not sense.official:
        return whole and place.population >= 10 * _WELL_KNOWN_CITY
    if place.kind == "admin":
        return place.code.count(".") == 1
    return place.kind in ("country", "region", "feature") or place.population >= _WELL_KNOWN_CITY


# ---------------------------------------------------------------- names that the parser saw nothing in


def _in_plain_words(a: Annotated, places: Gazetteer, known: set[str], taken: set[int]) -> Iterator[Span]:
    i, n = 0, len(a.tokens)
    while i < n:
        size = 0
        if a.tokens[i].pos == "PROPN" and not a.tokens[i].entity:
            for k in range(min(_LONGEST_NAME, n - i), 0, -1):
                words = a.tokens[i : i + k]
                if any(t.pos != "PROPN" or t.entity or t.i in taken for t in words) or not _named(words):
                    continue
                if k == 1 and words[0].norm in _words("rarely_places"):
                    continue
                text = a.quote(i, i + k).text
                if text.casefold() in known or any(_strong(s, True) for s in places.senses(text)):
                    size = k
                    break
        if size:
            yield Span(i, i + size)
        i += size or 1
