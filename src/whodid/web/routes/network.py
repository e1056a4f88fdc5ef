"""Who acts on whom: the page, its twin, and the whole network as files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, StreamingResponse

from whodid.export.formats.network import EDGES, GRAPHML, NODES, edge_lines, graphml, node_lines
from whodid.web.answers import Kept, failures
from whodid.web.envelope import Envelope, Meta
from whodid.web.filters import AnAsked, Asked
from whodid.web.site import AData, ASite
from whodid.web.snapshot import Snapshot
from whodid.web.views.network import MOST, By, Network, edges, network, nodes

pages = APIRouter()
api = APIRouter(tags=["Network"])

_LIMITS = (100, 250, 500, 1_000, 2_500, MOST)
_By = Annotated[By, Query(description="Ties by type of event, or by quad class.")]
_Limit = Annotated[int, Query(ge=1, le=MOST, description="How many of the heaviest ties are given.")]
_Download = Literal["graphml", "edges", "nodes"]


@pages.get("/network")
def network_page(
    request: Request, site: ASite, data: AData, asked: AnAsked, by: _By = "type", limit: _Limit = 500
) -> HTMLResponse:
    """The network of what was asked for."""
    view = network(data, asked, by=by, limit=limit)
    return site.pages.page(
        request, "network", view=view, called={actor.id: actor.name for actor in view.actors},
        kept=[field for field in asked.fields() if field[0] not in {"since", "until", "view"}],
        since=asked.query.since, until=asked.query.until, limit=limit, limits=sorted({*_LIMITS, limit}),
        others=asked.address("/"), files=[(name, asked.address(f"/api/v1/network/{name}")) for name in _DOWNLOADS],
    )  # fmt: skip


@api.get("/network", responses=failures(400, 422, kept=True), response_model=Envelope[Network])
def network_twin(data: AData, asked: AnAsked, kept: Kept, by: _By = "type", limit: _Limit = 1_000) -> Envelope[Network]:
    """Actors and the ties between them: who acts on whom, in how many events of which type."""
    del kept
    found = network(data, asked, by=by, limit=limit)
    return Envelope(data=found, meta=Meta(version=data.version, total=found.all_ties))


@api.get(
    "/network/{download}",
    response_class=StreamingResponse,
    responses={
        **failures(400, 422, kept=True),
        200: {"content": {kind: {"schema": {"type": "string"}} for kind in ("application/graphml+xml", "text/csv")}},
    },
)
def network_file(download: _Download, data: AData, asked: AnAsked, kept: Kept) -> StreamingResponse:
    """The whole network as a file: ``graphml``, or ``edges`` and ``nodes`` as CSV."""
    kind, name, lines = _DOWNLOADS[download]
    headers = {**kept, "Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(lines(data, asked), media_type=kind, headers=headers)


_DOWNLOADS: dict[str, tuple[str, str, Callable[[Snapshot, Asked], Iterator[str]]]] = {
    "graphml": (
        "application/graphml+xml",
        GRAPHML,
        lambda data, asked: graphml(nodes(data, asked), edges(data, asked)),
    ),
    "edges": ("text/csv", EDGES, lambda data, asked: edge_lines(edges(data, asked))),
    "nodes": ("text/csv", NODES, lambda data, asked: node_lines(nodes(data, asked))),
}
