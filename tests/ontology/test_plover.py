"""PLOVER 2.0 as it comes with Whodid, against the published numbers."""

from __future__ import annotations

import pytest
import spacy

from whodid.errors import UsageError
from whodid.ontology import check, examples, load_ontology

PLOVER = load_ontology()

# Published: quad class, score and recipient of the type, then mode and score. None: printed without a score.
PUBLISHED: dict[str, tuple[int, float, bool, dict[str, float | None]]] = {
    "AGREE": (1, 2.5, False, {}),
    "CONSULT": (1, 2.5, False, {"visit": 4, "third-party": 1, "multilateral": 4, "phone": 1.5}),
    "SUPPORT": (1, 5, False, {}),
    "CONCEDE": (1, 4.5, False, {}),
    "COOPERATE": (2, 9.5, True, {}),
    "AID": (2, 10, True, {}),
    "RETREAT": (
        2,
        6.5,
        False,
        {"withdraw": 8, "release": 6.5, "disarm": 10, "ceasefire": 7.5, "access": 6.5, "resign": 4.5},
    ),
    "REQUEST": (3, 0, False, {"assist": 0.5, "change": -1, "yield": -1, "meet": 0}),
    "ACCUSE": (3, -3, False, {"disapprove": -2, "investigate": -3.5, "allege": -3.5}),
    "REJECT": (3, -2, False, {"assist": -1.5, "change": -2, "yield": -2, "meet": -2}),
    "THREATEN": (
        3,
        -3.5,
        False,
        {"restrict": -3, "arrest": -3.5, "relations": -3.5, "expel": -3.5, "territory": -4, "violence": -3.5},
    ),
    "PROTEST": (
        4,
        -5,
        False,
        {"demo": -5, "riot": -7, "strike": -5, "hunger": -4.5, "boycott": -4.5, "obstruct": -4.5, "vandalize": None},
    ),
    "SANCTION": (4, -6, True, {"convict": -6, "expel": -5.5, "withdraw": -6, "discontinue": -6}),
    "MOBILIZE": (4, -5.5, False, {"troops": -6.5, "weapons": -6.5, "police": -5.5, "militia": -6}),
    "COERCE": (
        4,
        -7,
        False,
        {
            "seize": -7,
            "restrict": -7,
            "censor": -6.5,
            "curfew": -6.5,
            "martial-law": -7.5,
            "arrest": -7,
            "deport": -7,
            "withhold": -7,
            "misinformation": -6.5,
            "cyber": -7,
        },
    ),
    "ASSAULT": (
        4,
        -9,
        False,
        {
            "abduct": -8.5,
            "beat": -7.5,
            "torture": -8.5,
            "sexual": -8.5,
            "targeted": -9.5,
            "destroy": -8.5,
            "primitive": -8,
            "firearms": -9,
            "explosives": -9,
            "suicide-attack": -9.5,
            "aerial": -9.5,
            "drone": -9.5,
            "heavy-weapons": -9.5,
            "crowd-control": -7.5,
            "unconventional": -10,
        },
    ),
}

CONTEXTS = [
    "military",
    "intelligence",
    "executive",
    "legislative",
    "election",
    "political_institutions",
    "pro_democracy",
    "pro_autocracy",
    "economic",
    "legal",
    "reparations",
    "human_rights",
    "rights_freedoms",
    "repression",
    "human_security",
    "gender",
    "lgbt",
    "religion_ethnicity",
    "inequality",
    "diplomatic",
    "territory",
    "peacekeeping",
    "health",
    "asylum",
    "migration",
    "disasters",
    "natural_resource",
    "environment",
    "technology",
    "terrorism",
    "cbrn",
    "cyber",
    "misinformation",
    "crime",
    "corruption",
    "illegal_drugs",
    "trafficking",
]
FREQUENT = [
    "COP",
    "GOV",
    "JUD",
    "LEG",
    "MIL",
    "PRM",
    "PTY",
    "REB",
    "SPY",
    "UAF",
    "UNK",
]
RARER = [
    "AGR",
    "BUS",
    "CRM",
    "CVL",
    "EDU",
    "ELI",
    "JRN",
    "LAB",
    "MED",
    "REF",
    "OPP",
    "PRE",
    "REL",
    "SOC",
]


def test_it_is_complete() -> None:
    assert len(PLOVER.types) == 16
    assert sum(len(t.modes) for t in PLOVER.types.values()) == 67
    assert list(PLOVER.contexts) == CONTEXTS and len(CONTEXTS) == 37
    assert {code: s.frequent for code, s in PLOVER.sectors.items()} == dict.fromkeys(FREQUENT, True) | dict.fromkeys(
        RARER, False
    )
    assert len(PLOVER.sectors) == 25
    assert set(PLOVER.countries) >= {"IGO", "NGO", "IMG", "ISM", "MNC", "EUR", "UNO"}
    assert list(PLOVER.auxiliary) == ["future", "hypothetical", "negated", "historical"]


def test_it_has_no_problems() -> None:
    assert check(PLOVER) == []


@pytest.mark.parametrize("code", PUBLISHED)
def test_numbers_are_as_published(code: str) -> None:
    quad, score, recipient, modes = PUBLISHED[code]
    assert PLOVER.quad(code) == quad
    assert PLOVER.scale(code) == score
    assert PLOVER.types[code].recipient_required is recipient
    assert {mode.code: mode.scale for mode in PLOVER.types[code].modes.values()} == modes
    for mode, own in modes.items():
        assert PLOVER.scale(code, mode) == (score if own is None else own)


def test_the_published_types_are_all_there() -> None:
    assert list(PLOVER.types) == list(PUBLISHED)
    assert {t.quad for t in PLOVER.types.values()} == set(PLOVER.quads) == {1, 2, 3, 4}


def test_no_example_is_used_twice() -> None:
    texts = [text for _, _, text in examples(PLOVER)]
    texts += [text for context in PLOVER.contexts.values() for text in context.examples]
    assert len(texts) >= 2 * (16 + 67 + 37)
    assert [text for text in texts if texts.count(text) > 1] == []


def test_contexts_have_enough_cues_to_be_found() -> None:
    assert {code: len(c.cues) for code, c in PLOVER.contexts.items() if not 8 <= len(c.cues) <= 32} == {}


def test_cues_are_cut_as_the_parser_cuts_a_text() -> None:
    tokenizer = spacy.blank("en").tokenizer
    for context in PLOVER.contexts.values():
        for cue in context.cues:
            text = cue.replace(" - ", "-").replace(" '", "'")
            assert cue.split() == [token.text for token in tokenizer(text)], context.code


@pytest.mark.parametrize(
    ("code", "status", "becomes"),
    [
        ("CONSULT", "future", "AGREE"),
        ("SUPPORT", "future", "AGREE"),
        ("COOPERATE", "future", "AGREE"),
        ("AID", "future", "AGREE"),
        ("RETREAT", "future", "CONCEDE"),
        ("CONCEDE", "future", "CONCEDE"),
        ("ASSAULT", "hypothetical", "THREATEN"),
        ("ASSAULT", "future", "ASSAULT"),
        ("PROTEST", "future", "PROTEST"),
        ("AID", "negated", "AID"),
        ("AID", "happened", "AID"),
    ],
)
def test_status_rules(code: str, status: str, becomes: str) -> None:
    assert PLOVER.recode(code, status) == becomes


def test_a_conditional_assault_is_a_threat_of_violence() -> None:
    rule = PLOVER.recode_rule("ASSAULT", "hypothetical")
    assert rule is not None
    assert (rule.to, rule.mode) == ("THREATEN", "violence")
    assert PLOVER.recode_rule("ASSAULT", "happened") is None


def test_what_does_not_exist_is_named_with_near_matches() -> None:
    with pytest.raises(UsageError, match=r"unknown type 'ASSALT' in plover-2\.0; did you mean ASSAULT"):
        PLOVER.quad("ASSALT")
    with pytest.raises(UsageError, match=r"unknown mode of AID 'visit' in plover-2\.0; known: none"):
        PLOVER.scale("AID", "visit")
    with pytest.raises(UsageError, match="unknown type"):
        PLOVER.recode("FIGHT", "future")
    with pytest.raises(UsageError, match=r"mode of THREATEN 'restrikt' .* restrict"):
        PLOVER.cameo("THREATEN", "restrikt")
