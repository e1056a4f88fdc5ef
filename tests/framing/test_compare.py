from __future__ import annotations

from typing import Any

from tests.builders import quote, report
from whodid.framing import LoadedWord, compare, things
from whodid.records import ReportInfo

TEXT = "The regime of Avalon fell."


def word(publisher: str | None, thing: str, term: str, **of: Any) -> LoadedWord:
    entry = next(t for t in things() if t.key == thing)
    return LoadedWord(
        report=ReportInfo(id=report(TEXT).id, publisher=publisher, **of),
        thing=thing,
        name=entry.name,
        term=term,
        lean=next(t.lean for t in entry.terms if t.term == term),
        quote=quote(TEXT, "regime"),
        sentence=quote(TEXT, TEXT),
        voice="outlet",
    )


def test_terms_are_counted_by_thing_and_outlet_the_most_frequent_first() -> None:
    found = compare(
        [
            word("Sarv News", "dying", "martyred"),
            word("Sarv News", "government", "government"),
            word("Sarv News", "government", "regime"),
            word("Sarv News", "government", "regime"),
            word("Potomac Ledger", "government", "administration"),
        ]
    )
    assert [c.thing for c in found] == ["government", "dying"]  # the order of the lexicon
    government = found[0]
    assert list(government.outlets) == ["Potomac Ledger", "Sarv News"]
    assert [(t.term, t.lean, t.count) for t in government.outlets["Sarv News"]] == [
        ("regime", "delegitimises", 2),
        ("government", "neutral", 1),
    ]


def test_a_thing_that_all_name_neutrally_is_left_out() -> None:
    assert compare([word("A", "government", "government"), word("B", "government", "authorities")]) == ()


def test_a_report_without_a_publisher_stands_for_itself() -> None:
    uses = [
        word(None, "government", "regime", title="How it fell"),
        word(None, "government", "regime", url="https://avalon.example/1"),
        word(None, "government", "regime"),
    ]
    (found,) = compare(uses)
    assert set(found.outlets) == {"How it fell", "https://avalon.example/1", report(TEXT).id}


def test_nothing_to_compare() -> None:
    assert compare([]) == ()
