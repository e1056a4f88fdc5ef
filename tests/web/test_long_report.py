"""The page of a report with very many claims: a portion of them whole, the others when they are wanted."""

from __future__ import annotations

import html
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.builders import report
from tests.dataset.scenes import add, sentence
from tests.web.conftest import Served, Watched, fits
from whodid.dataset import init_dataset, open_dataset
from whodid.web import Options, make_app
from whodid.web.views.report import WHOLE

ID = "long0000"
NUMBER = 2 * WHOLE + 10


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset with a report of so many claims, a paragraph each."""
    chance = random.Random(3)
    told = "\n\n".join(sentence(chance, 4) for _ in range(NUMBER))
    folder = tmp_path_factory.mktemp("long") / "data"
    init_dataset(folder)
    add(folder, [report(told, id=ID, title="A long account")])
    return folder


@pytest.fixture(scope="module")
def claims(long: Path) -> list[str]:
    """Its claims in the order of the text."""
    return [c.id for c in sorted(open_dataset(long).claims(), key=lambda c: c.trigger.start)]


@pytest.fixture(scope="module")
def asking(long: Path) -> Iterator[TestClient]:
    with TestClient(make_app(Options(folder=long)), base_url="http://localhost") as client:
        yield client


@pytest.fixture(scope="module")
def address(long: Path) -> Iterator[str]:
    server = Served(make_app(Options(folder=long)))
    yield server.url
    server.stop()


@pytest.fixture
def opened(context: BrowserContext, address: str) -> Iterator[Page]:
    """The page of the report; the test fails where a script does."""
    page = context.new_page()
    watched = Watched(page, address)
    page.goto(f"{address}/reports/{ID}")
    yield page
    assert watched.problems == []


def whole_in(page: str) -> list[str]:
    """The claims that a page shows with their fields."""
    cards = re.findall(r'<article class="claim-card.*?</article>', page, flags=re.DOTALL)
    return [found[1] for card in cards if '<dl class="fields">' in card and (found := re.search(r'id="(\w+)"', card))]


def test_every_claim_is_marked_and_a_portion_is_whole(asking: TestClient, claims: list[str]) -> None:
    assert len(claims) == NUMBER
    page = asking.get(f"/reports/{ID}").text
    assert all(f'id="at-{id}"' in page and f'id="{id}"' in page for id in claims)
    assert whole_in(page) == claims[:WHOLE]
    assert page.count('href="/review?claim=') == WHOLE
    assert page.count("data-portion") == NUMBER - WHOLE


def test_the_line_of_a_claim_leads_to_the_whole_of_it(asking: TestClient, claims: list[str]) -> None:
    page = asking.get(f"/reports/{ID}?layer=place&layer=none").text
    for n in (WHOLE, NUMBER - 1):
        found = re.search(rf'href="([^"]+#{claims[n]})" data-portion', page)
        assert found
        there = html.unescape(found[1])
        assert there.startswith(f"/reports/{ID}?layer=place&layer=none&from=")
        first = n // WHOLE * WHOLE
        assert whole_in(asking.get(there).text) == claims[first : first + WHOLE]
    assert whole_in(asking.get(f"/reports/{ID}?from=1000").text) == []
    assert asking.get(f"/reports/{ID}?from=-1").status_code == 422


def test_the_twin_has_all_of_them(asking: TestClient, claims: list[str]) -> None:
    twin = asking.get(f"/api/v1/reports/{ID}").json()["data"]
    assert [c["claim"]["id"] for c in twin["claims"]] == claims
    assert set(twin["events"]) == {c["claim"]["event"] for c in twin["claims"]}


@pytest.mark.browser
def test_a_claim_is_whole_when_it_comes_into_view(opened: Page, claims: list[str]) -> None:
    far = opened.locator(f'[id="{claims[WHOLE + 5]}"]')
    expect(far.locator(".fields")).to_have_count(0)
    far.get_by_role("heading").hover()
    expect(far.locator(".fields")).to_be_visible()
    expect(far.locator('a[href^="/events/"]')).to_be_visible()
    assert opened.url.endswith(f"/reports/{ID}")


@pytest.mark.browser
def test_pointing_at_words_lights_a_field_that_was_not_there(opened: Page, claims: list[str]) -> None:
    id = claims[NUMBER - 1]
    words = opened.locator(f'.seg[href="#{id}"]').first
    words.scroll_into_view_if_needed()
    words.hover()
    key = str(words.get_attribute("data-k")).split()[0]
    expect(opened.locator(f'[id="{id}"] .fields')).to_have_count(1)
    expect(words).to_have_class(re.compile("lit"))
    opened.locator(f'[id="{id}"] dd').first.hover()
    expect(opened.locator(f'[id="{id}"] dd.lit')).to_have_count(1)
    expect(opened.locator(f'.seg[data-k~="{key}"]')).not_to_have_class(re.compile("lit"))


@pytest.mark.browser
def test_an_address_and_keys_lead_to_a_claim_with_its_reasons(opened: Page, claims: list[str]) -> None:
    opened.goto(f"{opened.url}#{claims[WHOLE - 1]}")
    expect(opened.locator(f'[id="{claims[WHOLE - 1]}"]')).to_have_class(re.compile("current"))
    opened.keyboard.press("j")
    there = opened.locator(f'[id="{claims[WHOLE]}"]')
    expect(there.locator("details.why")).to_have_attribute("open", "")
    expect(there).to_be_focused()
    expect(there).to_be_in_viewport()


@pytest.mark.browser
def test_what_did_not_come_can_be_asked_for_again(opened: Page, context: BrowserContext, claims: list[str]) -> None:
    there = opened.locator(f'[id="{claims[WHOLE]}"]')
    away = re.compile(r"from=")
    context.route(away, lambda route: route.fulfill(status=200, body="<p>nothing</p>", content_type="text/html"))
    with opened.expect_response(away):
        there.locator("a[data-portion]").click()
    context.unroute(away)
    there.locator("a[data-portion]").click()
    expect(there.locator(".fields")).to_be_visible()


@pytest.mark.browser
def test_anybody_can_use_it(opened: Page, axe: Callable[[Page], list[str]]) -> None:
    assert axe(opened) == []
    beside = opened.locator(".report-claims")
    assert beside.evaluate("e => e.scrollWidth <= e.clientWidth")
    assert fits(opened) == []


@pytest.mark.browser
def test_without_scripts_a_link_leads_there(browser: Browser, address: str, claims: list[str]) -> None:
    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(f"{address}/reports/{ID}")
    page.locator(f'[id="{claims[WHOLE]}"] a[data-portion]').click()
    expect(page.locator(f'[id="{claims[WHOLE]}"] .fields')).to_be_visible()
    assert page.url.endswith(f"?from={WHOLE}#{claims[WHOLE]}")
    plain.close()
