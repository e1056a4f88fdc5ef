"""Templates, the words of the interface, and the files that the browser is sent."""

from __future__ import annotations

import json
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from whodid.errors import WhodidError
from whodid.web.security import csrf_field, csrf_token, viewer_of
from whodid.web.text import plain, short, web_link
from whodid.web.words import Words, load_words

STATIC = Path(str(files("whodid.web"))) / "static"
_MANIFEST = "manifest.json"


class Pages:
    """Renders pages. ``words`` are in the language of the interface."""

    def __init__(self, language: str = "en") -> None:
        self.words: Words = load_words(language)
        self._templates = Environment(
            loader=PackageLoader("whodid.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
            lstrip_blocks=True,
        )  # fmt: skip
        self._templates.filters.update(plain=plain, short=short, web_link=web_link)
        self._templates.globals.update(
            t=self.words, language=language, asset=self.asset, viewer=viewer_of, csrf_field=csrf_field,
            csrf_token=csrf_token,
        )  # fmt: skip

    def page(self, request: Request, name: str, *, status: int = 200, **given: Any) -> HTMLResponse:
        """The page of the template ``name`` + ``.html.j2``. given: what the template reads beside ``request``."""
        template = self._templates.get_template(f"{name}.html.j2")
        return HTMLResponse(template.render(request=request, page=name, **given), status_code=status)

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
