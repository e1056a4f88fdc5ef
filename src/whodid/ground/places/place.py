"""One place of the gazetteer."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

Kind = Literal["country", "admin", "city", "feature", "region"]
EARTH_RADIUS_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Place:
    """A place on Earth.

    country: ISO 3166-1 alpha-3, None where a region lies in several; latitude, longitude: WGS84 degrees of its middle;
    radius_km: how far from there it may reach; kind: what it is; code: the GeoNames codes of country and divisions
    ("US.KY.169"), so that what lies in a place starts with the place's code.
    """

    name: str
    country: str | None
    geonameid: int | None
    latitude: float
    longitude: float
    radius_km: float
    kind: Kind
    population: int
    code: str = ""

    def holds(self, other: Place) -> bool:
        """True if ``other`` lies in this country or division by its code."""
        return (
            self.kind in ("country", "admin")
            and bool(self.code)
            and self != other
            and (other.code.startswith(self.code + ".") or (other.kind == "city" and other.code == self.code))
        )

    def distance_km(self, other: Place) -> float:
        """Great-circle distance between the two middles, in kilometres."""
        return distance_km(self.latitude, self.longitude, other.latitude, other.longitude)


def distance_km(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Great-circle distance in kilometres (haversine) between two points in degrees."""
    a, b = math.radians(lat_a), math.radians(lat_b)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half)))
