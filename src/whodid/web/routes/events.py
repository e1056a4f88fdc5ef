"""One event, and one claim as it is stored."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from whodid.records import Claim, Event
from whodid.web.envelope import Envelope, Meta
from whodid.web.pointing import MOVED, NOT_THERE, address_of, moved
from whodid.web.site import AData, ASite, Site
from whodid.web.snapshot import Snapshot
from whodid.web.views.event import CLAIMS, EventPage, event_id, event_page, one_event
from whodid.web.views.report import one_claim

pages = APIRouter()
api = APIRouter(tags=["events"])

First = Annotated[int, Query(alias="from", ge=0, le=10_000_000, description="Number of the first claim, from 0.")]
Was = Annotated[str | None, Query(max_length=100, description="The id that was asked for first.")]


@pages.get("/events/{id}", response_model=None)
def event_html(request: Request, id: str, site: ASite, data: AData, first: First = 0, was: Was = None) -> Response:
    """An event, its values, its claims."""
    now = event_id(data, id)
    if now != id:
        return moved("/events", now, id)
    return site.pages.page(request, "event", view=_view(request, site, data, now, first, was), size=CLAIMS)


@api.get("/events/{id}", responses=MOVED, response_model=Envelope[EventPage])
def event_json(
    request: Request, id: str, site: ASite, data: AData, first: First = 0, was: Was = None
) -> Envelope[EventPage] | RedirectResponse:
    """An event with every value of every field, the claims that give them with their words, and its ties to others.

    ``from`` gives later claims of an event that has more than a hundred; ``meta.total`` says how many there are."""
    now = event_id(data, id)
    if now != id:
        return moved("/api/v1/events", now, id)
    view = _view(request, site, data, now, first, was)
    return Envelope(data=view, meta=Meta(version=data.version, total=len(view.event.claims)))


def _view(request: Request, site: Site, data: Snapshot, id: str, first: int, was: str | None) -> EventPage:
    return event_page(data, id, address=address_of(request, "/events", id), people=site.people, was=was, first=first)


@api.get("/events/{id}/record", responses=NOT_THERE)
def event_record(id: str, data: AData) -> Envelope[Event]:
    """The event as it is stored."""
    return Envelope(data=one_event(data, id), meta=Meta(version=data.version))


@api.get("/claims/{id}", responses=NOT_THERE, tags=["claims"])
def claim_record(id: str, data: AData) -> Envelope[Claim]:
    """A claim as ``whodid code`` writes it."""
    return Envelope(data=one_claim(data, id), meta=Meta(version=data.version))
