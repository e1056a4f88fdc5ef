"""Events on the map."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from whodid.errors import UsageError
from whodid.web.answers import Kept, failures
from whodid.web.envelope import Envelope, Meta
from whodid.web.filters import AnAsked
from whodid.web.site import AData, ASite
from whodid.web.views.places import Area, OnMap, area_from, on_map

pages = APIRouter()
api = APIRouter(tags=["Map"])


ADegree = Annotated[float | None, Query(description="A side of `bbox`, for forms.", ge=-360, le=360)]


def asked_area(
    bbox: Annotated[
        str | None, Query(description="`west,south,east,north` in degrees; west > east across 180°.", max_length=100)
    ] = None,
    polygon: Annotated[
        str | None, Query(description="`longitude,latitude,…` of 3 to 100 corners, in degrees.", max_length=4000)
    ] = None,
    west: ADegree = None,
    south: ADegree = None,
    east: ADegree = None,
    north: ADegree = None,
) -> Area | None:
    """The part of the map that an address asks for."""
    sides = (west, south, east, north)
    if bbox is None and any(side is not None for side in sides):
        if None in sides:
            raise UsageError("west, south, east and north: give all four, in degrees")
        bbox = ",".join(f"{side:g}" for side in sides)
    return area_from(bbox, polygon)


AnArea = Annotated[Area | None, Depends(asked_area)]


@pages.get("/map")
def map_page(request: Request, site: ASite, data: AData, asked: AnAsked, area: AnArea) -> HTMLResponse:
    """Where the events of a state were."""
    return site.pages.page(request, "map", view=on_map(data, asked, area))


@api.get("/map", responses=failures(400, 422, kept=True))
def places(data: AData, asked: AnAsked, area: AnArea, kept: Kept) -> Envelope[OnMap]:
    """Events by place, quad class and status, with how exactly each place is known."""
    view = on_map(data, asked, area)
    return Envelope(data=view, meta=Meta(version=data.version, total=view.inside))
