"""Events put right: claims that were wrongly fused are parted, events that are one are joined. Both become judgements
of pairs of claims, as few as hold: each way is tried on the fusion of the dataset before a row is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from whodid.errors import UsageError, WhodidError
from whodid.records import Judgement, Verdict
from whodid.run.fusing_stored import SEEN, foretold
from whodid.run.reviewing import Reviewing

Pair = tuple[str, str, Verdict]
"""Two claims and the verdict on them."""


def merge(review: Reviewing, events: Sequence[str], *, person: str, why: str = "") -> list[Judgement]:
    """Say that several events are one. Returns the judgements of pairs that were kept.

    events: ids, or beginnings of them. Raises UsageError for fewer than two events or one that is not there,
    WhodidError where no judgements would hold them together.
    """
    found = {event.id: event for event in map(review.data.event, events)}
    if len(found) < 2:
        raise UsageError(f"to merge takes two events; {', '.join(map(repr, events)) or 'none'} is {len(found)}")
    parts = [event.claims for event in found.values()]
    every = [claim for part in parts for claim in part]
    against = _said(review, parts, "different")
    contrary: list[Pair] = [(a, b, "same") for a, b in against]
    leads = [part[0] for part in parts]
    few: list[Pair] = [*contrary, *((a, b, "same") for a, b in pairwise(leads) if not _has(against, a, b))]
    chain: list[Pair] = [*contrary, *((a, b, "same") for a, b in pairwise(every) if not _has(against, a, b))]

    def together(home: Mapping[str, str]) -> bool:
        return len({home[claim] for claim in every}) == 1

    return _keep(review, (few, chain), together, person, why)


def split(review: Reviewing, event: str, claims: Sequence[str], *, person: str, why: str = "") -> list[Judgement]:
    """Say that some claims of an event tell of another one, and together. Returns the judgements of pairs that were
    kept.

    event: its id, or the beginning. claims: ids, or beginnings; some of the event's and not all. Raises UsageError for
    others, WhodidError where no judgements would hold them apart.
    """
    whole = review.data.event(event)
    out = list(dict.fromkeys(review.data.claim(claim).id for claim in claims))
    if strange := [claim for claim in out if claim not in whole.claims]:
        raise UsageError(
            f"claim {strange[0]} is not in event {whole.id}; its claims: {', '.join(whole.claims[:20])}"
        )  # fmt: skip
    left = [claim for claim in whole.claims if claim not in out]
    if not out or not left:
        raise UsageError(f"to split event {whole.id} takes some of its {len(whole.claims)} claims, and not all")
    against = _said(review, (left, out), "same")
    one: list[Pair] = [(a, b, "different") for a, b in against or [(left[0], out[0])]]
    tied: list[Pair] = [(a, b, "same") for part in (left, out) for a, b in pairwise(part)]

    def apart(home: Mapping[str, str]) -> bool:
        return len({home[c] for c in left}) == len({home[c] for c in out}) == 1 and home[left[0]] != home[out[0]]

    return _keep(review, (one, [*one, *tied]), apart, person, why)


def _said(review: Reviewing, parts: Sequence[Sequence[str]], verdict: str) -> list[tuple[str, str]]:
    """The pairs of claims of different parts of which a person's last word is this verdict."""
    part = {claim: number for number, some in enumerate(parts) for claim in some}
    return [
        (j.left, j.right)
        for j in review.people.judged(part)
        if j.verdict == verdict and j.left in part and j.right in part and part[j.left] != part[j.right]
    ]


def _has(pairs: Iterable[tuple[str, str]], a: str, b: str) -> bool:
    return (min(a, b), max(a, b)) in pairs


def _keep(
    review: Reviewing, ways: Iterable[Sequence[Pair]], holds: Callable[[Mapping[str, str]], bool], person: str, why: str
) -> list[Judgement]:
    """Keep the judgements of the first way that holds."""
    for way in ways:
        tried = list(_judgements(way, person))
        seen = review.data.head.marks.get(SEEN, 0)
        waiting = [judgement for _, judgement in review.people.judgements(after=seen)]
        if holds(foretold(review.data, review.people, [*waiting, *tried])):
            return [review.people.judge(a, b, verdict, person=person, why=why) for a, b, verdict in way]
    raise WhodidError("fusion would not hold to it: judge single pairs of claims with `whodid judge`")


_SCORES: Mapping[Verdict, float] = {"same": 1.0, "different": 0.0}


def _judgements(pairs: Iterable[Pair], person: str) -> Iterator[Judgement]:
    for one, other, verdict in pairs:
        left, right = sorted((one, other))
        yield Judgement(left=left, right=right, verdict=verdict, score=_SCORES[verdict], by=f"person:{person}", why=())
