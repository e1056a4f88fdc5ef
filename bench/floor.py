"""Figures that may not fall: a quick part of the bench against bench/floor.json."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.errors import BenchError
from bench.measure import GoldSet, figure, measure, measure_folder, sections
from bench.pipeline import Pipeline
from bench.shared import Figures

FILE = Path(__file__).resolve().parent / "floor.json"
MARGIN = 0.005
"""How far below what was measured a recorded floor lies: room for another machine's arithmetic."""


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of a set, its floor and what was measured; None where the scorer gives no such figure."""

    heading: str
    path: str
    floor: float
    measured: float | None

    @property
    def fell(self) -> bool:
        """True where the figure is below its floor or missing."""
        return self.measured is None or self.measured < self.floor


def load(path: Path = FILE) -> dict[str, Any]:
    """Set → {"limit": records or None, "floor": {path: value}}. Raises BenchError for a file that is not so."""
    try:
        floors: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if not floors:
            raise ValueError("it names no set")
        for name, entry in floors.items():
            if not all(isinstance(value, int | float) for value in entry["floor"].values()):
                raise ValueError(f"a floor of {name!r} is not a number")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BenchError(f"the floor file {path} cannot be used: {type(error).__name__}: {error}") from error
    return floors


def measured(floors: Mapping[str, Any], pipeline: Pipeline) -> dict[str, Figures]:
    """The figures of every set of the floor file, by its heading: a folder, set or view of bench/sets.yaml."""
    out: dict[str, Figures] = {}
    folders = {name: path for section in sections().values() for name, path in section.folders.items()}
    sets = {s.heading or s.name: s for section in sections().values() for s in section.sets}
    for name, entry in floors.items():
        if name in folders:
            out[name] = measure_folder(folders[name], pipeline)
            continue
        gold_set = _set_of(name, sets)
        out[name] = dict(measure(gold_set, pipeline, entry.get("limit")))[name]
    return out


def _set_of(name: str, sets: Mapping[str, GoldSet]) -> GoldSet:
    for gold_set in sets.values():
        if name in gold_set.views:
            return GoldSet(gold_set.name, gold_set.task, {name: gold_set.views[name]})
        if name == (gold_set.heading or gold_set.name) and not gold_set.views:
            return gold_set
    raise BenchError(f"bench/floor.json names the set {name!r}, which bench/sets.yaml does not have")


def compare(floors: Mapping[str, Any], found: Mapping[str, Figures]) -> list[Line]:
    """Every figure of the floor file beside what was measured."""
    return [
        Line(name, path, floor, figure(found[name], path))
        for name, entry in floors.items()
        for path, floor in entry["floor"].items()
    ]


def raised(floors: Mapping[str, Any], found: Mapping[str, Figures]) -> dict[str, Any]:
    """The floors raised to just below what was measured; none is lowered."""
    out: dict[str, Any] = {}
    for name, entry in floors.items():
        values = {p: max(floor, _just_below(figure(found[name], p))) for p, floor in entry["floor"].items()}
        out[name] = entry | {"floor": values}
    return out


def _just_below(value: float | None) -> float:
    return math.floor((value - MARGIN) * 1000) / 1000 if value is not None else 0.0


def table(lines: list[Line]) -> Iterator[str]:
    """The lines as text, those that fell marked."""
    yield f"{'set':26} {'figure':36} {'floor':>7} {'measured':>9}"
    for x in lines:
        shown = f"{x.measured:.4f}" if x.measured is not None else "–"
        yield f"{x.heading:26} {x.path:36} {x.floor:>7.3f} {shown:>9}{'  FELL' if x.fell else ''}"
