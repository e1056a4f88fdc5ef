"""Who may come in: users with a role and a password, their sessions in a browser, and the tokens of their programs.

Of secrets only a hash is kept: argon2 of passwords, SHA-256 of sessions and tokens, which are random and long.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, get_args

from sqlalchemy import (
    Column,
    DateTime,
    Integer,
    MetaData,
    Row,
    String,
    Table,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from whodid.dataset.people import People
from whodid.errors import UsageError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

Role = Literal["reader", "reviewer", "admin"]
Scope = Literal["read", "review", "admin"]
SHORTEST, LONGEST = 12, 1024
"""Characters that a password has."""
SESSION_HOURS = 12
"""How long a session lasts, however much is done in it."""
MARK = "whodid_"
"""What every token starts with, so that one that was published by mistake can be found."""

META = MetaData()
_USERS = Table(
    "users",
    META,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("key", String(64), nullable=False, unique=True),
    Column("name", String(64), nullable=False),
    Column("role", String(16), nullable=False),
    Column("password", String(256), nullable=False),
    Column("made", DateTime(timezone=True), nullable=False),
    Column("changed", DateTime(timezone=True), nullable=False),
)
_SESSIONS = Table(
    "sessions",
    META,
    Column("hash", String(64), primary_key=True),
    Column("key", String(64), nullable=False, index=True),
    Column("made", DateTime(timezone=True), nullable=False),
    Column("expires", DateTime(timezone=True), nullable=False),
)
_TOKENS = Table(
    "tokens",
    META,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("hash", String(64), nullable=False, unique=True),
    Column("start", String(16), nullable=False),
    Column("key", String(64), nullable=False, index=True),
    Column("person", String(64), nullable=False),
    Column("name", String(64), nullable=False),
    Column("scope", String(16), nullable=False),
    Column("made", DateTime(timezone=True), nullable=False),
    Column("expires", DateTime(timezone=True), nullable=True),
    Column("used", DateTime(timezone=True), nullable=True),
)
_SECRETS = Table(
    "secrets", META, Column("name", String(32), primary_key=True), Column("value", String(64), nullable=False)
)
_NAME = re.compile(r"[\w.@+-]([\w .@+-]{0,62}[\w.@+-])?")
_USED_EVERY = dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class User:
    """A person who may log in. made, changed: UTC; ``changed`` is when role or password last did."""

    name: str
    role: Role
    made: dt.datetime
    changed: dt.datetime


@dataclass(frozen=True, slots=True)
class Token:
    """A program's key. start: its first characters, to know it by. expires, used: UTC, None for never."""

    id: int
    start: str
    person: str
    name: str
    scope: Scope
    made: dt.datetime
    expires: dt.datetime | None
    used: dt.datetime | None


class Accounts:
    """Users, sessions and tokens in the database of a dataset's people."""

    def __init__(
        self, people: People, *, hasher: PasswordHasher | None = None, now: Callable[[], dt.datetime] | None = None
    ) -> None:
        """hasher: of passwords, argon2id as the library sets it. now: the time, UTC."""
        self._work = people.work
        self._given_hasher = hasher
        self._now = now or (lambda: dt.datetime.now(dt.UTC))
        people.make_tables(META)

    # ------------------------------------------------------------ users

    def users(self) -> list[User]:
        """Every user by name."""
        with self._work() as work:
            return [_user(row) for row in work.execute(select(_USERS).order_by(_USERS.c.key))]

    def any_users(self) -> bool:
        """Whether there are users at all."""
        with self._work() as work:
            return work.execute(select(_USERS.c.id).limit(1)).first() is not None

    def user(self, name: str) -> User:
        """The user of a name. Raises UsageError, with the names that there are."""
        found = self.find(name)
        if found is None:
            known = ", ".join(user.name for user in self.users()) or "none yet"
            raise UsageError(f"there is no user {name!r}; users: {known}")
        return found

    def find(self, name: str) -> User | None:
        """The same, None where there is none."""
        with self._work() as work:
            row = work.execute(select(_USERS).where(_USERS.c.key == _key(name))).first()
        return _user(row) if row else None

    def add(self, name: str, password: str, role: str) -> User:
        """A new user. Raises UsageError for a name that is taken, and a name, password or role that is not allowed."""
        checked, kept = _check_name(name), self._hash(password, name)
        now, key = self._now(), _key(checked)
        given = {"key": key, "name": checked, "role": _check_role(role), "password": kept, "made": now, "changed": now}
        with self._work() as work:
            if work.execute(select(_USERS.c.id).where(_USERS.c.key == key)).first():
                raise UsageError(f"there is a user {name!r} already: change the role or the password instead")
            # what an earlier user of this name left, or the person who was alone here, is not this user's
            work.execute(delete(_TOKENS).where(_TOKENS.c.key == key))
            return _user(work.execute(insert(_USERS).values(given).returning(*_USERS.columns)).one())

    def set_role(self, name: str, role: str) -> User:
        """Give a user another role. Raises UsageError, also where no admin would be left."""
        self._change(self.user(name), still_admin=_check_role(role) == "admin", values={"role": role})
        return self.user(name)

    def set_password(self, name: str, password: str) -> None:
        """Give a user another password, and end all sessions of the old one. Raises UsageError."""
        user = self.user(name)
        self._change(user, still_admin=True, values={"password": self._hash(password, name)})
        self.end_sessions(name)

    def remove(self, name: str) -> None:
        """Take a user away, with sessions and tokens. What the user judged stays. Raises UsageError, also where users
        would be left without an admin."""
        user, key = self.user(name), _key(name)
        with self._work() as work:
            others = work.execute(select(_USERS.c.role).where(_USERS.c.key != key)).scalars().all()
            if others and "admin" not in others:
                raise UsageError(f"{user.name} is the last admin: make another one first")
            for table in (_SESSIONS, _TOKENS, _USERS):
                work.execute(delete(table).where(table.c.key == key))

    def _change(self, user: User, *, still_admin: bool, values: dict[str, str]) -> None:
        key = _key(user.name)
        with self._work() as work:
            others = select(func.count()).where(_USERS.c.key != key, _USERS.c.role == "admin")
            if user.role == "admin" and not still_admin and not work.execute(others).scalar_one():
                raise UsageError(f"{user.name} is the last admin: make another one first")
            work.execute(update(_USERS).where(_USERS.c.key == key).values(**values, changed=self._now()))

    def check(self, name: str, password: str) -> User | None:
        """The user whose name and password these are. Takes as long for a name that does not exist."""
        from argon2.exceptions import InvalidHashError, VerificationError

        with self._work() as work:
            row = work.execute(select(_USERS).where(_USERS.c.key == _key(name))).first()
        try:
            self._hasher.verify(row.password if row else self._nobody, password[:LONGEST])
        except (VerificationError, InvalidHashError):
            return None
        if row is None:
            return None
        if self._hasher.check_needs_rehash(row.password):
            renewed = self._hasher.hash(password)
            with self._work() as work:
                work.execute(update(_USERS).where(_USERS.c.id == row.id).values(password=renewed))
        return _user(row)

    @cached_property
    def _hasher(self) -> PasswordHasher:
        from argon2 import PasswordHasher

        return self._given_hasher or PasswordHasher()

    @cached_property
    def _nobody(self) -> str:
        return self._hasher.hash(secrets.token_hex())

    def _hash(self, password: str, name: str) -> str:
        if not SHORTEST <= len(password) <= LONGEST:
            raise UsageError(
                f"the password has {len(password)} characters; it takes {SHORTEST} to {LONGEST}, such as a few words"
            )
        if len(set(password)) < 5 or (_key(name) in _key(password) and len(password) < len(name) + SHORTEST // 2):
            raise UsageError("the password is too easily guessed: take a few words that do not hold your name")
        return self._hasher.hash(password)

    # ------------------------------------------------------------ sessions

    def open_session(self, name: str) -> str:
        """The secret of a new session of a user, for the user's browser alone."""
        secret, now = secrets.token_urlsafe(32), self._now()
        expires = now + dt.timedelta(hours=SESSION_HOURS)
        with self._work() as work:
            work.execute(delete(_SESSIONS).where(_SESSIONS.c.expires <= now))
            work.execute(insert(_SESSIONS).values(hash=_sha(secret), key=_key(name), made=now, expires=expires))
        return secret

    def session(self, secret: str) -> User | None:
        """The user whose session this is, as the user is now; None where it has ended."""
        alive = (_SESSIONS.c.hash == _sha(secret)) & (_SESSIONS.c.expires > self._now())
        with self._work() as work:
            row = work.execute(select(_USERS).join(_SESSIONS, _SESSIONS.c.key == _USERS.c.key).where(alive)).first()
        return _user(row) if row else None

    def end_session(self, secret: str) -> None:
        """End one session."""
        with self._work() as work:
            work.execute(delete(_SESSIONS).where(_SESSIONS.c.hash == _sha(secret)))

    def end_sessions(self, name: str) -> None:
        """End all sessions of a user."""
        with self._work() as work:
            work.execute(delete(_SESSIONS).where(_SESSIONS.c.key == _key(name)))

    # ------------------------------------------------------------ tokens

    def make_token(self, person: str, name: str, scope: str, days: int | None = None) -> tuple[str, Token]:
        """A new token of a person and what is known of it. The token itself is told only now. days: how long it can be
        used, None for ever. Raises UsageError for an unknown scope, an empty name and days that cannot be."""
        if scope not in get_args(Scope):
            raise UsageError(f"{scope!r} is no scope of a token; scopes: {', '.join(get_args(Scope))}")
        if not 1 <= len(name.strip()) <= 64:
            raise UsageError("a token needs a name of 1 to 64 characters, such as that of the program that uses it")
        if days is not None and not 1 <= days <= 3650:
            raise UsageError(f"a token can be used for 1 to 3650 days, not {days}")
        secret, now = MARK + secrets.token_urlsafe(32), self._now()
        given = {
            "hash": _sha(secret), "start": secret[:12], "key": _key(person), "person": person, "name": name.strip(),
            "scope": scope, "made": now, "expires": None if days is None else now + dt.timedelta(days=days),
        }  # fmt: skip
        with self._work() as work:
            return secret, _token(work.execute(insert(_TOKENS).values(given).returning(*_TOKENS.columns)).one())

    def tokens(self, person: str) -> list[Token]:
        """The tokens of a person, oldest first."""
        with self._work() as work:
            rows = work.execute(select(_TOKENS).where(_TOKENS.c.key == _key(person)).order_by(_TOKENS.c.id))
            return [_token(row) for row in rows]

    def token(self, secret: str) -> Token | None:
        """What is known of a token; None where there is none such, or its time is over."""
        now = self._now()
        alive = or_(_TOKENS.c.expires.is_(None), _TOKENS.c.expires > now)
        with self._work() as work:
            row = work.execute(select(_TOKENS).where(_TOKENS.c.hash == _sha(secret), alive)).first()
            if row and (row.used is None or now - _utc(row.used) > _USED_EVERY):
                work.execute(update(_TOKENS).where(_TOKENS.c.id == row.id).values(used=now))
        return _token(row) if row else None

    def revoke(self, person: str, number: int) -> Token:
        """Make a token of a person worthless. Raises UsageError where the person has no token of this number."""
        mine = (_TOKENS.c.id == number) & (_TOKENS.c.key == _key(person))
        with self._work() as work:
            row = work.execute(delete(_TOKENS).where(mine).returning(*_TOKENS.columns)).first()
        if row is None:
            raise UsageError(f"{person} has no token {number}")
        return _token(row)

    # ------------------------------------------------------------ the secret of a server

    def secret(self, name: str) -> str:
        """A secret that stays the same over starts, made when it is first asked for."""
        for _ in range(2):  # another server on the same database may make it at the same time
            with self._work() as work:
                found = work.execute(select(_SECRETS.c.value).where(_SECRETS.c.name == name)).scalar()
                if found is None:
                    work.execute(_ignoring(work.dialect.name).values(name=name, value=secrets.token_hex(32)))
            if found is not None:
                return str(found)
        with self._work() as work:
            return str(work.execute(select(_SECRETS.c.value).where(_SECRETS.c.name == name)).scalar_one())


def _ignoring(dialect: str) -> Any:
    """An insertion that leaves a row that is there."""
    if dialect == "sqlite":
        from sqlalchemy.dialects import sqlite

        return sqlite.insert(_SECRETS).on_conflict_do_nothing()
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(_SECRETS).on_conflict_do_nothing()
    return insert(_SECRETS)


def _key(name: str) -> str:
    """What names are compared by: one user is not Ann and ann."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def _sha(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _check_name(name: str) -> str:
    checked = unicodedata.normalize("NFC", name).strip()
    if not _NAME.fullmatch(checked) or len(_key(checked)) > 64:
        raise UsageError(
            f"{name!r} is no name of a user: it takes 1 to 64 letters and digits of any script, and . @ + - _ or a "
            "space inside"
        )
    return checked


def _check_role(role: str) -> str:
    if role not in get_args(Role):
        raise UsageError(f"--role: {role!r} is no role; roles: {', '.join(get_args(Role))}")
    return role


def _utc(moment: dt.datetime) -> dt.datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _user(row: Row[Any]) -> User:
    return User(row.name, row.role, _utc(row.made), _utc(row.changed))


def _token(row: Row[Any]) -> Token:
    expires, used = (None if moment is None else _utc(moment) for moment in (row.expires, row.used))
    return Token(row.id, row.start, row.person, row.name, row.scope, _utc(row.made), expires, used)
