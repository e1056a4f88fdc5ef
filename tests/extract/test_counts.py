"""Numbers of people as ranges: how they are written, whose they are, and what is no count."""

from __future__ import annotations

import pytest

from tests.conftest import Annotator
from whodid.extract.amounts import amount_at, is_number
from whodid.extract.counts import counts
from whodid.records import Count

pytestmark = pytest.mark.model

Found = tuple[str, int | None, int | None, str]


def found(annotated: Annotator, sentence: str, word: str, type_: str = "ASSAULT") -> list[Found]:
    """The counts of the predicate ``word``: what, from, to, and their words."""
    a = annotated(sentence)
    head = next(t.i for t in a.tokens if t.text == word)
    return [_plain(c, sentence) for c in counts(a, head, [], type_)]


def _plain(c: Count, sentence: str) -> Found:
    assert sentence[c.start : c.end] == c.text
    return c.what, c.low, c.high, c.text


@pytest.mark.parametrize(
    ("number", "low", "high"),
    [
        ("Eight", 8, 8),
        ("At least eight", 8, None),
        ("More than 1,700", 1700, None),
        ("Over 100", 100, None),
        ("As many as 300", None, 300),
        ("Up to 40", None, 40),
        ("Fewer than 20", None, 20),
        ("Nearly 90", None, 90),
        ("Some 5,000", 5000, 5000),
        ("About 150", 150, 150),
        ("8 to 10", 8, 10),
        ("Between 8 and 10", 8, 10),
        ("Two dozen", 24, 24),
        ("A dozen", 12, 12),
        ("Half a dozen", 6, 6),
        ("Twenty-five", 25, 25),
        ("Two hundred", 200, 200),
        ("1.5 million", 1500000, 1500000),
        ("More than two hundred", 200, None),
    ],
)
def test_numbers_are_ranges(annotated: Annotator, number: str, low: int | None, high: int | None) -> None:
    sentence = f"{number} people were killed in the raid."
    assert found(annotated, sentence, "killed") == [("killed", low, high, number)]


@pytest.mark.parametrize(
    ("number", "low"),
    [
        ("Dozens", 24),
        ("Scores", 40),
        ("Hundreds", 200),
        ("Tens of thousands", 20000),
        ("Hundreds of thousands", 200000),
    ],
)
def test_vague_numbers_have_a_lower_bound_only(annotated: Annotator, number: str, low: int) -> None:
    sentence = f"{number} of workers marched through the capital."
    assert found(annotated, sentence, "marched", "PROTEST") == [("crowd", low, None, number)]


@pytest.mark.parametrize(
    ("sentence", "by_word"),
    [
        (
            "Rebels killed eight soldiers and wounded 12.",
            {"killed": [("killed", 8, 8, "eight")], "wounded": [("injured", 12, 12, "12")]},
        ),
        (
            "At least 14 people were killed and dozens injured.",
            {"killed": [("killed", 14, None, "At least 14")], "injured": [("injured", 24, None, "dozens")]},
        ),
        (
            "Two people were killed, five were injured and 13 arrested.",
            {
                "killed": [("killed", 2, 2, "Two")],
                "injured": [("injured", 5, 5, "five")],
                "arrested": [("arrested", 13, 13, "13")],
            },
        ),
        (
            "Police arrested 12 people for the killing of 3 officers.",
            {"arrested": [("arrested", 12, 12, "12")], "killing": [("killed", 3, 3, "3")]},
        ),
        ("The blast left 8 dead and 12 wounded.", {"left": [("killed", 8, 8, "8"), ("injured", 12, 12, "12")]}),
        ("Five soldiers died in the clashes.", {"died": [("killed", 5, 5, "Five")]}),
        ("The floods claimed 31 lives.", {"claimed": [("killed", 31, 31, "31")]}),
        ("The death toll rose to 52.", {"toll": [("killed", 52, 52, "52")], "rose": [("killed", 52, 52, "52")]}),
        ("Gunmen shot dead four policemen.", {"shot": [("killed", 4, 4, "four")]}),
        ("The shells killed 9 people, including three children.", {"killed": [("killed", 9, 9, "9")]}),
        (
            "Four people were killed in the battles and hundreds injured.",
            {"killed": [("killed", 4, 4, "Four")], "injured": [("injured", 200, None, "hundreds")]},
        ),
        ("One of two gunmen was killed.", {"killed": [("killed", 1, 1, "One")]}),
        ("The strike killed 3 of the 12 fighters.", {"killed": [("killed", 3, 3, "3")]}),
        ("Troops mourned the deaths of six miners.", {"deaths": [("killed", 6, 6, "six")]}),
    ],
)
def test_each_predicate_has_its_own_counts(
    annotated: Annotator, sentence: str, by_word: dict[str, list[Found]]
) -> None:
    assert {word: found(annotated, sentence, word) for word in by_word} == by_word


@pytest.mark.parametrize(
    ("sentence", "word", "low"),
    [
        ("A crowd of 20,000 people rallied in the square.", "rallied", 20000),
        ("The rally drew 3,000 people.", "rally", 3000),
        ("About 700 students attended the protest.", "protest", 700),
        ("The march was attended by 900 teachers.", "march", 900),
        ("A protest by 60 nurses blocked the road.", "protest", 60),
    ],
)
def test_crowds_belong_to_protests(annotated: Annotator, sentence: str, word: str, low: int) -> None:
    assert [(what, n) for what, n, _, _ in found(annotated, sentence, word, "PROTEST")] == [("crowd", low)]
    assert found(annotated, sentence, word, "CONSULT") == []


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("A man was killed in 2014.", "killed"),
        ("Gunmen killed a 34-year-old teacher.", "killed"),
        ("The editor was jailed for 12 years.", "jailed"),
        ("No one was killed.", "killed"),
        ("The raid killed cattle worth $500.", "killed"),
        ("The minister was arrested at 10 in the morning.", "arrested"),
        ("Several people were arrested.", "arrested"),
        ("More than half of the crew were killed.", "killed"),
    ],
)
def test_years_ages_times_and_money_are_no_counts(annotated: Annotator, sentence: str, word: str) -> None:
    assert found(annotated, sentence, word) == []


def test_people_of_the_roles_are_counted_too(annotated: Annotator) -> None:
    a = annotated("Thousands of workers went on strike.")
    strike = next(t.i for t in a.tokens if t.text == "strike")
    assert [(c.what, c.low) for c in counts(a, strike, [0], "PROTEST")] == [("crowd", 2000)]
    assert counts(a, strike, [], "PROTEST") == ()


def test_a_number_is_read_from_any_of_its_words(annotated: Annotator) -> None:
    a = annotated("The army lost two hundred and ten men.")
    for word in ("two", "hundred", "ten"):
        i = next(t.i for t in a.tokens if t.text == word)
        amount = amount_at(a, i)
        assert amount is not None
        assert (amount.low, amount.high) == (210, 210)
    assert amount_at(a, 1) is None


def test_number_words() -> None:
    assert all(is_number(w) for w in ("1,700", "3.5", "twelve", "dozen", "thousands"))
    assert not any(is_number(w) for w in ("", ",", "soldiers", "3rd", "."))


@pytest.mark.parametrize(
    ("sentence", "word", "expected"),
    [
        ("The raid caused eight deaths.", "raid", [("killed", 8, 8, "eight")]),
        ("The attack on two bases caused no deaths.", "attack", [("killed", 0, 0, "no deaths")]),
        ("Their answer, the attack on two bases, caused no deaths.", "attack", [("killed", 0, 0, "no deaths")]),
        ("The shelling resulted in 12 injuries.", "shelling", [("injured", 12, 12, "12")]),
        ("The attack left no casualties.", "attack",
         [("injured", 0, 0, "no casualties"), ("killed", 0, 0, "no casualties")]),
        ("The attack caused casualties.", "attack", []),
    ],
)  # fmt: skip
def test_deaths_and_injuries_that_it_brings(
    annotated: Annotator, sentence: str, word: str, expected: list[Found]
) -> None:
    assert found(annotated, sentence, word) == expected
