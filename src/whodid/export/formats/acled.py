"""ACLED-like: one row an event with the 31 columns of ACLED, as CSV.

Follows ACLED's "Codebook" and "Guide to 2023 ACLED Column Changes" (acleddata.com/knowledge-base). Which event of
PLOVER is which type of ACLED is ours (``acled.yaml``), as ACLED publishes no such table; so is the reading of its codes
of precision: 1, 2, 3 for a day, a week, a month, and for a town, a second-level and a first-level division.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from whodid.export.csv_rows import joined
from whodid.export.format import Column, Format, Table, TableSink, csv_line, one_value, only_happened
from whodid.export.places import Country, country, level
from whodid.export.told import Told, number
from whodid.records import Actor, Where

FILE = "events.acled.csv"
_GEO_PRECISION = {"city": 1, "district": 2, "province": 3}
_WEEK, _MONTH = 7, 31


@dataclass(frozen=True, slots=True)
class _Row:
    told: Told
    event_type: str
    sub_event: str
    first: dt.date
    where: Where
    home: Country
    inter1: str
    inter2: str


@cache
def _knowledge() -> Mapping[str, Any]:
    text = files("whodid.export.formats").joinpath("acled.yaml").read_text(encoding="utf-8")
    document: Mapping[str, Any] = yaml.load(text, yaml.CSafeLoader)
    return document


def kind(actor: Actor | None, place: str | None) -> str:
    """ACLED's kind of an actor at a place (alpha-3); empty where the sectors do not tell."""
    if actor is None:
        return ""
    kinds = _knowledge()["kinds"]
    found: str = next((kinds[sector] for sector in actor.sectors if sector in kinds), "")
    abroad = actor.country is not None and place is not None and actor.country != place
    if found == "State forces" and abroad:
        return "External/Other forces"
    return "External/Other forces" if found != "Civilians" and actor.country in _knowledge()["external"] else found


def acled_type(told: Told) -> tuple[str, str] | None:
    """Type and sub-type of an event, None where ACLED has none for it."""
    event = told.event
    place = event.where.country if event.where else None
    sides = {"actors": kind(_first(event.actors), place), "recipients": kind(_first(event.recipients), place)}
    for rule in _knowledge()["rules"]:
        modes = rule.get("modes")
        if rule["type"] == event.type and (modes is None or event.mode in modes) and _fits(rule, sides):
            return rule["event"], rule["sub_event"]
    return None


def _fits(rule: Mapping[str, Any], sides: Mapping[str, str]) -> bool:
    for side, found in sides.items():
        wanted: Sequence[str] | None = rule.get(side)
        if wanted is not None and found not in wanted and not ("armed" in wanted and found in _knowledge()["armed"]):
            return False
    return True


def _first(people: Sequence[Actor]) -> Actor | None:
    return people[0] if people else None


def _time_precision(told: Told) -> int | None:
    """1 for a day, 2 for days within a week, 3 within a month; None for longer times."""
    when = told.event.when
    if when is None:
        return None
    days = (when.last - when.first).days + 1
    return 1 if days == 1 else 2 if days <= _WEEK else 3 if days <= _MONTH else None


def _rows(told: Told) -> list[_Row]:
    event, types = told.event, acled_type(told)
    home = country(event.where.country) if event.where else None
    if types is None or event.where is None or home is None or event.when is None:
        raise ValueError(f"event {event.id} has no type, place or time that ACLED needs")
    sub_event, place = types[1], event.where.country
    inter1 = _knowledge()["demonstrators"].get(sub_event) or kind(_first(event.actors), place)
    inter2 = _knowledge()["faced"].get(sub_event) or kind(_first(event.recipients), place)
    return [_Row(told, *types, event.when.first, event.where, home, inter1, inter2)]


def _interaction(row: _Row) -> str:
    order: list[str] = _knowledge()["order"]
    kinds = sorted(filter(None, (row.inter1, row.inter2)), key=order.index)
    return f"{kinds[0]} only" if len(kinds) == 1 else "-".join(kinds)


def _at_civilians(row: _Row) -> str:
    by_type = row.event_type == "Violence against civilians"
    struck = row.event_type == "Explosions/Remote violence" or row.sub_event == "Mob violence"
    return "Civilian targeting" if by_type or (struck and row.inter2 == "Civilians") else ""


def _name(people: Sequence[Actor]) -> str | None:
    return (people[0].name or people[0].text) if people else None


def _others(people: Sequence[Actor]) -> str:
    return joined(actor.name or actor.text for actor in people[1:])


def _crowd(row: _Row) -> str:
    """ACLED's tag for the size of a crowd."""
    size = next((t for t in row.told.event.counts if t.what == "crowd"), None)
    if size is None:
        return ""
    low, high = size.low, size.high
    if low == high:
        return f"crowd size={low}"
    return f"crowd size=at least {low}" if high is None else (
        f"crowd size=at most {high}" if low is None else f"crowd size={low} to {high}"
    )  # fmt: skip


def _timestamp(row: _Row) -> int | None:
    read = row.told.retrieved
    return int(read.timestamp()) if read else None


C = Column[_Row]

COLUMNS: tuple[C, ...] = (
    C("event_id_cnty", "text", "country of the place and 53 bits of the SHA-256 of the event's id", "id",
      lambda r: f"{r.home.alpha3}{number(r.told.event.id)}"),
    C("event_date", "day", "first day on which it may have happened", "when.first", lambda r: r.first),
    C("year", "whole number", "its year", "when.first", lambda r: r.first.year),
    C("time_precision", "whole number", "1 the day is known, 2 within a week, 3 within a month", "when",
      lambda r: _time_precision(r.told)),
    C("disorder_type", "text", "political violence, demonstrations or strategic developments", "type, mode",
      lambda r: _knowledge()["disorder"].get(r.sub_event) or _knowledge()["disorder"][r.event_type]),
    C("event_type", "text", "ACLED's type; the mapping is Whodid's", "type, mode, sectors", lambda r: r.event_type),
    C("sub_event_type", "text", "ACLED's sub-type; the mapping is Whodid's", "type, mode, sectors",
      lambda r: r.sub_event),
    C("actor1", "text", "who did it: name, or the words", "actors[0]", lambda r: _name(r.told.event.actors)),
    C("assoc_actor_1", "text", "others who did it", "actors", lambda r: _others(r.told.event.actors)),
    C("inter1", "text", "kind of actor1", "actors[0].sectors", lambda r: r.inter1),
    C("actor2", "text", "to whom: name, or the words", "recipients[0]", lambda r: _name(r.told.event.recipients)),
    C("assoc_actor_2", "text", "others to whom", "recipients", lambda r: _others(r.told.event.recipients)),
    C("inter2", "text", "kind of actor2", "recipients[0].sectors", lambda r: r.inter2),
    C("interaction", "text", "the two kinds", "sectors", _interaction),
    C("civilian_targeting", "text", "'Civilian targeting' where it is aimed at civilians", "recipients[0].sectors",
      _at_civilians),
    C("iso", "whole number", "ISO 3166-1 numeric code of the country", "where.country", lambda r: r.home.numeric),
    C("region", "text", "ACLED's region; not known", "", lambda _: None),
    C("country", "text", "name of the country, as GeoNames has it", "where.country", lambda r: r.home.name),
    C("admin1", "text", "the place, if it is a first-level division", "where.name",
      lambda r: _if_level(r.where, "province")),
    C("admin2", "text", "the place, if it is a second-level division", "where.name",
      lambda r: _if_level(r.where, "district")),
    C("admin3", "text", "third-level division; not known", "", lambda _: None),
    C("location", "text", "name of the place", "where.name", lambda r: r.where.name or r.where.text),
    C("latitude", "number", "degrees, WGS84", "where.latitude", lambda r: r.where.latitude),
    C("longitude", "number", "degrees, WGS84", "where.longitude", lambda r: r.where.longitude),
    C("geo_precision", "whole number", "1 a town, 2 a second-level division, 3 a first-level division",
      "where.geonameid", lambda r: _GEO_PRECISION[level(r.where)]),
    C("source", "text", "publishers of the reports", "publishers", lambda r: joined(r.told.event.publishers)),
    C("source_scale", "text", "reach of the sources; not known", "", lambda _: None),
    C("notes", "text", "the sentence of the first report", "sentence", lambda r: r.told.lead.sentence.text),
    C("fatalities", "whole number", "killed, at least; empty where no report tells (ACLED: 0)", "counts.killed.low",
      lambda r: r.told.killed()),
    C("tags", "text", "size of the crowd", "counts.crowd", _crowd),
    C("timestamp", "whole number", "when the first report was read, Unix time", "report.retrieved", _timestamp),
)  # fmt: skip


def _if_level(where: Where, wanted: str) -> str | None:
    return where.name if level(where) == wanted else None


def _refuse(told: Told) -> str | None:
    if status := only_happened(told):
        return status
    if acled_type(told) is None:
        return "no-acled-type"
    if told.event.when is None:
        return "no-day"
    if _time_precision(told) is None:
        return "no-month"
    where = told.event.where
    if where is None or level(where) == "other":
        return "no-place"
    if level(where) == "country":
        return "place-too-wide"
    return None if told.event.actors else "no-actor"


def _open(folder: Path) -> TableSink:
    return TableSink(folder, [Table(FILE, COLUMNS, _rows, csv_line)])


ACLED = Format(
    name="acled",
    title="ACLED-like: one row an event, the 31 columns of ACLED, CSV",
    document="ACLED Codebook and Guide to 2023 ACLED Column Changes, acleddata.com/knowledge-base",
    note="Not ACLED data, and not coded by ACLED's rules: types come from those of PLOVER by a table of Whodid's own. "
    "Only events that happened, at a known place at least as exact as a province, and in a known month, are in it. "
    "Where no report tells of the dead, fatalities is empty and not 0.",
    files={FILE: COLUMNS},
    refuse=_refuse,
    reduce=one_value,
    open=_open,
    numbered=True,
)
"""The format."""
