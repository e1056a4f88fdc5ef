"""The coder that weighs lexicon and weights, with weights that say what a test wants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest

from tests.conftest import Annotator
from whodid.extract import LearnedCoder, RuleCoder
from whodid.extract.learned_score import logit, probability
from whodid.models.weights import Judged
from whodid.ontology import load_ontology
from whodid.records import Mention

pytestmark = pytest.mark.model

TYPES = ("none", "ASSAULT", "ACCUSE", "CONSULT")
MODES = ("ASSAULT/", "ASSAULT/beat", "ACCUSE/", "CONSULT/", "CONSULT/visit")
SAYS_TYPE = {"bias": 0.0, "learned": 1.0, "none": 0.0, "other": 0.0, "noun": 0.0, "no_actor": 0.0, "no_recipient": 0.0}
SAYS_ROLES = {"bias": 8.0, "noun": 0.0, "actor": 0.0, "no_actor": 0.0, "recipient": 0.0, "no_recipient": 0.0}


class Told:
    """Weights that are told what to say: of a word its type and the probability, of a party its part."""

    def __init__(self, types: Mapping[str, tuple[str, float]], parts: Mapping[str, str] | None = None) -> None:
        self._types, self._parts = types, parts or {}
        self.asked: list[str] = []

    @property
    def about(self) -> Mapping[str, Any]:
        return {
            "types": TYPES,
            "modes": MODES,
            "statuses": ("happened", "future", "hypothetical", "negated"),
            "words": ["savage", "plimp"],
            "combination": {
                "confirm": SAYS_TYPE | {"rule": 0.0},
                "change": SAYS_TYPE | {"rule": 0.0},
                "new": SAYS_TYPE,
                "roles": SAYS_ROLES,
            },
        }

    def judge(self, words: Sequence[str], predicates: Sequence[int], parties: Sequence[int]) -> Judged:
        self.asked.append(" ".join(words))
        type = np.full((len(predicates), len(TYPES)), 0.01, dtype=np.float32)
        for row, i in enumerate(predicates):
            name, p = self._types.get(words[i], ("none", 0.97))
            type[row, TYPES.index(name)] = p
        role = np.full((len(predicates), len(parties), 3), 0.02, dtype=np.float32)
        for column, i in enumerate(parties):
            role[:, column, ("neither", "actor", "recipient").index(self._parts.get(words[i], "neither"))] = 0.96
        n = len(predicates)
        mode = np.tile(np.array([0, 5, 0, 5, 0], dtype=np.float32), (n, 1))
        return Judged(
            predicates=tuple(range(n)),
            parties=tuple(range(len(parties))),
            type=type,
            mode=mode,
            status=np.tile(np.array([1, 0, 0, 0], dtype=np.float32), (n, 1)),
            historical=np.zeros(n, dtype=np.float32),
            role=role,
        )


def code(annotated: Annotator, text: str, told: Told, **given: Any) -> tuple[Mention, ...]:
    return LearnedCoder(load_ontology(), told, **given).code(annotated(text))


def test_a_reading_that_the_weights_share_keeps_its_type(annotated: Annotator) -> None:
    (m,) = code(annotated, "Soldiers attacked the village.", Told({"attacked": ("ASSAULT", 0.9)}))
    assert (m.type, m.trigger.text) == ("ASSAULT", "attacked")
    assert m.score == pytest.approx(0.9, abs=0.03)
    assert any(line.startswith("learned: ASSAULT 0.90") for line in m.why)


def test_a_reading_that_the_weights_take_for_no_event_falls_below_the_least_score(annotated: Annotator) -> None:
    text, told = "Soldiers attacked the village.", Told({})
    assert code(annotated, text, told) == ()
    (m,) = code(annotated, text, told, min_score=0.0)
    assert m.score < 0.1
    assert "learned: no event 0.97" in m.why


def test_weights_that_are_clear_change_the_type(annotated: Annotator) -> None:
    (m,) = code(annotated, "Soldiers attacked the village.", Told({"attacked": ("ACCUSE", 0.94)}))
    assert m.type == "ACCUSE"
    assert "learned: ACCUSE instead of ASSAULT" in m.why


def test_the_runner_up_is_told_where_two_types_are_close(annotated: Annotator) -> None:
    class Close(Told):
        def judge(self, words: Sequence[str], predicates: Sequence[int], parties: Sequence[int]) -> Judged:
            judged = super().judge(words, predicates, parties)
            judged.type[judged.type[:, 0] < 0.5] = [0.05, 0.5, 0.4, 0.05]
            return judged

    (m,) = code(annotated, "Soldiers attacked the village.", Close({"attacked": ("ASSAULT", 0.94)}))
    assert "learned: ASSAULT 0.50 (runner-up ACCUSE 0.40)" in m.why


def test_a_word_that_the_lexicon_lacks_becomes_an_event_with_roles(annotated: Annotator) -> None:
    told = Told({"savaged": ("ASSAULT", 0.94)}, {"Soldiers": "actor", "village": "recipient"})
    (m,) = code(annotated, "Soldiers savaged the village.", told)
    assert (m.type, m.mode) == ("ASSAULT", "beat")
    assert [(r.kind, r.quote.text) for r in m.roles] == [("actor", "Soldiers"), ("recipient", "the village")]


def test_a_clearly_other_part_moves_a_party_to_the_other_side(annotated: Annotator) -> None:
    told = Told({"attacked": ("ASSAULT", 0.9)}, {"Soldiers": "recipient", "rebels": "actor"})
    (m,) = code(annotated, "Soldiers attacked the rebels.", told)
    assert {(r.kind, r.quote.text) for r in m.roles} == {("recipient", "Soldiers"), ("actor", "the rebels")}
    assert "learned: “Soldiers” is recipient, not actor" in m.why


def test_an_event_with_both_sides_keeps_them(annotated: Annotator) -> None:
    told = Told({"attacked": ("ASSAULT", 0.9)}, {"Soldiers": "recipient", "rebels": "recipient"})
    (m,) = code(annotated, "Soldiers attacked the rebels.", told)
    assert {(r.kind, r.quote.text) for r in m.roles} == {("actor", "Soldiers"), ("recipient", "the rebels")}


def test_parties_stay_where_the_words_say_which_is_which(annotated: Annotator) -> None:
    told = Told({"drew": ("ACCUSE", 0.95)}, {"mayor": "actor", "senators": "recipient"})
    (mention,) = code(annotated, "The mayor drew criticism from senators.", told)
    assert [(r.kind, r.quote.text) for r in mention.roles] == [("actor", "senators"), ("recipient", "The mayor")]


def test_sentences_without_a_word_of_interest_are_not_asked_about(annotated: Annotator) -> None:
    told = Told({})
    code(annotated, "The lake is blue. Soldiers attacked the village.", told)
    assert told.asked == ["Soldiers attacked the village ."]


def test_the_weights_alone_read_without_the_lexicon(annotated: Annotator) -> None:
    told = Told({"savaged": ("ASSAULT", 0.9)})
    found = code(annotated, "Soldiers attacked a village. Soldiers savaged a village.", told, rules=False)
    assert [m.trigger.text for m in found] == ["savaged"]


def test_a_logistic_model_is_its_coefficients() -> None:
    assert probability({"bias": 0.0, "a": 1.0}, {"a": logit(0.8)}) == pytest.approx(0.8)


TEXTS = (
    "Police fired tear gas at students in Port Elm on Monday, and the mayor condemned the clashes.",
    "The opposition accused the government of Avalon of jailing its leaders. Ministers rejected the charge.",
    "Three soldiers were killed when rebels ambushed a convoy near the border, the army said.",
)


def test_what_is_found_does_not_depend_on_the_company_or_the_order(annotated: Annotator) -> None:
    from whodid.models.weights import Weights

    def by_one(coder: LearnedCoder, texts: Sequence[str]) -> dict[str, tuple[Mention, ...]]:
        return {text: coder.code(annotated(text)) for text in texts}

    forward = by_one(LearnedCoder(load_ontology(), Weights(), min_score=0), TEXTS)
    backward = by_one(LearnedCoder(load_ontology(), Weights(), min_score=0), TEXTS[::-1])
    alone = {text: LearnedCoder(load_ontology(), Weights(), min_score=0).code(annotated(text)) for text in TEXTS}
    assert all(forward.values())
    assert forward == backward == alone
    joined = LearnedCoder(load_ontology(), Weights(), min_score=0).code(annotated("\n\n".join(TEXTS)))
    inside = [(m.trigger.text, m.type, m.mode, m.score) for m in joined]
    assert inside == [(m.trigger.text, m.type, m.mode, m.score) for text in TEXTS for m in forward[text]]


def test_the_rule_coder_asks_no_weights(annotated: Annotator) -> None:
    (m,) = RuleCoder(load_ontology()).code(annotated("Soldiers attacked the village."))
    assert not any(line.startswith("learned") for line in m.why)


def test_an_adjective_in_front_of_another_noun_is_no_party(annotated: Annotator) -> None:
    text = "The missile attack in Anbar was loud, and the envoy thought that the American presence would end."
    told = Told({"attack": ("ASSAULT", 0.9)}, {"American": "actor"})
    assert [m.roles for m in code(annotated, text, told) if m.trigger.text == "attack"] == [()]


@pytest.mark.parametrize(("owner", "filled"), [("some", ["some rebels"]), ("their", [])])
def test_what_is_somebodys_own_fills_no_side(annotated: Annotator, owner: str, filled: list[str]) -> None:
    told = Told({"savaged": ("ASSAULT", 0.94)}, {"Soldiers": "actor", "rebels": "recipient"})
    (mention,) = code(annotated, f"Soldiers savaged near {owner} rebels.", told)
    assert [r.quote.text for r in mention.roles] == ["Soldiers", *filled]
