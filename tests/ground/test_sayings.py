"""Every attribution of a report as `whodid quotes` lists it, on real parses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from whodid.ground.sayings import sayings
from whodid.records import Annotated, Rejection, Saying, Sayings

pytestmark = pytest.mark.model

Annotator = Callable[..., Annotated]


def all_of(a: Annotated) -> tuple[Saying, ...]:
    (found,) = sayings([a])
    assert isinstance(found, Sayings)
    return found.sayings


def first(a: Annotated) -> Saying:
    return all_of(a)[0]


ADDRESSEES = [
    ("The minister told reporters that rebels had left.", "reporters"),
    ("“We will leave,” the general said to the council.", "the council"),
    ("“We will leave,” the general told the council.", "the council"),
    ("The president wrote in a letter to the assembly that the talks had failed.", "the assembly"),
    ("The mayor said in an interview with the Harbour Gazette that the strike was over.", "the Harbour Gazette"),
    ("The union urged the government to free the miners.", "the government"),
    ("Police were told that the men had fled.", "Police"),
    ("The leader warned of war in a speech to the assembly.", "the assembly"),
    ("The mayor said that rebels had left.", None),
    ("The mayor asked questions about the strike.", None),
    ("The opposition accused the police of beating boys.", None),
    ("The mayor denied that rebels had left.", None),
]


@pytest.mark.parametrize(("text", "to_whom"), ADDRESSEES)
def test_whom_it_is_said_to(annotated: Annotator, text: str, to_whom: str | None) -> None:
    found = first(annotated(text))
    assert (found.to_whom.text if found.to_whom else None) == to_whom


FORMS = [
    ("“We left,” the mayor said.", "direct"),
    ("The mayor said they had left.", "indirect"),
    ("The mayor said the raid was “a disaster” for the town.", "mixed"),
]


@pytest.mark.parametrize(("text", "form"), FORMS)
def test_the_form(annotated: Annotator, text: str, form: str) -> None:
    assert first(annotated(text)).form == form


def test_the_day_is_that_of_the_saying_not_of_what_is_said(annotated: Annotator) -> None:
    on_monday = first(annotated("The minister told reporters on Monday that rebels had left.", "2024-05-09")).when
    assert on_monday is not None and on_monday.first.isoformat() == on_monday.last.isoformat() == "2024-05-06"
    assert first(annotated("Officials said rebels attacked the town on Monday.", "2024-05-09")).when is None


def test_the_source_is_resolved(annotated: Annotator) -> None:
    who = first(annotated("The Iraqi parliament said that the troops had left.")).who
    assert who is not None and who.country == "IRQ" and who.sectors == ("LEG",)


@pytest.mark.parametrize(
    "text",
    ["The envoy wants to leave.", "The envoy spoke about the war.", "The ministry did not comment on the strike.",
     "The ministry denied him a visa."],
)  # fmt: skip
def test_what_is_wished_or_only_touched_has_no_stance(annotated: Annotator, text: str) -> None:
    assert first(annotated(text)).stance is None


def test_a_description_is_an_assertion(annotated: Annotator) -> None:
    assert first(annotated("The mayor described the raid as a disaster.")).stance == "asserts"


def test_a_saying_within_another_names_who_reports_it(annotated: Annotator) -> None:
    outer, inner = all_of(annotated("The paper said the minister had claimed that rebels left."))
    assert outer.said_by.voice == "outlet" and outer.said_by.speaker is None
    assert inner.said_by.speaker is not None and inner.said_by.speaker.text == "The paper"
    assert inner.who is not None and inner.who.text == "the minister"


def test_every_word_stands_in_the_text_and_ids_differ(annotated: Annotator) -> None:
    text = "\n\n".join(row[0] for row in (*ADDRESSEES, *FORMS))
    found = all_of(annotated(text))
    assert len({s.id for s in found}) == len(found) >= len(ADDRESSEES) + len(FORMS)
    for s in found:
        for q in (*s.cue, *s.words, s.sentence, *(p for p in (s.who, s.to_whom) if p)):
            assert text[q.start : q.end] == q.text


def test_a_second_reading_gives_the_same(annotated: Annotator) -> None:
    text = "The mayor said they had left."
    assert all_of(annotated(text)) == all_of(annotated(text))


def test_rejections_pass_through() -> None:
    refused = Rejection(source="x", code="binary", message="it is not text")
    assert list(sayings([refused])) == [refused]
