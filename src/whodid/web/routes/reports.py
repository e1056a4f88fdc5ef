"""One report."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field

from whodid.dataset import Dataset
from whodid.records import Report
from whodid.web.envelope import Envelope, Meta
from whodid.web.pointing import MOVED, NOT_THERE, address_of, moved
from whodid.web.site import AData, ASite, Site
from whodid.web.views.marks import LAYERS, Layer
from whodid.web.views.report import ReportPage, one_report, report_id, report_page

pages = APIRouter()
api = APIRouter(tags=["reports"])


class Wanted(BaseModel):
    """What of a report is wanted."""

    was: str | None = Field(default=None, max_length=100, description="The id that was asked for first.")
    version: str | None = Field(default=None, max_length=64, description="Digest of an older version of the report.")


class Shown(Wanted):
    """The same of its page. layer: those that are shown, all where none is named."""

    layer: tuple[Layer | Literal["none"], ...] = LAYERS


@pages.get("/reports/{id}", response_model=None)
def report_html(request: Request, id: str, site: ASite, data: AData, wanted: Annotated[Shown, Query()]) -> Response:
    """A report with the words of its claims marked."""
    now = report_id(data, id)
    if now != id:
        return moved("/reports", now, id)
    return site.pages.page(request, "report", view=_view(request, site, data, now, wanted), shown=wanted.layer)


@api.get("/reports/{id}", responses=MOVED, response_model=Envelope[ReportPage])
def report_json(
    request: Request, id: str, site: ASite, data: AData, wanted: Annotated[Wanted, Query()]
) -> Envelope[ReportPage] | RedirectResponse:
    """A report with its text, its claims with their words, its other versions and the copies of it."""
    now = report_id(data, id)
    if now != id:
        return moved("/api/v1/reports", now, id)
    view = _view(request, site, data, now, wanted)
    return Envelope(data=view, meta=Meta(version=data.version, total=len(view.claims)))


def _view(request: Request, site: Site, data: Dataset, id: str, wanted: Wanted) -> ReportPage:
    address = address_of(request, "/reports", id)
    return report_page(data, id, address=address, people=site.people, was=wanted.was, version=wanted.version)


@api.get("/reports/{id}/record", responses=NOT_THERE)
def report_record(id: str, data: AData) -> Envelope[Report]:
    """The report as it was read."""
    return Envelope(data=one_report(data, id), meta=Meta(version=data.version))
