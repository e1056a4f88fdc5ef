"""Events counted by unit and period, for statistical work: a complete grid in which nothing known is zero and nothing
reported is missing.

- Events are counted, not reports; by default those that happened.
- A period in which no report was published is *not covered*: its measures are null, not zero.
- An event that may have been in several periods, as its day is not known well enough, is in ``events_possible`` of
  each and in no other measure. So each cell has a lower and an upper bound. Shares of events are not made: they would
  break models of counts and take each day for as likely as the other; nor is the first day taken, which pulls events
  to earlier periods.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from whodid.dataset.conditions import Conditions
from whodid.dataset.query import Query
from whodid.dataset.reader import Dataset
from whodid.errors import UsageError

if TYPE_CHECKING:
    import pyarrow as pa

MOST_CELLS = 50_000_000
"""Cells of a panel at most."""

_SHARED: Mapping[str, str] = {
    "period": "the period: 2020-01-14, 2020-W03 (ISO 8601), 2020-M01, 2020-Q1 or 2020",
    "first_day": "its first day",
    "last_day": "its last day",
    "reports": "reports of the dataset that were published in the period, about anything",
    "covered": "true if there was at least one; where there was none the measures are null, as nothing can be known",
}


@dataclass(frozen=True)
class Panel:
    """A panel as an Arrow table, a row a unit and period, by unit and then period.

    columns: each with its meaning. counts: of the events that fit the query (``found``) those that are surely in a cell
    (``counted``), that may be in several (``across``), and that are in none: without a day (``undated``), without a
    unit (``no_unit``), out of the time (``outside``), in a period that is not covered (``uncovered``); and the numbers
    of ``units`` and ``periods``.
    """

    table: pa.Table
    unit: str
    period: str
    columns: Mapping[str, str]
    counts: Mapping[str, int]
    query: Query
    version: int

    def dictionary(self) -> str:
        """The data dictionary as Markdown: columns with type and meaning, and what became of every event."""
        told = {name: str(self.table.schema.field(name).type) for name in self.table.column_names}
        spec = tables()["units"][self.unit]
        lines = [f"# Data dictionary: {spec['title']} by {self.period}\n"]
        lines += [f"A row is one of {self.counts['units']:,} units in one of {self.counts['periods']:,} periods.\n"]
        lines += ["| column | type | meaning |", "|---|---|---|"]
        lines += [f"| `{name}` | {told[name]} | {meaning} |" for name, meaning in self.columns.items()]
        asked = ", ".join(f"{name} {value}" for name, value in self.query.options().items()) or "everything"
        lines += [f"\nAsked for: {asked}. Version {self.version} of the dataset.\n", "| events | number |", "|---|---|"]
        lines += [f"| {_COUNTS[name].format(needs=spec['needs'])} | {self.counts[name]} |" for name in _COUNTS]
        return "\n".join(lines) + "\n"


_COUNTS: Mapping[str, str] = {
    "found": "that fit what was asked for, at any time",
    "counted": "surely in one period: counted",
    "across": "that may have been in several periods: in `events_possible` only",
    "undated": "left out: the day is not known",
    "no_unit": "left out: what is needed is {needs}",
    "outside": "left out: before the first or after the last period",
    "uncovered": "left out: in a period without reports",
}


@cache
def tables() -> Mapping[str, Any]:
    """Units, periods and measures, of ``panel.yaml``."""
    text = files("whodid.dataset").joinpath("panel.yaml").read_text(encoding="utf-8")
    found: Mapping[str, Any] = yaml.load(text, yaml.CSafeLoader)
    return found


def panel(
    data: Dataset,
    unit: str,
    period: str,
    measures: Sequence[str] = ("count",),
    *,
    query: Query | None = None,
    every_pair: bool = False,
) -> Panel:
    """Count the events that a query finds, by default those that happened, for each unit and period.

    The grid is complete: every unit that has an event in the time, in every period from ``since`` to ``until`` (by
    default from the first to the last day on which reports were published). every_pair: of dyads every actor with every
    recipient, also pairs without any event. Raises UsageError for a unit, period or measure that does not exist, where
    no report has a day, and for more than :data:`MOST_CELLS` cells.
    """
    _check(unit, period, measures)
    asked = query or Query()
    asked = asked if asked.status else asked.model_copy(update={"status": ("happened",)})
    work = _Work(data, unit, period, measures, asked)
    return work.panel(every_pair)


def _check(unit: str, period: str, measures: Sequence[str]) -> None:
    for option, value, allowed in (
        ("--unit", unit, tables()["units"]),
        ("--period", period, tables()["periods"]),
        *(("--measure", measure, tables()["measures"]) for measure in measures),
    ):
        if value not in allowed:
            raise UsageError(f"{option}: {value!r} is not allowed; it takes {', '.join(allowed)}")
    if not measures:
        raise UsageError(f"--measure: name at least one of {', '.join(tables()['measures'])}")


class _Work:
    """One call of :func:`panel`, on a connection of its own with its tables."""

    def __init__(self, data: Dataset, unit: str, period: str, measures: Sequence[str], query: Query) -> None:
        self.data, self.query = data, query
        self.unit, self.period = unit, period
        self.spec = tables()["units"][unit]
        self.keys = tuple(self.spec["columns"])
        self.measured = {
            name: spec for measure in dict.fromkeys(measures) for name, spec in tables()["measures"][measure].items()
        }
        self.connection = data.connect()

    def panel(self, every_pair: bool) -> Panel:
        try:
            self._make()
            units = self._units(every_pair)
            periods = self._number("SELECT count(*) FROM periods")
            if units * periods > MOST_CELLS:
                raise UsageError(
                    f"the panel would have {units:,} units × {periods:,} periods, more than {MOST_CELLS:,} cells: ask "
                    "for longer periods, less time (--since, --until) or fewer units (--actor, --country, …)"
                )
            counts = {**self._counts(), "units": units, "periods": periods}
            table = self.connection.sql(self._grid()).to_arrow_table()
        finally:
            self.connection.close()
        meanings = {**self.spec["columns"], **_SHARED, **{n: s["meaning"] for n, s in self.measured.items()}}
        return Panel(table, self.unit, self.period, meanings, counts, self.query, self.data.version)

    def _make(self) -> None:
        """The tables: periods with their reports, e (events), n (names of ids), u (event and unit), cells."""
        first, last = self._time()
        days = {"first": first, "last": last}
        self._run(_sql("periods").format(period=self.period, label=tables()["periods"][self.period]), days)
        timeless = self.query.model_copy(update={"since": None, "until": None, "within": False})
        found = Conditions(self.data, "events", timeless)
        self.connection.execute(f"CREATE TEMP TABLE e AS {_sql('events')} WHERE {found.where}", found.parameters)
        self.connection.execute(_sql("names"))
        self.connection.execute(f"CREATE TEMP TABLE u AS {self.spec['sql']}")
        self.connection.execute(_sql("placed").format(period=self.period))
        if "undated" in self._kinds:
            self.connection.execute(_sql("undated").format(period=self.period))

    def _run(self, sql: str, given: Mapping[str, object]) -> None:
        self.connection.execute(sql, dict(given))

    def _time(self) -> tuple[dt.date, dt.date]:
        row = self.connection.sql("SELECT min(published), max(published) FROM reports").fetchall()[0]
        first, last = self.query.since or row[0], self.query.until or row[1]
        if first is None or last is None:
            raise UsageError(f"no report of {self.data.path} has a day: give the time with --since and --until")
        if last < first:
            raise UsageError(f"the time ends ({last}) before it starts ({first}): give both --since and --until")
        return first, last

    def _units(self, every_pair: bool) -> int:
        keys = ", ".join(self.keys)
        seen = f"SELECT {keys} FROM u SEMI JOIN inside USING (id)"
        if "undated" in self._kinds:
            periods = "SELECT id FROM undated SEMI JOIN periods p ON p.first_day = undated.period_day"
            seen += f" UNION SELECT {keys} FROM u SEMI JOIN ({periods}) USING (id)"
        seen = f"SELECT DISTINCT {keys} FROM ({seen})"
        if every_pair and len(self.spec["ends"]) > 1:
            ends = [f"(SELECT DISTINCT {', '.join(end)} FROM ({seen}))" for end in self.spec["ends"]]
            seen = f"SELECT {keys} FROM {' CROSS JOIN '.join(ends)}"
        self.connection.execute(f"CREATE TEMP VIEW units AS {seen}")
        return self._number("SELECT count(*) FROM units")

    def _number(self, sql: str) -> int:
        return int(self.connection.sql(sql).fetchall()[0][0])

    def _counts(self) -> dict[str, int]:
        row = self.connection.sql(_sql("account")).fetchall()[0]
        return dict(zip(("found", "undated", "no_unit", "outside", "across", "uncovered", "counted"), row, strict=True))

    @property
    def _kinds(self) -> list[str]:
        """What is counted: events that surely are in a cell, that possibly are, that have no day."""
        return list(dict.fromkeys(spec.get("of", "sure") for spec in self.measured.values()))

    def _grid(self) -> str:
        parts = ", ".join(f"{kind} AS ({self._counted(kind)})" for kind in self._kinds)
        joined = " ".join(f"LEFT JOIN {kind} ON {self._same(kind)}" for kind in self._kinds)
        keys = ", ".join(f"g.{key}" for key in self.keys)
        shown = ", ".join(
            f"CASE WHEN p.reports > 0 THEN {_filled(name, spec)} END AS {name}" for name, spec in self.measured.items()
        )
        return f"""WITH {parts}
            SELECT {keys}, p.period, p.first_day, p.last_day, p.reports, p.reports > 0 AS covered, {shown}
            FROM units g CROSS JOIN periods p {joined} ORDER BY {keys}, p.first_day"""

    def _counted(self, kind: str) -> str:
        """A query over the cells that have such events."""
        keys = ", ".join(f"u.{key}" for key in self.keys)
        if kind != "sure":
            rows = "undated" if kind == "undated" else "inside"
            return (
                f"SELECT {keys}, s.period_day, count(*) AS events_{kind} FROM u JOIN {rows} s USING (id) "
                f"GROUP BY {keys}, s.period_day"
            )
        made = ", ".join(f"{spec['sql']} AS {name}" for name, spec in self.measured.items() if "sql" in spec)
        return (
            f"SELECT {keys}, s.period_day, {made} FROM u JOIN inside s USING (id) JOIN e USING (id) WHERE s.sure "
            f"GROUP BY {keys}, s.period_day"
        )

    def _same(self, kind: str) -> str:
        """The condition that its cell is that of a unit and a period."""
        keys = (f"{kind}.{key} IS NOT DISTINCT FROM g.{key}" for key in self.keys)
        return " AND ".join([f"{kind}.period_day = p.first_day", *keys])


def _sql(name: str) -> str:
    return str(tables()["sql"][name])


def _filled(name: str, spec: Mapping[str, Any]) -> str:
    value = f"{spec.get('of', 'sure')}.{name}"
    whole = "CAST({} AS BIGINT)" if isinstance(spec["empty"], int) else "{}"
    return whole.format(value if spec["empty"] is None else f"coalesce({value}, {spec['empty']})")
