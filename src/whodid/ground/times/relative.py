"""Readings that count from the report's day or from a date before: "last week", "two days ago", "a year earlier"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from whodid.ground.times import calendar, choose
from whodid.ground.times.calendar import DAY, Period
from whodid.ground.times.days import tense
from whodid.ground.times.expression import Reading, Scene, TimeExpression, of_period, unresolved
from whodid.ground.times.lexicon import number, ordinal, value
from whodid.records import Basis, Precision

_NAMES: Mapping[str, Precision] = MappingProxyType({"D": "day", "W": "week", "M": "month", "Q": "quarter", "Y": "year"})
_FINENESS: tuple[Precision, ...] = ("day", "week", "month", "quarter", "year")
_EMPTY = MappingProxyType(
    {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Q": "XXXX-QX", "Y": "XXXX", "E": "XXX", "C": "XX"}
)


def unit_of(word: str | None) -> str:
    """The TIMEX3 letter of a unit of time, "" for no unit."""
    if not word:
        return ""
    for symbol in ("UNIT", "UNITS"):
        try:
            found: str = value(symbol, word)
        except KeyError:
            continue
        return found
    return ""


def _anchor_day(scene: Scene, unit: str) -> tuple[dt.date | None, Basis]:
    """The day that "the following", "earlier" count from: that of the last expression as fine as the unit."""
    fine = _FINENESS[: _FINENESS.index(_NAMES[unit]) + 1] if unit in _NAMES else _FINENESS
    anchor: TimeExpression | None = scene.anchor(fine)
    return (anchor.first, anchor.basis) if anchor else (None, "published")


def this_unit(scene: Scene) -> Reading | None:
    """ "last week", "this year", "earlier this month", "the following day", "the same month"."""
    unit, which, part = unit_of(scene.word("unit")), scene.word("which") or "", scene.word("part")
    if (
        unit in ("H", "I", "F", "")
        or (unit == "D" and which in ("last", "current", "coming", "past"))
        or which == "past"
    ):
        return None
    anchored = (which == "next" and unit == "D") or which in ("following", "previous", "same", "that", "that same", "")
    if which == "" and unit == "D":
        return None
    if anchored:
        base, basis = _anchor_day(scene, unit)
        if which == "" and base is None:
            base = scene.published
    else:
        base, basis = scene.published, "published"
    if base is None:
        return unresolved(_EMPTY[unit])
    step = {"last": -1, "previous": -1, "this past": -1, "next": 1, "following": 1, "coming": 1, "this coming": 1}.get(
        which, 0
    )
    if which == "this past" and unit == "D":
        return None
    date = calendar.shift(unit, base, step)
    if date is None:
        return None
    return of_period(choose.part_of(calendar.unit_at(unit, date), part, scene.published), basis)


def weekend(scene: Scene) -> Reading | None:
    """ "the weekend", "last weekend"."""
    which = scene.word("which") or ""
    if scene.published is None:
        return unresolved("XXXX-WXX-WE")
    this = calendar.weekend(scene.published)
    if which == "last":
        return of_period(calendar.weekend(scene.published - 7 * DAY))
    if which == "next":
        return of_period(calendar.weekend(scene.published + 7 * DAY))
    if which in ("this coming", "the coming"):
        return of_period(this)
    way = -1 if "past" in which else tense(scene)
    return of_period(choose.weekend(scene.published, way))


def year_end(scene: Scene) -> Reading | None:
    """ "year-end"."""
    if scene.word("unit") != "year":
        return None
    if scene.published is None:
        return unresolved("XXXX")
    return of_period(choose.part_of(calendar.year(scene.published.year), "end", scene.published))


def last_of_month(scene: Scene) -> Reading | None:
    """ "the last week of March", "the first week of May 2019", "the last day of June"."""
    unit, month = unit_of(scene.word("unit")), value("MONTH", scene.word("month") or "")
    which = -1 if scene.word("which") == "last" else ordinal(scene.word("which") or "") or 0
    if unit not in ("D", "W") or which == 0 or which > (31 if unit == "D" else 4):
        return None
    basis: Basis = "text" if scene.word("year") else "published"
    if scene.word("year"):
        whole = calendar.month(int(scene.word("year") or 0), month)
    elif scene.published is not None:
        years = (scene.published.year - 1, scene.published.year, scene.published.year + 1)
        whole = choose.period([calendar.month(y, month) for y in years], scene.published, tense(scene))
    else:
        return unresolved(f"XXXX-{month:02}")
    days = 1 if unit == "D" else 7
    first = whole.last - DAY * (days - 1) if which < 0 else whole.first + DAY * days * (which - 1)
    last = first + DAY * (days - 1)
    name = calendar.day(first).value if unit == "D" else calendar.week(first + 3 * DAY).value
    return of_period(Period(first, last, name, "day" if unit == "D" else "range"), basis)


def latest_quarter(scene: Scene) -> Reading | None:
    """ "the quarter": the one that the text has named last, else the one before the report."""
    if scene.word("unit") != "quarter":
        return None
    anchor = scene.anchor(("quarter",))
    if anchor and anchor.first:
        return of_period(calendar.unit_at("Q", anchor.first), anchor.basis)
    if scene.published is None:
        return unresolved("XXXX-QX")
    return of_period(calendar.quarter(scene.published.year, (scene.published.month + 2) // 3 - 1))


def _back(scene: Scene, base: dt.date | None, unit: str, count: int | None, basis: Basis) -> Reading | None:
    """``count`` units from ``base``, as coarse as the unit; without a count or base the words stay open."""
    if unit in ("H", "I", "S"):
        return unresolved("PAST_REF" if (count or -1) < 0 else "FUTURE_REF")
    if base is None and count is not None:
        return unresolved(_EMPTY["W" if unit == "F" else unit])
    if count is None or base is None:
        return unresolved("PAST_REF")
    date = calendar.shift(unit, base, count)
    if date is None:  # beyond the calendar: "5000 years ago"
        return unresolved("PAST_REF")
    if unit in ("E", "C"):
        return Reading(
            "DATE", f"{date.year:04}", dt.date(date.year - 1, 1, 1), dt.date(date.year + 1, 12, 31), "range", basis
        )
    return of_period(calendar.unit_at("W" if unit == "F" else unit, date), basis)


def ago(scene: Scene) -> Reading | None:
    """ "two days ago", "a year ago", "several weeks ago", "the year-ago quarter"."""
    if scene.word("unit"):
        return _compared(scene, scene.published)
    count = number(scene.groups["count"])
    unit = next((u for t in reversed(scene.annotated.tokens[scene.first : scene.last]) if (u := unit_of(t.norm))), "")
    return _back(scene, scene.published, unit, None if count is None else -count, "published")


def earlier(scene: Scene) -> Reading | None:
    """ "two days earlier", "a year later", "the year-earlier quarter"."""
    if scene.word("unit"):
        return _compared(scene, scene.published)
    count = number(scene.groups["count"])
    unit = next((u for t in reversed(scene.annotated.tokens[scene.first : scene.last]) if (u := unit_of(t.norm))), "")
    sign = -1 if scene.word("way") == "earlier" else 1
    if not unit:
        return None
    base, basis = _anchor_day(scene, unit)
    if unit == "Y" and sign < 0 and count == 1 and scene.published:
        return _year_before(scene, scene.published)
    return _back(scene, base, unit, None if count is None else sign * count, basis)


def _year_before(scene: Scene, published: dt.date) -> Reading | None:
    """ "a year earlier": the quarter a year before the one that the text has come to, else the year before."""
    named = [e for e in scene.earlier if e.reading not in ("ago", "earlier", "neighbour")]
    scene = replace(scene, earlier=named)
    quarter, other = scene.anchor(("quarter",)), scene.anchor(("day", "week", "month", "year", "range"))
    if quarter and quarter.first and (other is None or other.start < quarter.start or other.precision == "day"):
        return of_period(calendar.quarter(quarter.first.year - 1, (quarter.first.month + 2) // 3), quarter.basis)
    if other and other.first and other.precision != "range":
        return of_period(calendar.year(other.first.year - 1), other.basis)
    return of_period(calendar.year(published.year - 1))


def _compared(scene: Scene, published: dt.date | None) -> Reading | None:
    """Business comparisons: the quarter (or year) a year before the one that the text has named last."""
    if scene.word("unit") != "year":
        return None
    if published is None:
        return unresolved("XXXX")
    which = ordinal(scene.word("ordinal") or "") if scene.word("ordinal") else None
    if scene.word("of") == "quarter" or which:
        anchor = scene.anchor(("quarter",))
        base = anchor.first if anchor and anchor.first else calendar.shift("Q", published, -1)
        if base is None:
            return None
        found = calendar.unit_at("Q", base)
        number_of_quarter = which or int(found.value[-1])
        return of_period(calendar.quarter(found.first.year - 1, number_of_quarter))
    return of_period(calendar.year(published.year - 1))


def neighbour(scene: Scene) -> Reading | None:
    """ "the day before", "the week after": from the date that the text has named last."""
    after = scene.near(1)
    if (
        after is not None
        and after.pos not in ("PUNCT", "CCONJ", "ADP", "SCONJ")
        and scene.word("way") in ("before", "after")
    ):
        return None  # before what? see beside_event
    unit = unit_of(scene.word("unit"))
    if unit not in _NAMES:
        return None
    base, basis = _anchor_day(scene, unit)
    if base is None:
        return unresolved(_EMPTY[unit])
    return _back(scene, base, unit, 1 if scene.word("way") == "after" else -1, basis)


def beside_event(scene: Scene) -> Reading | None:
    """ "the day before the vote": the days follow from the event's (see :mod:`whodid.ground.when`)."""
    unit = unit_of(scene.word("unit"))
    return unresolved(_EMPTY[unit]) if unit in _EMPTY else None
