"""The documentation of the API, made from its own description."""

from __future__ import annotations

from importlib.resources import files

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from whodid.web.site import ASite
from whodid.web.views.reference import reference

pages = APIRouter()
api = APIRouter()

EXAMPLES = ("curl", "python", "r")
"""Languages of the examples: texts in ``examples/``, in which :data:`HOME` stands for the address of the site."""
HOME = "HOME_OF_THE_SITE"


@pages.get("/api")
def api_page(request: Request, site: ASite) -> HTMLResponse:
    """What the API can be asked, with examples."""
    home = str(request.base_url).rstrip("/")
    shown = [(name, _example(name).replace(HOME, home)) for name in EXAMPLES]
    return site.pages.page(request, "api", groups=reference(request.app.openapi()), examples=shown)


def _example(name: str) -> str:
    return files("whodid.web").joinpath("examples", f"{name}.txt").read_text(encoding="utf-8")
