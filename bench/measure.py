"""Figures of one set: predictions by the pipeline, scored by the shared scorer, and what it does not count itself."""

from __future__ import annotations

import functools
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from bench.claims import claims, mean
from bench.errors import BenchError
from bench.pipeline import Pipeline
from bench.shared import Figures, Row, read_gold, score, shared_folder, write_rows
from bench.tasks import predict

MOST_CONFUSED = 10
_OF_GOLD = frozenset({"P", "R", "F1"})


@dataclass(frozen=True, slots=True)
class GoldSet:
    """A gold file and the task it is for; ``views`` are headings with options of the scorer. convention: the rules by
    which it was coded, where they are not those of our claims (bench/tasks). heading: that of its row, by default its
    name."""

    name: str
    task: str
    views: Mapping[str, Sequence[str]] = field(default_factory=dict)
    convention: str | None = None
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One table of the results: heading → path of a figure, over gold files or folders of whole reports.

    coders: measured with each of these in place of the usual one. on_demand: only where it is asked for by name.
    """

    section: str
    title: str
    note: str
    columns: Mapping[str, str]
    sets: Sequence[GoldSet] = ()
    folders: Mapping[str, str] = field(default_factory=dict)
    coders: Sequence[str] = ()
    on_demand: bool = False


@functools.cache
def sections() -> dict[str, Section]:
    """The sections of bench/sets.yaml by name."""
    text = resources.files("bench").joinpath("sets.yaml").read_text(encoding="utf-8")
    entries: list[dict[str, Any]] = yaml.load(text, Loader=yaml.CSafeLoader)
    return {e["section"]: Section(**(e | {"sets": [GoldSet(**s) for s in e.get("sets", [])]})) for e in entries}


def convention_of(gold: Path, task: str) -> str | None:
    """The convention of the set that a gold file is named after; None where there is no such set, or it has none."""
    named = (s for section in sections().values() for s in section.sets if s.task == task)
    return next((s.convention for s in named if gold.name.partition(".")[0] == s.name and s.convention), None)


def measure(gold_set: GoldSet, pipeline: Pipeline, limit: int | None = None) -> Iterator[tuple[str, Figures]]:
    """The figures of a set for each of its views (of the set as a whole where it has none), under the view's heading.

    limit: only so many of its first records, which are then the gold too.
    """
    gold = shared_folder() / "bench" / "dev" / f"{gold_set.name}.jsonl"
    with tempfile.TemporaryDirectory() as temporary:
        out = Path(temporary, "predictions.jsonl")
        predict(gold_set.task, gold, out, limit=limit, pipeline=pipeline, convention=gold_set.convention)
        scored = gold
        if limit is not None:
            scored = Path(temporary, "gold.jsonl")
            write_rows(scored, read_gold(gold, limit))
        for heading, options in (gold_set.views or {gold_set.heading or gold_set.name: ()}).items():
            figures = score(gold_set.task, scored, out, options)
            if gold_set.task == "events":
                figures |= _of_events(read_gold(scored), read_gold(out))
            yield heading, figures


def measure_folder(folder: str, pipeline: Pipeline) -> Figures:
    """The mean figures of a folder of whole reports, its path relative to the shared data."""
    return mean(list(claims(shared_folder() / folder, pipeline=pipeline)))


def _of_events(gold: Sequence[Row], predictions: Sequence[Row]) -> Figures:
    found: dict[str, Sequence[Row]] = {p["id"]: p["events"] for p in predictions}
    disasters = [bool(found.get(g["id"])) for g in gold if g.get("no_event")]
    out: Figures = {"confusions": confusions(gold, found)}
    if disasters:
        out["false_on_disasters"] = sum(disasters) / len(disasters)
    return out


def confusions(gold: Sequence[Row], found: Mapping[str, Sequence[Row]]) -> dict[str, int]:
    """How texts with one gold event were coded where no type was acceptable: "gold → predicted", and how often.

    The predicted type is that of the first event, as in the scorer; "nothing" where there is none.
    """
    wrong: Counter[str] = Counter()
    for g in gold:
        typed = [x for x in g["gold"] if x.get("accept")]
        types = [e["event_type"] for e in found.get(g["id"], ())]
        if len(typed) == 1 and not set(types) & set(typed[0]["accept"]):
            wrong[f"{typed[0]['event_type']} → {types[0] if types else 'nothing'}"] += 1
    return dict(wrong.most_common(MOST_CONFUSED))


def figure(figures: Figures, path: str) -> float | None:
    """The number at a dotted path, None where the scorer gives none. Raises BenchError where it is no number.

    Precision and recall of something that the gold has none of are no figures: the scorer gives 0 for them.
    """
    value: Any = figures
    for key in path.split("."):
        if isinstance(value, dict) and key in _OF_GOLD and value.get("gold") == 0:
            return None
        value = value.get(key) if isinstance(value, dict) else None
    if value is not None and not isinstance(value, int | float):
        raise BenchError(f"{path} is no figure of the scorer but {type(value).__name__}")
    return value
