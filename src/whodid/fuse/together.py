"""Claims of one event taken as one: what each side, day and place is by most of them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from whodid.fuse.features import NONE, Features
from whodid.fuse.table import is_name

PARTIES, WORDS, NAMES = 6, 32, 10
"""How many participants of a side, words and names of the sentences are kept."""

Sides = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def together(told: Sequence[Features]) -> Features:
    """What several claims tell of one event, as if one claim of a report of its own told it all. The order of the
    claims does not matter but for their first one, whose id it has."""
    first = told[0]
    if len(told) == 1:
        return first
    several = len({c.report for c in told}) > 1
    dated, placed = dated_by(told), placed_by(told)
    actors = union([(c.actors, c.actor_countries, c.actor_sectors) for c in told])
    recipients = union([(c.recipients, c.recipient_countries, c.recipient_sectors) for c in told])
    return replace(
        first,
        report=f"*{first.claim}" if several else first.report,
        sentence=f"*{first.claim}",
        historical=all(c.historical for c in told),
        type=most(c.type for c in told)[0],
        mode=(most(c.mode for c in told if c.mode) or ("",))[0],
        actors=actors[0], actor_countries=actors[1], actor_sectors=actors[2],
        recipients=recipients[0], recipient_countries=recipients[1], recipient_sectors=recipients[2],
        first=dated.first, last=dated.last, precision=dated.precision,
        place=placed.place, place_country=placed.place_country,
        latitude=placed.latitude, longitude=placed.longitude, radius_km=placed.radius_km,
        trigger=most(w for c in told for w in c.trigger)[:WORDS],
        words=most(w for c in told for w in c.words)[:WORDS],
        names=most(w for c in told for w in c.names)[:NAMES],
        story=most(w for c in told for w in c.story)[:NAMES],
        content_type=(most(c.content_type for c in told if c.content_type) or ("",))[0],
        content=most(w for c in told for w in c.content)[:WORDS],
        counts=counts_by(told),
        local=first.claim,
    )  # fmt: skip


def most(values: Iterable[str]) -> tuple[str, ...]:
    """Each value once, the most frequent first, equally frequent ones by name."""
    counts = Counter(values)
    return tuple(sorted(counts, key=lambda v: (-counts[v], v)))


def union(told: Sequence[Sides]) -> Sides:
    """Every participant once: those that are known by name first, then other known ones, then words; of each kind the
    most frequent first."""
    every = [party for side in told for party in zip(*side, strict=True)]
    counts = Counter(key for key, _, _ in every)
    by_key = {key: (key, country, sector) for key, country, sector in sorted(every)}
    ranked = sorted(by_key.values(), key=lambda p: (not is_name(p[0]), p[0].startswith("~"), -counts[p[0]], p[0]))[
        :PARTIES
    ]
    return tuple(p[0] for p in ranked), tuple(p[1] for p in ranked), tuple(p[2] for p in ranked)


def dated_by(told: Sequence[Features]) -> Features:
    """A claim with the day that most of them give; where none gives a day, one with the shortest time."""
    days = Counter(c.first for c in told if c.first is not None and c.first == c.last)
    if days:
        day = min(days, key=lambda d: (-days[d], d))
        return next(c for c in told if c.first == day == c.last)
    dated = [c for c in told if c.first is not None]
    return min(dated, key=lambda c: ((c.last or 0) - (c.first or 0), c.first), default=told[0])


def placed_by(told: Sequence[Features]) -> Features:
    """A claim with the place that most of them give, the smaller of equally frequent ones."""
    counts = Counter(c.place for c in told if c.place)
    ranked = sorted((c for c in told if c.place), key=lambda c: (-counts[c.place], reach(c), c.place))
    return ranked[0] if ranked else told[0]


def reach(claim: Features) -> float:
    """The radius of its place, endless where it is not known."""
    return math.inf if claim.radius_km is None else claim.radius_km


def counts_by(told: Sequence[Features]) -> tuple[int, ...]:
    """Of each count the value that most of them give, of equally frequent ones the greatest."""
    out: list[int] = []
    for n in range(0, len(told[0].counts), 2):
        given = Counter(c.counts[n : n + 2] for c in told if c.counts[n : n + 2] != (NONE, NONE))
        ranked = sorted(given, key=lambda v: (given[v], v))
        out += ranked[-1] if ranked else (NONE, NONE)
    return tuple(out)
