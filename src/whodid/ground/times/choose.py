"""Which January, which Sunday: the choice that a report's day and the tense make."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from whodid.ground.times import calendar
from whodid.ground.times.calendar import DAY, Period
from whodid.ground.times.tense import Direction

_LONG, _SHORT = 330, 35
"""Days. A past date most of a year back whose twin lies within a month ahead is the twin, whatever the tense says."""


_MONTHS_FROM, _YEARS_FROM = 80, 700
"""Days. What lasts longer is cut between months, or between years."""


def period(candidates: Sequence[Period], published: dt.date, way: Direction) -> Period:
    """The candidate that a text of ``published`` means; ``candidates`` are in order and lie on both sides of it."""
    back = [p for p in candidates if p.first <= published]
    ahead = [p for p in candidates if p.last >= published]
    if not back or not ahead:
        return (back or ahead)[-1 if back else 0]
    if back[-1] == ahead[0]:
        return back[-1]
    gone, to_come = (published - back[-1].last).days, (ahead[0].first - published).days
    if way in (0, 1):  # an infinitive says too little of a date far away
        return back[-1] if gone <= to_come else ahead[0]
    if way < 0:
        return ahead[0] if gone > _LONG and to_come < _SHORT else back[-1]
    return back[-1] if to_come > _LONG and gone < _SHORT else ahead[0]


def weekday(number: int, published: dt.date, way: Direction) -> dt.date:
    """Monday (1) to Sunday (7) nearest to ``published`` in the direction of the tense; that very day where it fits."""
    back = (published.isoweekday() - number) % 7
    return published + DAY * ((7 - back) % 7) if way > 0 else published - DAY * back


def weekend(published: dt.date, way: Direction) -> Period:
    """The weekend that has begun last, or for what is to come the next."""
    this = calendar.weekend(published)
    if way > 0 or this.first <= published:
        return this
    return calendar.weekend(published - 7 * DAY)


def part_of(whole: Period, part: str | None, published: dt.date | None) -> Period:
    """``whole`` cut as "early", "late", "mid", "earlier", "later" say.

    Early and late are halves, mid is the middle half (of a year whole months, of a decade or century whole years),
    earlier and later end or begin with the report's day. The value stays that of the whole, as TIMEX3 has it. Days and
    unknown parts are not cut.
    """
    if part is None or whole.precision == "day":
        return whole
    first, last = whole.first, whole.last
    if part in ("early", "beginning", "start"):
        last = _step(whole, 2) - DAY
    elif part in ("late", "end", "close"):
        first = _step(whole, 2)
    elif part in ("mid", "middle"):
        first, last = _step(whole, 1), _step(whole, 3, up=True) - DAY
    elif part == "earlier" and published and first <= published <= last:
        last = published
    elif part == "later" and published and first <= published <= last:
        first = published
    else:
        return whole
    return Period(first, last, whole.value, "range")


def _step(whole: Period, quarters: int, *, up: bool = False) -> dt.date:
    """The day on which so many quarters of ``whole`` are over, moved to the cut before it (or behind it, ``up``)."""
    days = (whole.last - whole.first).days + 1
    if days >= _MONTHS_FROM:
        months = round(days / 30.44) * quarters // 4
        if days >= _YEARS_FROM and months % 12:
            months += 12 * up - months % 12
        return calendar.month(whole.first.year, whole.first.month + months).first
    return whole.first + DAY * (days * quarters // 4)
