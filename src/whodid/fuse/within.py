"""What one report tells of one event in several places, put together before reports are compared.

A report names the actor in one sentence, the day in another and the dead in a third. Its claims are grouped first, each
then gets what the others of its group tell and it does not. This needs all claims of a report, and nothing else: the
outcome is the same whatever else is fused, and in whatever order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np

from whodid.fuse.features import NONE, Features, features
from whodid.fuse.group import TIED, group
from whodid.fuse.judge import joined, log_odds
from whodid.fuse.links import stated
from whodid.fuse.pointing import Pointing, pointings
from whodid.fuse.table import Table
from whodid.fuse.together import NAMES, WORDS, dated_by, reach, union
from whodid.records import Claim

_STORY, _SETTING = 8, 3


def features_of(claims: Iterable[Claim]) -> list[Features]:
    """What fusion looks at of the claims of some reports, in their order. All claims of a report have to be given
    together."""
    return features_of_each([list(claims)])[0]


def features_of_each(sets: Sequence[Sequence[Claim]]) -> list[list[Features]]:
    """:func:`features_of` of each of some sets of claims, as if there were no other; all are compared in one go."""
    every = [claim for of in sets for claim in of]
    rows: dict[tuple[int, str], list[int]] = defaultdict(list)
    for n, (number, claim) in enumerate((number, claim) for number, of in enumerate(sets) for claim in of):
        rows[number, claim.report.id].append(n)
    reports = [[every[n] for n in of] for of in rows.values()]
    ties = [_ties(of) for of in reports]
    points = {id: at for of, (_, after) in zip(reports, ties, strict=True) for id, at in pointings(of, after).items()}
    apart = {pair for pairs, _ in ties for pair in pairs}
    alone = [_pointed(features(claim), points[claim.id]) for claim in every]
    table = Table(alone)
    out: list[Features] = list(alone)
    for members in _grouped(table, list(rows.values()), apart):
        told = [alone[n] for n in members]
        for n in members:
            out[n] = _filled(alone[n], told)
    for of in rows.values():
        story, setting = _about([alone[n] for n in of])
        for n in of:
            out[n] = replace(out[n], story=story, setting=setting)
    found = iter(out)
    return [[next(found) for _ in of] for of in sets]


def alone(claims: Sequence[Claim]) -> list[Features]:
    """What fusion looks at of each claim of one report before it puts them together."""
    points = pointings(claims, _ties(claims)[1])
    return [_pointed(features(claim), points[claim.id]) for claim in claims]


def _pointed(claim: Features, at: Pointing) -> Features:
    if not at.tied and not at.antecedent and not at.after:
        return claim
    return replace(claim, tied=at.tied, antecedent=at.antecedent, after=at.after)


def _about(claims: Sequence[Features]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names and the countries that most claims of a report speak of."""
    sentences = {claim.sentence_start: claim.names for claim in claims}
    named = Counter(name for names in sentences.values() for name in names)
    countries = Counter(
        c for claim in claims for c in (*claim.actor_countries, *claim.recipient_countries, claim.place_country) if c
    )
    return _most(named, _STORY), _most(countries, _SETTING)


def _most(counts: Counter[str], number: int) -> tuple[str, ...]:
    return tuple(sorted(counts, key=lambda key: (-counts[key], key))[:number])


Pairs = set[frozenset[str]]


def _ties(claims: Sequence[Claim]) -> tuple[Pairs, Pairs]:
    """Ids of claims of one report of which a sentence says that one answers the other or comes from it: two events; and
    those, with the ones of which it says that one came after the other."""
    ties = stated(claims)
    apart = {frozenset((t.claim, t.other)) for t in ties if t.kind in {"response_to", "because_of"}}
    return apart, apart | {frozenset((t.claim, t.other)) for t in ties if t.kind == "follows"}


def _grouped(table: Table, reports: Sequence[Sequence[int]], apart: Collection[frozenset[str]]) -> Iterable[list[int]]:
    """Rows that tell of one event, report by report."""
    ordered = [sorted(rows, key=lambda n: (table.claims[n].start, table.claims[n].claim)) for rows in reports]
    pairs = np.array([pair for rows in ordered for pair in combinations(rows, 2)], np.int64).reshape(-1, 2)
    left, right = pairs.T
    odds = joined(table, left, right, log_odds(table, left, right, "within"))
    at = 0
    for rows in ordered:
        size = len(rows)
        low, high = np.triu_indices(size, 1)
        matrix = np.zeros((size, size))
        matrix[low, high] = matrix[high, low] = odds[at : at + len(low)]
        at += len(low)
        for n, m in combinations(range(size), 2):
            one, other = table.claims[rows[n]], table.claims[rows[m]]
            if frozenset((one.claim, other.claim)) in apart or _of_other_days(one, other):
                matrix[n, m] = matrix[m, n] = -TIED
        yield from ([rows[n] for n in part] for part in group(matrix))


def _of_other_days(a: Features, b: Features) -> bool:
    """A report that gives two days, not next to each other, tells of two events."""
    if a.first is None or b.first is None or a.first != a.last or b.first != b.last:
        return False
    return abs(a.first - b.first) > 1


def _filled(claim: Features, told: Sequence[Features]) -> Features:
    """A claim with what the others of its group tell and it does not."""
    if len(told) == 1:
        return claim
    every = [claim, *told]
    actors = union([(c.actors, c.actor_countries, c.actor_sectors) for c in every])
    recipients = union([(c.recipients, c.recipient_countries, c.recipient_sectors) for c in every])
    dated = claim if claim.first is not None and claim.first == claim.last else dated_by(every)
    placed = min((c for c in every if c.place), key=reach, default=claim)
    return replace(
        claim,
        mode=claim.mode or next((c.mode for c in told if c.mode and c.type == claim.type), ""),
        actors=actors[0], actor_countries=actors[1], actor_sectors=actors[2],
        recipients=recipients[0], recipient_countries=recipients[1], recipient_sectors=recipients[2],
        first=dated.first, last=dated.last, precision=dated.precision,
        place=placed.place, place_country=placed.place_country,
        latitude=placed.latitude, longitude=placed.longitude, radius_km=placed.radius_km,
        trigger=_each(c.trigger for c in every)[:WORDS],
        words=_each(c.words for c in every)[:WORDS],
        names=_each(c.names for c in every)[:NAMES],
        content_type=claim.content_type or next((c.content_type for c in told if c.content_type), ""),
        content=claim.content or next((c.content for c in told if c.content), ()),
        counts=_counts(every),
        local=told[0].claim,
    )  # fmt: skip


def _each(told: Iterable[Sequence[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for words in told for word in words))


def _counts(told: Sequence[Features]) -> tuple[int, ...]:
    """Its own numbers, and of what it does not count those of the first that does."""
    out: list[int] = []
    for n in range(0, len(told[0].counts), 2):
        given = [c.counts[n : n + 2] for c in told if c.counts[n : n + 2] != (NONE, NONE)]
        out += given[0] if given else (NONE, NONE)
    return tuple(out)
