"""Events over time, and their story as a file."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse

from whodid.run.timeline import FORMATS
from whodid.web.answers import Kept, failures
from whodid.web.envelope import Envelope, Meta
from whodid.web.filters import AnAsked
from whodid.web.site import AData, ASite
from whodid.web.views.timeline import LINES, By, Over, over_time, story_of

pages = APIRouter()
api = APIRouter(tags=["Timeline"])

ABy = Annotated[By, Query(description="A row a quad class, or a row a type.")]
StoryFormat = Literal["markdown", "json", "timelinejs", "ics"]

_FILES = {
    "markdown": ("text/markdown; charset=utf-8", "md"),
    "json": ("application/json", "json"),
    "timelinejs": ("application/json", "timelinejs.json"),
    "ics": ("text/calendar; charset=utf-8", "ics"),
}


@pages.get("/timeline")
def timeline_page(request: Request, site: ASite, data: AData, asked: AnAsked, by: ABy = "quad") -> HTMLResponse:
    """When the events of a state were, and the story that they tell."""
    over = over_time(data, asked, by)
    return site.pages.page(request, "timeline", view=over, story=story_of(data, asked) if over.dated else None)


@api.get("/timeline", responses=failures(400, 422, kept=True))
def timeline(data: AData, asked: AnAsked, kept: Kept, by: ABy = "quad") -> Envelope[Over]:
    """How many events there are in each slot of time, and those whose time is wider than a slot."""
    over = over_time(data, asked, by)
    return Envelope(data=over, meta=Meta(version=data.version, total=over.total))


@api.get(
    "/story",
    response_class=Response,
    responses={
        **failures(400, 422, kept=True),
        200: {"content": {kind.partition(";")[0]: {"schema": {"type": "string"}} for kind, _ in _FILES.values()}},
    },
)
def story(
    data: AData,
    asked: AnAsked,
    kept: Kept,
    format: Annotated[StoryFormat, Query(description="Kind of the file.")] = "markdown",
    lines: Annotated[int, Query(description="Lines at most.", ge=1, le=200)] = LINES,
) -> Response:
    """The story that the events tell, each line with its sources, as `whodid timeline` writes it."""
    text = FORMATS[format](story_of(data, asked, lines))
    kind, suffix = _FILES[format]
    named = {"Content-Disposition": f'attachment; filename="timeline.{suffix}"'}
    return Response(text.encode(), media_type=kind, headers=kept | named)
