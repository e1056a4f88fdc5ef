"""Agreement between reviewers, what they have to settle, what to look at next, and what a sample says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dataset.scenes import filled
from whodid.dataset import open_dataset
from whodid.errors import UsageError
from whodid.run.agreement import agreement, alpha, disputes
from whodid.run.review_queue import precision, queue, sampled, wilson
from whodid.run.reviewing import Reviewing, apply_pending

# Four observers and twelve units, with gaps: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), D.
OBSERVERS = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)


def test_alpha_of_the_published_example() -> None:
    units = zip(*(row.split() for row in OBSERVERS), strict=True)
    found = alpha([[value for value in unit if value != "."] for unit in units])
    assert found is not None and round(found, 3) == 0.743


def test_alpha_at_its_ends() -> None:
    assert alpha([["a", "a"], ["b", "b"]]) == 1
    assert alpha([["a", "a"], ["a", "a"]]) is None, "with one value nothing can be told"
    assert alpha([["a"], ["b"]]) is None and alpha([]) is None
    worst = alpha([["a", "b"], ["b", "a"]])
    assert worst is not None and worst < 0


def test_wilson() -> None:
    """Against scipy.stats.binomtest(…).proportion_ci(method="wilson")."""
    assert [round(x, 4) for x in wilson(8, 10)] == [0.4902, 0.9433]
    assert [round(x, 4) for x in wilson(0, 10)] == [0.0, 0.2775]
    assert [round(x, 4) for x in wilson(170, 200)] == [0.7939, 0.8929]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return filled(tmp_path / "data", 8)


def test_reviewers_differ_until_it_is_decided(folder: Path) -> None:
    one, two, three, *_ = sorted(c.id for c in open_dataset(folder).claims())
    with Reviewing(folder) as review:
        for person in ("Ana", "Ben"):
            for claim in (one, two):
                review.verdict(claim, "accept", person=person)
        review.verdict(three, "accept", person="Ana")
        review.correct(three, "type", "PROTEST", person="Ben")
        found = {a.field: a for a in agreement(review.data, review.people)}
        assert (found["claim"].claims, found["claim"].reviewers) == (3, 2)
        assert found["claim"].alpha == pytest.approx(0.0) and set(found) == {"claim", "type"}
        open_ones = disputes(review.data, review.people)
        assert {(d.claim, d.field) for d in open_ones} == {(three, "claim"), (three, "type")}
        of_type = next(d for d in open_ones if d.field == "type")
        assert of_type.values["Ben"] == "PROTEST" and of_type.counts == "PROTEST" and of_type.values["Ana"] != "PROTEST"
        review.correct(three, "type", of_type.values["Ana"], person="Eve", deciding=True)
        review.verdict(three, "accept", person="Eve", deciding=True)
        assert disputes(review.data, review.people) == []
        assert review.claim(three).claim.type == of_type.values["Ana"]
        assert [a.claims for a in agreement(review.data, review.people) if a.field == "claim"] == [3]


def test_who_accepts_agrees_with_what_was_corrected_before(folder: Path) -> None:
    one = min(c.id for c in open_dataset(folder).claims())
    with Reviewing(folder) as review:
        review.correct(one, "type", "PROTEST", person="Ana")
        review.verdict(one, "accept", person="Ben")
        assert disputes(review.data, review.people) == []
        made = review.correct(one, "type", "AID", person="Ana")
        assert [d.field for d in disputes(review.data, review.people)] == ["type"], "Ben said that it was a protest"
        assert review.claim(one).claim.checked_by == ("Ana",), "and has not seen what it is now"
        review.undo(made.id, person="Ana")
        assert review.claim(one).claim.checked_by == ("Ana", "Ben")


def test_the_queues(folder: Path) -> None:
    data = open_dataset(folder)
    with Reviewing(folder) as review:
        people = review.people
        first = queue(data, people, kind="lowest", limit=3)
        assert len(first) == 3 and first[0].kind == "claim" and first[0].why == "score 0.80"
        review.verdict(first[0].id, "accept", person="Ana")
        assert [i.id for i in queue(data, people, kind="lowest", limit=2)] == [i.id for i in first[1:]]
        assert queue(data, people, kind="lowest", reviewer="Ben", limit=3) == first
        events = queue(data, people, kind="disagreement")
        flags = {e.id: e.flags for e in data.events()}
        assert events and [len(flags[i.id]) for i in events] == sorted((len(flags[i.id]) for i in events), reverse=True)
        for claim in data.event(events[0].id).claims:
            review.verdict(claim, "accept", person="Ana")
        assert events[0] not in queue(data, people, kind="disagreement")
        with pytest.raises(UsageError, match="queues: lowest, disagreement, random"):
            queue(data, people, kind="newest")
        with pytest.raises(UsageError, match="at least one"):
            queue(data, people, limit=0)


def test_a_sample_is_the_same_again_and_others_with_another_seed(folder: Path) -> None:
    data = open_dataset(folder)
    assert sampled(data, 1, 5) == sampled(data, 1, 8)[:5]
    assert sampled(data, 1, 5) != sampled(data, 2, 5)
    assert len(sampled(data, 1, 10_000)) == len(list(data.claims()))


def test_precision_counts_type_and_parties(folder: Path) -> None:
    with Reviewing(folder) as review:
        assert precision(review.data, review.people, sample=6).share is None
        ids = [i.id for i in queue(review.data, review.people, kind="random", sample=6)]
        assert len(ids) == 6
        review.verdict(ids[0], "accept", person="Ana")
        review.verdict(ids[1], "reject", person="Ana")
        review.correct(ids[2], "actors", [], person="Ana")
        review.correct(ids[3], "historical", True, person="Ana")
        review.verdict(ids[3], "accept", person="Ana")
        review.correct(ids[4], "historical", True, person="Ana")
        apply_pending(folder)
        found = precision(review.look(), review.people, sample=6)
        assert (found.sample, found.judged, found.right, found.share) == (6, 4, 2, 0.5)
        assert (found.low, found.high) == wilson(2, 4)
        assert [i.id for i in queue(review.data, review.people, kind="random", sample=6)] == ids[5:]
