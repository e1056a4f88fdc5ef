"""The gazetteer, its names and its files; no parser."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from whodid.ground.places import Gazetteer, Place, gazetteer
from whodid.ground.places.build import SCHEMA, city_radius_km, extent
from whodid.ground.places.gazetteer import open_file
from whodid.ground.places.knowledge import knowledge
from whodid.ground.places.names import fold, is_latin


def city(name: str, latitude: float, longitude: float, code: str = "XX.1", population: int = 1000) -> Place:
    return Place(name, "XXX", 1, latitude, longitude, 3.0, "city", population, code)


@pytest.fixture
def small() -> Gazetteer:
    """A gazetteer of three places, two of one name."""
    db = sqlite3.connect(":memory:")
    db.executescript(SCHEMA)
    db.executemany(
        "INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?)",
        [
            (1, "Norton", "GBR", 11, 52.0, -1.0, 3.0, "city", 5_000, "GB.ENG", 0),
            (2, "Norton", "ZWE", 12, -17.9, 30.7, 4.0, "city", 70_000, "ZW.04", 0),
            (3, "Zimbabwe", "ZWE", 13, -19.0, 29.8, 350.0, "country", 14_000_000, "ZW", 0),
        ],
    )
    db.executemany(
        "INSERT INTO name VALUES (?,?,?)",
        [("norton", 2, 1), ("norton", 2, 2), ("zimbabwe", 2, 3), ("rhodesia", 1, 3)],
    )
    db.execute("INSERT INTO demonym VALUES ('zimbabwean', 'ZWE')")
    return Gazetteer(db)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Côte d’Ivoire", "COTE D'IVOIRE"),
        ("St. Louis", "Saint Louis"),
        ("Guinea-Bissau", "Guinea Bissau"),
        ("U.S.", "US"),
        ("Łódź", "Lodz"),
        ("Ḩalab", "Halab"),
    ],
)
def test_spellings_that_are_one_name(a: str, b: str) -> None:
    assert fold(a) == fold(b)


def test_only_latin_names_are_kept() -> None:
    assert is_latin("São Paulo")
    assert not is_latin("Москва")


def test_senses_come_by_population(small: Gazetteer) -> None:
    assert [s.place.country for s in small.senses("NORTON")] == ["ZWE", "GBR"]
    assert not small.senses("Rhodesia")[0].official
    assert small.senses("Atlantis") == ()


def test_demonyms_and_their_plurals(small: Gazetteer) -> None:
    assert small.country_of_demonym("Zimbabweans") == "ZWE"
    assert small.country_of_demonym("Martians") is None


def test_a_country_holds_its_cities_by_code(small: Gazetteer) -> None:
    country = small.senses("Zimbabwe")[0].place
    inside, outside = (s.place for s in small.senses("Norton"))
    assert country.holds(inside)
    assert not country.holds(outside)
    assert not inside.holds(country)
    assert not country.holds(country)


def test_distance_is_in_kilometres() -> None:
    assert city("a", 0, 0).distance_km(city("b", 0, 1)) == pytest.approx(111.2, abs=0.1)


def test_the_middle_of_a_division_is_half_way_even_across_the_date_line() -> None:
    latitude, longitude, radius = extent([city("a", 10, 179), city("b", 20, -179), city("c", 10, 179.5)])
    assert (latitude, abs(longitude)) == (15.0, 180.0)
    assert 500 < radius < 600


def test_city_radius_grows_with_its_people_within_bounds() -> None:
    assert city_radius_km(500) == 3.0
    assert city_radius_km(1_000_000) == pytest.approx(10.3)
    assert city_radius_km(30_000_000) == 30.0


def test_word_lists_hold_words_only() -> None:
    for key, words in knowledge("words").items():
        assert all(isinstance(w, str) for w in words), f"{key}: quote on, off, yes and no in YAML"
    for part in ("names", "demonyms", "divisions"):
        for key, words in knowledge("countries")[part].items():
            assert all(isinstance(w, str) for w in words), f"{part}, {key}: quote on, off, yes and no in YAML"


def test_regions_are_on_earth_and_have_no_identifier() -> None:
    for r in knowledge("regions")["regions"]:
        assert -90 <= r["at"][0] <= 90
        assert -180 <= r["at"][1] <= 180
        assert r["radius_km"] >= 3
        assert set(r) <= {"names", "at", "radius_km", "country", "kind"}


def test_the_packages_give_countries_divisions_cities_and_regions() -> None:
    places = gazetteer()
    kinds = {name: places.senses(name)[0].place for name in ("Iraq", "Kentucky", "Middle East")}
    assert kinds["Iraq"].kind == "country"
    assert kinds["Iraq"].country == "IRQ"
    assert kinds["Kentucky"].country == "USA"
    assert any(s.place.kind == "region" and s.place.geonameid is None for s in places.senses("Middle East"))
    assert any(s.place.kind == "city" and s.capital for s in places.senses("Baghdad"))
    assert places.country_of_demonym("Palestinians") == "PSE"


def test_the_file_is_written_once_and_a_folder_that_cannot_be_written_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    builds: list[int] = []

    def quick(db: sqlite3.Connection) -> None:
        builds.append(1)
        db.executescript(SCHEMA)

    monkeypatch.setattr("whodid.ground.places.build.write", quick)
    path = tmp_path / "cache" / "places.sqlite"
    open_file(path).close()
    open_file(path).close()
    assert len(builds) == 1
    assert [p.name for p in path.parent.iterdir()] == ["places.sqlite"]
    blocked = tmp_path / "blocked"
    blocked.write_text("a file, not a folder")
    assert open_file(blocked / "places.sqlite").execute("SELECT count(*) FROM place").fetchone() == (0,)
    assert "built in memory" in caplog.text


def test_one_gazetteer_a_process() -> None:
    assert gazetteer() is gazetteer()
