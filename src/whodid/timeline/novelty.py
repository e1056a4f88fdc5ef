"""Which events become lines: those that many independent reports tell, and that tell something new.

One after the other the event with the greatest *gain* is taken, which is its weight times its novelty. (Maximal
marginal relevance: J. Carbonell and J. Goldstein, The use of MMR, SIGIR 1998; here as a product, so that nothing that
was told already gets in by its weight.)

- weight: log2(1 + independent reports) × the score of the best claim; each further report adds less.
- novelty: 1 − the greatest likeness to a line that was taken before.
- likeness: the share of the sentences that both are told in or, if that is more, nearness in time × (half the likeness
  of their words, a quarter that of those who take part, a quarter that of the types).

An event that is too like a line is told by that line and becomes none of its own.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from whodid.records import Claim, Event, Span
from whodid.timeline.wording import phrases

SAME = 0.55
"""Likeness from which two events tell the same thing."""

_DAYS = 3.0
"""Days after which nearness in time has fallen to 1/e."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An event with what it is compared by."""

    event: Event
    when: Span
    weight: float
    sentences: frozenset[tuple[str, int]]
    words: Mapping[str, float]
    parties: frozenset[str]


@dataclass(slots=True)
class Chosen:
    """An event that became a line. ``also``: events that tell the same thing."""

    candidate: Candidate
    rank: int
    novelty: float
    also: list[Event] = field(default_factory=list)


def candidates(events: Sequence[Event], claims: Mapping[str, Sequence[Claim]]) -> list[Candidate]:
    """The events that have a day and claims. claims: by event."""
    dated = [(event, event.when, claims[event.id]) for event in events if event.when and claims.get(event.id)]
    counts = [Counter(w for c in told for w in content_words(c.sentence.text)) for _, _, told in dated]
    rare = _rarity(counts)
    return [
        Candidate(
            event,
            when,
            math.log2(1 + event.independent) * max(c.score for c in told),
            frozenset((c.report.id, c.sentence.start) for c in told),
            _scaled({word: rare[word] for word in count}),
            frozenset(a.id or " ".join(content_words(a.name or a.text)) for a in (*event.actors, *event.recipients)),
        )
        for (event, when, told), count in zip(dated, counts, strict=True)
    ]


def choose(every: Sequence[Candidate], limit: int) -> tuple[list[Chosen], list[Event]]:
    """At most ``limit`` lines in the order in which they are taken, and the events that none of them tells."""
    nearest: dict[str, tuple[float, int]] = {c.event.id: (0.0, -1) for c in every}
    left = sorted(every, key=_order)
    chosen: list[Chosen] = []
    while left and len(chosen) < limit:
        best = max(left, key=lambda c: c.weight * (1 - nearest[c.event.id][0]))
        novelty = 1 - nearest[best.event.id][0]
        chosen.append(Chosen(best, len(chosen) + 1, novelty))
        left.remove(best)
        kept = []
        for candidate in left:
            like = likeness(candidate, best)
            if like > nearest[candidate.event.id][0]:
                nearest[candidate.event.id] = (like, len(chosen) - 1)
            if nearest[candidate.event.id][0] >= SAME:
                chosen[nearest[candidate.event.id][1]].also.append(candidate.event)
            else:
                kept.append(candidate)
        left = kept
    return chosen, [c.event for c in left]


def _order(candidate: Candidate) -> tuple[str, str]:
    """Of equal gains the earlier one is taken."""
    return str(candidate.when.first), candidate.event.id


def likeness(a: Candidate, b: Candidate) -> float:
    """How much two events tell the same thing, 0 to 1."""
    if a.event.status != b.event.status:
        return 0.0  # what is planned and what happened are two things
    shared = len(a.sentences & b.sentences) / min(len(a.sentences), len(b.sentences))
    gap = max((a.when.first - b.when.last).days, (b.when.first - a.when.last).days, 0)
    words = sum(value * b.words.get(word, 0.0) for word, value in a.words.items())
    union = a.parties | b.parties
    parties = len(a.parties & b.parties) / len(union) if union else 0.0
    types = 1.0 if a.event.type == b.event.type else 0.5 if a.event.quad == b.event.quad else 0.0
    return max(shared, math.exp(-gap / _DAYS) * (words / 2 + parties / 4 + types / 4))


def content_words(text: str) -> list[str]:
    """The words of a text without accents and case, and without those that say nothing by themselves."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
    stop = phrases()["stop"]
    return [w for w in re.findall(r"[^\W_]+", plain) if w not in stop]


def _rarity(counts: Sequence[Counter[str]]) -> dict[str, float]:
    """Word → how rare it is among the events (inverse document frequency)."""
    found: Counter[str] = Counter(word for count in counts for word in count)
    return {word: math.log(1 + len(counts) / n) for word, n in found.items()}


def _scaled(vector: Mapping[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(value * value for value in vector.values()))
    return {word: value / length for word, value in vector.items()} if length else {}
