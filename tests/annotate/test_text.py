"""Paragraphs, pieces and datelines: where the parser's texts begin and end."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whodid.annotate.text import MAX_PIECE, normalise, paragraphs, pieces


def cut(text: str) -> list[str]:
    """The paragraphs of a text."""
    return [text[a:b].strip() for a, b in paragraphs(text)]


@given(st.text(max_size=300))
def test_normalising_keeps_the_length(text: str) -> None:
    assert len(normalise(text)) == len(text)


@given(st.text(alphabet="aB .\n\r\t“”", max_size=200))
def test_paragraphs_are_in_order_and_lose_no_word(text: str) -> None:
    spans = list(paragraphs(text))
    assert all(a < b for a, b in spans)
    assert all(x[1] <= y[0] for x, y in pairwise(spans))
    kept = "".join(text[a:b] for a, b in spans)
    assert "".join(kept.split()) == "".join(text.split())


def test_blank_lines_and_full_stops_end_a_paragraph_but_wrapped_lines_do_not() -> None:
    text = "The talks failed\nafter two days of meetings that nobody had expected to\nlast. \n\nThen came May."
    assert cut(text) == [
        "The talks failed\nafter two days of meetings that nobody had expected to\nlast.",
        "Then came May.",
    ]


def test_a_headline_is_a_paragraph_of_its_own() -> None:
    assert cut("Talks fail in Oslo\nThe two sides went home on Friday.") == [
        "Talks fail in Oslo",
        "The two sides went home on Friday.",
    ]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("GENEVA, 5 May (Agency) -- Talks began.", "GENEVA, 5 May (Agency) --"),
        ("NEW DELHI - Talks began.", "NEW DELHI -"),
        ("Lima (Agency) - Talks began.", "Lima (Agency) -"),
        ("PORT LOUIS: Talks began.", "PORT LOUIS:"),
        ("Dispatch- Talks began.", "Dispatch-"),
        ("Baghdad – Talks began.", "Baghdad –"),
        ("Quezon City--Talks began.", "Quezon City--"),
        ("harborview: the talks began.", "harborview:"),
        ("police: the talks began.", "police: the talks began."),
        ("Jane Doe – who is mayor – said no.", "Jane Doe – who is mayor – said no."),
        ("Jane Doe - the mayor - said no.", "Jane Doe - the mayor - said no."),
        ("UN-backed talks began.", "UN-backed talks began."),
    ],
)
def test_a_dateline_is_a_piece_of_its_own(text: str, first: str) -> None:
    a, b = next(pieces(text, 0, len(text)))
    assert text[a:b] == first


def test_a_long_paragraph_is_cut_at_the_ends_of_sentences() -> None:
    text = "The minister resigned. " * 2000
    parts = list(pieces(text, 0, len(text)))
    assert len(parts) > 3
    assert all(b - a <= MAX_PIECE for a, b in parts)
    assert all(text[a:b].rstrip().endswith(".") for a, b in parts)
    assert "".join(text[a:b] for a, b in parts).split() == text.split()


def test_one_endless_word_is_cut_all_the_same() -> None:
    text = "x" * (3 * MAX_PIECE)
    assert [b - a for a, b in pieces(text, 0, len(text))] == [MAX_PIECE] * 3
