"""Readings of lengths of time, repeated times and times of the clock."""

from __future__ import annotations

import datetime as dt
import re

from whodid.ground.times import calendar
from whodid.ground.times.expression import Reading, Scene, unresolved
from whodid.ground.times.lexicon import data, number, value
from whodid.ground.times.relative import unit_of

_SMALL = {"H": "H", "I": "M"}


def written(count: int | None, unit: str) -> str:
    """A TIMEX3 period: "P3D", "PT2H", "PXW" where the number is not said."""
    amount = "X" if count is None else str(count)
    if unit in _SMALL:
        return f"PT{amount}{_SMALL[unit]}"
    if unit == "F":
        return f"P{'X' if count is None else 2 * count}W"
    if unit == "E":
        return "PXE" if count is None else f"P{10 * count}Y"
    if unit == "C":
        return "PXC" if count is None else f"P{100 * count}Y"
    return f"P{amount}{unit}"


def recent_length(scene: Scene) -> Reading | None:
    """ "the past two weeks", "recent years", "the next few months": it ends or begins on the report's day."""
    way, unit = scene.word("way") or "", unit_of(scene.word("units"))
    counted = "count" in scene.groups and bool(scene.groups["count"])
    count = number(scene.groups["count"]) if counted else None
    singular = scene.word("units") in data("words")["values"]["UNIT"]
    if singular and not counted:
        if way not in ("past", "last", "next", "following", "coming", "previous") or unit == "D":
            return None
        count = 1
    if singular and counted and count != 1:
        return None
    text = written(count, unit)
    if scene.published is None or count is None or way in ("following", "previous", "recent", "latest", "future"):
        return unresolved(text, "DURATION")
    back = way in ("last", "past")
    edge = scene.published if unit in _SMALL else calendar.shift(unit, scene.published, -count if back else count)
    if edge is None:
        return unresolved(text, "DURATION")
    first, last = sorted((edge, scene.published))
    return Reading("DURATION", text, first, last, "range")


def recent_days(scene: Scene) -> Reading | None:
    """ "these days"."""
    return unresolved("PRESENT_REF") if scene.annotated.tokens[scene.last - 1].norm == "days" else None


def length(scene: Scene) -> Reading | None:
    """ "three days", "a 16-hour (flight)", "several years"; an age is refused, "15 a year" is a rate."""
    unit, after = unit_of(scene.word("units")), scene.near(1)
    count = number(scene.groups["count"]) if scene.groups.get("count") else None
    tokens = scene.annotated.tokens
    following = [t.norm for t in tokens[scene.last : scene.last + 2]]
    if "old" in following or (after is not None and after.norm == "olds"):
        return None
    if scene.word("count") == "half":
        return Reading("DURATION", {"H": "PT30M", "Y": "P6M", "E": "P5Y", "C": "P50Y"}.get(unit, f"P0.5{unit}"))
    if scene.groups.get("count") == () or "count" not in scene.groups:
        return _bare_units(scene, unit)
    if scene.word("count") in ("a", "an") and _is_rate(scene):
        return Reading("SET", written(1, unit))
    if unit == "Q" and scene.word("count") in ("a", "an"):
        return None  # "a quarter of the dealers"
    if scene.word("units") in data("words")["values"]["UNIT"] and (count or 1) > 1 and not _hyphen(scene):
        return None
    return Reading("DURATION", written(count, unit))


def _hyphen(scene: Scene) -> bool:
    return any(t.norm == "-" for t in scene.annotated.tokens[scene.first : scene.last])


def _bare_units(scene: Scene, unit: str) -> Reading | None:
    before = scene.near(-1)
    if (
        unit == "Q"
        or before is None
        or before.norm not in ("for", "in", "within", "after", "take", "takes", "took", "over")
    ):
        after = scene.near(1)
        if after is None or after.norm not in ("after", "before", "later", "of", "earlier", "ago"):
            return None
    return Reading("DURATION", written(None, unit))


def _is_rate(scene: Scene) -> bool:
    """ "$5 a year", "interviews a day"."""
    before = scene.near(-1)
    if before is None:
        return False
    last = scene.annotated.tokens[scene.last - 1]
    return (
        last.dep == "npadvmod"
        and (before.pos in ("NUM", "SYM") or before.tag in ("NN", "NNS"))
        and last.head < scene.first
    )


def every(scene: Scene) -> Reading | None:
    """ "every day", "each Monday", "every two weeks"."""
    word = scene.word("what") or ""
    words = data("words")["values"]
    count = number(scene.groups["count"]) if scene.groups.get("count") else 1
    if word in words["WEEKDAY"]:
        return Reading("SET", f"XXXX-WXX-{words['WEEKDAY'][word]}")
    if word in words["DAYPART"]:
        return Reading("SET", f"XXXX-XX-XXT{words['DAYPART'][word]}")
    if word in words["MONTH"]:
        return Reading("SET", f"XXXX-{words['MONTH'][word]:02}")
    if word == "weekend":
        return Reading("SET", "XXXX-WXX-WE")
    if word in words["SEASON"]:
        return Reading("SET", f"XXXX-{words['SEASON'][word]}")
    return Reading("SET", written(count, unit_of(word)))


def weekdays(scene: Scene) -> Reading | None:
    """ "Mondays"."""
    return Reading("SET", f"XXXX-WXX-{value('WEEKDAYS', scene.word('weekday') or '')}")


def often(scene: Scene) -> Reading | None:
    """ "daily", "annual"; not in the name of a newspaper."""
    token = scene.annotated.tokens[scene.first]
    if token.tag in ("NNP", "NNPS", "NN") and token.norm != "annual":
        return None
    return Reading("SET", value("SET", token.norm))


def clock(scene: Scene) -> Reading | None:
    """ "10:35 a.m.", "0735 GMT", "8 o'clock": of the day that the sentence names, else of the report's."""
    words = scene.word("clock") or ""
    minutes = _minutes(words)
    if minutes is None:
        return None
    zone = "Z" if (scene.word("zone") or "") in ("gmt", "utc") or words.endswith("gmt") else ""
    return _at(scene, f"{minutes // 60:02}:{minutes % 60:02}{zone}")


def _minutes(words: str) -> int | None:
    found = re.match(r"([0-9]{1,2})[:.]?([0-9]{2})?\s*(a\.?m|p\.?m)?", words)
    if found:
        hour, minute = int(found.group(1)), int(found.group(2) or 0)
        if found.group(3):
            hour = hour % 12 + (12 if found.group(3).startswith("p") else 0)
    else:
        name, _, half = words.partition(" ")
        hour, minute = data("words")["values"]["NUMBER"].get(name, 99), 0
        hour = hour % 12 + (12 if half.startswith("p") else 0) if half and hour <= 12 else hour
    return 60 * hour + minute if hour <= 24 and minute < 60 else None


def noon(scene: Scene) -> Reading | None:
    """ "at noon", "at dawn"."""
    return _at(scene, value("DAYPART", scene.word("clock") or ""))


def _at(scene: Scene, time: str) -> Reading:
    near = _day_of_sentence(scene)
    if near is None:
        return unresolved(f"XXXX-XX-XXT{time}", "TIME")
    return Reading("TIME", f"{near}T{time}", near, near, "day")


def _day_of_sentence(scene: Scene) -> dt.date | None:
    """The day that stands nearest in the sentence, the next one before the last one; else the report's."""
    sentence = scene.annotated.tokens[scene.first].sentence
    same = [
        e for e in scene.earlier
        if e.first and e.precision == "day" and scene.annotated.tokens[e.first_token].sentence == sentence
    ]  # fmt: skip
    after = [e for e in same if e.first_token >= scene.last]
    found = after[0] if after else same[-1] if same else None
    return found.first if found else scene.published


def reference(scene: Scene) -> Reading | None:
    """ "now", "recently", "the future": no days, but TIMEX3 has a value for them."""
    word, words = scene.word("word") or "", data("words")["values"]
    after = scene.near(1)
    if word in words["SOON"] and after and after.norm in ("as", "after", "before", "-", "to"):
        return None  # "soon after": of another event
    for symbol in ("NOW", "ONCE", "SOON"):
        if word in words[symbol]:
            return unresolved(words[symbol][word])
    tag = scene.annotated.tokens[scene.last - 1].tag
    if word in ("past", "future"):
        return unresolved(f"{word.upper()}_REF") if tag == "NN" else None
    return unresolved("PAST_REF" if word == "recent" else "PRESENT_REF")
