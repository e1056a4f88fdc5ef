"""What holds on every page: usable by all, in light and dark, on a phone, by keyboard; nothing is asked of others."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Page, expect

from tests.web.conftest import fits
from whodid.web.routes import page_addresses


def addresses(client: TestClient) -> list[str]:
    event = client.get("/api/v1/events").json()["data"][0]
    report = client.get("/api/v1/reports").json()["data"][0]["id"]
    listed = [path for path in page_addresses() if "{" not in path and "." not in path]
    answers = {path: client.get(path, follow_redirects=False) for path in listed}
    shown = [
        path for path, got in answers.items() if got.status_code == 200 and "text/html" in got.headers["content-type"]
    ]
    return [*dict.fromkeys(shown), f"/events/{event['id']}", f"/reports/{report}", f"/actors/{event['actor_ids'][0]}",
            "/?q=zzz", "/?view=claims"]  # fmt: skip


def test_the_pages_are_many(client: TestClient) -> None:
    assert len(addresses(client)) > 12


@pytest.mark.browser
def test_every_page_can_be_used_by_all(client: TestClient, page: Page, axe: Callable[..., list[str]]) -> None:
    wrong: dict[str, list[str]] = {}
    for address in addresses(client):
        page.set_viewport_size({"width": 1280, "height": 800})
        page.emulate_media(color_scheme="light")
        page.goto(address)
        found = axe(page)
        page.emulate_media(color_scheme="dark")
        found += [f"dark: {one}" for one in axe(page, "color-contrast")]
        found += [f"360 px: {one}" for one in fits(page)]
        if page.locator("h1").count() != 1:
            found.append(f"{page.locator('h1').count()} headings of the first level")
        if found:
            wrong[address] = found
    assert wrong == {}


@pytest.mark.browser
def test_a_search_by_keyboard_alone(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.locator("#find").focus()
    page.keyboard.type("harb")
    first = page.locator("#suggestions [role=option]").first
    expect(first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.wait_for_url("**involving=**")
    expect(page.locator(".chips")).to_contain_text("Harbour")


@pytest.mark.browser
def test_a_facet_by_keyboard_keeps_the_focus_and_is_told(page: Page) -> None:
    page.goto("/")
    whole = page.locator("#count").inner_text()
    value = page.locator('[data-key="type=ASSAULT"]')
    value.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**type=ASSAULT")
    expect(value).to_be_focused()
    expect(value).to_have_attribute("aria-current", "true")
    expect(page.locator("#announce")).to_contain_text("of")
    assert page.locator("#count").inner_text() != whole
    page.go_back()
    expect(page.locator("#count")).to_have_text(whole)


@pytest.mark.browser
def test_the_colours_that_were_chosen_stay(page: Page) -> None:
    page.emulate_media(color_scheme="light")
    page.goto("/")
    page.get_by_label("Colours").select_option("dark")
    background = "getComputedStyle(document.documentElement).backgroundColor"
    dark = page.evaluate(background)
    page.reload()
    assert page.evaluate(background) == dark != "rgb(248, 246, 241)"
    assert page.context.cookies() == [] or all("theme" not in one["name"] for one in page.context.cookies())


@pytest.mark.browser
def test_without_a_script_facets_are_links_and_the_filter_a_form(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=served)
    page = context.new_page()
    page.goto("/")
    page.locator('[data-key="type=ASSAULT"]').click()
    expect(page).to_have_url(re.compile("type=ASSAULT"))
    page.get_by_label("From").fill("2020-03-03")
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile("since=2020-03-03.*|type=ASSAULT.*since"))
    expect(page.locator(".chips")).to_contain_text("Assault")
    context.close()
