"""Own text: coded at once, and not kept."""

from __future__ import annotations

import json
import random
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Page, expect

import whodid.run
from tests.dataset.scenes import coder, sentence
from tests.web.conftest import Served, Watched, csrf, fits
from whodid.dataset import open_dataset
from whodid.records import Claim, Coded, Rejection, Report
from whodid.run import own_text
from whodid.run.own_text import Busy, OwnTexts
from whodid.settings import load_settings
from whodid.web import Options, make_app

TEXT = " ".join(sentence(random.Random(n), 4) for n in range(3))


@pytest.fixture(autouse=True)
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whodid.run, "make_coder", lambda *_: coder)


@pytest.fixture
def site(folder: Path, tmp_path: Path) -> Iterator[TestClient]:
    options = Options(folder=folder, judgements=f"sqlite:///{tmp_path / 'people.sqlite'}", texts_an_hour=8)
    with TestClient(make_app(options), base_url="http://localhost") as client:
        client.headers.update(csrf(client))
        yield client


def test_page_and_twin_tell_the_same(site: TestClient, folder: Path) -> None:
    answer = site.post("/api/v1/try", json={"text": TEXT, "date": "2020-03-04"}).json()["data"]
    (report,) = answer["reports"]
    assert report["text"] == TEXT and len(report["claims"]) == 3 and answer["rejections"] == []
    assert report["report"]["published"] == "2020-03-04"
    page = site.post("/try", data={"text": TEXT, "date": "2020-03-04"}).text
    assert all(f'id="{view["claim"]["id"]}"' in page for view in report["claims"])
    assert "/api/v1/claims/" not in page, "nothing is there to be asked for"
    assert not list(open_dataset(folder).reports("text = ?", [TEXT])), "nothing is kept"


def test_a_file_of_claims(site: TestClient) -> None:
    answer = site.post("/try", data={"text": TEXT, "answer": "jsonl"})
    assert answer.headers["content-disposition"] == 'attachment; filename="claims.jsonl"'
    claims = [Claim.model_validate_json(line) for line in answer.text.splitlines()]
    assert len(claims) == 3 and all(claim.sentence.text in TEXT for claim in claims)


def upload(site: TestClient, name: str, data: bytes) -> Any:
    return site.post("/try", files={"file": (name, data)}, data={"text": ""})


def test_files_of_each_kind(site: TestClient) -> None:
    page = f"<html><head><title>A raid</title></head><body><article><p>{TEXT}</p><p>{TEXT}</p></article></body></html>"
    lines = "\n".join(json.dumps({"text": f"{n}. {TEXT}", "title": f"Report {n}"}) for n in range(2))
    assert "3 claims" in upload(site, "a.txt", TEXT.encode()).text
    assert "A raid" in upload(site, "a.html", page.encode()).text
    told = upload(site, "a.jsonl", lines.encode()).text
    assert "Report 0" in told and "Report 1" in told and "6 claims" in told


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><text>A raid</text></svg>'


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.svg", SVG, "binary"),
        ("a.html", SVG, "no-main-text"),
        ("a", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "binary"),
        ("a.txt", bytes(range(256)) * 4, "binary"),
        ("a.exe", b"text", "binary"),
        ("a.txt.gz", b"\x1f\x8b" + bytes(100), "binary"),
        ("a.urls", b"http://127.0.0.1:1/", "binary"),
        ("a.jsonl", b"not json", "not-json"),
        ("a.jsonl", b'{"title": "no text"}', "no-text"),
        ("a.txt", b"A quiet day on the river, the mayor said.", "no-events"),
    ],
)
def test_what_is_none_is_told_with_its_code(site: TestClient, name: str, data: bytes, code: str) -> None:
    answer = upload(site, name, data)
    assert answer.status_code == 200 and f"<code>{code}</code>" in answer.text
    assert "<svg xmlns" not in answer.text and "alert(1)" not in answer.text


def test_a_list_of_addresses_is_a_text(site: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who reaches the site must not make it ask other machines."""
    monkeypatch.setattr("whodid.ingest.sources.fetch", lambda *_: pytest.fail("it was fetched"))
    told = site.post("/api/v1/try", json={"text": "http://127.0.0.1:1/a\nhttp://127.0.0.1:1/b"}).json()["data"]
    assert [one["code"] for one in told["rejections"]] == ["no-events"]


def test_how_much_and_how_often(site: TestClient) -> None:
    long = site.post("/api/v1/try", json={"text": "a " * 60_000})
    assert long.json()["data"]["rejections"][0]["code"] == "too-long"
    assert (long.headers["ratelimit-limit"], long.headers["ratelimit-remaining"]) == ("8", "7")
    for left in range(6, -1, -1):
        assert site.post("/api/v1/try", json={"text": TEXT}).headers["ratelimit-remaining"] == str(left)
    late = site.post("/api/v1/try", json={"text": TEXT})
    assert late.status_code == 429 and 0 < int(late.headers["retry-after"]) <= 451
    assert late.headers["ratelimit-remaining"] == "0"
    assert "try again in" in site.post("/try", data={"text": TEXT}).text


@pytest.mark.parametrize(("given", "told"), [({"text": " "}, "There is no text"), ({"date": "soon"}, "cannot be read")])
def test_forms_that_say_nothing(site: TestClient, given: dict[str, str], told: str) -> None:
    answer = site.post("/try", data={"text": TEXT} | given)
    assert answer.status_code == 400 and told in answer.text


def test_a_site_without_own_texts(folder: Path, tmp_path: Path) -> None:
    options = Options(folder=folder, judgements=f"sqlite:///{tmp_path / 'people.sqlite'}", texts_an_hour=0)
    with TestClient(make_app(options), base_url="http://localhost") as client:
        told = client.post("/api/v1/try", json={"text": TEXT}, headers=csrf(client))
        assert (told.status_code, told.json()["error"]["code"]) == (403, "not-here")


def test_others_go_on_while_a_text_is_coded(site: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(items: Iterable[Report | Rejection]) -> Iterator[Coded | Rejection]:
        begun.set()
        assert go_on.wait(60)
        return coder(items)

    monkeypatch.setattr(site.app.state.site.own_texts, "_coder", slow)  # type: ignore[attr-defined]
    monkeypatch.setattr(own_text, "_WAIT_S", 0.05)
    answers: list[int] = []
    first = threading.Thread(
        target=lambda: answers.append(site.post("/api/v1/try", json={"text": TEXT}).status_code)
    )  # fmt: skip
    first.start()
    assert begun.wait(60)
    assert site.get("/api/v1/events").status_code == 200
    busy = site.post("/api/v1/try", json={"text": TEXT})
    assert (busy.status_code, busy.headers["retry-after"], busy.json()["error"]["code"]) == (503, "60", "busy")
    go_on.set()
    first.join()
    assert answers == [200]


# ---------------------------------------------------------------- without HTTP


def test_one_coder_for_all_and_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    made, now = [], [0.0]

    def make() -> Any:
        made.append(1)
        return coder

    texts = OwnTexts(load_settings(), max_chars=1_000, make=make, clock=lambda: now[0])
    lines = "\n".join(json.dumps({"text": f"{n} {TEXT[:200]}"}) for n in range(6)).encode()
    found = texts.code("a.jsonl", lines)
    assert len(found.coded) + len(found.rejections) == 6
    assert [one.code for one in found.rejections][-2:] == ["too-long", "too-long"]
    short = "\n".join(json.dumps({"text": f"Day {n}."}) for n in range(25)).encode()
    told = [one.message for one in texts.code("a.jsonl", short).rejections]
    assert len(told) == 25 and sum("20 reports at once" in message for message in told) == 5
    times = iter([0.0, 1.0, *[99.0] * 30])
    slow = OwnTexts(load_settings(), max_chars=1_000, make=make, clock=lambda: next(times))
    assert sum("more than 30 seconds" in one.message for one in slow.code("a.jsonl", short).rejections) == 19
    assert len(made) == 2
    with texts._lock, pytest.raises(Busy):
        monkeypatch.setattr(own_text, "_WAIT_S", 0.01)
        texts.code("a.txt", b"x")


@pytest.mark.browser
def test_a_text_in_the_browser(
    browser: Browser, folder: Path, tmp_path: Path, axe: Callable[[Page], list[str]]
) -> None:
    server = Served(make_app(Options(folder=folder, judgements=f"sqlite:///{tmp_path / 'people.sqlite'}")))
    context = browser.new_context(base_url=server.url, viewport={"width": 360, "height": 700})
    page = context.new_page()
    watched = Watched(page, server.url)
    page.goto("/try")
    page.get_by_label("Text of the report").fill(TEXT)
    page.get_by_role("button", name="Code it", exact=True).click()
    expect(page.locator("[data-claim]")).to_have_count(3)
    expect(page.locator("#found")).to_be_focused()
    assert fits(page, 360) == [] and axe(page) == []
    assert watched.problems == []
    context.close()
    server.stop()
