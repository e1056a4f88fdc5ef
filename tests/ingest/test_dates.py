from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whodid.ingest.dates import parse_date

DAY = dt.date(2020, 1, 14)


@pytest.mark.parametrize(
    "value",
    [
        "2020-01-14",
        " 2020-01-14 ",
        "20200114",
        20200114,
        "2020-01-14T09:30",
        "2020-01-14T09:30:00Z",
        "2020-01-14 09:30:00.123456 +0300",
        "2020-01-14T23:59:60+14:00",
        "20200114T093000Z",
        "20200114093000",
        "Tue, 14 Jan 2020 09:30:00 +0300",
        "14 Jan 2020 09:30 GMT",
        "14 jan 2020",
    ],
)
def test_forms_that_read_in_one_way(value: object) -> None:
    assert parse_date(value) == DAY


def test_the_day_is_that_of_the_given_offset() -> None:
    assert parse_date("2020-01-14T23:30:00-05:00") == DAY  # in UTC it is the 15th


@pytest.mark.parametrize(
    "value",
    [
        *("01/02/2020", "14.1.2020", "2020-01", "2020", "yesterday", "", "2020-01-14T25:00", "2020-01-14 evening"),
        *("14 Foo 2020", "２０２０-01-14", "9" * 5000, 1578960000, 20200114.0, True, None, ["2020-01-14"]),
    ],
)
def test_anything_else_is_refused_with_what_is_allowed(value: object) -> None:
    with pytest.raises(ValueError, match="allowed"):
        parse_date(value)


@pytest.mark.parametrize(
    ("value", "why"),
    [("2020-02-30", "impossible"), ("2021-13-01", "impossible"), ("0001-01-01", "1600"), ("9999-12-31", "2200")],
)
def test_days_that_cannot_be(value: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        parse_date(value)


@given(st.dates(min_value=dt.date(1600, 1, 1), max_value=dt.date(2200, 12, 31)))
def test_every_day_survives(day: dt.date) -> None:
    assert parse_date(day.isoformat()) == parse_date(f"{day:%Y%m%d}") == parse_date(f"{day:%d %b %Y}") == day


@given(st.text(max_size=40))
def test_no_text_breaks_it(text: str) -> None:
    try:
        assert isinstance(parse_date(text), dt.date)
    except ValueError as error:
        assert "allowed" in str(error)
