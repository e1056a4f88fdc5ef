"""Claims as PETRARCH-2 would write its events, on sentences of our own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.errors import BenchError
from bench.measure import convention_of
from bench.pipeline import Pipeline
from bench.tasks import predict

Told = list[tuple[str, str, str]]


def told(tmp_path: Path, pipeline: Pipeline, text: str, convention: str | None = "petrarch-2") -> Told:
    """Type, source and target of each predicted event."""
    gold, out = tmp_path / "gold.jsonl", tmp_path / "out.jsonl"
    gold.write_text(json.dumps({"id": "own", "text": text}) + "\n", encoding="utf-8")
    predict("events", gold, out, pipeline=pipeline, convention=convention)
    events = json.loads(out.read_text(encoding="utf-8"))["events"]
    return [
        (e["event_type"], ", ".join(a["text"] for a in e["source"]), ", ".join(a["text"] for a in e["target"]))
        for e in events
    ]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("Police arrested a French journalist.", [("COERCE", "Police", "a French journalist")]),
        ("A French journalist was arrested.", []),  # nobody is named who did it
        ("Kenya and Chad held talks.", [("CONSULT", "Kenya", "Chad"), ("CONSULT", "Chad", "Kenya")]),
        ("Kenya condemned Chad and Peru.", [("ACCUSE", "Kenya", "Chad"), ("ACCUSE", "Kenya", "Peru")]),
        ("Kenya will give aid to Chad.", [("AID", "Kenya", "Chad")]),  # auxiliaries carry no code
        ("Kenya condemned Chad, which had attacked Peru.", [("ACCUSE", "Kenya", "Chad")]),  # the highest predicate
        ("The minister said that Kenya had condemned Chad.", [("ACCUSE", "Kenya", "Chad")]),
    ],
)
def test_events_have_one_source_and_one_target(
    tmp_path: Path, pipeline: Pipeline, text: str, events: list[tuple[str, str, str]]
) -> None:
    assert told(tmp_path, pipeline, text) == events


@pytest.mark.model
def test_without_the_convention_every_claim_is_an_event(tmp_path: Path, pipeline: Pipeline) -> None:
    found = told(tmp_path, pipeline, "Kenya condemned Chad, which had attacked Peru.", None)
    assert found == [("ACCUSE", "Kenya", "Chad"), ("ASSAULT", "Chad", "Peru")]


def test_the_convention_of_a_set_is_found_by_the_name_of_its_file() -> None:
    assert convention_of(Path("elsewhere", "events_petr2_gsr.jsonl"), "events") == "petrarch-2"
    assert convention_of(Path("events_zsp_plv.jsonl"), "events") is None
    assert convention_of(Path("own.jsonl"), "events") is None


@pytest.mark.parametrize(("task", "convention"), [("timex", "petrarch-2"), ("events", "morse")])
def test_a_convention_that_a_task_lacks_is_named(tmp_path: Path, task: str, convention: str) -> None:
    with pytest.raises(BenchError, match=f"{task} has no convention '{convention}'"):
        predict(task, tmp_path / "gold.jsonl", tmp_path / "out.jsonl", convention=convention)
