"""One report."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import RedirectResponse, Response

from whodid.records import Report
from whodid.web.envelope import Envelope, Meta
from whodid.web.pointing import MOVED, NOT_THERE, address_of, moved
from whodid.web.site import AData, ASite, Site
from whodid.web.snapshot import Snapshot
from whodid.web.views.marks import LAYERS, Layer
from whodid.web.views.report import WHOLE, ReportPage, Wanted, one_report, report_id, report_page

pages = APIRouter()
api = APIRouter(tags=["reports"])


def wanted_of(
    was: Annotated[str | None, Query(max_length=100, description="The id that was asked for first.")] = None,
    version: Annotated[str | None, Query(max_length=64, description="Digest of an older version.")] = None,
) -> Wanted:
    """What of a report an address asks for."""
    return Wanted(was, version)


AWanted = Annotated[Wanted, Depends(wanted_of)]


class Shown(NamedTuple):
    """What a page shows of a report. layers: those that the address names, of the marks in the text. first: number of
    the first claim that is shown whole, from 0."""

    layers: tuple[Layer | Literal["none"], ...]
    first: int

    def address(self, id: str, first: int) -> str:
        """The address of the page that shows other claims whole, and the same layers."""
        fields = [*(("layer", layer) for layer in self.layers), ("from", first)]
        return f"/reports/{quote(id, safe=':')}?{urlencode(fields)}"


def shown_of(
    layer: Annotated[
        list[Layer | Literal["none"]] | None, Query(description="Layers that are shown; else all.")
    ] = None,
    first: Annotated[
        int, Query(alias="from", ge=0, le=10_000_000, description="Number of the first claim that is whole, from 0.")
    ] = 0,
) -> Shown:
    """What the address of a page asks for."""
    return Shown(tuple(layer or ()), first)


AShown = Annotated[Shown, Depends(shown_of)]


@pages.get("/reports/{id}", response_model=None)
def report_html(request: Request, id: str, site: ASite, data: AData, wanted: AWanted, shown: AShown) -> Response:
    """A report with the words of its claims marked."""
    now = report_id(data, id)
    if now != id:
        return moved("/reports", now, id)
    view = _view(request, site, data, now, wanted._replace(first=shown.first))
    return site.pages.page(request, "report", view=view, layers=shown.layers or LAYERS, shown=shown, size=WHOLE)


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
    return report_page(data, id, address=address, people=site.people, wanted=wanted)


@api.get("/reports/{id}/record", responses=NOT_THERE)
def report_record(id: str, data: AData) -> Envelope[Report]:
    """The report as it was read."""
    return Envelope(data=one_report(data, id), meta=Meta(version=data.version))
