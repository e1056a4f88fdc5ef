"""Events as lines of a list."""

from __future__ import annotations

import datetime as dt

from pydantic import BaseModel, ConfigDict

from whodid.dataset import Dataset
from whodid.dataset.found import find_events


class EventLine(BaseModel):
    """An event in a list."""

    model_config = ConfigDict(frozen=True)

    id: str
    type: str
    mode: str | None
    quad: int
    status: str
    historical: bool
    actors: tuple[str, ...]
    actor_ids: tuple[str, ...]
    actor_countries: tuple[str, ...]
    recipients: tuple[str, ...]
    recipient_ids: tuple[str, ...]
    recipient_countries: tuple[str, ...]
    first_day: dt.date | None
    last_day: dt.date | None
    place: str | None
    country: str | None
    independent: int
    flags: tuple[str, ...]
    score: float


def event_lines(data: Dataset, limit: int = 100) -> list[EventLine]:
    """The first events by day."""
    found = find_events(data, limit=limit).arrow(*EventLine.model_fields)
    return [EventLine(**row) for row in found.to_pylist()]
