"""Annotate: offsets hold, texts do not touch one another, unread languages are rejected."""

from __future__ import annotations

import pytest

from tests.conftest import Annotator, make_report
from whodid.annotate import annotate
from whodid.models.spacy_parser import SpacyParser
from whodid.records import Annotated, Rejection

pytestmark = pytest.mark.model

TEXT = """LAGOS, 3 March (Example Wire) -- Police arrested two “bandits” near the port.

“We didn’t see it,” the mayor said.\tShe left for Abuja."""


def test_every_token_stands_where_it_says(annotated: Annotator) -> None:
    a = annotated(TEXT)
    assert all(TEXT[t.start : t.end] == t.text for t in a.tokens)
    assert [t.i for t in a.tokens] == list(range(len(a.tokens)))
    assert all(a.sentences[t.sentence].first <= t.i < a.sentences[t.sentence].last for t in a.tokens)
    assert all(a.sentence_of(t.i) == a.sentence_of(t.head) for t in a.tokens)


def test_paragraphs_are_numbered_and_the_dateline_stands_alone(annotated: Annotator) -> None:
    a = annotated(TEXT)
    assert [s.paragraph for s in a.sentences][:2] == [0, 0]
    assert TEXT[a.sentences[1].start : a.sentences[1].end].startswith("Police arrested")
    assert a.sentences[-1].paragraph == 1


def test_curly_quotes_and_apostrophes_are_read_as_straight_ones(annotated: Annotator) -> None:
    a = annotated(TEXT)
    assert "n't" in {t.norm for t in a.tokens}
    assert [TEXT[q.inner_start : q.inner_end] for q in a.quotations] == ["bandits", "We didn’t see it,"]


def test_a_result_does_not_depend_on_the_other_texts(parser: SpacyParser) -> None:
    reports = [make_report(f"{TEXT} Number {n}.") for n in range(20)]
    together = list(annotate(reports, parser=parser))
    backwards = list(annotate(reversed(reports), parser=parser))
    alone = next(annotate([reports[7]], parser=parser))
    assert together == backwards[::-1]
    assert together[7] == alone


def test_rejections_pass_and_unread_languages_become_one(parser: SpacyParser) -> None:
    earlier = Rejection(source="x", code="empty", message="m")
    german = make_report("Die Polizei nahm zwei Personen fest.").model_copy(update={"language": "de"})
    british = make_report("Police arrested two people.").model_copy(update={"language": "en-GB"})
    first, second, third = annotate([earlier, german, british], parser=parser)
    assert first is earlier
    assert isinstance(second, Rejection)
    assert (second.code, second.report_id) == ("language", german.id)
    assert "'de'" in second.message
    assert isinstance(third, Annotated)


def test_a_text_of_nothing_but_space_has_no_tokens(annotated: Annotator) -> None:
    a = annotated("\n \t ")
    assert (a.tokens, a.sentences) == ((), ())
