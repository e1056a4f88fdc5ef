"""Who acts on whom: counted, as files, as a page, drawn in Chromium."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import networkx as nx
import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Page, expect

from tests.stored import ARMY, REBELS, actor, days, source, store, telling
from tests.web.conftest import Served, Watched, fits
from tests.web.crowds import crowd
from whodid.dataset import open_dataset
from whodid.run.exporting import export
from whodid.web import Options, make_app

CROWD = actor("<img src=x onerror=alert(1)>", country="ISL", name=None)
"""An actor whose words are hostile, and that has no id."""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six events between three actors: two of one type, one planned, one without a recipient."""
    folder = tmp_path_factory.mktemp("network") / "data"
    told = source("The army struck.", "Harbour Gazette", "2021-03-02", id="r1")

    def event(number: int, first: str, **fields: object) -> list[object]:
        return [telling(told, number, "struck", when=days(first), **fields)]

    events = [
        event(1, "2021-03-01", actors=(ARMY,), recipients=(REBELS,)),
        event(2, "2021-03-20", actors=(ARMY,), recipients=(REBELS,)),
        event(3, "2021-04-05", actors=(ARMY, REBELS), recipients=(CROWD,), type="ACCUSE", quad=3, scale=-3.0),
        event(4, "2021-04-06", actors=(REBELS,), recipients=(ARMY,), type="COERCE", quad=4, scale=-7.0),
        event(5, "2021-04-07", actors=(REBELS,), recipients=(ARMY,), status="future"),
        event(6, "2021-04-08", actors=(REBELS,)),
    ]
    store(folder, events, [told])  # type: ignore[arg-type]
    return folder


@pytest.fixture(scope="module")
def asking(small: Path) -> Iterator[TestClient]:
    with TestClient(make_app(Options(folder=small)), base_url="http://localhost") as client:
        yield client


def test_events_are_counted_once_a_pair_and_type(asking: TestClient) -> None:
    found = asking.get("/api/v1/network").json()["data"]
    ties = {(t["source"], t["target"], *t["types"]): (t["events"], t["scale"], t["first_day"]) for t in found["ties"]}
    crowd_id = f"~{CROWD.text}|ISL"
    assert ties == {
        ("AVL-MIL", "org:reed-front", "ASSAULT"): (2, -9.0, "2021-03-01"),
        ("AVL-MIL", crowd_id, "ACCUSE"): (1, -3.0, "2021-04-05"),
        ("org:reed-front", crowd_id, "ACCUSE"): (1, -3.0, "2021-04-05"),
        ("org:reed-front", "AVL-MIL", "COERCE"): (1, -7.0, "2021-04-06"),
    }
    assert {a["id"]: a["events"] for a in found["actors"]} == {"AVL-MIL": 4, "org:reed-front": 4, crowd_id: 1}
    assert (found["events"], found["left_out"]["no_parties"], found["statuses"]) == (4, 1, ["happened"])
    assert (found["step"], sum(p["events"] for p in found["periods"])) == ("day", 4)


def test_classes_and_other_statuses_can_be_asked_for(asking: TestClient) -> None:
    found = asking.get("/api/v1/network", params={"by": "quad", "status": ["future", "happened"]}).json()["data"]
    back = next(t for t in found["ties"] if (t["source"], t["target"]) == ("org:reed-front", "AVL-MIL"))
    assert (back["types"], back["events"], back["scale"]) == (["ASSAULT", "COERCE"], 2, -8.0)


def test_what_is_left_out_is_told(asking: TestClient) -> None:
    found = asking.get("/api/v1/network", params={"limit": 1}).json()["data"]
    assert (len(found["ties"]), found["all_ties"], len(found["actors"]), found["all_actors"]) == (1, 4, 2, 3)
    assert found["left_out"] == {"ties": 3, "actors": 1, "heaviest": 1, "no_parties": 1}
    assert "Left out are 3 ties with fewer events (1 at most each)" in asking.get("/network?limit=1").text


def test_time_narrows_the_ties_and_not_the_periods(asking: TestClient) -> None:
    whole = asking.get("/api/v1/network").json()["data"]
    found = asking.get("/api/v1/network", params={"since": "2021-04", "until": "2021-04"}).json()["data"]
    assert {t["first_day"][:7] for t in found["ties"]} == {"2021-04"}
    assert found["periods"] == whole["periods"]


def test_a_tie_leads_to_the_events_that_it_counts(asking: TestClient) -> None:
    for tie in asking.get("/api/v1/network").json()["data"]["ties"]:
        wanted = parse_qsl(urlsplit(tie["address"]).query)
        assert asking.get("/api/v1/events", params=wanted).json()["meta"]["total"] == tie["events"], tie


def test_an_actor_without_an_id_leads_to_its_events(asking: TestClient) -> None:
    actors = {a["id"]: a["address"] for a in asking.get("/api/v1/network").json()["data"]["actors"]}
    assert actors["org:reed-front"] == "/actors/org:reed-front"
    wanted = parse_qsl(urlsplit(actors[f"~{CROWD.text}|ISL"]).query)
    assert asking.get("/api/v1/events", params=wanted).json()["meta"]["total"] == 1


@pytest.mark.parametrize("name", ["graphml", "edges", "nodes"])
def test_a_file_of_what_does_not_exist_is_refused_before_it_begins(asking: TestClient, name: str) -> None:
    answer = asking.get(f"/api/v1/network/{name}", params={"mode": "nonesuch"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "not-allowed")


def test_the_files_are_those_of_the_export(asking: TestClient, small: Path, tmp_path: Path) -> None:
    export(open_dataset(small), tmp_path / "out", format="edges")
    for name, file in (("edges", "actors.edges.csv"), ("nodes", "actors.nodes.csv")):
        answer = asking.get(f"/api/v1/network/{name}")
        assert answer.headers["content-type"].startswith("text/csv")
        assert list(csv.reader(io.StringIO(answer.text))) == list(
            csv.reader(io.StringIO((tmp_path / "out" / file).read_text(encoding="utf-8")))
        )
    graph = nx.parse_graphml(asking.get("/api/v1/network/graphml").text, force_multigraph=True)
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (3, 4)


def test_the_page_holds_what_its_twin_does(asking: TestClient) -> None:
    page = asking.get("/network").text
    assert "<img src=x" not in page and "&lt;img src=x" in page
    for tie in asking.get("/api/v1/network").json()["data"]["ties"]:
        assert tie["address"].replace("&", "&amp;") in page


def test_nothing_to_show_says_what_to_do(asking: TestClient) -> None:
    page = asking.get("/network", params={"since": "1990", "until": "1991"}).text
    assert "No event fits that names both an actor and a recipient" in page


@pytest.mark.parametrize(("query", "status"), [("by=mood", 422), ("limit=0", 422), ("type=DANCE", 400)])
def test_what_is_not_allowed_is_named(asking: TestClient, query: str, status: int) -> None:
    answer = asking.get(f"/api/v1/network?{query}")
    assert answer.status_code == status
    assert query.split("=")[1] in answer.json()["error"]["message"]


# ---------------------------------------------------------------- Chromium


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dataset with 2,000 actors, served."""
    folder = crowd(tmp_path_factory.mktemp("crowd") / "data", 2_000, events=2_600)
    server = Served(make_app(Options(folder=folder)))
    yield server.url
    server.stop()


@pytest.fixture
def window(browser: Browser, crowded: str) -> Iterator[Page]:
    made = browser.new_context(base_url=crowded, viewport={"width": 1280, "height": 800})
    page = made.new_page()
    watched = Watched(page, crowded)
    yield page
    made.close()
    assert watched.problems == []


@pytest.mark.browser
def test_two_thousand_actors_can_be_used(window: Page, axe: Callable[[Page], list[str]]) -> None:
    window.goto("/network?limit=5000")
    events = window.get_by_role("button", name="Events", exact=True).first
    events.focus()  # while the drawing is being laid out
    window.keyboard.press("Enter")
    head = window.locator("#ties th", has=events)
    expect(head).to_have_attribute("aria-sort", "ascending")
    expect(window.locator("#ties tbody tr").first.locator("td").nth(4)).to_have_text("1")
    window.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "descending")
    expect(window.locator("#progress")).to_have_text("Laid out", timeout=60_000)
    expect(window.locator("#summary")).to_contain_text("2,000 of 2,000 actors")
    window.locator("#ties").get_by_role("button", name="Next rows").press("Enter")
    expect(window.locator("#ties [data-part=place]")).to_contain_text("Rows 101 to 200")
    window.get_by_label("Find in the tables").fill("body 1234")
    expect(window.locator("#actors tbody tr")).to_have_count(1)
    window.locator("#ties tbody tr").first.get_by_role("button", name="Body 1234").press("Enter")
    expect(window.locator("#marked")).to_contain_text("Body 1234: 2 events")
    assert axe(window) == []


@pytest.mark.browser
def test_the_time_slider_asks_again(window: Page) -> None:
    window.goto("/network?limit=100")
    before = window.locator("#summary").inner_text()
    window.get_by_label("Last period").focus()
    with window.expect_response(lambda answer: "until=" in answer.url):
        window.keyboard.press("Home")
    expect(window.locator("#summary")).not_to_have_text(before)
    until = dict(parse_qsl(urlsplit(window.url).query))["until"]
    assert dt.date.fromisoformat(until) < dt.date(2020, 1, 10)
    expect(window.locator("#until")).to_have_value(until)


@pytest.mark.browser
def test_without_webgl_the_tables_stay(window: Page) -> None:
    window.add_init_script("HTMLCanvasElement.prototype.getContext = () => null;")
    window.goto("/network?limit=100")
    expect(window.locator("#no-webgl")).to_be_visible()
    expect(window.locator("#drawing")).to_be_hidden()
    expect(window.locator("#ties tbody tr")).to_have_count(100)
    assert fits(window) == []
