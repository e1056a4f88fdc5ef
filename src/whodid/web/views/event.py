"""One event: what happened, every value of every field, who says so in which words, and what it is tied to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Literal
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict

from whodid.dataset.found import claims_of
from whodid.dataset.people import People
from whodid.dataset.rows import event_of
from whodid.records import Event, EventField, FieldValue, LinkKind
from whodid.run.timeline import days, headline
from whodid.web.envelope import NotThere
from whodid.web.snapshot import Snapshot
from whodid.web.views.citation import Citation, cite_event
from whodid.web.views.claim import ClaimView, Kind, claim_view, in_order, kind_of
from whodid.web.views.notes import NoteView, notes_beside

CLAIMS = 100
"""Claims that one page shows."""

_PREFIX = 4


class EventInWords(BaseModel):
    """An event that is spoken of. when: in words, empty where no day is known."""

    model_config = ConfigDict(frozen=True)

    id: str
    headline: str
    when: str
    status: str
    quad: int
    independent: int


class Stated(BaseModel):
    """The words by which a report ties two events. claim: of the event that has the tie."""

    model_config = ConfigDict(frozen=True)

    words: str
    report_id: str
    publisher: str | None
    claim: str


class LinkView(BaseModel):
    """A tie between this event and another.

    way: ``to`` where this event has the tie, ``from`` where the other has it to this one. stated: what reports say of
    it; empty where two statuses of one thing imply it.
    """

    model_config = ConfigDict(frozen=True)

    kind: LinkKind
    way: Literal["to", "from"]
    event: EventInWords
    stated: tuple[Stated, ...]


class EventPage(BaseModel):
    """An event with all that a page shows of it.

    was: an id that was given before and led here. order: ids of all claims by day of publication; claims: those from
    number ``first`` (0 for the first) on.
    """

    model_config = ConfigDict(frozen=True)

    event: Event
    headline: str
    when: str
    kind: Kind
    was: str | None
    first: int
    order: tuple[str, ...]
    claims: tuple[ClaimView, ...]
    links: tuple[LinkView, ...]
    notes: tuple[NoteView, ...]
    citation: Citation

    @property
    def checked(self) -> str:
        """What people did to its claims: ``none``, ``accepted`` or ``corrected``."""
        return self.event.checked

    @property
    def fields(self) -> list[EventField]:
        """The fields that some claim gives a value for; those that contradict each other first."""
        return sorted((field for field in self.event.fields if field.values), key=lambda field: not field.disputed)

    @property
    def disputed(self) -> list[EventField]:
        """The fields whose values contradict each other."""
        return [field for field in self.event.fields if field.disputed]

    def taken(self, field: EventField, value: FieldValue) -> bool:
        """True for a value that the event took; of participants it may take several."""
        return field.consensus is not None and value.value in field.consensus.split("; ")

    def ends(self, value: FieldValue) -> tuple[dt.date, dt.date]:
        """The first and last day of a value of the field ``when``."""
        first, _, last = value.value.partition("/")
        return dt.date.fromisoformat(first), dt.date.fromisoformat(last)

    def number_of(self, claim: str) -> int:
        """The number of a claim, from 1, by day of publication."""
        return self.order.index(claim) + 1

    def address_of(self, claim: str) -> str:
        """Where a claim is: on this page, or on a later or earlier part of it."""
        at = self.order.index(claim)
        here = self.first <= at < self.first + CLAIMS
        return f"#{claim}" if here else f"/events/{quote(self.event.id)}?from={at // CLAIMS * CLAIMS}#{claim}"

    @property
    def silent(self) -> list[EventField]:
        """The fields that no claim gives a value for."""
        return [field for field in self.event.fields if not field.values]


def event_id(data: Snapshot, wanted: str) -> str:
    """The id of the event that an id leads to now: itself, the event that it became part of, or the only one whose id
    starts so. Raises NotThere."""
    now = data.event_id(wanted)
    found = data.query("SELECT id FROM events WHERE id = ?", [now])["id"].to_pylist()
    if not found and len(wanted) >= _PREFIX:
        found = data.query("SELECT id FROM events WHERE starts_with(id, ?) ORDER BY id LIMIT 5", [wanted])[
            "id"
        ].to_pylist()
    if len(found) == 1:
        return str(found[0])
    if found:
        raise NotThere(f"several events start with {wanted!r}: {', '.join(found)}; give more of the id")
    raise NotThere(f"there is no event {wanted!r} in version {data.version} of this dataset; look for it in the list")


def event_page(
    data: Snapshot, id: str, *, address: str, people: People | None = None, was: str | None = None, first: int = 0
) -> EventPage:
    """The event with this very id. address: of its page. people: whose notes are shown. was: an id that was asked for
    before it, shown only if it led here. Raises NotThere."""
    event = one_event(data, id)
    claims = in_order(claims_of(data, [event.id]))
    return EventPage(
        event=event,
        headline=headline(event),
        when=days(event.when) if event.when else "",
        kind=kind_of(event.ontology, event.type, event.mode),
        was=was if was and was != event.id and data.event_id(was) == event.id else None,
        first=first,
        order=tuple(claim.id for claim in claims),
        claims=tuple(map(claim_view, claims[first : first + CLAIMS])),
        links=tuple(_links(data, event.id)),
        notes=notes_beside(people, [event.id, *event.claims]),
        citation=cite_event(data, event.id, headline(event), address),
    )


def one_event(data: Snapshot, id: str) -> Event:
    """The event with this very id. Raises NotThere."""
    found = list(data.events("id = ?", [id]))
    if not found:
        raise NotThere(f"there is no event {id!r} in version {data.version} of this dataset")
    return found[0]


def event_lines(data: Snapshot, ids: Iterable[str]) -> dict[str, EventInWords]:
    """These events in a line each, by id; nothing of those that are not there."""
    wanted = sorted(set(ids))
    return data.kept.get_or(("event lines", *wanted), lambda: _event_lines(data, wanted)) if wanted else {}


def _event_lines(data: Snapshot, wanted: Sequence[str]) -> dict[str, EventInWords]:
    # the records of events that lie anywhere: most of their file has to be read for some dozens
    found = data.query("SELECT id, record FROM events WHERE list_contains(?, id)", [wanted])
    return {event.id: line_of(event) for event in map(event_of, found.to_pylist())}


def line_of(event: Event) -> EventInWords:
    """An event in a line."""
    return EventInWords(
        id=event.id, headline=headline(event), when=days(event.when) if event.when else "", status=event.status,
        quad=event.quad, independent=event.independent,
    )  # fmt: skip


_LINKS = """
SELECT l.kind, l.event_id, l.to_id, l.claim_id, l.report_id, l.words, r.publisher
FROM links l LEFT JOIN held_reports r ON r.id = l.report_id
WHERE l.event_id = $id OR l.to_id = $id
ORDER BY l.kind, l.words IS NULL, l.event_id, l.to_id, l.claim_id
"""


def _links(data: Snapshot, id: str) -> Iterable[LinkView]:
    ties: dict[tuple[LinkKind, Literal["to", "from"], str], dict[str, Stated]] = {}
    for row in data.query(_LINKS, {"id": id}).to_pylist():
        way: Literal["to", "from"] = "to" if row["event_id"] == id else "from"
        stated = ties.setdefault((row["kind"], way, row["to_id" if way == "to" else "event_id"]), {})
        if row["words"]:
            stated.setdefault(row["words"], Stated(words=row["words"], report_id=row["report_id"],
                              publisher=row["publisher"], claim=row["claim_id"]))  # fmt: skip
    lines = event_lines(data, (other for _, _, other in ties))
    for (kind, way, other), stated in ties.items():
        if other in lines:
            yield LinkView(kind=kind, way=way, event=lines[other], stated=tuple(stated.values()))
