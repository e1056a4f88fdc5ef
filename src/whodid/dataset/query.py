"""What to look for in a dataset: one object for the command line, Python and whatever else asks."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Mapping
from typing import Any, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from whodid.errors import UsageError
from whodid.records import Checked, Status, Voice

Order = Literal["day", "reports", "score"]


class Query(BaseModel):
    """Conditions, all of which hold; of several values of one condition any. An empty one asks for nothing.

    actor, recipient, involving (either side): a name or whole words of one, an id, a country, a sector, or country and
    sector as ``IRQ MIL``. type, mode: of the ontology. where: words of a place's name, a GeoNames id, or a country.
    country: in which it took place. since, until: days; what can have happened in that time is found, with ``within``
    only what surely did. What has no day is found only without them. status, voice, speaker, publisher: of an event,
    those of at least one of its claims, but ``status`` the event's own. historical: background from an older time, or
    not. checked: what people left it as (nobody judged it, accepted, corrected). min_reports: independent reports of
    the event. min_score: 0 to 1. order: by first day, by most independent reports, or by best score. limit: the most
    that are given.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    involving: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    within: bool = False
    status: tuple[Status, ...] = ()
    voice: tuple[Voice, ...] = ()
    speaker: tuple[str, ...] = ()
    publisher: tuple[str, ...] = ()
    historical: bool | None = None
    checked: tuple[Checked, ...] = ()
    min_reports: int | None = Field(default=None, ge=1)
    min_score: float | None = Field(default=None, ge=0, le=1)
    order: Order = "day"
    limit: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.since and self.until and self.until < self.since:
            raise ValueError(f"--until {self.until} is before --since {self.since}")
        if self.within and not (self.since or self.until):
            raise ValueError("--within needs --since or --until")
        return self

    def options(self) -> dict[str, Any]:
        """What is asked for by name, as JSON can hold it: :func:`make_query` makes the same query of it."""
        return self.model_dump(mode="json", exclude_defaults=True)


_LISTS = tuple(name for name, field in Query.model_fields.items() if field.default == ())
_ALLOWED = {
    "status": get_args(Status),
    "voice": get_args(Voice),
    "checked": get_args(Checked),
    "order": get_args(Order),
}


def make_query(**given: object) -> Query:
    """A query from what a person gave: a value alone or a list of values; None and empty lists ask for nothing; days
    also as 2020-01 or 2020, the first or last day of which is meant. Raises UsageError naming option and value."""
    wanted: dict[str, object] = {}
    for name, value in given.items():
        if name not in Query.model_fields:
            raise UsageError(f"there is no condition {name!r}; conditions: {', '.join(Query.model_fields)}")
        if value is None or value in ((), []):
            continue
        wanted[name] = _listed(name, value) if name in _LISTS else _one(name, value)
    try:
        return Query.model_validate(wanted)
    except ValidationError as error:
        raise UsageError(_told(error, wanted)) from error


def _listed(name: str, value: object) -> tuple[object, ...]:
    values = tuple(value) if isinstance(value, list | tuple | set | frozenset) else (value,)
    for one in values:
        if not isinstance(one, str) or not any(c.isalnum() for c in one):
            raise UsageError(f"--{name}: {one!r} names nothing")
        if name in _ALLOWED and one not in _ALLOWED[name]:
            raise UsageError(f"--{name}: {one!r} is not allowed; it takes {', '.join(_ALLOWED[name])}")
    return values


def _one(name: str, value: object) -> object:
    if name in {"since", "until"}:
        return parse_day(f"--{name}", value, last=name == "until")
    if name in _ALLOWED and value not in _ALLOWED[name]:
        raise UsageError(f"--{name}: {value!r} is not allowed; it takes {', '.join(_ALLOWED[name])}")
    return value


def parse_day(option: str, value: object, *, last: bool) -> dt.date:
    """A day as 2020-01-14, or the first (``last``: the last) day of a month 2020-01 or year 2020. Raises UsageError."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    found = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", str(value).strip())
    try:
        if not found:
            raise ValueError("not of the form YYYY-MM-DD")
        year, month, day = (int(part) if part else None for part in found.groups())
        month = month or (12 if last else 1)
        return dt.date(year or 0, month, day or (calendar.monthrange(year or 0, month)[1] if last else 1))
    except ValueError as error:
        raise UsageError(f"{option}: {value!r} is no day: {error}; write 2020-01-14, 2020-01 or 2020") from error


def _told(error: ValidationError, given: Mapping[str, object]) -> str:
    first = error.errors()[0]
    if not first["loc"]:
        return first["msg"].removeprefix("Value error, ")
    name = str(first["loc"][0])
    return f"--{name.replace('_', '-')}: {given[name]!r} is not allowed: {first['msg'].lower()}"
