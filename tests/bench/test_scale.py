"""The made-up news hold together, and what is measured is measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import scale
from tests.dataset.scenes import whole
from whodid.dataset.check import misquoted


def test_made_up_reports_hold_the_words_of_their_claims() -> None:
    made = list(scale.News().reports(40))
    assert len(made) == 4 and len({report.id for report, _ in made}) == 4
    for report, coded in made:
        assert len(coded.claims) == 10
        assert not [w for c in coded.claims for w in misquoted(c.model_dump(exclude={"report"}), report.text)]
    again = list(scale.News().reports(40))
    assert [report.text for report, _ in again] == [report.text for report, _ in made]


def test_a_small_dataset_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(scale, "PORTION", 60)
    monkeypatch.setattr(scale, "_PAIRS", 2)
    figures = scale.scale(600, tmp_path / "data")
    assert (figures["claims"], figures["reports"]) == (720, 72)
    assert 0 < figures["events"] < 720 and figures["query_seconds"] > 0 and figures["peak_mib"] > 0
    assert figures["growth_least"] <= figures["growth"] <= figures["growth_most"]
    whole(tmp_path / "data")
    told = [line.partition(":")[0] for line in capsys.readouterr().err.splitlines()]
    assert told[-4:] == ["tenth, 120 claims", "data, 660 claims", "tenth, 180 claims", "data, 720 claims"]
