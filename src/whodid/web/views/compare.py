"""Publishers on the same events: what one tells and another does not, and how each of them tells it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from typing import Literal

import numpy as np
from pydantic import BaseModel, ConfigDict

from whodid.dataset.rows import claim_of
from whodid.errors import UsageError
from whodid.records import Actor, Claim
from whodid.web.chosen import Chosen, choose
from whodid.web.filters import Asked
from whodid.web.rows import Mask
from whodid.web.snapshot import Snapshot
from whodid.web.text import short
from whodid.web.views.lines import EventLine, lines
from whodid.web.views.loaded import Loaded, loaded_words

SIZE = 20
"""Events of a page."""

MOST = 6
"""Publishers that are compared at once."""

OFFERED = 500
"""Publishers that can be chosen from a list; others are typed."""

SHARED = "shared"
Field = Literal["status", "when", "numbers", "actors", "recipients", "voice", "speakers", "words"]
FIELDS: tuple[Field, ...] = ("status", "when", "numbers", "actors", "recipients", "voice", "speakers", "words")
State = Literal["same", "differs", "some"]


class _View(BaseModel):
    model_config = ConfigDict(frozen=True)


class PublisherCount(_View):
    """A publisher and how many of the events it tells, under the conditions that hold; ``only``: of those that are
    compared it alone."""

    name: str
    events: int
    only: int = 0


class Told(_View):
    """How one publisher tells an event. reports, claims: ids. Each of the other fields: every value that its claims
    give, once, in words (status, voice and types as codes; days as ``first`` or ``first/last``); empty where they give
    none."""

    publisher: str
    reports: tuple[str, ...]
    claims: tuple[str, ...]
    status: tuple[str, ...]
    when: tuple[str, ...]
    numbers: tuple[str, ...]
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    voice: tuple[str, ...]
    speakers: tuple[str, ...]
    words: tuple[str, ...]


class Shared(_View):
    """An event, how each publisher tells it (None: it does not), and for each field whether those who tell it agree:
    ``same`` values, or the same silence; ``differs``; or only ``some`` give a value and these agree."""

    event: EventLine
    told: tuple[Told | None, ...]
    states: dict[Field, State]


class Comparison(_View):
    """publishers: those that are compared. offered: those that can be, the most frequent first. shared: how many events
    at least two of them tell; every: how many all of them do. tells: what the events of this page are, ``shared`` or
    the publisher that alone tells them. total: how many those are. first: number of the first on the page, from 0.
    loaded: words for contested things in the reports of this page, where they were asked for."""

    asked: Asked
    publishers: tuple[PublisherCount, ...]
    offered: tuple[PublisherCount, ...]
    shared: int
    every: int
    tells: str
    total: int
    first: int
    events: tuple[Shared, ...]
    loaded: Loaded | None = None


class Comparing:
    """Publishers compared on what a state finds. Raises UsageError for a publisher that is not there, for too many, and
    as :func:`whodid.web.chosen.choose`."""

    def __init__(self, data: Snapshot, asked: Asked, tells: str = SHARED) -> None:
        self.data = data
        self._values = data.rows["events"].values["publisher"]
        self.names = tuple(dict.fromkeys(self._name(value) for value in asked.query.publisher))
        if len(self.names) > MOST:
            raise UsageError(f"publisher: {len(self.names)} are too many to be compared; {MOST} at most")
        self.asked = asked.minus("publisher")
        self._chosen: Chosen = choose(data, self.asked, view="events")
        number = len(self._chosen.mask)
        masks = [self._mask(name) for name in self.names]
        self._by = np.stack(masks) if masks else np.zeros((0, number), dtype=np.bool_)
        self._tellers = self._by.sum(axis=0)
        if tells != SHARED and tells not in self.names:
            raise UsageError(
                f"tells: {short(tells, 80)!r} is none of what is compared: {SHARED}, {', '.join(self.names)}"
            )
        self.tells = tells
        alone = self._tellers == 1
        wanted = self._tellers > 1 if tells == SHARED else alone & self._by[self.names.index(tells)]
        ordered = self._chosen.rows
        self.rows = ordered[wanted[ordered]]

    def _name(self, value: str) -> str:
        """The publisher of this name, whatever its case. Raises UsageError."""
        wanted = value.removeprefix("=").strip()
        by_case = {label.casefold(): label for label in self._values.labels}
        found = by_case.get(wanted.casefold())
        if found is None:
            near = [by_case[name] for name in get_close_matches(wanted.casefold(), by_case, n=5, cutoff=0.5)]
            hint = f"did you mean {', '.join(short(n, 60) for n in near)}?" if near else "choose one from the list"
            raise UsageError(f"publisher: there is no publisher {short(wanted, 80)!r}; {hint}")
        return wanted if wanted in self._values.labels else found

    def _mask(self, name: str) -> Mask:
        code = self._values.labels.index(name)
        mask: Mask = np.zeros(len(self._chosen.mask), dtype=np.bool_)
        mask[self._values.rows[self._values.codes == code]] = True
        return mask & self._chosen.mask

    def view(self, first: int = 0, *, loaded: bool = False) -> Comparison:
        """The comparison with a page of events. loaded: with the words for contested things, for which the reports are
        read. Raises ModelError where they cannot be."""
        shown = tuple(self.events(first, SIZE)) if len(self.names) > 1 else ()
        reports = _once(id for event in shown for told in event.told if told for id in told.reports)
        alone = self._tellers == 1
        return Comparison(
            asked=self.asked,
            publishers=tuple(
                PublisherCount(name=name, events=int(by.sum()), only=int((by & alone).sum()))
                for name, by in zip(self.names, self._by, strict=True)
            ),
            offered=self._offered(),
            shared=int((self._tellers > 1).sum()),
            every=int((self._tellers == len(self.names)).sum()) if self.names else 0,
            tells=self.tells,
            total=len(self.rows) if len(self.names) > 1 else 0,
            first=first,
            events=shown,
            loaded=loaded_words(self.data, reports) if loaded else None,
        )

    def _offered(self) -> tuple[PublisherCount, ...]:
        counts = self._values.counts(self._chosen.mask)
        best = np.argsort(-counts, kind="stable")[:OFFERED]
        return tuple(PublisherCount(name=self._values.labels[n], events=int(counts[n])) for n in best if counts[n])

    def events(self, first: int, size: int) -> Iterator[Shared]:
        """Some of the events, each as every publisher tells it."""
        found = lines(self._chosen, self.rows[first : first + size])
        told: dict[tuple[str, str | None], list[Claim]] = {}
        for claim in self._claims([event.id for event in found]):
            told.setdefault((claim.event, claim.report.publisher), []).append(claim)
        for event in found:
            assert isinstance(event, EventLine)
            by = tuple(_told(name, told.get((event.id, name), ())) for name in self.names)
            yield Shared(event=event, told=by, states=_states([one for one in by if one]))

    def all_events(self) -> Iterator[Shared]:
        """All of them, in portions."""
        for first in range(0, len(self.rows), 200):
            yield from self.events(first, 200)

    def _claims(self, events: Sequence[str]) -> Iterator[Claim]:
        ids = self.data.query(
            "SELECT id FROM held_claims WHERE list_contains($events, event_id) AND list_contains($names, publisher)",
            {"events": list(events), "names": list(self.names)},
        )
        rows = self.data.query(
            "SELECT c.record, c.event_id FROM claims c SEMI JOIN given ON given.id = c.id ORDER BY c.published, c.id",
            given=ids,
        )
        return map(claim_of, rows.to_pylist())


def _told(publisher: str, claims: Sequence[Claim]) -> Told | None:
    if not claims:
        return None
    return Told(
        publisher=publisher,
        reports=_once(c.report.id for c in claims),
        claims=_once(c.id for c in claims),
        status=_once(c.status for c in claims),
        when=tuple(sorted(_once(_days(c) for c in claims if c.when))),
        numbers=_once(_number(n.what, n.low, n.high) for c in claims for n in c.counts),
        actors=_once(_name(a) for c in claims for a in c.actors),
        recipients=_once(_name(a) for c in claims for a in c.recipients),
        voice=_once(c.said_by.voice for c in claims),
        speakers=_once(s.name or short(s.text, 120) for c in claims if (s := c.said_by.speaker)),
        words=_once(short(c.trigger.text, 120) for c in claims),
    )


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _days(claim: Claim) -> str:
    assert claim.when is not None
    first, last = claim.when.first.isoformat(), claim.when.last.isoformat()
    return first if first == last else f"{first}/{last}"


def _number(what: str, low: int | None, high: int | None) -> str:
    """``killed 4``, ``killed 4–6``; an open end is left out."""
    return f"{what} {low}" if low == high else f"{what} {'' if low is None else low}–{'' if high is None else high}"


def _name(actor: Actor) -> str:
    return short(actor.name or actor.text, 120)


def _states(told: Sequence[Told]) -> dict[Field, State]:
    return {field: _state([getattr(one, field) for one in told]) for field in FIELDS}


def _state(values: Sequence[tuple[str, ...]]) -> State:
    """Whether publishers agree: case and order play no part."""
    sets = [frozenset(value.casefold() for value in given) for given in values]
    given = {one for one in sets if one}
    if len(given) > 1:
        return "differs"
    return "some" if given and any(not one for one in sets) else "same"
