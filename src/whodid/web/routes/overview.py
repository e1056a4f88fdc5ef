"""Events and claims that fit what is asked for."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from whodid.web.envelope import Envelope, Meta
from whodid.web.site import AData, ASite
from whodid.web.views.overview import EventLine, event_lines

pages = APIRouter()
api = APIRouter(tags=["events"])


@pages.get("/")
def overview_page(request: Request, site: ASite, data: AData) -> HTMLResponse:
    """The events of a dataset."""
    return site.pages.page(request, "overview", events=event_lines(data))


@api.get("/events")
def events(data: AData) -> Envelope[list[EventLine]]:
    """The events of a dataset."""
    found = event_lines(data)
    return Envelope(data=found, meta=Meta(version=data.version, total=len(found)))
