"""Places: a gazetteer of GeoNames data, the place names of a report, and which place each of them is."""

from __future__ import annotations

from whodid.ground.places.gazetteer import Gazetteer, Sense, gazetteer
from whodid.ground.places.place import Kind, Place

__all__ = ["Gazetteer", "Kind", "Place", "Sense", "gazetteer"]
