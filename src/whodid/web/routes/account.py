"""To come in, to go, and what belongs to the person who is in: password and tokens of programs."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Path, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, ConfigDict, Field

from whodid.dataset.accounts import LONGEST, Accounts, Scope
from whodid.errors import UsageError
from whodid.web.envelope import Envelope, Failure, Meta
from whodid.web.security import AViewer, Refused, Right, Viewer, asking_of, need, record, viewer_of
from whodid.web.security.gate import SESSION, cookie
from whodid.web.security.refusal import too_many
from whodid.web.site import AData, ASite, Site
from whodid.web.views.account import Account, NewToken, new_token, token_line

pages = APIRouter()
api = APIRouter(tags=["account"])

_RIGHTS: tuple[Right, ...] = ("read", "review", "admin")
_FAILURES: dict[int | str, dict[str, object]] = {
    status: {"model": Failure} for status in (400, 401, 403, 404, 413, 422)
}
AName = Annotated[str, Form(max_length=200)]
APassword = Annotated[str, Form(max_length=2 * LONGEST)]


def whole_account(viewer: AViewer) -> None:
    """A token that is for less than everything does not reach the account it belongs to. Raises Refused."""
    if viewer.scope != "admin" or viewer.way in {"public", "nobody"}:
        raise Refused(403, "not-allowed-to", "this needs a log-in, or a token with the scope admin")


own = [need("read"), Depends(whole_account)]


def accounts_of(site: Site) -> Accounts:
    """The accounts of a site. Raises Refused where it has none."""
    if site.gate.accounts is None:
        raise Refused(403, "read-only", "this site is open to everybody and keeps no users")
    return site.gate.accounts


def account_of(site: Site, viewer: Viewer) -> Account:
    """What a viewer may know of themselves."""
    tokens = site.gate.accounts.tokens(viewer.name) if site.gate.accounts and viewer.name else []
    return Account(
        name=viewer.name, role=viewer.role, way=viewer.way, rights=tuple(r for r in _RIGHTS if viewer.may(r)),
        tokens=tuple(token_line(token) for token in tokens),
    )  # fmt: skip


# ---------------------------------------------------------------- in and out


@pages.get("/login")
def login_page(request: Request, site: ASite, viewer: AViewer, next: str = "/") -> Response:
    """The form to log in; who is in already is sent on."""
    if viewer.may("read") and viewer.way != "public":
        return RedirectResponse(inside(next), status_code=303)
    return site.pages.page(request, "login", next=inside(next), given="", wrong="")


@pages.post("/login", dependencies=[need(None, writes=False)])
def login(
    request: Request, site: ASite, name: AName, password: APassword, next: Annotated[str, Form()] = "/"
) -> Response:
    """Start a session."""
    gate, asking = site.gate, asking_of(request)
    accounts = accounts_of(site)
    if wait := gate.failures.wait(name, asking.address):
        raise too_many(wait, "too many log-ins failed")
    with gate.hashing():
        user = accounts.check(name, password)
    if user is None:
        gate.failures.failed(name, asking.address)
        record(request, "login-failed", person="", name=name[:64])
        return site.pages.page(request, "login", status=401, next=inside(next), given=name, wrong="wrong")
    gate.failures.succeeded(name, asking.address)
    if asking.session:
        accounts.end_session(asking.session)
    asking.cookies.append(cookie(SESSION, accounts.open_session(user.name), secure=asking.secure))
    record(request, "login", person=user.name)
    return RedirectResponse(inside(next), status_code=303)


@pages.post("/logout", dependencies=[need(None, writes=False)])
def logout(request: Request, site: ASite, viewer: AViewer) -> Response:
    """End the session."""
    asking = asking_of(request)
    if viewer.logged_in:
        accounts_of(site).end_session(asking.session)
        record(request, "logout")
    asking.cookies.append(cookie(SESSION, "", secure=asking.secure, hours=0))
    return RedirectResponse("/login", status_code=303, headers={"Clear-Site-Data": '"cache"'})


def inside(address: str) -> str:
    """The address if it is one of this site, its start else."""
    fine = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if fine else "/"


# ---------------------------------------------------------------- the person's own


@pages.get("/account")
def account_page(request: Request, site: ASite, done: Literal["", "password", "revoked"] = "") -> Response:
    """Who is in, and what belongs to them."""
    return _page(request, site, done=done)


@pages.post("/account/password", dependencies=own)
def change_password(
    request: Request, site: ASite, viewer: AViewer, old: APassword, new: APassword, again: APassword
) -> Response:
    """Change the own password: every session ends, and this browser gets a new one."""
    accounts, asking = accounts_of(site), asking_of(request)
    if not viewer.logged_in:
        raise Refused(403, "not-allowed-to", "only who has logged in has a password")
    if wait := site.gate.failures.wait(viewer.name, asking.address):
        raise too_many(wait, "the old password was wrong too often")
    with site.gate.hashing():
        if accounts.check(viewer.name, old) is None:
            site.gate.failures.failed(viewer.name, asking.address)
            record(request, "password-failed")
            return _page(request, site, wrong="old_wrong")
        if new != again:
            return _page(request, site, wrong="differ")
        try:
            accounts.set_password(viewer.name, new)
        except UsageError as error:
            return _page(request, site, problem=str(error))
    asking.cookies.append(cookie(SESSION, accounts.open_session(viewer.name), secure=asking.secure))
    record(request, "user-password", user=viewer.name)
    return RedirectResponse("/account?done=password", status_code=303)


@pages.post("/account/tokens", dependencies=own)
def make_token_page(
    request: Request,
    site: ASite,
    name: AName,
    scope: Annotated[str, Form()],
    days: Annotated[str, Form(max_length=5)] = "",
) -> Response:
    """Make a token and show it, once."""
    try:
        if days and not days.isdigit():
            raise UsageError(f"{days!r} is no number of days")
        made = _make_token(request, site, name, scope, int(days) if days else None)
    except UsageError as error:
        return _page(request, site, problem=str(error))
    return _page(request, site, made=made)


@pages.post("/account/tokens/{number}/revoke", dependencies=own)
def revoke_page(request: Request, site: ASite, number: int) -> Response:
    """Make a token worthless."""
    _revoke(request, site, number)
    return RedirectResponse("/account?done=revoked", status_code=303)


def _page(
    request: Request, site: Site, *, wrong: str = "", problem: str = "", done: str = "", made: NewToken | None = None
) -> HTMLResponse:
    return site.pages.page(
        request, "account", status=400 if wrong or problem else 200, view=account_of(site, viewer_of(request)),
        wrong=wrong, problem=problem, done=done, made=made,
    )  # fmt: skip


def _make_token(request: Request, site: Site, name: str, scope: str, days: int | None) -> NewToken:
    secret, token = accounts_of(site).make_token(viewer_of(request).name, name, scope, days)
    record(request, "token-made", token=token.id, name=token.name, scope=token.scope)
    return new_token(secret, token)


def _revoke(request: Request, site: Site, number: int) -> None:
    token = accounts_of(site).revoke(viewer_of(request).name, number)
    record(request, "token-revoked", token=token.id, name=token.name)


# ---------------------------------------------------------------- the twin


class TokenWanted(BaseModel):
    """A token to be made. days: how long it can be used, null for ever."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=64)
    scope: Scope = "read"
    days: int | None = Field(default=None, ge=1, le=3650)


@api.get("/account", responses={401: {"model": Failure}})
def account(site: ASite, data: AData, viewer: AViewer) -> Envelope[Account]:
    """Who asks, and their tokens."""
    return Envelope(data=account_of(site, viewer), meta=Meta(version=data.version))


@api.post("/account/tokens", status_code=201, dependencies=own, responses=_FAILURES)
def make_token(request: Request, site: ASite, data: AData, wanted: TokenWanted) -> Envelope[NewToken]:
    """Make a token; its secret is told this once."""
    made = _make_token(request, site, wanted.name, wanted.scope, wanted.days)
    return Envelope(data=made, meta=Meta(version=data.version))


@api.delete("/account/tokens/{number}", status_code=204, dependencies=own, responses=_FAILURES)
def revoke(request: Request, site: ASite, number: Annotated[int, Path(ge=1, le=2**31 - 1)]) -> None:
    """Make a token worthless."""
    _revoke(request, site, number)
