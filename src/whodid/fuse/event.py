"""The event that several claims tell of: for each field a consensus, the rule that took it, and every other value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

import numpy as np

from whodid.errors import UsageError
from whodid.fuse.consensus import Consensus, bounds, consensus, fields_of
from whodid.fuse.features import COUNTED, CountName
from whodid.fuse.judge import Judged, judge_pairs, log_odds, probability
from whodid.fuse.table import Table
from whodid.fuse.values import named, place_key
from whodid.fuse.within import features_of_each
from whodid.records import Actor, Checked, Claim, Event, EventField, EventFieldName, EventLink, Span, Tally, Where

_COMPARED = 40
"""Claims of an event whose pairs are looked at for its score."""

_AT_ONCE = 256
"""Events whose claims are compared in one go."""

Why = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What an event is made of: its claims, in any order, and its links to others (:func:`whodid.fuse.links_of`)."""

    claims: Sequence[Claim]
    links: Sequence[EventLink] = ()


def event_of(
    claims: Sequence[Claim], *, groups: Mapping[str, str] | None = None, links: Sequence[EventLink] = ()
) -> Event:
    """The event of claims that were fused, in any order; :func:`events_of` is faster for many.

    groups: report id → the group of independent reports that it is in (:func:`whodid.fuse.independent`); by default
    every report is independent. Raises UsageError without a claim.
    """
    return next(events_of([Told(claims, links)], groups=groups))


def events_of(told: Iterable[Told], *, groups: Mapping[str, str] | None = None) -> Iterator[Event]:
    """The events of sets of claims, in order, as :func:`event_of` gives each. Raises UsageError for an empty set."""
    stream = iter(told)
    while some := list(islice(stream, _AT_ONCE)):
        if not all(one.claims for one in some):
            raise UsageError("an event needs at least one claim")
        ordered = [sorted(one.claims, key=_order) for one in some]
        for claims, one, belonging in zip(ordered, some, _belonging(ordered), strict=True):
            yield _event(claims, groups or {}, one.links, belonging)


def _event(
    ordered: Sequence[Claim], known: Mapping[str, str], links: Sequence[EventLink], belonging: tuple[float, Why]
) -> Event:
    fields = fields_of(ordered, known)
    taken = {name: consensus(name, fields) for name in fields}
    reports = tuple(dict.fromkeys(c.report.id for c in ordered))
    model = _model(ordered, taken)
    records = tuple(
        EventField(name=name, values=tuple(v.record() for v in fields[name]), consensus=c.value, rule=c.rule,
                   disputed=c.disputed)
        for name, c in taken.items()
        if fields[name]
    )  # fmt: skip
    score, why = belonging
    return Event(
        id=ordered[0].id,
        type=model.type,
        mode=taken["mode"].value,
        contexts=_contexts(ordered),
        quad=model.quad,
        cameo=model.cameo,
        scale=model.scale,
        status=model.status,
        historical=all(c.historical for c in ordered),
        actors=_actors(taken["actors"], [a for c in ordered for a in c.actors]),
        recipients=_actors(taken["recipients"], [a for c in ordered for a in c.recipients]),
        when=_span(taken["when"], ordered),
        where=_where(taken["where"], ordered),
        counts=tuple(t for t in (_tally(what, taken[what]) for what in COUNTED) if t),
        claims=tuple(c.id for c in ordered),
        reports=reports,
        publishers=tuple(sorted({c.report.publisher for c in ordered if c.report.publisher})),
        independent=len({known.get(r, r) for r in reports}),
        fields=records,
        flags=_flags(ordered, taken, links),
        links=tuple(links),
        score=score,
        why=why,
        ontology=ordered[0].ontology,
        checked=_checked(ordered),
    )


def _checked(claims: Sequence[Claim]) -> Checked:
    if any(claim.checked == "corrected" for claim in claims):
        return "corrected"
    return "accepted" if all(claim.checked == "accepted" for claim in claims) else "none"


def _order(claim: Claim) -> tuple[bool, str, str]:
    """By day of publication, those without one last, then by id."""
    published = claim.report.published
    return published is None, str(published or ""), claim.id


def _model(claims: Sequence[Claim], taken: Mapping[EventFieldName, Consensus]) -> Claim:
    """The claim whose codes stand for the event: of the type, mode and status taken, the one with the best score."""

    def fit(claim: Claim) -> tuple[bool, bool, bool, float]:
        return (
            claim.type == taken["type"].value,
            claim.mode == taken["mode"].value,
            claim.status == taken["status"].value,
            claim.score,
        )

    return max(reversed(claims), key=fit)


def _contexts(claims: Sequence[Claim]) -> tuple[str, ...]:
    """Those that at least half of the claims give."""
    counts = Counter(context for claim in claims for context in claim.contexts)
    return tuple(sorted(name for name, n in counts.items() if 2 * n >= len(claims)))


def _actors(taken: Consensus, every: Sequence[Actor]) -> tuple[Actor, ...]:
    """One participant for each key that was taken, as the claim that is surest of it names it."""
    wanted = taken.value.split("; ") if taken.value else []
    best = {key: max((a for a in every if named(a)[0] == key), key=lambda a: a.score, default=None) for key in wanted}
    return tuple(actor for actor in best.values() if actor)


def _span(taken: Consensus, claims: Sequence[Claim]) -> Span | None:
    when = next((c.when for c in claims if c.when and f"{c.when.first}/{c.when.last}" == taken.value), None)
    return Span(first=when.first, last=when.last, precision=when.precision) if when else None


def _where(taken: Consensus, claims: Sequence[Claim]) -> Where | None:
    return next((c.where for c in claims if c.where and place_key(c.where) == taken.value), None)


def _tally(what: CountName, taken: Consensus) -> Tally | None:
    if taken.value is None:
        return None
    low, high = bounds(taken.value)
    return Tally(what=what, low=low, high=high)


def _flags(
    claims: Sequence[Claim], taken: Mapping[EventFieldName, Consensus], links: Sequence[EventLink]
) -> tuple[str, ...]:
    """What a reader has to know before trusting the consensus; docs/fusion.md lists them."""
    flags = [f"{name}-disputed" for name, field in taken.items() if field.disputed]
    for side in ("actors", "recipients"):
        told = {any(a.id is not None for a in getattr(c, side)) for c in claims}
        if told == {True, False}:
            flags.append(f"{side}-unnamed-by-some")
    kinds = {link.kind for link in links}
    flags += ["denied"] * ("denied_by" in kinds) + ["planned"] * ("planned_by" in kinds)
    flags += ["denied-by-speaker"] * any(c.said_by.stance == "denies" for c in claims)
    return tuple(flags)


def _belonging(events: Sequence[Sequence[Claim]]) -> list[tuple[float, Why]]:
    """For the claims of each event the probability that they belong together, that of their mean log-odds; and what
    ties them."""
    several = [claims for claims in events if len(claims) > 1]
    compared = features_of_each([claims[:_COMPARED] for claims in several])
    table = Table([one for of in compared for one in of])
    sizes = [len(of) for of in compared]
    corners = [np.triu_indices(size, 1) for size in sizes]
    starts = np.cumsum([0, *sizes])
    left, right = (
        np.concatenate([np.zeros(0, np.int64), *(at + pair[side] for at, pair in zip(starts, corners, strict=False))])
        for side in (0, 1)
    )
    judged = log_odds(table, left, right)
    ends = np.cumsum([0, *(len(pair[0]) for pair in corners)])
    worst = np.array([a + judged[a:b].argmin() for a, b in pairwise(ends)], np.int64)
    loosest = iter(judge_pairs(table, left[worst], right[worst]) if several else ())
    means = iter([float(judged[a:b].mean()) for a, b in pairwise(ends)])
    names = ((table.claims[left[n]].claim, table.claims[right[n]].claim) for n in worst)
    alone = (1.0, ("one claim",))
    return [_tied(claims, next(means), next(loosest), next(names)) if len(claims) > 1 else alone for claims in events]


def _tied(claims: Sequence[Claim], mean: float, loosest: Judged, pair: tuple[str, str]) -> tuple[float, Why]:
    reports = len({c.report.id for c in claims})
    return probability(mean), (
        f"{len(claims)} claims of {reports} report{'' if reports == 1 else 's'}, joined by the mean of the log-odds",
        f"the loosest pair, {pair[0]} and {pair[1]}: {loosest.alike:.2f}; {'; '.join(loosest.why[:4])}",
    )
