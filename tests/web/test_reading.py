"""States of lists: what an address asks for, what it finds, and how many there are of what."""

from __future__ import annotations

import csv
import inspect
import io
import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pyarrow.parquet as pq
import pytest
from fastapi.testclient import TestClient

from whodid.dataset import open_dataset
from whodid.dataset.found import find_claims, find_events
from whodid.dataset.query import Query, make_query
from whodid.errors import UsageError
from whodid.records import Claim, Event
from whodid.web.filters import Asked, asked_from, asked_of
from whodid.web.rows import TOGETHER
from whodid.web.snapshot import open_snapshot
from whodid.web.views.overview import Overview, overview


def get(client: TestClient, path: str, **params: Any) -> Any:
    answer = client.get(f"/api/v1{path}", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


CONDITIONS: list[dict[str, Any]] = [
    {},
    {"type": ["ASSAULT", "CONSULT"], "status": ["happened"]},
    {"mode": "aerial"},
    {"actor": "rebels"},
    {"involving": "=The Harbour Union", "order": "reports"},
    {"recipient": "name:harbour union", "order": "score"},
    {"publisher": ["=Elm Wire", "=Harbour Gazette"], "voice": "paraphrased"},
    {"where": "Port Elm", "since": "2020-03-03", "until": "2020-03-04", "within": True},
    {"min_reports": 3, "min_score": 0.1},
    {"historical": False, "actor": ["sector:MIL", "id:LYO-REB"]},
]


@pytest.mark.parametrize("asked", CONDITIONS, ids=str)
@pytest.mark.parametrize("view", ["events", "claims"])
def test_the_pages_together_are_what_a_query_finds(
    client: TestClient, folder: Path, view: str, asked: dict[str, Any]
) -> None:
    find = find_events if view == "events" else find_claims
    wanted = find(open_dataset(folder), make_query(**asked))
    ids: list[str] = []
    cursor = None
    while True:
        given = asked | ({"cursor": cursor} if cursor else {})
        answer = get(client, f"/{view}", limit=7, **given)
        assert answer["meta"]["total"] == wanted.count()
        ids += [line["id"] for line in answer["data"]]
        cursor = answer["meta"]["next"]
        if cursor is None:
            break
    assert ids == wanted.ids()


@pytest.mark.parametrize("asked", [CONDITIONS[1], CONDITIONS[3], CONDITIONS[6], CONDITIONS[7], CONDITIONS[8]], ids=str)
@pytest.mark.parametrize("view", ["events", "claims"])
def test_a_facet_counts_what_choosing_its_value_alone_would_find(
    client: TestClient, folder: Path, view: str, asked: dict[str, Any]
) -> None:
    data = open_dataset(folder)
    find = find_events if view == "events" else find_claims
    found = get(client, "/facets", view=view, **asked)["data"]
    assert found["total"] == find(data, make_query(**asked)).count()
    assert {facet["name"] for facet in found["facets"]} > {"type", "actor", "country", "voice", "min_reports"}
    for facet in found["facets"]:
        for value in facet["values"]:
            one = int(value["value"]) if facet["name"] == "min_reports" else value["value"]
            one = float(one) if facet["name"] == "min_score" else one
            assert value["count"] == find(data, make_query(**{**asked, facet["name"]: one})).count(), (facet, value)
            chosen = client.get(f"/api/v1/{view}", params={**asked, facet["name"]: one}).json()
            assert value["count"] == chosen["meta"]["total"], (facet, value)
    timeless = {name: v for name, v in asked.items() if name not in {"since", "until", "within"}}
    days = found["days"]
    dated = find(data, make_query(**timeless))
    assert sum(one["count"] for one in days["bins"]) + days["undated"] == dated.count()


def test_the_address_of_a_facet_leads_to_the_state_and_back(client: TestClient) -> None:
    def values(facets: Any, name: str) -> dict[str, Any]:
        return {v["value"]: v for f in facets["facets"] if f["name"] == name for v in f["values"]}

    before = values(get(client, "/facets")["data"], "publisher")["=Elm Wire"]
    assert (before["chosen"], before["address"]) == (False, "/?publisher=%3DElm%20Wire")
    after = client.get("/api/v1/facets" + before["address"].removeprefix("/")).json()["data"]
    assert after["total"] == before["count"]
    chosen = values(after, "publisher")["=Elm Wire"]
    assert (chosen["chosen"], chosen["address"], chosen["count"]) == (True, "/", before["count"])
    rare = get(client, "/facets", publisher="Orrin", top=1)["data"]
    assert values(rare, "publisher")["Orrin"]["chosen"]  # words of a name are shown among the values, to be taken out


def test_one_state_has_one_address() -> None:
    asked = asked_from(
        {"status": ["negated", "future", "future"], "since": "2020-03", "q": " army ", "country": "Iraq"}
    )
    assert asked.address("/timeline") == ("/timeline?q=army&country=IRQ&since=2020-03-01&status=future&status=negated")
    assert asked_from(asked.options()) == Asked(**{**asked.model_dump(), "query": asked_from(asked.options()).query})
    assert asked.minus("since").plus("view", "claims").minus("status", "future").address() == (
        "/?view=claims&q=army&country=IRQ&status=negated"
    )
    within = asked_from({"since": "2020", "within": "true"})
    assert within.minus("since").address() == "/"


@pytest.mark.parametrize(
    ("params", "status", "told"),
    [
        ({"type": "ASSALT"}, 400, "ASSAULT"),
        ({"actor": "rebbels"}, 400, "actor: data has no actor 'rebbels'; did you mean"),
        ({"country": "Irak"}, 400, "IRQ"),
        ({"status": "done"}, 422, "status"),
        ({"since": "yesterday"}, 422, "since"),
        ({"since": "2020-02-31"}, 400, "2020-02-31"),
        ({"since": "2021", "until": "2020"}, 400, "until 2020-12-31 is before since 2021-01-01"),
        ({"within": "true"}, 400, "within needs since or until"),
        ({"min_score": "2"}, 422, "min_score"),
        ({"q": "--- ***"}, 400, "q: '--- ***' has no word"),
        ({"q": "a " * 60}, 400, "60 words are too many"),
        ({"typ": "ASSAULT"}, 400, "typ: there is no such parameter"),
        ({"cursor": "hm"}, 400, "cursor"),
        ({"limit": "0"}, 422, "limit"),
    ],
)
def test_what_cannot_be_asked_is_told(client: TestClient, params: dict[str, str], status: int, told: str) -> None:
    answer = client.get("/api/v1/events", params=params)
    assert answer.status_code == status
    assert told in answer.json()["error"]["message"]
    assert "/tmp" not in answer.text and "--" not in answer.json()["error"]["message"].removeprefix("q: '--- ")


def test_a_page_with_a_wrong_condition_shows_how_to_take_it_out(client: TestClient) -> None:
    page = client.get("/", params={"actor": "rebbels", "status": "happened"})
    assert page.status_code == 400
    assert "did you mean" in page.text


def test_fields_that_a_form_left_empty_are_not_in_the_address(client: TestClient) -> None:
    answer = client.get("/?q=&since=&status=happened&until=%20", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/?status=happened")


def test_a_cursor_belongs_to_its_conditions(client: TestClient) -> None:
    cursor = get(client, "/claims", limit=3)["meta"]["next"]
    answer = client.get("/api/v1/claims", params={"limit": 3, "cursor": cursor, "status": "happened"})
    assert answer.status_code == 400 and "other conditions" in answer.json()["error"]["message"]


def test_pages_lead_forth_and_back(folder: Path) -> None:
    data, asked = open_snapshot(folder), asked_from({"view": "claims", "order": "score"})

    def at(address: str | None) -> Overview:
        assert address is not None
        given = dict(parse_qsl(address.partition("?")[2]))
        assert (given.pop("view"), given.pop("order"), int(given.pop("limit"))) == ("claims", "score", 20)
        return overview(data, asked, limit=20, cursor=given.pop("cursor"))

    first = overview(data, asked, limit=20)
    second = at(first.next)
    third = at(second.next)
    assert (first.first, second.first, third.first, third.next) == (1, 21, 41, None)
    assert first.total == len({line.id for page in (first, second, third) for line in page.lines})
    assert at(third.previous).lines == second.lines and at(second.previous).lines == first.lines
    assert first.previous is None


# ---------------------------------------------------------------- files and what is kept


def test_files_hold_everything_that_fits(client: TestClient, folder: Path) -> None:
    data = open_dataset(folder)
    events, claims = list(find_events(data)), list(find_claims(data))
    lines = client.get("/api/v1/events?format=jsonl").text.splitlines()
    assert [Event.model_validate_json(line) for line in lines] == events
    lines = client.get("/api/v1/claims?format=jsonl&limit=1").text.splitlines()
    assert [Claim.model_validate_json(line) for line in lines] == claims
    rows = list(csv.DictReader(io.StringIO(client.get("/api/v1/events?format=csv&status=happened").text)))
    assert [row["id"] for row in rows] == [e.id for e in events if e.status == "happened"]
    rows = list(csv.DictReader(io.StringIO(client.get("/api/v1/claims?format=csv").text)))
    assert [row["id"] for row in rows] == [c.id for c in claims]
    for view, records in (("events", events), ("claims", claims)):
        answer = client.get(f"/api/v1/{view}?format=parquet")
        assert answer.headers["content-disposition"] == f'attachment; filename="{view}.parquet"'
        assert pq.read_table(io.BytesIO(answer.content))["id"].to_pylist() == [one.id for one in records]
    reports = [json.loads(line) for line in client.get("/api/v1/reports?format=jsonl").text.splitlines()]
    assert len(reports) == 24 == len(client.get("/api/v1/reports?format=csv").text.splitlines()) - 1
    assert sum(one["claims"] for one in reports) == len(claims)


def test_nothing_found_is_a_file_with_names_of_columns(client: TestClient) -> None:
    rows = client.get("/api/v1/events?format=csv&until=1990").text.splitlines()
    assert len(rows) == 1 and rows[0].startswith("id,type")


def test_what_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/api/v1/events?status=happened")
    assert first.headers["cache-control"] == "private, no-cache"
    again = client.get("/api/v1/events?status=happened", headers={"If-None-Match": f'"x", {first.headers["etag"]}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    other = client.get("/api/v1/events?status=future", headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200 and other.headers["etag"] != first.headers["etag"]


def test_no_condition_is_forgotten() -> None:
    asked = set(Query.model_fields) - {"order", "limit"}
    assert {name for part in TOGETHER for name in part} == asked
    assert set(inspect.signature(asked_of).parameters) == {*asked, "order", "view", "q"}


def test_a_state_that_is_none_is_refused() -> None:
    with pytest.raises(UsageError, match="there is no condition 'colour'"):
        asked_from({"colour": "red"})
    with pytest.raises(UsageError, match="51 values are too many"):
        asked_from({"type": ["A"] * 51})
