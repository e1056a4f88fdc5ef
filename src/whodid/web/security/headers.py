"""Headers that every answer has."""

from __future__ import annotations

from collections.abc import Mapping

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
}
HSTS = "max-age=31536000"
STATIC = "/static/"
_BUILT = "public, max-age=31536000, immutable"  # a built file's name holds a hash of its content
_PRIVATE = "private, no-cache"
_NEVER = "no-store"
_NEVER_KEPT = ("/account", "/login", "/users", "/audit", "/api/v1/account", "/api/v1/users", "/api/v1/audit",
               "/api/v1/try", "/try")  # fmt: skip


def headers_for(path: str, status: int, *, secure: bool) -> dict[str, str]:
    """The headers of an answer; what a route set itself stays."""
    found = dict(HEADERS)
    if path.startswith(STATIC) and status < 400:
        found["Cache-Control"] = _BUILT
    elif status >= 400 or any(path == start or path.startswith(f"{start}/") for start in _NEVER_KEPT):
        found["Cache-Control"] = _NEVER
    else:
        found["Cache-Control"] = _PRIVATE
    if secure:
        found["Strict-Transport-Security"] = HSTS
    return found
