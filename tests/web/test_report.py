"""The page of a report, and its twin; what hostile reports do to both."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import BrowserContext, Page, expect

from tests.builders import report
from tests.dataset.scenes import add
from tests.web.conftest import Served, Watched, fits
from tests.web.hostile import LINE, TURNED, hostile
from whodid.dataset import init_dataset, open_dataset
from whodid.web import Options, make_app
from whodid.web.text import UNSEEN, plain


@pytest.fixture(scope="module")
def told(folder: Path) -> str:
    """A report with several claims."""
    sql = "SELECT report_id FROM claims GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"
    return str(open_dataset(folder).query(sql)["report_id"][0])


@pytest.fixture(scope="module")
def twin(client: TestClient, told: str) -> dict[str, Any]:
    answer: dict[str, Any] = client.get(f"/api/v1/reports/{told}").json()["data"]
    return answer


@pytest.fixture(scope="module")
def traps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset with hostile reports."""
    return hostile(tmp_path_factory.mktemp("hostile") / "data")


@pytest.fixture(scope="module")
def wary(traps: Path) -> Iterator[TestClient]:
    with TestClient(make_app(Options(folder=traps)), base_url="http://localhost") as client:
        yield client


def text_of(page: str) -> str:
    """The text of the report as a browser has it: what stands in the element without its tags."""
    start = page.index(">", page.index('id="text"')) + 1
    return html.unescape(re.sub(r"<[^>]*>", "", page[start : page.index("</div>", start)]))


def test_the_twin_has_the_text_and_every_claim_with_its_words(twin: dict[str, Any], folder: Path, told: str) -> None:
    data = open_dataset(folder)
    assert twin["text"] == data.report(told).text
    assert [c["claim"]["id"] for c in twin["claims"]] == [
        c.id for c in sorted(data.claims("report_id = ?", [told]), key=lambda c: c.trigger.start)
    ]
    marks = [mark for c in twin["claims"] for mark in c["marks"]]
    assert len(marks) > 6 and all(twin["text"][m["start"] : m["end"]] == m["text"] for m in marks)
    assert {c["claim"]["event"] for c in twin["claims"]} == set(twin["events"])


def test_the_page_has_the_whole_text_with_the_words_marked(client: TestClient, told: str, twin: dict[str, Any]) -> None:
    page = client.get(f"/reports/{told}").text
    assert text_of(page) == twin["text"]
    for c in twin["claims"]:
        assert f'id="at-{c["claim"]["id"]}"' in page and f'href="#at-{c["claim"]["id"]}"' in page
        assert f'/events/{c["claim"]["event"]}"' in page


def test_layers_are_chosen_in_the_address(client: TestClient, told: str) -> None:
    page = client.get(f"/reports/{told}?layer=place&layer=time").text
    assert 'class="report-text show-place show-time"' in page
    assert 'class="report-text"' in client.get(f"/reports/{told}?layer=none").text.replace(" show-none", "")
    answer = client.get(f"/reports/{told}?layer=other")
    assert answer.status_code == 422 and "other" in answer.text


def test_copies_of_the_story_are_listed(client: TestClient, folder: Path) -> None:
    groups = open_dataset(folder).query("SELECT report_id, group_id FROM groups ORDER BY 2, 1").to_pylist()
    one = groups[0]
    others = {g["report_id"] for g in groups if g["group_id"] == one["group_id"]} - {one["report_id"]}
    copies = client.get(f"/api/v1/reports/{one['report_id']}").json()["data"]["copies"]
    assert {copy["report"]["id"] for copy in copies} == others != set()
    page = client.get(f"/reports/{one['report_id']}").text
    assert all(f'href="/reports/{id}"' in page for id in others)


def test_versions_lead_to_the_one_that_counts(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    init_dataset(folder)
    first = dt.date(2020, 3, 3)
    where = "https://example.org/story"
    add(folder, [report(f"Early: {LINE}", id="early000", url=where, published=first, title="Early")])
    add(folder, [report(f"Late: {LINE} More.", id="late0000", url=where, published=dt.date(2020, 3, 4), title="Late")])
    add(folder, [report(f"Latest: {LINE}", id="latest00", url=where, published=dt.date(2020, 3, 5), title="Latest")])
    with TestClient(make_app(Options(folder=folder)), base_url="http://localhost") as client:
        answer = client.get("/reports/early000", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (301, "/reports/latest00?was=early000")
        page = client.get("/reports/early000").text
        assert text_of(page).startswith("Latest: ") and "The report early000 was taken over" in page
        versions = client.get("/api/v1/reports/latest00").json()["data"]["versions"]
        assert [(v["id"], v["counts"]) for v in versions] == [
            ("early000", False), ("late0000", False), ("latest00", True),
        ]  # fmt: skip
        older = next(v for v in versions if v["id"] == "late0000")
        shown = client.get(f"/api/v1/reports/latest00?version={older['digest']}").json()["data"]
        assert shown["text"].startswith("Late: ") and shown["claims"] == []
        assert "older version" in client.get(f"/reports/latest00?version={older['digest']}").text
        assert client.get("/api/v1/reports/latest00?version=none").status_code == 404


def test_what_is_not_there_says_so(client: TestClient, told: str) -> None:
    assert client.get("/api/v1/reports/0000nothing").json()["error"]["code"] == "not-there"
    assert client.get(f"/reports/{told[:9]}", follow_redirects=False).headers["location"].startswith(f"/reports/{told}")


def test_it_is_cited(twin: dict[str, Any], told: str) -> None:
    cite = twin["citation"]
    assert cite["csl"]["type"] == "article-newspaper" and cite["csl"]["container-title"] in cite["plain"]
    assert f"whodid-{told}" in cite["bibtex"]


# ---------------------------------------------------------------- hostile reports


@pytest.mark.parametrize("id", ["script00", "turned00", "huge0000", "file0000"])
def test_hostile_reports_are_shown_as_text(wary: TestClient, id: str) -> None:
    page = wary.get(f"/reports/{id}").text
    record = wary.get(f"/api/v1/reports/{id}/record").json()["data"]
    assert text_of(page) == plain(record["text"])
    assert not re.search(r"<script>|<img|\son\w+=\"document|href=\"(?!/|#|https?://)", page)
    assert not set(page) & set("\u202e\u200b\u2066\u2069\x00\r")
    assert len(page) < 200_000


def test_only_addresses_of_the_web_are_linked(wary: TestClient) -> None:
    assert (
        'href="https://example.org/&lt;script&gt;" rel="noopener noreferrer nofollow"'
        in wary.get("/reports/script00").text
    )
    assert "javascript:document.title" in wary.get("/reports/turned00").text
    assert "characters of this text would not be seen" in wary.get("/reports/turned00").text
    assert plain(TURNED).count(UNSEEN) == 4


def test_the_event_of_hostile_reports_is_shown_as_text(wary: TestClient, traps: Path) -> None:
    for row in open_dataset(traps).query("SELECT DISTINCT event_id FROM claims WHERE report_id LIKE '%00'").to_pylist():
        page = wary.get(f"/events/{row['event_id']}").text
        assert "<script>document" not in page and "<img" not in page
        assert not set(page) & set("\u202e\u200b\u2066\u2069\x00\r")
        assert len(page) < 300_000


# ---------------------------------------------------------------- in a browser


@pytest.mark.browser
def test_layers_are_switched_and_kept_in_the_address(page: Page, told: str) -> None:
    page.goto(f"/reports/{told}")
    page.locator('input[value="event"]').uncheck()
    expect(page.locator("#text")).not_to_have_class(re.compile("show-event"))
    assert "layer=event" not in page.url and "layer=place" in page.url
    page.reload()
    expect(page.locator('input[value="event"]')).not_to_be_checked()


@pytest.mark.browser
def test_fields_and_words_light_each_other(page: Page, told: str, twin: dict[str, Any]) -> None:
    page.goto(f"/reports/{told}")
    mark = next(m for m in twin["claims"][0]["marks"] if m["field"] == "where")
    words, field = page.locator(f'.seg[data-k~="{mark["key"]}"]'), page.locator(f'dd[data-k="{mark["key"]}"]')
    words.hover()
    expect(field).to_have_class(re.compile("lit"))
    field.get_by_role("link").first.focus()
    expect(words).to_have_class(re.compile("lit"))


@pytest.mark.browser
def test_keys_go_from_claim_to_claim_and_show_why(page: Page, told: str, twin: dict[str, Any]) -> None:
    page.goto(f"/reports/{told}")
    second = twin["claims"][1]["claim"]["id"]
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(f'[id="{second}"]')).to_be_focused()
    expect(page.locator(f'[id="{second}"] details.why')).to_have_attribute("open", "")
    assert page.url.endswith(f"#{second}")


@pytest.mark.browser
def test_anybody_can_use_it_on_any_screen(page: Page, told: str, axe: Callable[[Page], list[str]]) -> None:
    page.goto(f"/reports/{told}")
    assert axe(page) == []
    page.emulate_media(color_scheme="dark")
    assert axe(page) == []
    assert fits(page) == []


@pytest.mark.browser
def test_nothing_hostile_runs_or_breaks_the_page(context: BrowserContext, traps: Path) -> None:
    server = Served(make_app(Options(folder=traps)))
    page = context.new_page()
    watched = Watched(page, server.url)
    for id in ("script00", "turned00", "huge0000", "file0000"):
        page.goto(f"{server.url}/reports/{id}")
        expect(page.locator("#text .seg").first).to_be_visible()
        assert page.title() != "run"
        assert fits(page) == []
        page.locator("#claims ~ article a[href^='/events/']").first.click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert page.title() != "run"
        assert fits(page) == []
    assert watched.problems == []
    server.stop()
