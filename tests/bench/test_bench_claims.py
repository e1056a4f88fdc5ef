"""Whole reports: coding a folder, looking for the scorer, and the means."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bench.claims import FIGURES, claims, find_scorer, line, mean
from bench.errors import BenchError
from bench.pipeline import Pipeline
from tests.bench.own import span

TEXT = "Chilean police arrested three students in Valparaiso on Monday. “We regret it,” the mayor said."


def gold(folder: Path) -> Path:
    """A folder with one report and what we find in it."""
    (folder / "own.txt").write_text(TEXT, encoding="utf-8")
    claim: dict[str, Any] = {
        "id": "arrest",
        "core": True,
        "event": "arrest",
        "accept": ["COERCE"],
        "trigger": span(TEXT, "arrested"),
        "actors": [span(TEXT, "Chilean police")],
        "recipients": [span(TEXT, "three students")],
        "status": ["happened"],
        "historical": False,
        "said_by": {"voice": "outlet", "speaker": None},
        "when": {"first": "2020-01-13", "last": "2020-01-13"},
        "where": None,
    }
    report = {"id": "own", "file": "own.txt", "publisher": "Own Gazette", "published": "2020-01-14"}
    path = folder / "own.gold.json"
    path.write_text(json.dumps({"report": report, "claims": [claim]}), encoding="utf-8")
    return path


@pytest.mark.model
@pytest.mark.shared
def test_a_folder_is_coded_and_scored(tmp_path: Path, shared: Path, pipeline: Pipeline) -> None:
    gold(tmp_path)
    scorer = shared / "bench" / "score_claims.py"
    ((name, figures),) = claims(tmp_path, scorer=scorer, pipeline=pipeline)
    assert name == "own"
    for key in ("recall_core", "actors", "recipients", "status", "voice", "when", "evidence"):
        assert figures[key] == 1.0, key


@pytest.mark.model
def test_the_scorer_gets_gold_and_claims_with_the_date_of_the_gold(tmp_path: Path, pipeline: Pipeline) -> None:
    path = gold(tmp_path)
    scorer = tmp_path / "score_claims.py"
    scorer.write_text(
        "import json, sys\n"
        "claims = [json.loads(line) for line in open(sys.argv[2], encoding='utf-8')]\n"
        "print(json.dumps({'gold': sys.argv[1], 'first': claims[0]}))\n",
        encoding="utf-8",
    )
    ((_, figures),) = claims(tmp_path, pipeline=pipeline)
    assert figures["gold"] == str(path)
    assert figures["first"]["report"]["publisher"] == "Own Gazette"
    assert figures["first"]["when"]["first"] == "2020-01-13"


def test_a_folder_without_gold_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match=r"no file that ends in \.gold\.json"):
        list(claims(tmp_path))


def test_a_gold_file_without_its_text_is_an_error(tmp_path: Path) -> None:
    gold(tmp_path)
    (tmp_path / "own.txt").unlink()
    with pytest.raises(BenchError, match=r"own\.gold\.json cannot be used"):
        list(claims(tmp_path, scorer=tmp_path))


@pytest.mark.parametrize("place", [".", "bench"])
def test_the_scorer_is_found_above_the_folder(tmp_path: Path, place: str) -> None:
    folder = tmp_path / "dev" / "claims"
    folder.mkdir(parents=True)
    scorer = tmp_path / place / "score_claims.py"
    scorer.parent.mkdir(exist_ok=True)
    scorer.touch()
    assert find_scorer(folder) == scorer


def test_the_mean_leaves_out_what_a_report_has_not() -> None:
    base: dict[str, Any] = dict.fromkeys(FIGURES, 1.0) | {"claims": 4, "paired": 2}
    found = mean([("a", base | {"when": None, "voice": 0.5}), ("b", base | {"when": 0.25})])
    assert (found["documents"], found["claims"], found["paired"]) == (2, 8, 4)
    assert (found["when"], found["voice"], found["status"]) == (0.25, 0.75, 1.0)
    assert mean([("a", base | {"when": None})])["when"] is None


def test_a_line_shows_a_missing_figure_as_a_dash() -> None:
    base: dict[str, Any] = dict.fromkeys(FIGURES, 0.5) | {"claims": 4, "paired": 2}
    shown = line("own", base | {"when": None})
    assert shown.split()[:3] == ["own", "2/4", "0.500"]
    assert shown.count("–") == 1
