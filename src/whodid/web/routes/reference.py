"""The documentation of the API, made from its own description."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from whodid.web.site import ASite
from whodid.web.views.reference import reference

pages = APIRouter()
api = APIRouter()

EXAMPLES = ("curl", "python", "r")
"""Languages of the examples: templates in ``examples/``."""


@pages.get("/api")
def api_page(request: Request, site: ASite) -> HTMLResponse:
    """What the API can be asked, with examples."""
    home = str(request.base_url).rstrip("/")
    return site.pages.page(
        request,
        "api",
        groups=reference(request.app.openapi()),
        examples=[(name, example(site, request, name)) for name in EXAMPLES],
        home=home,
    )


def example(site: ASite, request: Request, name: str) -> str:
    """An example as text, with the address under which the site is reached."""
    template = site.pages.environment("en").get_template(f"examples/{name}.txt.j2")
    return template.render(home=str(request.base_url).rstrip("/"))
