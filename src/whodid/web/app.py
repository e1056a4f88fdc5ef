"""Puts the application together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import Depends, FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.middleware.gzip import GZipMiddleware

from whodid.dataset.people import open_people
from whodid.run.own_text import OwnTexts
from whodid.settings import load_settings
from whodid.web.answers import ANYWHERE, failures
from whodid.web.applying import Applying
from whodid.web.failing import handle_errors, refuse
from whodid.web.filters import known_parameters, plain_address
from whodid.web.live import Live
from whodid.web.options import MOST_CHARS, Options
from whodid.web.render import STATIC, Pages, asked_language
from whodid.web.routes import API, page_addresses, routers
from whodid.web.security import Gate, Guard, check_routes
from whodid.web.security.rights import from_this_site
from whodid.web.site import Site


def make_app(options: Options) -> FastAPI:
    """The application that serves a dataset. Raises UsageError where there is none, WhodidError where the database of
    its people cannot be reached."""
    live = Live(options.folder)
    people = None if options.public else open_people(options.folder, options.judgements)
    applying = Applying(options.folder, people, options.judgements, live.refresh) if people else None
    site = Site(
        options=options,
        live=live,
        pages=Pages(options.language, page_addresses()),
        gate=Gate(options, people),
        people=people,
        applying=None if options.read_only else applying,
        own_texts=OwnTexts(load_settings(), max_chars=MOST_CHARS),
    )
    app = FastAPI(
        title="Whodid", version=version("whodid"), lifespan=_lifespan, docs_url=None, redoc_url=None,
        openapi_url=f"{API}/openapi.json",
    )  # fmt: skip
    app.state.site = site
    guarded = [Depends(from_this_site), Depends(known_parameters)]
    of_pages = [Depends(plain_address), Depends(asked_language)]
    for pages, api in routers():
        check_routes([pages, api])
        app.include_router(api, prefix=API, dependencies=guarded, responses=failures(*ANYWHERE))
        app.include_router(pages, include_in_schema=False, dependencies=[*of_pages, *guarded])
    app.mount("/static", StaticFiles(directory=STATIC, check_dir=False), name="static")
    handle_errors(app)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(Guard, gate=site.gate, answer=refuse, changed=site.changed)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    site: Site = app.state.site
    site.start()
    try:
        yield
    finally:
        site.stop()
