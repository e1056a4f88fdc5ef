"""Made-up news of a few days in two countries: reports whose claims fuse, differ, plan and deny; and a coder for it."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tests.builders import report
from whodid.dataset import init_dataset
from whodid.dataset.check import check
from whodid.records import Actor, Claim, Coded, Count, Quote, Rejection, Report, SaidBy, When, Where
from whodid.run.adding import Added, Adding

FIRST = dt.date(2020, 3, 2)
ACTORS = {"the army of Avalon": ("AVL-MIL", "AVL", "MIL"), "rebels of Lyonesse": ("LYO-REB", "LYO", "REB")}
TARGETS = {"a convoy": (None, None, None), "the Harbour Union": ("org:harbour-union", "AVL", "LAB")}
PLACES = {"Port Elm": (1.5, -2.5), "Saint Orrin": (3.5, 4.5)}
VERBS = {
    "attacked": ("ASSAULT", None, "happened"),
    "bombed": ("ASSAULT", "aerial", "happened"),
    "plans to attack": ("ASSAULT", None, "future"),
    "did not attack": ("ASSAULT", None, "negated"),
    "met": ("CONSULT", None, "happened"),
}
PUBLISHERS = ("Harbour Gazette", "Elm Wire", "The Orrin Times", "Avalon Daily")

_SENTENCE = re.compile(
    rf"(?P<actor>{'|'.join(ACTORS)}) (?P<verb>{'|'.join(VERBS)}) (?P<target>{'|'.join(TARGETS)}) in "
    rf"(?P<place>{'|'.join(PLACES)}) on March (?P<day>\d+), and (?P<killed>\d+) people died",
)


def sentence(chance: random.Random, days: int) -> str:
    actor, verb, target, place = (chance.choice(list(t)) for t in (ACTORS, VERBS, TARGETS, PLACES))
    day = FIRST.day + chance.randrange(days)
    return f"Officials said {actor} {verb} {target} in {place} on March {day}, and {chance.randint(2, 4)} people died."


def news(number: int, *, seed: int = 1, days: int = 4) -> list[Report]:
    """Reports of one to three sentences; every fourth is a copy of an earlier one by another publisher."""
    chance = random.Random(seed)
    out: list[Report] = []
    for n in range(number):
        publisher = chance.choice(PUBLISHERS)
        if n % 4 == 3:
            text = chance.choice(out).text + f" Copied by desk {n}."
        else:
            text = f"Dispatch {n}. " + " ".join(sentence(chance, days) for _ in range(chance.randint(1, 3)))
        published = FIRST + dt.timedelta(days=chance.randrange(days)) if chance.random() < 0.9 else None
        digest = hashlib.sha256(f"{n} {publisher} {text}".encode()).hexdigest()[:16]
        out.append(report(text, id=digest, publisher=publisher, published=published, title=f"Dispatch {digest}"))
    return out


def coder(items: Iterable[Report | Rejection]) -> Iterator[Coded | Rejection]:
    """A claim for every sentence of :func:`sentence`; a text without one has none."""
    for item in items:
        yield item if isinstance(item, Rejection) else Coded(report=item, claims=claims_of(item))


def make_coder() -> Any:
    return coder


def claims_of(of: Report) -> tuple[Claim, ...]:
    return tuple(_claim(of, found) for found in _SENTENCE.finditer(of.text))


def _claim(of: Report, found: re.Match[str]) -> Claim:
    def words(name: str) -> dict[str, Any]:
        return of.quote(found.start(name), found.end(name)).model_dump()

    def actor(name: str, known: dict[str, Any]) -> Actor:
        key, country, sector = known[found[name]]
        return Actor(**words(name), id=key, name=found[name].title() if key else None, country=country,
                     sectors=(sector,) if sector else (), score=0.9)  # fmt: skip

    kind, mode, status = VERBS[found["verb"]]
    name = hashlib.sha256(f"{of.id} {found.start()}".encode()).hexdigest()[:16]
    day = FIRST.replace(day=int(found["day"]))
    latitude, longitude = PLACES[found["place"]]
    return Claim(
        id=name, report=of.info, type=kind, mode=mode, contexts=("military",), quad=4 if kind == "ASSAULT" else 1,
        cameo="190", scale=-9.0, status=status, historical=False, trigger=Quote(**words("verb")),  # type: ignore[arg-type]
        sentence=of.quote(found.start(), found.end()), actors=(actor("actor", ACTORS),),
        recipients=(actor("target", TARGETS),),
        when=When(first=day, last=day, precision="day", basis="text", **words("day")),
        where=Where(**words("place"), name=found["place"], country="AVL", latitude=latitude, longitude=longitude),
        said_by=SaidBy(voice="paraphrased"),
        counts=(Count(what="killed", low=int(found["killed"]), high=int(found["killed"]), **words("killed")),),
        event=name, score=0.8, why=("made up",), coder="scenes 1", ontology="plover-2.0",
    )  # fmt: skip


def add(folder: Path, reports: Iterable[Report | Rejection], **options: Any) -> Added:
    """Add reports to a dataset with :func:`coder`."""
    return Adding(folder, list(reports), make=make_coder, **options).run()


def filled(folder: Path, number: int = 12, **options: Any) -> Path:
    """A dataset of :func:`news`."""
    init_dataset(folder)
    add(folder, news(number, **options))
    return folder


def whole(folder: Path) -> None:
    """Fail where ``whodid check`` finds anything."""
    assert [f"{p.table} {p.id}: {p.what}" for p in check(folder)] == []
