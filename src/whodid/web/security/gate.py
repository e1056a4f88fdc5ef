"""Finds out who is asking."""

from __future__ import annotations

import getpass
import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers

from whodid.dataset.accounts import SESSION_HOURS, Accounts, Role
from whodid.dataset.audit import Audit
from whodid.dataset.people import People
from whodid.web.options import Options
from whodid.web.security.asking import NOBODY, Asking, Viewer
from whodid.web.security.hosts import Hosts
from whodid.web.security.refusal import Refused, too_many
from whodid.web.security.throttle import Allowance, Failures

SESSION = "whodid-session"
FORM = "whodid-form"
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")
_LOOK_EVERY_S = 1.0
_HASHES = 2
"""Passwords that are looked at at once: each takes 64 MiB of memory for its time."""
_HASH_WAIT_S = 10


class Gate:
    """What the site knows of who may come in. Without ``people`` nobody can log in: a public site that is only read."""

    def __init__(self, options: Options, people: People | None) -> None:
        self.options = options
        self.accounts = Accounts(people) if people else None
        self.audit = Audit(people) if people else None
        self.hosts = Hosts(options.host, options.names)
        self.failures = Failures()
        self.own_texts = Allowance(options.texts_an_hour, 3600) if options.texts_an_hour else None
        self._secret = self.accounts.secret("forms") if self.accounts else secrets.token_hex(32)
        self._hashing = threading.BoundedSemaphore(_HASHES)
        self._users_lock = threading.Lock()
        self._users = (False, -_LOOK_EVERY_S)

    def ask(self, scope: Mapping[str, object], headers: Headers) -> Asking:
        """Who asks. Raises Refused for a token that is none, and for who must not be let in as the local person."""
        client = scope.get("client")
        address = str(client[0]) if isinstance(client, tuple) else ""
        secure = scope.get("scheme") == "https"
        cookies = _cookies(headers)
        if given := headers.get("authorization"):
            return Asking(self._bearer(given), address, secure, key="")
        session = cookies.get(cookie_name(SESSION, secure), "")
        if session and self.accounts and (user := self.accounts.session(session)):
            viewer = Viewer(user.name, user.role, "session", read_only=self.options.read_only)
            return Asking(viewer, address, secure, self._key("session", session), session=session)
        if self.options.public:
            viewer = Viewer("", "reader", "public", read_only=True)
        elif self.options.local and not self.has_users():
            if any(name in headers for name in _FORWARDED):
                raise Refused(
                    403, "proxy", "this came through a proxy, and anybody could be behind it: add users with `whodid "
                    "user add`, and name the site with --allow-host and the proxy with --proxy",
                )  # fmt: skip
            viewer = Viewer(local_name(), "admin", "local", read_only=self.options.read_only)
            return Asking(viewer, address, secure, self._key("local", ""))
        else:
            viewer = NOBODY
        form = cookies.get(cookie_name(FORM, secure), "")
        fresh = "" if form else secrets.token_urlsafe(24)
        return Asking(viewer, address, secure, self._key("form", form or fresh), fresh=fresh)

    def has_users(self) -> bool:
        """Whether there are users, as of a second ago at most."""
        with self._users_lock:
            known, when = self._users
            if self.accounts and not known and time.monotonic() - when >= _LOOK_EVERY_S:
                known = self.accounts.any_users()
                self._users = (known, time.monotonic())
            return known

    @contextmanager
    def hashing(self) -> Iterator[None]:
        """While a password is looked at. Raises Refused where too many are."""
        if not self._hashing.acquire(timeout=_HASH_WAIT_S):
            raise too_many(_HASH_WAIT_S, "too many log in at once")
        try:
            yield
        finally:
            self._hashing.release()

    def _bearer(self, given: str) -> Viewer:
        kind, _, secret = given.partition(" ")
        token = self.accounts.token(secret.strip()) if self.accounts and kind.lower() == "bearer" else None
        if token is None:
            raise self._no_token("this token is unknown, revoked or too old; make one at /account")
        role = self._role_of(token.person)
        if role is None:
            raise self._no_token(f"the token is of {token.person}, who is no user any more")
        return Viewer(token.person, role, "token", scope=token.scope, read_only=self.options.read_only)

    def _role_of(self, person: str) -> Role | None:
        assert self.accounts is not None
        if user := self.accounts.find(person):
            return user.role
        alone = self.options.local and not self.has_users() and person == local_name()
        return "admin" if alone else None

    @staticmethod
    def _no_token(message: str) -> Refused:
        return Refused(401, "token", message, {"WWW-Authenticate": 'Bearer error="invalid_token"'})

    def _key(self, kind: str, of: str) -> str:
        return hmac.new(self._secret.encode(), f"{kind}:{of}".encode(), hashlib.sha256).hexdigest()


def cookie_name(name: str, secure: bool) -> str:
    """With the prefix by which a browser holds to Secure, Path=/ and this very host."""
    return f"__Host-{name}" if secure else name


def cookie(name: str, value: str, *, secure: bool, hours: int | None = SESSION_HOURS) -> str:
    """A ``Set-Cookie`` header. hours: how long it stays, None until the browser is closed, 0 to take it away."""
    age = "" if hours is None else f"; Max-Age={hours * 3600}"
    return f"{cookie_name(name, secure)}={value}; Path=/; HttpOnly; SameSite=Lax{age}{'; Secure' if secure else ''}"


def local_name() -> str:
    """What the operating system calls who started the program."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without a name, as in some containers
        return "local"


def _cookies(headers: Headers) -> dict[str, str]:
    try:
        parsed = SimpleCookie("; ".join(headers.getlist("cookie")))
    except CookieError:
        return {}
    return {name: morsel.value for name, morsel in parsed.items()}
