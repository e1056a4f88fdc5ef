"""What people say of claims: kept at once, taken in later, in whatever portions, and taken back without a trace."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dataset.scenes import filled, news, whole
from whodid.dataset import open_dataset
from whodid.errors import UsageError
from whodid.records import Claim, Event
from whodid.run.reviewing import Reviewing, apply_pending, unfit

NOBODY = {"start": 0, "end": 12, "id": None, "name": None, "country": None, "sectors": [], "score": 1.0}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return filled(tmp_path / "data", 8)


def claims(folder: Path) -> dict[str, Claim]:
    return {claim.id: claim for claim in open_dataset(folder).claims()}


def events(folder: Path) -> dict[str, Event]:
    return {event.id: event for event in open_dataset(folder).events()}


def test_a_corrected_value_flows_on_with_its_origin_and_goes_without_a_trace(folder: Path) -> None:
    before, told = claims(folder), events(folder)
    one = min(before)
    with Reviewing(folder) as review:
        made = review.correct(one, "type", "PROTEST", person="Ana", why="a march")
        assert (made.before, made.after, made.person, made.why, made.undoes) == (
            before[one].type, "PROTEST", "Ana", "a march", None,
        )  # fmt: skip
        assert review.claim(one).claim.type == "PROTEST", "it counts at once for who reviews"
        assert claims(folder) == before, "and in the dataset when it is taken in"
        done = apply_pending(folder)
        assert (done.corrections, done.claims, done.unfit) == (1, 1, ())
        now = claims(folder)[one]
        assert (now.type, now.quad, now.mode, now.checked, now.checked_by) == (
            "PROTEST", 4, None, "corrected", ("Ana",),
        )  # fmt: skip
        assert {c.field: (c.before, c.by, c.id) for c in now.corrections}["type"] == (
            f'"{before[one].type}"', "Ana", made.id,
        )  # fmt: skip
        assert any(f"type corrected by Ana on {made.made:%Y-%m-%d}: " in why and "a march" in why for why in now.why)
        assert events(folder)[now.event].checked == "corrected"
        whole(folder)
        review.undo(made.id, person="Ben")
        apply_pending(folder)
    assert claims(folder) == before and events(folder) == told
    whole(folder)


def test_a_rejected_claim_leaves_everything_until_it_is_restored(folder: Path) -> None:
    before, told = claims(folder), events(folder)
    one = min(before)
    with Reviewing(folder) as review:
        review.verdict(one, "reject", person="Ana", why="figure of speech")
        apply_pending(folder)
        whole(folder)
        assert claims(folder).keys() == before.keys() - {one}
        assert not any(one in event.claims for event in events(folder).values())
        data = open_dataset(folder)
        assert data.query("SELECT 1 FROM statements WHERE claim_id = ?", [one]).num_rows == 0
        assert data.coded_claim(one) == before[one].model_copy(update={"event": one})
        assert review.claim(one).rejected
        review.verdict(one, "restore", person="Ben")
        apply_pending(folder)
    assert claims(folder) == before and events(folder) == told
    whole(folder)


def test_what_is_accepted_is_marked(folder: Path) -> None:
    one, *others = sorted(claims(folder))
    with Reviewing(folder) as review:
        for claim in (one, *others):
            review.verdict(claim, "accept", person="Ana")
    apply_pending(folder)
    assert {c.checked for c in claims(folder).values()} == {"accepted"}
    assert {e.checked for e in events(folder).values()} == {"accepted"}
    assert claims(folder)[one].checked_by == ("Ana",) and claims(folder)[one].corrections == ()
    whole(folder)


def test_nothing_to_take_in_makes_no_version(folder: Path) -> None:
    version = open_dataset(folder).version
    assert apply_pending(folder).version == version == open_dataset(folder).version


def test_an_undo_can_be_undone_and_nothing_is_undone_twice(folder: Path) -> None:
    one = min(claims(folder))
    with Reviewing(folder) as review:
        made = review.correct(one, "status", "hypothetical", person="Ana")
        back = review.undo(made.id, person="Ana")
        assert review.claim(one).claim.status == claims(folder)[one].status
        with pytest.raises(UsageError, match=f"correction {made.id} was taken back before, by Ana"):
            review.undo(made.id, person="Ben")
        review.undo(back.id, person="Ben")
        assert review.claim(one).claim.status == "hypothetical"
        assert [stands for _, stands in review.corrections(one)] == [True, False, True]
        with pytest.raises(UsageError, match="there is no correction 99"):
            review.undo(99, person="Ana")


def test_the_last_word_counts_and_a_decision_before_all(folder: Path) -> None:
    one = min(claims(folder))
    with Reviewing(folder) as review:
        review.correct(one, "type", "PROTEST", person="Ana")
        review.correct(one, "type", "CONSULT", person="Ben")
        assert review.claim(one).claim.type == "CONSULT"
        review.correct(one, "type", "AID", person="Eve", deciding=True)
        review.correct(one, "type", "PROTEST", person="Ana")
        assert review.claim(one).claim.type == "AID"


def test_what_does_not_fit_is_told_and_not_taken(folder: Path) -> None:
    before = claims(folder)
    one = min(before)
    with Reviewing(folder) as review:
        wrong = review.people.correct(one, "recipients", [], [{**NOBODY, "text": "nobody there"}], person="Ana")
        code = review.people.correct(one, "type", before[one].type, "MARCH", person="Ana")
        lost = review.people.correct("f" * 16, "type", "AID", "PROTEST", person="Ana")
        assert {row.id for row in apply_pending(folder).unfit} == {wrong.id, code.id}
        assert claims(folder) == before
        told = {problem.id: problem.what for problem in unfit(folder)}
        assert told.keys() == {str(wrong.id), str(code.id), str(lost.id)}
        assert "does not fit claim" in told[str(wrong.id)] and "there is no claim fff" in told[str(lost.id)]
        for row in (wrong, code):
            review.undo(row.id, person="Ana")
        assert [problem.id for problem in unfit(folder)] == [str(lost.id)]


def test_notes_stand_beside_what_they_are_of(folder: Path) -> None:
    one = min(claims(folder))
    with Reviewing(folder) as review:
        review.note("claim", one[:8], "look again", person="Ana")
        event, report = review.data.claim(one).event, review.data.claim(one).report.id
        review.note("event", event, "the same as last year's", person="Ana")
        review.note("report", report, "a translation", person="Ana")
        assert one == event  # an event is named after its first claim
        assert [n.text for n in review.people.notes(one, "claim")] == ["look again"]
        assert [n.text for n in review.people.notes(event, "event")] == ["the same as last year's"]
        assert [n.text for n in review.people.notes(report)] == ["a translation"]
        with pytest.raises(UsageError, match="has no claim 'ffff'"):
            review.note("claim", "ffff", "x", person="Ana")


def test_what_is_refused(folder: Path) -> None:
    one = min(claims(folder))
    with Reviewing(folder) as review:
        with pytest.raises(UsageError, match=f"type of claim {one} is .* already"):
            review.correct(one, "type", claims(folder)[one].type, person="Ana")
        with pytest.raises(UsageError, match="verdicts: accept, reject, restore"):
            review.verdict(one, "doubt", person="Ana")
        with pytest.raises(UsageError, match="is not rejected: there is nothing to restore"):
            review.verdict(one, "restore", person="Ana")
        with pytest.raises(UsageError, match="name of a person"):
            review.correct(one, "historical", True, person=" ")
        with pytest.raises(UsageError, match="has no claim 'ffff'"):
            review.verdict("ffff", "accept", person="Ana")
        assert review.corrections() == []


def test_reports_that_are_coded_anew_keep_what_people_said(folder: Path) -> None:
    from tests.dataset.scenes import add
    from whodid.settings import load_settings

    one, two = sorted(claims(folder))[:2]
    with Reviewing(folder) as review:
        review.correct(one, "status", "hypothetical", person="Ana")
        review.verdict(two, "reject", person="Ana")
    apply_pending(folder)
    judged = claims(folder)
    add(folder, news(8), settings=load_settings(min_score="0.1"), recode=True)
    assert {c.id: c.status for c in claims(folder).values()} == {c.id: c.status for c in judged.values()}
    assert claims(folder)[one].corrections and two not in claims(folder)
    whole(folder)
