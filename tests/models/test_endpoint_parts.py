from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whodid.models.endpoint.parts import Part, parts

from .conftest import flat

LONG = " ".join(f"Sentence {n} is here{', and it goes on' * (n % 5)}." for n in range(40))


@pytest.mark.parametrize("most", [1, 30, 100, 500, 10_000])
def test_every_sentence_is_in_one_part(most: int) -> None:
    a = flat(LONG)
    cut = parts(a, most)
    assert [s.i for part in cut for s in part.sentences] == list(range(40))
    assert all(part.end - part.start <= most or len(part.sentences) == 1 for part in cut)


def test_parts_are_as_long_as_they_may_be() -> None:
    a = flat(LONG)
    cut = parts(a, 200)
    for one, following in pairwise(cut):
        assert following.sentences[0].end - one.start > 200


def test_a_report_without_words_has_no_parts() -> None:
    assert parts(flat(" "), 100) == []


@given(st.integers(1, 12))
def test_halves(count: int) -> None:
    part = parts(flat(" ".join(f"Number {n} is here." for n in range(count))), 10_000)[0]
    halves = part.halves()
    if count == 1:
        assert halves is None
        return
    assert halves is not None
    assert halves[0].sentences + halves[1].sentences == part.sentences
    assert abs(len(halves[0].sentences) - len(halves[1].sentences)) <= 1
    assert (halves[0].cuts, halves[1].cuts) == (1, 1)


def test_sentences_are_numbered_as_in_the_report() -> None:
    text = "One is\nhere. Two\u00a0 is here. Three is here."
    a = flat(text)
    later = Part(a.sentences[1:])
    assert later.numbered(text) == "[2] Two is here.\n[3] Three is here."
    assert (later.named, Part(a.sentences[:1]).named) == ("sentences 2 to 3", "sentence 1")
