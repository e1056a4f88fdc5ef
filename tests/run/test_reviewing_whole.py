"""Whatever people say, in whatever order and portions, by however many at once, and whoever is killed: nothing that was
acknowledged is lost, and what is taken back leaves no trace."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.dataset.scenes import claims_of, filled, news, whole
from whodid.dataset import open_dataset
from whodid.dataset.compact import compact
from whodid.dataset.corrections import standing
from whodid.dataset.people import FILE, open_people
from whodid.errors import UsageError
from whodid.records import Claim, Correction, Event
from whodid.run.correcting import WHOLE, judged
from whodid.run.correction_values import Values
from whodid.run.keeping import fuse_anew, fuse_pending
from whodid.run.regrouping import merge, split
from whodid.run.reviewing import Reviewing, apply_pending

REPORT = news(1)[0]
MACHINE = claims_of(REPORT)[0]

Step = tuple[str, Any]
GIVEN: Sequence[Step] = (
    ("type", "PROTEST"), ("type", "ASSAULT"), ("type", "AID"), ("mode", "riot"), ("mode", None), ("mode", "aerial"),
    ("contexts", ["military", "diplomatic"]), ("status", "hypothetical"), ("historical", True),
    ("actors", []), ("actors", [{"words": "Officials", "country": "IRQ", "sectors": ["GOV"]}]),
    ("recipients", [{"words": "people"}]), ("when", "2020-03"), ("when", None), ("where", None),
    ("said_by", "outlet"), ("counts", []), (WHOLE, "accept"), (WHOLE, "reject"), (WHOLE, "restore"),
)  # fmt: skip
STEPS = st.one_of(st.sampled_from(GIVEN), st.tuples(st.just("undo"), st.integers(0, 30)))


def rows_of(steps: Sequence[Step], deciding: Sequence[bool]) -> list[Correction]:
    """The rows that these steps make, as :class:`Reviewing` makes them; steps that are refused make none."""
    import datetime as dt

    rows: list[Correction] = []
    for number, (what, value) in enumerate(steps):
        now = judged(MACHINE, rows, REPORT.text).claim
        field, undoes, after = what, None, value
        if field == "undo":
            if not rows:
                continue
            undoes = rows[value % len(rows)].id
            field, after = rows[value % len(rows)].field, None
            if any(row.undoes == undoes for row in rows):
                continue
        elif field != WHOLE:
            try:
                after = Values(now, REPORT, None).made(field, value)  # type: ignore[arg-type]
            except UsageError:
                continue
        rows.append(
            Correction(id=len(rows) + 1, claim=MACHINE.id, field=field, before=None, after=after,
                       person=f"Reviewer {number % 3}", why="", made=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
                       deciding=deciding[number % len(deciding)], undoes=undoes)
        )  # fmt: skip
    return rows


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=st.lists(STEPS, max_size=12), deciding=st.lists(st.booleans(), min_size=1, max_size=3))
def test_any_sequence_taken_back_gives_the_coders_claim(steps: list[Step], deciding: list[bool]) -> None:
    rows = rows_of(steps, deciding)
    found = judged(MACHINE, rows, REPORT.text)
    assert found.machine == MACHINE and found.unfit == ()
    assert Claim.model_validate_json(found.claim.model_dump_json()) == found.claim
    changed = {c.field for c in found.claim.corrections}
    assert (found.claim.checked == "corrected") == bool(changed)
    for name in Claim.model_fields:
        if name not in {*changed, "quad", "cameo", "scale", "why", "checked", "checked_by", "corrections"}:
            assert getattr(found.claim, name) == getattr(MACHINE, name)
    last = len(rows)
    for n, row in enumerate(standing(rows), 1):
        rows.append(row.model_copy(update={"id": last + n, "undoes": row.id, "after": None}))
    back = judged(MACHINE, rows, REPORT.text)
    assert back.claim == MACHINE and not back.rejected and back.stored is None


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=st.lists(STEPS, max_size=12), deciding=st.lists(st.booleans(), min_size=1, max_size=3))
def test_a_claim_follows_from_its_rows_whatever_their_order(steps: list[Step], deciding: list[bool]) -> None:
    rows = rows_of(steps, deciding)
    assert judged(MACHINE, rows, REPORT.text) == judged(MACHINE, rows[::-1], REPORT.text)


# ---------------------------------------------------------------- datasets


def state(folder: Path) -> tuple[dict[str, Claim], dict[str, Event]]:
    """Claims and events; the events without what hangs on the order in which fusion met the claims."""
    data = open_dataset(folder)
    flags = {"planned", "denied"}
    events = {
        e.id: e.model_copy(update={"links": (), "flags": tuple(f for f in e.flags if f not in flags)})
        for e in data.events()
    }
    return {c.id: c for c in data.claims()}, events


def say(folder: Path, step: Step, number: int) -> None:
    field, value = step
    with Reviewing(folder) as review:
        every = [row for row, stands in review.corrections() if stands]
        ids = review.data.query("SELECT id FROM coded_claims ORDER BY id")["id"].to_pylist()
        try:
            if field == "undo":
                review.undo(every[value % len(every)].id if every else 99, person="Ana")
            elif field == WHOLE:
                review.verdict(ids[number % len(ids)], value, person="Ben")
            else:
                review.correct(ids[number % len(ids)], field, value, person="Eve")
        except UsageError:
            pass


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("source") / "data", 6)


@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(
    steps=st.lists(st.tuples(STEPS, st.integers(0, 3)), min_size=2, max_size=6),
    cuts=st.sets(st.integers(0, 5), max_size=2),
)
def test_the_portions_in_which_it_is_taken_in_do_not_matter(
    source: Path, steps: list[tuple[Step, int]], cuts: set[int]
) -> None:
    with TemporaryDirectory() as name:
        one, other = Path(name, "one"), Path(name, "other")
        shutil.copytree(source, one)
        shutil.copytree(source, other)
        for n, (step, number) in enumerate(steps):
            say(one, step, number)
            if n in cuts:
                apply_pending(one)
        apply_pending(one)
        shutil.copy(one / FILE, other / FILE)
        fuse_pending(other)
        assert state(one) == state(other)
        whole(one)
        with Reviewing(one) as review:
            for row in [row for row, stands in review.corrections() if stands and row.undoes is None]:
                review.undo(row.id, person="Ana")
        apply_pending(one)
        assert state(one) == state(source)
        whole(one)


def test_fusing_anew_and_compacting_keep_what_people_said(source: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(source, folder)
    for number, step in enumerate(
        [("type", "PROTEST"), (WHOLE, "reject"), ("status", "hypothetical"), (WHOLE, "accept")]
    ):
        say(folder, step, number)
    apply_pending(folder)
    before = state(folder)
    fuse_anew(folder)
    assert state(folder) == before
    compact(folder, keep_days=0)
    assert state(folder) == before
    whole(folder)
    with Reviewing(folder) as review:
        for row, _ in review.corrections():
            review.undo(row.id, person="Ana")
    apply_pending(folder)
    assert state(folder) == state(source)


def test_a_reviewer_who_is_killed_loses_nothing_that_was_acknowledged(source: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(source, folder)
    code = f"""
from whodid.run.reviewing import Reviewing, apply_pending
with Reviewing({str(folder)!r}) as review:
    ids = review.data.query("SELECT id FROM claims ORDER BY id")["id"].to_pylist()
    for n in range(1000):
        made = review.correct(ids[n % len(ids)], "historical", n // len(ids) % 2 == 0, person="Ana")
        print(made.id, flush=True)
        if n % 3 == 2:
            apply_pending({str(folder)!r})
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout
        told = [int(child.stdout.readline()) for _ in range(8)]
        os.kill(child.pid, signal.SIGKILL)
        told += [int(line) for line in child.stdout]
    with open_people(folder) as people:
        assert set(told) <= {row.id for row in people.corrections()}
    whole(folder)
    fuse_pending(folder)
    with open_people(folder) as people:
        rows = people.corrections()
    claims = {c.id: c for c in open_dataset(folder).claims()}
    last = {row.claim: row.after for row in rows}
    assert {id: claims[id].historical for id in last} == last
    whole(folder)


def _review(folder: str, person: str, field: str, value: Any) -> None:
    with Reviewing(folder) as review:
        for claim in review.data.query("SELECT id FROM claims ORDER BY id")["id"].to_pylist():
            review.correct(claim, field, value, person=person)
    apply_pending(folder)


def test_two_reviewers_at_once(source: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(source, folder)
    context = multiprocessing.get_context("spawn")
    both = [context.Process(target=_review, args=(str(folder), person, *given))
            for person, given in (("Ana", ("historical", True)), ("Ben", ("said_by", "outlet")))]  # fmt: skip
    for one in both:
        one.start()
    for one in both:
        one.join(240)
        assert one.exitcode == 0
    claims = list(open_dataset(folder).claims())
    assert claims and all(c.historical and c.said_by.voice == "outlet" for c in claims)
    assert all(c.checked_by == ("Ana", "Ben") for c in claims)
    with open_people(folder) as people:
        assert len(people.corrections()) == 2 * len(claims)
    whole(folder)


# ---------------------------------------------------------------- events


@pytest.fixture
def fused(tmp_path: Path) -> Path:
    return filled(tmp_path / "data", 12)


def test_events_are_merged_and_split_by_few_judgements(fused: Path) -> None:
    with Reviewing(fused) as review:
        first, second, *_ = sorted(review.data.events(), key=lambda e: (len(e.claims), e.id))
        assert len(first.claims) + len(second.claims) < 8
        made = merge(review, [first.id, second.id], person="Ana", why="one convoy")
        assert len(made) < len(first.claims) + len(second.claims) and {j.verdict for j in made} == {"same"}
        assert made[0].by == "person:Ana" and made[0].why == ("one convoy",)
        apply_pending(fused)
        joined = review.look().event(first.id)
        assert {*first.claims, *second.claims} <= set(joined.claims)
        whole(fused)
        split(review, joined.id, second.claims, person="Ben")
        apply_pending(fused)
        data = review.look()
        (home,) = {data.claim(claim).event for claim in second.claims}
        assert home not in {data.claim(claim).event for claim in first.claims}
        whole(fused)


def test_what_cannot_be_merged_or_split(fused: Path) -> None:
    with Reviewing(fused) as review:
        one, other, *_ = sorted(review.data.events(), key=lambda e: -len(e.claims))
        with pytest.raises(UsageError, match="takes two events"):
            merge(review, [one.id, one.id], person="Ana")
        with pytest.raises(UsageError, match=f"claim {other.claims[0]} is not in event {one.id}"):
            split(review, one.id, [other.claims[0]], person="Ana")
        for some in ([], one.claims):
            with pytest.raises(UsageError, match="and not all"):
                split(review, one.id, some, person="Ana")
        assert review.people.judgements() == []
