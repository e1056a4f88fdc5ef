from __future__ import annotations

import io
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from tests.builders import SENTENCE, claim, quote, report
from whodid.cli.picture import Words, fields, print_claim, underlined, wrap
from whodid.records import Claim, Quote, SaidBy


def shown(of: Claim, width: int = 120) -> list[str]:
    file = io.StringIO()
    print_claim(of, Console(file=file, width=width, highlight=False))
    return [line.rstrip() for line in file.getvalue().splitlines()]


def test_the_words_of_every_field_are_marked_under_the_sentence() -> None:
    lines = shown(claim())
    at = lines.index(SENTENCE)
    marks, labels = lines[at + 1], lines[at + 2]
    for words, label in [("On Sunday", "when"), ("Harbour Gazette", "said by"), ("government of Avalon", "actor"),
                         ("threatened", "trigger"), ("strait", "recipient"), ("Port Elm", "where")]:  # fmt: skip
        start = SENTENCE.index(words)
        assert marks[start : start + len(words)] == "▔" * len(words)
        assert labels[start:].startswith(label) or label in "\n".join(lines[at + 3 : at + 7])


def test_the_head_and_the_meaning_of_the_words() -> None:
    text = "\n".join(shown(claim()))
    for part in [
        "THREATEN / restrict · happened · score 0.86",
        "claim 7c1f000000000001 · Strait · Harbour Gazette · 2020-01-14",
        "CAMEO 1312 · scale -3",
        "“government of Avalon” → Government of Avalon · AVL GOV",
        "“strait” → country and sector not known",
        "“On Sunday” → 2020-01-12 (day, from the date of the report)",
        "“Sunday” → 8 to ?",
        "“said” → asserts",
        "“Port Elm” → Port Elm AVL",
        "why\n  “threaten” with a clause → THREATEN",
    ]:
        assert part in text


def test_the_event_is_named_where_it_is_not_the_claim_alone() -> None:
    assert "claim 7c1f000000000001 · event 9abc · Strait" in "\n".join(shown(claim(event="9abc")))


@pytest.mark.parametrize(
    ("voice", "told"),
    [("outlet", "the outlet itself"), ("quoted", "whose speaker was not found"), ("paraphrased", "was not found")],
)
def test_who_says_so_is_told_where_there_is_no_speaker(voice: str, told: str) -> None:
    assert told in "\n".join(shown(claim(said_by=SaidBy.model_validate({"voice": voice}))))


def test_a_distance_that_the_outlet_marks_is_told() -> None:
    assert "the outlet itself, at a distance" in "\n".join(
        shown(claim(said_by=SaidBy(voice="outlet", stance="doubts")))
    )


def test_words_of_another_sentence_stand_apart() -> None:
    sentence = quote(SENTENCE, "the government of Avalon has threatened to close the strait near Port Elm.")
    lines = shown(claim(sentence=sentence))
    assert any("“Harbour Gazette”" in line and line.endswith("(in another sentence)") for line in lines)
    assert not any("(in another sentence)" in line for line in lines if "“strait”" in line)


def test_a_long_sentence_is_wrapped_with_its_marks() -> None:
    lines = shown(claim(), width=50)
    assert max(map(len, lines[4:])) <= 60
    first = next(n for n, line in enumerate(lines) if line.startswith("On Sunday, the"))
    assert lines[first + 1].startswith("▔" * 9)


def test_overlapping_words_get_rows_of_their_own() -> None:
    text = "A general of the army of Avalon spoke."
    words = [Words("actor", 2, 31, text[2:31]), Words("where", 25, 31, text[25:31]), Words("when", 2, 3, "g")]
    rows = [line.plain for line in underlined(text, 0, words, 80)]
    assert rows[0] == text
    assert rows[1:] == ["  ▔                      ▔▔▔▔▔▔", "  when                   where", "  " + "▔" * 29, "  actor"]


def test_a_sentence_of_wide_letters() -> None:
    text = "東京 said yes"
    rows = [line.plain for line in underlined(text, 10, [Words("cue", 13, 17, "said")], 40)]
    assert rows[1] == " " * 5 + "▔" * 4


@given(st.text(alphabet="ab 東-", max_size=80), st.integers(2, 30))
def test_wrapping_loses_no_letter(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cell_len(text[a:b]) <= width for a, b in lines)
    gaps = [text[b:c] for (_, b), (c, _) in pairwise(lines)]
    assert "".join(text[a:b] + gap for (a, b), gap in zip(lines, [*gaps, ""], strict=False)).rstrip() == text.rstrip()
    assert set(gaps) <= {"", " "}


def test_every_quote_of_a_claim_is_a_field() -> None:
    of = claim()
    quotes = {(w.start, w.end) for w in fields(of)}
    assert {(q.start, q.end) for q in _quotes(of) if q != of.sentence} == quotes


def _quotes(of: Claim) -> list[Quote]:
    found: list[Quote] = []

    def walk(value: object) -> None:
        if isinstance(value, dict):
            if {"text", "start", "end"} <= value.keys():
                found.append(Quote(text=value["text"], start=value["start"], end=value["end"]))
            for part in value.values():
                walk(part)
        elif isinstance(value, list | tuple):
            for part in value:
                walk(part)

    walk(of.model_dump())
    return found


def test_text_cannot_steer_the_terminal() -> None:
    text = "The \x1b[31mred line was crossed."
    of = report(text)
    odd = claim(of, sentence=of.quote(0, len(text)), trigger=of.quote(0, 3), why=("\x1b]0;x\x07",), actors=(),
                recipients=(), when=None, where=None, counts=(), said_by=SaidBy(voice="outlet"))  # fmt: skip
    assert "\x1b" not in "\n".join(shown(odd))
