"""The whole review round in Chromium: with the pointer, with the keyboard alone, and by two reviewers at once."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.dataset.scenes import filled
from tests.web.conftest import Served, Watched, fits
from whodid.dataset.accounts import Accounts
from whodid.dataset.people import open_people
from whodid.web import Options, make_app

pytestmark = pytest.mark.browser
APPLIED = 30_000  # ms that a judgement may take into the dataset on a busy machine


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("round") / "data", 8)


@pytest.fixture
def own(made: Path, tmp_path: Path) -> Path:
    """A copy of the dataset."""
    return Path(shutil.copytree(made, tmp_path / "data"))


class Window:
    """A page of somebody, watched for whatever goes wrong in it."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.context: BrowserContext = browser.new_context(base_url=url, viewport={"width": 1280, "height": 900})
        self.page: Page = self.context.new_page()
        self.watched = Watched(self.page, url)

    def close(self) -> None:
        self.context.close()


@pytest.fixture
def window(browser: Browser, own: Path) -> Iterator[Page]:
    """A site without users: who sits at the machine is admin."""
    server = Served(make_app(Options(folder=own)))
    made = Window(browser, server.url)
    yield made.page
    made.close()
    server.stop()
    assert made.watched.problems == []


def actors_of(page: Page, claim: str) -> str:
    """The actor of a claim in the CSV export of all claims."""
    answer = page.request.get("/api/v1/claims?format=csv")
    rows: list[dict[str, Any]] = list(csv.DictReader(io.StringIO(answer.text())))
    row = next(row for row in rows if row["id"] == claim)
    return " ".join(str(value) for name, value in row.items() if name.startswith("actor"))


def settled(page: Page) -> None:
    """Wait until the dataset has taken in what was said."""
    expect(page.locator("#announce")).to_have_text("Applied.", timeout=APPLIED)
    page.evaluate("document.querySelector('#announce').textContent = ''")


def test_find_see_correct_export_undo(window: Page, axe: Callable[[Page], list[str]]) -> None:
    window.goto("/")
    window.locator("a.line-link").first.click()
    window.get_by_role("link", name="Correct this claim").first.click()
    claim = window.url.split("claim=")[1]
    expect(window.locator(".review-field").first).to_be_visible()
    before = actors_of(window, claim)
    assert axe(window) == []

    window.locator("[data-edit=actors]").click()
    window.get_by_role("button", name="Choose words").click()
    officials, said = (
        window.locator(".word", has_text="Officials").first,
        window.locator(".word", has_text="said").first,
    )
    officials.click()
    said.click(modifiers=["Shift"])
    expect(window.locator(".word.chosen")).to_have_text(["Officials", "said"])
    window.get_by_role("button", name="End ←").click()
    expect(window.locator(".word.chosen")).to_have_text(["Officials"])
    expect(window.locator(".review-change ins")).to_contain_text("Officials", timeout=APPLIED)
    assert axe(window) == []
    window.get_by_label("Why").fill("the officials did it")
    window.get_by_role("button", name="Save", exact=True).click()
    expect(window.locator("[data-pending]")).to_be_visible()
    settled(window)
    assert "Officials" in actors_of(window, claim) and "Officials" not in before

    row = window.locator(".review-history tbody tr").first
    expect(row).to_contain_text("the officials did it")
    row.get_by_role("button", name="Undo").click()
    settled(window)
    assert actors_of(window, claim) == before
    window.goto("/review/judgements")
    expect(window.locator("tbody tr")).to_have_count(2)
    assert axe(window) == []
    assert fits(window) == []


def test_with_the_keyboard_alone(window: Page) -> None:
    window.goto("/review?queue=random")
    keys = window.keyboard
    expect(window.locator("#review-claim")).to_be_focused()
    keys.press("e")
    expect(window.locator("[data-edit=type]")).to_be_focused()
    for _ in range(3):
        keys.press("Tab")
    expect(window.locator("[data-edit=actors]")).to_be_focused()
    keys.press("Enter")
    expect(window.get_by_role("button", name="Choose words").first).to_be_focused()
    keys.press("Enter")
    text = window.get_by_role("listbox")
    expect(text).to_be_focused()
    first = window.locator(".word.chosen").first.inner_text()
    keys.press("ArrowLeft")
    keys.press("Shift+ArrowLeft")
    expect(window.locator(".word.chosen")).to_have_count(2)
    keys.press("Enter")
    expect(window.get_by_label("Why")).to_be_focused()
    keys.type("by keys; a j k u r")
    expect(window.locator(".review-change ins")).to_be_visible(timeout=APPLIED)
    keys.press("Enter")
    expect(window.locator("[data-edit=actors]")).to_be_focused()
    expect(window.locator(".review-history tbody tr")).to_have_count(1)
    assert first
    settled(window)
    keys.press("u")
    expect(window.locator(".review-history tbody tr")).to_have_count(2)
    keys.press("j")
    expect(window.locator("[data-line='1']")).to_have_attribute("aria-current", "true")
    keys.press("a")
    expect(window.locator("[data-line='2']")).to_have_attribute("aria-current", "true")
    expect(window.locator("#review-precision")).to_contain_text("Of 1 judged claim")
    keys.press("?")
    expect(window.locator("#review-help")).to_have_attribute("open", "")
    window.get_by_label("Use these keys").uncheck()
    window.locator("#review-claim").focus()
    keys.press("k")
    expect(window.locator("[data-line='2']")).to_have_attribute("aria-current", "true")


def test_a_narrow_screen_has_room_for_it(window: Page) -> None:
    window.goto("/review")
    window.locator("[data-edit=actors]").click()
    window.get_by_role("button", name="Choose words").first.click()
    assert fits(window) == []


@pytest.fixture
def with_people(browser: Browser, own: Path) -> Iterator[Callable[[str], Window]]:
    """``with_people("Ana")``: a window in which somebody has logged in."""
    with open_people(own) as people:
        for name, role in (("Ana", "reviewer"), ("Ben", "reviewer"), ("Cleo", "admin"), ("Rita", "reader")):
            Accounts(people).add(name, f"{name} has a long password", role)
    server = Served(make_app(Options(folder=own)))
    windows: list[Window] = []

    def open_for(name: str) -> Window:
        made = Window(browser, server.url)
        windows.append(made)
        made.page.goto("/login")
        made.page.locator("main input[name=name]").fill(name)
        made.page.locator("main input[name=password]").fill(f"{name} has a long password")
        made.page.locator("main button[type=submit]").click()
        made.page.wait_for_url(f"{server.url}/")
        return made

    yield open_for
    for made in windows:
        made.close()
    server.stop()


def test_two_reviewers_at_once(with_people: Callable[[str], Window]) -> None:
    ana, ben = with_people("Ana").page, with_people("Ben").page
    for page in (ana, ben):
        page.goto("/review?queue=random")
        page.locator("[data-edit=status]").click()
    for page, status in ((ana, "only possible"), (ben, "planned")):
        choice = page.get_by_role("radio", name=status)
        if choice.is_checked():
            choice = page.get_by_role("radio", name="denied")
        choice.check()
        expect(page.get_by_role("button", name="Save", exact=True)).to_be_enabled()
    ana.get_by_role("button", name="Save", exact=True).click()
    expect(ana.locator(".review-history tbody tr")).to_have_count(1)
    ben.get_by_role("button", name="Save", exact=True).click()
    expect(ben.get_by_role("alert").filter(has_text="Ana has said something else")).to_be_visible()
    ben.get_by_role("button", name="Save mine all the same").click()
    expect(ben.locator(".review-history tbody tr")).to_have_count(2)
    expect(ben.locator(".review-history")).to_contain_text("Ana")


def test_a_reader_cannot(with_people: Callable[[str], Window]) -> None:
    page = with_people("Rita").page
    assert page.goto("/review").status == 403  # type: ignore[union-attr]
    page.goto("/")
    page.locator("a.line-link").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("link", name="Correct this claim")).to_have_count(0)


def test_an_admin_settles_a_dispute(with_people: Callable[[str], Window], axe: Callable[[Page], list[str]]) -> None:
    ana = with_people("Ana").page
    claim = ana.request.get("/api/v1/claims?status=happened&limit=1").json()["data"][0]["id"]
    for name, status in (("Ana", "only possible"), ("Ben", "planned")):
        page = ana if name == "Ana" else with_people(name).page
        page.goto(f"/review?claim={claim}")
        page.locator("[data-edit=status]").click()
        page.get_by_role("radio", name=status).check()
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.locator(".review-history")).to_contain_text(name)
    cleo = with_people("Cleo").page
    cleo.goto("/review/agreement")
    dispute = cleo.locator(".dispute[data-field=status]")
    expect(dispute).to_have_count(1)
    assert axe(cleo) == []
    dispute.locator("[data-like=Ana]").click()
    cleo.get_by_label("Why").fill("it is feared")
    cleo.locator("dialog button[type=submit]").click()
    expect(dispute).to_have_count(0)
    settled = cleo.request.get(f"/api/v1/review/claims/{claim}").json()["data"]
    assert settled["claim"]["status"] == "hypothetical"


def test_a_split_and_a_merge_on_the_page_of_the_event(window: Page, axe: Callable[[Page], list[str]]) -> None:
    found = window.request.get("/api/v1/events?order=reports&limit=50").json()["data"]
    event = next(row["id"] for row in found if row["reports"] > 1)
    window.goto(f"/events/{event}")
    window.locator("#regroup > summary").click()
    window.locator("#regroup-split [name=claim]").last.check()
    claim = window.locator("#regroup-split [name=claim]").last.input_value()
    before = window.locator("#regroup-split [name=claim]").count()
    assert axe(window) == []
    window.get_by_role("button", name="Split", exact=True).click()
    window.wait_for_event("load", timeout=APPLIED)
    assert window.locator("#regroup-split [name=claim]").count() < before

    parted = window.request.get(f"/api/v1/review/claims/{claim}").json()["data"]["event"]
    window.locator("#regroup > summary").click()
    window.locator("#regroup-find").fill(parted)
    window.locator("#regroup-find").press("Enter")
    window.locator("#regroup-found [name=event]").check()
    assert axe(window) == []
    window.locator("#regroup-merge button[type=submit]").click()
    window.wait_for_event("load", timeout=APPLIED)
    assert window.locator("#regroup-split [name=claim]").count() == before
