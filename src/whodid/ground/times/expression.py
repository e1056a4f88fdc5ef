"""What a time expression is, and what its words are read as."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from whodid.ground.times.calendar import Period
from whodid.records import Annotated, Basis, Precision, Token

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
_ANCHOR_REACH = 3
"""How many sentences back "the next day" may point."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What some words say. ``first`` and ``last`` are None where they name no days, or none that can be known."""

    timex_type: TimexType
    value: str
    first: dt.date | None = None
    last: dt.date | None = None
    precision: Precision = "day"
    basis: Basis = "published"

    def with_value(self, value: str, timex_type: TimexType = "TIME") -> Reading:
        """The same days, written otherwise."""
        return replace(self, value=value, timex_type=timex_type)


def of_period(period: Period, basis: Basis = "published") -> Reading:
    """The days of a period, as a DATE."""
    return Reading("DATE", period.value, period.first, period.last, period.precision, basis)


def unresolved(value: str, timex_type: TimexType = "DATE") -> Reading:
    """Words that give no days."""
    return Reading(timex_type, value)


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression of a report, in the terms of TIMEX3 (Pustejovsky et al. 2003; ISO 24617-1).

    ``start``/``end`` are characters, ``first_token``/``last_token`` tokens, both half-open. ``first`` and ``last`` are
    the first and last day that the words may mean, None where they name no days. ``basis`` is ``published`` where the
    days were counted from the publication date.
    """

    start: int
    end: int
    first_token: int
    last_token: int
    text: str
    timex_type: TimexType
    value: str
    first: dt.date | None
    last: dt.date | None
    precision: Precision
    basis: Basis
    reading: str
    """Name of the rule's reading (rules.yaml): ``weekday``, ``ago``, ``length``…"""

    @property
    def dated(self) -> bool:
        """True if the days are known."""
        return self.first is not None


@dataclass(slots=True)
class Scene:
    """What a reading may look at: the words, the tokens around them, the publication date, the expressions before."""

    annotated: Annotated
    published: dt.date | None
    first: int
    last: int
    groups: dict[str, tuple[Token, ...]]
    earlier: Sequence[TimeExpression] = field(default_factory=list)

    def word(self, name: str) -> str | None:
        """The words of a group, lower-cased, None where the group is empty."""
        tokens = self.groups.get(name)
        return " ".join(t.norm for t in tokens) if tokens else None

    def near(self, offset: int) -> Token | None:
        """The token ``offset`` places after the last (1 is the next) or before the first (-1), in the same sentence."""
        i = self.last - 1 + offset if offset > 0 else self.first + offset
        tokens = self.annotated.tokens
        if 0 <= i < len(tokens) and tokens[i].sentence == tokens[self.first].sentence:
            return tokens[i]
        return None

    def anchor(self, precisions: Sequence[Precision] = ("day",)) -> TimeExpression | None:
        """The nearest dated expression before this one that is as fine as one of ``precisions``."""
        sentence = self.annotated.tokens[self.first].sentence
        for e in reversed(self.earlier):
            if sentence - self.annotated.tokens[e.first_token].sentence > _ANCHOR_REACH:
                return None
            if e.dated and e.precision in precisions and e.end <= self.annotated.tokens[self.first].start:
                return e
        return None
