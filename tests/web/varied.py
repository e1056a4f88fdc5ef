"""A dataset with what is rare in news: wide times, no times, long ago; places at the antimeridian, whole countries,
seas, none; every status and quad class; hostile names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.builders import report
from whodid.dataset import init_dataset
from whodid.records import Actor, Claim, Coded, Quote, Rejection, Report, SaidBy, When, Where
from whodid.run.adding import Adding

HOSTILE = "<img src=x onerror=alert(1)>\u202eevil"


@dataclass(frozen=True)
class Told:
    """One report of one event. days: first, last and precision; place: name, country, degrees, radius in km."""

    id: str
    type: str
    quad: int
    status: str = "happened"
    days: tuple[str, str, str] | None = None
    place: tuple[str, str | None, float, float, float] | None = None
    actor: str = "Alpha Council"
    recipient: str = "Beta League"


EVENTS = (
    Told("suva", "CONSULT", 1, days=("2021-03-05", "2021-03-05", "day"), place=("Suva", "FJI", -18.14, 178.44, 10)),
    Told("taveuni", "AID", 2, days=("2021-03-06", "2021-03-06", "day"), place=("Taveuni", "FJI", -16.85, -179.97, 20)),
    Told("anadyr", "PROTEST", 4, "future", ("2021-03-07", "2021-03-07", "day"), ("Anadyr", "RUS", 64.73, 177.51, 10)),
    Told("lavrentiya", "ACCUSE", 3, "negated", ("2021-03-07", "2021-03-07", "day"),
         ("Lavrentiya", "RUS", 65.58, -171.0, 10)),
    Told("kenya", "ASSAULT", 4, "hypothetical", ("2021-02-01", "2021-02-28", "month"),
         ("Kenya", "KEN", 1.0, 38.0, 430.0)),
    Told("nairobi", "ASSAULT", 4, days=("2021-03-06", "2021-03-06", "day"), place=("Nairobi", "KEN", -1.29, 36.82, 20)),
    Told("gulf", "THREATEN", 3, days=("2021-01-01", "2021-12-31", "year"),
         place=("Persian Gulf", None, 26.5, 52.0, 450)),
    Told("long-ago", "RETREAT", 2, days=("1948-05-01", "1948-05-31", "month"), place=("Haifa", "ISR", 32.8, 35.0, 10)),
    Told("when", "REJECT", 3, place=("Lima", "PER", -12.04, -77.03, 20)),
    Told("where", "AGREE", 1, "future", ("2021-03-09", "2021-03-09", "day")),
    Told("hostile", "ASSAULT", 4, days=("2021-03-08", "2021-03-08", "day"), place=(HOSTILE, "PER", -9.0, -75.0, 5),
         actor=HOSTILE, recipient="javascript:alert(1)"),
)  # fmt: skip
_BY_ID = {told.id: told for told in EVENTS}


def text_of(told: Told) -> str:
    place = told.place[0] if told.place else "nowhere"
    return f"{told.actor} | acted | {told.recipient} | {place} | {told.id}"


def varied(folder: Path) -> Path:
    """A dataset of :data:`EVENTS`, each with a report of its own."""
    init_dataset(folder)
    reports: list[Report | Rejection] = [
        report(text_of(told), id=told.id, publisher=f"Paper {told.id}", published=dt.date(2021, 3, 10), title=told.id)
        for told in EVENTS
    ]
    Adding(folder, reports, make=_make).run()
    return folder


def _make() -> Any:
    def coder(items: Iterable[Report | Rejection]) -> Iterator[Coded | Rejection]:
        for item in items:
            yield item if isinstance(item, Rejection) else Coded(report=item, claims=(_claim(item),))

    return coder


def _claim(of: Report) -> Claim:
    told = _BY_ID[of.id]

    def words(part: int) -> dict[str, Any]:
        parts = of.text.split(" | ")
        start = sum(len(one) + 3 for one in parts[:part])
        return of.quote(start, start + len(parts[part])).model_dump()

    days = [dt.date.fromisoformat(day) for day in told.days[:2]] if told.days else []
    place = told.place
    return Claim(
        id=f"c-{told.id}", report=of.info, type=told.type, mode=None, contexts=(), quad=told.quad, cameo=None,
        scale=0.0,
        status=told.status, historical=False, trigger=Quote(**words(1)),  # type: ignore[arg-type]
        sentence=of.quote(0, len(of.text)),
        actors=(Actor(**words(0), id=f"org:{told.id}-a", name=told.actor, score=0.9),),
        recipients=(Actor(**words(2), id=f"org:{told.id}-b", name=told.recipient, score=0.9),),
        when=When(first=days[0], last=days[1], precision=told.days[2], basis="text")  # type: ignore[index,arg-type]
        if days else None,
        where=Where(**words(3), name=place[0], country=place[1], latitude=place[2], longitude=place[3],
                    radius_km=place[4]) if place else None,
        said_by=SaidBy(voice="outlet"), counts=(), event=f"c-{told.id}", score=0.8, why=("made up",),
        coder="varied 1", ontology="plover-2.0",
    )  # fmt: skip
