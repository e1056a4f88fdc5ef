"""Time expressions: what the words mean. 16 June 2021, the day of the reports, was a Wednesday."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from whodid.ground.times.lexicon import codes, data, number, ordinal, spell
from whodid.ground.times.matcher import READINGS, rules
from whodid.ground.when import expressions
from whodid.records import Annotated, Token

PUBLISHED = "2021-06-16"
Annotator = Callable[..., Annotated]

DAYS = [
    ("The two ministers met on Sunday.", "Sunday", "2021-06-13", "2021-06-13", "2021-06-13", "day"),
    ("The two ministers met on Wednesday.", "Wednesday", "2021-06-16", "2021-06-16", "2021-06-16", "day"),
    ("The two ministers will meet on Friday.", "Friday", "2021-06-18", "2021-06-18", "2021-06-18", "day"),
    ("the two ministers met on sunday.", "sunday", "2021-06-13", "2021-06-13", "2021-06-13", "day"),
    ("He was freed last Wednesday.", "last Wednesday", "2021-06-09", "2021-06-09", "2021-06-09", "day"),
    ("They met on Tuesday last week.", "Tuesday last week", "2021-06-08", "2021-06-08", "2021-06-08", "day"),
    ("The strike was postponed until Tuesday.", "Tuesday", "2021-06-22", "2021-06-22", "2021-06-22", "day"),
    ("The rebels attacked the camp on 5 January.", "5 January", "2021-01-05", "2021-01-05", "2021-01-05", "day"),
    ("The court ruled on Jan. 5, 2019.", "Jan. 5, 2019", "2019-01-05", "2019-01-05", "2019-01-05", "day"),
    ("Parliament voted on 2020-01-05.", "2020-01-05", "2020-01-05", "2020-01-05", "2020-01-05", "day"),
    ("The army left on 25/1/2020.", "25/1/2020", "2020-01-25", "2020-01-25", "2020-01-25", "day"),
    ("The army fired on the crowd three days ago.", "three days ago", "2021-06-13", "2021-06-13", "2021-06-13", "day"),
    ("She was seen on Christmas Eve.", "Christmas Eve", "2020-12-24", "2020-12-24", "2020-12-24", "day"),
    ("They came last Thanksgiving.", "last Thanksgiving", "2020-11-26", "2020-11-26", "2020-11-26", "day"),
    ("They mourned the Sept. 11 attacks.", "Sept. 11", "2001-09-11", "2001-09-11", "2001-09-11", "day"),
    ("He left yesterday evening.", "yesterday evening", "2021-06-15TEV", "2021-06-15", "2021-06-15", "day"),
    ("The vote is due tonight.", "tonight", "2021-06-16TNI", "2021-06-16", "2021-06-16", "day"),
    ("Shelling continued overnight.", "overnight", "2021-06-16TNI", "2021-06-15", "2021-06-16", "range"),
    ("It ran from 5 to 8 May 2020.", "5 to 8 May 2020", "2020-05-05/2020-05-08", "2020-05-05", "2020-05-08", "range"),
]
SPANS = [
    ("Talks collapsed last week.", "last week", "2021-W23", "2021-06-07", "2021-06-13", "week"),
    ("Talks collapsed two weeks ago.", "two weeks ago", "2021-W22", "2021-05-31", "2021-06-06", "week"),
    ("Talks collapsed earlier this month.", "earlier this month", "2021-06", "2021-06-01", "2021-06-16", "range"),
    ("Clashes broke out over the weekend.", "the weekend", "2021-W23-WE", "2021-06-12", "2021-06-13", "range"),
    ("A truce was signed in March.", "March", "2021-03", "2021-03-01", "2021-03-31", "month"),
    ("A truce will be signed in March.", "March", "2022-03", "2022-03-01", "2022-03-31", "month"),
    ("It happened in early 2019.", "early 2019", "2019", "2019-01-01", "2019-06-30", "range"),
    ("It happened late last year.", "late last year", "2020", "2020-07-01", "2020-12-31", "range"),
    ("It happened two years ago.", "two years ago", "2019", "2019-01-01", "2019-12-31", "year"),
    ("Fighting raged in the 1990s.", "the 1990s", "199", "1990-01-01", "1999-12-31", "range"),
    ("It was built in the 19th century.", "the 19th century", "18", "1800-01-01", "1899-12-31", "range"),
    ("Exports fell in the first quarter.", "the first quarter", "2021-Q1", "2021-01-01", "2021-03-31", "quarter"),
    ("It was signed last summer.", "last summer", "2020-SU", "2020-06-01", "2020-08-31", "range"),
    ("They talked for the past two weeks.", "the past two weeks", "P2W", "2021-06-02", "2021-06-16", "range"),
]
OPEN = [
    ("The army left on 5/1/2020.", "5/1/2020", "DATE", "2020-XX-XX"),
    ("They protest every Friday.", "every Friday", "SET", "XXXX-WXX-5"),
    ("The unrest has lasted several weeks.", "several weeks", "DURATION", "PXW"),
    ("The truce will hold for three days.", "three days", "DURATION", "P3D"),
    ("The boy earns $5 a day.", "a day", "SET", "P1D"),
    ("They met several years ago.", "several years ago", "DATE", "PAST_REF"),
    ("It was built 5000 years ago.", "5000 years ago", "DATE", "PAST_REF"),
    ("They now live abroad.", "now", "DATE", "PRESENT_REF"),
]


@pytest.mark.model
@pytest.mark.parametrize("case", DAYS + SPANS, ids=lambda case: case[1])
def test_what_the_words_mean(annotated: Annotator, case: tuple[str, ...]) -> None:
    text, words, value, first, last, precision = case
    (found,) = expressions(annotated(text, PUBLISHED))
    assert (found.text, found.value, found.precision) == (words, value, precision)
    assert (str(found.first), str(found.last)) == (first, last)
    assert text[found.start : found.end] == words


@pytest.mark.model
@pytest.mark.parametrize(("text", "words", "kind", "value"), OPEN)
def test_words_that_give_no_day(annotated: Annotator, text: str, words: str, kind: str, value: str) -> None:
    (found,) = expressions(annotated(text, PUBLISHED))
    assert (found.text, found.timex_type, found.value, found.first, found.last) == (words, kind, value, None, None)


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "Police arrested 2000 people.",
        "They may march against the law.",
        "The 12-year-old boy fled.",
        "A quarter of the voters stayed at home.",
    ],
)
def test_words_that_are_no_times(annotated: Annotator, text: str) -> None:
    assert expressions(annotated(text, PUBLISHED)) == ()


@pytest.mark.model
def test_without_a_publication_date_relative_words_stay_open(annotated: Annotator) -> None:
    text = "They met on Sunday, last week, two days ago, in March and on 5 May 2020."
    found = {e.text: (e.first, e.basis) for e in expressions(annotated(text))}
    assert found.pop("5 May 2020") == (dt.date(2020, 5, 5), "text")
    assert set(found) == {"Sunday", "last week", "two days ago", "March"}
    assert {first for first, _ in found.values()} == {None}


@pytest.mark.model
def test_later_dates_count_from_earlier_ones(annotated: Annotator) -> None:
    text = "On 3 May the army attacked. The next day the rebels struck back, and two days later they fled."
    found = [str(e.first) for e in expressions(annotated(text, PUBLISHED))]
    assert found == ["2021-05-03", "2021-05-04", "2021-05-06"]


@pytest.mark.model
def test_a_number_before_people_is_no_day(annotated: Annotator) -> None:
    (found,) = expressions(annotated("In March 20 people were killed.", PUBLISHED))
    assert (found.text, found.precision) == ("March", "month")


@pytest.mark.model
def test_a_clock_time_takes_the_day_beside_it(annotated: Annotator) -> None:
    (joined,) = expressions(annotated("The truce begins at 15:00 GMT Saturday.", PUBLISHED))
    assert (joined.text, joined.value) == ("15:00 GMT Saturday", "2021-06-19T15:00Z")
    clock, day = expressions(annotated("He spoke at 10:30 a.m. on Monday.", PUBLISHED))
    assert (clock.value, day.value) == ("2021-06-14T10:30", "2021-06-14")


def _token(i: int, word: str) -> Token:
    return Token(
        i=i, start=0, end=len(word), text=word, norm=word.lower(), lemma=word.lower(), pos="NOUN", tag="NNP", dep="dep",
        head=i, sentence=0, entity="",
    )  # fmt: skip


def test_every_rule_names_a_reading_and_every_reading_is_used() -> None:
    assert {rule.reading for rule in rules()} == set(READINGS)


def test_no_word_stands_for_two_symbols() -> None:
    words = data("words")
    members = [word for part in ("values", "lists") for group in words[part].values() for word in group]
    members += words["holidays"]
    assert sorted(members) == sorted(set(members))


def test_a_token_is_spelled_as_its_symbol() -> None:
    assert spell([_token(0, "Monday"), _token(1, "may"), _token(2, "May"), _token(3, "ship")]) == (
        codes()["WEEKDAY"] + "\ue000" + codes()["MONTH"] + "\ue000"
    )


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("twenty-five", 25),
        ("25", 25),
        ("a", 1),
        ("two hundred", 200),
        ("a dozen", 12),
        ("several", None),
        ("1.5", None),
    ],
)
def test_numbers(words: str, value: int | None) -> None:
    parts = words.replace("-", " - ").split()
    assert number([_token(i, w) for i, w in enumerate(parts)]) == value


@pytest.mark.parametrize(("word", "value"), [("third", 3), ("second", 2), ("21st", 21), ("ship", None)])
def test_ordinals(word: str, value: int | None) -> None:
    assert ordinal(word) == value
