"""Speech acts carry what they say as their content, and what is denied is negated: from text to claims."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from whodid.extract import RuleCoder, extract
from whodid.ground import ground
from whodid.ontology import load_ontology
from whodid.records import Annotated, Claim, Coded

pytestmark = pytest.mark.model

Annotator = Callable[..., Annotated]
Coder = Callable[[str], dict[str, Claim]]


@pytest.fixture(scope="module")
def claims(annotated: Annotator) -> Coder:
    """``claims(text)``: the claims of a text by the first word of their trigger; of several the first."""
    ontology = load_ontology()
    rules = RuleCoder(ontology)

    def code(text: str) -> dict[str, Claim]:
        (coded,) = ground(extract([annotated(text)], ontology=ontology, coder=rules), ontology=ontology)
        assert isinstance(coded, Coded)
        return {c.trigger.text.split()[0]: c for c in reversed(coded.claims)}

    return code


ACTS = [
    ("The government threatened to close the port.", "threatened", "THREATEN", "to close the port", "COERCE"),
    ("The union demanded that the government release the prisoners.", "demanded", "REQUEST",
     "that the government release the prisoners", "RETREAT"),
    ("The opposition accused soldiers of burning the village.", "accused", "ACCUSE", "burning the village", "ASSAULT"),
    ("The general promised to withdraw troops from the valley.", "promised", "AGREE",
     "to withdraw troops from the valley", "RETREAT"),
    ("The prime minister apologised for the shelling of the market.", "apologised", "SUPPORT",
     "the shelling of the market", "ASSAULT"),
    ("The army will attack the town, the general said.", "attack", "THREATEN", "The army will attack the town",
     "ASSAULT"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "type_", "words", "inner"), ACTS)
def test_the_act_has_its_content(claims: Coder, text: str, word: str, type_: str, words: str, inner: str) -> None:
    act = claims(text)[word]
    assert (act.type, act.status) == (type_, "happened")
    assert act.content is not None
    assert (act.content.text, act.content.type) == (words, inner)
    assert text[act.content.start : act.content.end] == words


@pytest.mark.parametrize(("text", "word", "type_", "words", "inner"), ACTS[:4])
def test_the_act_is_the_outlet_s_and_its_content_has_not_happened(
    claims: Coder, text: str, word: str, type_: str, words: str, inner: str
) -> None:
    found = claims(text)
    assert found[word].said_by.voice == "outlet"
    assert not [c for c in found.values() if c.type == inner and c.status == "happened"]


@pytest.mark.parametrize("text", ["Rebels attacked the convoy.", "Police arrested two men on Monday."])
def test_what_is_no_speech_act_has_no_content(claims: Coder, text: str) -> None:
    found = claims(text)
    assert found and all(c.content is None for c in found.values())


def test_a_denied_event_stands_beside_the_accuser_s_claim(claims: Coder) -> None:
    found = claims("The opposition said soldiers burned the village. The ministry denied burning the village.")
    accuser, denier = found["burned"], found["burning"]
    assert accuser.type == denier.type == "ASSAULT"
    assert (accuser.status, accuser.said_by.stance) == ("happened", "asserts")
    assert (denier.status, denier.said_by.stance) == ("negated", "denies")
    assert accuser.said_by.speaker is not None and accuser.said_by.speaker.text == "The opposition"
    assert denier.said_by.speaker is not None and denier.said_by.speaker.text == "The ministry"


def test_what_is_told_as_a_claim_and_denied_is_negated_and_says_why(claims: Coder) -> None:
    denied = claims("Claims that soldiers burned the village were denied by the ministry.")["burned"]
    assert denied.type == "ASSAULT" and denied.status == "negated" and denied.said_by.stance == "denies"
    assert "status negated: the speaker denies it" in denied.why


def test_a_government_is_not_threatened_by_itself(claims: Coder) -> None:
    found = claims("President Donald Trump warned that the United States would strike 52 sites.")["warned"]
    assert (found.type, [a.name for a in found.actors], found.recipients) == ("THREATEN", ["Donald Trump"], ())
    assert "“the United States” is no recipient: the actor governs it" in found.why
