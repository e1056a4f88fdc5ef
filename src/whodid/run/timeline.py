"""A timeline of what a query finds in a dataset."""

from __future__ import annotations

from collections.abc import Sequence

from whodid.dataset import Dataset
from whodid.dataset.found import claims_of, find_events
from whodid.dataset.query import Query
from whodid.records import Event
from whodid.timeline import FORMATS, LINES, Timeline
from whodid.timeline import timeline as make_timeline
from whodid.timeline.wording import days, headline, names, short_day

__all__ = ["FORMATS", "MOST", "Timeline", "days", "headline", "names", "short_day", "story", "timeline"]

MOST = 2_000
"""Events that are compared; of more, those that most independent reports tell."""


def timeline(data: Dataset, query: Query | None = None, *, lines: int = LINES, title: str | None = None) -> Timeline:
    """A timeline of the events that a query finds; by default of those that happened.

    Of more than :data:`MOST` events those that fewer reports tell are left out, and counted. Raises UsageError for a
    value in the query that does not exist, or less than one line.
    """
    asked = query or Query()
    if not asked.status:
        asked = asked.model_copy(update={"status": ("happened",)})
    found = find_events(data, asked.model_copy(update={"order": "reports", "limit": asked.limit or MOST}))
    events = list(found)
    over = max((0 if asked.limit else found.count()) - len(events), 0)
    return story(data, events, lines=lines, title=title or _title(asked), over=over)


def story(data: Dataset, events: Sequence[Event], *, lines: int, title: str, over: int = 0) -> Timeline:
    """A timeline of these events. over: how many others there are, which are counted as left out."""
    claims = claims_of(data, [event.id for event in events])
    made = make_timeline(events, claims, lines=lines, title=title, made=data.head.made)
    return made.model_copy(update={"events": made.events + over, "left_out": made.left_out + over}) if over else made


def _title(query: Query) -> str:
    who = ", ".join((*query.involving, *query.actor, *query.recipient, *query.where, *query.country))
    time = " to ".join(str(day) for day in (query.since, query.until) if day)
    return " · ".join(part for part in ("Timeline", who, time) if part)
