"""Events and claims that fit what is asked for, and how many there are of what."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from whodid.dataset import rows
from whodid.dataset.conditions import View
from whodid.export.arrow_rows import csv_of, write_rows
from whodid.export.csv_rows import csv_lines
from whodid.export.parquet import write_parquet
from whodid.records import Claim
from whodid.web.answers import Format, Kept, failures, streamed, written
from whodid.web.chosen import Chosen, choose
from whodid.web.envelope import Envelope, Meta
from whodid.web.filters import AnAsked, Asked
from whodid.web.site import AData, ASite
from whodid.web.snapshot import Snapshot
from whodid.web.views.facets import SHOWN, Facets, counted, offered
from whodid.web.views.lines import ClaimLine, EventLine, lines
from whodid.web.views.overview import SIZE, overview
from whodid.web.views.saved import saved_views

pages = APIRouter()
api = APIRouter(tags=["Events and claims"])

Limit = Annotated[int, Query(description="Rows of a page.", ge=1, le=500)]
Cursor = Annotated[
    str | None, Query(description="`meta.next` of the answer before: the page after that.", max_length=500)
]
AFormat = Annotated[
    Format, Query(description="`json` is a page of lines; the others are files of everything that fits.")
]


@pages.get("/")
def overview_page(
    request: Request, site: ASite, data: AData, asked: AnAsked, limit: Limit = SIZE, cursor: Cursor = None
) -> HTMLResponse:
    """What fits a state."""
    view = data.kept.get_or(
        ("overview", asked, limit, cursor), lambda: overview(data, asked, limit=limit, cursor=cursor)
    )
    status = 400 if view.problem else 200
    return site.pages.page(request, "overview", view=view, saved=saved_views(site.people), status=status)


@api.get("/events", responses=failures(400, 422, files=True, kept=True), response_model=Envelope[list[EventLine]])
def events(
    data: AData, asked: AnAsked, kept: Kept, limit: Limit = SIZE, cursor: Cursor = None, format: AFormat = "json"
) -> Any:
    """Events that fit. As a file: CSV and Parquet have flat columns, JSON Lines whole records."""
    return _listed(data, asked, "events", kept, (limit, cursor, format))


@api.get("/claims", responses=failures(400, 422, files=True, kept=True), response_model=Envelope[list[ClaimLine]])
def claims(
    data: AData, asked: AnAsked, kept: Kept, limit: Limit = SIZE, cursor: Cursor = None, format: AFormat = "json"
) -> Any:
    """Claims that fit. As a file: as `whodid code` writes them in that format."""
    return _listed(data, asked, "claims", kept, (limit, cursor, format))


@api.get("/facets", responses=failures(400, 422, kept=True))
def facets(
    data: AData,
    asked: AnAsked,
    kept: Kept,
    top: Annotated[int, Query(description="Values of each facet.", ge=1, le=500)] = SHOWN,
    only: Annotated[str | None, Query(description="This facet alone.", pattern=f"^({'|'.join(offered())})$")] = None,
) -> Envelope[Facets]:
    """How many events or claims have each value, each facet under the conditions on everything else."""
    found = counted(data, asked, top=top, only=only)
    return Envelope(data=found, meta=Meta(version=data.version, total=found.total))


def _listed(
    data: Snapshot, asked: Asked, view: View, kept: dict[str, str], how: tuple[int, str | None, Format]
) -> Envelope[Any] | Response:
    limit, cursor, format = how
    asked = asked.plus("view", view)
    chosen = choose(data, asked)
    if format != "json":
        return _file(chosen, format, kept)
    page = chosen.page(limit, cursor)
    return Envelope(
        data=list(lines(chosen, page.rows)), meta=Meta(version=data.version, total=chosen.total, next=page.next)
    )


# ---------------------------------------------------------------- files


def _file(chosen: Chosen, format: Format, kept: dict[str, str]) -> Response:
    if format == "parquet":

        def write(target: Path) -> None:
            if chosen.view == "events":
                write_rows(chosen.arrow(), target, format="parquet")
            else:
                write_parquet(_claims(chosen), target)

        return written(write, chosen.view, format, kept)
    if chosen.view == "events":
        made = _events_csv(chosen) if format == "csv" else _event_lines(chosen)
    else:
        made = csv_lines(_claims(chosen)) if format == "csv" else (f"{c.model_dump_json()}\n" for c in _claims(chosen))
    return streamed(made, chosen.view, format, kept)


def _events_csv(chosen: Chosen) -> Iterator[str]:
    yield from csv_of(chosen.arrow(rows=chosen.rows[:0]))
    for some in chosen.batches():
        made = csv_of(chosen.arrow(rows=some))
        next(made)  # the names of the columns
        yield from made


def _event_lines(chosen: Chosen) -> Iterator[str]:
    """The records as they are stored: JSON as `--format jsonl` gives it."""
    for some in chosen.batches():
        yield from (f"{row['record']}\n" for row in chosen.records(some))


def _claims(chosen: Chosen) -> Iterator[Claim]:
    for some in chosen.batches():
        yield from map(rows.claim_of, chosen.records(some))
