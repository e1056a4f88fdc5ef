"""Which claims are compared at all: those that share a key.

A key ties a kind of happening to a place in time and to one more thing (a participant, a place, the words), so that the
claims of one key stay few however long a dataset grows: they grow with the news of a day, not with the years.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from whodid.fuse.features import Features
from whodid.fuse.words import load_yaml

_LONGEST = 8
"""Days of the longest time that is blocked by its days; a longer one, and none, is blocked by its months."""

_MONTH, _TEN = 30, 10

_SMALL_KM = 100.0

_FEW = 3


def block_keys(claim: Features) -> tuple[str, ...]:
    """The keys under which a claim is kept, each once. Two claims are compared where one's :func:`search_keys` meet the
    other's block keys; it does not matter which way round.

    Days are blocked in pairs (each day's claims also under the day after), so that two claims one day apart meet, as
    reports of one night from two time zones do. Claims whose day is not known, or only within a span of more than
    eight days, meet those of some ten days by a country or a name, and those of a month by a person or body, by both
    sides, or by a place smaller than a country.
    """
    return tuple(sorted({*_near(claim), *_in_windows(claim, "D" if _days(claim) else "U")}))


def search_keys(claim: Features) -> tuple[str, ...]:
    """The keys under which the claims are found that a claim is compared with: a claim with a day need not be compared
    with the other days of its month."""
    others = _in_windows(claim, "U") if _days(claim) else [*_in_windows(claim, "U"), *_in_windows(claim, "D")]
    return tuple(sorted({*_near(claim), *others}))


def _near(claim: Features) -> Iterator[str]:
    """Its sentence, wherever it is printed; its report; its days."""
    yield f"s|{claim.sentence}"
    for kin in kinships(claim.type):
        yield f"r|{claim.report}|{kin}"
        for day in _days(claim):
            yield from (f"d|{kin}|{day}|{who}" for who in _anchors(claim))


def _in_windows(claim: Features, which: str) -> Iterator[str]:
    for kin in kinships(claim.type):
        for month in _windows(claim, _MONTH):
            yield from (f"m{which}|{kin}|{month}|{who}" for who in _strong_anchors(claim))
        for some_days in _windows(claim, _TEN):
            yield from (f"t{which}|{kin}|{some_days}|{who}" for who in _anchors(claim))


@cache
def kinships(type: str) -> tuple[str, ...]:
    """The groups of types that reports give to one and the same happening, of which this type is one; a type that is
    in none (of another ontology) is a group of its own."""
    groups = load_yaml("kin.yaml")["groups"]
    return tuple(name for name, types in groups.items() if type in types) or (type,)


def _days(claim: Features) -> range:
    """Its days and the one after; none where they are not known or too many."""
    if claim.first is None or claim.last is None or claim.last - claim.first >= _LONGEST:
        return range(0)
    return range(claim.first, claim.last + 2)


def _anchors(claim: Features) -> Iterator[str]:
    """One more thing that two claims of one day must share: a country or name on either side, the place, or a name in
    the sentence."""
    for key, country in (*zip(claim.actors, claim.actor_countries, strict=True),
                         *zip(claim.recipients, claim.recipient_countries, strict=True)):  # fmt: skip
        yield country or key
        if not country and not key.startswith("~"):
            yield key
    if claim.place:
        yield f"@{claim.place}"
    if claim.place_country:
        yield claim.place_country
    yield from (f"'{name}" for name in claim.names)
    if len(claim.names) < _FEW:  # a short sentence leaves to its report what it is about
        yield from (f"'{name}" for name in claim.story[:_FEW])
        yield from claim.setting[:1]


def _strong_anchors(claim: Features) -> Iterator[str]:
    """What two claims of one month must share where a day does not tie them: a person or body, or both sides."""
    for key in (*claim.actors, *claim.recipients):
        if ":" in key or "-" in key:
            yield key
    for actor in {c for c in claim.actor_countries if c}:
        for recipient in {c for c in claim.recipient_countries if c}:
            yield f"{actor}>{recipient}"
    if claim.place and (claim.radius_km or 0) < _SMALL_KM:
        yield f"@{claim.place}"


def _windows(claim: Features, size: int) -> set[int]:
    """Windows of so many days in which a claim may lie: of its own days or, without them, that of its publication and
    the one before."""
    if claim.first is not None and claim.last is not None:
        if claim.last - claim.first > 3 * size:
            return set()
        return set(range(claim.first // size, claim.last // size + 1))
    if claim.published is None:
        return set()
    return {claim.published // size, claim.published // size - 1}
