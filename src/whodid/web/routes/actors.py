"""Who takes part in events: the list, and one of them."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from whodid.export.arrow_rows import csv_of
from whodid.web.answers import Kept, failures, number_cursor, read_number, streamed
from whodid.web.envelope import Envelope, Meta
from whodid.web.site import AData, ASite
from whodid.web.views.actor import ActorPage, actor_page
from whodid.web.views.actors import ActorLine, ActorOrder, actor_lines, find_actors

pages = APIRouter()
api = APIRouter(tags=["actors"])

SIZE = 100
"""Actors of a page of the list."""

Words = Annotated[str, Query(max_length=200, description="Words of a name or an id: all of them.")]
Order = Annotated[ActorOrder, Query(description="By events, by events on one side, by claims told, or by name.")]
Limit = Annotated[int, Query(ge=1, le=500, description="Actors of a page.")]
Cursor = Annotated[str | None, Query(max_length=100, description="`meta.next` of the page before.")]
AFormat = Annotated[
    Literal["json", "csv"], Query(description="`json` is a page of the list; `csv` a file of all that fit.")
]


@pages.get("/actors")
def actors_html(
    request: Request, site: ASite, data: AData, q: Words = "", order: Order = "events", cursor: Cursor = None
) -> HTMLResponse:
    """The list of actors."""
    found, start = find_actors(data, q, order), read_number(cursor)
    after = _address(q, order, start + SIZE) if start + SIZE < found.num_rows else None
    before = _address(q, order, max(start - SIZE, 0)) if start else None
    return site.pages.page(request, "actors", actors=actor_lines(found.slice(start, SIZE)), total=found.num_rows,
                           start=start, q=q, order=order, before=before, after=after)  # fmt: skip


def _address(q: str, order: str, start: int) -> str:
    asked = {"q": q, "order": order, "cursor": number_cursor(start)}
    return f"/actors?{urlencode({name: value for name, value in asked.items() if value}, quote_via=quote)}"


@api.get("/actors", responses=failures(400, 422, kept=True), response_model=Envelope[list[ActorLine]])
def actors_json(  # noqa: PLR0913, PLR0917  one parameter a choice
    data: AData, kept: Kept, q: Words = "", order: Order = "events", limit: Limit = 100, cursor: Cursor = None,
    format: AFormat = "json",
) -> Envelope[list[ActorLine]] | Response:  # fmt: skip
    """Actors by how many events they take part in, with how often on which side and how many claims they tell."""
    found, start = find_actors(data, q, order), read_number(cursor)
    if format == "csv":
        return streamed(csv_of(found), "actors", "csv", kept)
    after = number_cursor(start + limit) if start + limit < found.num_rows else None
    shown = list(actor_lines(found.slice(start, limit)))
    return Envelope(data=shown, meta=Meta(version=data.version, total=found.num_rows, next=after))


@pages.get("/actors/{id:path}")
def actor_html(request: Request, id: str, site: ASite, data: AData) -> HTMLResponse:
    """An actor."""
    return site.pages.page(request, "actor", view=actor_page(data, id))


@api.get("/actors/{id:path}", responses=failures(404, kept=True))
def actor_json(id: str, data: AData, kept: Kept) -> Envelope[ActorPage]:
    """An actor by its id, or by `name:` and its name: names and roles over time, latest events on either side, what it
    says, who speaks of it, and whom it meets."""
    return Envelope(data=actor_page(data, id), meta=Meta(version=data.version))
