"""The list of events, as a page and as its twin."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Page, expect


def test_the_twin_has_what_the_page_has(client: TestClient) -> None:
    answer = client.get("/api/v1/events").json()
    assert answer["meta"]["total"] == len(answer["data"]) > 3
    page = client.get("/").text
    assert all(f"/events/{event['id']}" in page for event in answer["data"])


def test_what_is_not_there_is_told_to_programs_and_people(client: TestClient) -> None:
    answer = client.get("/api/v1/nowhere")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not-there")
    page = client.get("/nowhere")
    assert page.status_code == 404 and "<h1>" in page.text


@pytest.mark.browser
def test_a_browser_shows_the_events(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.get_by_role("listitem").count() > 3


def test_a_method_that_nothing_answers_is_told_all_that_do(client: TestClient) -> None:
    answer = client.options("/api/v1/users")
    assert (answer.status_code, answer.json()["error"]["code"]) == (405, "no-such-method")
    assert answer.headers["allow"] == "GET, POST"
    assert client.options("/network").headers["allow"] == "GET"


def test_whoever_asks_is_told_that_a_method_is_not_there(client: TestClient) -> None:
    unknown = {"Authorization": "Bearer whodid_unknown"}
    answer = client.request("TRACE", "/api/v1/users/adam", headers=unknown)
    assert (answer.status_code, answer.headers["allow"]) == (405, "DELETE, PATCH")
    assert client.request("DELETE", "/api/v1/users/adam", headers=unknown).status_code == 401
