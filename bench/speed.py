"""How long the whole takes beside the parse alone, in one process, and the most memory that it holds."""

from __future__ import annotations

import datetime as dt
import platform
import resource
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from bench.pipeline import report_of
from bench.shared import Figures, Row
from whodid.models.spacy_parser import SpacyParser
from whodid.records import Report
from whodid.run.coder import wire
from whodid.settings import load_settings

_AT_ONCE = 20


def speed(rows: Iterable[Row], articles: int) -> Figures:
    """Times over the first ``articles`` records, twenty at a time: the parse alone first, then the whole, and for the
    next twenty the other way round, so that neither has the warmer machine.

    The parse alone is the spaCy pipeline over the same texts, its result thrown away. Models and tables are loaded
    before, on a text of their own. ``ratio`` is by the clock; the whole parses the next reports while it codes those
    before, which takes a part of a second core, so that ``cpu_ratio``, of what the process worked, is greater.
    ``peak_mib`` is the largest resident size of the process, models included.
    """
    settings = load_settings()
    parser = SpacyParser(settings.parser)
    coder = wire(parser, settings.ontology)
    reports = [report_of(row) for row in islice(rows, articles)]

    nlp = parser.pipeline  # the pipeline itself: SpacyParser.parse also copies every token

    def parse(some: Sequence[Report]) -> int:
        return sum(1 for _ in nlp.pipe([r.text for r in some], batch_size=_AT_ONCE))

    def whole(some: Sequence[Report]) -> int:
        return sum(1 for _ in coder(some))

    _warm_up(parse, whole)
    seconds, cpu = {"parse": 0.0, "whole": 0.0}, {"parse": 0.0, "whole": 0.0}
    for n, first in enumerate(range(0, len(reports), _AT_ONCE)):
        some = reports[first : first + _AT_ONCE]
        turns = [("parse", parse), ("whole", whole)]
        for name, work in turns if n % 2 == 0 else turns[::-1]:
            worked = time.process_time()
            seconds[name] += _timed(work, some)
            cpu[name] += time.process_time() - worked
    words = sum(len(r.text.split()) for r in reports)
    return {
        "articles": len(reports),
        "words": words,
        "parse_seconds": round(seconds["parse"], 2),
        "whole_seconds": round(seconds["whole"], 2),
        "ratio": round(seconds["whole"] / seconds["parse"], 3),
        "cpu_ratio": round(cpu["whole"] / cpu["parse"], 3),
        "articles_per_second": round(len(reports) / seconds["whole"], 2),
        "words_per_second": round(words / seconds["whole"]),
        "peak_mib": peak_mib(),
        "parser": parser.name,
        "python": platform.python_version(),
    }


def _timed(work: Callable[[Sequence[Report]], int], reports: Sequence[Report]) -> float:
    start = time.perf_counter()
    done = work(reports)
    taken = time.perf_counter() - start
    if done != len(reports):
        raise RuntimeError(f"{len(reports)} reports gave {done} results")
    return taken


def _warm_up(*works: Callable[[Sequence[Report]], int]) -> None:
    text = (
        "The minister of Chile met union leaders in Santiago on Monday. “We agreed to talk again next week,” she said."
    )
    report = Report(id="warm", text=text, published=dt.date(2020, 1, 14), language="en", sha256="", reader="bench")
    for work in works:
        work([report])


def peak_mib() -> int:
    """The largest resident size of this process so far, in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1024 * 1024 if sys.platform == "darwin" else 1024))  # bytes on macOS, KiB elsewhere
