"""Publishers compared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from whodid.errors import ModelError, UsageError
from whodid.export.cells import csv_line, plain
from whodid.web.answers import Kept, failures, number_cursor, read_number, streamed
from whodid.web.envelope import Envelope, Meta
from whodid.web.filters import AnAsked
from whodid.web.security import Refused
from whodid.web.site import AData, ASite
from whodid.web.views.compare import FIELDS, SHARED, SIZE, Comparing, Comparison

pages = APIRouter()
api = APIRouter(tags=["compare"])

Tells = Annotated[
    str,
    Query(max_length=200, description="`shared`: events that several tell; or the publisher that alone tells them."),
]
Cursor = Annotated[str | None, Query(max_length=100, description="`meta.next` of the page before.")]
WithLoaded = Annotated[
    bool, Query(description="Also the words for contested things, for which the reports are read: it takes seconds.")
]
AFormat = Annotated[Literal["json", "csv"], Query(description="`json` is a page; `csv` a file of all events.")]


@pages.get("/compare")
def compare_html(  # noqa: PLR0913, PLR0917  one parameter a choice
    request: Request, site: ASite, data: AData, asked: AnAsked, tells: Tells = SHARED, cursor: Cursor = None,
    loaded: WithLoaded = False,
) -> HTMLResponse:  # fmt: skip
    """Publishers side by side, and which ones to compare."""
    try:
        comparing, problem = Comparing(data, asked, tells), None
    except UsageError as error:
        comparing, problem = Comparing(data, asked.minus("publisher")), str(error)
    try:
        view = comparing.view(read_number(cursor), loaded=loaded)
    except ModelError as error:
        view, problem = comparing.view(read_number(cursor)), str(error)
    chosen = asked
    for name in asked.query.publisher:
        chosen = chosen.minus("publisher", name)
    for name in comparing.names:
        chosen = chosen.plus("publisher", f"={name}")

    def address(tells: str, first: int = 0, loaded: str | None = None) -> str:
        told = None if tells == SHARED else tells
        return chosen.address("/compare", tells=told, cursor=number_cursor(first or None), loaded=loaded)

    csv = chosen.address("/api/v1/compare", tells=None if tells == SHARED else tells, format="csv")
    return site.pages.page(request, "compare", view=view, problem=problem, address=address, csv=csv, size=SIZE,
                           fields=FIELDS, status=400 if problem else 200)  # fmt: skip


@api.get("/compare", responses=failures(400, 422, 503, kept=True), response_model=Envelope[Comparison])
def compare_json(  # noqa: PLR0913, PLR0917  one parameter a choice
    data: AData, asked: AnAsked, kept: Kept, tells: Tells = SHARED, cursor: Cursor = None, format: AFormat = "json",
    loaded: WithLoaded = False,
) -> Envelope[Comparison] | Response:  # fmt: skip
    """Two or more publishers (`publisher`, again for each; whole names) on the events that several of them tell: the
    values that each gives, and where they differ. With fewer it lists the publishers that there are."""
    comparing = Comparing(data, asked, tells)
    if format == "csv":
        if len(comparing.names) < 2:
            raise UsageError("publisher: name at least two publishers to compare")
        return streamed(_csv(comparing), "compare", "csv", kept)
    try:
        view = comparing.view(read_number(cursor), loaded=loaded)
    except ModelError as error:
        raise Refused(503, "no-parser", str(error)) from error
    after = view.first + SIZE
    following = number_cursor(after) if after < view.total else None
    return Envelope(data=view, meta=Meta(version=data.version, total=view.total, next=following))


def _csv(comparing: Comparing) -> Iterator[str]:
    """A row an event and publisher that tells it; several values of a field are joined by ``; ``."""
    yield csv_line(
        ("event", "type", "mode", "first_day", "last_day", "publisher", "reports", "claims", *FIELDS, "differs")
    )
    for shared in comparing.all_events():
        event = shared.event
        differs = "; ".join(field for field, state in shared.states.items() if state == "differs")
        for told in filter(None, shared.told):
            values = ("; ".join(map(plain, getattr(told, field))) for field in FIELDS)
            yield csv_line((event.id, event.type, event.mode, event.first_day, event.last_day, told.publisher,
                            len(told.reports), len(told.claims), *values, differs))  # fmt: skip
