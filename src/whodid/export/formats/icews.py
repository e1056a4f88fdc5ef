"""ICEWS-like: one row an event with the 20 columns of the ICEWS Coded Event Data, tab-separated with a header.

Follows the columns of the weekly files of "ICEWS Coded Event Data" (Boschee and others, Harvard Dataverse,
doi:10.7910/DVN/28075). Texts of CAMEO codes are Whodid's own labels, sectors PLOVER's.
"""

from __future__ import annotations

from pathlib import Path

from whodid.export.format import Column, Format, Table, TableSink, dyadic, happened_on_a_day, tsv_line
from whodid.export.formats import cameo
from whodid.export.places import country, named
from whodid.export.told import Told, number
from whodid.ontology import load_ontology
from whodid.records import Actor

FILE = "events.icews.tab"
C = Column[Told]


def _country(actor: Actor) -> str | None:
    """The name of an actor's country, or the code in its place."""
    known = country(actor.country)
    return known.name if known else actor.country


def _sectors(actor: Actor) -> str:
    """Names of the sectors, as ICEWS writes them: joined by commas."""
    names = load_ontology().sectors
    return ",".join(names[s].name if s in names else s for s in actor.sectors)


def _label(told: Told) -> str | None:
    row = cameo.row_of(told.event.cameo or "")
    return row.label if row else None


def _place_country(told: Told) -> str | None:
    where = told.event.where
    home = country(where.country) if where else None
    return home.name if home else None


COLUMNS: tuple[C, ...] = (
    C("Event ID", "whole number", "53 bits of the SHA-256 of the event's id", "id", lambda t: number(t.event.id)),
    C("Event Date", "day", "day of the event", "when.first", lambda t: t.day),
    C("Source Name", "text", "who did it: name, or the words where no name is known", "actors[0].name",
      lambda t: t.event.actors[0].name or t.event.actors[0].text),
    C("Source Sectors", "text", "names of PLOVER sectors, joined by commas", "actors[0].sectors",
      lambda t: _sectors(t.event.actors[0])),
    C("Source Country", "text", "name of the country, or PLOVER's code in its place", "actors[0].country",
      lambda t: _country(t.event.actors[0])),
    C("Event Text", "text", "label of the CAMEO code, in Whodid's words", "cameo", _label),
    C("CAMEO Code", "text", "CAMEO code; read it as text, as it may start with 0", "cameo", lambda t: t.event.cameo),
    C("Intensity", "number", "Goldstein value of the CAMEO code, -10 to 10; empty where none is published", "cameo",
      lambda t: cameo.goldstein(t.event.cameo or "")),
    C("Target Name", "text", "to whom: name, or the words where no name is known", "recipients[0].name",
      lambda t: t.event.recipients[0].name or t.event.recipients[0].text),
    C("Target Sectors", "text", "names of PLOVER sectors, joined by commas", "recipients[0].sectors",
      lambda t: _sectors(t.event.recipients[0])),
    C("Target Country", "text", "name of the country, or PLOVER's code in its place", "recipients[0].country",
      lambda t: _country(t.event.recipients[0])),
    C("Story ID", "whole number", "53 bits of the SHA-256 of the id of the first report", "reports[0]",
      lambda t: number(t.lead.report.id)),
    C("Sentence Number", "whole number", "number of the sentence; not known", "", lambda _: None),
    C("Publisher", "text", "publisher of the first report", "report.publisher", lambda t: t.lead.report.publisher),
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
)  # fmt: skip


def _refuse(told: Told) -> str | None:
    if reason := happened_on_a_day(told):
        return reason
    if not told.event.actors:
        return "no-actor"
    if not told.event.recipients:
        return "no-recipient"
    return "no-cameo" if told.event.cameo is None else None


def _open(folder: Path) -> TableSink:
    return TableSink(folder, [Table(FILE, COLUMNS, lambda told: [told], tsv_line)])


ICEWS = Format(
    name="icews",
    title="ICEWS-like: one row an event, the 20 columns of the ICEWS Coded Event Data, tab-separated",
    document="ICEWS Coded Event Data, Harvard Dataverse, doi:10.7910/DVN/28075",
    note="ICEWS is dyadic and has no status: only events that happened, with an actor, a recipient and a day, are "
    "in it.",
    files={FILE: COLUMNS},
    refuse=_refuse,
    reduce=dyadic,
    open=_open,
    numbered=True,
)
"""The format."""
