"""When: the days of an event, from the time expressions of its report."""

from __future__ import annotations

from whodid.ground.times.expression import TimeExpression
from whodid.ground.times.matcher import find
from whodid.records import Annotated

__all__ = ["TimeExpression", "expressions"]


def expressions(annotated: Annotated) -> tuple[TimeExpression, ...]:
    """The time expressions of a report, in order; relative ones are counted from its publication date, never from today."""
    return find(annotated)
