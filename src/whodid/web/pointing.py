"""Where a thing is on the site, also when its id leads to another now."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import RedirectResponse

from whodid.web.envelope import Failure

NOT_THERE: dict[int | str, dict[str, Any]] = {404: {"model": Failure, "description": "There is no such thing."}}
MOVED: dict[int | str, dict[str, Any]] = {
    **NOT_THERE,
    301: {
        "description": "The id leads to another one now.",
        "headers": {"Location": {"description": "where it is now", "schema": {"type": "string"}}},
    },
}
"""Answers for OpenAPI."""


def moved(path: str, now: str, was: str) -> RedirectResponse:
    """The way from an id to the one it leads to. It is asked for anew each time: people may part what was joined."""
    where = f"{path}/{quote(now, safe=':')}?was={quote(was, safe='')}"
    return RedirectResponse(where, status_code=301, headers={"Cache-Control": "no-cache"})


def address_of(request: Request, path: str, id: str) -> str:
    """The whole address of a page, as it is cited."""
    return f"{str(request.base_url).rstrip('/')}{path}/{quote(id, safe=':')}"
