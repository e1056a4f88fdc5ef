""" "Two days after the vote": an event dated by another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from whodid.ground.times import calendar
from whodid.ground.times.calendar import Period
from whodid.ground.times.expression import TimeExpression
from whodid.ground.times.lexicon import number
from whodid.ground.times.relative import unit_of
from whodid.records import Annotated

_AFTER, _BEFORE = ("after", "following", "since"), ("before", "prior")


@dataclass(frozen=True, slots=True)
class Anchor:
    """``later`` happened ``count`` ``unit`` (TIMEX3 letters) after ``earlier``; both are tokens, ``words`` says so."""

    later: int
    earlier: int
    count: int
    unit: str
    words: TimeExpression


def anchors(annotated: Annotated, times: Sequence[TimeExpression]) -> Iterator[Anchor]:
    """The pairs of events that a counted length sets apart; a length without a number ("days after") gives none."""
    tokens = annotated.tokens
    for e in times:
        if e.reading not in ("length", "beside_event") or e.last_token >= len(tokens):
            continue
        link = tokens[e.last_token]
        if link.norm not in _AFTER + _BEFORE or link.sentence != tokens[e.first_token].sentence:
            continue
        count, unit = _amount(annotated, e)
        pair = _pair(annotated, link.i)
        if count is None or pair is None or unit not in ("D", "W", "M", "Y", "F"):
            continue
        main, beside = pair
        later, earlier = (main, beside) if link.norm in _AFTER else (beside, main)
        yield Anchor(later, earlier, count, unit, e)


def _amount(annotated: Annotated, e: TimeExpression) -> tuple[int | None, str]:
    tokens = [t for t in annotated.tokens[e.first_token : e.last_token] if not t.text.isspace()]
    unit = unit_of(tokens[-1].norm)
    if e.reading == "beside_event":
        return 1, unit
    words = [t for t in tokens[:-1] if t.norm not in ("the", "just", "only", "-")]
    if any(
        t.norm in ("nearly", "almost", "around", "over", "than", "least", "most", "roughly", "approximately")
        for t in words
    ):
        return None, unit
    return (number(words) if words else None), unit


def _pair(annotated: Annotated, link: int) -> tuple[int, int] | None:
    """The events on both sides of "after": the word it hangs on, and the clause or noun that it brings."""
    tokens, children = annotated.tokens, annotated.children
    if tokens[link].dep == "mark":
        beside = tokens[link].head
        main = tokens[beside].head
        return (main, beside) if main != beside else None
    objects = [c for c in children[link] if tokens[c].dep in ("pobj", "pcomp")]
    if not objects or tokens[link].head == link:
        return None
    return tokens[link].head, objects[0]


def apart(known: tuple[dt.date, dt.date], count: int, unit: str) -> Period | None:
    """The days of the other event: ``known`` moved by ``count`` units, as coarse as the unit."""
    first, last = calendar.shift(unit, known[0], count), calendar.shift(unit, known[1], count)
    if first is None or last is None:
        return None
    if unit == "D":
        return calendar.day(first) if first == last else Period(first, last, "", "range")
    step = "W" if unit == "F" else unit
    start, end = calendar.unit_at(step, first), calendar.unit_at(step, last)
    return start if start == end else Period(start.first, end.last, "", "range")
