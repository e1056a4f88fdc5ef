"""Every task of ``predict``, on gold records of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.errors import BenchError, NotMeaningful
from bench.pipeline import Pipeline
from bench.tasks import NOT_YET, predict
from tests.bench.own import Predict, span

pytestmark = pytest.mark.model

ARREST = "Chilean police arrested three students in Valparaiso on Monday."
PROTEST = "Farmers protested against the tax in Lima."


def words(text: str, place: dict[str, int]) -> str:
    return text[place["start"] : place["end"]]


def test_an_event_has_type_roles_trigger_and_code(predicted: Predict) -> None:
    (row,) = predicted("events", {"text": ARREST, "date": None})
    (event,) = row["events"]
    assert (event["event_type"], event["quad"]) == ("COERCE", 4)
    assert words(ARREST, event["trigger"]) == "arrested"
    (source,) = event["source"]
    assert (source["text"], source["code"]) == ("Chilean police", "CHLCOP")
    assert [words(ARREST, t) for t in event["target"]] == ["three students"]


def test_a_text_without_events_has_an_empty_prediction(predicted: Predict) -> None:
    assert predicted("events", {"text": "The lake is blue."}) == [{"id": "own-0", "events": []}]


def test_protest_is_told_from_other_text(predicted: Predict) -> None:
    rows = predicted("binary", {"text": PROTEST}, {"text": "Rice was cheap in Lima."})
    assert [row["label"] for row in rows] == [1, 0]


def test_police_action_is_labelled_in_its_sentence(predicted: Predict) -> None:
    text = f"{ARREST} The students sang."
    (row,) = predicted("police", {"text": text})
    (sentence,) = row["sentences"]
    assert words(text, sentence) == ARREST
    assert sentence["labels"] == ["ANY_ACTION", "ARREST"]


def test_an_actor_is_looked_up(predicted: Predict) -> None:
    known, unknown = predicted("actors", {"text": "Kenyan soldiers", "query_date": "2020-01-14"}, {"text": "glorp"})
    assert (known["country"], known["country_name"], known["code_1"]) == ("KEN", "Kenya", "MIL")
    assert unknown == {"id": "own-1", "none": True}


def test_coordinated_actors_are_split(predicted: Predict) -> None:
    text = "Kenya and Uganda condemned the attack."
    asked = span(text, "Kenya")
    (row,) = predicted("actors_split", {**asked, "text": text, "actor_phrase": "Kenya"})
    assert sorted(row["actors"]) == ["Kenya", "Uganda"]


def test_an_attribution_has_source_cue_and_content(predicted: Predict) -> None:
    text = "The minister said that the talks had failed."
    (row,) = predicted("attribution", {"text": text})
    (found,) = row["attributions"]
    parts = {role: [text[a:b] for a, b in found[role]["spans"]] for role in ("source", "cue", "content")}
    assert parts["source"] == ["The minister"]
    assert parts["cue"] == ["said"]
    assert "the talks had failed" in parts["content"][0]


def test_a_time_counts_from_the_day_of_the_report(predicted: Predict) -> None:
    text = "The minister resigned yesterday."
    (row,) = predicted("timex", {"text": text, "dct": "2020-01-14T12:00:00"})
    (found,) = row["timexes"]
    assert (words(text, found), found["type"], found["value"]) == ("yesterday", "DATE", "2020-01-13")


def test_a_place_has_coordinates(predicted: Predict) -> None:
    text = "The minister travelled to Nairobi."
    (row,) = predicted("places", {"text": text})
    (found,) = row["toponyms"]
    assert words(text, found) == "Nairobi"
    assert found["lat"] == pytest.approx(-1.28, abs=0.2)
    assert isinstance(found["geonames_id"], int)


def test_the_place_belongs_to_the_word_that_is_asked_about(predicted: Predict) -> None:
    text = "Soldiers killed a farmer in Nairobi. The president met envoys in Lima."
    rows = predicted("eventloc", *({"text": text, "event": span(text, verb)} for verb in ("killed", "met")))
    assert [[words(text, p) for p in row["locations"]] for row in rows] == [["Nairobi"], ["Lima"]]


def test_every_word_that_may_happen_has_a_class(predicted: Predict) -> None:
    text = "The army attacked. The army did not retreat. The army will return."
    (row,) = predicted("modality", {"text": text})
    classes = {words(text, e): e["class3"] for e in row["events"]}
    assert classes["attacked"] == "asserted"
    assert classes["retreat"] == "negated"
    assert classes["return"] == "uncertain"
    assert "did" not in classes


def test_the_main_text_of_a_page_is_read(predicted: Predict, tmp_path: Path) -> None:
    story = (
        "The harbour of Avalon was closed on Monday after a storm, the harbour master said in a long statement. " * 5
    )
    page = f"<html><body><nav>Home Sports</nav><article><p>{story}</p></article></body></html>"
    (tmp_path / "own.html").write_text(page, encoding="utf-8")
    (row,) = predicted("pages", {"html_file": "own.html"})
    assert "The harbour of Avalon was closed" in row["text"]
    assert "Sports" not in row["text"]


def test_a_page_that_is_missing_is_an_error(predicted: Predict) -> None:
    with pytest.raises(BenchError, match=r"nowhere\.html is neither in"):
        predicted("pages", {"html_file": "nowhere.html"})


@pytest.mark.parametrize("task", sorted(NOT_YET))
def test_a_task_without_a_stage_writes_nothing(task: str, tmp_path: Path, pipeline: Pipeline) -> None:
    with pytest.raises(NotMeaningful, match=f"{task}: no predictions are written"):
        predict(task, tmp_path / "gold.jsonl", tmp_path / "out.jsonl", pipeline=pipeline)
    assert not (tmp_path / "out.jsonl").exists()


def test_an_unknown_task_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match=r"no task 'weather'.*events"):
        predict("weather", tmp_path / "gold.jsonl", tmp_path / "out.jsonl")


def test_only_so_many_records_are_predicted(tmp_path: Path, pipeline: Pipeline) -> None:
    gold, out = tmp_path / "gold.jsonl", tmp_path / "out.jsonl"
    gold.write_text('{"id": "a", "text": "x"}\n{"id": "b", "text": "y"}\n', encoding="utf-8")
    assert predict("timex", gold, out, limit=1, pipeline=pipeline) == 1
    assert out.read_text(encoding="utf-8") == '{"id": "a", "timexes": []}\n'
