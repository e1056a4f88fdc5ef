"""One actor: its names and roles over time, what it does and what is done to it, what it says and who speaks of it."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from whodid.records import Voice
from whodid.web.chosen import choose
from whodid.web.envelope import NotThere
from whodid.web.filters import Asked
from whodid.web.snapshot import Snapshot
from whodid.web.text import short
from whodid.web.views.actors import BY_NAME, ActorLine, actor_of, parts, spoken
from whodid.web.views.lines import ClaimLine, EventLine, lines

SHOWN = 25
"""Rows of each list of the page."""

_MONTHS = 60
"""Months after which a chart counts years."""


class _View(BaseModel):
    model_config = ConfigDict(frozen=True)


class NameCount(_View):
    """Words that name the actor in reports, and how often."""

    words: str
    times: int


class Role(_View):
    """What claims take the actor for, and the days of the first and the last of them: of what they tell or, where that
    is not known, of their publication."""

    country: str | None
    sectors: tuple[str, ...]
    claims: int
    first_day: dt.date | None
    last_day: dt.date | None


class Period(_View):
    """A month or a year, by its first day, and the events in it."""

    start: dt.date
    as_actor: int
    as_recipient: int


class Teller(_View):
    """Who says something of the actor: an outlet in its own voice, or a speaker. key: of a speaker. as_actor,
    as_recipient: claims in which the actor has that side. types: of what is told, the most frequent first."""

    name: str
    key: str | None
    voice: Voice
    claims: int
    as_actor: int
    as_recipient: int
    types: tuple[str, ...]


class Counterpart(_View):
    """Another actor on the other side of the same events: ``does`` where this one is the actor, ``undergoes`` where it
    is the recipient."""

    key: str
    name: str
    country: str | None
    events: int
    does: int
    undergoes: int


class ActorPage(_View):
    """An actor with all that a page shows of it. names, tellers, counterparts: the first ones. acts, receives: its
    latest events on either side; says: the latest claims of which it is the speaker."""

    actor: ActorLine
    names: tuple[NameCount, ...]
    roles: tuple[Role, ...]
    unit: Literal["month", "year"]
    periods: tuple[Period, ...]
    acts: tuple[EventLine, ...]
    receives: tuple[EventLine, ...]
    says: tuple[ClaimLine, ...]
    tellers: tuple[Teller, ...]
    counterparts: tuple[Counterpart, ...]

    @property
    def asked(self) -> str:
        """How a query names the actor."""
        key = self.actor.key
        return f"={key.removeprefix(BY_NAME)}" if key.startswith(BY_NAME) else f"id:{key}"

    @property
    def wide(self) -> int:
        """Places of the chart: a few periods do not fill it."""
        return max(len(self.periods), 24)

    @property
    def most(self) -> int:
        """The greatest number of a period, at least 1."""
        return max([1, *(n for p in self.periods for n in (p.as_actor, p.as_recipient))])


def actor_page(data: Snapshot, wanted: str) -> ActorPage:
    """The actor with this id, or this ``name:…``. Raises NotThere."""
    actor = actor_of(data, wanted)
    if actor is None:
        raise NotThere(
            f"there is no actor {short(wanted, 80)!r} in version {data.version} of the dataset; look for it in the list"
        )
    made: ActorPage = data.kept.get_or(("actor", actor.key), lambda: _made(data, actor))
    return made


def _made(data: Snapshot, actor: ActorLine) -> ActorPage:
    given: dict[str, Any] = {"key": actor.key}
    periods, unit = _periods(data, given)
    return ActorPage(
        actor=actor, unit=unit, periods=periods,
        names=tuple(NameCount(**row) for row in _taken(data, _NAMES, given)),
        roles=tuple(Role(**row) for row in _taken(data, _ROLES, given)),
        acts=_events(data, given, "actor"), receives=_events(data, given, "recipient"), says=_says(data, given),
        tellers=tuple(Teller(**row) for row in data.query(_TELLERS, given, parts=parts(data, "claims")).to_pylist()),
        counterparts=tuple(Counterpart(**row) for row in data.query(
            _COUNTERPARTS, given, parts=parts(data, "events")).to_pylist()),
    )  # fmt: skip


# ---------------------------------------------------------------- names and roles

_SIDES = """
WITH told AS (
  SELECT coalesce(first_day, published) AS day, unnest(list_concat(
    from_json(json_extract(record, '$.actors'), $shape), from_json(json_extract(record, '$.recipients'), $shape))) AS a
  FROM claims WHERE id IN (SELECT h.id FROM held_claims h JOIN parts p ON p.row = h.rowid WHERE p.key = $key)
), its AS (SELECT day, a FROM told WHERE coalesce(a.id, 'name:' || coalesce(a.name, a.text)) = $key)
"""
_SHAPE = '[{"id": "VARCHAR", "name": "VARCHAR", "text": "VARCHAR", "country": "VARCHAR", "sectors": ["VARCHAR"]}]'
_NAMES = f"{_SIDES} SELECT a.text AS words, count(*) AS times FROM its GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {SHOWN}"
_ROLES = f"""{_SIDES}
SELECT a.country AS country, a.sectors AS sectors, count(*) AS claims, min(day) AS first_day, max(day) AS last_day
FROM its GROUP BY 1, 2 ORDER BY first_day NULLS LAST, claims DESC, country NULLS LAST, sectors
"""


def _taken(data: Snapshot, sql: str, given: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = data.query(sql, {**given, "shape": _SHAPE}, parts=parts(data, "claims")).to_pylist()
    return found


# ---------------------------------------------------------------- events and claims

_PERIODS = """
SELECT date_trunc($unit, first_day)::DATE AS start, count(DISTINCT row) FILTER (side = 'actor') AS as_actor,
  count(DISTINCT row) FILTER (side = 'recipient') AS as_recipient
FROM parts WHERE key = $key AND first_day IS NOT NULL GROUP BY 1 ORDER BY 1
"""


def _periods(data: Snapshot, given: dict[str, Any]) -> tuple[tuple[Period, ...], Literal["month", "year"]]:
    """Events by month, by year where they lie far apart; periods without any are there too."""
    rows = data.query(_PERIODS, {**given, "unit": "month"}, parts=parts(data, "events")).to_pylist()
    if not rows:
        return (), "month"
    first, last = rows[0]["start"], rows[-1]["start"]
    if (last.year - first.year) * 12 + last.month - first.month < _MONTHS:
        return _filled(rows, first, last, 1), "month"
    rows = data.query(_PERIODS, {**given, "unit": "year"}, parts=parts(data, "events")).to_pylist()
    return _filled(rows, rows[0]["start"], rows[-1]["start"], 12), "year"


def _filled(rows: list[dict[str, Any]], first: dt.date, last: dt.date, months: int) -> tuple[Period, ...]:
    by_start = {row["start"]: Period(**row) for row in rows}
    out, at = [], first
    while at <= last:
        out.append(by_start.get(at) or Period(start=at, as_actor=0, as_recipient=0))
        number = at.year * 12 + at.month - 1 + months
        at = dt.date(number // 12, number % 12 + 1, 1)
    return tuple(out)


def _events(data: Snapshot, given: dict[str, Any], side: str) -> tuple[EventLine, ...]:
    """Its latest events on a side."""
    sql = f"""SELECT DISTINCT row, first_day FROM parts WHERE key = $key AND side = $side
        ORDER BY first_day DESC NULLS LAST, row DESC LIMIT {SHOWN}"""
    found = data.query(sql, {**given, "side": side}, parts=parts(data, "events"))["row"].to_numpy()
    return lines(choose(data, Asked()), found)  # type: ignore[return-value]


def _says(data: Snapshot, given: dict[str, Any]) -> tuple[ClaimLine, ...]:
    """The latest claims of which it is the speaker."""
    sql = f"""SELECT s.row FROM spoken s JOIN held_claims c ON c.rowid = s.row WHERE s.key = $key
        ORDER BY coalesce(c.published, c.first_day) DESC NULLS LAST, s.row LIMIT {SHOWN}"""
    found = data.query(sql, given, spoken=spoken(data))["row"].to_numpy()
    return lines(choose(data, Asked(view="claims")), found)  # type: ignore[return-value]


_TELLERS = f"""
WITH its AS (SELECT row, bool_or(side = 'actor') AS acts, bool_or(side = 'recipient') AS receives
  FROM parts WHERE key = $key GROUP BY row),
told AS (
  SELECT c.voice, c.type, i.acts, i.receives,
    CASE WHEN c.speaker IS NULL THEN coalesce(c.publisher, '') ELSE c.speaker END AS name,
    CASE WHEN c.speaker IS NOT NULL THEN coalesce(c.speaker_id, 'name:' || c.speaker) END AS key
  FROM its i JOIN held_claims c ON c.rowid = i.row
), counted AS (
  SELECT voice, name, key, type, count(*) AS n, count(*) FILTER (acts) AS acts, count(*) FILTER (receives) AS receives
  FROM told GROUP BY ALL
)
SELECT name, key, voice, sum(n)::BIGINT AS claims, sum(acts)::BIGINT AS as_actor, sum(receives)::BIGINT AS as_recipient,
  list(type ORDER BY n DESC, type)[:4] AS types
FROM counted GROUP BY name, key, voice ORDER BY claims DESC, name, voice LIMIT {SHOWN}
"""

_COUNTERPARTS = f"""
WITH its AS (SELECT DISTINCT row, side FROM parts WHERE key = $key)
SELECT o.key, mode(o.name) AS name, mode(o.country) AS country, count(DISTINCT o.row) AS events,
  count(DISTINCT o.row) FILTER (i.side = 'actor') AS does,
  count(DISTINCT o.row) FILTER (i.side = 'recipient') AS undergoes
FROM its i JOIN parts o ON o.row = i.row AND o.side <> i.side AND o.key <> $key
GROUP BY o.key ORDER BY events DESC, name, o.key LIMIT {SHOWN}
"""
