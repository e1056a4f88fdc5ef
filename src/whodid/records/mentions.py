"""Event predicates as the words of one sentence tell them, not yet tied to the world."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from whodid.records.annotated import Annotated
from whodid.records.base import Probability, Quote, Record, RoleKind, Status
from whodid.records.reports import Rejection, Usage


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
    """What ``extract`` hands on: a report's annotation and the mentions found in it.

    rejections: events that the coder named and that did not hold, and parts of the text that it could not code; usage:
    what a model elsewhere took for it.
    """

    annotated: Annotated
    mentions: tuple[Mention, ...]
    rejections: tuple[Rejection, ...] = ()
    usage: Usage | None = None
