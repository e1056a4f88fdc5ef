"""The tasks of the shared scorer and the function that answers each: gold records and a pipeline → predictions.

A prediction has the ``id`` of its gold record and the fields that ``score.py --help`` lists for the task. A record that
gives no prediction counts as an empty one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from bench.errors import BenchError, NotMeaningful
from bench.pipeline import Pipeline
from bench.shared import Row, read_gold, write_rows
from bench.tasks.events import binary, events, petrarch_events, police
from bench.tasks.fusion import coref, docdedup
from bench.tasks.grounding import actors, actors_split, attribution, eventloc, places, timex
from bench.tasks.modality import modality
from bench.tasks.pages import pages

Predict = Callable[[Iterable[Row], Pipeline], Iterator[Row]]

TASKS: dict[str, Predict] = {
    "actors": actors,
    "actors_split": actors_split,
    "attribution": attribution,
    "binary": binary,
    "coref": coref,
    "docdedup": docdedup,
    "eventloc": eventloc,
    "events": events,
    "modality": modality,
    "pages": pages,
    "places": places,
    "police": police,
    "timex": timex,
}
"""What the program answers."""

CONVENTIONS: dict[str, tuple[str, Predict]] = {"petrarch-2": ("events", petrarch_events)}
"""Rules by which some gold was coded, other than those of our claims: name → task, and what answers it by them."""

NOT_YET: dict[str, str] = {
    "timeline": "the gold's timelines are of business, and the program codes political events",
}
"""Tasks of the scorer that no stage answers yet, and why."""


def predict(
    task: str,
    gold: Path,
    out: Path,
    *,
    limit: int | None = None,
    pipeline: Pipeline | None = None,
    convention: str | None = None,
) -> int:
    """Write predictions for a gold file (its first ``limit`` records); how many. convention: one of
    :data:`CONVENTIONS`.

    Raises NotMeaningful for a task of :data:`NOT_YET`, and BenchError for an unknown task, a convention that is not of
    this task, or an unreadable file.
    """
    if task in NOT_YET:
        raise NotMeaningful(f"{task}: no predictions are written, as {NOT_YET[task]}")
    if task not in TASKS:
        raise BenchError(f"there is no task {task!r}; tasks: {', '.join(sorted(TASKS | NOT_YET))}")
    answer = TASKS[task] if convention is None else _by(convention, task)
    rows = read_gold(gold, limit)
    if task == "pages":
        rows = [row | {"folder": str(gold.parent)} for row in rows]
    return write_rows(out, answer(rows, pipeline or Pipeline()))


def _by(convention: str, task: str) -> Predict:
    of, answer = CONVENTIONS.get(convention, (None, TASKS[task]))
    if of != task:
        known = [name for name, (of, _) in CONVENTIONS.items() if of == task]
        raise BenchError(f"{task} has no convention {convention!r}; its conventions: {', '.join(known) or 'none'}")
    return answer
