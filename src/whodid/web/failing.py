"""What is told where a request cannot be answered: JSON to programs, a page to people."""

from __future__ import annotations

import re
from collections.abc import Mapping

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.exceptions import HTTPException

from whodid.errors import UsageError
from whodid.web.answers import NotChanged
from whodid.web.envelope import Failure, NotThere, Problem
from whodid.web.filters import Elsewhere
from whodid.web.routes import methods_at
from whodid.web.security import Refused
from whodid.web.site import site_of

_OPTION = re.compile(r"--([a-z][a-z-]+)")
"""An option of the command line in a message: here the parameter of that name is meant."""

_CODES = {404: "not-there", 405: "no-such-method"}


def answer(
    request: Request, status: int, code: str, message: str, headers: Mapping[str, str] | None = None
) -> Response:
    """An error as JSON to programs, as a page to people."""
    if request.url.path.startswith("/api/"):
        body = Failure(error=Problem(code=code, message=message)).model_dump()
        return JSONResponse(body, status_code=status, headers=dict(headers or {}))
    page = site_of(request).pages.page(request, "error", status=status, code=code, message=message)
    page.headers.update(headers or {})
    return page


def refuse(request: Request, refused: Refused) -> Response:
    """The answer that is a refusal. A method that nothing here answers is told as such, whoever asks."""
    methods = methods_at(request.url.path) if refused.status in {401, 403} else []
    if methods and request.method not in methods:
        return answer(request, 405, _CODES[405], "Method Not Allowed", _allow(methods))
    return answer(request, refused.status, refused.code, refused.message, refused.headers)


def _allow(methods: list[str]) -> dict[str, str]:
    return {"Allow": ", ".join(methods)}


def handle_errors(app: FastAPI) -> None:
    """Have every error of a route answered so."""
    app.exception_handler(Elsewhere)(_elsewhere)
    app.exception_handler(NotChanged)(_not_changed)
    app.exception_handler(NotThere)(_not_there)
    app.exception_handler(UsageError)(_usage)
    app.exception_handler(RequestValidationError)(_invalid)
    app.exception_handler(HTTPException)(_http)
    app.exception_handler(Refused)(_refused)


async def _elsewhere(request: Request, error: Exception) -> Response:
    assert isinstance(error, Elsewhere)
    return RedirectResponse(error.address, status_code=303)


async def _not_changed(request: Request, error: Exception) -> Response:
    assert isinstance(error, NotChanged)
    return Response(status_code=304, headers=error.headers)


async def _not_there(request: Request, error: Exception) -> Response:
    return answer(request, 404, "not-there", str(error))


async def _usage(request: Request, error: Exception) -> Response:
    return answer(request, 400, "not-allowed", _OPTION.sub(lambda found: found[1].replace("-", "_"), str(error)))


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"][1:])
    given = repr(first.get("input"))
    return answer(request, 422, "not-valid", f"{where}: {given[:200]}: {first['msg']}")


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = _CODES.get(error.status_code, f"http-{error.status_code}")
    headers = dict(error.headers or {})
    if error.status_code == 405 and (methods := methods_at(request.url.path)):
        headers |= _allow(methods)  # of every route at this path; the router tells those of the first alone
    return answer(request, error.status_code, code, str(error.detail), headers)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return refuse(request, error)
