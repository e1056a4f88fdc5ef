from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.builders import make_word_coder, report
from whodid.errors import UsageError
from whodid.export import read_claims
from whodid.records import Rejection, Report
from whodid.run import Run
from whodid.run.journal import Journal, digest, key
from whodid.settings import Settings

TEXTS = [f"Report {n}: the northern army attacked a bridge." + " It attacked again." * (n % 3) for n in range(40)]
Inputs = Sequence[Report | Rejection]


def inputs() -> list[Report | Rejection]:
    items: list[Report | Rejection] = [report(text) for text in TEXTS]
    items[3] = Rejection(source="x", code="empty", message="nothing")
    items[20] = report("Nothing at all.")
    return items


def part(target: Path, items: Inputs, shards: int, fingerprint: str = "f") -> int:
    """Code some shards and stop as if killed; how many inputs were skipped as done."""
    run = Run(items, settings=Settings(), make=make_word_coder)
    with Journal(target, fingerprint) as journal:
        for number, _ in enumerate(run.shards(journal)):
            if number + 1 == shards:
                break
    return run.summary.resumed


def whole(target: Path, items: Inputs, fingerprint: str = "f") -> Run:
    run = Run(items, settings=Settings(), make=make_word_coder)
    with Journal(target, fingerprint) as journal:
        for _ in run.shards(journal):
            pass
        journal.finish()
    return run


@pytest.fixture
def expected(tmp_path: Path) -> bytes:
    target = tmp_path / "expected.jsonl"
    whole(target, inputs())
    return target.read_bytes()


def test_a_finished_run_leaves_the_output_only(tmp_path: Path, expected: bytes) -> None:
    assert [p.name for p in tmp_path.iterdir()] == ["expected.jsonl"]
    assert len(expected.splitlines()) == sum(t.count("attacked") for n, t in enumerate(TEXTS) if n not in {3, 20})


def test_a_stopped_run_goes_on(tmp_path: Path, expected: bytes) -> None:
    target = tmp_path / "out.jsonl"
    assert part(target, inputs(), 1) == 0
    assert not target.exists()
    run = whole(target, inputs())
    assert run.summary.resumed == 16
    assert target.read_bytes() == expected
    assert run.summary.inputs == 40
    assert run.summary.rejected == {"empty": 1, "no-events": 1}


@pytest.mark.parametrize("cut", [1, 7, 60])
def test_half_written_lines_are_dropped(tmp_path: Path, expected: bytes, cut: int) -> None:
    target = tmp_path / "out.jsonl"
    part(target, inputs(), 2)
    journal = tmp_path / "out.jsonl.journal"
    journal.write_bytes(journal.read_bytes()[:-cut])
    with (tmp_path / "out.jsonl.partial").open("ab") as claims:
        claims.write(b'{"id": "half')
    assert 0 < whole(target, inputs()).summary.resumed < 32
    assert target.read_bytes() == expected


def test_claims_that_were_lost_are_coded_again(tmp_path: Path, expected: bytes) -> None:
    target = tmp_path / "out.jsonl"
    part(target, inputs(), 2)
    partial = tmp_path / "out.jsonl.partial"
    partial.write_bytes(partial.read_bytes()[:-10])
    assert whole(target, inputs()).summary.resumed < 32
    assert target.read_bytes() == expected


def test_another_fingerprint_starts_afresh(tmp_path: Path, expected: bytes) -> None:
    target = tmp_path / "out.jsonl"
    part(target, inputs(), 1, "other")
    assert whole(target, inputs()).summary.resumed == 0
    assert target.read_bytes() == expected


def test_a_changed_input_and_what_follows_are_coded_again(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    part(target, inputs(), 2)
    changed = inputs()
    changed[10] = report("The harbour was attacked on both sides.")
    assert whole(target, changed).summary.resumed == 10
    whole(tmp_path / "again.jsonl", changed)
    assert target.read_bytes() == (tmp_path / "again.jsonl").read_bytes()


def test_inputs_that_are_gone_are_not_in_the_output(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    part(target, inputs(), 2)
    run = whole(target, inputs()[:5])
    assert (run.summary.resumed, run.summary.inputs) == (5, 5)
    assert {c.report.id for c in read_claims(target)} == {item.id for item in inputs()[:5] if isinstance(item, Report)}


def test_a_stray_journal_is_no_harm(tmp_path: Path, expected: bytes) -> None:
    (tmp_path / "out.jsonl.journal").write_text("no json\n[]\n")
    target = tmp_path / "out.jsonl"
    whole(target, inputs())
    assert target.read_bytes() == expected


def test_two_runs_do_not_write_one_file(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    with Journal(target, "f"), pytest.raises(UsageError, match="another run is writing"), Journal(target, "f"):
        pass


def test_a_run_that_did_nothing_leaves_nothing(tmp_path: Path) -> None:
    with Journal(tmp_path / "out.jsonl", "f"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_the_key_is_the_content_and_not_the_moment() -> None:
    import datetime as dt

    one = report(TEXTS[0], retrieved=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    assert key(one) == key(report(TEXTS[0]))
    assert key(one) != key(report(TEXTS[0], published=dt.date(2020, 1, 1)))


def test_the_fingerprint_tells_its_parts_apart() -> None:
    assert len({digest("a", "bc"), digest("ab", "c"), digest("a", None), digest("a", "bc", 1)}) == 4


def test_the_claims_are_the_promised_lines(expected: bytes) -> None:
    first = json.loads(expected.splitlines()[0])
    assert list(first)[:4] == ["id", "report", "type", "mode"]
