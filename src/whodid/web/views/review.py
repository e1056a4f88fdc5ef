"""What reviewers see: a queue of what to look at, a claim with the text that it rests on, and all that people said of
it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, JsonValue

from whodid.dataset import rows
from whodid.dataset.people import People
from whodid.records import Claim, Correction, Report, evidence
from whodid.run.correcting import Judged, value_of, with_value
from whodid.run.correction_values import Values
from whodid.run.review_queue import Item, Kind, queue, sampled
from whodid.run.reviewing import TAKEN, Reviewing
from whodid.web.live import Live
from whodid.web.snapshot import Snapshot
from whodid.web.text import web_link

SHORT = 12_000
"""Characters of a report that is shown whole; of a longer one so many are shown around the sentence."""


class Reviewed(Reviewing):
    """Reviewing on what a site has open already: the version that it reads, and the database of its people. It closes
    neither."""

    def __init__(self, live: Live, people: People) -> None:
        self.folder, self.data, self.people = live.folder, live.data, people


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True)


class QueueLine(_Record):
    """Something to look at. claim: the first of ``claims`` is looked at first; of an event all that nobody judged.
    score: of the claim. flags: what the claims of the event contradict each other in. place: in the random sample, from
    1. The rest is as in the table of claims; of an event, of its first claim."""

    kind: Literal["claim", "event"]
    id: str
    claims: tuple[str, ...]
    score: float | None = None
    flags: tuple[str, ...] = ()
    place: int | None = None
    type: str
    mode: str | None
    status: str
    quad: int
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    sentence: str
    publisher: str | None


class Row(_Record):
    """A judgement. stands: it was not taken back. For the rest see :class:`whodid.records.Correction`."""

    id: int
    claim: str
    field: str
    before: JsonValue
    after: JsonValue
    person: str
    why: str
    made: dt.datetime
    deciding: bool
    undoes: int | None
    stands: bool


class ReviewNote(_Record):
    """What a person wrote beside the claim."""

    text: str
    person: str
    made: dt.datetime


class KnownSpan(_Record):
    """Words of the report that some claim of it rests on, and for which of its fields."""

    start: int
    end: int
    text: str
    of: str


class ReviewReport(_Record):
    """The report that makes a claim. url: only where a page may link to it."""

    id: str
    title: str | None
    publisher: str | None
    published: dt.date | None
    url: str | None


class ReviewItem(_Record):
    """A claim as it is with all that people have said of it by now, also what the dataset has not taken in yet.

    claim: the record, as in JSON Lines. event: its event at this version, null for a claim that is rejected. pending:
    the dataset has not taken in all that was said. text: the report's from character ``offset`` on; ``whole`` where it
    is all of it. rows: judgements, oldest first. seen: number of the newest of them; 0 where there is none. unfit:
    numbers of judgements that do not fit the claim any more.
    """

    claim: dict[str, Any]
    event: str | None
    rejected: bool
    pending: bool
    report: ReviewReport
    text: str
    offset: int
    whole: bool
    spans: tuple[KnownSpan, ...]
    rows: tuple[Row, ...]
    notes: tuple[ReviewNote, ...]
    seen: int
    unfit: tuple[int, ...]


class Proposed(_Record):
    """What a value would change: the field before and after, and the other fields that go with it."""

    before: JsonValue
    after: JsonValue
    further: dict[str, tuple[JsonValue, JsonValue]]


# ---------------------------------------------------------------- queue


def queue_lines(  # noqa: PLR0913  one parameter a choice
    data: Snapshot, people: People, *, kind: Kind, limit: int, seed: int, reviewer: str | None, sample: int
) -> list[QueueLine]:
    """What to look at next. reviewer: leaves out what this person judged; None: what anybody did. Raises UsageError."""
    items = queue(data, people, kind=kind, limit=limit, seed=seed, reviewer=reviewer, sample=sample)
    places = {id: place for place, id in enumerate(sampled(data, seed, sample), 1)} if kind == "random" else {}
    events = _events(data, [item.id for item in items if item.kind == "event"])
    claims = [item.id for item in items if item.kind == "claim"]
    told = _claims(data, [*claims, *(event["claims"][0] for event in events.values())])
    return [line for item in items for line in _line(item, told, events, places)]


def _line(
    item: Item, told: Mapping[str, dict[str, Any]], events: Mapping[str, dict[str, Any]], places: Mapping[str, int]
) -> list[QueueLine]:
    event = events.get(item.id)
    claims = tuple(event["claims"]) if event else (item.id,)
    row = told.get(claims[0])
    if row is None:
        return []
    more = {"flags": tuple(event["flags"])} if event else {"score": row["score"], "place": places.get(item.id)}
    shown = {name: row[name] for name in row if name not in {"id", "score"}}
    return [QueueLine(kind=item.kind, id=item.id, claims=claims, **shown, **more)]


def _events(data: Snapshot, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    sql = "SELECT id, claims, flags FROM events WHERE list_contains(?, id)"
    return {row["id"]: row for row in data.query(sql, [list(ids)]).to_pylist()} if ids else {}


def _claims(data: Snapshot, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The columns of a line, of these claims; also of those that people rejected."""
    sql = """SELECT id, type, mode, status, quad, actors, recipients, sentence, publisher, score
        FROM stored_claims WHERE list_contains(?, id)"""
    return {row["id"]: row for row in data.query(sql, [list(ids)]).to_pylist()} if ids else {}


# ---------------------------------------------------------------- a claim


def review_item(review: Reviewing, wanted: str, *, whole: bool = False) -> ReviewItem:
    """A claim to be reviewed. whole: the text of a long report too. Raises UsageError for one that is not there."""
    judged = review.claim(wanted)
    claim, data = judged.claim, review.data
    report = next(data.reports("id = ?", [claim.report.id]))
    first, last = _window(claim, report, whole=whole)
    said = review.corrections(claim.id)
    event = data.query("SELECT event_id FROM claims WHERE id = ?", [claim.id])["event_id"].to_pylist()
    return ReviewItem(
        claim=claim.model_dump(mode="json"),
        event=event[0] if event else None,
        rejected=judged.rejected,
        pending=bool(said) and said[-1][0].id > data.head.marks.get(TAKEN, 0),
        report=ReviewReport(**claim.report.model_dump(include={"id", "title", "publisher", "published"}),
                            url=web_link(claim.report.url)),
        text=report.text[first:last],
        offset=first,
        whole=(first, last) == (0, len(report.text)),
        spans=_spans(review, judged, (first, last)),
        rows=rows_of(said),
        notes=tuple(
            ReviewNote(text=note.text, person=note.person, made=note.made)
            for note in review.people.notes(claim.id, "claim")
        ),
        seen=said[-1][0].id if said else 0,
        unfit=tuple(row.id for row in judged.unfit),
    )  # fmt: skip


def rows_of(said: Sequence[tuple[Correction, bool]]) -> tuple[Row, ...]:
    """Judgements as rows of a list."""
    return tuple(Row(**row.model_dump(), stands=stands) for row, stands in said)


def _window(claim: Claim, report: Report, *, whole: bool) -> tuple[int, int]:
    """The characters of the text that are shown: all of a short report, else those around the sentence, from line to
    line where one ends near."""
    if whole or len(report.text) <= SHORT:
        return 0, len(report.text)
    first = max(0, claim.sentence.start - SHORT // 2)
    last = min(len(report.text), claim.sentence.end + SHORT // 2)
    first = first and report.text.find(" ", first) + 1
    last = last if last == len(report.text) else report.text.rfind(" ", 0, last)
    return min(first, claim.sentence.start), max(last, claim.sentence.end)


def _spans(review: Reviewing, judged: Judged, window: tuple[int, int]) -> tuple[KnownSpan, ...]:
    """The words that the claims of the report rest on, as far as they are shown: those of this claim first."""
    record = "SELECT record, event_id FROM claims WHERE report_id = ? ORDER BY id"
    others = [rows.claim_of(row) for row in review.data.query(record, [judged.claim.report.id]).to_pylist()]
    found: dict[tuple[int, int, str], KnownSpan] = {}
    for claim in (judged.claim, *others):
        for of, start, end, text, _ in evidence(claim):
            if window[0] <= start and end <= window[1]:
                found.setdefault((start, end, of), KnownSpan(start=start, end=end, text=text, of=of))
    return tuple(found.values())


def proposed(review: Reviewing, wanted: str, field: str, value: JsonValue) -> Proposed:
    """What a correction would change, without keeping it. Raises UsageError for a value that is not allowed."""
    now = review.claim(wanted).claim
    report = next(review.data.reports("id = ?", [now.report.id]))
    made = with_value(now, field, Values(now, report, review.data).made(field, value))
    follows = ("mode", "quad", "cameo", "scale")
    further = {
        name: (value_of(now, name), value_of(made, name))
        for name in follows
        if name != field and value_of(now, name) != value_of(made, name)
    }
    return Proposed(before=value_of(now, field), after=value_of(made, field), further=further)


def conflicts(review: Reviewing, wanted: str, field: str, *, seen: int, person: str) -> tuple[Row, ...]:
    """What others have said of the field of a claim since ``seen``, a number of a judgement, and what stands."""
    said = review.corrections(wanted)
    return rows_of([(r, ok) for r, ok in said if ok and r.id > seen and r.field == field and r.person != person])
