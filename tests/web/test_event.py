"""The page of an event, and its twin."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Page, expect

from tests.dataset.scenes import add, filled
from tests.web.conftest import fits
from whodid.dataset import open_dataset
from whodid.dataset.people import open_people
from whodid.web import Options, make_app


@pytest.fixture(scope="module")
def event(folder: Path) -> str:
    """An event whose reports contradict each other."""
    sql = "SELECT id FROM events WHERE len(flags) > 0 AND len(claims) > 3 ORDER BY len(claims), id LIMIT 1"
    return str(open_dataset(folder).query(sql)["id"][0])


@pytest.fixture(scope="module")
def twin(client: TestClient, event: str) -> dict[str, Any]:
    answer: dict[str, Any] = client.get(f"/api/v1/events/{event}").json()["data"]
    return answer


def test_the_twin_has_every_value_with_who_gives_it(client: TestClient, event: str, twin: dict[str, Any]) -> None:
    record = client.get(f"/api/v1/events/{event}/record").json()["data"]
    assert twin["event"] == record
    assert sorted(twin["order"]) == sorted(record["claims"])
    assert {c["claim"]["id"] for c in twin["claims"]} == set(record["claims"])
    assert all(c["claim"]["event"] == event for c in twin["claims"])


def test_the_page_shows_what_happened_and_where_reports_differ(
    client: TestClient, event: str, twin: dict[str, Any]
) -> None:
    page = client.get(f"/events/{event}").text
    assert twin["headline"] in page
    disputed = [field for field in twin["event"]["fields"] if field["disputed"]]
    assert disputed and page.count("disputed</span>") >= len(disputed)
    for field in twin["event"]["fields"]:
        assert field["rule"] in page
        assert all(name in page for value in field["values"] for name in value["publishers"])
    for told in twin["claims"]:
        assert f'id="{told["claim"]["id"]}"' in page
        assert f"/reports/{told['claim']['report']['id']}#at-{told['claim']['id']}" in page


def test_the_words_of_a_claim_are_marked_in_its_sentence(client: TestClient, twin: dict[str, Any], event: str) -> None:
    claim = twin["claims"][0]["claim"]
    page = client.get(f"/events/{event}").text
    card = page[page.index(f'id="{claim["id"]}"') :]
    words = card[: card.index("</blockquote>")]
    key = next(m["key"] for m in twin["claims"][0]["marks"] if m["field"] == "trigger")
    assert f'data-k="{key}">{claim["trigger"]["text"]}<' in words


def test_ties_are_told_in_both_directions(client: TestClient, folder: Path) -> None:
    row = open_dataset(folder).query("SELECT kind, event_id, to_id FROM links LIMIT 1").to_pylist()[0]
    here = client.get(f"/api/v1/events/{row['event_id']}").json()["data"]["links"]
    there = client.get(f"/api/v1/events/{row['to_id']}").json()["data"]["links"]
    assert (row["kind"], "to", row["to_id"]) in [(one["kind"], one["way"], one["event"]["id"]) for one in here]
    assert (row["kind"], "from", row["event_id"]) in [(one["kind"], one["way"], one["event"]["id"]) for one in there]
    ties = [(one["kind"], one["way"], one["event"]["id"]) for one in here]
    assert len(set(ties)) == len(ties)


def test_it_is_cited_with_the_version(client: TestClient, event: str, twin: dict[str, Any], folder: Path) -> None:
    cite = twin["citation"]
    version = open_dataset(folder).version
    assert f"version {version}" in cite["plain"] and cite["plain"].endswith(f"http://localhost/events/{event}")
    assert cite["csl"]["version"] == str(version) and cite["csl"]["type"] == "dataset"
    assert re.fullmatch(r"@misc\{whodid-\w+,\n(  \w+ = \{.*\},?\n)+\}", cite["bibtex"])
    assert json.dumps(cite["csl"]["id"]) in client.get(f"/events/{event}").text.replace("&#34;", '"')


def test_what_is_not_there_says_so(client: TestClient) -> None:
    answer = client.get("/api/v1/events/0000nothing")
    assert answer.status_code == 404 and "0000nothing" in answer.json()["error"]["message"]
    assert client.get("/events/0000nothing").status_code == 404
    assert client.get("/api/v1/claims/0000nothing").status_code == 404
    assert client.get("/api/v1/events/x?from=-1").status_code == 422


def test_the_beginning_of_an_id_leads_to_the_event(client: TestClient, event: str) -> None:
    answer = client.get(f"/events/{event[:10]}", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (301, f"/events/{event}?was={event[:10]}")
    assert f"The event {event[:10]} is part" not in client.get(f"/events/{event}?was={event[:10]}").text


def test_an_id_that_was_merged_leads_on_and_says_so(tmp_path: Path) -> None:
    folder = filled(tmp_path / "data", 3)
    data = open_dataset(folder)
    more = filled(tmp_path / "more", 30)
    add(folder, list(open_dataset(more).reports()))
    data = open_dataset(folder)
    old, new = data.query("SELECT old_id, new_id FROM redirects ORDER BY old_id LIMIT 1").to_pylist()[0].values()
    with TestClient(make_app(Options(folder=folder)), base_url="http://localhost") as client:
        answer = client.get(f"/events/{old}", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (301, f"/events/{new}?was={old}")
        assert f"The event {old} is part of this one" in client.get(f"/events/{old}").text
        assert client.get(f"/api/v1/events/{old}").json()["data"]["was"] == old
        assert client.get(f"/api/v1/events/{new}?was=other").json()["data"]["was"] is None


def test_notes_of_people_are_shown(tmp_path: Path) -> None:
    folder = filled(tmp_path / "data", 4)
    event = next(open_dataset(folder).events())
    with open_people(folder) as people:
        people.note("event", event.id, "Seen <b>twice</b>.", person="Ann")
        people.note("claim", event.claims[0], "A claim's note.", person="Ben")
        people.note("event", "other", "Not here.", person="Ann")
    with TestClient(make_app(Options(folder=folder)), base_url="http://localhost") as client:
        page = client.get(f"/events/{event.id}").text
        assert "Seen &lt;b&gt;twice&lt;/b&gt;." in page and "A claim&#39;s note." in page and "Not here." not in page
        notes = client.get(f"/api/v1/events/{event.id}").json()["data"]["notes"]
        assert [note["person"] for note in notes] == ["Ann", "Ben"]


@pytest.mark.browser
def test_pointing_at_a_field_lights_its_words(page: Page, event: str, twin: dict[str, Any]) -> None:
    page.goto(f"/events/{event}")
    mark = next(m for m in twin["claims"][0]["marks"] if m["field"] == "actor")
    expect(page.locator(f'.seg[data-k~="{mark["key"]}"]')).not_to_have_class(re.compile("lit"))
    page.locator(f'dd[data-k="{mark["key"]}"]').hover()
    expect(page.locator(f'.seg[data-k~="{mark["key"]}"]')).to_have_class(re.compile("lit"))


@pytest.mark.browser
def test_keys_go_from_claim_to_claim(page: Page, event: str, twin: dict[str, Any]) -> None:
    page.goto(f"/events/{event}")
    ids = twin["order"]
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(f'[id="{ids[1]}"]')).to_be_focused()
    expect(page.locator(f'[id="{ids[1]}"] details.why')).to_have_attribute("open", "")
    page.keyboard.press("k")
    expect(page.locator(f'[id="{ids[0]}"]')).to_be_focused()
    expect(page.locator(f'[id="{ids[1]}"] details.why')).not_to_have_attribute("open", "")


@pytest.mark.browser
def test_anybody_can_use_it_on_any_screen(page: Page, event: str, axe: Callable[[Page], list[str]]) -> None:
    page.goto(f"/events/{event}")
    assert axe(page) == []
    page.emulate_media(color_scheme="dark")
    assert axe(page) == []
    assert fits(page) == []
    page.emulate_media(media="print")
    expect(page.locator("header.top")).to_be_hidden()
