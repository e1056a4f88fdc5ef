"""Arithmetic of days, and the grammar over words in any order; without a model."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whodid.ground.times import calendar, choose
from whodid.ground.times.lexicon import data
from whodid.ground.when import expressions
from whodid.records import Annotated, Report, Sentence, Token

A_DAY = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))


@given(A_DAY, st.sampled_from("DWMQYEC"))
def test_a_day_lies_in_its_unit(date: dt.date, unit: str) -> None:
    whole = calendar.unit_at(unit, date)
    assert whole.first <= date <= whole.last


@given(A_DAY, st.integers(1, 7))
def test_a_weekday_is_the_nearest_one(date: dt.date, number: int) -> None:
    back, ahead = choose.weekday(number, date, -1), choose.weekday(number, date, 1)
    assert back.isoweekday() == ahead.isoweekday() == number
    assert 0 <= (date - back).days < 7
    assert 0 <= (ahead - date).days < 7


@given(A_DAY, st.sampled_from("DWMQY"), st.integers(-500, 500))
def test_a_shift_moves_by_whole_units(date: dt.date, unit: str, count: int) -> None:
    moved = calendar.shift(unit, date, count)
    assert moved is not None
    before, after = calendar.unit_at(unit, date), calendar.unit_at(unit, moved)
    assert (after.first > before.first) == (count > 0)
    assert (after.first == before.first) == (count == 0)


def test_a_shift_beyond_the_calendar_is_none() -> None:
    assert calendar.shift("Y", dt.date(2020, 1, 1), -5000) is None
    assert calendar.shift("D", dt.date(2020, 1, 1), 10**9) is None


def test_a_month_day_is_cut_where_the_month_is_shorter() -> None:
    assert calendar.shift("M", dt.date(2020, 1, 31), 1) == dt.date(2020, 2, 29)


@pytest.mark.parametrize(
    ("name", "year", "date"),
    [
        ("easter", 2008, dt.date(2008, 3, 23)),
        ("easter", 2021, dt.date(2021, 4, 4)),
        ("thanksgiving", 2020, dt.date(2020, 11, 26)),
        ("memorial", 2021, dt.date(2021, 5, 31)),
        ("christmas", 1999, dt.date(1999, 12, 25)),
    ],
)
def test_holidays(name: str, year: int, date: dt.date) -> None:
    assert calendar.holiday(name, year) == date


@pytest.mark.parametrize(
    ("part", "first", "last"),
    [
        ("early", dt.date(2019, 1, 1), dt.date(2019, 6, 30)),
        ("late", dt.date(2019, 7, 1), dt.date(2019, 12, 31)),
        ("mid", dt.date(2019, 4, 1), dt.date(2019, 9, 30)),
        ("earlier", dt.date(2019, 1, 1), dt.date(2019, 3, 5)),
        ("later", dt.date(2019, 3, 5), dt.date(2019, 12, 31)),
    ],
)
def test_parts_of_a_year(part: str, first: dt.date, last: dt.date) -> None:
    cut = choose.part_of(calendar.year(2019), part, dt.date(2019, 3, 5))
    assert (cut.first, cut.last, cut.value, cut.precision) == (first, last, "2019", "range")


def test_parts_of_a_decade_are_whole_years() -> None:
    cut = choose.part_of(calendar.decade(1990), "mid", None)
    assert (cut.first, cut.last) == (dt.date(1992, 1, 1), dt.date(1997, 12, 31))


def test_a_day_is_not_cut() -> None:
    whole = calendar.day(dt.date(2019, 3, 5))
    assert choose.part_of(whole, "early", dt.date(2019, 3, 5)) == whole


@pytest.mark.parametrize(
    ("published", "way", "chosen"),
    [
        (dt.date(2021, 6, 16), -1, 2020),
        (dt.date(2021, 6, 16), 2, 2021),
        (dt.date(2021, 6, 16), 0, 2021),
        (dt.date(2021, 1, 20), 0, 2020),
        (dt.date(2021, 11, 20), -1, 2021),
    ],
)
def test_the_tense_chooses_the_year(published: dt.date, way: int, chosen: int) -> None:
    days = [calendar.day(dt.date(year, 12, 1)) for year in (2020, 2021, 2022)]
    assert choose.period(days, published, way).first.year == chosen  # type: ignore[arg-type]


VOCABULARY = sorted(
    {str(word) for part in ("values", "lists") for group in data("words")[part].values() for word in group}
    | set(data("words")["holidays"])
    | {
        "2019",
        "1987",
        "31",
        "30",
        "1",
        "5-8",
        "25/1/2020",
        "1990s",
        "'80s",
        "10:35",
        "0735",
        "21st",
        "q3",
        "mid-2018",
        "9999",
    }
    | {"people", "met", "will", "."}
)


def by_hand(words: list[str], published: dt.date | None) -> Annotated:
    """One sentence of these words, each hanging on the one before, without a parser."""
    text = " ".join(words)
    tokens, at = [], 0
    for i, word in enumerate(words):
        pos, tag = ("VERB", "VBD") if word == "met" else ("NOUN", "NN")
        tokens.append(
            Token(
                i=i,
                start=at,
                end=at + len(word),
                text=word,
                norm=word.lower(),
                lemma=word.lower(),
                pos=pos,
                tag=tag,
                dep="dep",
                head=max(0, i - 1),
                sentence=0,
                entity="",
            )
        )
        at += len(word) + 1
    report = Report(id="r", text=text, published=published, sha256="", reader="test")
    sentence = Sentence(i=0, first=0, last=len(words), start=0, end=len(text), root=0, paragraph=0)
    return Annotated(
        report=report,
        tokens=tuple(tokens),
        sentences=(sentence,),
        entities=(),
        phrases=(),
        quotations=(),
        links=(),
        parser="hand",
    )


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(VOCABULARY).map(lambda w: w.capitalize() if len(w) > 3 else w), min_size=1, max_size=9),
    st.none() | A_DAY,
)
def test_any_words_of_time_are_read_or_refused(words: list[str], published: dt.date | None) -> None:
    a = by_hand(words, published)
    found = expressions(a)
    for e in found:
        assert a.report.text[e.start : e.end] == e.text
        assert (e.first is None) == (e.last is None)
        assert e.first is None or e.last is None or e.first <= e.last
        assert published is not None or e.basis == "text" or e.first is None
    assert all(x.end <= y.start for x, y in itertools.pairwise(found))
