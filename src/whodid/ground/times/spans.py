"""Readings of months, seasons, quarters, years, decades, centuries that are named, not counted."""

from __future__ import annotations

import re

from whodid.ground.times import calendar, choose
from whodid.ground.times.calendar import Period
from whodid.ground.times.days import near_year, tense, years_around
from whodid.ground.times.expression import Reading, Scene, of_period, unresolved
from whodid.ground.times.lexicon import data, number, ordinal, value
from whodid.records import Basis

_NEWS_YEARS = range(1900, 2100)


def season(scene: Scene) -> Reading | None:
    """ "last summer", "the spring of 2019", "this fall"."""
    code: str = value("SEASON", scene.word("season") or "")
    near, part, before = scene.word("near"), scene.word("part"), scene.near(-1)
    year = scene.word("year")
    if not (near or part or year) and (before is None or before.norm not in ("in", "by", "since", "until", "during")):
        return None
    if year:
        return of_period(choose.part_of(calendar.season(int(year), code), part, scene.published), "text")
    if scene.published is None:
        return unresolved(f"XXXX-{code}")
    seasons = [calendar.season(y, code) for y in (scene.published.year - 2, *years_around(scene.published))]
    if near == "last":
        found = [s for s in seasons if s.last < scene.published][-1]
    elif near == "next":
        found = next(s for s in seasons if s.first > scene.published)
    elif near == "this":
        found = seasons[2]
    else:
        found = choose.period(seasons, scene.published, tense(scene))
    return of_period(choose.part_of(found, part, scene.published))


def year(scene: Scene) -> Reading | None:
    """ "2015", "early 2019", "the year 2000", "fiscal 1989"."""
    part, word = scene.word("part"), scene.word("year")
    if token := scene.word("token"):
        digits = re.findall("[0-9]+", token)[0]
        word = digits if len(digits) == 4 else f"20{digits}"
        part = token.partition("-")[0] if "-" in token else None
    number_of_year = int(word or 0)
    bare = scene.last - scene.first == 1
    if bare and (number_of_year not in _NEWS_YEARS or _counts(scene)):
        return None
    first = scene.annotated.tokens[scene.first].norm
    if part is None and first in ("the", "end", "beginning", "start", "middle", "close"):
        named = [t.norm for t in scene.annotated.tokens[scene.first : scene.last]]
        part = next(
            (w for w in named if w in ("beginning", "start", "end", "close", "mid", "middle", "early", "late")), None
        )
    return of_period(choose.part_of(calendar.year(number_of_year), part, scene.published), "text")


def _counts(scene: Scene) -> bool:
    """A number of four digits that is a quantity: "2000 people", "$1950", "1950 percent"."""
    after, before = scene.near(1), scene.near(-1)
    if before and (
        before.norm in ("$", "#", "£", "€", "number", "no.", "nearly", "about", "some", "over", "than")
        or before.tag == "$"
    ):
        return True
    if after is None:
        return False
    if after.norm in data("words")["not_a_year"]:
        return True
    token = scene.annotated.tokens[scene.first]
    return (
        token.dep == "nummod"
        and after.tag == "NNS"
        and token.head == after.i
        and (before is None or before.pos not in ("DET", "PRON", "ADP"))
    )


def spoken_year(scene: Scene) -> Reading | None:
    """ "nineteen ninety-six", "January nineteen ninety-seven"."""
    high, low = number(scene.groups["century"]), number(scene.groups["rest"])
    if high == 19 and low is not None and 10 <= low <= 99:
        found = 1900 + low
    elif high == 2 and low == 1000:
        found = 2000
    else:
        return None
    month = scene.word("month")
    return of_period(calendar.month(found, value("MONTH", month)) if month else calendar.year(found), "text")


def decade(scene: Scene) -> Reading | None:
    """ "the 1990s", "the '90s", "the mid-1980s", "the late seventies"."""
    word, part, before = scene.word("decade"), scene.word("part"), scene.near(-1)
    if token := scene.word("token"):
        part, _, word = token.partition("-")
    word = word or ""
    if before is not None and before.tag == "PRP$":  # an age: "in his thirties"
        return None
    digits = "".join(re.findall("[0-9]", word)) or str(value("DECADE", word))
    if not digits.endswith("0") or len(digits) == 3:
        return None
    start = int(digits) if len(digits) == 4 else 1900 + int(digits)
    first = scene.annotated.tokens[scene.first]
    if len(digits) == 2 and "'" not in word and first.norm not in ("the", "'") and not part:
        return None
    part = part or _edge_of(scene)
    return of_period(choose.part_of(calendar.decade(start), part, scene.published), "text")


def _edge_of(scene: Scene) -> str | None:
    named = [t.norm for t in scene.annotated.tokens[scene.first : scene.last]]
    return next(
        (w for w in named if w in ("beginning", "start", "end", "close", "mid", "middle", "early", "late")), None
    )


def century(scene: Scene) -> Reading | None:
    """ "the 20th century", "the late nineteenth century"."""
    if scene.word("unit") != "century":
        return None
    which = ordinal(scene.word("ordinal") or "")
    if not which or which > 21:
        return None
    part = scene.word("part") or _edge_of(scene)
    return of_period(choose.part_of(calendar.century(which), part, scene.published), "text")


def quarter(scene: Scene) -> Reading | None:
    """ "the third quarter of 1984", "third-quarter", "last year's fourth quarter", "Q3 2019"."""
    if code := scene.word("code"):
        which = int(code[1])
    elif scene.word("unit") == "quarter":
        which = ordinal(scene.word("ordinal") or "") or 0
    else:
        return None
    if not 1 <= which <= 4:
        return None
    word = scene.word("year")
    found = int(word) if word else near_year(scene, scene.word("near"))
    if found is not None:
        basis: Basis = "text" if word else "published"
        return of_period(calendar.quarter(found, which), basis)
    if scene.published is None:
        return unresolved(f"XXXX-Q{which}")
    quarters: list[Period] = [calendar.quarter(y, which) for y in years_around(scene.published)]
    way = tense(scene)
    return of_period(choose.period(quarters, scene.published, way if way else -1))


def half_year(scene: Scene) -> Reading | None:
    """ "the first half of 2019", "the second half of last year"."""
    words = scene.word("half") or ""
    which = 2 if words in ("last", "second") else ordinal(words)
    word, near = scene.word("year"), scene.word("near")
    if which not in (1, 2) or (near and not near.endswith("year")):
        return None
    found = int(word) if word else near_year(scene, near)
    if found is None:
        return unresolved("XXXX-H" + str(which)) if scene.published is None else None
    return of_period(calendar.half(found, which), "text" if word else "published")
