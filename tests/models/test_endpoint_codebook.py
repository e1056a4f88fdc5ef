from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from whodid.models.endpoint.answer import BadAnswer, codes, events, named, schema
from whodid.models.endpoint.codebook import codebook, request
from whodid.models.endpoint.parts import parts
from whodid.ontology import Ontology, load_ontology

from .conftest import flat

GOOD = {
    "sentence": 1, "trigger": "arrested", "actors": ["Police"], "recipients": [], "event": "COERCE/arrest",
    "status": "happened", "historical": False, "contexts": ["legal"],
}  # fmt: skip


@pytest.fixture
def plover() -> Ontology:
    return load_ontology()


@pytest.fixture
def small(tmp_path: Path) -> Ontology:
    """An ontology of one type, with nothing that need not be there."""
    path = tmp_path / "small.yaml"
    path.write_text(
        "name: small\nquads: {1: Peace}\ntypes:\n  HUG:\n    name: Hug\n    quad: 1\n    scale: 9\n"
        "    definition: Put one's {arms} around somebody.\n    modes:\n      bear: {definition: Firmly.}\n"
    )
    return load_ontology(str(path))


def test_every_code_is_told_with_its_definition(plover: Ontology) -> None:
    text = codebook(plover)
    assert len(codes(plover)) == len(plover.types) + sum(len(t.modes) for t in plover.types.values())
    for t in plover.types.values():
        assert f"- {t.code} ({plover.quads[t.quad].lower()}): {' '.join(t.definition.split())}" in text
        for mode in t.modes.values():
            assert f"- {t.code}/{mode.code}: {' '.join(mode.definition.split())}" in text
    for context in plover.contexts.values():
        assert f"- {context.code}: {' '.join(context.definition.split())}" in text


def test_the_example_in_the_codebook_follows_the_schema(plover: Ontology) -> None:
    text = codebook(plover)
    listed = events(text[text.rindex('{"events": [{') :])
    assert len(listed) == 3
    sentences = flat(
        "The mayor of Port Elm has threatened to close the harbour to ships from Avalon. "
        "Two sailors were arrested there last week, but police denied beating them."
    )
    for event in listed:
        one, _ = named(event, plover)
        s = sentences.sentences[one.sentence - 1]
        told = sentences.report.text[s.start : s.end]
        assert told in text
        assert all(words in told for words in (one.trigger, *one.actors, *one.recipients))


def test_the_codebook_of_another_ontology(small: Ontology) -> None:
    text = codebook(small)
    assert "- HUG (peace): Put one's {arms} around somebody.\n  - HUG/bear: Firmly." in text
    assert "context" not in text
    assert "An example" not in text
    event = schema(small)["properties"]["events"]["items"]
    assert event["properties"]["event"]["enum"] == ["HUG", "HUG/bear"]
    assert "contexts" not in event["properties"]


def test_the_schema_is_what_strict_mode_takes(plover: Ontology) -> None:
    whole = schema(plover)
    event = whole["properties"]["events"]["items"]
    for one in (whole, event):
        assert one["additionalProperties"] is False
        assert one["required"] == list(one["properties"])
    assert list(event["properties"]) == list(GOOD)
    assert event["properties"]["event"]["enum"] == list(codes(plover))
    assert event["properties"]["status"]["enum"] == ["happened", "future", "hypothetical", "negated"]


def test_the_request_has_headline_day_and_numbered_sentences() -> None:
    a = flat("One is {here}. Two is here.", title="A  {headline}", published=dt.date(2021, 5, 4))
    text = request(a, parts(a, 10)[1])
    assert text.splitlines() == [
        "Headline, for your understanding only; copy nothing from it: A {headline}",
        "Published on 2021-05-04.",
        "The numbered sentences, sentence 2 of 2:",
        "",
        "[2] Two is here.",
    ]
    assert request(flat("One is here."), parts(flat("One is here."), 10)[0]).startswith("The numbered sentences")


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"events": [GOOD]}),
        f"```json\n{json.dumps({'events': [GOOD]})}\n```",
        f"<think>{{no}}</think>\n{json.dumps({'events': [GOOD]})} That is all.",
    ],
)
def test_answers_that_can_be_read(text: str, plover: Ontology) -> None:
    (event,) = events(text)
    one, coding = named(event, plover)
    assert (one.trigger, coding.type, coding.mode) == ("arrested", "COERCE", "arrest")


@pytest.mark.parametrize(
    "text",
    ["", "I am sorry.", '{"events": [', '{"events": 3}', '{"event": []}', "[]", "{" * 100_000, '{"a":' * 100_000],
)
def test_answers_that_cannot(text: str) -> None:
    with pytest.raises(BadAnswer) as raised:
        events(text)
    assert len(str(raised.value)) < 200


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"sentence": "1"}, "sentence"),
        ({"sentence": 1.5}, "sentence"),
        ({"trigger": ""}, "trigger"),
        ({"actors": "Police"}, "actors"),
        ({"actors": [None]}, "actors.0"),
        ({"event": "COERCE/hug"}, "event: there is no 'COERCE/hug' in plover-2.0"),
        ({"event": None}, "event"),
        ({"status": "maybe"}, "status"),
        ({"historical": "no"}, "historical"),
        ({"contexts": ["hugs"]}, "contexts: there is no 'hugs'"),
    ],
)
def test_events_that_do_not_follow_the_schema(change: dict[str, object], message: str, plover: Ontology) -> None:
    with pytest.raises(BadAnswer, match=message):
        named({**GOOD, **change}, plover)


@pytest.mark.parametrize("event", [None, "COERCE", [GOOD], {}])
def test_what_is_no_event(event: object, plover: Ontology) -> None:
    with pytest.raises(BadAnswer):
        named(event, plover)
