"""A small dataset made by hand, for tests of what reads datasets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.builders import claim, quote, report
from whodid.dataset import Dataset, Run, init_dataset, writing
from whodid.dataset.rows import claim_row, event_row, report_row, statement_rows
from whodid.fuse.event import event_of
from whodid.records import Actor, Claim, Count, Report, SaidBy, Speaker, When, Where


def actor(text: str, **fields: Any) -> Actor:
    """An actor by words alone or with what is known of it."""
    return Actor(text=text, start=0, end=len(text), score=0.9, **{"name": text, **fields})


AVALON = actor("Government of Avalon", id="AVL-GOV", country="IRL", sectors=("GOV",))
ARMY = actor("Avalon army", id="AVL-MIL", country="IRL", sectors=("MIL",))
REBELS = actor("Reed Front", id="org:reed-front", country="ISL", sectors=("REB",))
CROWD = actor("Élan Workers' Union", id="org:union", country="ISL", sectors=("LAB",))


def days(first: str, last: str | None = None, precision: str = "day") -> When:
    """A time; a range of several days has the precision ``range``."""
    a, b = dt.date.fromisoformat(first), dt.date.fromisoformat(last or first)
    given = precision if a == b or precision != "day" else "range"
    return When(first=a, last=b, precision=given, basis="text")  # type: ignore[arg-type]


def place(name: str, country: str, number: int) -> Where:
    """A place of the gazetteer."""
    return Where(text=name, start=0, end=len(name), name=name, country=country, geonameid=number, latitude=1.0,
                 longitude=2.0)  # fmt: skip


def said(name: str) -> SaidBy:
    """Words of a speaker."""
    return SaidBy(voice="quoted", speaker=Speaker(text=name, start=0, end=len(name), name=name), stance="asserts")


def source(text: str, publisher: str, published: str | None, **fields: Any) -> Report:
    """A report."""
    day = dt.date.fromisoformat(published) if published else None
    host = publisher.split(maxsplit=1)[0].lower()
    given = {"url": f"https://{host}.example.org/1", "title": f"{publisher} reports", **fields}
    return report(text, publisher=publisher, published=day, **given)


def telling(of: Report, number: int, trigger: str, **fields: Any) -> Claim:
    """A claim of a report about its whole text, with nothing but the given fields."""
    whole = quote(of.text, of.text)
    given: dict[str, Any] = {
        "id": f"{number:016x}", "event": f"{number:016x}", "type": "ASSAULT", "mode": None, "contexts": (), "quad": 4,
        "cameo": None, "scale": -9.0, "trigger": quote(of.text, trigger), "sentence": whole, "actors": (),
        "recipients": (), "when": None, "where": None, "counts": (), "content": None, "said_by": SaidBy(voice="outlet"),
        "score": 0.8,
    }  # fmt: skip
    return claim(of, **{**given, **fields})


def killed(low: int, high: int | None) -> Count:
    """A number of dead."""
    return Count(what="killed", low=low, high=high, text="dead", start=0, end=4)


def store(folder: Path, events: Sequence[Sequence[Claim]], reports: Sequence[Report]) -> Dataset:
    """A dataset of reports and of the claims that make up each event."""
    init_dataset(folder)
    with writing(folder, Run("add")) as writer:
        writer.add("reports", (report_row(r, coded="test", run=writer.run.id) for r in reports))
        for claims in events:
            event = event_of(claims)
            writer.add("events", [event_row(event)])
            writer.add("claims", (claim_row(c, event=event.id) for c in claims))
            writer.add("statements", statement_rows(claims))
        return writer.commit()


def story(folder: Path) -> Dataset:
    """Five events of spring 2021, told by three reports in six claims."""
    gazette = source(
        "The Avalon army shelled the Reed Front near Port Elm on Monday, killing at least eight fighters.",
        "Harbour Gazette", "2021-03-02", id="r1",
    )  # fmt: skip
    herald = source(
        "Avalon's army shelled Reed Front fighters at Port Elm on 1 March, and ten were killed, the union said.",
        "Island Herald", "2021-03-03", id="r2",
    )  # fmt: skip
    wire = source(
        "The union marched in Lowmarsh in early March; talks with the government are planned, and some fled.",
        "=Coast Wire", "2021-05-04", id="r3", url=None,
    )  # fmt: skip
    elm, marsh = place("Port Elm", "IRL", 11), place("Lowmarsh", "ISL", 22)
    first = telling(gazette, 1, "shelled", mode="heavy-weapons", actors=(ARMY,), recipients=(REBELS,),
                    when=days("2021-03-01"), where=elm, counts=(killed(8, None),))  # fmt: skip
    second = telling(herald, 2, "shelled", actors=(ARMY,), recipients=(REBELS,), when=days("2021-03-01"), where=elm,
                     counts=(killed(10, 10),), said_by=said("Élan Workers' Union"))  # fmt: skip
    march = telling(wire, 3, "marched", type="PROTEST", mode="demo", quad=3, scale=-6.5, actors=(CROWD,),
                    recipients=(AVALON,), when=days("2021-02-25", "2021-03-05"), where=marsh)  # fmt: skip
    talks = telling(wire, 4, "talks", type="CONSULT", quad=1, scale=1.0, status="future", actors=(AVALON,),
                    recipients=(CROWD,), when=days("2021-03-10"), score=0.4)  # fmt: skip
    flight = telling(wire, 5, "fled", type="RETREAT", quad=2, scale=2.0, recipients=(CROWD,))
    spring = telling(wire, 6, "early", type="AID", quad=2, scale=7.0, actors=(AVALON, ARMY), recipients=(CROWD, REBELS),
                     when=days("2021-05-02"), historical=True)  # fmt: skip
    return store(folder, [[first, second], [march], [talks], [flight], [spring]], [gazette, herald, wire])
