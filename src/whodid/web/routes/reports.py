"""One report."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import RedirectResponse, Response

from whodid.records import Report
from whodid.web.envelope import Envelope, Meta
from whodid.web.pointing import MOVED, NOT_THERE, address_of, moved
from whodid.web.site import AData, ASite, Site
from whodid.web.snapshot import Snapshot
from whodid.web.views.marks import LAYERS, Layer
from whodid.web.views.report import ReportPage, one_report, report_id, report_page

pages = APIRouter()
api = APIRouter(tags=["reports"])


Layers = Annotated[list[Layer | Literal["none"]] | None, Query(description="Layers that are shown; else all.")]


class Wanted(NamedTuple):
    """Which version of a report is wanted, and which id was asked for first."""

    was: str | None
    version: str | None


def wanted_of(
    was: Annotated[str | None, Query(max_length=100, description="The id that was asked for first.")] = None,
    version: Annotated[str | None, Query(max_length=64, description="Digest of an older version.")] = None,
) -> Wanted:
    """What of a report an address asks for."""
    return Wanted(was, version)


AWanted = Annotated[Wanted, Depends(wanted_of)]


@pages.get("/reports/{id}", response_model=None)
def report_html(request: Request, id: str, site: ASite, data: AData, wanted: AWanted, layer: Layers = None) -> Response:
    """A report with the words of its claims marked."""
    now = report_id(data, id)
    if now != id:
        return moved("/reports", now, id)
    return site.pages.page(request, "report", view=_view(request, site, data, now, wanted), shown=layer or LAYERS)


@api.get("/reports/{id}", responses=MOVED, response_model=Envelope[ReportPage])
def report_json(
    request: Request, id: str, site: ASite, data: AData, wanted: AWanted
) -> Envelope[ReportPage] | RedirectResponse:
    """A report with its text, its claims with their words, its other versions and the copies of it."""
    now = report_id(data, id)
    if now != id:
        return moved("/api/v1/reports", now, id)
    view = _view(request, site, data, now, wanted)
    return Envelope(data=view, meta=Meta(version=data.version, total=len(view.claims)))


def _view(request: Request, site: Site, data: Snapshot, id: str, wanted: Wanted) -> ReportPage:
    address = address_of(request, "/reports", id)
    return report_page(data, id, address=address, people=site.people, was=wanted.was, version=wanted.version)


@api.get("/reports/{id}/record", responses=NOT_THERE)
def report_record(id: str, data: AData) -> Envelope[Report]:
    """The report as it was read."""
    return Envelope(data=one_report(data, id), meta=Meta(version=data.version))
