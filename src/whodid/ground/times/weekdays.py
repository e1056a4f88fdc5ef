"""Readings of days by the week or the clock of the writer: Sunday, yesterday evening, tonight, that morning."""

from __future__ import annotations

from whodid.ground.times import calendar, choose
from whodid.ground.times.calendar import DAY
from whodid.ground.times.days import tense
from whodid.ground.times.expression import Reading, Scene, of_period, unresolved
from whodid.ground.times.lexicon import value
from whodid.records import Basis

_PUBLISHED: Basis = "published"


def with_daypart(reading: Reading, word: str | None) -> Reading:
    """ "Sunday night": the day, with the part of the day in the value."""
    if word is None or reading.first is None:
        return reading
    code = value("DAYPART", word)
    return reading.with_value(f"{reading.first.isoformat()}T{code}")


def weekday(scene: Scene) -> Reading | None:
    """ "Sunday", "last Friday", "Monday night", "Tuesday last week"."""
    number_of_day: int = value("WEEKDAY", scene.word("weekday") or "")
    daypart = scene.word("daypart")
    if daypart and daypart.endswith("s"):
        code = value("DAYPART", daypart)
        return Reading("SET", f"XXXX-WXX-{number_of_day}T{code}")
    which, way = scene.word("which") or "", tense(scene)
    base = scene.published
    if which == "that":
        anchor = scene.anchor(("day", "week", "range"))
        base = anchor.first if anchor else None
    if base is None:
        return unresolved(
            f"XXXX-WXX-{number_of_day}" + (f"T{value('DAYPART', daypart)}" if daypart else ""),
            "TIME" if daypart else "DATE",
        )
    if week := scene.word("week"):
        if not week.endswith("week"):
            return None
        monday = calendar.week(base).first + 7 * DAY * (-1 if "last" in week else 1 if "next" in week else 0)
        date = monday + DAY * (number_of_day - 1)
    elif which == "last":
        date = choose.weekday(number_of_day, base - DAY, -1)
    elif which == "next":
        date = calendar.week(base + 7 * DAY).first + DAY * (number_of_day - 1)
    elif which == "this":
        date = calendar.week(base).first + DAY * (number_of_day - 1)
    elif which in ("this coming", "coming"):
        date = choose.weekday(number_of_day, base + DAY, 1)
    else:
        date = choose.weekday(number_of_day, base, way)
    return with_daypart(of_period(calendar.day(date)), daypart)


def deictic(scene: Scene) -> Reading | None:
    """ "today", "yesterday evening", "late tomorrow"."""
    off: int = value("DEICTIC", scene.word("day") or "")
    if scene.published is None:
        return unresolved("XXXX-XX-XX")
    return with_daypart(of_period(calendar.day(scene.published + DAY * off)), scene.word("daypart"))


def two_days_off(scene: Scene) -> Reading | None:
    """ "the day before yesterday"."""
    if scene.published is None:
        return unresolved("XXXX-XX-XX")
    off = value("DEICTIC", scene.word("day") or "") + (-1 if scene.word("way") == "before" else 1)
    return of_period(calendar.day(scene.published + DAY * off))


def night(scene: Scene) -> Reading | None:
    """ "tonight", "last night"."""
    back = scene.word("which") == "last"
    word = "night" if not back else scene.annotated.tokens[scene.last - 1].norm
    if scene.published is None:
        return unresolved("XXXX-XX-XXT" + value("DAYPART", word), "TIME")
    return with_daypart(of_period(calendar.day(scene.published - DAY * back)), word)


def overnight(scene: Scene) -> Reading | None:
    """ "overnight": from the evening before to the report's day."""
    if scene.published is None:
        return unresolved("XXXX-XX-XXTNI", "TIME")
    first = scene.published - DAY
    return Reading("TIME", f"{scene.published}TNI", first, scene.published, "range")


def this_daypart(scene: Scene) -> Reading | None:
    """ "this morning", "that night"."""
    base, basis = scene.published, _PUBLISHED
    if scene.word("which") != "this":
        anchor = scene.anchor()
        base, basis = (anchor.first, anchor.basis) if anchor else (None, basis)
    word = scene.word("daypart") or ""
    if base is None:
        return unresolved("XXXX-XX-XXT" + value("DAYPART", word), "TIME")
    return with_daypart(of_period(calendar.day(base), basis), word)


def anchored_daypart(scene: Scene) -> Reading | None:
    """ "in the morning", of the day that the text has come to."""
    word = scene.word("daypart") or ""
    anchor = scene.anchor()
    if anchor and anchor.first:
        return with_daypart(of_period(calendar.day(anchor.first), anchor.basis), word)
    return unresolved("XXXX-XX-XXT" + value("DAYPART", word), "TIME")
