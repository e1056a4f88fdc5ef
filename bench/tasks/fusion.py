"""Which texts tell one story, and which event words of several texts speak of one event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bench.pipeline import Pipeline, report_of
from bench.shared import Row
from whodid.fuse import Memory, features_of
from whodid.fuse.stories import STORY, UPDATE, stories


def docdedup(rows: Iterable[Row], pipeline: Pipeline) -> Iterator[Row]:
    """The story of each text. Nothing but the texts is compared: days, which the gold of updates is made of, are not
    shown. A set whose gold names stories (``subtopic``) is grouped at the level of stories, one whose gold names the
    updates of a story (``cluster``) at the level of updates."""
    every = list(rows)
    level = STORY if any("subtopic" in row for row in every) else UPDATE
    found = stories((report_of(row) for row in every), level=level)
    for row in every:
        yield {"id": row["id"], "cluster": found[row["id"]]}


def coref(rows: Iterable[Row], pipeline: Pipeline) -> Iterator[Row]:
    """The event word of each claim, with the event that it was fused into across all texts."""
    coded = list(pipeline.coded(rows))
    store = Memory()
    store.add(features_of(claim for _, claims in coded for claim in claims))
    for row, claims in coded:
        mentions = [
            {"start": c.trigger.start, "end": c.trigger.end, "cluster": store.places[c.id].event} for c in claims
        ]
        yield {"id": row["id"], "mentions": mentions}
