"""Verdicts ("said that the raid was unacceptable"): whose word they are is their actor."""

import pytest

from tests.extract.conftest import Coded, who

pytestmark = pytest.mark.model

PREMIER = "The premier has been under pressure from unions and bishops to resign."
CHIEF = "The army chief took command with a call for talks with the rebels."


@pytest.mark.parametrize(
    ("text", "trigger", "type_", "actor", "recipients"),
    [
        ("Peru said the raid of the army was unacceptable.", "unacceptable", "ACCUSE", "Peru", ["the army"]),
        ("Chile said that the decree was a violation of the treaty.", "violation", "ACCUSE", "Chile", []),
        ("It is shameful that they fire on us, said the president.", "shameful", "ACCUSE", "the president", ["they"]),
        ("Observers said the election was free and fair.", "free", "SUPPORT", "Observers", []),
    ],
)  # fmt: skip
def test_a_verdict_has_its_speaker_as_actor(
    code: Coded, text: str, trigger: str, type_: str, actor: str, recipients: list[str]
) -> None:
    mention = next(m for m in code(text) if m.trigger.text == trigger)
    assert (mention.type, mention.status) == (type_, "happened")
    assert (who(mention, "actor"), who(mention, "recipient")) == ([actor], recipients)


@pytest.mark.parametrize(
    "text",
    [
        "The raid was unacceptable.",  # nobody says so
        "The minister said the raid was not illegal.",  # the contrary is said
        "The minister described an illegal raid.",  # no predicate
    ],
)
def test_without_a_speaker_or_negated_it_is_no_event(code: Coded, text: str) -> None:
    assert not [m for m in code(text) if m.trigger.text in ("unacceptable", "illegal")]


@pytest.mark.parametrize(
    ("text", "trigger", "actors", "recipients"),
    [
        ("Nine students were arrested during a campus demonstration.", "demonstration", ["Nine students"], []),
        (CHIEF, "call for talks", ["The army chief"], ["the rebels"]),
        (PREMIER, "been under pressure", ["unions", "bishops"], ["The premier"]),
        ("The bishop warned his followers against any violence.", "warned", ["The bishop"], ["his followers"]),
    ],
)  # fmt: skip
def test_actors_that_stand_further_off(
    code: Coded, text: str, trigger: str, actors: list[str], recipients: list[str]
) -> None:
    mention = next(m for m in code(text) if m.trigger.text.startswith(trigger))
    assert (who(mention, "actor"), who(mention, "recipient")) == (actors, recipients)
