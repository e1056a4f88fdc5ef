"""How many there are of each value, under the conditions that a state has on everything else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict

from whodid.web.chosen import Chosen, choose
from whodid.web.filters import Asked
from whodid.web.rows import EXACT, LISTED
from whodid.web.snapshot import Snapshot

Unit = Literal["day", "week", "month", "year", "decade"]

LEAST: dict[str, tuple[float, ...]] = {
    "min_reports": (1, 2, 3, 5, 10, 20),
    "min_score": (0.5, 0.6, 0.7, 0.8, 0.9),
}
"""Facets that say "at least", and the steps that are offered."""

SHOWN = 10
"""Values of a facet that are listed unless more are asked for."""

_MOST_BINS = 60
_UNITS: tuple[tuple[Unit, float], ...] = (("day", 1), ("week", 7), ("month", 30.4), ("year", 365.2))


class _View(BaseModel):
    model_config = ConfigDict(frozen=True)


class FacetValue(_View):
    """A value of a facet. value: as the address has it. chosen: whether it is among the conditions. address: of the
    state with the value taken out where it is chosen, else put in."""

    value: str
    label: str
    count: int
    chosen: bool
    address: str


class Facet(_View):
    """A facet. name: of the condition. least: its values say "at least". values: the commonest, and those that are
    chosen. more: how many others there are."""

    name: str
    least: bool
    values: tuple[FacetValue, ...]
    more: int


class Bin(_View):
    """A time and how many begin in it."""

    first: dt.date
    last: dt.date
    count: int
    address: str


class Histogram(_View):
    """When: by first possible day, whatever time is asked for. undated: how many have no day."""

    unit: Unit
    bins: tuple[Bin, ...]
    undated: int


class Facets(_View):
    """All facets of a state, and how many fit it."""

    total: int
    facets: tuple[Facet, ...]
    days: Histogram


def counted(data: Snapshot, asked: Asked, *, top: int = SHOWN, only: str | None = None) -> Facets:
    """The facets of a state, kept for who asks again: the page and programs have the same ones. Raises UsageError."""
    found: Facets = data.kept.get_or(
        ("facets", asked, top, only), lambda: facets_of(choose(data, asked), top=top, only=only)
    )
    return found


def facets_of(chosen: Chosen, *, top: int = SHOWN, only: str | None = None) -> Facets:
    """The facets of what was chosen, or one of them. top: values that are listed of each."""
    names = [name for name in (*LISTED, *LEAST) if only in {None, name}]
    made = [_least(chosen, name) if name in LEAST else _listed(chosen, name, top) for name in names]
    return Facets(total=chosen.total, facets=tuple(made), days=_days(chosen))


def _listed(chosen: Chosen, name: str, top: int) -> Facet:
    asked = chosen.asked
    values = chosen.data.rows[chosen.view].values[name]
    counts = values.counts(chosen.without(name))
    mark = "=" if name in EXACT else ""
    given = {str(value) for value in getattr(asked.query, name)}
    common = np.argsort(-counts, kind="stable")[:top]
    shown = {mark + values.labels[i]: int(counts[i]) for i in common if counts[i]}
    for value in sorted(given):  # one that is chosen stays to be seen, so that it can be taken out
        shown.setdefault(value, chosen.count_with(name, value))
    return Facet(
        name=name,
        least=False,
        values=tuple(
            FacetValue(
                value=value, label=value.removeprefix(mark), count=count, chosen=value in given,
                address=(asked.minus(name, value) if value in given else asked.plus(name, value)).address(),
            )
            for value, count in shown.items()
        ),
        more=max(int((counts > 0).sum()) - len(shown), 0),
    )  # fmt: skip


def _least(chosen: Chosen, name: str) -> Facet:
    asked = chosen.asked
    rows = chosen.data.rows[chosen.view]
    numbers: npt.NDArray[Any] = rows.independent if name == "min_reports" else rows.scores
    found = numbers[chosen.without(name)]
    given = getattr(asked.query, name)
    steps = sorted({*LEAST[name], *([given] if given is not None else [])})
    values = []
    for step in steps:
        count = int((found >= step).sum())
        if count or step == given:
            toggled = asked.minus(name) if step == given else asked.plus(name, step)
            values.append(FacetValue(value=f"{step:g}", label=f"{step:g}", count=count, chosen=step == given,
                                     address=toggled.address()))  # fmt: skip
    return Facet(name=name, least=True, values=tuple(values), more=0)


# ---------------------------------------------------------------- days


def _days(chosen: Chosen) -> Histogram:
    rows = chosen.data.rows[chosen.view]
    found = rows.first_days[chosen.without("since", "until", "within")]
    dated = found[~np.isnat(found)]
    if not len(dated):
        return Histogram(unit="day", bins=(), undated=len(found))
    days = (dated.max() - dated.min()).astype(int) + 1
    unit = unit_for(days, _MOST_BINS)
    starts, counts = np.unique(start_of(dated, unit), return_counts=True)
    bins = [_bin(chosen.asked, first, unit, int(n)) for first, n in zip(starts.tolist(), counts, strict=True)]
    return Histogram(unit=unit, bins=tuple(bins), undated=len(found) - len(dated))


def unit_for(days: int, most: int) -> Unit:
    """The shortest unit of which at most ``most`` make up so many days."""
    return next((unit for unit, length in _UNITS if days / length <= most), "decade")


def start_of(days: npt.NDArray[np.datetime64], unit: Unit) -> npt.NDArray[np.datetime64]:
    """The first day of the time in which each day is; weeks begin on Monday."""
    if unit == "day":
        return days
    if unit == "week":
        since = days.astype(np.int64)
        return (since - (since + 3) % 7).astype("datetime64[D]")  # the first day of all is a Thursday
    if unit == "month":
        return days.astype("datetime64[M]").astype("datetime64[D]")
    years = days.astype("datetime64[Y]").astype(np.int64)  # from 1970, which begins a decade
    if unit == "decade":
        years -= years % 10
    return years.astype("datetime64[Y]").astype("datetime64[D]")


def _bin(asked: Asked, first: dt.date, unit: Unit, count: int) -> Bin:
    last = last_of(first, unit)
    address = asked.plus("since", first).plus("until", last).address()
    return Bin(first=first, last=last, count=count, address=address)


def last_of(first: dt.date, unit: Unit) -> dt.date:
    """The last day of the time that begins with a day."""
    if unit == "day":
        return first
    if unit == "week":
        return first + dt.timedelta(days=6)
    if unit == "month":
        return (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
    return dt.date(first.year + (0 if unit == "year" else 9), 12, 31)


def offered() -> Iterator[str]:
    """The names of all facets."""
    yield from LISTED
    yield from LEAST
