"""Events with their claims and reports, built by hand."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from tests.builders import claim, quote, report
from whodid.export.bundle import Source, Written, write_export
from whodid.export.formats.table import EXPORTS
from whodid.export.told import Told
from whodid.ontology import load_ontology
from whodid.records import Actor, Claim, Event, EventField, FieldValue, Span, Tally, Where

READ = dt.datetime(2020, 1, 14, 6, 30, 15, tzinfo=dt.UTC)
TEXT = (
    "Gunmen attack a market\n"
    "\n"
    "Soldiers of Iraq shot eight farmers in Kirkuk on 3 January, the Harbour Gazette said.\n"
    "\n"
    "The army of Iraq killed at least eight people.\n"
)
REPORT = report(
    TEXT, publisher="Harbour Gazette", title="Gunmen attack a market", published=dt.date(2020, 1, 4),
    url="https://gazette.example.org/a?b=1", retrieved=READ,
)  # fmt: skip
KIRKUK = Where(
    **quote(TEXT, "Kirkuk").model_dump(), name="Kirkuk", country="IRQ", geonameid=94787, latitude=35.46806,
    longitude=44.39222, radius_km=10.5,
)  # fmt: skip
IRAQ = KIRKUK.model_copy(update={"name": "Iraq", "geonameid": 99237})
TEXAS = KIRKUK.model_copy(update={"name": "Texas", "country": "USA", "geonameid": 4736286})
SOLDIERS = Actor(
    **quote(TEXT, "Soldiers of Iraq").model_dump(), id="IRQ-MIL", name="Iraqi military", country="IRQ",
    sectors=("MIL",), score=0.9,
)  # fmt: skip
FARMERS = Actor(
    **quote(TEXT, "eight farmers").model_dump(), id="IRQ-AGR", name="Iraqi farmers", country="IRQ", sectors=("AGR",),
    score=0.8,
)  # fmt: skip


def one_claim(**fields: Any) -> Claim:
    """A claim of :data:`REPORT`: soldiers shot farmers in Kirkuk."""
    given: dict[str, Any] = {
        "id": "a000000000000001", "type": "ASSAULT", "mode": "firearms", "contexts": ("military",), "quad": 4,
        "cameo": "190", "scale": -9.0, "trigger": quote(TEXT, "shot"),
        "sentence": quote(TEXT, TEXT.splitlines()[2]), "actors": (SOLDIERS,), "recipients": (FARMERS,),
        "where": KIRKUK, "content": None, "counts": (), "event": "a000000000000001",
    }  # fmt: skip
    return claim(REPORT, **{**given, **fields})


def event(**fields: Any) -> Event:
    """The event of :func:`one_claim`."""
    day = dt.date(2020, 1, 3)
    given: dict[str, Any] = {
        "id": "a000000000000001", "type": "ASSAULT", "mode": "firearms", "contexts": ("military",), "quad": 4,
        "cameo": "190", "scale": -9.0, "status": "happened", "historical": False, "actors": (SOLDIERS,),
        "recipients": (FARMERS,), "when": Span(first=day, last=day, precision="day"), "where": KIRKUK,
        "counts": (Tally(what="killed", low=8, high=None),), "claims": ("a000000000000001",),
        "reports": (REPORT.id,), "publishers": ("Harbour Gazette",), "independent": 1, "fields": (), "flags": (),
        "links": (), "score": 1.0, "why": ("one claim",), "ontology": "plover-2.0",
    }  # fmt: skip
    return Event(**{**given, **fields})


def told(claims: tuple[Claim, ...] = (), *, reports: bool = True, **fields: Any) -> Told:
    """The event with its claim and, unless told otherwise, its report."""
    claims = claims or (one_claim(),)
    return Told(event(claims=tuple(c.id for c in claims), **fields), claims, {REPORT.id: REPORT} if reports else {})


def disputed() -> EventField:
    """Eight dead or ten."""
    values = [
        FieldValue(value=v, label=label, claims=("a000000000000001",), publishers=(), independent=n)
        for v, label, n in (("8..8", "8", 2), ("10..10", "10", 1))
    ]
    return EventField(name="killed", values=tuple(values), consensus="8..8", rule="most reports", disputed=True)


def exported(folder: Path, format: str, *stories: Told) -> Written:
    """The export of some events; ``folder / format`` has it."""
    return write_export(
        stories, folder / format, format=EXPORTS[format], ontology=load_ontology(),
        source=Source("harbour", 3, READ, ("whodid 0.1.0",), {"query": {}}),
    )  # fmt: skip


def days(first: str, last: str, precision: str) -> Span:
    """A span of days."""
    return Span(first=dt.date.fromisoformat(first), last=dt.date.fromisoformat(last), precision=precision)  # type: ignore[arg-type]
