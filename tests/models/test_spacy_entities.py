"""Entities that are decided on at once are those of the recognizer's own loop."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from whodid.models import spacy_parser
from whodid.models.spacy_entities import Entities
from whodid.models.spacy_parser import SpacyParser

pytestmark = pytest.mark.model

ODD = [
    "",
    " ",
    "\n\n",
    "London",
    "London ",
    "London\n\nParis and New York City\n",
    "He left New",
    "On Monday, 3 January 2020, about 200 people met in the Bank of England",
    "The United Nations\nSecurity Council met. Mr. Abe spoke to the BBC’s John Smith for $3 million.",
    "The  The  The Prime   Minister of  New  Zealand",
]


def _sentences() -> list[str]:
    path = Path(__file__).parents[2] / "training" / "data"
    lines = [line for file in sorted(path.glob("*.txt")) for line in file.read_text(encoding="utf-8").splitlines()]
    return [line.removeprefix("t ") for line in lines if line.startswith("t ")][::4]


def _told(docs: Sequence[Any]) -> list[list[tuple[int, int, str]]]:
    return [[(e.start, e.end, e.label_) for e in doc.ents] for doc in docs]


def test_the_entities_are_those_of_the_recognizer(parser: SpacyParser) -> None:
    sentences = _sentences()
    texts = [*ODD, *(" ".join(sentences[n : n + 30]) for n in range(0, len(sentences), 30))]
    nlp = parser.pipeline
    there = list(nlp.pipe(texts))
    here = list(nlp.pipe(texts, disable=["ner"]))
    Entities(nlp).mark(here)
    assert sum(map(len, _told(there))) > 1000
    assert any(end - start > 1 for told in _told(there) for start, end, _ in told)
    assert _told(here) == _told(there)
    assert [[t.ent_iob_ for t in doc] for doc in here] == [[t.ent_iob_ for t in doc] for doc in there]


def test_a_text_alone_has_the_same_entities(parser: SpacyParser) -> None:
    together = list(parser.parse(ODD))
    assert [parsed.entities for parsed in together] == [next(parser.parse([text])).entities for text in ODD]


def test_a_pipeline_that_sets_entities_in_another_way_does_it_itself(
    parser: SpacyParser, monkeypatch: pytest.MonkeyPatch
) -> None:
    nlp = SpacyParser(parser.name.split()[0]).pipeline
    ruler = nlp.add_pipe("entity_ruler", before="ner")
    ruler.add_patterns([{"label": "LAW", "pattern": "talked"}])
    with pytest.raises(ValueError, match="entity_ruler"):
        Entities(nlp)
    monkeypatch.setattr(spacy_parser, "_load", lambda _name: nlp)
    (parsed,) = SpacyParser("with rules").parse(["They talked in Paris."])
    assert [e.label for e in parsed.entities] == ["LAW", "GPE"]


def test_a_search_of_its_own_is_left_to_the_recognizer(parser: SpacyParser) -> None:
    nlp = SpacyParser(parser.name.split()[0]).pipeline
    nlp.get_pipe("ner").cfg["beam_width"] = 4
    with pytest.raises(ValueError, match="search"):
        Entities(nlp)


def test_a_component_of_another_kind_is_left_to_itself(parser: SpacyParser) -> None:
    @Language.component("names_of_its_own", assigns=["doc.ents"])
    def nothing(doc: Doc) -> Doc:
        return doc

    nlp = SpacyParser(parser.name.split()[0]).pipeline
    nlp.remove_pipe("ner")
    nlp.add_pipe("names_of_its_own", name="ner")
    with pytest.raises(ValueError, match="kind"):
        Entities(nlp)
