"""The sets that are measured, and the page that is made of the figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bench import results
from bench.__main__ import main
from bench.errors import BenchError
from bench.measure import confusions, figure, sections
from bench.shared import read_gold
from bench.tasks import TASKS

EVENTS: dict[str, Any] = {
    "type": {"hit_rate": 0.75, "R": 0.5},
    "confusions": {"ACCUSE → nothing": 3, "AID → AGREE": 1},
}


def page(**fields: Any) -> str:
    kept = {"commit": "abc1234", "date": "2020-01-14", "seconds": 9, "failed": [], "rows": {"own set": EVENTS}}
    return results.render({"events": kept | fields})


def test_every_set_has_a_task_that_is_answered() -> None:
    tasks = {s.task for section in sections().values() for s in section.sets}
    assert tasks <= set(TASKS)
    assert {"events", "actors", "attribution", "timex", "places", "eventloc", "modality", "pages"} <= tasks


def test_the_page_shows_figures_commands_and_confusions() -> None:
    shown = page()
    assert "| own set | 0.750 | 0.500 |" in shown
    assert "Commit abc1234, 2020-01-14, 9 s" in shown
    assert "ACCUSE → nothing 3, AID → AGREE 1" in shown
    assert "python -m bench predict events --gold ../shared/bench/dev/SET.jsonl --out P.jsonl" in shown
    assert "## Limits" in shown


def test_columns_that_no_set_can_fill_are_left_out() -> None:
    heading = next(line for line in page().splitlines() if line.startswith("| set |"))
    assert heading == "| set | hit rate | type R |"


def test_failed_texts_are_named() -> None:
    assert "counted as read and empty: own-1" in page(failed=["own-1"])


def test_what_was_measured_is_kept(tmp_path: Path) -> None:
    path, shown = tmp_path / "results.json", tmp_path / "RESULTS.md"
    assert results.load(path) == {}
    kept = {"events": results.entry({"own set": EVENTS}, seconds=1.6, failed=[])}
    results.save(kept, path, shown)
    assert results.load(path) == kept
    assert kept["events"]["seconds"] == 2
    assert shown.read_text(encoding="utf-8") == results.render(kept)


def test_confusions_count_texts_with_one_event_and_no_accepted_type() -> None:
    def gold(name: str, *types: str) -> dict[str, Any]:
        return {"id": name, "gold": [{"event_type": t, "accept": [t]} for t in types]}

    found = {"right": [{"event_type": "AID"}], "wrong": [{"event_type": "AGREE"}], "two": []}
    rows = [gold("right", "AID"), gold("wrong", "AID"), gold("missed", "AID"), gold("two", "AID", "ACCUSE")]
    assert confusions(rows, found) == {"AID → AGREE": 1, "AID → nothing": 1}


def test_a_figure_is_found_by_its_path() -> None:
    assert figure({"a": {"b": 0.5}}, "a.b") == 0.5
    assert figure({"a": None}, "a.b") is None
    assert figure({"a": {"P": 0.0, "gold": 0}}, "a.P") is None
    assert figure({"a": {"P": 0.0, "gold": 2}}, "a.P") == 0.0
    with pytest.raises(BenchError, match=r"a\.b is no figure of the scorer but str"):
        figure({"a": {"b": "1/2"}}, "a.b")


@pytest.mark.parametrize(
    ("text", "problem"), [("{not json\n", "is not JSON Lines"), ('{"text": "x"}\n', "record 1 .* has no `id`")]
)
def test_a_gold_file_that_is_none_says_so(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BenchError, match=problem):
        read_gold(path)


def test_the_status_of_a_task_without_a_stage_is_four(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.jsonl"
    assert main(["predict", "timeline", "--gold", str(tmp_path / "gold.jsonl"), "--out", str(out)]) == 4
    assert "no predictions are written" in capsys.readouterr().err
    assert not out.exists()


def test_a_gold_file_that_is_missing_is_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "nowhere.jsonl"
    assert main(["predict", "timex", "--gold", str(missing), "--out", str(tmp_path / "out.jsonl")]) == 2
    assert "nowhere.jsonl cannot be read" in capsys.readouterr().err
