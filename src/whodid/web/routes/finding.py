"""Finding one's way: names for what is typed, reports by their words, and views that people kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, Field

from whodid.dataset.people import People
from whodid.dataset.query import parse_day
from whodid.export.arrow_rows import LINES, write_rows
from whodid.web.answers import Format, Kept, failures, number_cursor, read_number, streamed, written
from whodid.web.envelope import Envelope, Meta
from whodid.web.filters import DAY, Word
from whodid.web.routes.overview import AFormat, Cursor, Limit
from whodid.web.security import AViewer, Refused, need, record
from whodid.web.site import AData, ASite, Site
from whodid.web.views.lines import ReportLine
from whodid.web.views.overview import SIZE
from whodid.web.views.reports import find_reports
from whodid.web.views.saved import Saved, save_view, saved_views
from whodid.web.views.suggest import Suggestion, suggest

pages = APIRouter()
api = APIRouter()

AName = Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S")]
AState = Annotated[str, Field(max_length=8_000)]


@api.get("/suggest", tags=["Events and claims"], responses=failures(400, 422, kept=True))
def suggestions(
    data: AData,
    kept: Kept,
    q: Annotated[str, Query(description="What was typed so far.", max_length=200)] = "",
    limit: Annotated[int, Query(description="Names at most.", ge=1, le=50)] = 10,
) -> Envelope[list[Suggestion]]:
    """Actors and places in the events of which a word begins with what was typed."""
    found = suggest(data, q, limit=limit)
    return Envelope(data=found, meta=Meta(version=data.version, total=len(found)))


# ---------------------------------------------------------------- reports


@api.get(
    "/reports",
    tags=["Reports"],
    responses=failures(400, 422, files=True, kept=True),
    response_model=Envelope[list[ReportLine]],
)
def reports(  # noqa: PLR0913, PLR0917  one parameter a condition
    data: AData,
    kept: Kept,
    q: Annotated[str, Query(description="Words of publisher, title or text: all of them.", max_length=200)] = "",
    publisher: Annotated[Word | None, Query(description="The publisher's whole name.")] = None,
    since: Annotated[str | None, Query(description="Published on or after: a day, month or year.", pattern=DAY)] = None,
    until: Annotated[str | None, Query(description="Published on or before.", pattern=DAY)] = None,
    limit: Limit = SIZE,
    cursor: Cursor = None,
    format: AFormat = "json",
) -> Any:
    """Reports that fit, newest first, without their texts."""
    whole = format != "json"
    found = find_reports(
        data, q=q.strip(), publisher=publisher, since=parse_day("since", since, last=False) if since else None,
        until=parse_day("until", until, last=True) if until else None, limit=None if whole else limit,
        after=0 if whole else read_number(cursor),
    )  # fmt: skip
    if whole:
        return _reports_file(found.lines, format, kept)
    meta = Meta(version=data.version, total=found.total, next=number_cursor(found.next))
    return Envelope(data=list(found.lines), meta=meta)


def _reports_file(lines: tuple[ReportLine, ...], format: Format, kept: dict[str, str]) -> Response:
    import pyarrow as pa

    columns = {name: [getattr(line, name) for line in lines] for name in ReportLine.model_fields}
    kinds = {"published": pa.date32(), "claims": pa.int64()}
    table = pa.table({name: pa.array(values, kinds.get(name, pa.string())) for name, values in columns.items()})
    if format == "parquet":

        def write(target: Path) -> None:
            write_rows(table, target, format="parquet")

        return written(write, "reports", format, kept)
    made: Iterator[str] = LINES[format](table)
    return streamed(made, "reports", format, kept)


# ---------------------------------------------------------------- saved views


class NewView(BaseModel):
    """A state to be kept. state: its query string, as ``type=ASSAULT&since=2020-01``."""

    name: AName
    state: AState


@api.get("/views", tags=["Saved views"])
def views(site: ASite, data: AData) -> Envelope[list[Saved]]:
    """The views that people kept, by name."""
    found = saved_views(site.people)
    return Envelope(data=found, meta=Meta(version=data.version, total=len(found)))


@api.post(
    "/views",
    tags=["Saved views"],
    status_code=201,
    dependencies=[need("review")],
    responses=failures(400, 401, 403, 422),
)
def keep_view(request: Request, new: NewView, site: ASite, data: AData, viewer: AViewer) -> Envelope[Saved]:
    """Keep a state under a name."""
    saved = _keep(request, site, new.name, new.state, viewer.name)
    return Envelope(data=saved, meta=Meta(version=data.version))


@pages.get("/views")
def views_page(request: Request, site: ASite) -> HTMLResponse:
    """The views that people kept."""
    return site.pages.page(request, "views", saved=saved_views(site.people))


@pages.post("/views", dependencies=[need("review")])
def keep_view_of_form(
    request: Request,
    site: ASite,
    viewer: AViewer,
    name: Annotated[AName, Form()],
    state: Annotated[AState, Form()] = "",
) -> RedirectResponse:
    """Keep a state, and show it."""
    saved = _keep(request, site, name, state, viewer.name)
    return RedirectResponse(saved.address or "/views", status_code=303)


def _keep(request: Request, site: Site, name: str, state: str, person: str) -> Saved:
    people: People | None = site.people
    if people is None:
        raise Refused(403, "read-only", "this site can be read and not changed")
    saved = save_view(people, name, state, person=person)
    record(request, "view", name=saved.name)
    return saved
