"""How a dataset bears a million claims: made-up reports are stored and fused a portion at a time, as `whodid add` does
it, and what a portion takes is told for each size."""

from __future__ import annotations

import copy
import datetime as dt
import hashlib
import json
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pycountry

from bench.results import commit
from bench.shared import Figures
from bench.speed import peak_mib
from whodid.dataset import Dataset, Run, init_dataset, open_dataset, writing
from whodid.dataset.compact import tidy
from whodid.dataset.identity import place
from whodid.dataset.people import open_people
from whodid.records import Actor, Claim, Coded, Count, Quote, Report, SaidBy, When, Where
from whodid.run.storing import stage

PORTION = 10_000
"""Claims that are added at once."""

_CLAIMS = 10
_SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
_SECTORS = ["GOV", "MIL", "COP", "OPP", "REB", "CVL", "LEG", "MED"]
_KINDS = [("ASSAULT", "beat", 4), ("CONSULT", "visit", 1), ("PROTEST", "demo", 3), ("REQUEST", None, 3),
          ("COERCE", "arrest", 4), ("AID", None, 2), ("THREATEN", None, 3), ("AGREE", None, 1)]  # fmt: skip
_VERBS = ["struck", "met", "marched against", "asked", "detained", "helped", "threatened", "promised to help"]
_START = dt.date(2015, 1, 1)
_EVENTS_A_DAY = 200
_CLAIMS_A_DAY = 500
_BODIES = 3_000
_PAIRS = 5


class Taken(NamedTuple):
    """What storing and fusing a portion took, both in seconds; cpu: of this process."""

    seconds: float
    cpu: float


class News:
    """Made-up reports, as many as one asks for, day after day. Of each day's claims about five tell of two events, as
    about 500 claims are drawn from 200 happenings; some of a portion's reports are of older days, as archives are."""

    def __init__(self, seed: int = 14) -> None:
        self._chance = random.Random(seed)
        self._made = 0

    def reports(self, claims: int) -> Iterator[tuple[Report, Coded]]:
        """Reports with about this number of claims together."""
        for _ in range(claims // _CLAIMS):
            yield self._report()

    def _report(self) -> tuple[Report, Coded]:
        chance = self._chance
        today = self._made // _CLAIMS_A_DAY
        day = today if chance.random() < 0.9 else chance.randrange(today + 1)
        happenings = [_happening(day, chance.randrange(_EVENTS_A_DAY)) for _ in range(_CLAIMS)]
        publisher = f"Paper {chance.randrange(400)}"
        lead = f"Despatch {self._made} from {publisher}."
        sentences = [_sentence(h, chance.randint(2, 9)) for h in happenings]
        published = _START + dt.timedelta(days=day + chance.randrange(2))
        self._made += _CLAIMS
        return _told(happenings, sentences, lead, publisher, published)


def long_news(words: int) -> tuple[Report, Coded]:
    """One report of about so many words, of the publisher "Long Paper"; every eighth sentence makes a claim."""
    happenings, sentences = [], list[str]()
    number = 0
    while sum(len(sentence.split()) for sentence in sentences) < words:
        happening = _happening(number // _EVENTS_A_DAY, number % _EVENTS_A_DAY)
        happenings.append(happening)
        rest = [f"{_words(random.Random(number * 8 + n)).capitalize()}." for n in range(7)]
        sentences.append(" ".join([_sentence(happening, 2 + number % 8), *rest]))
        number += 1
    return _told(happenings, sentences, "A long account.", "Long Paper", _START)


def _sentence(happening: dict[str, Any], hurt: int) -> str:
    h = happening
    return f"Officials said on that day {h['text']} in town {h['place']}, {h['about']}, {hurt} hurt."


def _told(
    happenings: Sequence[dict[str, Any]], sentences: Sequence[str], lead: str, publisher: str, published: dt.date
) -> tuple[Report, Coded]:
    """A report that tells of happenings, a sentence each, which others may follow."""
    text = " ".join([lead, *sentences])
    digest = hashlib.sha256(text.encode()).hexdigest()
    report = Report(id=digest[:16], text=text, sha256=digest, reader="bench", language="en", publisher=publisher,
                    published=published, title=lead)  # fmt: skip
    first = [sentence.partition(" hurt.")[0] + " hurt." for sentence in sentences]
    return report, Coded(report=report, claims=tuple(_claims(report, happenings, first)))


@cache
def _countries() -> list[str]:
    return sorted(country.alpha_3 for country in pycountry.countries)


def _words(chance: random.Random) -> str:
    """Words that only the accounts of one happening share, as names and circumstances do."""
    return " ".join("".join(chance.choices(_SYLLABLES, k=3)) for _ in range(8))


def _happening(day: int, number: int) -> dict[str, Any]:
    chance = random.Random(day * 1000 + number)
    kind = chance.randrange(len(_KINDS))
    sides = []
    for _ in range(2):
        body = chance.randrange(_BODIES)
        country, sector = _countries()[body % len(_countries())], _SECTORS[body % len(_SECTORS)]
        sides.append((f"body {body}", f"org:body-{body}", country, sector))
    words = f"{sides[0][0]} {_VERBS[kind]} {sides[1][0]}"
    return {
        "about": _words(chance),
        "day": _START + dt.timedelta(days=day),
        "kind": kind,
        "sides": sides,
        "text": words,
        "place": chance.randrange(2000),
    }


def _claims(report: Report, happenings: Sequence[dict[str, Any]], sentences: Sequence[str]) -> Iterator[Claim]:
    at = 0
    for number, (h, sentence) in enumerate(zip(happenings, sentences, strict=True)):
        at = report.text.index(sentence, at)
        kind, mode, quad = _KINDS[h["kind"]]
        name = hashlib.sha256(f"{report.id} {number}".encode()).hexdigest()[:16]

        def words(text: str, start: int = at) -> dict[str, Any]:
            first = report.text.index(text, start)
            return {"text": text, "start": first, "end": first + len(text)}

        sides = [Actor(**words(words_), id=id, name=words_, country=country, sectors=(sector,), score=0.8)
                 for words_, id, country, sector in h["sides"]]  # fmt: skip
        hurt = sentence.rsplit(" ", 2)[1]
        yield Claim(
            id=name, report=report.info, type=kind, mode=mode, contexts=(), quad=quad, cameo="190", scale=-1.0,
            status="happened", historical=False, trigger=Quote(**words(_VERBS[h["kind"]])),
            sentence=Quote(**words(sentence)), actors=(sides[0],), recipients=(sides[1],),
            when=When(first=h["day"], last=h["day"], precision="day", basis="published", **words("that day")),
            where=Where(**words(f"town {h['place']}"), geonameid=10_000_000 + h["place"], name=f"town {h['place']}",
                        country=h["sides"][1][2], latitude=h["place"] % 90, longitude=h["place"] % 180),
            said_by=SaidBy(voice="paraphrased"), event=name, score=0.7, why=("made up",), coder="bench",
            counts=(Count(what="injured", low=int(hurt), high=int(hurt), **words(hurt, at + sentence.rindex(hurt))),),
            ontology="plover-2.0",
        )  # fmt: skip
        at += len(sentence)


def scale(claims: int, folder: Path | None = None) -> Figures:
    """Fill a dataset with this number of claims, ``PORTION`` at a time, add a few portions more, then query.

    The time of a portion counts storing and fusing, not the making of the news; ``cpu`` is what the process itself
    worked in it. As a machine's pace changes within an hour, portions are put into the whole and into the dataset as
    it was at a tenth of the size in turn; ``growth`` is the middle of ``_PAIRS`` such ratios of cpu.
    ``portion_seconds`` is the slowest portion that came into the whole then, ``portion_seconds_slowest`` the slowest of
    the filling, in which files are made few now and then. ``query_seconds``: the slowest of five questions for the
    events of one actor in one month, each from a newly opened dataset.

    Without a folder one for temporary files is used, and deleted at the end. A run that was stopped goes on
    there if the same commit, without changes, began it.
    """
    code = commit()
    place = (folder or Path(tempfile.gettempdir(), "whodid-scale")) / f"{claims}-{code.replace(' ', '')}"
    if "changes" in code:  # which need not be those that began it
        shutil.rmtree(place, ignore_errors=True)
    course = Course(place, max(claims // PORTION, 1))
    taken = course.run()
    filling, small, large = taken[: course.portions], taken[course.portions :: 2], taken[course.portions + 1 :: 2]
    growth = sorted(b.cpu / a.cpu for a, b in zip(small, large, strict=True))
    data = open_dataset(course.whole)
    queries = [_query(course.whole, n) for n in range(5)]
    size = sum(path.stat().st_size for path in course.whole.rglob("*") if path.is_file())
    figures = {
        "claims": _count(data, "claims"),
        "reports": _count(data, "reports"),
        "events": _count(data, "events"),
        "portion": PORTION,
        "portion_seconds": round(max(one.seconds for one in large), 1),
        "portion_seconds_slowest": round(max(one.seconds for one in filling), 1),
        "portion_cpu": round(statistics.median(one.cpu for one in large), 1),
        "portion_cpu_at_a_tenth": round(statistics.median(one.cpu for one in small), 1),
        "growth": round(statistics.median(growth), 2),
        "growth_least": round(growth[0], 2),
        "growth_most": round(growth[-1], 2),
        "claims_per_second": round(len(filling) * PORTION / sum(one.seconds for one in filling)),
        "query_seconds": round(max(queries), 2),
        "peak_mib": peak_mib(),
        "bytes_per_claim": round(size / _count(data, "claims")),
    }
    if folder is None:
        shutil.rmtree(place)
    return figures


class Course:
    """Portions put into a dataset and, at the end, into its copy of a tenth of the size in turn. What each took is
    noted in the folder, so that a course that was stopped goes on."""

    def __init__(self, folder: Path, portions: int) -> None:
        self.folder = folder
        self.portions = portions
        self.whole, self._tenth, self._notes = folder / "whole", folder / "tenth", folder / "taken.jsonl"
        self._steps = [*[self.whole] * portions, *[self._tenth, self.whole] * _PAIRS]

    def run(self) -> list[Taken]:
        """What each portion took: those of the filling, then one of the tenth and one of the whole in turn."""
        taken = self._taken()
        if not self._in_step(len(taken)):
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True)
            init_dataset(self.whole)
            taken = []
        news = {self.whole: News()}
        for number, target in enumerate(self._steps):
            if number == self.portions // 10:
                news[self._tenth] = copy.deepcopy(news[self.whole])
                if number >= len(taken):
                    shutil.rmtree(self._tenth, ignore_errors=True)
                    shutil.copytree(self.whole, self._tenth)
            made = list(news[target].reports(PORTION))
            if number >= len(taken):
                taken.append(_put(target, made))
                with self._notes.open("a", encoding="utf-8") as notes:
                    notes.write(json.dumps(taken[-1]._asdict()) + "\n")
                print(self._told(number, taken[-1]), file=sys.stderr, flush=True)
        return taken

    def _taken(self) -> list[Taken]:
        """What is noted."""
        lines = self._notes.read_text(encoding="utf-8").splitlines() if self._notes.is_file() else []
        return [Taken(**json.loads(line)) for line in lines]

    def _in_step(self, done: int) -> bool:
        """True if the datasets hold what is noted, and not a portion more."""
        steps = self._steps[:done]
        held = {self.whole: steps.count(self.whole)}
        if self._tenth in steps:
            held[self._tenth] = self.portions // 10 + steps.count(self._tenth)
        return done > 0 and all(_count(open_dataset(at), "claims") == n * PORTION for at, n in held.items())

    def _told(self, number: int, one: Taken) -> str:
        name = self._steps[number].name
        took = f"{one.seconds:.1f} s, cpu {one.cpu:.1f} s, {peak_mib():,} MiB"
        return f"portion {number + 1} of {len(self._steps)}, of {PORTION:,} claims, into the {name}: {took}"


def _put(folder: Path, made: Sequence[tuple[Report, Coded]]) -> Taken:
    """Put one portion more into a dataset."""
    started, worked = time.perf_counter(), time.process_time()
    store(folder, made)
    return Taken(time.perf_counter() - started, time.process_time() - worked)


def store(folder: Path, made: Sequence[tuple[Report, Coded]]) -> None:
    """Add reports to a dataset as one change, as `whodid add` does it."""
    with open_people(folder) as people, writing(folder, Run("add", coder="bench")) as writer:
        placements = place(writer.dataset, [report for report, _ in made], coded="bench")
        tidy(writer)
        stage(writer, [(p, coded) for p, (_, coded) in zip(placements, made, strict=True)], people, coded="bench")
        writer.commit()


def _query(folder: Path, number: int) -> float:
    """Seconds for all events of one actor in one month, as records, from a dataset that is opened for it."""
    sql = "SELECT actor_ids[1] AS actor, first_day FROM events ORDER BY id LIMIT 1 OFFSET ?"
    some = open_dataset(folder).query(sql, [number]).to_pylist()[0]
    started = time.perf_counter()
    data = open_dataset(folder)
    first = some["first_day"].replace(day=1)
    last = (first + dt.timedelta(days=31)).replace(day=1)
    found = list(data.events("list_contains(actor_ids, ?) AND first_day >= ? AND first_day < ?",
                             [some["actor"], first, last]))  # fmt: skip
    taken = time.perf_counter() - started
    if not found:
        raise RuntimeError(f"no event of {some['actor']} from {first} on, where there is one at least")
    return taken


def _count(data: Dataset, view: str) -> int:
    return int(data.query(f"SELECT count(*) AS n FROM {view}")["n"][0].as_py())
