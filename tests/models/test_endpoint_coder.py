from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from whodid.errors import ModelError
from whodid.models import EventCoder
from whodid.models.endpoint import SCORE, EndpointCoder
from whodid.models.endpoint.coder import GIVE_UP
from whodid.ontology import load_ontology
from whodid.records import Annotated, Count, Extraction, Rejection, Usage

from .conftest import FakeEndpoint, flat

TWO = "Police arrested two men. Later the northern army bombed a bridge."
NOW = {"Retry-After": "0"}


def people(a: Annotated, head: int, of: Iterable[int], type_: str) -> tuple[Count, ...]:
    """Counts each token it is given as one person."""
    return tuple(
        Count(what="arrested", low=1, high=1, text=(t := a.tokens[i]).text, start=t.start, end=t.end) for i in of
    )


def coder(endpoint: FakeEndpoint, ontology: str = "plover-2.0", **given: Any) -> EndpointCoder:
    return EndpointCoder(load_ontology(ontology), endpoint.options(**given), counts=people)


def code(endpoint: FakeEndpoint, text: str = TWO, **given: Any) -> Extraction:
    found = coder(endpoint, **given).code(flat(text))
    assert isinstance(found, Extraction), found
    return found


def event(**given: Any) -> dict[str, Any]:
    return {
        "sentence": 1, "trigger": "arrested", "actors": ["Police"], "recipients": ["two men"], "event": "COERCE/arrest",
        "status": "happened", "historical": False, "contexts": [], **given,
    }  # fmt: skip


def named(endpoint: FakeEndpoint, text: str, *events: dict[str, Any]) -> Extraction:
    endpoint.faults({"events": list(events)})
    return code(endpoint, text)


def quoted(found: Extraction) -> list[tuple[str, list[str], list[str]]]:
    """Type, actors and recipients of each mention, as the text has them."""
    text = found.annotated.report.text
    for m in found.mentions:
        for q in (m.trigger, m.sentence, *(r.quote for r in m.roles)):
            assert text[q.start : q.end] == q.text
    return [
        (
            m.type,
            [r.quote.text for r in m.roles if r.kind == "actor"],
            [r.quote.text for r in m.roles if r.kind == "recipient"],
        )
        for m in found.mentions
    ]


def test_it_is_an_event_coder(endpoint: FakeEndpoint) -> None:
    one: EventCoder = coder(endpoint)
    assert isinstance(one.code(flat(TWO)), Extraction)


def test_events_become_mentions_with_quotes(endpoint: FakeEndpoint) -> None:
    found = code(endpoint)
    assert quoted(found) == [
        ("COERCE", ["Police"], ["two men"]),
        ("ASSAULT", ["Later the northern army"], ["a bridge"]),
    ]
    first = found.mentions[0]
    assert (first.mode, first.status, first.historical, first.score) == ("arrest", "happened", False, SCORE)
    assert found.annotated.tokens[first.head].text == "arrested"
    assert first.sentence.text == "Police arrested two men."
    assert [c.text for c in first.counts] == ["two"]
    assert first.why[0] == "fake-1 names “arrested” → COERCE/arrest; its words were found in the text"
    assert "actor “Police”: as the model says" in first.why
    assert found.usage == Usage(requests=1, input_tokens=1000, output_tokens=50)
    assert found.rejections == ()


def test_status_history_and_contexts_are_the_models(endpoint: FakeEndpoint) -> None:
    found = named(endpoint, TWO, event(status="negated", historical=True, contexts=["legal", "crime", "legal"]))
    (m,) = found.mentions
    assert (m.type, m.status, m.historical, m.contexts) == ("COERCE", "negated", True, ("legal", "crime"))
    assert "status negated: as fake-1 says" in m.why


def test_the_rules_of_the_ontology_for_what_is_to_come_hold(endpoint: FakeEndpoint) -> None:
    text = "Ministers will meet two envoys."
    found = named(
        endpoint,
        text,
        event(trigger="meet", actors=["Ministers"], recipients=["two envoys"], event="CONSULT/visit", status="future"),
    )
    (m,) = found.mentions
    assert (m.type, m.mode, m.status) == ("AGREE", None, "future")
    assert "future CONSULT → AGREE" in m.why


def test_the_people_of_a_protest_are_those_who_protest(endpoint: FakeEndpoint) -> None:
    found = named(
        endpoint, "Two men marched for bread.",
        event(trigger="marched", actors=["Two men"], recipients=["bread"], event="PROTEST/demo"),
    )  # fmt: skip
    assert [c.text for c in found.mentions[0].counts] == ["men"]


# ---------------------------------------------------------------- where the words stand


def test_words_with_other_typography_are_the_texts_own(endpoint: FakeEndpoint) -> None:
    text = "The minister’s “special\u00a0envoy” threatened Iran’s  army – again."
    found = named(
        endpoint,
        text,
        event(
            trigger="threatened",
            actors=['The minister\'s "special envoy"'],
            recipients=["Iran's army"],
            event="THREATEN",
        ),
    )  # fmt: skip
    assert quoted(found) == [("THREATEN", ["The minister’s “special\u00a0envoy”"], ["Iran’s  army"])]


def test_of_several_places_the_nearest_counts(endpoint: FakeEndpoint) -> None:
    text = "Rebels bombed Elm. Then the Rebels left Elm. Again Rebels bombed Elm, and Rebels fled."
    found = named(
        endpoint, text, event(sentence=3, trigger="bombed", actors=["Rebels"], recipients=["Elm"], event="ASSAULT")
    )
    (m,) = found.mentions
    third = found.annotated.sentences[2]
    assert m.trigger.start == text.rindex("bombed")
    actor, recipient = m.roles
    assert actor.quote.start == third.start + len("Again ")
    assert recipient.quote.start == text.rindex("Elm")
    assert actor.why == "as the model says; the nearest of 4 places"


def test_a_wrong_number_of_the_sentence_does_no_harm(endpoint: FakeEndpoint) -> None:
    for number in (2, 99, -1):
        assert quoted(named(endpoint, TWO, event(sentence=number))) == [("COERCE", ["Police"], ["two men"])]


def test_two_events_of_one_word_take_two_places(endpoint: FakeEndpoint) -> None:
    text = "Police arrested two men, and soldiers arrested a monk."
    found = named(endpoint, text, event(), event(actors=["soldiers"], recipients=["a monk"]))
    assert quoted(found) == [("COERCE", ["Police"], ["two men"]), ("COERCE", ["soldiers"], ["a monk"])]


def test_an_event_that_is_named_twice_is_one(endpoint: FakeEndpoint) -> None:
    found = named(endpoint, TWO, event(), event(recipients=["two men", "bridge"]))
    assert quoted(found) == [("COERCE", ["Police"], ["two men", "bridge"])]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"trigger": "detained"}, "the trigger “detained” does not stand in the text"),
        ({"actors": ["Police", "the mayor"]}, "the actor “the mayor” does not stand in the text"),
        ({"recipients": ["two"], "actors": ["Polic"]}, "the actor “Polic”"),
        ({"recipients": ["men Later"]}, "the recipient “men Later”"),
        ({"recipients": ["two men. Later the"]}, "the recipient “two men. Later the”"),
        ({"actors": ["”"]}, "the actor “”” does not"),
        ({"trigger": "x" * 500}, "xx…” does not"),
    ],
)
def test_an_event_in_words_that_are_not_there_is_rejected(
    endpoint: FakeEndpoint, change: dict[str, Any], message: str
) -> None:
    bridge = event(sentence=2, trigger="bombed", actors=[], recipients=["a bridge"], event="ASSAULT")
    found = named(endpoint, TWO, event(**change), bridge)
    assert quoted(found) == [("ASSAULT", [], ["a bridge"])]
    (rejection,) = found.rejections
    assert (rejection.code, rejection.report_id) == ("span-not-found", found.annotated.report.id)
    assert rejection.message.startswith("sentences 1 to 2, event 1 (COERCE/arrest): ")
    assert message in rejection.message
    assert len(rejection.message) < 250


def test_a_role_without_words_is_no_role(endpoint: FakeEndpoint) -> None:
    assert quoted(named(endpoint, TWO, event(actors=["", " "]))) == [("COERCE", [], ["two men"])]


def test_an_event_that_does_not_follow_the_schema_is_rejected_alone(endpoint: FakeEndpoint) -> None:
    found = named(endpoint, TWO, event(event="COERCE/hug"), {"sentence": 1}, event())
    assert quoted(found) == [("COERCE", ["Police"], ["two men"])]
    assert [r.code for r in found.rejections] == ["endpoint-answer", "endpoint-answer"]
    assert "event 1: event: there is no 'COERCE/hug'" in found.rejections[0].message


# ---------------------------------------------------------------- parts


LONG = " ".join(f"Unit {n} bombed village {n}." for n in range(12))


def test_a_long_report_is_read_in_parts_and_every_sentence_once(endpoint: FakeEndpoint) -> None:
    found = code(endpoint, LONG, chunk=80)
    numbers = [line.split("]")[0] for text in endpoint.asked for line in text.splitlines() if line.startswith("[")]
    assert numbers == [f"[{n}" for n in range(1, 13)]
    assert len(endpoint.asked) == 4
    whole = code(endpoint, LONG)
    assert [m.trigger for m in found.mentions] == [m.trigger for m in whole.mentions]
    assert found.usage is not None and found.usage.requests == 4


def test_words_of_another_part_are_not_there(endpoint: FakeEndpoint) -> None:
    endpoint.faults(
        {"when": "[1]", "events": [event(trigger="bombed", actors=["Unit 11"], recipients=[], event="ASSAULT")]}
    )
    found = code(endpoint, LONG, chunk=80)
    assert len(found.mentions) == 9
    assert [r.code for r in found.rejections] == ["span-not-found"]


@pytest.mark.parametrize(
    "fault",
    [
        {"finish": "length", "content": '{"events": ['},
        {"content": '{"events": ['},
        {"content": "Sorry?"},
        {"status": 400, "error": {"message": "maximum context length is 512 tokens"}},
        {"status": 413, "error": {"message": "no"}},
    ],
    ids=str,
)
def test_a_part_without_a_usable_answer_is_halved(endpoint: FakeEndpoint, fault: dict[str, Any]) -> None:
    endpoint.faults(
        {"when": "sentences 1 to 12", "times": -1, **fault}, {"when": "sentences 1 to 6 ", "times": -1, **fault}
    )
    found = code(endpoint, LONG)
    assert len(endpoint.asked) == 5
    assert [m.trigger.start for m in found.mentions] == [
        m.trigger.start for m in code(endpoint, LONG, chunk=200).mentions
    ]
    assert found.rejections == ()


def test_a_part_that_stays_without_one_is_rejected_and_the_others_are_kept(endpoint: FakeEndpoint) -> None:
    endpoint.faults({"when": "[2]", "times": -1, "finish": "length"})
    found = code(endpoint, LONG, max_tokens=64)
    assert len(found.mentions) == 9
    (rejection,) = found.rejections
    assert rejection.code == "endpoint-answer"
    assert rejection.message == "sentences 1 to 3: the answer was cut off at 64 tokens (WHODID_ENDPOINT_MAX_TOKENS)"


def test_a_refusal_is_not_asked_again(endpoint: FakeEndpoint) -> None:
    endpoint.faults({"when": "[1]", "times": -1, "refusal": "I will not read of bombs."})
    found = code(endpoint, LONG, chunk=200)
    assert found.mentions and len(endpoint.asked) == 2
    assert [(r.code, r.message) for r in found.rejections] == [
        ("endpoint-refused", "sentences 1 to 8: I will not read of bombs.")
    ]


# ---------------------------------------------------------------- reports that cannot be coded


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"refusal": "no"}, "endpoint-refused"),
        ({"content": "no"}, "endpoint-answer"),
        ({"finish": "length"}, "endpoint-answer"),
        ({"status": 400, "error": {"message": "context size"}}, "endpoint-failed"),
        ({"status": 400, "error": {"message": "no such field"}}, "endpoint-failed"),
        ({"status": 403, "error": {"message": "moderated"}}, "endpoint-failed"),
        ({"status": 500, "headers": {"Retry-After": "60"}}, "endpoint-failed"),
    ],
    ids=str,
)
def test_a_report_of_which_nothing_could_be_read_is_rejected(
    endpoint: FakeEndpoint, fault: dict[str, Any], code: str
) -> None:
    endpoint.faults({"times": -1, **fault})
    found = coder(endpoint).code(flat(TWO, url="https://example.org/1"))
    assert isinstance(found, Rejection)
    assert (found.source, found.code) == ("https://example.org/1", code)
    assert found.usage is not None and found.usage.requests == len(endpoint.requests)


def test_a_report_with_an_unanswered_part_is_rejected_whole(endpoint: FakeEndpoint) -> None:
    endpoint.faults({"when": "[12]", "times": -1, "status": 503, "headers": {"Retry-After": "60"}})
    found = coder(endpoint, chunk=200).code(flat(LONG))
    assert isinstance(found, Rejection)
    assert found.code == "endpoint-failed"
    assert found.message.startswith("sentences 9 to 12: no answer within 10 s, at last: status 503")


def test_a_server_that_is_gone_stops_the_run(endpoint: FakeEndpoint) -> None:
    one = coder(endpoint)
    endpoint.faults({"times": GIVE_UP - 1, "status": 400})
    for _ in range(GIVE_UP - 1):
        assert isinstance(one.code(flat(TWO)), Rejection)
    assert isinstance(one.code(flat(TWO)), Extraction)
    endpoint.faults({"times": -1, "status": 400})
    for _ in range(GIVE_UP - 1):
        assert isinstance(one.code(flat(TWO)), Rejection)
    with pytest.raises(
        ModelError, match=f"failed {GIVE_UP} reports in a row, the last with: sentences 1 to 2: status 400"
    ):
        one.code(flat(TWO))


def test_a_wrong_key_stops_the_run_at_once(endpoint: FakeEndpoint) -> None:
    endpoint.faults({"times": -1, "status": 401})
    with pytest.raises(ModelError, match="WHODID_ENDPOINT_KEY"):
        coder(endpoint).code(flat(TWO))


def test_a_report_without_words_is_not_sent(endpoint: FakeEndpoint) -> None:
    found = code(endpoint, "  ")
    assert found.mentions == () and found.usage == Usage()
    assert endpoint.requests == []


def test_the_same_report_is_asked_for_in_the_same_words(endpoint: FakeEndpoint) -> None:
    first, second = code(endpoint, LONG), code(endpoint, LONG)
    one, other = (r["body"] for r in endpoint.requests)
    assert one == other
    assert (one["temperature"], one["seed"]) == (0, 0)
    assert first.mentions == second.mentions


def test_another_ontology_needs_no_code(endpoint: FakeEndpoint, tmp_path: Path) -> None:
    path = tmp_path / "hugs.yaml"
    path.write_text(
        "name: hugs\nquads: {1: Peace}\ntypes:\n  HUG: {name: Hug, quad: 1, scale: 9, definition: Hold somebody.}\n"
    )
    happened = event(trigger="hugged", actors=["Envoys"], recipients=["monks"], event="HUG")
    del happened["contexts"]
    endpoint.faults({"events": [happened]})
    found = coder(endpoint, str(path)).code(flat("Envoys hugged monks."))
    assert isinstance(found, Extraction)
    assert quoted(found) == [("HUG", ["Envoys"], ["monks"])]
