"""Puts the application together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from whodid.errors import UsageError
from whodid.web.envelope import Failure, NotThere, Problem
from whodid.web.live import Live
from whodid.web.options import Options
from whodid.web.render import STATIC, Pages
from whodid.web.routes import routers
from whodid.web.site import Site

API = "/api/v1"


def make_app(options: Options) -> FastAPI:
    """The application that serves a dataset. Raises UsageError where there is none."""
    site = Site(options=options, live=Live(options.folder), pages=Pages())
    app = FastAPI(
        title="Whodid", version=version("whodid"), lifespan=_lifespan, docs_url=None, redoc_url=None,
        openapi_url=f"{API}/openapi.json",
    )  # fmt: skip
    app.state.site = site
    for pages, api in routers():
        app.include_router(api, prefix=API)
        app.include_router(pages, include_in_schema=False)
    app.mount("/static", StaticFiles(directory=STATIC, check_dir=False), name="static")
    app.exception_handler(NotThere)(_not_there)
    app.exception_handler(UsageError)(_usage)
    app.exception_handler(RequestValidationError)(_invalid)
    app.exception_handler(HTTPException)(_http)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    live: Live = app.state.site.live
    live.start()
    try:
        yield
    finally:
        live.stop()


def _answer(request: Request, status: int, code: str, message: str) -> Response:
    """An error as JSON to programs, as a page to people."""
    if request.url.path.startswith("/api/"):
        return JSONResponse(Failure(error=Problem(code=code, message=message)).model_dump(), status_code=status)
    pages: Pages = request.app.state.site.pages
    return pages.page(request, "error", status=status, code=code, message=message)


async def _not_there(request: Request, error: Exception) -> Response:
    return _answer(request, 404, "not-there", str(error))


async def _usage(request: Request, error: Exception) -> Response:
    return _answer(request, 400, "not-allowed", str(error))


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"][1:])
    return _answer(request, 422, "not-valid", f"{where}: {first.get('input')!r}: {first['msg']}")


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = {404: "not-there", 405: "no-such-method"}.get(error.status_code, f"http-{error.status_code}")
    return _answer(request, error.status_code, code, str(error.detail))
