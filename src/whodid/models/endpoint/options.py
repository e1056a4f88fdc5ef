"""Which server, which model, and how it is asked."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from whodid.errors import SettingError

_OURS = ("messages", "model", "n", "response_format", "stream")


@dataclass(frozen=True)
class Options:
    """How an endpoint is asked. Raises SettingError, which never shows the key.

    url: the base, such as ``http://localhost:8080/v1``, or all of it up to ``/chat/completions``. timeout: seconds for
    one try. patience: seconds for a request with all its tries and the pauses between them. chunk: most characters of
    text in a request, unless one sentence has more. max_tokens: most tokens of an answer. extra: a JSON object with
    more fields of the request.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    timeout: float = 120.0
    patience: float = 300.0
    chunk: int = 6000
    max_tokens: int = 4096
    seed: int = 0
    extra: str = ""

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise SettingError(
                f"WHODID_ENDPOINT_URL: {self.url!r} is no address; give the base of the API, such as "
                "http://localhost:8080/v1"
            )
        if parts.username is not None or parts.password is not None:
            raise SettingError("WHODID_ENDPOINT_URL: has a name or password in it; give that as WHODID_ENDPOINT_KEY")
        if not (self.key.isascii() and self.key.isprintable()) or " " in self.key:
            raise SettingError("WHODID_ENDPOINT_KEY: has a space, a line end or another character that no key can have")
        for name in self.fields:
            if name in _OURS:
                raise SettingError(f"WHODID_ENDPOINT_EXTRA: {name!r} cannot be set there; Whodid sets it")

    @cached_property
    def fields(self) -> dict[str, Any]:
        """The object in ``extra``. Raises SettingError where it is none."""
        try:
            found = json.loads(self.extra or "{}")
        except (ValueError, RecursionError) as error:
            raise SettingError(f"WHODID_ENDPOINT_EXTRA: no JSON: {error}") from error
        if not isinstance(found, dict):
            raise SettingError('WHODID_ENDPOINT_EXTRA: give a JSON object, such as {"reasoning_effort": "low"}')
        return found

    @property
    def completions(self) -> str:
        """The address that requests go to."""
        parts = urlsplit(self.url)
        path = parts.path.rstrip("/").removesuffix("/chat/completions")
        return parts._replace(path=f"{path}/chat/completions", fragment="").geturl()

    @property
    def shown(self) -> str:
        """The address as people may see it: what stands behind a ``?`` may be secret."""
        return urlsplit(self.completions)._replace(query="").geturl()

    @property
    def deciding(self) -> tuple[object, ...]:
        """What decides the answers, and nothing that is secret."""
        return (self.shown, self.model, self.chunk, self.max_tokens, self.seed, self.extra)
