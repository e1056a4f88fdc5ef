"""The list of actors and the page of one, with their twins."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Page, expect

from tests.builders import claim, report
from tests.web.conftest import fits
from tests.web.hostile import SCRIPT, TURNED
from whodid.dataset import init_dataset, open_dataset
from whodid.records import Actor, Coded, SaidBy, Speaker, When
from whodid.run.adding import Adding
from whodid.web import Options, make_app
from whodid.web.views.actor import Period, _filled

NAMES = ("Ann Lee", SCRIPT, TURNED)


def make_speaking() -> Any:
    """A coder whose claims are all told by Ann Lee, of herself and of actors with hostile names."""

    def code(items: Any) -> Iterator[Coded]:
        for n, item in enumerate(items):
            words = item.quote(0, 3)
            name = NAMES[n % len(NAMES)]
            day = item.published or dt.date(2020, 1, 1)
            speaker = Speaker(**words.model_dump(), id="person:ann-lee", name="Ann Lee")
            told = claim(
                item, id=f"{item.id}c", event=f"{item.id}c", trigger=words, sentence=item.quote(0, len(item.text)),
                actors=(Actor(**words.model_dump(), name=name, country="AVL", sectors=("GOV",), score=0.9),),
                recipients=(Actor(**words.model_dump(), id="person:ann-lee", name="Ann Lee", score=0.9),),
                when=When(first=day, last=day, precision="day", basis="text"),
                where=None, counts=(), content=None,
                said_by=SaidBy(voice="quoted", speaker=speaker, stance="denies"),
            )  # fmt: skip
            yield Coded(report=item, claims=(told,))

    return code


@pytest.fixture(scope="module")
def speaking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("speaking") / "data"
    init_dataset(folder)
    reports = [
        report(f"Report {n} of its own kind, told in words {n * 7}.", id=f"spoken{n:02}", publisher=f"Paper {n % 2}",
               title=f"T{n}", published=dt.date(2020 + n, 1 + n, 3))
        for n in range(6)
    ]  # fmt: skip
    Adding(folder, reports, make=make_speaking).run()
    with TestClient(make_app(Options(folder=folder)), base_url="http://localhost") as client:
        yield client


def test_the_list_counts_events_and_claims(client: TestClient, folder: Path) -> None:
    answer = client.get("/api/v1/actors").json()
    assert answer["meta"]["total"] == len(answer["data"])
    data = open_dataset(folder)
    for line in answer["data"]:
        if not line["key"].startswith("name:"):
            counts = {
                side: data.query(f"SELECT count(*) AS n FROM events WHERE list_contains({side}_ids, ?)", [line["key"]])
                for side in ("actor", "recipient")
            }
            assert (line["as_actor"], line["as_recipient"]) == tuple(t["n"][0].as_py() for t in counts.values())
    assert [line["events"] for line in answer["data"]] == sorted((x["events"] for x in answer["data"]), reverse=True)
    assert {line["key"] for line in answer["data"]} >= {"AVL-MIL", "LYO-REB", "name:a convoy"}


def test_the_list_is_searched_and_paged(client: TestClient) -> None:
    assert [x["key"] for x in client.get("/api/v1/actors?q=ARMY avalon").json()["data"]] == ["AVL-MIL"]
    assert client.get("/api/v1/actors?q=nobody").json()["data"] == []
    first = client.get("/api/v1/actors?limit=2&order=name").json()
    second = client.get(f"/api/v1/actors?limit=2&order=name&cursor={first['meta']['next']}").json()
    whole = client.get("/api/v1/actors?order=name").json()["data"]
    assert [*first["data"], *second["data"]] == whole[:4]
    assert client.get("/api/v1/actors?cursor=made-up").status_code == 400
    lines = client.get("/api/v1/actors?format=csv").text.splitlines()
    assert lines[0].startswith("key,name,country,events") and len(lines) == len(whole) + 1


def test_every_actor_of_the_list_has_a_page(client: TestClient) -> None:
    page = client.get("/actors").text
    for line in client.get("/api/v1/actors").json()["data"]:
        address = f"/actors/{quote(line['key'])}"
        assert f'href="{address}"' in page
        view = client.get(f"/api/v1{address}").json()["data"]
        assert view["actor"] == line
        assert sum(role["claims"] for role in view["roles"]) >= line["claims"] > 0
        assert sum(p["as_actor"] for p in view["periods"]) <= line["as_actor"]
        assert len(view["acts"]) == min(line["as_actor"], 25)
        assert f"<h1><bdi>{line['name']}</bdi></h1>" in client.get(address).text


def test_an_id_may_be_marked_as_one(client: TestClient) -> None:
    assert client.get("/api/v1/actors/id:AVL-MIL").json() == client.get("/api/v1/actors/AVL-MIL").json()
    answer = client.get("/api/v1/actors/name:nobody")
    assert answer.status_code == 404 and "name:nobody" in answer.json()["error"]["message"]


def test_what_somebody_says_and_who_speaks_of_it(speaking: TestClient) -> None:
    view = speaking.get("/api/v1/actors/person:ann-lee").json()["data"]
    assert view["actor"]["says"] == len(view["says"]) == 6
    assert [c["published"] for c in view["says"]] == sorted((c["published"] for c in view["says"]), reverse=True)
    assert [(t["name"], t["key"], t["voice"], t["claims"]) for t in view["tellers"]] == [
        ("Ann Lee", "person:ann-lee", "quoted", 6)
    ]
    assert {c["name"] for c in view["counterparts"]} == set(NAMES)
    by_name = speaking.get("/api/v1/actors/name:Ann Lee").json()["data"]
    assert by_name["actor"]["says"] == 0 and by_name["actor"]["as_actor"] == 2
    assert by_name["roles"][0]["sectors"] == ["GOV"]


def test_years_are_counted_where_months_would_be_too_many(speaking: TestClient) -> None:
    view = speaking.get("/api/v1/actors/person:ann-lee").json()["data"]
    assert view["unit"] == "year" and [p["start"][:4] for p in view["periods"]] == [str(2020 + n) for n in range(6)]
    months = [{"start": dt.date(2020, 11, 1), "as_actor": 1, "as_recipient": 0}]
    filled = _filled(months, dt.date(2020, 11, 1), dt.date(2021, 1, 1), 1)
    assert filled == (
        Period(start=dt.date(2020, 11, 1), as_actor=1, as_recipient=0),
        Period(start=dt.date(2020, 12, 1), as_actor=0, as_recipient=0),
        Period(start=dt.date(2021, 1, 1), as_actor=0, as_recipient=0),
    )


def test_hostile_names_are_shown_as_text(speaking: TestClient) -> None:
    for name in NAMES[1:]:
        page = speaking.get(f"/actors/{quote(f'name:{name}', safe='')}")
        assert page.status_code == 200
        assert "<script>document" not in page.text
        assert not re.search(".{0,80}[\u202e\u200b\u2066\u2069]", page.text)
    assert "<script>document" not in speaking.get("/actors").text


@pytest.mark.browser
def test_anybody_can_use_them_on_any_screen(page: Page, axe: Callable[[Page], list[str]]) -> None:
    page.goto("/actors")
    assert axe(page) == []
    assert fits(page) == []
    page.get_by_role("searchbox", name="Name or id").fill("army")
    page.get_by_role("searchbox", name="Name or id").press("Enter")
    page.get_by_role("link", name="The Army Of Avalon").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The Army Of Avalon")
    assert axe(page) == []
    assert fits(page) == []
    page.emulate_media(color_scheme="dark")
    assert axe(page) == []
