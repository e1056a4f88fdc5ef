"""Events over time: how many in each bin, those whose time is wider than a bin as ranges, and the story of them."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from typing import Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict

from whodid.dataset.rows import event_of
from whodid.records import Status
from whodid.run.timeline import FORMATS, Timeline, story
from whodid.web.chosen import Chosen, choose
from whodid.web.filters import Asked
from whodid.web.snapshot import Snapshot
from whodid.web.views.facets import Unit, last_of, start_of, unit_for
from whodid.web.views.lines import EventLine, lines
from whodid.web.views.overview import Active, Choice, active_of

By = Literal["quad", "type"]

MOST_SLOTS = 90
MOST_RANGES = 200
MOST_UNDATED = 50
MOST_TOLD = 400
"""Events of which the story is made; of more, those that most independent reports tell."""
LINES = 20
PATH = "/timeline"


class _View(BaseModel):
    model_config = ConfigDict(frozen=True)


class Group(_View):
    """A row of the chart: a quad class or a type. count: its events with a day."""

    code: str
    quad: int
    count: int


class Pile(_View):
    """Events of one group and status in one slot."""

    group: str
    status: Status
    count: int


class Slot(_View):
    """A time, and the events that surely were in it, as far as their day is known. address: of the timeline of it."""

    first: dt.date
    last: dt.date
    address: str
    count: int
    piles: tuple[Pile, ...]


class Range(_View):
    """An event whose first and last possible day are in different slots. who: names of both sides."""

    id: str
    group: str
    type: str
    mode: str | None
    status: Status
    first: dt.date
    last: dt.date
    who: str


class Over(_View):
    """Events over time. unit: of a slot. first, last: days that are shown. dated, undated: events with and without a
    day. ranges: those that most independent reports tell; ranges_more: how many others there are. undated_lines: the
    first of the undated. wider: address of the time around, None where all of it is shown."""

    version: int
    asked: Asked
    address: str
    clear: str
    active: tuple[Active, ...]
    by: By
    bys: tuple[Choice, ...]
    unit: Unit
    first: dt.date | None
    last: dt.date | None
    wider: str | None
    total: int
    dated: int
    undated: int
    groups: tuple[Group, ...]
    slots: tuple[Slot, ...]
    ranges: tuple[Range, ...]
    ranges_more: int
    undated_lines: tuple[EventLine, ...]
    downloads: tuple[Choice, ...]

    def drawn(self) -> dict[str, Any]:
        """What the chart needs of it, as JSON."""
        return self.model_dump(mode="json", include={"unit", "by", "first", "last", "groups", "slots", "ranges"})


def over_time(data: Snapshot, asked: Asked, by: By = "quad") -> Over:
    """The events that fit a state over time. Raises UsageError for a condition that names what is not there."""
    kept: Over = data.kept.get_or(("over time", asked, by), lambda: _over_time(data, asked, by))
    return kept


def _over_time(data: Snapshot, asked: Asked, by: By) -> Over:
    chosen = choose(data, asked, view="events")
    group = "CAST(v.quad AS VARCHAR)" if by == "quad" else "v.type"
    columns = f"v.rowid AS row, {group} AS code, v.type, v.mode, v.quad, v.status, v.first_day, v.last_day"
    found = chosen.select(columns, np.flatnonzero(chosen.mask))
    days = {
        name: found[name].to_numpy(zero_copy_only=False).astype("datetime64[D]") for name in ("first_day", "last_day")
    }
    known = ~np.isnat(days["first_day"])
    first, last = _bounds(asked, days["first_day"][known], days["last_day"][known])
    unit = unit_for((last - first).days + 1, MOST_SLOTS) if first and last else "day"
    starts, ends = start_of(days["first_day"], unit), start_of(days["last_day"], unit)
    narrow, wide = known & (starts == ends), known & (starts != ends)
    table = {name: found[name].to_numpy(zero_copy_only=False) for name in ("row", "code", "quad", "status")}
    ranges, more = _ranges(chosen, found, table["row"][wide])
    undated = table["row"][~known]
    return Over(
        version=data.version,
        asked=asked,
        address=_address(asked, by),
        clear=_address(Asked(), by),
        active=tuple(active_of(asked, lambda state: _address(state, by))),
        by=by,
        bys=tuple(Choice(name=name, address=_address(asked, name), chosen=name == by) for name in ("quad", "type")),
        unit=unit,
        first=first,
        last=last,
        wider=_wider(asked, by),
        total=chosen.total,
        dated=int(known.sum()),
        undated=len(undated),
        groups=_groups(table["code"][known], table["quad"][known]),
        slots=tuple(_slots(asked, by, unit, starts[narrow], table["code"][narrow], table["status"][narrow])),
        ranges=ranges,
        ranges_more=more,
        undated_lines=lines(chosen, undated[:MOST_UNDATED]),  # type: ignore[arg-type]
        downloads=tuple(Choice(name=name, address=asked.address("/api/v1/story", format=name)) for name in FORMATS),
    )


def _address(asked: Asked, by: str) -> str:
    return asked.address(PATH, by=by if by != "quad" else None)


def _bounds(asked: Asked, firsts: Any, lasts: Any) -> tuple[dt.date | None, dt.date | None]:
    """The days that are shown: those that are asked for, else those that events have."""
    if not len(firsts):
        return asked.query.since, asked.query.until
    return asked.query.since or firsts.min().item(), asked.query.until or lasts.max().item()


def _wider(asked: Asked, by: By) -> str | None:
    """Three times as much time, with what is shown in its middle."""
    since, until = asked.query.since, asked.query.until
    if not since and not until:
        return None
    if not since or not until:
        return _address(asked.minus("since").minus("until"), by)
    days = (until - since) + dt.timedelta(days=1)
    if since - dt.date.min < days or dt.date.max - until < days:
        return _address(asked.minus("since").minus("until"), by)
    return _address(asked.plus("since", since - days).plus("until", until + days), by)


def _groups(codes: Any, quads: Any) -> tuple[Group, ...]:
    counts, quad_of = Counter(codes.tolist()), dict(zip(codes.tolist(), quads.tolist(), strict=True))
    return tuple(
        Group(code=code, quad=quad_of[code], count=counts[code])
        for code in sorted(counts, key=lambda code: (quad_of[code], code))
    )


def _slots(asked: Asked, by: By, unit: Unit, starts: Any, codes: Any, statuses: Any) -> list[Slot]:
    counted = Counter(zip(starts.tolist(), codes.tolist(), statuses.tolist(), strict=True))
    piles: dict[dt.date, list[Pile]] = defaultdict(list)
    for (start, code, status), count in sorted(counted.items()):
        piles[start].append(Pile(group=code, status=status, count=count))
    return [
        Slot(
            first=first, last=(last := last_of(first, unit)), count=sum(pile.count for pile in of), piles=tuple(of),
            address=_address(asked.plus("since", first).plus("until", last), by),
        )
        for first, of in sorted(piles.items())
    ]  # fmt: skip


def _ranges(chosen: Chosen, found: Any, rows: Any) -> tuple[tuple[Range, ...], int]:
    by_reports = rows[np.argsort(-chosen.data.rows["events"].independent[rows], kind="stable")][:MOST_RANGES]
    shown = np.sort(by_reports)
    codes = dict(zip(found["row"].to_pylist(), found["code"].to_pylist(), strict=True))
    named = chosen.select(
        "v.rowid AS row, v.id, v.type, v.mode, v.status, v.first_day AS first, v.last_day AS last, "
        "concat_ws(' → ', nullif(array_to_string(v.actors, ', '), ''), "
        "nullif(array_to_string(v.recipients, ', '), '')) AS who",
        shown,
    ).to_pylist()
    return tuple(Range(group=codes[row.pop("row")], **row) for row in named), len(rows) - len(shown)


def story_of(data: Snapshot, asked: Asked, lines: int = LINES) -> Timeline:
    """The story that the events of a state tell; by default of those that happened. Raises UsageError for a condition
    that names what is not there."""
    kept: Timeline = data.kept.get_or(("story", asked, lines), lambda: _story_of(data, asked, lines))
    return kept


def _story_of(data: Snapshot, asked: Asked, lines: int) -> Timeline:
    wanted = asked.plus("order", "reports")
    if not asked.query.status:
        wanted = wanted.plus("status", "happened")
    chosen = choose(data, wanted, view="events")
    events = [event_of(row) for row in chosen.records(chosen.rows[:MOST_TOLD])]
    title = " · ".join(value.removeprefix("=") for _, value in asked.active()) or data.name
    return story(data, events, lines=lines, title=title, over=chosen.total - len(events))
