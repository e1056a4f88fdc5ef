"""POLECAT-like: one row an event with the 40 columns of POLECAT, tab-separated with a header.

Follows the columns of the weekly files of "POLECAT Weekly Data" (Scarborough and others, Harvard Dataverse,
doi:10.7910/DVN/AJGVIT), whose events are in PLOVER too. Several actors stand in one row, joined by semicolons.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Literal

from whodid.export.format import Column, Format, Table, TableSink, happened_on_a_day, one_value, tsv_line
from whodid.export.places import country, level, named
from whodid.export.told import Told
from whodid.ontology import load_ontology
from whodid.records import Actor

FILE = "events.polecat.txt"
_SEPARATOR = "; "
C = Column[Told]


def _side(role: str, field: Literal["actors", "recipients"]) -> tuple[C, ...]:
    def every(get: Callable[[Actor], str | None]) -> Callable[[Told], str]:
        return lambda told: _several(get(actor) for actor in getattr(told.event, field))

    def sectors(told: Told) -> list[str]:
        return list(dict.fromkeys(s for actor in getattr(told.event, field) for s in actor.sectors))

    return (
        C(f"{role} Name", "text", "names", f"{field}.name", every(lambda a: a.name)),
        C(f"{role} Country", "text", "ISO 3166-1 alpha-3, or PLOVER's code in its place", f"{field}.country",
          every(lambda a: a.country)),
        C(f"{role} COW", "text", "country code of the Correlates of War; not known", "", lambda _: None),
        C(f"Primary {role} Sector", "text", "first PLOVER sector", f"{field}.sectors",
          lambda t: next(iter(sectors(t)), None)),
        C(f"{role} Sectors", "text", "PLOVER sectors of all of them", f"{field}.sectors",
          lambda t: _SEPARATOR.join(sectors(t))),
        C(f"{role} Title", "text", "office; not known", "", lambda _: None),
        C(f"{role} Name Raw", "text", "the words of the report", f"{field}.text", every(lambda a: a.text)),
        C(f"Wikipedia {role} ID", "text", "page of Wikipedia; not known", "", lambda _: None),
    )  # fmt: skip


def _several(values: Iterable[str | None]) -> str:
    """Values as POLECAT joins them, with None in the place of one that is not known; nothing where none is."""
    parts = list(values)
    return _SEPARATOR.join(part or "None" for part in parts) if any(parts) else ""


def _sources(told: Told) -> str:
    return "; ".join(told.event.publishers)


def _resolution(told: Told) -> str | None:
    where = told.event.where
    return None if where is None or where.geonameid is None else level(where)


def _place_country(told: Told) -> str | None:
    where = told.event.where
    home = country(where.country) if where else None
    return home.name if home else None


COLUMNS: tuple[C, ...] = (
    C("Event ID", "text", "id of the event", "id", lambda t: t.event.id),
    C("Event Date", "day", "day of the event", "when.first", lambda t: t.day),
    C("Event Type", "text", "PLOVER type", "type", lambda t: t.event.type),
    C("Event Mode", "text", "PLOVER mode; empty where the words do not say", "mode", lambda t: t.event.mode),
    C("Intensity", "number", "PLOVER score of type and mode, -10 to 10", "scale", lambda t: t.event.scale),
    C("Quad Code", "text", "name of PLOVER's quad class", "quad", lambda t: _quad(t.event.quad)),
    C("Contexts", "text", "PLOVER contexts", "contexts", lambda t: "; ".join(t.event.contexts)),
    *_side("Actor", "actors"),
    *_side("Recipient", "recipients"),
    C("Placename", "text", "name of the place", "where.name", lambda t: t.event.where.name if t.event.where else None),
    C("City", "text", "name of the place if it is a town", "where.name", lambda t: named(t.event.where, "city")),
    C("District", "text", "name of the place if it is a second-level division", "where.name",
      lambda t: named(t.event.where, "district")),
    C("Province", "text", "name of the place if it is a first-level division", "where.name",
      lambda t: named(t.event.where, "province")),
    C("Country", "text", "name of the country of the place", "where.country", _place_country),
    C("Latitude", "number", "degrees, WGS84", "where.latitude",
      lambda t: t.event.where.latitude if t.event.where else None),
    C("Longitude", "number", "degrees, WGS84", "where.longitude",
      lambda t: t.event.where.longitude if t.event.where else None),
    C("GeoNames ID", "whole number", "GeoNames id", "where.geonameid",
      lambda t: t.event.where.geonameid if t.event.where else None),
    C("Raw Placename", "text", "the words for the place", "where.text",
      lambda t: t.event.where.text if t.event.where else None),
    C("Feature Type", "text", "country, province, district or city (POLECAT: GeoNames feature codes)",
      "where.geonameid", _resolution),
    C("Source", "text", "publishers of the reports", "publishers", _sources),
    C("Publication Date", "day", "day of the first report", "report.published", lambda t: t.lead.report.published),
    C("Story People", "text", "people in the story; not known", "", lambda _: None),
    C("Story Organizations", "text", "organisations in the story; not known", "", lambda _: None),
    C("Story Locations", "text", "places in the story; not known", "", lambda _: None),
    C("Language", "text", "language of the first report, BCP 47", "report.language",
      lambda t: t.lead.report.language),
    C("Version", "text", "program that coded it", "coder", lambda t: t.lead.coder),
)  # fmt: skip


def _quad(code: int) -> str:
    return load_ontology().quads[code]


def _refuse(told: Told) -> str | None:
    if reason := happened_on_a_day(told):
        return reason
    return None if told.event.actors else "no-actor"


def _open(folder: Path) -> TableSink:
    return TableSink(folder, [Table(FILE, COLUMNS, lambda told: [told], tsv_line)])


POLECAT = Format(
    name="polecat",
    title="POLECAT-like: one row an event, the 40 columns of POLECAT, tab-separated",
    document="POLECAT Weekly Data, Harvard Dataverse, doi:10.7910/DVN/AJGVIT",
    note="POLECAT has no status: only events that happened, with an actor and a day, are in it. Several actors of one "
    "event stand in one row, joined by semicolons.",
    files={FILE: COLUMNS},
    refuse=_refuse,
    reduce=one_value,
    open=_open,
)
"""The format."""
