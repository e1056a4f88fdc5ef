"""What ``check`` finds, each thing in an ontology that is broken in that place only."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from whodid.ontology import check, examples, load_ontology

Writer = Callable[..., str]
Find = Callable[[str, str], list[str]]


@pytest.fixture
def problems(tiny: str, write: Writer) -> Find:
    """``problems(old, new)``: what is wrong with the small ontology when ``new`` stands for ``old`` in it."""

    def find(old: str, new: str) -> list[str]:
        assert old in tiny
        return [str(p) for p in check(load_ontology(write(tiny.replace(old, new, 1))))]

    return find


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("quad: 2", "quad: 7", "types.FIGHT: unknown quad class 7; known: 1, 2"),
        ("definition: People use force.", "definition: ' '", "types.FIGHT: has no definition"),
        (", Rebels shot a soldier.]", "]", "types.FIGHT: has 1 of at least 2 examples"),
        ("definition: By telephone., ", "", "types.TALK.modes.phone: has no definition"),
        ("definition: At sea., ", "", "contexts.sea: has no definition"),
        ("They met at sea.", "They met.", "contexts.sea: the example 'They met.' has none of its cues"),
        ("[ship, at sea]", "[Ship, at sea]", "contexts.sea: the cue 'Ship' is not in lower case"),
        ("[ship, at sea]", "[ship, at sea, ship]", "contexts.sea: the cue 'ship' stands twice"),
        ("to: TALK, mode: phone}", "to: TALK, mode: fax}", "recode.0: unknown mode 'fax' of TALK; known: phone, no"),
        ("to: TALK, mode: phone}", "to: WAR}", "recode.0: unknown type 'WAR'; known: TALK, FIGHT"),
        ("types: [FIGHT]", "types: [FIGHT, FIGHTS]", "recode.0: unknown type 'FIGHTS'; known: TALK, FIGHT"),
        (
            "type: TALK, mode: phone}",
            "type: TALK, mode: fax}",
            "cameo.codes.041: unknown mode 'fax' of TALK; known: phone, no",
        ),
        ("type: TALK}", "type: TALK, contexts: [air]}", "cameo.codes.040: unknown context 'air'"),
        ("contexts: [sea], code", "contexts: [air], code", "cameo.back.1: unknown context 'air'"),
        ('[sea], code: "190"', '[sea], code: "191"', "cameo.back.1: unknown CAMEO code '191'"),
        ('mode: "no", code', "mode: phone, code", "types.TALK.modes.no: has no CAMEO code of its own"),
    ],
)
def test_a_problem_is_found(problems: Find, old: str, new: str, expected: str) -> None:
    assert expected in problems(old, new)


def test_a_type_that_has_a_cameo_code_in_one_context_only(problems: Find) -> None:
    found = problems("goldstein: -8, type: FIGHT}", "goldstein: -8}")
    assert found == ["types.FIGHT: has no CAMEO code"]


def test_two_rules_that_say_different_things(problems: Find) -> None:
    rule = '    - {type: TALK, mode: "no", code: "040"}\n'
    found = problems(rule, rule + rule.replace("040", "041"))
    assert found == ["cameo.back.1: an earlier rule has the same type, mode and contexts"]
    recode = "  - {status: future, types: [FIGHT], to: TALK, mode: phone}\n"
    found = problems(recode, recode * 2)
    assert found == ["recode.1: future FIGHT has a rule already, recode.0"]


def test_an_example_that_the_coder_codes_otherwise(tiny: str, write: Writer) -> None:
    o = load_ontology(write(tiny))

    def by_word(texts: Sequence[str]) -> list[set[str]]:
        return [
            {"FIGHT"} if "attack" in t or "refused" in t else set() if "spoke" in t else {"TALK", "FIGHT"}
            for t in texts
        ]

    assert len(list(examples(o))) == 8
    assert [str(p) for p in check(o, by_word)] == [
        "types.TALK: the coder codes the example 'The envoys spoke with the king.' as no event, not as TALK",
        "types.TALK.modes.no: the coder codes the example 'The king refused to talk.' as FIGHT, not as TALK",
    ]


def test_a_coder_that_does_not_answer_every_example_is_an_error(tiny: str, write: Writer) -> None:
    with pytest.raises(ValueError, match="shorter"):
        check(load_ontology(write(tiny)), lambda texts: [{"TALK"}])
