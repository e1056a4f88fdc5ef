"""Publishers compared, as a page, as its twin and as a file."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Page, expect

from tests.builders import report
from tests.dataset.scenes import add
from tests.web.conftest import fits
from tests.web.hostile import LINE, SCRIPT, hostile
from whodid.dataset import init_dataset, open_dataset
from whodid.errors import ModelError
from whodid.web import Options, make_app
from whodid.web.views import loaded
from whodid.web.views.compare import _state

TWO = "publisher=Elm Wire&publisher=Avalon Daily"


@pytest.fixture(scope="module")
def twin(client: TestClient) -> dict[str, Any]:
    answer: dict[str, Any] = client.get(f"/api/v1/compare?{TWO}").json()["data"]
    return answer


def test_events_are_told_by_several_or_by_one(twin: dict[str, Any], folder: Path) -> None:
    told = [set(row) for row in open_dataset(folder).query("SELECT publishers FROM events")["publishers"].to_pylist()]
    both = [one for one in told if {"Elm Wire", "Avalon Daily"} <= one]
    assert twin["shared"] == twin["every"] == twin["total"] == len(both) == len(twin["events"]) > 1
    for publisher in twin["publishers"]:
        assert publisher["events"] == sum(publisher["name"] in one for one in told)
        assert publisher["only"] == publisher["events"] - len(both)


def test_each_publisher_gives_the_values_of_its_claims(twin: dict[str, Any], folder: Path) -> None:
    data = open_dataset(folder)
    for shared in twin["events"]:
        for one in shared["told"]:
            claims = list(data.claims("event_id = ? AND publisher = ?", [shared["event"]["id"], one["publisher"]]))
            assert set(one["claims"]) == {claim.id for claim in claims}
            assert set(one["status"]) == {claim.status for claim in claims}
            assert set(one["when"]) == {str(claim.when.first) for claim in claims if claim.when}
            assert set(one["numbers"]) == {f"killed {n.low}" for claim in claims for n in claim.counts}
            assert set(one["words"]) == {claim.trigger.text for claim in claims}


def test_where_they_differ_is_told(client: TestClient, twin: dict[str, Any]) -> None:
    for shared in twin["events"]:
        first, second = shared["told"]
        for field, state in shared["states"].items():
            assert (state == "differs") == (
                set(first[field]) != set(second[field]) and bool(first[field] and second[field])
            )
    differing = sum(state == "differs" for shared in twin["events"] for state in shared["states"].values())
    assert differing > 0
    assert client.get(f"/compare?{TWO}").text.count("≠ differs") == differing


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ([("a",), ("A",)], "same"),
        ([(), ()], "same"),
        ([("a", "b"), ("b", "a")], "same"),
        ([], "same"),
        ([("a",), ("b",)], "differs"),
        ([("a",), ("a", "b")], "differs"),
        ([("a",), ()], "some"),
        ([("a",), ("a",), ()], "some"),
    ],
)
def test_when_values_differ(values: list[tuple[str, ...]], state: str) -> None:
    assert _state(values) == state


def test_what_only_one_tells(client: TestClient, twin: dict[str, Any]) -> None:
    only = client.get(f"/api/v1/compare?{TWO}&tells=Elm Wire").json()
    assert only["meta"]["total"] == twin["publishers"][0]["only"] == len(only["data"]["events"]) > 0
    assert all(shared["told"][1] is None for shared in only["data"]["events"])


def test_conditions_hold(client: TestClient) -> None:
    found = client.get(f"/api/v1/compare?{TWO}&status=future").json()["data"]
    assert {shared["event"]["status"] for shared in found["events"]} == {"future"}
    assert "planned" in client.get(f"/compare?{TWO}&status=future").text


def test_fewer_than_two_lead_to_the_choice(client: TestClient) -> None:
    page = client.get("/compare")
    assert page.status_code == 200 and "Choose two publishers or more" in page.text
    offered = client.get("/api/v1/compare").json()["data"]["offered"]
    assert [one["events"] for one in offered] == sorted((one["events"] for one in offered), reverse=True)
    assert all(one["name"] in page.text for one in offered)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("publisher=Elm Wir", "did you mean Elm Wire"), (f"{TWO}&tells=Other", "none of what is compared"),
        (f"{TWO}&cursor=made-up", "cursor"), ("publisher=Elm Wire&format=csv", "at least two"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_named(client: TestClient, query: str, told: str) -> None:
    answer = client.get(f"/api/v1/compare?{query}")
    assert answer.status_code == 400 and told in answer.json()["error"]["message"]
    assert client.get(f"/compare?{query.replace('&format=csv', '')}").status_code == (200 if "format" in query else 400)


def test_as_a_file(client: TestClient, twin: dict[str, Any]) -> None:
    answer = client.get(f"/api/v1/compare?{TWO}&format=csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert answer.headers["content-type"].startswith("text/csv") and len(rows) == 2 * twin["total"]
    first = twin["events"][0]
    assert rows[0]["event"] == first["event"]["id"] and rows[0]["publisher"] == "Elm Wire"
    assert rows[0]["numbers"].split("; ") == first["told"][0]["numbers"]
    assert rows[0]["differs"].split("; ") == [f for f, state in first["states"].items() if state == "differs"]


# ---------------------------------------------------------------- words for contested things


@pytest.fixture(scope="module")
def naming(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("naming") / "data"
    init_dataset(folder)
    day = dt.date(2020, 3, 3)
    add(folder, [
        report(f"Officials said {LINE} The regime has sent troops to the harbour.", id="naming00", publisher="One",
               title="A", published=day),
        report(f"Witnesses in the town told reporters {LINE} The government has moved soldiers up north again.",
               id="naming01", publisher="Two", title="B", published=day),
    ])  # fmt: skip
    with TestClient(make_app(Options(folder=folder)), base_url="http://localhost") as client:
        yield client


@pytest.mark.model
def test_words_for_contested_things(naming: TestClient) -> None:
    asked = "publisher=One&publisher=Two&loaded=true"
    found = naming.get(f"/api/v1/compare?{asked}").json()["data"]["loaded"]
    assert (found["reports"], found["read"]) == (2, 2)
    words = next(thing["words"] for thing in found["things"] if thing["thing"] == "government")
    assert [(term["term"], term["lean"]) for term in words["One"]] == [("regime", "delegitimises")]
    assert [term["term"] for term in words["Two"]] == ["government"]
    page = naming.get(f"/compare?{asked}").text
    assert "<q>regime</q> ×1 <small>(delegitimises)</small>" in page


def test_without_a_parser_the_rest_is_there(naming: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: object) -> Iterator[object]:
        raise ModelError("the parser is not installed")

    monkeypatch.setattr(loaded, "framed", missing)
    monkeypatch.setattr(loaded, "_KEPT", loaded.Kept(10, lambda _: 1))
    page = naming.get("/compare?publisher=One&publisher=Two&loaded=true").text
    assert "the parser is not installed" in page and "side by side" in page
    assert naming.get("/api/v1/compare?publisher=One&publisher=Two&loaded=true").status_code == 503


def test_hostile_publishers_are_shown_as_text(tmp_path: Path) -> None:
    folder = hostile(tmp_path / "data")
    with TestClient(make_app(Options(folder=folder)), base_url="http://localhost") as client:
        page = client.get("/compare", params={"publisher": [SCRIPT, "Elm Wire"]})
        assert page.status_code == 200 and "<script>document" not in page.text and "<img" not in page.text
        assert "&lt;script&gt;" in page.text
        shown = re.sub(r'value="[^"]*"', "", page.text)  # what a form sends is the very name, and is not shown
        assert not set(shown) & set("\u202e\u200b\u2066\u2069")


@pytest.mark.browser
def test_anybody_can_choose_and_compare(page: Page, axe: Callable[[Page], list[str]]) -> None:
    page.goto("/compare")
    assert axe(page) == []
    page.get_by_label("Elm Wire").check()
    page.get_by_label("Avalon Daily").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("table").first).to_be_visible()
    assert axe(page) == []
    assert fits(page) == []
    page.emulate_media(color_scheme="dark")
    assert axe(page) == []
    page.get_by_role("link", name="Only Elm Wire").click()
    expect(page.get_by_role("link", name="Only Elm Wire")).to_have_attribute("aria-current", "page")
