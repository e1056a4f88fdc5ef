"""Text cut where marks begin and end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import claim
from whodid.web.views.marks import LAYERS, Mark, marks_of, pieces


def mark(key: str, start: int, end: int) -> Mark:
    return Mark(key=key, field="actor", layer="actor", start=start, end=end, text="")


def test_marks_that_overlap_are_all_seen() -> None:
    found = pieces("abcdefgh", [mark("one", 1, 5), mark("two", 3, 7), mark("in", 3, 4)])
    assert [(p.text, p.keys) for p in found] == [
        ("a", ""), ("bc", "one"), ("d", "one two in"), ("e", "one two"), ("fg", "two"), ("h", ""),
    ]  # fmt: skip


def test_marks_reach_out_of_a_sentence_and_count_code_points() -> None:
    found = pieces("🙂 b", [mark("all", 0, 99), mark("empty", 11, 11), mark("before", 0, 10)], offset=10)
    assert [(p.text, p.start, p.end, p.keys) for p in found] == [("🙂 b", 10, 13, "all")]


@given(st.text(min_size=1, max_size=30), st.lists(st.tuples(st.integers(-5, 40), st.integers(-5, 40)), max_size=8))
def test_the_pieces_are_the_whole_text_and_each_has_the_marks_over_it(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [mark(str(n), start, end) for n, (start, end) in enumerate(spans)]
    found = pieces(text, marks)
    assert sum(len(p.text) for p in found) == len(text)
    for p in found:
        assert {m.key for m in p.marks} == {m.key for m in marks if m.start <= p.start and p.end <= m.end}


def test_every_field_of_a_claim_has_a_layer() -> None:
    found = marks_of(claim())
    assert {m.layer for m in found} == set(LAYERS)
    assert len({m.key for m in found}) == len(found)
