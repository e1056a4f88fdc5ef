"""Events in words: a headline from the codes, days, and what reports contradict each other in. ``phrases.yaml`` has the
words; they say no more than the codes and take no side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml

from whodid.records import Actor, Event, EventField, Span, Tally

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
_NAMED = 2


@cache
def phrases() -> Mapping[str, Any]:
    """The tables of ``phrases.yaml``."""
    text = files("whodid.timeline").joinpath("phrases.yaml").read_text(encoding="utf-8")
    found: Mapping[str, Any] = yaml.load(text, yaml.CSafeLoader)
    return found


def headline(event: Event) -> str:
    """Who did what to whom, where, with what toll: "US military attacked the convoy with a drone (Baghdad); 8 killed".
    A toll in which reports contradict each other, none told by more of them than the others, is left to :func:`differ`.

    A type that ``phrases.yaml`` does not know, of another ontology, stands as its code.
    """
    who, whom = names(_best_told(event, "actors")), names(_best_told(event, "recipients"))
    table = phrases()["types"]
    phrase = table.get(f"{event.type}-{event.mode}") or table.get(event.type)
    if phrase is None:
        what = f"{event.type} {event.mode}" if event.mode else event.type
        what += f": {' → '.join(filter(None, [who, whom]))}" if who or whom else ""
    elif event.status == "happened" and who and whom:
        what = f"{who} {phrase['did'].format(whom=whom)}"
    else:
        what = phrase["noun"]
        what += f" {phrase['of']} {whom}" if whom else ""
        what += f" by {who}" if who else ""
    place = event.where.name if event.where and event.where.name else None
    if place and place not in what:
        what += f" ({place})"
    counts = "; ".join(_tally(t) for t in event.counts if _settled(event, t))
    before: str = phrases()["status"].get(event.status, "")
    told = before + what + (f"; {counts}" if counts else "")
    return told[:1].upper() + told[1:]


def _best_told(event: Event, side: Literal["actors", "recipients"]) -> list[Actor]:
    """Those of the event's participants whom most independent reports name: a headline has no room for doubt."""
    of: tuple[Actor, ...] = getattr(event, side)
    told = {v.label: v.independent for field in event.fields if field.name == side for v in field.values}
    support = [told.get(actor.name or actor.text, 1) for actor in of]
    return [actor for actor, n in zip(of, support, strict=True) if n == max(support)]


def names(actors: Sequence[Actor]) -> str:
    """The first two by name or, where none is known, by their words, and how many more there are. Pronouns name
    nobody."""
    told = list(dict.fromkeys(filter(None, map(_name, actors))))
    if len(told) > _NAMED:
        return f"{', '.join(told[:_NAMED])} and {len(told) - _NAMED} more"
    return " and ".join(told)


def _name(actor: Actor) -> str:
    words = " ".join((actor.name or actor.text).split())
    small = phrases()["stop"]
    if actor.name is None and all(word in small for word in words.casefold().split()):
        return ""
    starts_small = actor.name is None and words.split()[0].casefold() in small
    return words[0].lower() + words[1:] if starts_small else words


def _settled(event: Event, tally: Tally) -> bool:
    field = next((field for field in event.fields if field.name == tally.what), None)
    if field is None or not field.disputed:
        return True
    first, second = field.values[:2]
    return first.independent > second.independent


def _tally(tally: Tally) -> str:
    low, high = tally.low, tally.high
    if low is None or high is None:
        many = f"at least {low:,}" if high is None else f"at most {high:,}"
    else:
        many = f"{low:,}" if low == high else f"{low:,} to {high:,}"
    return f"{many} {phrases()['counted'][tally.what]}"


def days(span: Span) -> str:
    """The time in words, as exact as it is known: "3 January 2020", "between 3 and 5 January 2020"."""
    a, b = span.first, span.last
    if a == b:
        return _day(a)
    if span.precision == "year" and _whole(span, 1, 12):
        return f"in {a.year}"
    if span.precision == "month" and a.month == b.month and _whole(span, a.month, a.month):
        return f"in {_MONTHS[a.month - 1]} {a.year}"
    if a.year != b.year:
        return f"between {_day(a)} and {_day(b)}"
    start = str(a.day) if a.month == b.month else f"{a.day} {_MONTHS[a.month - 1]}"
    return f"between {start} and {_day(b)}"


def _whole(span: Span, first: int, last: int) -> bool:
    a, b = span.first, span.last
    following = b + dt.timedelta(days=1)
    return (a.year, a.month, a.day, b.month) == (b.year, first, 1, last) and following.day == 1


def _day(day: dt.date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_day(day: dt.date) -> str:
    """A day as sources have it: "3 Jan 2020"."""
    return f"{day.day} {_MONTHS[day.month - 1][:3]} {day.year}"


def differ(event: Event) -> tuple[str, ...]:
    """What reports contradict each other in: "killed: 8 (3 reports), 10 (1 report)"."""
    return tuple(_differ(field) for field in event.fields if field.disputed)


def _differ(field: EventField) -> str:
    given = (f"{v.label} ({number(v.independent, 'report')})" for v in field.values)
    return f"{field.name}: {', '.join(given)}"


def number(n: int, what: str) -> str:
    """A number of things: "1 report", "2 reports"."""
    return f"{n} {what}{'' if n == 1 else 's'}"
