"""Quotation marks and what they pair with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whodid.annotate.quotations import quotations


def quoted(text: str) -> list[str]:
    return [text[q.start : q.end] for q in quotations(text, [(0, len(text))])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We go,” she said.", ["“We go,”"]),
        ('"We go," she said. "Now."', ['"We go,"', '"Now."']),
        ("``We go,'' she said.", ["``We go,''"]),
        ("''We go,'' she said. ''Now.''", ["''We go,''", "''Now.''"]),
        ("«We go», she said.", ["«We go»"]),
        ("'We won't go,' said the allies' leader.", ["'We won't go,'"]),
        ("“He said ‘we won’t go’ twice,” she said.", ["“He said ‘we won’t go’ twice,”", "‘we won’t go’"]),
        ("the party 's leader and the union 's lawyers", []),
        ("the '90s and the allies' plan", []),
        ("that''s what the state''s party said", []),
        ("no marks at all", []),
    ],
)
def test_marks_pair(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_an_open_quotation_runs_to_the_end_of_its_paragraph() -> None:
    text = "“We go.\n\n“And we stay gone,” she said."
    first, second = quotations(text, [(0, 9), (9, len(text))])
    assert (text[first.start : first.end], first.closed) == ("“We go.", False)
    assert (text[second.start : second.end], second.closed) == ("“And we stay gone,”", True)


@given(st.text(alphabet="ab .,\"'“”‘’`«»\n", max_size=60))
def test_any_text_gives_quotations_inside_it(text: str) -> None:
    for q in quotations(text, [(0, len(text))]):
        assert 0 <= q.start < q.inner_start <= q.inner_end <= q.end <= len(text)
