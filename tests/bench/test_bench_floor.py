"""The floor: what counts as fallen, how it is raised, and the exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench import floor
from bench.__main__ import main
from bench.errors import BenchError
from bench.measure import sections

FLOORS = {"own": {"floor": {"type.hit_rate": 0.6, "evidence": 1.0}}}


def fallen(hit: float | None, evidence: float = 1.0) -> list[str]:
    found = {"own": {"type": {"hit_rate": hit}, "evidence": evidence}}
    return [x.path for x in floor.compare(FLOORS, found) if x.fell]


def test_a_figure_at_its_floor_has_not_fallen() -> None:
    assert fallen(0.6) == []


def test_a_figure_below_its_floor_has_fallen() -> None:
    assert fallen(0.599) == ["type.hit_rate"]
    assert fallen(0.7, evidence=0.9999) == ["evidence"]


def test_a_figure_that_is_missing_has_fallen() -> None:
    assert fallen(None) == ["type.hit_rate"]


def test_the_table_marks_what_fell() -> None:
    lines = floor.compare(FLOORS, {"own": {"type": {"hit_rate": 0.5}, "evidence": 1.0}})
    marked = [line for line in floor.table(lines) if line.endswith("FELL")]
    assert len(marked) == 1 and "type.hit_rate" in marked[0] and "0.5000" in marked[0]


def test_raising_goes_just_below_and_never_down() -> None:
    found = {"own": {"type": {"hit_rate": 0.7129}, "evidence": 1.0}}
    assert floor.raised(FLOORS, found)["own"]["floor"] == {"type.hit_rate": 0.707, "evidence": 1.0}
    worse = {"own": {"type": {"hit_rate": 0.2}, "evidence": None}}
    assert floor.raised(FLOORS, worse)["own"]["floor"] == FLOORS["own"]["floor"]


@pytest.mark.parametrize("text", ["{", '{"own": {}}', '{"own": {"floor": {"x": "high"}}}', '["own"]', "{}"])
def test_a_floor_file_that_cannot_be_used_says_so(tmp_path: Path, text: str) -> None:
    path = tmp_path / "floor.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BenchError, match=r"floor\.json cannot be used"):
        floor.load(path)


def test_the_floor_file_names_sets_and_figures_that_are_measured() -> None:
    known: dict[str, set[str]] = {}
    for section in (s for s in sections().values() if not s.coders):
        views = [heading for s in section.sets for heading in (s.views or [s.name])]
        known |= {name: set(section.columns.values()) for name in [*section.folders, *views]}
    for name, entry in floor.load().items():
        assert set(entry["floor"]) <= known[name], name


@pytest.mark.parametrize(("hit", "status"), [(0.9, 0), (0.1, 1)])
def test_the_exit_status_says_whether_a_figure_fell(
    hit: float, status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = {"own": {"type": {"hit_rate": hit}, "evidence": 1.0}}
    path = tmp_path / "floor.json"
    path.write_text(json.dumps(FLOORS), encoding="utf-8")
    monkeypatch.setattr(floor, "FILE", path)
    monkeypatch.setattr(floor, "measured", lambda *_: found)
    monkeypatch.setattr("bench.__main__.Pipeline", lambda: None)
    monkeypatch.setattr("bench.__main__.shared_folder", lambda: tmp_path)
    assert main(["floor"]) == status
    captured = capsys.readouterr()
    assert "type.hit_rate" in captured.out
    assert ("own type.hit_rate" in captured.err) == bool(status)


def test_without_gold_data_the_status_is_three_and_the_place_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BENCH_SHARED", str(tmp_path))
    assert main(["floor"]) == 3
    assert str(tmp_path) in capsys.readouterr().err
