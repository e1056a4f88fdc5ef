"""The pages of accounts in the browser, and every page of a site on which reports and people try to do harm."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect

from tests.web.conftest import Served, Watched, fits
from tests.web.hostile import SCRIPT, TURNED, hostile
from tests.web.security.conftest import PASSWORDS
from tests.web.security.test_rights import TABLE
from whodid.dataset import open_dataset
from whodid.dataset.accounts import Accounts
from whodid.dataset.audit import Audit
from whodid.dataset.people import open_people
from whodid.web import Options, make_app


@pytest.fixture
def site(folder: Path, with_users: str) -> Iterator[str]:
    """The address of a site with users."""
    server = Served(make_app(Options(folder=folder, judgements=with_users)))
    yield server.url
    server.stop()


@pytest.fixture
def visitor(browser: Browser, site: str) -> Iterator[Page]:
    context = browser.new_context(base_url=site, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    watched = Watched(page, site)
    yield page
    assert [problem for problem in watched.problems if "401" not in problem] == []
    context.close()


def enter(page: Page, name: str, password: str) -> None:
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Log in").press("Enter")


@pytest.mark.browser
def test_in_and_out_with_the_keyboard(visitor: Page, axe: Callable[[Page], list[str]]) -> None:
    visitor.goto("/audit")
    expect(visitor).to_have_url("/login?next=/audit")
    assert axe(visitor) == [] and fits(visitor) == []
    enter(visitor, "adam", "not the password")
    expect(visitor.get_by_role("alert")).to_have_text("Name or password is wrong.")
    enter(visitor, "adam", PASSWORDS["adam"])
    expect(visitor).to_have_url("/audit")
    expect(visitor.get_by_role("cell", name="login-failed")).to_be_visible()
    for place in ("/audit", "/users", "/account"):
        visitor.goto(place)
        assert axe(visitor) == [] and fits(visitor) == [], place
    visitor.get_by_label("What for").fill("notebook")
    visitor.get_by_role("button", name="Make a token").press("Enter")
    expect(visitor.locator(".secret")).to_contain_text("whodid_")
    visitor.get_by_role("button", name="Log out").press("Enter")
    expect(visitor).to_have_url("/login")
    visitor.goto("/users")
    expect(visitor).to_have_url("/login?next=/users")


# ---------------------------------------------------------------- harm


@pytest.fixture(scope="module")
def traps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = hostile(tmp_path_factory.mktemp("harm") / "data")
    with open_people(folder) as people:
        claim, event = next(iter(open_dataset(folder).claims())).id, next(iter(open_dataset(folder).events())).id
        for kind, target in (("claim", claim), ("event", event), ("report", "script00")):
            people.note(kind, target, f"{SCRIPT} {TURNED}", person=SCRIPT)  # type: ignore[arg-type]
        people.save_view(SCRIPT, {"type": [SCRIPT]}, person=SCRIPT)
        Audit(people).write(SCRIPT[:60], SCRIPT[:60], {SCRIPT: SCRIPT, "turned": TURNED}, SCRIPT[:60])
        Accounts(people).make_token("local", "x", "read")
    return folder


@pytest.fixture(scope="module")
def trapped(traps: Path) -> Iterator[str]:
    server = Served(make_app(Options(folder=traps)))
    yield server.url
    server.stop()


def places(folder: Path) -> list[str]:
    """Every page that is read, for each thing that there is."""
    data = open_dataset(folder)
    ids = {
        "/events/{id}": [event.id for event in data.events()][-3:],
        "/reports/{id}": ["script00", "turned00", "huge0000", "file0000"],
        "/actors/{id:path}": ["AVL-MIL", "org:harbour-union"],
    }
    found = []
    for route in TABLE:
        method, path = route.split()
        if method != "GET" or path.startswith("/api/v1"):
            continue
        found += [path.split("{", 1)[0] + id for id in ids[path]] if "{" in path else [path]
    return [*found, "/?view=claims", f"/?q={SCRIPT}", f"/?actor={SCRIPT}", f"/{SCRIPT}"]


LINKS = "all => all.map(a => new URL(a.getAttribute('href'), location.href).href)"
INJECTED = "() => document.querySelectorAll('main img, [onerror], main script:not([src]):not([type])').length"


@pytest.fixture
def harmed(browser: Browser, trapped: str) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=trapped, viewport={"width": 1280, "height": 800})
    yield context
    context.close()


@pytest.mark.browser
def test_what_is_hostile_lies_still_on_every_page(harmed: BrowserContext, trapped: str, traps: Path) -> None:
    page = harmed.new_page()
    watched, dialogs = Watched(page, trapped), list[str]()

    def told(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", told)
    for place in places(traps):
        page.goto(place)
        assert page.title() != "run" and dialogs == [], place
        assert page.evaluate(INJECTED) == 0, place
        hrefs = page.eval_on_selector_all(
            "a[href]", "all => all.map(a => new URL(a.getAttribute('href'), location.href).href)"
        )
        assert not [href for href in hrefs if not href.startswith((trapped, "https://", "blob:"))], place
        words = page.locator("main").inner_text()
        assert not {"\u202e", "\u200b", "\u2066", "\x00"} & set(words), place
        assert len(words) < 400_000, f"{place} shows a title of a million letters"
    assert [problem for problem in watched.problems if "status of 40" not in problem] == []


@pytest.mark.browser
def test_an_uploaded_picture_lies_still(harmed: BrowserContext, trapped: str) -> None:
    page = harmed.new_page()
    watched = Watched(page, trapped)
    picture = b'<svg xmlns="http://www.w3.org/2000/svg" onload="document.title=\'run\'"><script>alert(1)</script></svg>'
    page.goto("/try")
    page.get_by_label("Or a file").set_input_files(
        [{"name": f"{SCRIPT}.svg", "mimeType": "image/svg+xml", "buffer": picture}]
    )
    page.get_by_role("button", name="Code it", exact=True).click()
    expect(page.locator("main")).to_contain_text("files that end in .svg are not read here")
    assert page.title() != "run" and page.evaluate(INJECTED) == 0 and watched.problems == []
