"""Fusing the claims of some reports at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from whodid.fuse.copies import independent
from whodid.fuse.event import Told, events_of
from whodid.fuse.links import Tie, links_of, stated
from whodid.fuse.memory import Memory
from whodid.fuse.within import features_of
from whodid.records import Claim, Event, Report


def fuse(claims: Iterable[Claim], reports: Iterable[Report] | None = None) -> list[Event]:
    """The events that the claims tell of, in the order of the claims that come first.

    reports: where given, those that are copies or rewrites of one another count as one independent report; without
    them each counts. The order of the claims makes no difference to what is one event.
    """
    every = {claim.id: claim for claim in claims}
    store = Memory()
    changes = store.add(features_of(every.values()))
    event_of_claim = {id: placed.event for id, placed in store.places.items()}
    groups = independent(reports) if reports is not None else {}
    ties = _by_claim((*changes.ties, *_stated(every.values())))
    members: dict[str, list[Claim]] = defaultdict(list)
    for claim in every.values():
        members[event_of_claim[claim.id]].append(claim)
    told = (
        Told(of, links_of([c.id for c in of], [t for c in of for t in ties[c.id]], event_of_claim))
        for of in members.values()
    )
    return list(events_of(told, groups=groups))


def _stated(claims: Iterable[Claim]) -> list[Tie]:
    by_report: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_report[claim.report.id].append(claim)
    return [tie for of in by_report.values() for tie in stated(of)]


def _by_claim(ties: Iterable[Tie]) -> dict[str, list[Tie]]:
    out: dict[str, list[Tie]] = defaultdict(list)
    for tie in ties:
        out[tie.claim].append(tie)
    return out
