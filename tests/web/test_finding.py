"""Suggestions, reports, saved views and the reference of the API."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.dataset.scenes import filled
from whodid.dataset import open_dataset
from whodid.dataset.found import find_events
from whodid.dataset.people import open_people
from whodid.web import Options, make_app


def test_names_are_suggested_by_the_beginning_of_a_word(client: TestClient, folder: Path) -> None:
    found = client.get("/api/v1/suggest", params={"q": "HARB"}).json()["data"]
    assert [(one["kind"], one["label"], one["value"]) for one in found] == [
        ("actor", "The Harbour Union", "=The Harbour Union")
    ]
    assert found[0]["number"] == find_events(open_dataset(folder), involving="=The Harbour Union").count()
    assert unquote(found[0]["address"]) == "/?involving==The Harbour Union"
    places = client.get("/api/v1/suggest", params={"q": "port"}).json()["data"]
    assert [(one["kind"], one["condition"], one["value"]) for one in places] == [("place", "where", "=Port Elm")]
    assert client.get("/api/v1/suggest", params={"q": " "}).json()["data"] == []


def test_reports_are_found_by_words_publisher_and_day(client: TestClient, folder: Path) -> None:
    data = open_dataset(folder)
    every, cursor = [], None
    while True:
        params: dict[str, Any] = {"limit": 10} | ({"cursor": cursor} if cursor else {})
        answer = client.get("/api/v1/reports", params=params).json()
        every += answer["data"]
        cursor = answer["meta"]["next"]
        if cursor is None:
            break
    assert {one["id"] for one in every} == {r.id for r in data.reports()}
    assert len(every) == answer["meta"]["total"]
    wanted = {r.id for r in data.reports("publisher = 'Elm Wire' AND published >= DATE '2020-03-03'")}
    params = {"publisher": "Elm Wire", "since": "2020-03-03"}
    assert {one["id"] for one in client.get("/api/v1/reports", params=params).json()["data"]} == wanted
    copied = client.get("/api/v1/reports", params={"q": "copied desk"}).json()
    assert copied["meta"]["total"] == sum("Copied by desk" in r.text for r in data.reports()) > 0
    wrong = client.get("/api/v1/reports", params={"cursor": "YWZ0ZXIgOTk5"})
    assert wrong.status_code == 400 and "after 999" in wrong.json()["error"]["message"]


# ---------------------------------------------------------------- saved views


@pytest.fixture
def asking(tmp_path: Path) -> Any:
    with TestClient(make_app(Options(folder=filled(tmp_path / "data", 6))), base_url="http://localhost") as client:
        yield client


def _csrf(client: TestClient) -> str:
    found = re.search(r'<meta name="csrf" content="([^"]+)"', client.get("/views").text)
    assert found
    return found[1]


def test_a_view_is_kept_listed_and_opened(asking: TestClient) -> None:
    headers = {"X-CSRF-Token": _csrf(asking)}
    new = {"name": "Air raids", "state": "?mode=aerial&status=happened&since="}
    made = asking.post("/api/v1/views", json=new, headers=headers)
    assert made.status_code == 201, made.text
    listed = asking.get("/api/v1/views").json()["data"]
    assert [(one["name"], one["address"]) for one in listed] == [("Air raids", "/?mode=aerial&status=happened")]
    assert listed[0]["person"]
    page = asking.get("/views").text
    assert 'href="/?mode=aerial&amp;status=happened"' in page and "Air raids" in page
    again = {"name": "Air raids", "state": "status=future", "csrf": _csrf(asking)}
    sent = asking.post("/views", data=again, follow_redirects=False)
    assert (sent.status_code, sent.headers["location"]) == (303, "/?status=future")
    assert len(asking.get("/api/v1/views").json()["data"]) == 1  # the last one of a name counts


def test_a_view_that_is_none_is_not_kept(asking: TestClient) -> None:
    headers = {"X-CSRF-Token": _csrf(asking)}
    for new, status in (({"name": " ", "state": ""}, 422), ({"name": "x", "state": "colour=red"}, 400)):
        assert asking.post("/api/v1/views", json=new, headers=headers).status_code == status
    assert asking.post("/api/v1/views", json={"name": "x", "state": ""}).status_code == 403  # of no page of this site
    assert asking.get("/api/v1/views").json()["data"] == []


def test_a_view_of_another_time_is_listed_with_what_is_wrong(tmp_path: Path) -> None:
    folder = filled(tmp_path / "data", 4)
    with open_people(folder) as people:
        people.save_view("Old", {"colour": "red"}, person="ana")
    with TestClient(make_app(Options(folder=folder)), base_url="http://localhost") as client:
        (one,) = client.get("/api/v1/views").json()["data"]
        assert one["address"] is None and "colour" in one["problem"]
        assert "no condition" in client.get("/views").text


# ---------------------------------------------------------------- the reference


def test_the_reference_has_every_operation_and_parameter(client: TestClient, app: FastAPI) -> None:
    page = client.get("/api").text
    described = app.openapi()
    for path, methods in described["paths"].items():
        assert f"</span> {path}</code>" in page
        for told in methods.values():
            for parameter in told.get("parameters", ()):
                assert f"<code>{parameter['name']}</code>" in page


def _example(served: str, name: str) -> str:
    from html import unescape
    from urllib.request import urlopen

    page = urlopen(f"{served}/api").read().decode()
    found = re.search(rf'aria-labelledby="example-{name}"><code>(.*?)</code>', page, re.S)
    assert found
    return unescape(found[1])


def test_the_example_in_python_runs(served: str, folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _example(served, "python")], capture_output=True, text=True, check=True
    )
    fitting = find_events(open_dataset(folder), status=["happened", "negated"]).count()
    assert done.stdout.startswith(f"{fitting} of {fitting} events")
    assert "publisher [(" in done.stdout


def test_the_example_with_curl_runs(served: str, tmp_path: Path) -> None:
    done = subprocess.run(["sh", "-ec", _example(served, "curl")], cwd=tmp_path, capture_output=True, check=True)
    assert (tmp_path / "events.csv").read_text().startswith("id,type")
    assert b'"total":' in done.stdout


def test_the_example_in_r_asks_for_what_is_there(served: str, client: TestClient) -> None:
    text = _example(served, "r")
    paths = re.findall(r'paste0\(home, "(/[^"]+)"\)', text)
    assert len(paths) == 2
    for path in paths:
        assert client.get(f"/api/v1{path}").status_code == 200
    assert text.count("(") == text.count(")") and text.count('"') % 2 == 0
