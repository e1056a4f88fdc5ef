"""A query as SQL conditions over the flat columns of the views ``events`` and ``claims``.

What a person typed is resolved first: an actor to ids, countries, sectors or the names in the data that hold its words,
so that DuckDB compares columns with values and reads nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Literal, NoReturn

from whodid.dataset.countries import country_code, fold, is_code, near_countries
from whodid.dataset.query import Query
from whodid.dataset.reader import Dataset
from whodid.errors import OntologyError, UsageError
from whodid.ontology import Ontology, load_ontology
from whodid.ontology.model import unknown

View = Literal["events", "claims"]

EXACTLY = "="
"""Before a name: this one as it is written, not any that holds its words."""

_KINDS = ("id", "name", "country", "sector")
_DAY = {
    "events": "first_day NULLS LAST, last_day NULLS LAST, id",
    "claims": "first_day NULLS LAST, last_day NULLS LAST, report_id, id",
}
_ORDERS: Mapping[str, Mapping[str, str]] = {
    "events": {
        "day": _DAY["events"],
        "reports": f"independent DESC, {_DAY['events']}",
        "score": f"score DESC, {_DAY['events']}",
    },
    "claims": {
        "day": _DAY["claims"],
        "reports": "coalesce((SELECT independent FROM events e WHERE e.id = claims.event_id), 1) DESC, "
        + _DAY["claims"],
        "score": f"score DESC, {_DAY['claims']}",
    },
}
"""View → order → its columns. What is equal stands by day."""


class Conditions:
    """The conditions of a query over a view of a dataset: ``where`` with its ``parameters``, and ``order``.

    Raises UsageError for a type, mode, sector, country or name that is not there, with near ones.
    """

    def __init__(self, data: Dataset, view: View, query: Query) -> None:
        self._data, self._view = data, view
        self._parts: list[str] = []
        self.parameters: list[object] = []
        self.order = _ORDERS[view][query.order]
        self._days(query)
        self._in_time, self._of_time = self.where, list(self.parameters)
        self._what(query)
        self._who(query)
        self._place(query)
        self._source(query)
        self._support(query)

    @property
    def where(self) -> str:
        """All conditions; ``true`` where there are none."""
        return " AND ".join(self._parts) or "true"

    def _add(self, sql: str, *parameters: object) -> None:
        self._parts.append(f"({sql})")
        self.parameters += parameters

    def _in(self, column: str, values: Iterable[object]) -> None:
        if listed := list(values):
            self._add(f"{column} IN ({', '.join('?' * len(listed))})", *listed)

    # ------------------------------------------------------------ what

    def _what(self, query: Query) -> None:
        known = self._types if query.type or query.mode else {}
        types = [_known("type", value, known, self._of) for value in query.type]
        self._in("type", types)
        modes = {mode for type, modes in known.items() if not types or type in types for mode in modes}
        where = f"{', '.join(types)} of {self._of}" if types else self._of
        self._in("mode", [_known("mode", value, modes, where) for value in query.mode])
        self._in("status", query.status)
        self._in("checked", query.checked)
        if query.historical is not None:
            self._add("historical = ?", query.historical)

    @cached_property
    def _ontologies(self) -> list[Ontology]:
        """The ontologies of the data that come with the program; that of a file is known by what it coded only."""
        names = self._data.query(f"SELECT DISTINCT ontology AS name FROM {self._values()}")["name"].to_pylist()
        found = []
        for name in names or [None]:
            try:
                found.append(load_ontology(name) if name else load_ontology())
            except (OntologyError, UsageError, OSError):
                continue
        return found

    @property
    def _of(self) -> str:
        return " and ".join(o.name for o in self._ontologies) or self._data.name

    @cached_property
    def _types(self) -> dict[str, set[str]]:
        """Type → its modes, of the ontologies and of the data."""
        out: dict[str, set[str]] = {}
        for ontology in self._ontologies:
            for type in ontology.types.values():
                out.setdefault(type.code, set()).update(type.modes)
        seen = self._data.query(f"SELECT DISTINCT type, mode FROM {self._values()}").to_pylist()
        for row in seen:
            out.setdefault(row["type"], set()).update([row["mode"]] if row["mode"] else [])
        return out

    # ------------------------------------------------------------ who

    def _who(self, query: Query) -> None:
        self._any(self._party("--actor", value, ("actor",)) for value in query.actor)
        self._any(self._party("--recipient", value, ("recipient",)) for value in query.recipient)
        self._any(self._party("--involving", value, ("actor", "recipient")) for value in query.involving)

    def _any(self, parts: Iterable[tuple[str, list[object]]]) -> None:
        listed = list(parts)
        if listed:
            self._add(" OR ".join(sql for sql, _ in listed), *(value for _, values in listed for value in values))

    def _party(self, option: str, value: str, sides: Sequence[str]) -> tuple[str, list[object]]:
        """The condition that one of ``sides`` is the actor that a person means by ``value``."""
        kind, _, rest = value.partition(":")
        wanted = value.strip()
        if wanted.startswith(EXACTLY):
            made = self._by_name(option, wanted)
        elif kind in _KINDS and rest.strip():
            made = getattr(self, f"_by_{kind}")(option, rest.strip())
        elif ":" in value:
            made = self._by_id(option, wanted)
        elif is_code(wanted) or (wanted not in self._sectors and country_code(wanted)):
            made = self._by_country(option, wanted)
        elif wanted in self._sectors:
            made = self._by_sector(option, wanted)
        elif (both := re.fullmatch(r"([A-Z]{3}) ([A-Z]{3})", wanted)) and is_code(both[1]):
            made = self._by_both(option, both[1], both[2])
        else:
            made = self._by_name(option, wanted)
        sql, parameters = made
        return " OR ".join(sql.format(side=side) for side in sides), [*parameters] * len(sides)

    def _by_id(self, option: str, value: str) -> tuple[str, list[object]]:
        if not self._is_id(value):
            self._unknown(option, "actor with the id", value, _IDS)
        return "list_contains({side}_ids, ?)", [value]

    def _by_name(self, option: str, value: str) -> tuple[str, list[object]]:
        """By words of a name or, where no name has them, by an id."""
        if names := self._holding(f"unnest({_NAMES})", value):
            return "list_has_any({side}s, ?)", [names]
        if self._is_id(value):
            return "list_contains({side}_ids, ?)", [value]
        self._unknown(option, "actor", value, _NAMES)

    def _is_id(self, value: str) -> bool:
        sql = f"SELECT 1 FROM {self._values()} WHERE list_contains({_IDS}, ?) LIMIT 1"
        return bool(self._data.query(sql, [value]).num_rows)

    def _by_country(self, option: str, value: str) -> tuple[str, list[object]]:
        return "list_contains({side}_countries, ?)", [self._country(option, value)]

    def _by_sector(self, option: str, value: str) -> tuple[str, list[object]]:
        return "list_contains({side}_sectors, ?)", [self._sector(option, value)]

    def _by_both(self, option: str, country: str, sector: str) -> tuple[str, list[object]]:
        """Country and sector of one and the same actor, which only the record tells; the flat columns go before it."""
        both = [self._country(option, country), self._sector(option, sector)]
        return _BOTH.replace("VIEW", self._view), [*both, *both]

    def _sector(self, option: str, value: str) -> str:
        if value.upper() in self._sectors:
            return value.upper()
        raise UsageError(f"{option}: {unknown('sector', value, self._sectors, of=self._of)}")

    @cached_property
    def _sectors(self) -> set[str]:
        return {code for ontology in self._ontologies for code in ontology.sectors}

    # ------------------------------------------------------------ when and where

    def _days(self, query: Query) -> None:
        first, last = ("last_day", "first_day") if not query.within else ("first_day", "last_day")
        if query.since:
            self._add(f"{first} >= ?", query.since)
        if query.until:
            self._add(f"{last} <= ?", query.until)

    def _place(self, query: Query) -> None:
        self._any(self._where(value.strip()) for value in query.where)
        self._in("country", [self._country("--country", value) for value in query.country])

    def _country(self, option: str, value: str) -> str:
        """The code of a country; one that nobody else knows is of an ontology of one's own, and stands in the data."""
        if code := country_code(value):
            return code
        of = "country = $1 OR list_contains(actor_countries || recipient_countries, $1)"
        if self._data.query(f"SELECT 1 FROM {self._values()} WHERE {of} LIMIT 1", [value]).num_rows:
            return value
        near = near_countries(value)
        hint = f"did you mean {', '.join(near)}?" if near else "give a name in English or an ISO 3166-1 code, as IRQ"
        raise UsageError(f"{option}: there is no country {value!r}; {hint}")

    def _where(self, value: str) -> tuple[str, list[object]]:
        if value.isdecimal():
            return "geonameid = ?", [int(value)]
        country = country_code(value)
        names = self._holding("place", value)
        if not names and not country:
            self._unknown("--where", "place", value, "[place]")
        return "country = ? OR list_contains(?, place)", [country, names]

    # ------------------------------------------------------------ who says so

    def _source(self, query: Query) -> None:
        publishers = self._named("--publisher", "publisher", query.publisher)
        speakers = self._named("--speaker", "speaker", query.speaker)
        if self._view == "claims":
            self._in("publisher", publishers)
            self._in("voice", query.voice)
            self._in("speaker", speakers)
            return
        if publishers:
            self._add("list_has_any(publishers, ?)", publishers)
        if query.voice or speakers:
            of = [("voice", list(query.voice)), ("speaker", speakers)]
            told = " AND ".join(f"list_contains(?, {column})" for column, values in of if values)
            self._add(f"id IN (SELECT event_id FROM claims WHERE {told})", *(values for _, values in of if values))

    def _named(self, option: str, column: str, wanted: Sequence[str]) -> list[str]:
        """The values of a column of the claims that hold the words of one of those that are wanted."""
        out: list[str] = []
        for value in wanted:
            found = self._holding(column, value, "claims")
            if not found:
                self._unknown(option, column, value, f"[{column}]", "claims")
            out += found
        return sorted(set(out))

    # ------------------------------------------------------------ how well

    def _support(self, query: Query) -> None:
        if query.min_score is not None:
            self._add("score >= ?", query.min_score)
        if query.min_reports is not None:
            sql = "independent >= ?" if self._view == "events" else _TOLD
            self._add(sql, query.min_reports)

    # ------------------------------------------------------------ names in the data

    def _values(self, view: str = "") -> str:
        return self._data.values_of(view or self._view)

    def _holding(self, values: str, words: str, view: str = "") -> list[str]:
        """The different values of an expression in which the words stand whole; case and accents do not count. After
        :data:`EXACTLY` the one value that is written so."""
        if words.startswith(EXACTLY):
            sql = f"SELECT 1 FROM (SELECT {values} AS name FROM {self._values(view)}) WHERE name = ? LIMIT 1"
            exact = words.removeprefix(EXACTLY)
            return [exact] if self._data.query(sql, [exact]).num_rows else []
        between = r"[^\pL\pN]"
        parts = f"{between}+".join(map(re.escape, re.findall(r"[^\W_]+", fold(words))))
        pattern = f"(^|{between}){parts}($|{between})"
        sql = f"""WITH n AS MATERIALIZED (
              SELECT DISTINCT {values} AS name FROM {self._values(view)} WHERE {{}}
            ) SELECT name FROM n WHERE regexp_matches(strip_accents(lower(name)), ?) ORDER BY name"""
        # the time that is asked for is looked through first: it is often small, and the whole is not
        scopes: list[tuple[str, list[object]]] = [("true", [])]
        if self._of_time and not view:
            scopes.insert(0, (self._in_time, self._of_time))
        found: list[str] = []
        for where, given in scopes:
            found = found or self._data.query(sql.format(where), [*given, pattern])["name"].to_pylist()
        return found

    def _unknown(self, option: str, what: str, value: str, lists: str, view: str = "") -> NoReturn:
        sql = f"""WITH n AS MATERIALIZED (SELECT DISTINCT unnest({lists}) AS name FROM {self._values(view)})
            SELECT name, max(jaro_winkler_similarity(word, ?)) AS near
            FROM n, unnest([strip_accents(lower(name))] || string_split(strip_accents(lower(name)), ' ')) AS u(word)
            WHERE name <> '' GROUP BY name HAVING near > 0.8 ORDER BY near DESC, name LIMIT 5"""
        near = [*self._data.query(sql, [fold(value)])["name"].to_pylist()]
        if what == "actor":
            near = [*near_countries(value)[:2], *near]
        hint = f"did you mean {', '.join(near)}?" if near else "nothing in it is written like that"
        raise UsageError(f"{option}: {self._data.name} has no {what} {value!r}; {hint}")


_IDS = "actor_ids || recipient_ids"
_NAMES = "actors || recipients"
_TOLD = "event_id IN (SELECT id FROM events WHERE independent >= ?)"
_BOTH = """id IN (
  SELECT v.id FROM VIEW v
  WHERE list_contains(v.{side}_countries, ?) AND list_contains(v.{side}_sectors, ?)
    AND EXISTS (
      SELECT 1 FROM unnest(from_json(json_extract(v.record, '$.{side}s'),
        '[{{"country": "VARCHAR", "sectors": ["VARCHAR"]}}]')) AS u(a)
      WHERE a.country = ? AND list_contains(a.sectors, ?)))"""


def _known(what: str, value: str, known: Iterable[str], of: str) -> str:
    """The code that ``value`` is, whatever its case. Raises UsageError with near ones."""
    by_case = {code.casefold(): code for code in known}
    if (code := by_case.get(value.strip().casefold())) is None:
        raise UsageError(f"--{what}: {unknown(what, value, by_case.values(), of=of)}")
    return code
