"""Events and their claims → a timeline."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from whodid.errors import UsageError
from whodid.records import Claim, Event
from whodid.timeline.model import Line, Place, Source, Timeline
from whodid.timeline.novelty import Chosen, candidates, choose, content_words
from whodid.timeline.wording import days, differ, headline

LINES = 30
"""Lines of a timeline where no number is given."""

_Sentence = tuple[str, int]
"""Id of a report, and where a sentence of it starts."""

_LONG = 180
"""Characters from which a sentence is less fit to be quoted."""


def timeline(
    events: Iterable[Event],
    claims: Iterable[Claim],
    *,
    title: str = "Timeline",
    lines: int = LINES,
    made: dt.datetime | None = None,
) -> Timeline:
    """The events that matter most and tell something new, in the order of their days, each with its sources.

    claims: of these events at least. lines: the most that there may be. made: moment of the data (UTC), by default
    that of the last publication. How lines are chosen: :mod:`whodid.timeline.novelty`. Raises UsageError for less
    than one line.
    """
    if lines < 1:
        raise UsageError(f"a timeline needs at least one line, not {lines}")
    every = list(events)
    by_id = {claim.id: claim for claim in claims}
    told: dict[str, list[Claim]] = defaultdict(list)
    for event in every:
        told[event.id] = [by_id[id] for id in event.claims if id in by_id]
    dated = candidates(every, told)
    chosen, left = choose(dated, lines)
    crowded = _events_told(told)
    made_lines = sorted((_line(c, told, crowded) for c in chosen), key=lambda line: (line.first, line.last, line.rank))
    published = [c.report.published for c in by_id.values() if c.report.published]
    last = dt.datetime.combine(max(published, default=dt.date(1970, 1, 1)), dt.time(), dt.UTC)
    return Timeline(
        title=title,
        lines=tuple(made_lines),
        events=len(every),
        told=len(dated) - len(left),
        undated=len(every) - len(dated),
        left_out=len(left),
        made=made or last,
    )


def _events_told(told: Mapping[str, Sequence[Claim]]) -> Counter[_Sentence]:
    """Sentence → the number of events that it tells of."""
    return Counter(place for claims in told.values() for place in {_place(claim) for claim in claims})


def _place(claim: Claim) -> _Sentence:
    return claim.report.id, claim.sentence.start


def _line(chosen: Chosen, told: Mapping[str, Sequence[Claim]], crowded: Mapping[_Sentence, int]) -> Line:
    event, when = chosen.candidate.event, chosen.candidate.when
    where = event.where
    return Line(
        event=event.id,
        also=tuple(sorted(e.id for e in chosen.also)),
        first=when.first,
        last=when.last,
        precision=when.precision,
        when=days(when),
        headline=headline(event),
        type=event.type,
        mode=event.mode,
        status=event.status,
        where=Place(name=where.name or where.text, country=where.country, latitude=where.latitude,
                    longitude=where.longitude) if where else None,
        sources=tuple(map(_source, _one_a_report(event, told[event.id], crowded))),
        independent=event.independent,
        differ=differ(event),
        rank=chosen.rank,
        weight=round(chosen.candidate.weight, 4),
        novelty=round(chosen.novelty, 4),
    )  # fmt: skip


def _one_a_report(event: Event, claims: Sequence[Claim], crowded: Mapping[_Sentence, int]) -> list[Claim]:
    """Of each report the claim that is fittest to be quoted; the fittest first, then by day of publication."""
    best: dict[str, Claim] = {}
    words = {claim.id: frozenset(content_words(claim.sentence.text)) for claim in claims}
    fitness = {
        claim.id: _fitness(event, claim, crowded[_place(claim)]) + _common(claim, claims, words) for claim in claims
    }
    for claim in sorted(claims, key=lambda c: (fitness[c.id], c.report.id, c.id), reverse=True):
        best.setdefault(claim.report.id, claim)
    first, *others = best.values()
    return [first, *sorted(others, key=lambda c: (str(c.report.published or "9999"), c.report.id))]


def _fitness(event: Event, claim: Claim, events: int) -> float:
    """The claim's score, with something off where its sentence is long, tells of other ``events`` too or is somebody's
    word, and where it says less than the event does."""
    off = max(len(claim.sentence.text) - _LONG, 0) / 600
    off += 0.2 * (claim.type != event.type) + 0.1 * (claim.status != event.status)
    off += 0.1 * (not claim.actors) + 0.1 * (not claim.recipients)
    off += 0.1 * (events - 1) + 0.1 * (claim.said_by.voice != "outlet")
    return claim.score - off


def _common(claim: Claim, claims: Sequence[Claim], words: Mapping[str, frozenset[str]]) -> float:
    """How much its sentence has in common, in the mean, with those of other reports (Jaccard), so that the words which
    are quoted first are the usual ones and not those of one side."""
    own = words[claim.id]
    others = [words[c.id] for c in claims if c.report.id != claim.report.id]
    return sum(len(own & other) / max(len(own | other), 1) for other in others) / max(len(others), 1)


def _source(claim: Claim) -> Source:
    report, speaker = claim.report, claim.said_by.speaker
    return Source(
        claim=claim.id,
        report=report.id,
        publisher=report.publisher,
        title=report.title,
        url=report.url,
        published=report.published,
        speaker=(speaker.name or speaker.text) if speaker else None,
        words=" ".join(claim.sentence.text.split()),
    )
