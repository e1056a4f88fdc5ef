"""Events on the map: the view, its twin, the page."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Page, expect

from hatch_build import program
from tests.web.conftest import fits
from tests.web.varied import EVENTS, HOSTILE
from whodid.errors import UsageError
from whodid.web.views.places import area_from, disputed

WEB = Path(__file__).parents[2] / "web"
WORLD = WEB / "node_modules" / "world-atlas" / "countries-50m.json"


def on_map(asking: TestClient, query: str = "") -> dict[str, Any]:
    answer = asking.get(f"/api/v1/map{query}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()["data"]
    return found


def places(found: dict[str, Any]) -> set[str]:
    return {mark["place"] for mark in found["marks"]}


def test_every_event_has_a_place_or_is_counted(asking: TestClient) -> None:
    found = on_map(asking)
    assert found["located"] + found["unlocated"] == found["total"] == len(EVENTS)
    assert sum(mark["count"] for mark in found["marks"]) == found["inside"] == found["located"]
    assert [line["id"] for line in found["unlocated_lines"]] == ["c-where"]


def test_what_is_not_a_point_is_not_shown_as_one(asking: TestClient) -> None:
    extents = {mark["place"]: mark["extent"] for mark in on_map(asking)["marks"]}
    assert (extents["Kenya"], extents["Persian Gulf"], extents["Nairobi"]) == ("country", "area", "point")
    page = asking.get("/map").text
    assert "somewhere in the country" in page and "within 450 km" in page


def test_an_area_over_the_antimeridian(asking: TestClient) -> None:
    fiji = "?bbox=176,-20,-179,-15"
    assert places(on_map(asking, fiji)) == {"Suva", "Taveuni"}
    chukotka = "?polygon=" + ",".join(map(str, (175, 60, 195, 60, 195, 70, 175, 70)))
    assert places(on_map(asking, chukotka)) == {"Anadyr", "Lavrentiya"}
    from_the_other_side = "?polygon=" + ",".join(map(str, (-185, 60, -165, 60, -165, 70, -185, 70)))
    assert on_map(asking, from_the_other_side)["marks"] == on_map(asking, chukotka)["marks"]


def test_four_numbers_say_the_same_as_an_area(asking: TestClient) -> None:
    numbers = on_map(asking, "?west=30&south=-5&east=40&north=5")
    assert numbers["marks"] == on_map(asking, "?bbox=30,-5,40,5")["marks"] and places(numbers) == {"Kenya", "Nairobi"}


def test_a_polygon_that_is_not_convex_holds_what_is_in_it() -> None:
    arrow = area_from(None, "0,0,10,0,10,10,5,3,0,10")
    assert arrow
    found = arrow.holds(np.array([5.0, 5.0, 9.0, -1.0]), np.array([1.0, 6.0, 6.0, 1.0]))
    assert found.tolist() == [True, False, True, False]


@pytest.mark.parametrize(
    ("bbox", "polygon", "told"),
    [
        ("1,2,3", None, r"bbox: '1,2,3' is not 4 numbers"),
        ("a,b,c,d", None, "bbox: 'a,b,c,d' is not a list of numbers"),
        ("0,10,5,-10", None, r"south \(10\) is north of north \(-10\)"),
        ("0,-91,5,0", None, "latitude -91 is not within -90 and 90"),
        ("nan,0,1,1", None, "is not 4 numbers"),
        (None, "0,0,1,1", "polygon: 4 numbers are no corners: give 3 to 100 pairs"),
        (None, "0,0,1,1,999,1", "longitude 999 is not within -360 and 360"),
        ("0,0,1,1", "0,0,1,1,1,0", "give one of them"),
    ],
)
def test_an_area_that_is_none(bbox: str | None, polygon: str | None, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        area_from(bbox, polygon)


def test_what_was_not_understood_is_told_on_the_page(asking: TestClient) -> None:
    assert asking.get("/map?bbox=1,2,3").status_code == 400
    assert asking.get("/api/v1/map?west=1").json()["error"]["message"].startswith("west, south, east and north")


def test_an_empty_area_says_what_to_do(asking: TestClient) -> None:
    assert "No event is known to have been in this area" in asking.get("/map?bbox=-40,-40,-30,-30").text


def test_disputed_lands_and_borders_are_in_the_map() -> None:
    geometries = json.loads(WORLD.read_text(encoding="utf-8"))["objects"]["countries"]["geometries"]
    names = {one["properties"]["name"] for one in geometries}
    assert set(disputed()["areas"].values()) <= names
    assert {name for pair in disputed()["borders"] for name in pair} <= names
    assert {"W. Sahara", "Kosovo", "Somaliland", "N. Cyprus", "Taiwan", "Palestine"} <= set(
        disputed()["areas"].values()
    )


_CHECK = """
    import { feature, mesh } from "topojson-client";
    import world from "world-atlas/countries-50m.json";
    import { filled, lines, turns } from "./src/lib/antimeridian";
    const jump = (line) => Math.max(0, ...line.slice(1).map((point, i) => Math.abs(point[0] - line[i][0])));
    const width = (line) => Math.max(...line.map((p) => p[0])) - Math.min(...line.map((p) => p[0]));
    const told = { jump: 0, width: {}, crossing: [] };
    for (const land of feature(world, world.objects.countries).features) {
      const { type, coordinates } = land.geometry;
      for (const ring of (type === "Polygon" ? [coordinates] : coordinates).flat()) {
        const made = filled(ring);
        const name = land.properties.name;
        if (name !== "Antarctica") told.jump = Math.max(told.jump, jump(made));
        told.width[name] = Math.max(told.width[name] ?? 0, width(made));
        if (made.some((p) => Math.abs(p[0]) > 180.001)) told.crossing.push(name);
      }
    }
    const drawn = lines(mesh(world, world.objects.countries).coordinates);
    told.drawn = Math.max(...drawn.map(jump));
    told.turns = [turns([178, -179])(-179), turns([178, -179])(178), turns([-97, 44])(-97)];
    console.log(JSON.stringify(told));
"""


def test_what_crosses_the_antimeridian_goes_on(tmp_path: Path) -> None:
    if not WORLD.is_file():
        pytest.skip("the packages of the browser side are not installed: `make web`")
    script = tmp_path / "check.mjs"
    esbuild = WEB / "node_modules" / "esbuild" / "bin" / "esbuild"
    bundle = [program(), esbuild, "--bundle", "--format=esm", "--loader=js", f"--outfile={script}"]
    subprocess.run(bundle, input=_CHECK, text=True, cwd=WEB, check=True, capture_output=True)
    told = json.loads(subprocess.run([program(), script], text=True, check=True, capture_output=True).stdout)
    assert told["jump"] < 30 and told["drawn"] < 30, "no line leaps over the world"
    assert {"Fiji", "Russia"} <= set(told["crossing"])
    assert told["width"]["Fiji"] < 10 and told["width"]["Russia"] < 180
    assert told["turns"] == [360, 0, 0]


@pytest.mark.browser
def test_fiji_lies_on_both_sides_of_the_antimeridian_and_is_one_view(window: Page) -> None:
    window.goto("/map?bbox=176,-20,-179,-15")
    expect(window.locator("#map[data-ready]")).to_be_visible(timeout=20_000)
    boxes = [one.bounding_box() for one in window.locator("#map .map-mark").all()]
    assert len(boxes) == 2 and all(box and 0 < box["x"] < 1280 for box in boxes)
    land = window.evaluate(
        """() => { const c = document.querySelector('.leaflet-land-pane canvas');
        const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
        let n = 0; for (let i = 3; i < d.length; i += 4) n += d[i] > 0; return n; }"""
    )
    assert land > 100, "islands are drawn"


@pytest.mark.browser
def test_a_rectangle_that_is_drawn_is_a_filter(window: Page) -> None:
    window.goto("/map")
    expect(window.locator("#map[data-ready]")).to_be_visible(timeout=20_000)
    window.get_by_role("button", name="Draw a rectangle").click()
    box = window.locator("#map").bounding_box()
    assert box
    window.mouse.move(box["x"] + 100, box["y"] + 40)
    window.mouse.down()
    window.mouse.move(box["x"] + 700, box["y"] + 400, steps=4)
    window.mouse.up()
    window.wait_for_url("**bbox=**")
    expect(window.locator("#count")).to_contain_text("in the area that was drawn")
    window.locator("#no-area").click()
    expect(window.locator("#count")).to_contain_text("with a known place")


@pytest.mark.browser
def test_marks_are_reached_and_opened_by_keyboard(window: Page) -> None:
    window.goto("/map?bbox=-80,-20,-70,0")
    mark = window.locator("#map .map-mark").first
    mark.focus()
    assert window.evaluate("document.activeElement.textContent").startswith(("Lima", "<img"))
    window.keyboard.press("Enter")
    expect(window.get_by_role("link", name="Open the event").first).to_be_visible()
    assert HOSTILE not in window.content()


@pytest.mark.browser
def test_all_can_use_the_map(window: Page, axe: Callable[[Page], list[str]]) -> None:
    window.goto("/map")
    expect(window.locator("#map[data-ready]")).to_be_visible(timeout=20_000)
    assert axe(window) == []
    window.emulate_media(color_scheme="dark")
    assert axe(window) == []
    assert fits(window) == []
