"""Who acts on whom: actors and the events between them.

The same network as the export formats ``graphml`` and ``edges`` of :mod:`whodid.export.formats.network`, counted by
DuckDB from the flat columns. An event counts once for each pair of an actor and a recipient of it. An actor is told by
id, one without by name or words and country.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, get_args
from urllib.parse import quote, urlencode

from pydantic import BaseModel, ConfigDict, Field

from whodid.export.formats.network import Edge, Node
from whodid.web.chosen import choose
from whodid.web.filters import Asked
from whodid.web.snapshot import Snapshot

By = Literal["type", "quad"]
Step = Literal["day", "week", "month", "year"]
MOST = 5_000
"""Ties that one answer may hold; the downloads hold all of them."""

_STEPS: Sequence[tuple[int, Step]] = ((62, "day"), (366, "week"), (3_660, "month"))
"""Days that a network may span → the length of the periods by which it is cut, so that there are a hundred at most."""


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True)


class NetworkActor(_Record):
    """An actor. id: of the actor; of one without, ``~`` with name or words, and country. events: in which it acts on
    somebody or somebody on it, of all that were asked for. address: of its page or, without an id, of the list of its
    events."""

    id: str
    name: str
    country: str | None
    events: int
    address: str


class Tie(_Record):
    """Events from an actor to a recipient. types: one, or all of a class where ties are by class. events: how many.
    scale: the mean of their PLOVER scores, −10 to 10. Days are null where none of them has one. address: of the list
    of these events."""

    source: str
    target: str
    types: tuple[str, ...]
    quad: int = Field(ge=1, le=4)
    events: int
    scale: float
    first_day: dt.date | None
    last_day: dt.date | None
    address: str


class Period(_Record):
    """A stretch of time with the number of events that begin in it."""

    first: dt.date
    last: dt.date
    events: int


class Omitted(_Record):
    """What is not in the answer. ties, actors: those left out because others have more events. heaviest: events of the
    heaviest tie that is left out, 0 where none is. no_parties: events that fit, but name no actor or no recipient."""

    ties: int
    actors: int
    heaviest: int
    no_parties: int


class Network(_Record):
    """The heaviest ties of what was asked for. events, all_ties, all_actors: counts of the whole. periods: of the whole
    time that the other conditions leave, whatever ``since`` and ``until`` are. statuses: of the events counted."""

    by: By
    actors: tuple[NetworkActor, ...]
    ties: tuple[Tie, ...]
    events: int
    all_ties: int
    all_actors: int
    left_out: Omitted
    step: Step
    periods: tuple[Period, ...]
    statuses: tuple[str, ...]


def network(data: Snapshot, asked: Asked, *, by: By = "type", limit: int = 1_000) -> Network:
    """The ``limit`` heaviest ties among the events that fit. Raises UsageError for a value that is not in the data."""
    wanted = counted(asked)
    parties = _Parties(data, wanted)
    ties = parties.ties(by, limit)
    ends = {end for row in ties for end in (row["source"], row["target"])}
    actors = {row["id"]: row for row in parties.actors() if row["id"] in ends}
    whole = parties.totals(by, limit)
    step, periods = _periods(data, wanted)
    link = _Links(wanted, actors)
    return Network(
        by=by,
        actors=tuple(NetworkActor(**row, address=link.actor(row["id"])) for row in actors.values()),
        ties=tuple(Tie(**row, address=link.tie(row)) for row in ties),
        events=whole["events"],
        all_ties=whole["ties"],
        all_actors=whole["actors"],
        left_out=Omitted(
            ties=whole["ties"] - len(ties), actors=whole["actors"] - len(actors), heaviest=whole["heaviest"],
            no_parties=whole["no_parties"],
        ),
        step=step,
        periods=periods,
        statuses=wanted.query.status,
    )  # fmt: skip


def counted(asked: Asked) -> Asked:
    """What is counted: events that happened, where nobody asked for another status."""
    return asked if asked.query.status else asked.plus("status", "happened")


class _Links:
    """Addresses of what stands behind actors and ties."""

    def __init__(self, asked: Asked, actors: Mapping[str, Mapping[str, Any]]) -> None:
        self._asked, self._actors = asked, actors
        self._fields = [field for field in asked.fields() if field[0] not in {"actor", "recipient", "type", "view"}]
        self._types = [field for field in asked.fields() if field[0] == "type"]

    def actor(self, id: str) -> str:
        if not id.startswith("~"):
            return f"/actors/{quote(id, safe=':')}"
        return self._events([("involving", self._named(id)), *self._types])

    def tie(self, row: Mapping[str, Any]) -> str:
        ends = [("actor", self._named(row["source"])), ("recipient", self._named(row["target"]))]
        return self._events([*ends, *(("type", type) for type in row["types"])])

    def _named(self, id: str) -> str:
        """The actor as the filters take it: by id or, without one, by exactly these words."""
        return f"={self._actors[id]['name']}" if id.startswith("~") else f"id:{id}"

    def _events(self, fields: Sequence[tuple[str, str]]) -> str:
        return f"/?{urlencode([*self._fields, *fields])}"


def nodes(data: Snapshot, asked: Asked) -> Iterator[Node]:
    """Every actor of the network as the export formats have them, by id."""
    found = _Parties(data, counted(asked)).actors(order="id", sectors=True)
    return (Node(row["id"], row["name"], row["country"], row["sectors"], row["events"]) for row in found)


def edges(data: Snapshot, asked: Asked) -> Iterator[Edge]:
    """Every edge of the network as the export formats have them, by source, target and type."""
    found = _Parties(data, counted(asked)).ties("type", None, order="source, target, types")
    return (
        Edge(
            row["source"], row["target"], row["types"][0], row["quad"], row["events"], row["scale"] * row["events"],
            row["first_day"], row["last_day"],
        )
        for row in found
    )  # fmt: skip


_HEAVIEST = "events DESC, source, target, quad, types"


class _Parties:
    """The events that fit a query, with those who act and those who are acted on."""

    def __init__(self, data: Snapshot, asked: Asked) -> None:
        self._data = data
        self._ids = choose(data, asked, view="events").arrow("id")

    def _rows(self, sql: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._data.query(f"WITH {_PARTIES} {sql}", given=self._ids).to_pylist()
        return found

    def ties(self, by: By, limit: int | None, order: str = _HEAVIEST) -> list[Any]:
        most = f"LIMIT {limit:d}" if limit is not None else ""
        return self._rows(f"{_TIES[by]} SELECT * FROM ties ORDER BY {order} {most}")

    def totals(self, by: By, shown: int) -> Mapping[str, int]:
        """Counts of the whole; ``heaviest``: events of the tie after those that are shown."""
        return self._rows(f"{_TIES[by]} {_TOTALS.format(shown=shown, order=_HEAVIEST)}")[0]

    def actors(self, order: str = "events DESC, id", *, sectors: bool = False) -> list[dict[str, Any]]:
        extra = ", sectors" if sectors else ""
        joined = "LEFT JOIN sectors USING (id)" if sectors else ""
        return self._rows(
            f"{_SECTORS if sectors else ''} {_ACTORS.format(extra=extra, joined=joined)} ORDER BY {order}"
        )


_PARTIES = """
chosen AS (
  SELECT id, type, quad, scale, first_day, last_day, actors, actor_ids, actor_countries, recipients, recipient_ids,
    recipient_countries
  FROM events SEMI JOIN given USING (id)
), listed AS (
  SELECT id AS event, 'actor' AS side, unnest(actor_ids) AS own, unnest(actors) AS name,
    unnest(actor_countries) AS country
  FROM chosen WHERE len(actors) > 0 AND len(recipients) > 0
  UNION ALL
  SELECT id, 'recipient', unnest(recipient_ids), unnest(recipients), unnest(recipient_countries)
  FROM chosen WHERE len(actors) > 0 AND len(recipients) > 0
), parties AS (
  SELECT event, side, name, country,
    CASE WHEN own <> '' THEN own ELSE '~' || lower(name) || '|' || country END AS party
  FROM listed
), sides AS (SELECT DISTINCT event, side, party FROM parties)
"""
"""The parties of each event, once a side. The columns of actors, of their ids and countries run in step."""

_TIES: Mapping[By, str] = {
    by: f"""
, ties AS (
  SELECT a.party AS source, b.party AS target, list_sort(list(DISTINCT c.type)) AS types, min(c.quad) AS quad,
    count(*) AS events, avg(c.scale) AS scale, min(c.first_day) AS first_day, max(c.last_day) AS last_day
  FROM sides a JOIN sides b ON a.event = b.event AND a.side = 'actor' AND b.side = 'recipient'
  JOIN chosen c ON c.id = a.event
  GROUP BY a.party, b.party, c.{by}
)"""
    for by in get_args(By)
}

_TOTALS = """
SELECT (SELECT count(*) FROM ties) AS ties, (SELECT count(DISTINCT party) FROM sides) AS actors,
  (SELECT count(DISTINCT event) FROM sides) AS events,
  coalesce((SELECT events FROM ties ORDER BY {order} LIMIT 1 OFFSET {shown:d}), 0)
    AS heaviest,
  (SELECT count(*) FROM chosen WHERE len(actors) = 0 OR len(recipients) = 0) AS no_parties
"""

_SECTORS = """
, records AS (
  SELECT side, unnest(from_json(json_extract(record, path), '[{"id": "VARCHAR", "name": "VARCHAR", "text": "VARCHAR",
    "country": "VARCHAR", "sectors": ["VARCHAR"]}]')) AS a
  FROM (SELECT record FROM events SEMI JOIN given USING (id)),
    (VALUES ('actor', '$.actors'), ('recipient', '$.recipients')) AS paths(side, path)
), sectors AS (
  SELECT coalesce(a.id, '~' || lower(coalesce(a.name, a.text)) || '|' || coalesce(a.country, '')) AS id,
    list_sort(list_distinct(flatten(list(a.sectors)))) AS sectors
  FROM records GROUP BY 1
)
"""
"""The sectors of each actor by itself, which only the records tell."""

_ACTORS = """
, named AS (
  SELECT party, name, country, count(*) AS n FROM parties GROUP BY ALL
), known AS (
  SELECT party AS id, list(name ORDER BY n DESC, name)[1] AS name,
    nullif(list(country ORDER BY country = '', n DESC, country)[1], '') AS country
  FROM named GROUP BY party
), counted AS (SELECT party AS id, count(DISTINCT event) AS events FROM sides GROUP BY party)
SELECT id, name, country, events{extra} FROM known JOIN counted USING (id) {joined}
"""


def _periods(data: Snapshot, asked: Asked) -> tuple[Step, tuple[Period, ...]]:
    """The whole time that the conditions leave, cut into periods of one length, also those in which nothing is."""
    anytime = asked.minus("since").minus("until").minus("within")
    ids = choose(data, anytime, view="events").arrow("id")
    span = data.query(f"SELECT min(first_day) AS a, max(first_day) AS b FROM ({_DATED})", given=ids).to_pylist()[0]
    if span["a"] is None:
        return "day", ()
    days = (span["b"] - span["a"]).days
    step: Step = next((step for most, step in _STEPS if days <= most), "year")
    found = data.query(_COUNTED.format(step=step, dated=_DATED), given=ids).to_pylist()
    return step, tuple(Period(**row) for row in found)


_DATED = """
SELECT first_day FROM events SEMI JOIN given USING (id)
WHERE first_day IS NOT NULL AND len(actors) > 0 AND len(recipients) > 0"""

_COUNTED = """
WITH n AS (SELECT date_trunc('{step}', first_day)::DATE AS first, count(*) AS events FROM ({dated})
  GROUP BY 1),
every AS (SELECT unnest(generate_series((SELECT min(first) FROM n)::TIMESTAMP, (SELECT max(first) FROM n)::TIMESTAMP,
  INTERVAL 1 {step}))::DATE AS first)
SELECT first, (first + INTERVAL 1 {step} - INTERVAL 1 DAY)::DATE AS last, coalesce(events, 0) AS events
FROM every LEFT JOIN n USING (first) ORDER BY first
"""
