"""What every request goes through before anything else, and every answer last."""

from __future__ import annotations

import logging
from collections.abc import Callable
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from whodid.errors import WhodidError
from whodid.web.security.asking import NOBODY, Asking
from whodid.web.security.gate import FORM, Gate, cookie
from whodid.web.security.headers import STATIC, headers_for
from whodid.web.security.refusal import Refused
from whodid.web.security.rights import SAFE

log = logging.getLogger("whodid.web")

OPEN = frozenset({"/login"})
"""Where who has not logged in may go, beside the built files."""
LONGEST_URL = 8_000
"""Bytes of path and query together."""
Answer = Callable[[Request, Refused], Response]


class Guard:
    """ASGI middleware, the outermost of a site. answer: makes a page or JSON of a refusal. changed: is called after
    every request that may have changed something."""

    def __init__(self, app: ASGIApp, gate: Gate, answer: Answer, changed: Callable[[], None]) -> None:
        self._app = app
        self._gate = gate
        self._answer = answer
        self._changed = changed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            raise RuntimeError(f"there is nothing here for {scope['type']}")
        request = Request(scope)
        secure = scope["scheme"] == "https"
        request.state.asking = Asking(NOBODY, "", secure, key="")
        exchange = _Exchange(self._gate, request, receive, send)
        try:
            self._check_shape(request)
            if not scope["path"].startswith(STATIC):
                request.state.asking = await run_in_threadpool(self._gate.ask, scope, request.headers)
            if refused := self._to_log_in(request):
                await refused(scope, receive, exchange.send)
                return
            if request.method not in SAFE:
                _check_origin(request)
            await self._app(scope, exchange.receive, exchange.send)
            if request.method not in SAFE:
                self._changed()
        except Refused as refused:
            await self._refuse(refused, request, exchange)
        except (Exception, ClientDisconnect) as error:
            if exchange.too_large is None:
                await self._refuse(_failure(error), request, exchange)
                raise
        if exchange.too_large is not None:
            await self._refuse(exchange.too_large, request, exchange)

    async def _refuse(self, refused: Refused, request: Request, exchange: _Exchange) -> None:
        exchange.too_large = None
        if exchange.started:
            return
        await self._answer(request, refused)(request.scope, exchange.receive, exchange.send)

    def _check_shape(self, request: Request) -> None:
        """What can be told before anybody is asked who it is."""
        target = len(request.scope.get("raw_path") or b"") + len(request.scope["query_string"])
        if target > LONGEST_URL:
            raise Refused(414, "url-too-long", f"the address has {target} bytes; {LONGEST_URL} are allowed")
        hosts = request.headers.getlist("host")
        if len(hosts) != 1 or not self._gate.hosts.allow(hosts[0]):
            raise Refused(
                421, "host", f"this site is not called {', '.join(hosts)[:200] or 'nothing'}: where that is its name, "
                "start it with --allow-host and the name",
            )  # fmt: skip
        length = request.headers.get("content-length", "0")
        if length.isdigit() and int(length) > self._gate.options.max_upload:
            raise too_large(self._gate.options.max_upload)

    def _to_log_in(self, request: Request) -> Response | None:
        """Where who may not even read is sent. Raises Refused for programs."""
        path = request.url.path
        if request.state.asking.viewer.may("read") or path in OPEN or path.startswith(STATIC):
            return None
        if path.startswith("/api/"):
            raise Refused(401, "log-in", "this needs a log-in, or a token of the API", {"WWW-Authenticate": "Bearer"})
        here = path + (f"?{request.url.query}" if request.url.query else "")
        where = f"/login?next={quote(here, safe='/')}" if request.method in SAFE and here != "/" else "/login"
        return RedirectResponse(where, status_code=303)


def _failure(error: BaseException) -> Refused:
    if isinstance(error, WhodidError):
        return Refused(503, "unavailable", str(error))
    return Refused(500, "failed", "something went wrong here; the log of the server says what")


def too_large(limit: int) -> Refused:
    """413."""
    return Refused(413, "too-large", f"the request has more than {limit / 1e6:g} MB; that is what --max-upload allows")


def _check_origin(request: Request) -> None:
    """A browser says where a request comes from; programs say nothing. Raises Refused for another site's page.

    Our own pages send ``Origin: null``, as they tell nobody where they are (Referrer-Policy); then Sec-Fetch-Site
    says it, and where a browser sends none, over http to another machine, the token of the form alone has to do.
    """
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    fine = site in {None, "same-origin", "none"}
    if origin not in {None, "null"}:
        fine = fine and urlsplit(origin).netloc.lower() == request.headers["host"].lower()
    if not fine:
        raise Refused(403, "cross-site", f"a page of {origin or 'another site'} sent this, and only this site's may")


class _Exchange:
    """One request and its answer, watched: bytes that come in, headers and the log before what goes out."""

    def __init__(self, gate: Gate, request: Request, receive: Receive, send: Send) -> None:
        self._gate = gate
        self._request = request
        self._receive = receive
        self._send = send
        self._bytes = 0
        self.started = False
        self.too_large: Refused | None = None

    async def receive(self) -> Message:
        """The next part of the request; where it is too large, as if the client had gone."""
        message = await self._receive()
        self._bytes += len(message.get("body", b""))
        if self._bytes > self._gate.options.max_upload:
            self.too_large = too_large(self._gate.options.max_upload)
            return {"type": "http.disconnect"}
        return message

    async def send(self, message: Message) -> None:
        """The next part of the answer; nothing where another one is going to be given."""
        if self.too_large is not None:
            return
        if message["type"] == "http.response.start":
            await self._record(message["status"])
            self._head(message)
            self.started = True
        await self._send(message)

    def _head(self, message: Message) -> None:
        request, asking = self._request, self._request.state.asking
        headers = MutableHeaders(scope=message)
        for name, value in headers_for(request.url.path, message["status"], secure=asking.secure).items():
            headers.setdefault(name, value)
        if not request.url.path.startswith(STATIC):
            headers.add_vary_header("Cookie, Authorization")
        for name, value in asking.extra.items():
            headers[name] = value
        for one in asking.cookies:
            headers.append("Set-Cookie", one)

    async def _record(self, status: int) -> None:
        """Write to the log what was done, and what was changed by a route that says nothing of it."""
        asking: Asking = self._request.state.asking
        if asking.form_used:
            asking.cookies.append(cookie(FORM, asking.fresh, secure=asking.secure, hours=None))
        records = list(asking.records)
        if not records and self._request.method not in SAFE and status < 400:
            records = [(asking.viewer.name, "change", {"request": f"{self._request.method} {self._request.url.path}"})]
        audit = self._gate.audit
        if audit is None or not records:
            return
        asking.records.clear()
        for person, what, about in records:
            await run_in_threadpool(audit.write, person, what, about, asking.address)
