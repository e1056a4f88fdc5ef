"""A report's account of events: claims and sayings tied to the world."""

from __future__ import annotations

import datetime as dt
from typing import Self

from pydantic import Field, model_validator

from whodid.records.base import Basis, Form, Precision, Probability, Quote, Record, Stance, Status, Voice
from whodid.records.corrections import Checked, Corrected
from whodid.records.mentions import Content, Count
from whodid.records.reports import Rejection, Report, ReportInfo, Usage


class Attribution(Record):
    """Who is given as the source of which words (PARC3 and PolNeAR: source, cue, content; each may be discontinuous).

    ``source_head`` and ``cue_head`` are token indexes; ``direct`` is True where the content is in quotation marks,
    ``reported`` where what happens in it is the source's word and not the outlet's. ``addressee``: whom it is said to.
    ``stance``: how the source stands to the truth or worth of the content, None where the cue says neither ("wants
    to").
    """

    source: tuple[Quote, ...]
    cue: tuple[Quote, ...]
    content: tuple[Quote, ...]
    source_head: int | None
    cue_head: int | None
    direct: bool
    reported: bool = True
    addressee: Quote | None = None
    stance: Stance | None = None

    def holds(self, start: int, end: int) -> bool:
        """True if the content covers the characters ``start`` to ``end``."""
        return any(q.start <= start and end <= q.end for q in self.content)


class Actor(Record):
    """An actor or recipient as one claim names it. ``id``, ``name`` and ``country`` are None where it is not known."""

    text: str
    start: int
    end: int
    id: str | None = None
    name: str | None = None
    country: str | None = None
    sectors: tuple[str, ...] = ()
    score: Probability = Field(ge=0, le=1)


class When(Record):
    """First and last possible day, never narrower than the words. ``basis`` is ``published`` where the words are
    relative to the publication date; text, start and end are None only where no words give the day."""

    first: dt.date
    last: dt.date
    precision: Precision
    basis: Basis
    text: str | None = None
    start: int | None = None
    end: int | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise ValueError(f"a time cannot end ({self.last}) before it starts ({self.first})")
        return self


class Where(Record):
    """A place; the GeoNames fields are None where the words name no place that is known."""

    text: str
    start: int
    end: int
    name: str | None = None
    country: str | None = None
    geonameid: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    radius_km: float | None = None


class Speaker(Record):
    """The source of an attribution."""

    text: str
    start: int
    end: int
    id: str | None = None
    name: str | None = None


class SaidBy(Record):
    """Whose words a claim is: ``chain`` lists the outer speakers, outermost last.

    ``stance`` is the speaker's to the claim. In the outlet's own voice it is None, or ``doubts`` where the outlet marks
    a distance ("the alleged raid").
    """

    voice: Voice
    speaker: Speaker | None = None
    cue: Quote | None = None
    chain: tuple[Speaker, ...] = ()
    stance: Stance | None = None


class Saying(Record):
    """One attribution of one report: who said what to whom. Words may be discontinuous.

    ``who`` and ``to_whom`` are None where nobody is named. ``stance`` is None where the cue says nothing of the truth
    or worth of the words ("wants to"). ``when`` is the time of the saying. ``said_by`` tells who reports the saying: in
    "the paper said that the minister had warned …" the paper is the speaker of the minister's warning.
    """

    id: str
    report: ReportInfo
    who: Actor | None
    to_whom: Actor | None
    cue: tuple[Quote, ...]
    words: tuple[Quote, ...]
    form: Form
    stance: Stance | None
    when: When | None
    said_by: SaidBy
    sentence: Quote


class Sayings(Record):
    """A report and the attributions in it, in the order of their cues."""

    report: Report
    sayings: tuple[Saying, ...]


class Claim(Record):
    """One report's account of one event: the promised output format, field by field.

    checked: whether people accepted it as it is or corrected it, ``checked_by`` who they are, ``corrections`` the
    fields that have their value from them.
    """

    id: str
    report: ReportInfo
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    quad: int = Field(ge=1, le=4)
    cameo: str | None
    scale: float
    status: Status
    historical: bool
    trigger: Quote
    sentence: Quote
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    when: When | None
    where: Where | None
    said_by: SaidBy
    counts: tuple[Count, ...]
    content: Content | None = None
    event: str
    score: Probability = Field(ge=0, le=1)
    why: tuple[str, ...]
    coder: str
    ontology: str
    checked: Checked = "none"
    checked_by: tuple[str, ...] = ()
    corrections: tuple[Corrected, ...] = ()


class Coded(Record):
    """What ``ground`` hands on: a report and the claims that it makes, in the order of the text.

    rejections: claims, or parts of the report, that were rejected beside them; usage: what a model elsewhere took.
    """

    report: Report
    claims: tuple[Claim, ...]
    rejections: tuple[Rejection, ...] = ()
    usage: Usage | None = None
