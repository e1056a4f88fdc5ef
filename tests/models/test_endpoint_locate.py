from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Annotator
from whodid.models.endpoint.locate import Stretch, gap, head

from .conftest import flat

TEXT = (
    "The minister’s envoy said “we won’t\u00a0yield” – twice. "
    "Iran’s Café\u0301s closed; Iranian cafés did not. THE  END…"
)


def found(words: str, text: str = TEXT) -> list[str]:
    return [text[i:j] for i, j in Stretch(text, 0, len(text)).find(words)]


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("The minister's envoy", ["The minister’s envoy"]),
        ('"we won\'t yield" - twice', ["“we won’t\u00a0yield” – twice"]),
        ("we won’t yield", ["we won’t\u00a0yield"]),
        ("Iran", ["Iran"]),
        ("the end", ["THE  END"]),
        ("END...", ["END…"]),
        ("'twice.'", ["twice"]),
        ("caf\u00e9s", ["caf\u00e9s"]),
        ("Iranian caf\u00e9s did not.", ["Iranian caf\u00e9s did not."]),
        ("min\u00adister\u200b's", ["minister’s"]),
        ("minister's envoy, twice", []),
        ("Iran-backed", []),
        ("an", []),
        ("", []),
        (" “” ", []),
    ],
)
def test_words_are_found_whatever_their_typography(words: str, places: list[str]) -> None:
    assert found(words) == places


def test_a_letter_with_two_marks_is_found_whole() -> None:
    assert found("Café\u0301s") == ["Café\u0301s"]


def test_case_counts_where_it_helps() -> None:
    text = "Turkey bought turkey from Turkey."
    assert found("turkey", text) == ["turkey"]
    assert found("Turkey", text) == ["Turkey", "Turkey"]
    assert found("TURKEY", text) == ["Turkey", "turkey", "Turkey"]


def test_a_stretch_knows_nothing_of_the_rest() -> None:
    text = "Police left. Police came."
    assert Stretch(text, 13, len(text)).find("Police") == [(13, 19)]
    assert Stretch(text, 13, len(text)).find("left") == []


@given(st.text(max_size=60), st.data())
def test_every_word_of_any_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    words = text.split()
    if not words:
        return
    word = data.draw(st.sampled_from(words))
    if not any(c.isalnum() for c in word):
        return
    for start, end in Stretch(text, 0, len(text)).find(word):
        assert 0 <= start < end <= len(text)
    if word.isascii() and word.isalnum():
        assert word in [text[i:j] for i, j in Stretch(text, 0, len(text)).find(word)]


def test_the_gap_between_places() -> None:
    assert (gap((0, 3), (5, 9)), gap((5, 9), (0, 3)), gap((0, 6), (5, 9)), gap((0, 5), (5, 9))) == (2, 2, 0, 0)


def test_the_head_is_no_article_or_mark() -> None:
    a = flat("Yesterday came the minister, alone.")
    start = a.report.text.index("the")
    assert a.tokens[head(a, (start, start + len("the minister,")))].text == "minister"


@pytest.mark.model
@pytest.mark.parametrize(
    ("words", "top"),
    [
        ("The governor of the northern province", "governor"),
        ("has threatened to close", "threatened"),
        ("two foreign aid workers", "workers"),
    ],
)
def test_the_head_is_that_of_the_parse(annotated: Annotator, words: str, top: str) -> None:
    a = annotated(
        "The governor of the northern province has threatened to close the camp and expel two foreign aid workers."
    )
    start = a.report.text.index(words)
    assert a.tokens[head(a, (start, start + len(words)))].text == top
