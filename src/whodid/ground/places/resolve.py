"""Which place each name of a report stands for, decided for all names together."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field

from whodid.ground.places.gazetteer import Gazetteer, Sense
from whodid.ground.places.knowledge import knowledge
from whodid.ground.places.names import fold
from whodid.ground.places.place import Place
from whodid.ground.places.recognise import Span
from whodid.records import Annotated

_ROUNDS = 3
_NEAR_KM = 300.0
_POPULATION = 0.17  # a tenfold population
_COUNTRY = 0.4
_REGION = 1.2
_CAPITAL = 0.15
_DIVISION = {1: -0.05, 2: -0.25}  # by level: a bare name is rather the city's
_SAID_DIVISION = 0.3  # "Idlib province"
_RARE_SPELLING = -0.25
_BEHIND_COMMA = 0.8
_BEFORE_COMMA = 0.5
_SAME_COUNTRY, _HELD, _SAME_DIVISION, _NEAR = 0.3, 0.3, 0.2, 0.36


@dataclass(slots=True)
class _Name:
    """One name of the report with all its mentions: one sense a report."""

    key: str
    senses: tuple[Sense, ...]
    spans: list[int] = field(default_factory=list)
    inside: set[str] = field(default_factory=set)  # names behind a comma
    holds: set[str] = field(default_factory=set)  # names before the comma
    says_division: bool = False
    prior: list[float] = field(default_factory=list)
    best: Place | None = None


def resolve(annotated: Annotated, spans: list[Span], places: Gazetteer) -> list[Place | None]:
    """The place of each span, None where the gazetteer has no such name.

    A sense is worth its prominence (the logarithm of its population, more for countries), what the words beside it say
    ("Paris, Texas"; "Idlib province"), and how well it fits the senses of the report's other names: the same country,
    the same division, near, or held by one of them.
    """
    names = _names(annotated, spans, places)
    countries = _demonyms(annotated, places)
    for name in names.values():
        name.prior = [_prior(s, name) for s in name.senses]
        name.best = _pick(name.senses, name.prior)
    for _ in range(_ROUNDS):
        chosen = {key: name.best for key, name in names.items()}
        for key, name in names.items():
            if len(name.senses) > 1:
                others = [(p, len(names[k].spans)) for k, p in chosen.items() if p is not None and k != key]
                scores = [
                    prior + _fit(s.place, others, countries) + _beside(s.place, name, names)
                    for s, prior in zip(name.senses, name.prior, strict=True)
                ]
                name.best = _pick(name.senses, scores)
        if all(chosen[key] == name.best for key, name in names.items()):
            break
    out: list[Place | None] = [None] * len(spans)
    for name in names.values():
        for i in name.spans:
            out[i] = name.best
    return out


def _names(a: Annotated, spans: list[Span], places: Gazetteer) -> dict[str, _Name]:
    names: dict[str, _Name] = {}
    followed: list[tuple[str, str]] = []
    keys = [fold(a.quote(s.first, s.last).text) for s in spans]
    for i, (span, key) in enumerate(zip(spans, keys, strict=True)):
        name = names.get(key)
        if name is None:
            name = names[key] = _Name(key, _senses(a, span, places))
        name.spans.append(i)
        if i + 1 < len(spans) and _comma_between(a, span, spans[i + 1]):
            name.inside.add(keys[i + 1])
            followed.append((key, keys[i + 1]))
        following = a.tokens[span.last].norm if span.last < len(a.tokens) else ""
        if following in knowledge("words")["division_words"]:
            name.says_division = True
    for key, behind in followed:
        names[behind].holds.add(key)
    return names


def _senses(a: Annotated, span: Span, places: Gazetteer) -> tuple[Sense, ...]:
    """Senses of the whole name; else of the name without "eastern" or the like; else of a well-known place in it
    ("Stade de France", "Baghdad airport")."""
    first, parts = span.first, knowledge("words")["part_words"]
    while first < span.last:
        found = places.senses(a.quote(first, span.last).text)
        if found or a.tokens[first].norm not in parts:
            break
        first = first + 2 if first + 2 < span.last and a.tokens[first + 1].text == "-" else first + 1
    if found or first == span.last:
        return found
    for n in range(span.last - first - 1, 0, -1):
        for i in range(first, span.last - n + 1):
            words = a.tokens[i : i + n]
            if words[0].text[0].isupper() and words[0].norm not in parts and words[-1].text[0].isupper():
                found = tuple(s for s in places.senses(a.quote(i, i + n).text) if s.is_prominent)
                if found:
                    return found
    return ()


def _comma_between(a: Annotated, left: Span, right: Span) -> bool:
    between = a.tokens[left.last : right.first]
    return len(between) == 1 and between[0].text == ","


def _prior(sense: Sense, name: _Name) -> float:
    place = sense.place
    score = _POPULATION * math.log10(place.population + 100)
    if place.kind == "country":
        score += _COUNTRY
    elif place.kind in ("region", "feature"):
        score += _REGION
    elif place.kind == "admin":
        score += _DIVISION.get(place.code.count("."), 0.0) + (_SAID_DIVISION if name.says_division else 0.0)
    if sense.capital:
        score += _CAPITAL
    if not sense.official:
        score += _RARE_SPELLING
    return score


def _fit(place: Place, others: list[tuple[Place, int]], countries: Counter[str]) -> float:
    same_country = float(min(3, countries[place.country or ""])) * 0.5
    near = holds = division = 0.0
    first = ".".join(place.code.split(".")[:2])
    for other, times in others:
        weight = 1 + math.log(times)
        if place.country and other.country == place.country:
            same_country += weight
        if other.holds(place) or place.holds(other):
            holds += weight
        if place.kind in ("city", "admin") and other.kind in ("city", "admin"):
            if "." in first and (other.code + ".").startswith(first + "."):
                division += weight
            km = place.distance_km(other)
            if 0 < km < _NEAR_KM:
                near += weight * (1 - km / _NEAR_KM)
    return (
        _SAME_COUNTRY * _full(same_country)
        + _HELD * _full(holds)
        + _SAME_DIVISION * _full(division)
        + _NEAR * _full(near)
    )


def _full(amount: float) -> float:
    """Evidence that grows ever more slowly: 0 → 0, 1 → 0.5, 3 → 0.75."""
    return amount / (1 + amount)


def _beside(place: Place, name: _Name, names: dict[str, _Name]) -> float:
    """1 where a sense of the name behind the comma holds ``place`` ("Paris, Texas"); likewise where ``place`` holds the
    likeliest sense of the name before the comma."""
    for key in name.inside:
        if any(s.place.holds(place) for s in names[key].senses):
            return _BEHIND_COMMA
    held = [s.place.population for key in name.holds for s in names[key].senses if place.holds(s.place)]
    return _BEFORE_COMMA + math.log10(max(held) + 1) / 14 if held else 0.0


def _pick(senses: tuple[Sense, ...], scores: list[float]) -> Place | None:
    return max(zip(scores, senses, strict=True), key=lambda pair: pair[0])[1].place if senses else None


def _demonyms(a: Annotated, places: Gazetteer) -> Counter[str]:
    found = (places.country_of_demonym(t.text) for t in a.tokens if t.text[:1].isupper() and t.entity == "NORP")
    return Counter(c for c in found if c)
