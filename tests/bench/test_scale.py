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


def test_a_small_dataset_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scale, "PORTION", 60)
    figures = scale.scale(120, tmp_path / "data")
    assert (figures["claims"], figures["reports"]) == (180, 18)
    assert 0 < figures["events"] < 180 and figures["query_seconds"] > 0 and figures["peak_mib"] > 0
    whole(tmp_path / "data")
