"""For admins: who may come in, and what was done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal, get_args

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, ConfigDict, Field

from whodid.dataset.accounts import LONGEST, SHORTEST, Role
from whodid.dataset.audit import Audit
from whodid.errors import UsageError
from whodid.web.envelope import Envelope, Failure, Meta, NotThere
from whodid.web.routes.account import AName, APassword, accounts_of
from whodid.web.security import need, record, viewer_of
from whodid.web.site import AData, ASite, Site
from whodid.web.views.account import AuditPage, UserLine, audit_page, user_line, user_lines

pages = APIRouter(dependencies=[need("admin", writes=False)])
api = APIRouter(tags=["admin"], dependencies=[need("admin", writes=False)])

_FAILURES: dict[int | str, dict[str, object]] = {
    status: {"model": Failure} for status in (400, 401, 403, 404, 413, 422)
}
Done = Literal["", "added", "role", "password", "removed"]


class UserWanted(BaseModel):
    """A user to be added."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=64)
    password: str = Field(min_length=SHORTEST, max_length=LONGEST)
    role: Role = "reader"


class UserChange(BaseModel):
    """What is to be another way; what is null stays."""

    model_config = ConfigDict(extra="forbid")

    role: Role | None = None
    password: str | None = Field(default=None, min_length=SHORTEST, max_length=LONGEST)


def _add(request: Request, site: Site, name: str, password: str, role: str) -> UserLine:
    if viewer_of(request).way == "local" and role != "admin":
        raise UsageError("the first user is an admin, as from then on everybody logs in, and somebody adds the others")
    with site.gate.hashing():
        user = accounts_of(site).add(name, password, role)
    record(request, "user-added", user=user.name, role=user.role)
    return user_line(user)


def _change(request: Request, site: Site, name: str, role: str | None, password: str | None) -> UserLine:
    accounts = accounts_of(site)
    if role is not None:
        accounts.set_role(name, role)
        record(request, "user-role", user=name, role=role)
    if password is not None:
        with site.gate.hashing():
            accounts.set_password(name, password)
        record(request, "user-password", user=name)
    return user_line(accounts.user(name))


def _remove(request: Request, site: Site, name: str) -> None:
    accounts_of(site).remove(name)
    record(request, "user-removed", user=name)


# ---------------------------------------------------------------- pages


@pages.get("/users")
def users_page(request: Request, site: ASite, done: Done = "") -> HTMLResponse:
    """Who may come in."""
    return _page(request, site, done=done)


@pages.post("/users", dependencies=[need("admin")])
def add_user_page(
    request: Request, site: ASite, name: AName, password: APassword, role: Annotated[str, Form()]
) -> Response:
    """Add a user."""
    return _tried(request, site, "added", lambda: _add(request, site, name, password, role))


@pages.post("/users/role", dependencies=[need("admin")])
def role_page(request: Request, site: ASite, name: AName, role: Annotated[str, Form()]) -> Response:
    """Give a user another role."""
    return _tried(request, site, "role", lambda: _change(request, site, name, role, None))


@pages.post("/users/password", dependencies=[need("admin")])
def password_page(request: Request, site: ASite, name: AName, password: APassword) -> Response:
    """Give a user another password."""
    return _tried(request, site, "password", lambda: _change(request, site, name, None, password))


@pages.post("/users/remove", dependencies=[need("admin")])
def remove_page(request: Request, site: ASite, name: AName) -> Response:
    """Remove a user."""
    return _tried(request, site, "removed", lambda: _remove(request, site, name))


def _tried(request: Request, site: Site, done: Done, what: Callable[[], object]) -> Response:
    """The list with what was done, or with what is wrong."""
    try:
        what()
    except UsageError as error:
        return _page(request, site, problem=str(error))
    return RedirectResponse(f"/users?done={done}", status_code=303)


def _page(request: Request, site: Site, *, done: Done = "", problem: str = "") -> HTMLResponse:
    return site.pages.page(
        request, "users", status=400 if problem else 200, users=user_lines(accounts_of(site)), done=done,
        problem=problem, roles=get_args(Role), shortest=SHORTEST,
    )  # fmt: skip


class Asked(BaseModel):
    """Which rows of the log. before: a number, only rows below it."""

    model_config = ConfigDict(frozen=True)

    before: int | None
    person: str
    what: str
    limit: int


def asked_of(
    before: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
    person: Annotated[str, Query(max_length=64)] = "",
    what: Annotated[str, Query(max_length=64)] = "",
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> Asked:
    """The rows that a query string asks for."""
    return Asked(before=before, person=person, what=what, limit=limit)


AnAsked = Annotated[Asked, Depends(asked_of)]


@pages.get("/audit")
def audit_log_page(request: Request, site: ASite, asked: AnAsked) -> HTMLResponse:
    """What was done."""
    audit = _audit(site)
    view = audit_page(audit, **asked.model_dump())
    return site.pages.page(request, "audit", view=view, asked=asked, kinds=audit.kinds())


def _audit(site: Site) -> Audit:
    accounts_of(site)
    assert site.gate.audit is not None
    return site.gate.audit


# ---------------------------------------------------------------- twins


@api.get("/users", responses=_FAILURES)
def users(site: ASite, data: AData) -> Envelope[list[UserLine]]:
    """Every user by name."""
    found = user_lines(accounts_of(site))
    return Envelope(data=found, meta=Meta(version=data.version, total=len(found)))


@api.post("/users", status_code=201, dependencies=[need("admin")], responses=_FAILURES)
def add_user(request: Request, site: ASite, data: AData, wanted: UserWanted) -> Envelope[UserLine]:
    """Add a user."""
    made = _add(request, site, wanted.name, wanted.password, wanted.role)
    return Envelope(data=made, meta=Meta(version=data.version))


@api.patch("/users/{name}", dependencies=[need("admin")], responses=_FAILURES)
def change_user(request: Request, site: ASite, data: AData, name: str, change: UserChange) -> Envelope[UserLine]:
    """Give a user another role or password."""
    _known(site, name)
    changed = _change(request, site, name, change.role, change.password)
    return Envelope(data=changed, meta=Meta(version=data.version))


@api.delete("/users/{name}", status_code=204, dependencies=[need("admin")], responses=_FAILURES)
def remove_user(request: Request, site: ASite, name: str) -> None:
    """Remove a user with sessions and tokens."""
    _known(site, name)
    _remove(request, site, name)


def _known(site: Site, name: str) -> None:
    if accounts_of(site).find(name) is None:
        raise NotThere(f"there is no user {name!r}")


@api.get("/audit", responses=_FAILURES)
def audit_log(site: ASite, data: AData, asked: AnAsked) -> Envelope[AuditPage]:
    """What was done, newest first."""
    return Envelope(data=audit_page(_audit(site), **asked.model_dump()), meta=Meta(version=data.version))
