"""Every record that crosses a stage.

Offsets are Unicode code points of ``Report.text``, half-open. Scores are probabilities in [0, 1]. Days are
ISO 8601. Languages are BCP 47, countries ISO 3166-1 alpha-3, coordinates WGS84 degrees, distances kilometres.
Records are frozen and strict: a wrong kind of value is an error where it is made, not where it is used.

Token, Sentence, Entity, Phrase, Quotation and Link are plain frozen dataclasses, as one report has thousands of them
and one producer (``annotate``) makes them all; everything else is a pydantic model.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Status = Literal["happened", "future", "hypothetical", "negated"]
Voice = Literal["outlet", "quoted", "paraphrased"]
Stance = Literal["asserts", "denies", "doubts", "supports", "condemns"]
Form = Literal["direct", "indirect", "mixed"]
Precision = Literal["day", "week", "month", "quarter", "year", "range"]
Basis = Literal["text", "published"]
RoleKind = Literal["actor", "recipient"]
Probability = float


class Record(BaseModel):
    """Base of the validated records: frozen, strict, no unknown fields."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


# ---------------------------------------------------------------- words


class Quote(Record):
    """Exact words of a report: ``report.text[start:end] == text``.

    The report is that of the record that holds the quote; a claim belongs to exactly one.
    """

    text: str
    start: int = Field(ge=0)
    end: int

    @model_validator(mode="after")
    def _length_fits(self) -> Self:
        if self.end - self.start != len(self.text):
            raise ValueError(f"a quote of {len(self.text)} characters cannot stand at {self.start}–{self.end}")
        return self


# ---------------------------------------------------------------- reports


class ReportInfo(Record):
    """What a claim repeats of its report.

    url: its address; of a report without one the file that it was read from, with its line in a file of several.
    """

    id: str
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    published: dt.date | None = None
    language: str | None = None


class Report(ReportInfo):
    """One report as it was read. ``text`` never changes after this.

    published_from: how the publication date was found (``field``, ``option``, ``page:…``), None where unknown.
    retrieved: when the bytes were read (UTC). sha256: of the bytes. reader: which reader made it.
    """

    text: str
    published_from: str | None = None
    retrieved: dt.datetime | None = None
    sha256: str
    reader: str

    @property
    def info(self) -> ReportInfo:
        """The part that claims repeat."""
        return ReportInfo(**{name: getattr(self, name) for name in ReportInfo.model_fields})

    def quote(self, start: int, end: int) -> Quote:
        """The exact words from ``start`` to ``end``."""
        return Quote(text=self.text[start:end], start=start, end=end)


class Rejection(Record):
    """One input, or one part of it, that gave no claims, and why. ``code`` is documented in :mod:`whodid.errors`."""

    source: str
    code: str
    message: str
    report_id: str | None = None


# ---------------------------------------------------------------- annotated text


@dataclass(frozen=True, slots=True)
class Token:
    """A word. ``norm`` is its lower-cased form with straight quotes; tags are Universal POS, Penn tag, and the
    parser's dependency labels (ClearNLP style); ``head`` is a token index (a root is its own head)."""

    i: int
    start: int
    end: int
    text: str
    norm: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    sentence: int
    entity: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens ``first`` to ``last`` (half-open), characters ``start`` to ``end``; ``paragraph`` counts from 0."""

    i: int
    first: int
    last: int
    start: int
    end: int
    root: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity: tokens ``first`` to ``last`` (half-open), OntoNotes label, characters ``start`` to ``end``."""

    first: int
    last: int
    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """A base noun phrase: tokens ``first`` to ``last`` (half-open) with its head token."""

    first: int
    last: int
    head: int


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks. ``start``/``end`` include the marks, ``inner_start``/``inner_end`` do not.

    ``closed`` is False where the paragraph ends without a closing mark and the next one goes on quoting.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool


@dataclass(frozen=True, slots=True)
class Link:
    """A pronoun, definite description or short name, tokens ``first`` to ``last``, and the fuller earlier or later
    mention (tokens ``to_first`` to ``to_last``) of the same actor. Made only where it is safe."""

    first: int
    last: int
    to_first: int
    to_last: int
    kind: Literal["pronoun", "description", "name"]


class Annotated(Record):
    """A report with its parse. Token indexes run through the whole report."""

    report: Report
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...]
    phrases: tuple[Phrase, ...]
    quotations: tuple[Quotation, ...]
    links: tuple[Link, ...]
    parser: str

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each token, the tokens that hang on it, in order."""
        out: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                out[token.head].append(token.i)
        return tuple(tuple(c) for c in out)

    @cached_property
    def _extents(self) -> tuple[tuple[int, int], ...]:
        first = [t.i for t in self.tokens]
        last = [t.i + 1 for t in self.tokens]
        for s in self.sentences:
            for _ in range(s.last - s.first):  # heads may stand on either side: repeat until nothing grows
                grew = False
                for i in range(s.first, s.last):
                    h = self.tokens[i].head
                    if first[i] < first[h] or last[i] > last[h]:
                        first[h], last[h] = min(first[h], first[i]), max(last[h], last[i])
                        grew = True
                if not grew:
                    break
        return tuple(zip(first, last, strict=True))

    @cached_property
    def phrase_of(self) -> dict[int, Phrase]:
        """Head token → base noun phrase."""
        return {p.head: p for p in self.phrases}

    @cached_property
    def entity_of(self) -> dict[int, Entity]:
        """Token → the entity that it is part of."""
        return {i: e for e in self.entities for i in range(e.first, e.last)}

    @cached_property
    def link_of(self) -> dict[int, Link]:
        """Token → the link of the mention that it is part of."""
        return {i: link for link in self.links for i in range(link.first, link.last)}

    def subtree(self, i: int) -> tuple[int, int]:
        """First and last token (half-open) of what hangs on token ``i``, itself included."""
        return self._extents[i]

    def ancestors(self, i: int) -> Iterator[int]:
        """The heads above token ``i``, nearest first."""
        while self.tokens[i].head != i:
            i = self.tokens[i].head
            yield i

    def quote(self, first: int, last: int) -> Quote:
        """The exact words of tokens ``first`` to ``last`` (half-open)."""
        return self.report.quote(self.tokens[first].start, self.tokens[last - 1].end)

    def token_range(self, quote: Quote) -> tuple[int, int]:
        """The tokens (half-open) that the words of ``quote`` touch."""
        starts = self._starts
        first = max(bisect_right(starts, quote.start) - 1, 0)
        return first, max(bisect_left(starts, quote.end), first + 1)

    @cached_property
    def _starts(self) -> list[int]:
        return [t.start for t in self.tokens]

    def sentence_of(self, i: int) -> Sentence:
        """The sentence of token ``i``."""
        return self.sentences[self.tokens[i].sentence]

    def quotation_at(self, position: int) -> Quotation | None:
        """The innermost quotation that holds the character ``position``."""
        found = [q for q in self.quotations if q.inner_start <= position < q.inner_end]
        return min(found, key=lambda q: q.end - q.start) if found else None


# ---------------------------------------------------------------- mentions


class Role(Record):
    """Who takes part: the words, their head token, and the rule that found them."""

    kind: RoleKind
    quote: Quote
    head: int
    why: str


class Count(Record):
    """A number that a report gives for an event. None is an open end: "at least eight" has no ``high``."""

    what: Literal["killed", "injured", "arrested", "crowd"]
    low: int | None
    high: int | None
    text: str
    start: int
    end: int


class Content(Quote):
    """What a speech act is about: the words of the threat, demand, promise or accusation, and the type of the event
    they tell of, None where they tell of none that is known. That event is not thereby said to have happened."""

    type: str | None = None


class Mention(Record):
    """An event predicate as the words of one sentence tell it, not yet tied to the world.

    head: token index of the predicate; trigger: its words; why: one line a reason, readable by a researcher.
    """

    head: int
    trigger: Quote
    sentence: Quote
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    roles: tuple[Role, ...]
    counts: tuple[Count, ...] = ()
    content: Content | None = None
    status: Status
    historical: bool
    score: Probability = Field(ge=0, le=1)
    why: tuple[str, ...]


class Extraction(Record):
    """What ``extract`` hands on: a report's annotation and the mentions found in it."""

    annotated: Annotated
    mentions: tuple[Mention, ...]


# ---------------------------------------------------------------- claims


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
    """One report's account of one event: the promised output format, field by field."""

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


class Coded(Record):
    """What ``ground`` hands on: a report and the claims that it makes, in the order of the text."""

    report: Report
    claims: tuple[Claim, ...]
