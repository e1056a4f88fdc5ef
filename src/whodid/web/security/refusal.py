"""A request that is refused, and says why."""

from __future__ import annotations

from collections.abc import Mapping

from whodid.errors import WhodidError


class Refused(WhodidError):
    """An answer that is a refusal. status: of HTTP. code: short and stable, for programs."""

    def __init__(self, status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = dict(headers or {})


def too_many(seconds: float, what: str) -> Refused:
    """429: it may be tried again after ``seconds``."""
    wait = max(1, round(seconds + 0.5))
    return Refused(
        429, "too-many", f"{what}: try again in {wait} second{'' if wait == 1 else 's'}", {"Retry-After": str(wait)}
    )
