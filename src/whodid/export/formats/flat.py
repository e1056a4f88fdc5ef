"""Whodid's own formats: events as CSV, Parquet and JSON Lines, and the claims behind them as Parquet and JSON Lines.

JSON Lines and Parquet have everything, field by field as in the records, and exact words. CSV is one row an event, in
cells that neither R nor a spreadsheet changes (:mod:`whodid.export.cells`). ``csv`` has no byte order mark, as R,
DuckDB and most programs want it; ``csv-excel`` has one, without which Excel takes UTF-8 for another encoding.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path

import yaml

from whodid.export.csv_rows import joined
from whodid.export.format import Column, Field, Format, Lines, Table, TableSink, csv_line, nothing, one_value
from whodid.export.parquet import ParquetFile
from whodid.export.told import Told
from whodid.records import Actor, Claim, Event

C = Column[Event]
_BOM = "\ufeff"


def _people(field: str, role: str, get: Callable[[Event], tuple[Actor, ...]]) -> tuple[C, ...]:
    return (
        C(f"{field}s", "text", f"{role}: names, or the words where no name is known", f"{field}s.name",
          lambda e: joined(a.name or a.text for a in get(e))),
        C(f"{field}_ids", "text", f"{role}: ids", f"{field}s.id", lambda e: joined(a.id for a in get(e))),
        C(f"{field}_countries", "text", f"{role}: ISO 3166-1 alpha-3, or PLOVER's code in its place",
          f"{field}s.country", lambda e: joined(a.country for a in get(e))),
        C(f"{field}_sectors", "text", f"{role}: PLOVER sectors, those of one joined by spaces", f"{field}s.sectors",
          lambda e: joined(" ".join(a.sectors) for a in get(e))),
    )  # fmt: skip


def _count(what: str) -> tuple[C, ...]:
    def of(event: Event, end: str) -> int | None:
        return next((getattr(t, end) for t in event.counts if t.what == what), None)

    return (
        C(f"{what}_low", "whole number", f"{what}, at least; empty: not known", f"counts.{what}.low",
          lambda e: of(e, "low")),
        C(f"{what}_high", "whole number", f"{what}, at most; empty: not known", f"counts.{what}.high",
          lambda e: of(e, "high")),
    )  # fmt: skip


def _values(event: Event) -> str:
    """Every value of the fields that are disputed: ``killed: 8.. (2), 10..10 (1)``, with independent reports."""
    return joined(
        f"{field.name}: {', '.join(f'{v.label} ({v.independent})' for v in field.values)}"
        for field in event.fields
        if field.disputed
    )


COLUMNS: tuple[C, ...] = (
    C("id", "text", "id of the event", "id", lambda e: e.id),
    C("type", "text", "event type", "type", lambda e: e.type),
    C("mode", "text", "how; empty where the words do not say", "mode", lambda e: e.mode),
    C("contexts", "text", "what it is about", "contexts", lambda e: joined(e.contexts)),
    C("quad", "whole number", "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict",
      "quad", lambda e: e.quad),
    C("cameo", "text", "nearest CAMEO code", "cameo", lambda e: e.cameo),
    C("scale", "number", "score of type and mode, -10 to 10", "scale", lambda e: e.scale),
    C("status", "text", "happened, future, hypothetical or negated", "status", lambda e: e.status),
    C("historical", "true or false", "told as background from an older time", "historical", lambda e: e.historical),
    *_people("actor", "who did it", lambda e: e.actors),
    *_people("recipient", "to whom", lambda e: e.recipients),
    C("first_day", "day", "first possible day; empty where none is known", "when.first",
      lambda e: e.when.first if e.when else None),
    C("last_day", "day", "last possible day", "when.last", lambda e: e.when.last if e.when else None),
    C("precision", "text", "day, week, month, quarter, year or range", "when.precision",
      lambda e: e.when.precision if e.when else None),
    C("place", "text", "name of the place, or its words where it is in no gazetteer", "where.name",
      lambda e: (e.where.name or e.where.text) if e.where else None),
    C("country", "text", "country of the place, ISO 3166-1 alpha-3", "where.country",
      lambda e: e.where.country if e.where else None),
    C("geonameid", "whole number", "GeoNames id", "where.geonameid", lambda e: e.where.geonameid if e.where else None),
    C("latitude", "number", "degrees, WGS84", "where.latitude", lambda e: e.where.latitude if e.where else None),
    C("longitude", "number", "degrees, WGS84", "where.longitude", lambda e: e.where.longitude if e.where else None),
    C("radius_km", "number", "how far from there it may have been", "where.radius_km",
      lambda e: e.where.radius_km if e.where else None),
    *_count("killed"),
    *_count("injured"),
    *_count("arrested"),
    *_count("crowd"),
    C("claims", "whole number", "claims that tell of it", "claims", lambda e: len(e.claims)),
    C("reports", "whole number", "reports that make them, copies too", "reports", lambda e: len(e.reports)),
    C("independent", "whole number", "reports, copies and rewrites of one another counted once", "independent",
      lambda e: e.independent),
    C("publishers", "text", "who published them", "publishers", lambda e: joined(e.publishers)),
    C("flags", "text", "what its claims contradict each other in", "flags", lambda e: joined(e.flags)),
    C("disputed", "text", "every value of those fields, with the number of independent reports", "fields", _values),
    C("score", "number", "how sure it is that the claims belong together, 0 to 1", "score", lambda e: e.score),
    C("ontology", "text", "name of the ontology", "ontology", lambda e: e.ontology),
    C("checked", "text", "whether people accepted all of its claims, or corrected one: none, accepted or corrected",
      "checked", lambda e: e.checked),
)  # fmt: skip


def _all(told: Told) -> str | None:
    """Every event has a place in Whodid's own formats."""
    del told
    return None


def _csv(name: str, title: str, file: str, note: str, start: str) -> Format:
    table = Table(file, COLUMNS, lambda told: [told.event], csv_line, start=start)
    return Format(
        name=name,
        title=title,
        document="RFC 4180 (CSV); columns are Whodid's own",
        note=f"All events, whatever their status: choose by the column status. {note}",
        files={file: COLUMNS},
        refuse=_all,
        reduce=one_value,
        open=lambda folder: TableSink(folder, [table]),
    )


# ---------------------------------------------------------------- JSON Lines and Parquet


@cache
def _fields(record: str) -> tuple[Field, ...]:
    text = files("whodid.export.formats").joinpath("records.yaml").read_text(encoding="utf-8")
    document = yaml.load(text, yaml.CSafeLoader)
    return tuple(Field(name, kind, meaning, name) for name, (kind, meaning) in document[record].items())


class _Lines:
    def __init__(self, folder: Path) -> None:
        self._events, self._claims = Lines(folder / "events.jsonl"), Lines(folder / "claims.jsonl")

    def add(self, told: Told) -> None:
        self._events.write(told.event.model_dump_json() + "\n")
        for claim in told.claims:
            self._claims.write(claim.model_dump_json() + "\n")

    def close(self) -> None:
        self._events.close()
        self._claims.close()


class _Parquet:
    def __init__(self, folder: Path) -> None:
        self._events = ParquetFile(folder / "events.parquet", Event)
        self._claims = ParquetFile(folder / "claims.parquet", Claim)

    def add(self, told: Told) -> None:
        self._events.add(told.event)
        for claim in told.claims:
            self._claims.add(claim)

    def close(self) -> None:
        self._events.close()
        self._claims.close()


_EVERYTHING = "All events, whatever their status, with every value of every field and the claims that give it."

CSV = _csv(
    "csv", "Events as CSV: one row an event, UTF-8", "events.csv",
    "UTF-8 without a byte order mark, for R, pandas and DuckDB.", "",
)  # fmt: skip
"""CSV for programs."""

CSV_EXCEL = _csv(
    "csv-excel", "Events as CSV with a byte order mark, for Excel", "events.csv",
    "UTF-8 with a byte order mark, without which Excel mistakes the letters.", _BOM,
)  # fmt: skip
"""CSV for spreadsheets."""

JSONL = Format(
    name="jsonl",
    title="Events and claims as JSON Lines, with everything",
    document="jsonlines.org; fields are Whodid's own",
    note=_EVERYTHING,
    files={
        "events.jsonl": _fields("event"),
        "claims.jsonl": _fields("claim"),
    },
    refuse=_all,
    reduce=nothing,
    open=_Lines,
)
"""JSON Lines."""

PARQUET = Format(
    name="parquet",
    title="Events and claims as Parquet, with everything",
    document="Apache Parquet; fields are Whodid's own",
    note=_EVERYTHING,
    files={
        "events.parquet": _fields("event"),
        "claims.parquet": _fields("claim"),
    },
    refuse=_all,
    reduce=nothing,
    open=_Parquet,
)
"""Parquet."""
