"""The application on a socket."""

from __future__ import annotations

import socket
from contextlib import suppress
from typing import Self

import uvicorn

from whodid.errors import UsageError, WhodidError
from whodid.web.app import make_app
from whodid.web.options import Options
from whodid.web.render import STATIC

_LAST_REQUESTS_S = 5
IDLE_S = 75
"""Seconds for which a connection is kept without a request: longer than a reader looks at a page, as one that is closed
while its next request is on the way fails for the client."""
_WAITING = 128


class Serving:
    """Listens, and serves until it is told to end. A context manager that closes the socket."""

    def __init__(self, options: Options, port: int) -> None:
        """Raises UsageError and WhodidError for what stands against it."""
        if not (STATIC / "manifest.json").is_file():
            raise WhodidError("the browser side is not built: run `make web` in the source, or install a wheel")
        app = make_app(options)
        if not options.local and not options.public and not app.state.site.gate.has_users():
            app.state.site.close()
            raise UsageError(
                f"others could reach this site, and there are no users yet: add one with `whodid user add "
                f"{options.folder} NAME --role admin`, or let everybody read with --read-only --public"
            )
        self._socket = listen(options.host, port)
        self.port: int = self._socket.getsockname()[1]
        self._server = uvicorn.Server(
            uvicorn.Config(
                app, log_level="warning", access_log=False, server_header=False, proxy_headers=bool(options.proxies),
                forwarded_allow_ips=list(options.proxies), timeout_graceful_shutdown=_LAST_REQUESTS_S,
                timeout_keep_alive=IDLE_S,
            )
        )  # fmt: skip
        name = options.host if options.host not in {"0.0.0.0", "::"} else socket.gethostname()
        self.url = f"http://{f'[{name}]' if ':' in name else name}:{self.port}/"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def run(self) -> None:
        """Answer until Ctrl-C or SIGTERM; requests that are under way are finished first."""
        with suppress(KeyboardInterrupt):
            self._server.run(sockets=[self._socket])


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens. Raises UsageError for no address of this machine, WhodidError for a port that is taken."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        made = socket.create_server(address[:2], family=family, backlog=_WAITING)
        # asyncio sends at once (TCP_NODELAY) only on sockets that name their protocol, and create_server does not: the
        # second part of an answer would wait some 40 ms for the client to acknowledge the first
        return socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP, fileno=made.detach())
    except socket.gaierror as error:
        raise UsageError(f"--host: {host!r} is no address of this machine: {error.strerror}") from error
    except OSError as error:
        raise WhodidError(
            f"cannot listen on {host}, port {port}: {error.strerror}; choose another one with --port, or --port 0 for "
            "any that is free"
        ) from error
