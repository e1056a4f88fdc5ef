from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.stored import story
from whodid.dataset import Dataset, open_dataset
from whodid.dataset.countries import country_code, near_countries
from whodid.dataset.found import claims_of, find_claims, find_events
from whodid.errors import UsageError
from whodid.records import Claim, Event


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return story(tmp_path_factory.mktemp("story") / "data")


def numbers(found: Any) -> list[int]:
    """The ids of what is found, which are small numbers, in its order."""
    return [int(record.id, 16) for record in found]


ASKED: list[tuple[dict[str, Any], list[int], list[int]]] = [
    ({}, [3, 1, 4, 6, 5], [3, 1, 2, 4, 6, 5]),
    ({"actor": "Avalon army"}, [1, 6], [1, 2, 6]),
    ({"actor": "army"}, [1, 6], [1, 2, 6]),
    ({"actor": "elan workers"}, [3], [3]),  # case and accents do not count
    ({"actor": "AVL-MIL"}, [1, 6], [1, 2, 6]),
    ({"actor": "id:AVL-GOV"}, [4, 6], [4, 6]),
    ({"actor": "org:union"}, [3], [3]),
    ({"actor": "IRL"}, [1, 4, 6], [1, 2, 4, 6]),
    ({"actor": "Ireland"}, [1, 4, 6], [1, 2, 4, 6]),
    ({"actor": "country:isl"}, [3], [3]),
    ({"actor": "MIL"}, [1, 6], [1, 2, 6]),
    ({"actor": "sector:gov"}, [4, 6], [4, 6]),
    ({"actor": "IRL MIL"}, [1, 6], [1, 2, 6]),
    ({"actor": "ISL MIL"}, [], []),
    ({"recipient": "ISL REB"}, [1, 6], [1, 2, 6]),
    ({"recipient": "IRL LAB"}, [], []),  # both are there, but not in one recipient
    ({"recipient": "Reed Front"}, [1, 6], [1, 2, 6]),
    ({"actor": "Reed Front"}, [], []),  # it is on the other side only
    ({"involving": "Reed Front"}, [1, 6], [1, 2, 6]),
    ({"involving": "name:union"}, [3, 4, 6, 5], [3, 4, 6, 5]),
    ({"actor": ["org:union", "AVL-GOV"]}, [3, 4, 6], [3, 4, 6]),
    ({"actor": "IRL", "recipient": "LAB"}, [4, 6], [4, 6]),
    ({"type": "assault"}, [1], [1, 2]),
    ({"type": ["ASSAULT", "AID"]}, [1, 6], [1, 2, 6]),
    ({"mode": "demo"}, [3], [3]),
    ({"type": "ASSAULT", "mode": "heavy-weapons"}, [1], [1]),
    ({"where": "elm"}, [1], [1, 2]),
    ({"where": "11"}, [1], [1, 2]),
    ({"where": "Iceland"}, [3], [3]),
    ({"country": ["Ireland", "ISL"]}, [3, 1], [3, 1, 2]),
    ({"since": "2021-03"}, [3, 1, 4, 6], [3, 1, 2, 4, 6]),
    ({"since": "2021-03", "until": "2021-03-04"}, [3, 1], [3, 1, 2]),
    ({"since": "2021-03", "until": "2021-03-04", "within": True}, [1], [1, 2]),
    ({"until": "2021-02-24"}, [], []),
    ({"status": "future"}, [4], [4]),
    ({"historical": True}, [6], [6]),
    ({"historical": False}, [3, 1, 4, 5], [3, 1, 2, 4, 5]),
    ({"voice": "quoted"}, [1], [2]),
    ({"speaker": "union"}, [1], [2]),
    ({"voice": "outlet", "speaker": "union"}, [], []),  # no claim has both
    ({"publisher": "herald"}, [1], [2]),
    ({"publisher": "coast wire"}, [3, 4, 6, 5], [3, 4, 6, 5]),
    ({"min_reports": 2}, [1], [1, 2]),
    ({"min_score": 0.5, "status": "future"}, [4], []),  # events of one claim surely belong together
    ({"order": "reports", "limit": 2}, [1, 3], [1, 2]),
    ({"order": "score", "limit": 2, "type": "CONSULT"}, [4], [4]),
    ({"limit": 1}, [3], [3]),
]


@pytest.mark.parametrize(("asked", "events", "claims"), ASKED, ids=lambda v: str(v) if isinstance(v, dict) else "")
def test_what_is_found(data: Dataset, asked: dict[str, Any], events: list[int], claims: list[int]) -> None:
    assert numbers(find_events(data, **asked)) == events
    assert numbers(find_claims(data, **asked)) == claims


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"actor": "Reed Frond"}, "did you mean Reed Front"),
        ({"actor": "id:AVL-GVO"}, "has no actor with the id 'AVL-GVO'; did you mean AVL-GOV"),
        ({"actor": "sector:MLI"}, "unknown sector 'MLI' in plover-2.0; did you mean MIL"),
        ({"actor": "country:Irland"}, "there is no country 'Irland'; did you mean Ireland (IRL)"),
        ({"actor": "Aval"}, "has no actor 'Aval'; did you mean"),  # names are found by whole words
        ({"actor": "Qwxyz"}, "nothing in it is written like that"),
        ({"type": "ASALT"}, "--type: unknown type 'ASALT' in plover-2.0; did you mean ASSAULT"),
        ({"mode": "dmo"}, "--mode: unknown mode 'dmo' in plover-2.0; did you mean demo"),
        ({"type": "AID", "mode": "demo"}, "unknown mode 'demo' in AID of plover-2.0"),
        ({"where": "Port Elms"}, "has no place 'Port Elms'; did you mean Port Elm?"),
        ({"country": "Icelnd"}, "did you mean Iceland (ISL)"),
        ({"publisher": "Gazete"}, "has no publisher 'Gazete'; did you mean Harbour Gazette?"),
        ({"speaker": "onion"}, "has no speaker 'onion'; did you mean Élan Workers' Union?"),
    ],
)
def test_what_is_not_there_is_told_with_what_is_near(data: Dataset, asked: dict[str, Any], told: str) -> None:
    with pytest.raises(UsageError) as error:
        find_events(data, **asked)
    assert told in str(error.value)
    with pytest.raises(UsageError):
        find_claims(data, **asked)


def test_records_are_whole_and_counts_know_no_limit(data: Dataset) -> None:
    events = find_events(data, limit=2)
    assert events.count() == 5
    assert [type(event) for event in events] == [Event, Event]
    assert next(iter(find_events(data, type="ASSAULT"))) == data.event("0" * 15 + "1")
    claims = list(find_claims(data, publisher="Herald"))
    assert [type(claim) for claim in claims] == [Claim]
    assert claims[0].event == "0" * 15 + "1"  # the event that it is in now


def test_tables_have_the_flat_columns_in_the_order_of_the_query(data: Dataset) -> None:
    found = find_events(data, order="reports")
    table = found.arrow("id", "independent")
    assert table.column_names == ["id", "independent"]
    assert table["independent"].to_pylist() == [2, 1, 1, 1, 1]
    assert "record" not in found.arrow().column_names
    assert found.pandas()["type"].tolist() == found.polars()["type"].to_list() == found.arrow()["type"].to_pylist()
    with pytest.raises(UsageError, match="events have no column 'sze'; columns: id, type"):
        found.arrow("sze")


def test_claims_of_events(data: Dataset) -> None:
    found = claims_of(data, ["0" * 15 + "1", "0" * 15 + "3", "no such id"])
    assert sorted(claim.id[-1] for claim in found) == ["1", "2", "3"]


def test_an_earlier_version_is_asked_as_it_was(data: Dataset) -> None:
    assert find_events(open_dataset(data.path, as_of=1)).count() == 0


def test_a_name_with_sql_in_it_is_a_name(data: Dataset) -> None:
    for bad in ("x'; DROP TABLE events; --", "army') OR true --", "a.*b|c(["):
        with pytest.raises(UsageError, match="has no"):
            find_events(data, actor=bad)
        with pytest.raises(UsageError, match="has no"):
            find_events(data, where=bad)
    assert find_events(data).count() == 5


@pytest.mark.parametrize(
    ("text", "code"),
    [("iraq", "IRQ"), ("U.S.", "USA"), ("Turkey", "TUR"), ("TÜRKIYE", "TUR"), ("Kosovo", "KOS"), ("uno", "UNO"),
     ("Ivory Coast", "CIV"), ("côte d’ivoire", "CIV"), ("gb", "GBR"), ("Atlantis", None)],
)  # fmt: skip
def test_countries_by_name_and_code(text: str, code: str | None) -> None:
    assert country_code(text) == code


def test_near_countries() -> None:
    assert "Iraq (IRQ)" in near_countries("Irak")
    assert near_countries("Xyzzy") == []


def test_an_empty_dataset_gives_nothing(tmp_path: Path) -> None:
    from whodid.dataset import init_dataset

    empty = init_dataset(tmp_path / "empty")
    assert find_events(empty, country="IRQ", type="ASSAULT").count() == 0
    assert list(find_claims(empty)) == []
    with pytest.raises(UsageError, match="has no actor 'army'"):
        find_events(empty, actor="army")
