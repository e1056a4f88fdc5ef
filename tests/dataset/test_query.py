from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from whodid.dataset.query import Query, make_query, parse_day
from whodid.errors import UsageError


def test_one_value_is_a_list_of_one_and_nothing_asks_for_nothing() -> None:
    assert make_query(actor="Iraq", recipient=None, type=[], status=["happened"]) == Query(
        actor=("Iraq",), status=("happened",)
    )


@pytest.mark.parametrize(
    ("given", "first", "last"),
    [
        ("2020-02-03", dt.date(2020, 2, 3), dt.date(2020, 2, 3)),
        ("2020-02", dt.date(2020, 2, 1), dt.date(2020, 2, 29)),
        ("2020", dt.date(2020, 1, 1), dt.date(2020, 12, 31)),
        (dt.date(2020, 2, 3), dt.date(2020, 2, 3), dt.date(2020, 2, 3)),
        (dt.datetime(2020, 2, 3, 23), dt.date(2020, 2, 3), dt.date(2020, 2, 3)),
    ],
)
def test_days_may_be_months_and_years(given: object, first: dt.date, last: dt.date) -> None:
    assert parse_day("--since", given, last=False) == first
    assert parse_day("--until", given, last=True) == last
    assert make_query(since=given, until=given) == Query(since=first, until=last)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"since": "2020-13"}, "--since: '2020-13' is no day"),
        ({"since": "yesterday"}, "write 2020-01-14, 2020-01 or 2020"),
        ({"since": "2021", "until": "2020"}, "--until 2020-12-31 is before --since 2021-01-01"),
        ({"within": True}, "--within needs --since or --until"),
        ({"status": "done"}, "--status: 'done' is not allowed; it takes happened, future, hypothetical, negated"),
        ({"voice": ["loud"]}, "it takes outlet, quoted, paraphrased"),
        ({"order": "size"}, "it takes day, reports, score"),
        ({"min_score": 1.5}, "--min-score: 1.5 is not allowed"),
        ({"min_reports": 0}, "--min-reports: 0 is not allowed"),
        ({"limit": 0}, "--limit: 0 is not allowed"),
        ({"actor": " – "}, "--actor: ' – ' names nothing"),
        ({"acter": "x"}, "there is no condition 'acter'; conditions: actor,"),
    ],
)
def test_what_cannot_be_asked_is_told_with_what_can(given: dict[str, Any], told: str) -> None:
    with pytest.raises(UsageError) as error:
        make_query(**given)
    assert told in str(error.value)


def test_options_make_the_same_query_again() -> None:
    query = make_query(actor=["Iraq", "MIL"], since="2020-01", within=True, min_score=0.5, order="reports", limit=3)
    assert make_query(**query.options()) == query
    assert query.options()["since"] == "2020-01-01"
    assert Query().options() == {}
