"""Readings of days: dates, weekdays, yesterday, holidays. Each takes a scene and gives a Reading, or None to refuse."""

from __future__ import annotations

import datetime as dt
import re

from whodid.ground.times import calendar, choose
from whodid.ground.times.calendar import DAY, Period
from whodid.ground.times.expression import Reading, Scene, of_period, unresolved
from whodid.ground.times.lexicon import data, number, ordinal, value
from whodid.ground.times.tense import Direction, direction
from whodid.records import Basis, Token

_PUBLISHED: Basis = "published"


def tense(scene: Scene) -> Direction:
    """Which way the clause around the words looks."""
    return direction(scene.annotated, scene.first, scene.last)


def years_around(published: dt.date) -> tuple[int, int, int]:
    """Last year, this and the next."""
    return published.year - 1, published.year, published.year + 1


def day_number(tokens: tuple[Token, ...]) -> int | None:
    """The day of the month that "5", "5th", "fifth" or "twenty-first" names."""
    last = tokens[-1].norm
    if last.isdigit():
        found: int | None = int(last)
    else:
        found = ordinal(last)
        if found is not None and len(tokens) > 1:
            found += number(tokens[:-1]) or 0
    return found if found and 1 <= found <= 31 else None


def near_year(scene: Scene, words: str | None) -> int | None:
    """The year that "last year", "this year", "the same year" names; None for another unit or if it is not known."""
    if words is None or not words.endswith("year"):
        return None
    anchor = scene.anchor(("day", "week", "month", "quarter", "year")) if "same" in words or "that" in words else None
    base = anchor.first if anchor else scene.published
    if base is None:
        return None
    return base.year + (-1 if "last" in words else 1 if "next" in words else 0)


def calendar_date(scene: Scene) -> Reading | None:
    """ "January 5", "5 January 2020", "last July", "early March 2019", "July last year"."""
    month = value("MONTH", scene.word("month") or "")
    if scene.groups.get("day"):
        return _day_of_month(scene, month)
    part = scene.word("part") or _edge(scene)
    year = _year(scene)
    if year is not None:
        basis: Basis = "text" if scene.word("year") else "published"
        return of_period(choose.part_of(calendar.month(year, month), part, scene.published), basis)
    if scene.published is None:
        return unresolved(f"XXXX-{month:02}")
    near = scene.word("near") or ""
    if _is_name(scene):
        return None
    months = [calendar.month(y, month) for y in years_around(scene.published)]
    if near.startswith("last") or near == "this past":
        months = [m for m in months if m.last < scene.published]
        found = months[-1]
    elif near.startswith("next") or near == "this coming":
        found = next(m for m in months if m.first > scene.published)
    elif near == "this":
        found = months[1]
    else:
        found = choose.period(months, scene.published, tense(scene))
    return of_period(choose.part_of(found, part, scene.published))


def _is_name(scene: Scene) -> bool:
    """A month that is part of a name: "April Smith", "Black September"."""
    token = scene.groups["month"][0]
    if len(token.norm) <= 4 and token.norm not in ("may", "june", "july") and not token.norm.endswith("."):
        return True
    entity = scene.annotated.entity_of.get(token.i)
    return (
        entity is not None
        and entity.label in ("PERSON", "ORG", "FAC", "WORK_OF_ART", "PRODUCT")
        and entity.last - entity.first > 1
    )


def _edge(scene: Scene) -> str | None:
    """ "the end of January": the first word that is no article."""
    first = scene.annotated.tokens[scene.first]
    word = scene.annotated.tokens[scene.first + 1].norm if first.norm == "the" else first.norm
    return word if word in ("beginning", "start", "end", "close", "middle", "mid", "early", "late") else None


def _year(scene: Scene) -> int | None:
    if word := scene.word("year"):
        return int(word)
    return near_year(scene, scene.word("near"))


def _day_of_month(scene: Scene, month: int) -> Reading | None:
    tokens = scene.groups["day"]
    day = day_number(tokens)
    if day is None or _counts_something(scene, tokens[-1]):
        return None
    year = _year(scene)
    if year is None:
        year = _eponymous_year(scene, month, day)
    if year is not None:
        date = calendar.day_or_none(year, month, day)
        basis: Basis = "published" if scene.word("near") else "text"
        return of_period(calendar.day(date), basis) if date else None
    if scene.published is None:
        return unresolved(f"XXXX-{month:02}-{day:02}")
    dates = [calendar.day_or_none(y, month, day) for y in years_around(scene.published)]
    days = [calendar.day(d) for d in dates if d]
    if not days:
        return None
    near = scene.word("near")
    if near == "last":
        return of_period([d for d in days if d.last < scene.published][-1])
    return of_period(choose.period(days, scene.published, tense(scene)))


def _counts_something(scene: Scene, token: Token) -> bool:
    """ "in March 20 people were killed": the number belongs to a noun behind it."""
    head = scene.annotated.tokens[token.head]
    return token.dep == "nummod" and head.i >= scene.last and head.tag == "NNS" and head.i - token.i <= 2


def _eponymous_year(scene: Scene, month: int, day: int) -> int | None:
    after = scene.near(1)
    for known in data("words")["eponymous"]:
        if (known["month"], known["day"]) == (month, day) and after and after.norm in known["followed_by"]:
            return int(known["year"])
    return None


def calendar_days(scene: Scene) -> Reading | None:
    """ "January 5-8", "5 to 8 January 2020"."""
    month = value("MONTH", scene.word("month") or "")
    if both := scene.word("both"):
        first, last = (int(n) for n in re.split("[-–]", both))
    else:
        a, b = day_number(scene.groups["day"]), day_number(scene.groups["until"])
        if a is None or b is None or _counts_something(scene, scene.groups["until"][-1]):
            return None
        first, last = a, b
    if last <= first:
        return None
    word = scene.word("year")
    years = (int(word),) if word else years_around(scene.published) if scene.published else ()
    spans = []
    for year in years:
        start, end = calendar.day_or_none(year, month, first), calendar.day_or_none(year, month, last)
        if start and end:
            spans.append(Period(start, end, f"{start}/{end}", "range"))
    if not spans:
        return None
    if word or scene.published is None:
        return of_period(spans[0], "text")
    return of_period(choose.period(spans, scene.published, tense(scene)))


def abbreviated_day(scene: Scene) -> Reading | None:
    """ "Jan.5" in one token."""
    name, _, digits = (scene.word("token") or "").partition(".")
    month = value("MONTH", f"{name}.")
    years = (
        [int(scene.word("year") or 0)]
        if scene.word("year")
        else years_around(scene.published)
        if scene.published
        else []
    )
    days = [calendar.day(d) for y in years if (d := calendar.day_or_none(y, month, int(digits)))]
    if not days:
        return None
    if len(years) == 1 or scene.published is None:
        return of_period(days[0], "text")
    return of_period(choose.period(days, scene.published, tense(scene)))


def iso_day(scene: Scene) -> Reading | None:
    """ "2020-01-05"."""
    day = (scene.word("day") or "").partition("t")[0]
    date = calendar.day_or_none(int(scene.word("year") or 0), int(scene.word("month") or 0), int(day))
    return of_period(calendar.day(date), "text") if date else None


def slash_day(scene: Scene) -> Reading | None:
    """ "25/1/2020", "2020/1/25"; days stay open where day and month could be changed over ("5/1/2020")."""
    parts = [int(n) for n in re.split("[/.]", scene.word("token") or "")]
    if parts[0] > 31:
        year, orders = parts[0], {(parts[1], parts[2])}
    else:
        year = parts[2] if parts[2] >= 100 else 1900 + parts[2] + (100 if parts[2] < 70 else 0)
        orders = {(parts[0], parts[1]), (parts[1], parts[0])}
        if "." in (scene.word("token") or ""):
            orders = {(parts[1], parts[0])}  # with dots the day stands first
    dates = [d for month, day in orders if (d := calendar.day_or_none(year, month, day))]
    if not dates:
        return None
    return of_period(calendar.day(dates[0]), "text") if len(dates) == 1 else unresolved(f"{year:04}-XX-XX")


def named_day(scene: Scene) -> Reading | None:
    """ "9/11"."""
    known = data("words")["eponymous"][0]
    return of_period(calendar.day(dt.date(known["year"], known["month"], known["day"])), "text")


def holiday(scene: Scene) -> Reading | None:
    """ "Christmas Eve", "last Thanksgiving", "Labor Day 2019"."""
    name = scene.word("name") or ""
    following = scene.annotated.tokens[scene.last - 1].norm
    rule = data("words")["holidays"][name]
    if scene.last - scene.first == 1 and not rule.get("alone"):
        return None
    off = DAY * (-1 if scene.word("eve") else 0)
    if scene.word("year"):
        return of_period(calendar.day(calendar.holiday(name, int(scene.word("year") or 0)) + off), "text")
    if scene.published is None:
        return unresolved("XXXX-XX-XX")
    days = [calendar.day(calendar.holiday(name, y) + off) for y in years_around(scene.published)]
    near = scene.word("near")
    if near == "last":
        days = [d for d in days if d.last < scene.published]
        found = days[-1]
    else:
        found = choose.period(days, scene.published, 1 if near == "next" else tense(scene))
    return of_period(calendar.week(found.first)) if following == "week" else of_period(found)


def new_year(scene: Scene) -> Reading | None:
    """ "New Year's Day", "New Year's Eve"."""
    if scene.word("unit") not in (None, "day") or scene.annotated.tokens[scene.first + 1].norm != "year":
        return None
    off = DAY * (-1 if scene.word("eve") else 0)
    if scene.word("year"):
        year = int(scene.word("year") or 0)
        return of_period(calendar.day(dt.date(year, 12, 31) if off else dt.date(year, 1, 1)), "text")
    if scene.published is None:
        return unresolved("XXXX-12-31" if off else "XXXX-01-01")
    days = [calendar.day(dt.date(y, 1, 1) + off) for y in years_around(scene.published)]
    return of_period(choose.period(days, scene.published, tense(scene)))
