"""Finds the time expressions of a report: the patterns of ``rules.yaml`` over symbols, and what each is read as."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from types import MappingProxyType

from whodid.ground.times import days, lengths, relative, spans, weekdays
from whodid.ground.times.expression import Reading, Scene, TimeExpression
from whodid.ground.times.lexicon import codes, data, spell
from whodid.records import Annotated, Sentence

READINGS: Mapping[str, Callable[[Scene], Reading | None]] = MappingProxyType(
    {
        "calendar": days.calendar_date, "calendar_days": days.calendar_days, "abbreviated_day": days.abbreviated_day,
        "iso_day": days.iso_day, "slash_day": days.slash_day, "named_day": days.named_day, "holiday": days.holiday,
        "new_year": days.new_year, "weekday": weekdays.weekday, "deictic": weekdays.deictic,
        "two_days_off": weekdays.two_days_off, "night": weekdays.night, "overnight": weekdays.overnight,
        "this_daypart": weekdays.this_daypart, "anchored_daypart": weekdays.anchored_daypart,
        "season": spans.season, "year": spans.year, "spoken_year": spans.spoken_year, "decade": spans.decade,
        "century": spans.century, "quarter": spans.quarter, "half_year": spans.half_year,
        "this_unit": relative.this_unit, "weekend": relative.weekend, "year_end": relative.year_end,
        "last_of_month": relative.last_of_month, "latest_quarter": relative.latest_quarter, "ago": relative.ago,
        "earlier": relative.earlier, "neighbour": relative.neighbour, "beside_event": relative.beside_event,
        "recent_length": lengths.recent_length, "recent_days": lengths.recent_days, "length": lengths.length,
        "every": lengths.every, "weekdays": lengths.weekdays, "often": lengths.often, "clock": lengths.clock,
        "noon": lengths.noon, "reference": lengths.reference,
    }
)  # fmt: skip
"""What ``reading`` in rules.yaml may name."""

_LATER = frozenset({"clock", "noon"})
"""Read after all others: a clock time takes its day from them."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern of rules.yaml over the codes of symbols."""

    reading: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Match:
    rule: int
    first: int
    last: int
    groups: Mapping[str, tuple[int, int]]

    def moved(self, by: int) -> _Match:
        """The same so many words later; a group that is not there stays at -1."""
        groups = {name: (a + by, b + by) if a >= 0 else (a, b) for name, (a, b) in self.groups.items()}
        return _Match(self.rule, self.first + by, self.last + by, groups)


@cache
def rules() -> tuple[Rule, ...]:
    """The rules in the order of the file; KeyError for a symbol or macro that is not defined."""
    content, known = data("rules"), codes()
    macros: dict[str, str] = {}
    for name, pattern in content["macros"].items():
        macros[name] = re.sub(r"\{(\w+)\}", lambda m: macros[m.group(1)], pattern)
    found = []
    for rule in content["rules"]:
        pattern = re.sub(r"\{(\w+)\}", lambda m: macros[m.group(1)], rule["pattern"])
        pattern = re.sub(r"\b[A-Z]+\b", lambda m: known[m.group(0)], pattern)
        pattern = re.sub(r"(\w+)=\(", r"(?P<\1>", pattern).replace(" ", "")
        found.append(Rule(rule["reading"], re.compile(pattern)))
    return tuple(found)


@cache
def _runs() -> re.Pattern[str]:
    """Words with a code that is not the one of all others: no expression goes beyond them."""
    return re.compile(f"[{min(codes().values())}-{max(codes().values())}]+")


@lru_cache(maxsize=10_000)
def _in_run(run: str) -> tuple[_Match, ...]:
    """What the rules find in a run of codes; most runs ("the", "a", "on Monday") come again and again."""
    return tuple(
        _Match(n, m.start(), m.end(), {name: m.span(name) for name in m.groupdict()})
        for n, rule in enumerate(rules())
        for m in rule.pattern.finditer(run)
    )


def find(annotated: Annotated) -> tuple[TimeExpression, ...]:
    """The time expressions of a report, in order, none inside another."""
    found: list[TimeExpression] = []
    for sentence in annotated.sentences:
        for match, index in list(_matches(annotated, sentence, found)):
            if (e := _read(annotated, match, index, found)) is not None:
                found.append(e)
        found.sort(key=lambda e: e.start)
    return tuple(_joined(annotated, found))


def _matches(
    annotated: Annotated, sentence: Sentence, found: list[TimeExpression]
) -> Iterator[tuple[_Match, list[int]]]:
    """Appends to ``found`` what can be read at once; yields what has to wait, with the tokens of its codes."""
    index = [i for i in range(sentence.first, sentence.last) if not annotated.tokens[i].text.isspace()]
    spelled = spell(annotated.tokens[i] for i in index)
    candidates = [match.moved(run.start()) for run in _runs().finditer(spelled) for match in _in_run(run.group())]
    taken = 0
    for c in sorted(candidates, key=lambda c: (c.first, -c.last, c.rule)):
        if c.first < taken:
            continue
        if rules()[c.rule].reading in _LATER:
            taken = c.last
            yield c, index
        elif (e := _read(annotated, c, index, found)) is not None:
            found.append(e)
            taken = c.last


def _read(annotated: Annotated, match: _Match, index: list[int], found: list[TimeExpression]) -> TimeExpression | None:
    tokens = annotated.tokens
    first, last = index[match.first], index[match.last - 1] + 1
    groups = {
        name: tuple(tokens[i] for i in index[a:b]) if a >= 0 else () for name, (a, b) in match.groups.items()
    }  # fmt: skip
    scene = Scene(annotated, annotated.report.published, first, last, groups, found)
    name = rules()[match.rule].reading
    try:
        reading = READINGS[name](scene)
    except (OverflowError, ValueError):  # days beyond the calendar: "5000 years ago"
        return None
    if reading is None:
        return None
    start, end = tokens[first].start, tokens[last - 1].end
    return TimeExpression(
        start, end, first, last, annotated.report.text[start:end], reading.timex_type, reading.value, reading.first,
        reading.last, reading.precision, reading.basis, name,
    )  # fmt: skip


def _joined(annotated: Annotated, found: list[TimeExpression]) -> Iterator[TimeExpression]:
    """Joins a clock time and the day right behind it ("15:00 GMT Saturday"); "Monday at 10 a.m." stays two."""
    held: TimeExpression | None = None
    for e in found:
        timed = held is not None and held.reading in _LATER and held.last_token == e.first_token
        if held is not None and timed and e.dated and e.precision == "day":
            text = annotated.report.text[held.start : e.end]
            value = f"{e.value.partition('T')[0]}T{held.value.partition('T')[2]}"
            held = replace(e, start=held.start, first_token=held.first_token, text=text, timex_type="TIME", value=value)
            continue
        if held is not None:
            yield held
        held = e
    if held is not None:
        yield held
