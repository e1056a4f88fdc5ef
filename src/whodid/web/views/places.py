"""Events on the map: what was where, how exactly that is known, and what has no place."""

from __future__ import annotations

import json
import math
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml
from pydantic import BaseModel, ConfigDict

from whodid.dataset.countries import country_code
from whodid.errors import UsageError
from whodid.records import Status
from whodid.web.chosen import Chosen, choose
from whodid.web.filters import Asked
from whodid.web.rows import Numbers
from whodid.web.snapshot import Snapshot
from whodid.web.views.lines import EventLine, lines
from whodid.web.views.overview import Active, active_of

PATH = "/map"
SIZE = 50
WIDE_KM = 100
"""A place that may reach farther than this is shown as an area: its middle says little."""

_MOST_CORNERS = 100
_MARKS = """
    SELECT place, country, latitude, longitude, quad, status, count(*) AS count, min(v.rowid) AS row,
      min_by(id, v.rowid) AS id, min_by(type, v.rowid) AS type
    FROM held_events v JOIN given ON v.rowid = given.row
    GROUP BY ALL ORDER BY latitude, longitude, place, quad, status
"""


class _View(BaseModel):
    model_config = ConfigDict(frozen=True)


class Area(_View):
    """A part of the map. corners: longitude and latitude in degrees; longitudes may pass 180, as where a line crosses
    the antimeridian. bbox: west, south, east, north where it is a rectangle."""

    corners: tuple[tuple[float, float], ...]
    bbox: tuple[float, float, float, float] | None = None

    def holds(self, longitudes: npt.NDArray[np.float64], latitudes: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
        """Whether it holds each point: a ray from it crosses the outline an odd number of times. Points on the outline
        of a rectangle are in it."""
        found = np.zeros(len(longitudes), dtype=np.bool_)
        for turn in (-360.0, 0.0, 360.0):
            found |= self._holds(longitudes + turn, latitudes)
        return found

    def _holds(self, x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
        if self.bbox:
            west, south, east, north = self.bbox
            east += 360 if east < west else 0
            inside: npt.NDArray[np.bool_] = (x >= west) & (x <= east) & (y >= south) & (y <= north)
            return inside
        odd = np.zeros(len(x), dtype=np.bool_)
        for (x1, y1), (x2, y2) in zip(self.corners, (*self.corners[1:], self.corners[0]), strict=True):
            if y1 != y2:
                odd ^= ((y1 > y) != (y2 > y)) & (x < (x2 - x1) * (y - y1) / (y2 - y1) + x1)
        return odd


class Mark(_View):
    """Events of one place, quad class and status. id, type: of one of them, of the only one where count is 1. extent:
    point, area (it may be anywhere within radius_km) or country (somewhere in it)."""

    place: str | None
    country: str | None
    latitude: float
    longitude: float
    radius_km: float | None
    extent: str
    quad: int
    status: Status
    count: int
    id: str
    type: str


class OnMap(_View):
    """Events on the map. located, unlocated: events with and without degrees. inside: those in the area that was drawn;
    lines: the first of them, or of all; unlocated_lines: the first of those without a place."""

    version: int
    asked: Asked
    address: str
    clear: str
    active: tuple[Active, ...]
    area: Area | None
    total: int
    located: int
    unlocated: int
    inside: int
    marks: tuple[Mark, ...]
    lines: tuple[EventLine, ...]
    unlocated_lines: tuple[EventLine, ...]

    def drawn(self) -> dict[str, Any]:
        """What the map needs of it, as JSON."""
        return self.model_dump(mode="json", include={"marks", "area"}) | {"disputed": disputed()}


def on_map(data: Snapshot, asked: Asked, area: Area | None = None) -> OnMap:
    """The events that fit a state, and an area. Raises UsageError for a condition that names what is not there."""
    kept: OnMap = data.kept.get_or(("map", asked, area), lambda: _on_map(data, asked, area))
    return kept


def _on_map(data: Snapshot, asked: Asked, area: Area | None) -> OnMap:
    chosen = choose(data, asked, view="events")
    found = chosen.select("v.rowid AS row, v.latitude, v.longitude")
    rows: Numbers = found["row"].to_numpy()
    latitudes, longitudes = (found[n].to_numpy(zero_copy_only=False).astype(float) for n in ("latitude", "longitude"))
    known = ~np.isnan(latitudes) & ~np.isnan(longitudes)
    inside = known & area.holds(longitudes, latitudes) if area else known
    return OnMap(
        version=data.version,
        asked=asked,
        address=_address(asked, area),
        clear=PATH,
        active=tuple(active_of(asked, lambda state: _address(state, area))),
        area=area,
        total=chosen.total,
        located=int(known.sum()),
        unlocated=int((~known).sum()),
        inside=int(inside.sum()),
        marks=_marks(chosen, rows[inside]),
        lines=_lines(chosen, rows[inside][:SIZE]),
        unlocated_lines=_lines(chosen, rows[~known][:SIZE]),
    )


def _lines(chosen: Chosen, rows: Numbers) -> tuple[EventLine, ...]:
    found: tuple[EventLine, ...] = lines(chosen, rows)  # type: ignore[assignment]
    return found


def _marks(chosen: Chosen, rows: Numbers) -> tuple[Mark, ...]:
    import pyarrow as pa

    found = chosen.data.query(_MARKS, given=pa.table({"row": rows})).to_pylist()
    radii = _radii(chosen, found)
    made = []
    for row in found:
        radius_km = radii[_spot(row)]
        del row["row"]
        made.append(Mark(**row, radius_km=radius_km, extent=_extent(row["place"], row["country"], radius_km)))
    return tuple(made)


def _radii(chosen: Chosen, marks: list[dict[str, Any]]) -> dict[tuple[Any, ...], float | None]:
    """How far each spot reaches, in km. Only whole records have it; the events of a spot have the same."""
    first = {_spot(row): row["row"] for row in marks}
    records = chosen.records(np.array(list(first.values()), dtype=np.int64)) if first else []
    return {
        spot: (json.loads(row["record"])["where"] or {}).get("radius_km")
        for spot, row in zip(first, records, strict=True)
    }


def _spot(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["place"], row["country"], row["latitude"], row["longitude"]


def _extent(place: str | None, country: str | None, radius_km: float | None) -> str:
    if place and country and country_code(place) == country:
        return "country"
    return "area" if (radius_km or 0) > WIDE_KM else "point"


def _address(asked: Asked, area: Area | None) -> str:
    if area is None:
        return asked.address(PATH)
    name = "bbox" if area.bbox else "polygon"
    numbers = area.bbox or tuple(number for corner in area.corners for number in corner)
    return asked.address(PATH, **{name: ",".join(f"{number:g}" for number in numbers)})


def area_from(bbox: str | None, polygon: str | None) -> Area | None:
    """The area that an address asks for. bbox: ``west,south,east,north`` in degrees, west greater than east where it
    crosses the antimeridian. polygon: ``longitude,latitude,…`` of three corners or more. Raises UsageError."""
    if bbox and polygon:
        raise UsageError("bbox and polygon: give one of them")
    if bbox:
        west, south, east, north = numbers = _numbers("bbox", bbox, of=4)
        _within("bbox", (west, east), (south, north))
        if south > north:
            raise UsageError(f"bbox: {bbox!r}: south ({south:g}) is north of north ({north:g})")
        corners = ((west, south), (east, south), (east, north), (west, north))
        return Area(corners=corners, bbox=(numbers[0], numbers[1], numbers[2], numbers[3]))
    if polygon:
        numbers = _numbers("polygon", polygon)
        if len(numbers) % 2 or not 6 <= len(numbers) <= 2 * _MOST_CORNERS:
            raise UsageError(f"polygon: {len(numbers)} numbers are no corners: give 3 to {_MOST_CORNERS} pairs")
        _within("polygon", numbers[::2], numbers[1::2])
        return Area(corners=tuple(zip(numbers[::2], numbers[1::2], strict=True)))
    return None


def _numbers(name: str, text: str, of: int | None = None) -> tuple[float, ...]:
    try:
        numbers = tuple(float(part) for part in text.split(","))
    except ValueError as error:
        raise UsageError(f"{name}: {text!r} is not a list of numbers with commas between") from error
    if not all(map(math.isfinite, numbers)) or (of and len(numbers) != of):
        raise UsageError(f"{name}: {text!r} is not {of or 'a list of'} numbers")
    return numbers


def _within(name: str, longitudes: tuple[float, ...], latitudes: tuple[float, ...]) -> None:
    for number in longitudes:
        if not -360 <= number <= 360:
            raise UsageError(f"{name}: longitude {number:g} is not within -360 and 360 degrees")
    for number in latitudes:
        if not -90 <= number <= 90:
            raise UsageError(f"{name}: latitude {number:g} is not within -90 and 90 degrees")


@cache
def disputed() -> dict[str, Any]:
    """Disputed lands and borders: ``areas`` code → name in the map; ``borders`` pairs of names in the map."""
    told = yaml.safe_load((files("whodid.web") / "disputed.yaml").read_text(encoding="utf-8"))
    names = {**told["names"], **told["areas"]}
    return {"areas": told["areas"], "borders": [[names[a], names[b]] for a, b in told["borders"]]}
