"""What to look at next, and what a random sample that was looked at says of the whole."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from whodid.dataset import Dataset
from whodid.dataset.corrections import settled, standing
from whodid.dataset.people import People
from whodid.errors import UsageError
from whodid.records import Actor, Claim, Correction
from whodid.run.correcting import WHOLE, still_accepted

Kind = Literal["lowest", "disagreement", "random"]

SAMPLE = 200
"""Claims of a random sample, unless told otherwise: an interval of about ±6 points at a precision of 0.8."""

_Z = 1.959963984540054
"""The 97.5th percentile of the normal distribution, for an interval of 95 %."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something to look at: a claim or an event, by id, and why it stands where it does."""

    kind: Literal["claim", "event"]
    id: str
    why: str


@dataclass(frozen=True, slots=True)
class Precision:
    """What a random sample says. sample: claims in it. judged: of them, those that somebody judged. right: of those,
    the ones whose type, actors and recipients are right. share: ``right`` by ``judged``; low, high: its interval of
    95 %; all three None where nothing was judged."""

    sample: int
    judged: int
    right: int
    share: float | None
    low: float | None
    high: float | None


def queue(  # noqa: PLR0913  one parameter a choice
    data: Dataset, people: People, *, kind: str = "lowest", limit: int = 20, seed: int = 0, reviewer: str | None = None,
    sample: int = SAMPLE,
) -> list[Item]:  # fmt: skip
    """Claims or events to look at next, without those that the reviewer (by default anybody) has judged.

    kind: ``lowest`` score first; ``disagreement``: events whose claims contradict each other, most of it first;
    ``random``: the claims of the sample that :func:`precision` estimates from, in its order. Raises UsageError.
    """
    if kind not in get_args(Kind):
        raise UsageError(f"there is no queue {kind!r}; queues: {', '.join(get_args(Kind))}")
    if limit < 1 or sample < 1:
        raise UsageError(f"a queue has at least one item, not {min(limit, sample)}")
    done = judged_by(people, reviewer)
    if kind == "disagreement":
        done |= {claim for j in people.judged_pairs(reviewer) for claim in (j.left, j.right)}
    items = {"lowest": _lowest, "disagreement": _disagreement}.get(kind)
    found = items(data, done) if items else _of_sample(data, done, seed, sample)
    return [item for item, _ in zip(found, range(limit), strict=False)]


def judged_by(people: People, reviewer: str | None) -> set[str]:
    """Ids of the claims of which a person, or anybody, has a judgement that stands."""
    return {
        claim
        for claim, rows in of_claims(people).items()
        if any(reviewer in {None, row.person} for row in standing(rows))
    }


def of_claims(people: People) -> dict[str, list[Correction]]:
    """Claim → every judgement of it, oldest first."""
    out: dict[str, list[Correction]] = {}
    for row in people.corrections():
        out.setdefault(row.claim, []).append(row)
    return out


def _lowest(data: Dataset, done: set[str]) -> Iterator[Item]:
    for row in _rows(data, "SELECT id, score FROM claims ORDER BY score, id"):
        if row["id"] not in done:
            yield Item("claim", row["id"], f"score {row['score']:.2f}")


def _disagreement(data: Dataset, done: set[str]) -> Iterator[Item]:
    sql = "SELECT id, claims, flags FROM events WHERE len(flags) > 0 ORDER BY len(flags) DESC, independent DESC, id"
    for row in _rows(data, sql):
        if not done.issuperset(row["claims"]):
            yield Item("event", row["id"], ", ".join(row["flags"]))


def _of_sample(data: Dataset, done: set[str], seed: int, sample: int) -> Iterator[Item]:
    ids = sampled(data, seed, sample)
    for number, id in enumerate(ids, 1):
        if id not in done:
            yield Item("claim", id, f"{number} of a random sample of {len(ids)}")


def sampled(data: Dataset, seed: int, sample: int) -> list[str]:
    """Claims drawn at random, also those that people rejected since: the first by a hash of seed and id, so that the
    same seed draws the same claims of the same dataset, and a larger sample goes on from a smaller one."""
    sql = "SELECT id FROM coded_claims ORDER BY md5(? || ' ' || id), id LIMIT ?"
    found: list[str] = data.query(sql, [str(seed), sample])["id"].to_pylist()
    return found


def precision(data: Dataset, people: People, *, seed: int = 0, sample: int = SAMPLE) -> Precision:
    """The share of the coder's claims whose type, actors and recipients are right, estimated from the claims of a
    random sample that were judged: accepted, rejected, or corrected in one of the three.

    The interval is Wilson's score interval (E. B. Wilson, 1927, "Probable inference, the law of succession, and
    statistical inference", Journal of the American Statistical Association 22, 209–212). It holds for the whole dataset
    if the sample is judged in the order of its queue.
    """
    ids = sampled(data, seed, sample)
    sql = "SELECT id, record FROM coded_claims WHERE list_contains(?, id)"
    claims = {row["id"]: Claim.model_validate_json(row["record"]) for row in _rows(data, sql, [ids])}
    rows = people.corrections_of(ids)
    verdicts = [_right(claims[id], rows[id]) for id in ids if id in rows]
    judged = [right for right in verdicts if right is not None]
    if not judged:
        return Precision(len(ids), 0, 0, None, None, None)
    share = sum(judged) / len(judged)
    low, high = wilson(sum(judged), len(judged))
    return Precision(len(ids), len(judged), sum(judged), share, low, high)


def _right(machine: Claim, rows: Sequence[Correction]) -> bool | None:
    """Whether type and parties are right as the coder made them; None where nobody has said so."""
    taken = settled(rows)
    verdict = taken.get(WHOLE)
    if verdict and verdict.after == "reject":
        return False
    wrong = "type" in taken and taken["type"].after != machine.type
    for side in ("actors", "recipients"):
        if side in taken:
            value: Any = taken[side].after
            wrong |= {(one["start"], one["end"]) for one in value} != _places(getattr(machine, side))
    accepted = verdict and verdict.after == "accept" and still_accepted(machine, verdict, rows)
    return False if wrong else True if accepted else None


def _places(actors: Sequence[Actor]) -> set[tuple[int, int]]:
    return {(actor.start, actor.end) for actor in actors}


def wilson(right: int, of: int) -> tuple[float, float]:
    """The interval of 95 % for a share, by Wilson's score; ``of`` is at least 1."""
    share, z2 = right / of, _Z * _Z
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = _Z / (1 + z2 / of) * math.sqrt(share * (1 - share) / of + z2 / (4 * of * of))
    return max(0.0, middle - half), min(1.0, middle + half)


def _rows(data: Dataset, sql: str, parameters: Sequence[object] = ()) -> Iterator[dict[str, Any]]:
    for batch in data.batches(sql, parameters):
        yield from batch
