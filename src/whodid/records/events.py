"""What many claims tell together: judgements of pairs, and events with every value that was given."""

from __future__ import annotations

import datetime as dt
from typing import Literal, Self

from pydantic import Field, model_validator

from whodid.records.base import EventFieldName, LinkKind, Precision, Probability, Quote, Record, Status, Verdict
from whodid.records.claims import Actor, Where
from whodid.records.corrections import Checked


class Judgement(Record):
    """Whether two claims tell of one event, by whom and why. Append-only; a person's last word on a pair counts
    before any program's.

    left, right: claim ids, ``left < right``. score: the probability that they tell of one event; 1 or 0 where a person
    decided. by: the program with its version, or ``person:NAME``.
    """

    left: str
    right: str
    verdict: Verdict
    score: Probability = Field(ge=0, le=1)
    by: str
    why: tuple[str, ...]
    made: dt.datetime | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.left >= self.right:
            raise ValueError(f"a judgement names two claims in order, not {self.left!r} and {self.right!r}")
        return self


class FieldValue(Record):
    """One value that claims give for a field of an event. ``value`` is its canonical form (a code, an actor's id or
    words, ``first/last`` days, a GeoNames id or words, ``low..high``), ``label`` how people read it."""

    value: str
    label: str
    claims: tuple[str, ...]
    publishers: tuple[str, ...]
    independent: int = Field(ge=1)


class EventField(Record):
    """Every value of one field, best supported first.

    consensus: the value taken, None where none is; rule: the rule that took it, in words; disputed: True where values
    contradict each other and not merely differ in detail.
    """

    name: EventFieldName
    values: tuple[FieldValue, ...]
    consensus: str | None
    rule: str
    disputed: bool


class EventLink(Record):
    """A tie to another event as a report states it (``quote``, of report ``report_id``), or as two statuses of one
    thing imply it (no quote)."""

    kind: LinkKind
    event: str
    claim: str
    report_id: str | None = None
    quote: Quote | None = None


class Span(Record):
    """First and last possible day of an event."""

    first: dt.date
    last: dt.date
    precision: Precision


class Tally(Record):
    """The number of people that the consensus gives; None is an open end."""

    what: Literal["killed", "injured", "arrested", "crowd"]
    low: int | None
    high: int | None


class Event(Record):
    """A view over the claims that tell of one happening.

    The plain fields hold the consensus; ``fields`` every value with the claims that give it. independent: number of
    reports left when copies and rewrites of one another count once. ids: that of its first claim (by publication day,
    then id), so that the order in which reports come does not matter. ``score`` is the probability that the claims
    belong together. checked: ``corrected`` if people corrected one of its claims, ``accepted`` if they corrected none
    and accepted all.
    """

    id: str
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    quad: int = Field(ge=1, le=4)
    cameo: str | None
    scale: float
    status: Status
    historical: bool
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    when: Span | None
    where: Where | None
    counts: tuple[Tally, ...]
    claims: tuple[str, ...]
    reports: tuple[str, ...]
    publishers: tuple[str, ...]
    independent: int = Field(ge=1)
    fields: tuple[EventField, ...]
    flags: tuple[str, ...]
    links: tuple[EventLink, ...]
    score: Probability = Field(ge=0, le=1)
    why: tuple[str, ...]
    ontology: str
    checked: Checked = "none"
