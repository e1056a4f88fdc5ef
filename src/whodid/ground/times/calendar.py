"""Arithmetic of days: weeks, months, quarters, seasons, holidays, and how TIMEX3 writes them.

A week runs from Monday to Sunday and is numbered as ISO 8601 does.
"""

from __future__ import annotations

import calendar as gregorian
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from whodid.ground.times.lexicon import data
from whodid.records import Precision

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Some days in a row, inclusive, and their TIMEX3 value."""

    first: dt.date
    last: dt.date
    value: str
    precision: Precision


def day(date: dt.date) -> Period:
    """One day."""
    return Period(date, date, date.isoformat(), "day")


def day_or_none(year: int, month: int, number: int) -> dt.date | None:
    """The date, None where there is none such (30 February)."""
    try:
        return dt.date(year, month, number)
    except ValueError:
        return None


def week(date: dt.date) -> Period:
    """The week that ``date`` is in."""
    monday = date - DAY * date.weekday()
    year, number, _ = date.isocalendar()
    return Period(monday, monday + 6 * DAY, f"{year:04}-W{number:02}", "week")


def weekend(date: dt.date) -> Period:
    """Saturday and Sunday of the week that ``date`` is in."""
    whole = week(date)
    return Period(whole.first + 5 * DAY, whole.last, f"{whole.value}-WE", "range")


def month(year: int, number: int) -> Period:
    """A month; ``number`` may run over the year's ends (0 is the December before)."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    last = gregorian.monthrange(year, number)[1]
    return Period(dt.date(year, number, 1), dt.date(year, number, last), f"{year:04}-{number:02}", "month")


def quarter(year: int, number: int) -> Period:
    """A quarter of a calendar year; ``number`` may run over the year's ends."""
    year, number = year + (number - 1) // 4, (number - 1) % 4 + 1
    last = month(year, 3 * number).last
    return Period(dt.date(year, 3 * number - 2, 1), last, f"{year:04}-Q{number}", "quarter")


def half(year: int, number: int) -> Period:
    """The first or second half of a year."""
    return Period(month(year, 6 * number - 5).first, month(year, 6 * number).last, f"{year:04}-H{number}", "range")


def year(number: int) -> Period:
    """A calendar year."""
    return Period(dt.date(number, 1, 1), dt.date(number, 12, 31), f"{number:04}", "year")


def decade(start: int) -> Period:
    """Ten years from ``start``, a number that ends in 0."""
    return Period(dt.date(start, 1, 1), dt.date(start + 9, 12, 31), f"{start // 10:03}", "range")


def century(number: int) -> Period:
    """The ``number``-th century, counted as people do: the 20th is 1900 to 1999."""
    start = max(100 * (number - 1), 1)
    return Period(dt.date(start, 1, 1), dt.date(100 * number - 1, 12, 31), f"{number - 1:02}", "range")


def season(year_number: int, code: str) -> Period:
    """A northern season, whole months; ``code`` is SP, SU, FA or WI (winter runs into the next year)."""
    first, last = data("words")["seasons"][code]
    end = month(year_number + (last < first), last).last
    return Period(dt.date(year_number, first, 1), end, f"{year_number:04}-{code}", "range")


def unit_at(unit: str, date: dt.date) -> Period:
    """The day, week, month… (TIMEX3 letter; E a decade, C a century) that ``date`` is in."""
    simple = {
        "D": lambda: day(date),
        "W": lambda: week(date),
        "M": lambda: month(date.year, date.month),
        "Q": lambda: quarter(date.year, (date.month + 2) // 3),
        "Y": lambda: year(date.year),
        "E": lambda: decade(date.year // 10 * 10),
        "C": lambda: century(date.year // 100 + 1),
    }
    return simple[unit]()


def shift(unit: str, date: dt.date, count: int) -> dt.date | None:
    """``date`` moved by ``count`` units; the day is cut where a month is shorter. None beyond the calendar."""
    try:
        if unit in ("D", "W", "F"):
            return date + DAY * count * {"D": 1, "W": 7, "F": 14}[unit]
        months = count * {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}[unit]
        target = month(date.year, date.month + months)
        return target.first.replace(day=min(date.day, target.last.day))
    except (OverflowError, ValueError):
        return None


def holiday(name: str, year_number: int) -> dt.date:
    """The day of a holiday that ``words.yaml`` lists."""
    rule: Mapping[str, int] = data("words")["holidays"][name]
    if "easter" in rule:
        return _easter(year_number) + DAY * rule["easter"]
    if "day" in rule:
        return dt.date(year_number, rule["month"], rule["day"])
    whole = month(year_number, rule["month"])
    if rule["nth"] > 0:
        ahead = (rule["weekday"] - whole.first.isoweekday()) % 7
        return whole.first + DAY * (ahead + 7 * (rule["nth"] - 1))
    return whole.last - DAY * ((whole.last.isoweekday() - rule["weekday"]) % 7)


def _easter(year_number: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm of *Nature*, 20 April 1876)."""
    a, b, c = year_number % 19, year_number // 100, year_number % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month_number, day_index = divmod(h + k - 7 * m + 114, 31)
    return dt.date(year_number, month_number, day_index + 1)
