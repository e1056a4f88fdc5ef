"""Events as lines of a list."""

from __future__ import annotations

import datetime as dt

from pydantic import BaseModel, ConfigDict

from whodid.dataset import Dataset
from whodid.dataset.found import find_events

_COLUMNS = ("id", "type", "mode", "status", "actors", "recipients", "first_day", "last_day", "independent", "score")


class EventLine(BaseModel):
    """An event in a list."""

    model_config = ConfigDict(frozen=True)

    id: str
    type: str
    mode: str | None
    status: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    first_day: dt.date | None
    last_day: dt.date | None
    independent: int
    score: float


def event_lines(data: Dataset, limit: int = 100) -> list[EventLine]:
    """The first events by day."""
    found = find_events(data, limit=limit).arrow(*_COLUMNS)
    return [EventLine(**row) for row in found.to_pylist()]
