"""What is an event, of which type, and what is none. All sentences are ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Annotator
from tests.extract.conftest import Coded, who
from whodid.extract import RuleCoder, extract
from whodid.ontology import check, load_ontology
from whodid.records import Extraction, Rejection

pytestmark = pytest.mark.model


def types(code: Coded, text: str) -> list[str]:
    """The types found in a text, in order."""
    return [m.type for m in code(text)]


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Egypt will send medicine to Sudan.", "AGREE"),
        ("Egypt will not send medicine to Sudan.", "REJECT"),
        ("Egypt refused to send medicine to Sudan.", "REJECT"),
        ("Egypt stopped sending medicine to Sudan.", "SANCTION"),
        ("Egypt asked Sudan to send medicine.", "REQUEST"),
        ("Egypt will bomb the rebel camps.", "THREATEN"),
        ("Egypt agreed not to attack Sudan.", "AGREE"),
        ("Egypt vowed not to negotiate with Sudan.", "REJECT"),
        ("Egypt launched an attack on Sudan.", "ASSAULT"),
        ("Egypt called off the talks with Sudan.", "REJECT"),
        ("Egypt lifted the embargo on Sudan.", "RETREAT"),
        ("Egypt said Sudan must withdraw its troops.", "REQUEST"),
        ("Egypt did not agree to the plan of Sudan.", "REJECT"),
        ("Egypt reiterated its opposition to the plan of Sudan.", "REJECT"),
        ("Egypt lifted the emergency law.", "CONCEDE"),
        ("The president called the premier of Sudan heartless.", "ACCUSE"),
    ],
)
def test_what_the_whole_is_follows_from_its_content(code: Coded, text: str, type_: str) -> None:
    assert types(code, text) == [type_]


@pytest.mark.parametrize(
    "text",
    [
        "The striker scored a late goal in the cup match.",
        "Share prices fell by three per cent.",
        "The storm killed nine people on the coast.",
        "Maria Alvarez, John Smith and Li Wei.",
        "The novel was published in May.",
        "Inflation hit 9 percent.",
    ],
)
def test_what_is_no_event_gives_none(code: Coded, text: str) -> None:
    assert types(code, text) == []


def test_several_events_in_one_sentence(code: Coded) -> None:
    text = "Mali condemned the raid and recalled its ambassador after gunmen killed four soldiers."
    assert types(code, text)[0] == "ACCUSE"
    assert types(code, text).count("ASSAULT") >= 1


def test_coordinated_verbs_about_the_same_people_are_one_event(code: Coded) -> None:
    assert types(code, "Gunmen killed and wounded several soldiers.") == ["ASSAULT"]


def test_a_toll_belongs_to_its_attack(code: Coded) -> None:
    (m,) = code("Rebels attacked a post near Goma, wounding two guards.")
    assert (who(m, "actor"), who(m, "recipient")) == (["Rebels"], ["a post", "two guards"])
    assert [(c.what, c.low) for c in m.counts] == [("injured", 2)]
    assert "“wounding” tells its toll" in m.why


def test_talks_that_could_not_be_arranged_did_not_take_place(code: Coded) -> None:
    (m,) = code("Norway failed to arrange a meeting between the two sides.")
    assert (m.type, m.status) == ("CONSULT", "negated")


def test_a_march_that_is_called_for_has_not_happened(code: Coded) -> None:
    found = code("The cleric called for a protest march on Friday. The march is needed, he said.")
    assert found
    assert {m.status for m in found if m.type == "PROTEST"} == {"future"}


def test_a_trigger_spans_its_words(code: Coded) -> None:
    (m,) = code("The parliament voted to expel the foreign troops.")
    assert m.trigger.text == "voted to expel"


def test_the_reading_of_a_text_depends_on_nothing_else(annotated: Annotator, rules: RuleCoder) -> None:
    texts = ["Police arrested a banker.", "Rebels freed four nurses.", "Chad praised Niger."]
    forward = [rules.code(annotated(t)) for t in texts]
    backward = [RuleCoder(load_ontology()).code(annotated(t)) for t in reversed(texts)]
    assert forward == backward[::-1]


def test_extract_passes_rejections_and_keeps_the_order(annotated: Annotator) -> None:
    rejection = Rejection(source="x", code="empty", message="m")
    a = annotated("Police arrested a banker.")
    first, second = extract([rejection, a], ontology=load_ontology())
    assert first is rejection
    assert isinstance(second, Extraction)
    assert second.annotated is a


def test_an_ontology_of_other_types_takes_its_events_from_the_coder(annotated: Annotator, tmp_path: Path) -> None:
    file = tmp_path / "arrests.yaml"
    file.write_text(
        "name: arrests\ntitle: Arrests only\nquads: {4: conflict}\n"
        "types:\n  CUSTODY: {name: custody, quad: 4, scale: -7, definition: d, "
        "examples: ['Police arrested a banker.', 'Troops detained two men.']}\n"
        "coded:\n  ontology: plover-2.0\n  take:\n    - {type: COERCE, mode: arrest, to: CUSTODY}\n",
        encoding="utf-8",
    )
    coder = RuleCoder(load_ontology(str(file)))
    found = coder.code(annotated("Police arrested a banker. Rebels bombed a bridge."))
    assert [(m.type, m.mode) for m in found] == [("CUSTODY", None)]


def test_the_examples_of_the_ontology_are_coded_to_their_own_types(annotated: Annotator, rules: RuleCoder) -> None:
    found = check(load_ontology(), lambda texts: [{m.type for m in rules.code(annotated(t))} for t in texts])
    assert [str(problem) for problem in found] == []
