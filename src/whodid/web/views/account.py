"""Who is in here, with what keys; who may come in; what was done."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from whodid.dataset.accounts import Accounts, Role, Scope, Token, User
from whodid.dataset.audit import Audit, Entry

Way = Literal["session", "token", "local", "public", "nobody"]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, from_attributes=True)


class TokenLine(_Record):
    """A program's token, without its secret. start: its first characters. expires, used: UTC, null for never."""

    id: int
    name: str
    start: str
    scope: Scope
    made: dt.datetime
    expires: dt.datetime | None
    used: dt.datetime | None


class NewToken(TokenLine):
    """A token that was just made, with the secret, which is told this once."""

    secret: str


class Account(_Record):
    """Who asks, how that is known, and the tokens of that person."""

    name: str
    role: Role | None
    way: Way
    rights: tuple[Scope, ...]
    tokens: tuple[TokenLine, ...]


class UserLine(_Record):
    """A user. changed: when role or password last did."""

    name: str
    role: Role
    made: dt.datetime
    changed: dt.datetime


class AuditLine(_Record):
    """A row of the log: when (UTC), who (empty for nobody who had logged in), what, details, and from which address."""

    id: int
    made: dt.datetime
    person: str
    what: str
    about: dict[str, Any]
    address: str


class AuditPage(_Record):
    """Rows of the log, newest first. next: the number below which the following ones are, null at the end."""

    lines: tuple[AuditLine, ...]
    next: int | None


def token_line(token: Token) -> TokenLine:
    """A token as a line."""
    return TokenLine.model_validate(token)


def new_token(secret: str, token: Token) -> NewToken:
    """A token as it is told once."""
    return NewToken(secret=secret, **token_line(token).model_dump())


def user_lines(accounts: Accounts) -> list[UserLine]:
    """Every user by name."""
    return [user_line(user) for user in accounts.users()]


def user_line(user: User) -> UserLine:
    """A user as a line."""
    return UserLine.model_validate(user)


def audit_page(audit: Audit, *, before: int | None, limit: int, person: str, what: str) -> AuditPage:
    """A page of the log."""
    found = audit.entries(before=before, limit=limit + 1, person=person, what=what)
    lines = tuple(_audit_line(entry) for entry in found[:limit])
    return AuditPage(lines=lines, next=lines[-1].id if len(found) > limit else None)


def _audit_line(entry: Entry) -> AuditLine:
    return AuditLine.model_validate(entry)
