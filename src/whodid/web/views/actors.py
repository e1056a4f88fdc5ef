"""Who takes part in events and who speaks: the list of all, and where each of them stands.

An actor is known by its id; one that has none by its name, as ``name:`` and the name, like in queries.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict

from whodid.dataset.conditions import View
from whodid.web.snapshot import Snapshot

if TYPE_CHECKING:
    import pyarrow as pa

ActorOrder = Literal["events", "actor", "recipient", "says", "name"]
BY_NAME = "name:"


class ActorLine(BaseModel):
    """An actor in the list. key: its id, or ``name:`` and its name. name: the one that it has most often. country: the
    one that most claims give. events: in which it takes part, on either side. claims: in which it takes part,
    also where their event took another actor. says: claims of which it is the speaker."""

    model_config = ConfigDict(frozen=True)

    key: str
    name: str
    country: str | None
    events: int
    as_actor: int
    as_recipient: int
    claims: int
    says: int
    first_day: dt.date | None
    last_day: dt.date | None


_PARTS = """
WITH sides AS (
  SELECT rowid AS row, 'actor' AS side, unnest(actors) AS name, unnest(actor_ids) AS id,
    unnest(actor_countries) AS country, first_day, last_day FROM held_{view}
  UNION ALL
  SELECT rowid, 'recipient', unnest(recipients), unnest(recipient_ids), unnest(recipient_countries), first_day, last_day
  FROM held_{view}
)
SELECT row, side, CASE WHEN id <> '' THEN id ELSE 'name:' || name END AS key, name, nullif(country, '') AS country,
  first_day, last_day
FROM sides
"""

_SPEAKERS = """
SELECT rowid AS row, coalesce(speaker_id, 'name:' || speaker) AS key, speaker AS name
FROM held_claims WHERE speaker IS NOT NULL
"""

_INDEX = """
WITH sides AS (
  SELECT key, mode(name) AS name, list_distinct(list(name)) AS names, mode(country) AS country,
    count(DISTINCT row) AS events, count(DISTINCT row) FILTER (side = 'actor') AS as_actor,
    count(DISTINCT row) FILTER (side = 'recipient') AS as_recipient, min(first_day) AS first_day,
    max(last_day) AS last_day
  FROM parts GROUP BY key
), told AS (
  SELECT key, mode(name) AS name, list_distinct(list(name)) AS names, mode(country) AS country,
    count(DISTINCT row) AS claims, min(first_day) AS first_day, max(last_day) AS last_day
  FROM claimed GROUP BY key
), said AS (
  SELECT key, mode(name) AS name, list_distinct(list(name)) AS names, count(*) AS says FROM spoken GROUP BY key
)
SELECT key, coalesce(s.name, t.name, d.name) AS name, coalesce(s.country, t.country) AS country,
  coalesce(events, 0) AS events, coalesce(as_actor, 0) AS as_actor, coalesce(as_recipient, 0) AS as_recipient,
  coalesce(claims, 0) AS claims, coalesce(says, 0) AS says,
  coalesce(s.first_day, t.first_day) AS first_day, coalesce(s.last_day, t.last_day) AS last_day,
  strip_accents(lower(concat_ws(chr(10), key, array_to_string(s.names, chr(10)), array_to_string(t.names, chr(10)),
    array_to_string(d.names, chr(10))))) AS words
FROM sides s FULL JOIN told t USING (key) FULL JOIN said d USING (key)
"""

_ORDERS: dict[ActorOrder, str] = {
    "events": "events DESC, claims DESC, says DESC",
    "actor": "as_actor DESC, events DESC",
    "recipient": "as_recipient DESC, events DESC",
    "says": "says DESC, events DESC",
    "name": "lower(name)",
}


def parts(data: Snapshot, view: View) -> pa.Table:
    """Who takes part: a row for each participant of each event or claim (``row``: its number), with the ``side``."""
    found: pa.Table = data.kept.get_or(("parts", view), lambda: data.query(_PARTS.format(view=view)))
    return found


def spoken(data: Snapshot) -> pa.Table:
    """Who speaks: a row for each claim that has a speaker."""
    found: pa.Table = data.kept.get_or("spoken", lambda: data.query(_SPEAKERS))
    return found


def _index(data: Snapshot) -> pa.Table:
    def make() -> pa.Table:
        tables = {"parts": parts(data, "events"), "claimed": parts(data, "claims"), "spoken": spoken(data)}
        return data.query(_INDEX, **tables)

    found: pa.Table = data.kept.get_or("actors", make)
    return found


def find_actors(data: Snapshot, q: str = "", order: ActorOrder = "events") -> pa.Table:
    """All actors, or those of whom a name or the id has every one of the words; case and accents do not count."""
    words = q.split()
    fits = " AND ".join(["contains(words, strip_accents(lower(?)))"] * len(words)) or "true"
    sql = f"SELECT * EXCLUDE words FROM actors WHERE {fits} ORDER BY {_ORDERS[order]}, name, key"
    return data.query(sql, words, actors=_index(data))


def actor_lines(table: pa.Table) -> tuple[ActorLine, ...]:
    """Rows of :func:`find_actors` as records."""
    return tuple(ActorLine(**row) for row in table.to_pylist())


def actor_of(data: Snapshot, wanted: str) -> ActorLine | None:
    """The actor with this key, also written as ``id:`` and its id; None where there is none."""
    keys: Sequence[str] = (wanted, wanted.removeprefix("id:"))
    found = data.query("SELECT * EXCLUDE words FROM actors WHERE key IN (?, ?) LIMIT 1", keys, actors=_index(data))
    return next(iter(actor_lines(found)), None)
