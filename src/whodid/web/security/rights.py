"""What a route demands of who asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.dependencies.models import Dependant
from fastapi.params import Depends as Dependency
from fastapi.routing import APIRoute

from whodid.web.security.asking import FIELD, HEADER, Right, asking_of, csrf_fits
from whodid.web.security.refusal import Refused

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Need:
    """A dependency that lets through who has a right. writes: whether the route changes what is stored, so that it is
    closed where the site is read-only."""

    def __init__(self, right: Right | None, *, writes: bool = True) -> None:
        self.right = right
        self.writes = writes

    def __call__(self, request: Request) -> None:
        """Raises Refused."""
        viewer = asking_of(request).viewer
        if self.writes and viewer.read_only and request.method not in SAFE:
            raise Refused(403, "read-only", "this site can be read and not changed: it is served with --read-only")
        if self.right is None or viewer.may(self.right):
            return
        if viewer.read_only:
            raise Refused(403, "read-only", "this site can be read and not changed: it is served with --read-only")
        if viewer.role is None:
            raise Refused(401, "log-in", "this needs a log-in, or a token of the API", {"WWW-Authenticate": "Bearer"})
        who = f"a token with the scope {viewer.scope}" if viewer.way == "token" else f"{viewer.name}, {viewer.role},"
        raise Refused(403, "not-allowed-to", f"{who} lacks the right to {self.right}; an admin can give it")


def need(right: Right | None, *, writes: bool = True) -> Any:
    """``dependencies=[need("review")]``: only who may ``review`` comes to the route. None: everybody does, also who has
    not logged in. writes: False for a route with an unsafe method that changes nothing that is stored."""
    return Depends(Need(right, writes=writes))


async def from_this_site(request: Request) -> None:
    """Every unsafe request shows that it comes from a page of this site: by the form's field or the script's header.
    The tokens of programs are sent by no browser, so that they show it themselves. Raises Refused."""
    if request.method in SAFE or asking_of(request).viewer.way == "token":
        return
    given = request.headers.get(HEADER)
    if given is None:
        value = (await request.form()).get(FIELD)
        given = value if isinstance(value, str) else ""
    if not csrf_fits(request, given):
        raise Refused(
            403, "csrf", f"the form is not of this session, or its {HEADER} is missing: load the page again, and send "
            "the form once more; programs use a token of the API",
        )  # fmt: skip


def needs_of(route: APIRoute) -> list[Need]:
    """What a route demands, itself and through what it depends on."""

    def walk(dependant: Dependant) -> Iterator[Need]:
        if isinstance(dependant.call, Need):
            yield dependant.call
        for inner in dependant.dependencies:
            yield from walk(inner)

    return list(walk(route.dependant))


def check_routes(routers: Iterable[APIRouter]) -> None:
    """Raises RuntimeError for a route that can change something and does not say who may: the site does not start."""
    for router in routers:
        shared = [d.dependency for d in router.dependencies if isinstance(d, Dependency)]
        for route in router.routes:
            methods = set(getattr(route, "methods", None) or ())
            if not isinstance(route, APIRoute) or methods <= SAFE:
                continue
            if not needs_of(route) and not any(isinstance(call, Need) for call in shared):
                raise RuntimeError(
                    f"{', '.join(sorted(methods))} {route.path} does not say who may: dependencies=[need(…)]"
                )
