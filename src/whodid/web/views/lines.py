"""Events, claims and reports as lines of a list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict

from whodid.records import Status, Voice
from whodid.web.chosen import Chosen
from whodid.web.rows import Numbers


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True)


class _Coded(_Line):
    id: str
    type: str
    mode: str | None
    quad: int
    status: Status
    historical: bool
    actors: tuple[str, ...]
    actor_ids: tuple[str, ...]
    actor_countries: tuple[str, ...]
    recipients: tuple[str, ...]
    recipient_ids: tuple[str, ...]
    recipient_countries: tuple[str, ...]
    first_day: dt.date | None
    last_day: dt.date | None
    precision: str | None
    place: str | None
    country: str | None
    score: float
    checked: str


class EventLine(_Coded):
    """An event in a list. Ids and countries of actors are empty where none is known. reports: how many tell of it;
    independent: copies of one another counted once."""

    independent: int
    reports: int
    publishers: tuple[str, ...]
    flags: tuple[str, ...]


class ClaimLine(_Coded):
    """A claim in a list."""

    event_id: str
    report_id: str
    voice: Voice
    speaker: str | None
    stance: str | None
    trigger: str
    sentence: str
    publisher: str | None
    published: dt.date | None
    url: str | None


class ReportLine(_Line):
    """A report in a list. claims: how many it makes."""

    id: str
    publisher: str | None
    title: str | None
    url: str | None
    published: dt.date | None
    language: str | None
    claims: int


def _columns(names: Iterable[str], **made: str) -> str:
    return ", ".join(f'{made.get(name, f"v.{name}")} AS "{name}"' for name in names)


_EVENT = _columns(EventLine.model_fields, reports="len(v.reports)")
_CLAIM = _columns(ClaimLine.model_fields)


def lines(chosen: Chosen, rows: Numbers) -> tuple[EventLine, ...] | tuple[ClaimLine, ...]:
    """Some of what was chosen."""
    of = chosen.data.rows[chosen.view]
    if chosen.view == "events":
        return tuple(EventLine(**row) for row in of.table(_EVENT).take(rows).to_pylist())
    return tuple(ClaimLine(**row) for row in of.table(_CLAIM).take(rows).to_pylist())
