"""Records: strict, frozen, and honest about their words."""

from __future__ import annotations

import datetime as dt

import pytest
from pydantic import ValidationError

from tests.conftest import make_report
from whodid.records import Actor, Annotated, Link, Quote, Report, Sentence, Token, When


def token(i: int, text: str, start: int, head: int, dep: str = "dep") -> Token:
    """A token by hand."""
    return Token(i, start, start + len(text), text, text.lower(), text.lower(), "NOUN", "NN", dep, head, 0, "")


@pytest.fixture
def small() -> Annotated:
    """ "Troops left Basra" with "left" as root."""
    tokens = (token(0, "Troops", 0, 1, "nsubj"), token(1, "left", 7, 1, "ROOT"), token(2, "Basra", 12, 1, "dobj"))
    return Annotated(
        report=make_report("Troops left Basra"),
        tokens=tokens,
        sentences=(Sentence(0, 0, 3, 0, 17, 1, 0),),
        entities=(),
        phrases=(),
        quotations=(),
        links=(Link(0, 1, 2, 3, "name"),),
        parser="hand",
    )


def test_a_quote_must_be_as_long_as_its_words() -> None:
    with pytest.raises(ValidationError, match="cannot stand"):
        Quote(text="left", start=7, end=12)


def test_a_time_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValidationError, match="cannot end"):
        When(first=dt.date(2020, 1, 5), last=dt.date(2020, 1, 3), precision="day", basis="text")


def test_records_are_frozen_and_know_their_fields() -> None:
    report = make_report("Troops left Basra")
    with pytest.raises(ValidationError):
        report.text = "Troops stayed"
    with pytest.raises(ValidationError):
        Report(id="x", text="t", sha256="", reader="r", colour="red")  # type: ignore[call-arg]
    with pytest.raises(ValidationError):
        Actor(text="x", start=0, end=1, score=1.5)


def test_strings_are_not_taken_for_dates() -> None:
    with pytest.raises(ValidationError):
        Report(id="x", text="t", sha256="", reader="r", published="2020-01-05")  # type: ignore[arg-type]


def test_what_claims_repeat_of_a_report_leaves_the_text_out() -> None:
    info = make_report("Troops left Basra", "2020-01-05", "Example Wire").info
    assert (info.publisher, info.published) == ("Example Wire", dt.date(2020, 1, 5))
    assert "text" not in info.model_dump()


def test_the_tree_of_a_sentence(small: Annotated) -> None:
    assert small.children == ((), (0, 2), ())
    assert small.subtree(1) == (0, 3)
    assert small.subtree(0) == (0, 1)
    assert list(small.ancestors(2)) == [1]
    assert small.quote(1, 3).text == "left Basra"
    assert small.sentence_of(2).root == 1
    assert small.link_of[0].to_first == 2


def test_words_are_mapped_back_to_tokens(small: Annotated) -> None:
    assert small.token_range(small.report.quote(7, 17)) == (1, 3)
    assert small.token_range(small.report.quote(8, 10)) == (1, 2)
