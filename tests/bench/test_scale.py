"""The made-up news hold together, and what is measured is measured."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from bench import scale
from tests.dataset.scenes import whole
from whodid.dataset.check import misquoted
from whodid.records import Coded, Report


def test_made_up_reports_hold_the_words_of_their_claims() -> None:
    made = list(scale.News().reports(40))
    assert len(made) == 4 and len({report.id for report, _ in made}) == 4
    for report, coded in made:
        assert len(coded.claims) == 10
        assert not [w for c in coded.claims for w in misquoted(c.model_dump(exclude={"report"}), report.text)]
    again = list(scale.News().reports(40))
    assert [report.text for report, _ in again] == [report.text for report, _ in made]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scale, "PORTION", 60)
    monkeypatch.setattr(scale, "_PAIRS", 2)


@pytest.mark.usefixtures("small")
def test_a_small_dataset_is_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figures = scale.scale(600, tmp_path)
    assert (figures["claims"], figures["reports"]) == (720, 72)
    assert 0 < figures["events"] < 720 and figures["query_seconds"] > 0 and figures["peak_mib"] > 0
    assert figures["growth_least"] <= figures["growth"] <= figures["growth_most"]
    whole(next(tmp_path.glob("*/whole")))
    told = [line.partition(": ")[0].rpartition(" ")[2] for line in capsys.readouterr().err.splitlines()]
    assert told == ["whole"] * 10 + ["tenth", "whole"] * 2


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("noted", "begun", "code", "put"),
    [
        (True, "a", "a", 6),
        (False, "a", "a", 8),
        (True, "a", "b", 8),
        (True, "a + changes", "a + changes", 8),
    ],
)
def test_a_course_that_was_stopped_goes_on_with_the_same_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, noted: bool, begun: str, code: str, put: int
) -> None:
    store, stored = scale.store, list[str]()

    def stops_in_the_third(folder: Path, made: Sequence[tuple[Report, Coded]]) -> None:
        stored.append(folder.name)
        if len(stored) == 3 and not noted:
            store(folder, made)  # in the dataset, but not yet noted
        if len(stored) == 3:
            raise KeyboardInterrupt
        store(folder, made)

    monkeypatch.setattr(scale, "store", stops_in_the_third)
    monkeypatch.setattr(scale, "commit", lambda: begun)
    with pytest.raises(KeyboardInterrupt):
        scale.scale(240, tmp_path)
    monkeypatch.setattr(scale, "commit", lambda: code)
    figures = scale.scale(240, tmp_path)
    assert len(stored) == 3 + put
    assert (figures["claims"], figures["reports"]) == (360, 36)
