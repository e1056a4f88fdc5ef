"""Own text: paste or upload a report and see it coded. Nothing of it is kept."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request, Response, UploadFile
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from whodid.export.json_lines import json_line
from whodid.run.own_text import Busy, OwnText
from whodid.web.answers import TYPES, failures
from whodid.web.envelope import Envelope, Meta
from whodid.web.options import MOST_CHARS
from whodid.web.security import Refused, asking_of, need, record
from whodid.web.security.refusal import too_many
from whodid.web.site import AData, ASite, Site
from whodid.web.views.own import OwnPage, own_page

pages = APIRouter()
api = APIRouter(tags=["own text"])

_KINDS = {"text": ".txt", "html": ".html", "jsonl": ".jsonl"}


class OwnWanted(BaseModel):
    """A report to be coded. text: of the kind ``format``. date: of publication, where the text has none."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(max_length=10 * MOST_CHARS)
    format: Literal["text", "html", "jsonl"] = "text"
    date: dt.date | None = None


@pages.get("/try")
def try_page(request: Request, site: ASite) -> Response:
    """The form for an own text."""
    return _page(request, site, None)


@pages.post("/try", dependencies=[need("read", writes=False)])
async def try_it(
    request: Request,
    site: ASite,
    text: Annotated[str, Form()] = "",
    date: Annotated[str, Form(max_length=20)] = "",
    answer: Annotated[Literal["page", "jsonl"], Form()] = "page",
    file: UploadFile | None = None,
) -> Response:
    """What is pasted or uploaded, coded: as a page, or as a file of claims."""
    name, data = "text.txt", text.encode("utf-8", "replace")
    if file is not None and file.filename:
        name, data = file.filename, await file.read()
    return await run_in_threadpool(_tried, request, site, name, data, date, answer)


def _tried(request: Request, site: Site, name: str, data: bytes, date: str, answer: str) -> Response:
    try:
        published = dt.date.fromisoformat(date) if date else None
    except ValueError:
        return _page(request, site, None, wrong="date")
    if not data.strip():
        return _page(request, site, None, wrong="nothing")
    found = code(request, site, name, data, published)
    if answer == "jsonl":
        return Response(
            "".join(json_line(claim) for one in found.coded for claim in one.claims),
            media_type=TYPES["jsonl"], headers={"Content-Disposition": 'attachment; filename="claims.jsonl"'},
        )  # fmt: skip
    return _page(request, site, own_page(found))


def _page(request: Request, site: Site, view: OwnPage | None, *, wrong: str = "") -> Response:
    status = 400 if wrong else 200
    return site.pages.page(request, "try", status=status, view=view, wrong=wrong, most=MOST_CHARS)


@api.post("/try", dependencies=[need("read", writes=False)], responses=failures(400, 401, 403, 413, 422, 429, 503))
def try_text(request: Request, site: ASite, data: AData, wanted: OwnWanted) -> Envelope[OwnPage]:
    """A text, page or JSON lines, coded at once; nothing of it is kept. Headers tell how many more may be sent:
    RateLimit-Limit in an hour, RateLimit-Remaining now."""
    sent = wanted.text.encode("utf-8", "replace")
    found = code(request, site, f"text{_KINDS[wanted.format]}", sent, wanted.date)
    return Envelope(data=own_page(found), meta=Meta(version=data.version))


def code(request: Request, site: Site, name: str, data: bytes, date: dt.date | None) -> OwnText:
    """Code what was sent, if the person may send more now. Raises Refused."""
    asking, allowance = asking_of(request), site.gate.own_texts
    if allowance is None:
        raise Refused(403, "not-here", "own texts are not coded here: the site is served with --texts-an-hour 0")
    left, wait = allowance.take(asking.viewer.name or asking.address)
    asking.extra |= {"RateLimit-Limit": str(allowance.number), "RateLimit-Remaining": str(left)}
    if wait:
        raise too_many(wait, f"{allowance.number} own texts in an hour are coded")
    record(request, "own-text", bytes=len(data))
    try:
        return site.own_texts.code(name[-200:], data, date)
    except Busy as error:
        raise Refused(503, "busy", str(error), {"Retry-After": "60"}) from error
