"""A made-up dataset in which a great many actors act on one another; nothing in it is fused."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

from tests.builders import report
from tests.stored import telling
from whodid.dataset import Run, init_dataset, writing
from whodid.dataset.rows import claim_row, event_row, report_row
from whodid.fuse.event import event_of
from whodid.records import Actor, Claim, Report, When

_TYPES = (("ASSAULT", 4, -9.0), ("ACCUSE", 3, -3.0), ("CONSULT", 1, 1.0), ("AID", 2, 7.0))
_FIRST = dt.date(2020, 1, 1)


def crowd(folder: Path, actors: int, *, events: int, seed: int = 1) -> Path:
    """Each of ``actors`` acts on another at least once; the rest of the ``events`` are of a few of them."""
    chance = random.Random(seed)
    ring = [(n, (n * 7 + 1) % actors) for n in range(actors)]
    some = [(chance.randrange(20), chance.randrange(20, 60)) for _ in range(events - actors)]
    text = " ".join(f"Body {n}" for n in range(actors)) + " met."
    source = report(text, publisher="Harbour Gazette", published=_FIRST, title="All of them")
    claims = [_claim(source, number, a, b) for number, (a, b) in enumerate(ring + some)]
    init_dataset(folder)
    with writing(folder, Run("add")) as writer:
        writer.add("reports", [report_row(source, coded="test", run=writer.run.id)])
        writer.add("events", [event_row(event_of([one])) for one in claims])
        writer.add("claims", [claim_row(one, event=one.id) for one in claims])
        writer.commit(done=True)
    return folder


def _claim(of: Report, number: int, actor: int, recipient: int) -> Claim:
    kind, quad, scale = _TYPES[number % 4]
    day = _FIRST + dt.timedelta(days=number % 300)
    return telling(
        of, number, "met", sentence=of.quote(0, 40), type=kind, quad=quad, scale=scale,
        actors=(_body(of, actor),), recipients=(_body(of, recipient),),
        when=When(first=day, last=day, precision="day", basis="published"),
    )  # fmt: skip


def _body(of: Report, number: int) -> Actor:
    words = f"Body {number}"
    start = of.text.index(f"{words} ")
    return Actor(**of.quote(start, start + len(words)).model_dump(), id=f"org:body-{number}", name=words,
                 country="IRL", score=0.9)  # fmt: skip
