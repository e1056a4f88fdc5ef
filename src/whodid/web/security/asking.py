"""Who is asking, and what belongs to one request."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from fastapi import Depends, Request
from markupsafe import Markup, escape

from whodid.dataset.accounts import Role, Scope

Right = Scope
"""read: see everything. review: judge as well. admin: also adjudicate, users, the log."""
Way = Literal["session", "token", "local", "public", "nobody"]
FIELD = "csrf"
HEADER = "X-CSRF-Token"

_RIGHTS: Mapping[str, tuple[Right, ...]] = {
    "": (),
    "reader": ("read",),
    "reviewer": ("read", "review"),
    "admin": ("read", "review", "admin"),
}
_UP_TO: Mapping[Scope, int] = {"read": 1, "review": 2, "admin": 3}


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks. name: empty for nobody in particular. role: None for who may do nothing. way: how that is known; a
    ``token`` has a scope, beyond which its person's rights do not go."""

    name: str
    role: Role | None
    way: Way
    scope: Scope = "admin"
    read_only: bool = False

    def may(self, right: Right) -> bool:
        """Whether this viewer has a right here. Where the site is read-only nobody may more than read."""
        if self.read_only and right != "read":
            return False
        return right in _RIGHTS[self.role or ""][: _UP_TO[self.scope]]

    @property
    def logged_in(self) -> bool:
        """Whether there is a session to end."""
        return self.way == "session"


NOBODY = Viewer("", None, "nobody")


@dataclass(slots=True)
class Asking:
    """One request. address: of the machine that asks. secure: over https. key: what its form tokens are made with.
    session: its secret. fresh: what the form cookie is to be where the browser has none yet and ``form_used`` says that
    it needs one. cookies: to be set. records: for the log, written before the answer goes out. extra: headers for the
    answer."""

    viewer: Viewer
    address: str
    secure: bool
    key: str
    session: str = ""
    fresh: str = ""
    form_used: bool = False
    cookies: list[str] = field(default_factory=list)
    records: list[tuple[str, str, Mapping[str, Any]]] = field(default_factory=list)
    extra: dict[str, str] = field(default_factory=dict)


def asking_of(request: Request) -> Asking:
    """What the gate found out about a request."""
    found: Asking = request.state.asking
    return found


def viewer_of(request: Request) -> Viewer:
    """Who asks; templates have it as ``viewer(request)``."""
    return asking_of(request).viewer


AViewer = Annotated[Viewer, Depends(viewer_of)]


def record(request: Request, what: str, person: str | None = None, **about: Any) -> None:
    """Have the log tell what was done, ``judgement`` for example, and details ``about`` it; never a secret. person: by
    default the viewer. The row is written before the answer goes out, also where the answer is an error."""
    asking = asking_of(request)
    asking.records.append((asking.viewer.name if person is None else person, what, about))


def csrf_token(request: Request) -> str:
    """What a form or script of this page sends along to show that it comes from this page. New every time, so that its
    place in a compressed page tells nothing."""
    asking, salt = asking_of(request), secrets.token_urlsafe(9)
    asking.form_used = bool(asking.fresh)
    return f"{salt}.{_sign(asking.key, salt)}"


def csrf_field(request: Request) -> Markup:
    """The hidden field that every form with ``method="post"`` has."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, escape(csrf_token(request)))


def csrf_fits(request: Request, given: str) -> bool:
    """Whether a token is one of this session's."""
    salt, _, signature = given.partition(".")
    return hmac.compare_digest(_sign(asking_of(request).key, salt).encode(), signature.encode("utf-8", "replace"))


def _sign(key: str, salt: str) -> str:
    return hmac.new(key.encode(), salt.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
