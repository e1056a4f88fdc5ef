"""Templates, the words of the interface, and the files that the browser is sent."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any

from fastapi import Query, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from whodid.errors import UsageError, WhodidError
from whodid.web.names import Names, own_name
from whodid.web.security import csrf_field, csrf_token, viewer_of
from whodid.web.text import plain, short, web_link
from whodid.web.words import best_language, languages, load_words

STATIC = Path(str(files("whodid.web"))) / "static"
LANGUAGE_COOKIE = "whodid_language"
_MANIFEST = "manifest.json"

NAVIGATION = (
    ("overview", "/"), ("timeline", "/timeline"), ("map", "/map"), ("network", "/network"), ("actors", "/actors"),
    ("compare", "/compare"), ("review", "/review"), ("try", "/try"),
)  # fmt: skip
"""Pages of the header and their addresses; one that the site does not have is left out."""


def asked_language(lang: Annotated[str | None, Query(max_length=20)] = None) -> None:
    """The language that the address of a page asks for. Raises UsageError for one that is not there."""
    if lang is not None and lang not in languages():
        raise UsageError(f"lang: there are no words in {lang!r}; languages: {', '.join(languages())}")


class Pages:
    """Renders pages, in the language that the browser asks for; ``default`` where it asks for none that is there."""

    def __init__(self, default: str = "en", addresses: Iterable[str] = ()) -> None:
        """addresses: of the site's pages. Raises UsageError for a language that is not there."""
        self.default = load_words(default).language
        there = set(addresses)
        self._navigation = [(name, path) for name, path in NAVIGATION if path in there]
        self._templates: dict[str, Environment] = {}

    def page(self, request: Request, name: str, *, status: int = 200, **given: Any) -> HTMLResponse:
        """The page of the template ``name`` + ``.html.j2``; given: what that reads beside ``request``. A template sets
        ``more_words`` where its scripts need the words of another page."""
        language = self.language(request)
        template = self.environment(language).get_template(f"{name}.html.j2")
        shown = {"page": name, "more_words": (), "navigation": self._navigation, **given}
        answer = HTMLResponse(template.render(request=request, **shown), status_code=status)
        answer.headers["Content-Language"] = language
        answer.headers.add_vary_header("Accept-Language")
        answer.headers.add_vary_header("Cookie")
        if request.query_params.get("lang") == language:
            answer.set_cookie(LANGUAGE_COOKIE, language, max_age=31_536_000, samesite="lax", httponly=True)
        return answer

    def language(self, request: Request) -> str:
        """The language of a page: as ``?lang=`` says, as it said before, as the browser asks, or the default."""
        for asked in (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
            if asked in languages():
                return str(asked)
        return best_language(request.headers.get("accept-language"), self.default)

    def environment(self, language: str) -> Environment:
        """The templates with the words of a language."""
        if language not in self._templates:
            words = load_words(language)
            names = Names(words)
            made = Environment(
                loader=PackageLoader("whodid.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
                lstrip_blocks=True, auto_reload=False,
            )  # fmt: skip
            made.globals.update(
                t=words, names=names, language=language, languages=languages(), language_name=own_name,
                asset=self.asset, viewer=viewer_of, csrf_field=csrf_field, csrf_token=csrf_token,
            )  # fmt: skip
            made.filters.update(plain=plain, short=short, web_link=web_link, sector_name=names.sector)
            self._templates[language] = made
        return self._templates[language]

    def asset(self, name: str) -> str:
        """The address of a built file, such as ``pages/overview.js``; its name holds a hash of its content.

        Raises WhodidError where the browser side was not built.
        """
        found = self._built.get(name)
        if found is None:
            raise WhodidError(f"the file {name} of the browser side is missing: build it with `make web`")
        return f"/static/{found}"

    @cached_property
    def _built(self) -> dict[str, str]:
        manifest = STATIC / _MANIFEST
        if not manifest.is_file():
            return {}
        found: dict[str, str] = json.loads(manifest.read_text(encoding="utf-8"))
        return found
