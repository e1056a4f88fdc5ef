"""Events over time: the view, its twin, the page, the files."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, get_args

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Page, expect

from tests.web.conftest import fits
from tests.web.varied import EVENTS, HOSTILE
from whodid.run.timeline import FORMATS
from whodid.web.routes.timeline import StoryFormat


def over(asking: TestClient, query: str = "") -> dict[str, Any]:
    answer = asking.get(f"/api/v1/timeline{query}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()["data"]
    return found


def test_every_event_is_in_a_slot_or_a_range_or_undated(asking: TestClient) -> None:
    for query in ("", "?by=type", "?since=2021", "?since=2021-03-01&until=2021-03-10"):
        found = over(asking, query)
        in_slots = sum(slot["count"] for slot in found["slots"])
        assert in_slots + len(found["ranges"]) + found["ranges_more"] == found["dated"]
        assert found["dated"] + found["undated"] == found["total"]
        assert sum(group["count"] for group in found["groups"]) == found["dated"]
    assert over(asking)["total"] == len(EVENTS)


def test_slots_follow_the_time_that_is_shown(asking: TestClient) -> None:
    assert over(asking)["unit"] == "year"  # 1948 to 2021
    assert over(asking, "?since=2021&until=2021")["unit"] == "week"
    assert over(asking, "?since=2021-03&until=2021-03")["unit"] == "day"


def test_a_range_is_no_narrower_than_what_is_known(asking: TestClient) -> None:
    ranges = {one["id"]: one for one in over(asking, "?since=2021-01&until=2021-03")["ranges"]}
    kenya = ranges["c-kenya"]
    assert (kenya["first"], kenya["last"], kenya["status"]) == ("2021-02-01", "2021-02-28", "hypothetical")
    assert "c-gulf" in ranges, "a whole year may lie in these months"
    decades = over(asking)
    assert "c-kenya" not in {one["id"] for one in decades["ranges"]}, "a month lies within a year"


def test_the_address_of_a_slot_shows_it(asking: TestClient) -> None:
    slot = next(slot for slot in over(asking)["slots"] if slot["first"] == "1948-01-01")
    assert "c-long-ago" in asking.get(slot["address"]).text


def test_undated_events_are_counted_and_listed(asking: TestClient) -> None:
    found = over(asking)
    assert found["undated"] == 1 and [line["id"] for line in found["undated_lines"]] == ["c-when"]
    assert "/events/c-when" in asking.get("/timeline").text


def test_what_was_not_understood_is_told(asking: TestClient) -> None:
    assert asking.get("/api/v1/timeline?by=colour").status_code == 422
    assert asking.get("/api/v1/timeline?type=DANCE").status_code == 400
    assert asking.get("/timeline?type=DANCE").status_code == 400


def test_the_files_are_those_of_the_command(asking: TestClient) -> None:
    assert set(get_args(StoryFormat)) == set(FORMATS)
    for name in FORMATS:
        answer = asking.get(f"/api/v1/story?format={name}")
        assert answer.status_code == 200 and "attachment" in answer.headers["content-disposition"]
        assert "acted" in answer.text
    told = json.loads(asking.get("/api/v1/story?format=json&status=negated").text)
    assert [line["event"] for line in told["lines"]] == ["c-lavrentiya"]
    assert json.loads(asking.get("/api/v1/story?format=json&q=suva").text)["events"] == 1


def test_the_story_stands_on_the_page_with_its_sources(asking: TestClient) -> None:
    page = asking.get("/timeline").text
    assert '/reports/suva#c-suva"' in page
    assert HOSTILE not in page and "&lt;img src=x" in page


@pytest.mark.browser
def test_dragging_over_the_chart_zooms_and_the_way_back_works(window: Page) -> None:
    window.goto("/timeline?since=2021-01-01&until=2021-12-31")
    box = window.locator("#chart").bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    window.mouse.move(box["x"] + 200, y)
    window.mouse.down()
    window.mouse.move(box["x"] + 400, y, steps=5)
    window.mouse.up()
    window.wait_for_url("**since=2021-0*until=2021-0*")
    expect(window.locator(".timeline figcaption")).to_contain_text("One bar is a day")
    window.go_back()
    expect(window.locator(".timeline figcaption")).to_contain_text("One bar is a week")


@pytest.mark.browser
def test_the_table_says_what_the_chart_says_and_all_can_use_it(window: Page, axe: Callable[[Page], list[str]]) -> None:
    window.goto("/timeline?since=2021-03&until=2021-03")
    window.locator("summary", has_text="The same as a table").focus()
    window.keyboard.press("Enter")
    expect(window.get_by_role("row")).to_have_count(1 + 5)
    assert axe(window) == []
    window.emulate_media(color_scheme="dark")
    assert axe(window) == []
    assert fits(window) == []
