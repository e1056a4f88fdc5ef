from __future__ import annotations

import datetime as dt
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.stored import AVALON, CROWD, days, place, source, store, story, telling
from whodid.dataset import Dataset, init_dataset
from whodid.dataset import panel as panels
from whodid.dataset.panel import Panel, panel, tables
from whodid.dataset.query import make_query
from whodid.errors import UsageError

Cells = dict[tuple[str, ...], Any]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return story(tmp_path_factory.mktemp("panel") / "data")


def cells(of: Panel, keys: tuple[str, ...], value: str) -> Cells:
    """(unit…, period) → value."""
    return {(*(str(row[k]) for k in keys), str(row["period"])): row[value] for row in of.table.to_pylist()}


DYAD = ("actor_country", "recipient_country")


def test_events_are_counted_and_not_reports(data: Dataset) -> None:
    found = panel(data, "country-dyad", "month")
    assert cells(found, DYAD, "events") == {
        ("IRL", "ISL", "2021-M03"): 1,  # two reports tell of it
        ("IRL", "ISL", "2021-M04"): None,  # no report was published: nothing can be known
        ("IRL", "ISL", "2021-M05"): 1,
        ("ISL", "IRL", "2021-M03"): 0,
        ("ISL", "IRL", "2021-M04"): None,
        ("ISL", "IRL", "2021-M05"): 0,
    }
    assert cells(found, DYAD, "covered")["IRL", "ISL", "2021-M04"] is False
    assert cells(found, DYAD, "reports")["IRL", "ISL", "2021-M03"] == 2


def test_what_may_be_in_two_periods_is_possible_in_both_and_sure_in_none(data: Dataset) -> None:
    possible = cells(panel(data, "country-dyad", "month", query=make_query(since="2021-02")), DYAD, "events_possible")
    assert possible["ISL", "IRL", "2021-M02"] is None  # not covered
    assert possible["ISL", "IRL", "2021-M03"] == 1
    assert possible["IRL", "ISL", "2021-M03"] == 1
    whole = panel(data, "country-dyad", "quarter", query=make_query(type="PROTEST"))
    assert cells(whole, DYAD, "events") == {("ISL", "IRL", "2021-Q1"): 1, ("ISL", "IRL", "2021-Q2"): 0}


def test_every_event_is_accounted_for(data: Dataset) -> None:
    counts = panel(data, "country-dyad", "month").counts
    assert counts == {"found": 4, "counted": 2, "across": 1, "undated": 1, "no_unit": 0, "outside": 0, "uncovered": 0,
                      "units": 2, "periods": 3}  # fmt: skip
    later = panel(data, "country", "day", query=make_query(since="2021-03-05", until="2021-03-06")).counts
    # the march may have been on the 5th, on which nothing was published; the shelling was before; one has no place
    assert later == {"found": 4, "counted": 0, "across": 0, "undated": 1, "no_unit": 1, "outside": 1, "uncovered": 1,
                     "units": 1, "periods": 2}  # fmt: skip


@pytest.mark.parametrize("unit", tables()["units"])
@pytest.mark.parametrize("period", tables()["periods"])
def test_the_grid_is_complete_and_its_sums_are_those_of_the_account(data: Dataset, unit: str, period: str) -> None:
    every = list(tables()["measures"])
    found = panel(data, unit, period, every)
    rows = found.table.to_pylist()
    keys = list(tables()["units"][unit]["columns"])
    assert len(rows) == found.counts["units"] * found.counts["periods"]
    assert len({(*(row[k] for k in keys), row["first_day"]) for row in rows}) == len(rows)
    assert list(found.table.column_names) == list(found.columns)
    for row in rows:
        assert row["covered"] == (row["reports"] > 0) == (row["events"] is not None)
        assert row["first_day"] <= row["last_day"]
        if row["covered"]:
            assert row["events"] <= row["events_possible"]
            assert row["events"] == sum(row[f"quad_{n}"] for n in (1, 2, 3, 4))
            assert (row["scale_mean"] is None) == (row["events"] == 0)
    spans = sorted({(row["first_day"], row["last_day"]) for row in rows})
    assert all(b[0] - a[1] == dt.timedelta(days=1) for a, b in pairwise(spans))
    assert spans[0][0] <= dt.date(2021, 3, 2) and spans[-1][1] >= dt.date(2021, 5, 4)
    if unit == "country":  # an event has one: nothing is counted twice
        assert sum(row["events"] or 0 for row in rows) == found.counts["counted"]


def test_measures(data: Dataset) -> None:
    found = panel(data, "actor-dyad", "month", ["scale", "fatalities", "quads", "undated"])
    row = next(r for r in found.table.to_pylist() if (r["actor"], r["recipient"]) == ("Avalon army", "Reed Front"))
    assert (row["period"], row["scale_mean"], row["scale_sum"]) == ("2021-M03", -9.0, -9.0)
    assert (row["killed_low"], row["killed_high"]) == (10, 10)  # the consensus of eight or more and of ten
    assert (row["quad_4"], row["quad_1"], row["events_undated"]) == (1, 0, 0)


def test_what_has_no_day_is_counted_apart_where_it_was_first_told(tmp_path: Path) -> None:
    told = source("People fled from the town.", "Harbour Gazette", "2021-03-02")
    again = source("People fled from the town before.", "Island Herald", "2021-04-02")
    where = place("Lowmarsh", "ISL", 22)
    claims = [
        telling(told, 1, "fled", type="RETREAT", where=where),
        telling(again, 2, "fled", type="RETREAT", where=where),
    ]
    data = store(tmp_path / "d", [claims], [told, again])
    found = panel(data, "country", "month", ["count", "undated"])
    assert cells(found, ("country",), "events_undated") == {("ISL", "2021-M03"): 1, ("ISL", "2021-M04"): 0}
    assert cells(found, ("country",), "events") == {("ISL", "2021-M03"): 0, ("ISL", "2021-M04"): 0}
    assert panel(data, "country", "month").counts["units"] == 0


def test_every_pair(data: Dataset) -> None:
    found = panel(data, "actor-dyad", "year", every_pair=True)
    pairs = {(row["actor_id"], row["recipient_id"]) for row in found.table.to_pylist()}
    actors, recipients = {a for a, _ in pairs}, {r for _, r in pairs}
    assert len(pairs) == len(actors) * len(recipients) == found.counts["units"] > 5
    assert panel(data, "country", "year", every_pair=True).counts["units"] == 2


def test_an_event_with_several_actors_of_a_country_counts_once_for_it(data: Dataset) -> None:
    found = panel(data, "country-dyad", "year", query=make_query(type="AID"))
    assert cells(found, DYAD, "events") == {("IRL", "ISL", "2021"): 1}


def test_other_statuses_count_where_they_are_asked_for(data: Dataset) -> None:
    assert panel(data, "actor", "year").counts["found"] == 4
    planned = panel(data, "actor", "year", query=make_query(status="future"))
    assert cells(planned, ("actor_id",), "events") == {("AVL-GOV", "2021"): 1}


def test_weeks_are_those_of_iso_8601(tmp_path: Path) -> None:
    told = source("They talked on 1 January.", "Harbour Gazette", "2021-01-04")
    talks = telling(
        told, 1, "talked", type="CONSULT", quad=1, actors=(AVALON,), recipients=(CROWD,), when=days("2021-01-01")
    )
    data = store(tmp_path / "d", [[talks]], [told])
    found = panel(data, "country-dyad", "week", query=make_query(since="2021-01-01"))
    rows = found.table.to_pylist()
    assert [(r["period"], str(r["first_day"]), r["events"]) for r in rows] == [
        ("2020-W53", "2020-12-28", None), ("2021-W01", "2021-01-04", 0)
    ]  # fmt: skip
    assert found.counts["uncovered"] == 1


def test_the_dictionary_tells_of_every_column(data: Dataset) -> None:
    found = panel(data, "place", "month", list(tables()["measures"]))
    text = found.dictionary()
    for name in found.table.column_names:
        assert f"| `{name}` | {found.table.schema.field(name).type} | " in text
    assert "| left out: the day is not known | 1 |" in text
    assert "Asked for: status ['happened']" in text


@pytest.mark.parametrize(
    ("unit", "period", "measures", "told"),
    [
        ("dyad", "month", ["count"], "--unit: 'dyad' is not allowed; it takes country-dyad, country,"),
        ("actor", "decade", ["count"], "--period: 'decade' is not allowed; it takes day, week,"),
        ("actor", "month", ["sum"], "--measure: 'sum' is not allowed; it takes count,"),
        ("actor", "month", [], "--measure: name at least one"),
    ],
)
def test_what_is_not_there(data: Dataset, unit: str, period: str, measures: list[str], told: str) -> None:
    with pytest.raises(UsageError) as error:
        panel(data, unit, period, measures)
    assert told in str(error.value)


def test_a_panel_that_is_too_large_is_not_made(data: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panels, "MOST_CELLS", 100)
    with pytest.raises(UsageError, match="more than 100 cells: ask for longer periods"):
        panel(data, "actor", "day")


def test_without_days_of_reports_the_time_must_be_given(tmp_path: Path) -> None:
    empty = init_dataset(tmp_path / "empty")
    with pytest.raises(UsageError, match="give the time with --since and --until"):
        panel(empty, "actor", "day")
    made = panel(empty, "actor", "day", query=make_query(since="2021-01-01", until="2021-01-03"))
    assert made.table.num_rows == 0
    assert made.counts["periods"] == 3
