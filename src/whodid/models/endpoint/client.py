"""One request to a chat completions endpoint, tried until it is answered or the time is up.

Tried again: connections that fail, and the statuses 408, 409, 425, 429 and 5xx, after a pause that doubles from one
second to one minute with a random part, or after as long as the server asks for in ``Retry-After``. What a second try
would not mend is told apart here: what stops every report is a ModelError, what concerns this request is
:class:`Failed`, :class:`TooLong` or a refusal.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import json
import logging
import re
import time
import weakref
from dataclasses import dataclass
from typing import Any, NoReturn

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_before_delay, wait_exponential_jitter

from whodid.errors import ModelError
from whodid.models.endpoint.answer import clipped
from whodid.models.endpoint.options import Options
from whodid.records import Usage

log = logging.getLogger("whodid")

_AGAIN = frozenset({408, 409, 425, 429})
_NEVER = {
    401: "check WHODID_ENDPOINT_KEY",
    402: "the account cannot pay for it",
    404: "check WHODID_ENDPOINT_URL (most end in /v1) and WHODID_ENDPOINT_MODEL",
    405: "check WHODID_ENDPOINT_URL",
}
"""Statuses that every report would meet, and what to do."""

_NO_MONEY = "insufficient_quota"
_FILTERED = "content_filter"
_TOO_LONG = re.compile(r"context.{0,20}(?:length|size|window)|too (?:long|large)|maximum.{0,20}tokens", re.IGNORECASE)
_MOST_BYTES = 8_000_000
_LONGEST_MESSAGE = 300


class Failed(Exception):
    """The request was not answered, and will not be; the message says why."""


class TooLong(Failed):
    """The request does not fit into the model's context."""


class _Again(Exception):
    def __init__(self, message: str, pause: float | None = None) -> None:
        super().__init__(message)
        self.pause = pause


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model wrote. ``whole`` is False where it was cut off; ``refusal`` says why it did not write."""

    text: str
    whole: bool
    refusal: str | None = None


class Spent:
    """Adds up what the requests for one report cost."""

    def __init__(self) -> None:
        self.usage = Usage()

    def request(self) -> None:
        """One more request was sent."""
        self.usage += Usage(requests=1)

    def answer(self, counted: object) -> None:
        """An answer came, with the server's own count in ``usage`` or without one."""
        given = counted if isinstance(counted, dict) else {}
        tokens = given.get("prompt_tokens"), given.get("completion_tokens")
        read, written = (n if isinstance(n, int) and n >= 0 else 0 for n in tokens)
        known = all(isinstance(n, int) for n in tokens)
        self.usage += Usage(input_tokens=read, output_tokens=written, uncounted=0 if known else 1)


class Client:
    """Asks one model at one server. Safe to use from several threads; cannot be pickled."""

    def __init__(self, options: Options) -> None:
        self._options = options
        headers = {"Authorization": f"Bearer {options.key}"} if options.key else {}
        # only the reading of an answer may take long; a server that cannot be reached is known to be so soon
        limits = httpx.Timeout(options.timeout, connect=min(options.timeout, 15.0))
        self._http = httpx.Client(headers=headers, timeout=limits)
        weakref.finalize(self, self._http.close)
        self._renamed: dict[str, str | None] = {}

    def ask(self, system: str, user: str, schema: dict[str, Any], spent: Spent) -> Reply:
        """The answer to one request; all that is sent for it is added to ``spent``.

        Raises Failed, TooLong, and ModelError where no other request would fare better.
        """
        format = {"type": "json_schema", "json_schema": {"name": "events", "strict": True, "schema": schema}}
        body = {
            "model": self._options.model,
            "messages": [{"role": "system", "content": system}, {"role": "user", "content": user}],
            "response_format": format,
            "temperature": 0,
            "seed": self._options.seed,
            "max_tokens": self._options.max_tokens,
            **self._options.fields,
        }
        over = time.monotonic() + self._options.patience
        tries = Retrying(
            retry=retry_if_exception_type(_Again),
            stop=stop_before_delay(self._options.patience),
            wait=_pause,
            before_sleep=self._say,
            reraise=True,
        )
        try:
            return tries(self._try, body, spent, over)
        except _Again as error:
            raise Failed(f"no answer within {self._options.patience:g} s, at last: {error}") from error

    def _say(self, state: RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome else None
        log.info("endpoint: %s; trying again in %.1f s", error, state.upcoming_sleep)

    def _try(self, body: dict[str, Any], spent: Spent, over: float) -> Reply:
        while True:
            known = self._renamed
            sent = {known.get(k, k) or "": value for k, value in body.items()}
            sent.pop("", None)
            status, headers, content = self._send(sent, spent, over)
            if status == 200:
                return _reply(self._parsed(content), spent)
            error = _error(content)
            if status == 400 and self._adapts(str(error.get("param")), sent):
                continue
            return self._refused(status, headers, error)

    def _send(self, body: dict[str, Any], spent: Spent, over: float) -> tuple[int, httpx.Headers, bytes]:
        now = time.monotonic()
        until = min(now + self._options.timeout, over)
        if until <= now:
            raise _Again("the time for this request is up")
        spent.request()
        try:
            with self._http.stream("POST", self._options.completions, json=body) as response:
                content = bytearray()
                for chunk in response.iter_bytes():
                    content += chunk
                    if time.monotonic() > until:  # httpx bounds the wait for each piece, not for all of them
                        raise _Again(f"the answer was not complete within {self._options.timeout:g} s")
                    if len(content) > _MOST_BYTES:
                        raise Failed(f"the answer is longer than {_MOST_BYTES} bytes")
                key = self._options.key.encode()
                clean = bytes(content).replace(key, b"***") if key else bytes(content)  # some servers repeat the key
                return response.status_code, response.headers, clean
        except httpx.TransportError as error:
            kind = "no answer in time" if isinstance(error, httpx.TimeoutException) else "no connection"
            raise _Again(_line(f"{kind} ({type(error).__name__}: {error})")) from error
        except httpx.DecodingError as error:
            raise _Again("the answer cannot be unpacked") from error

    def _adapts(self, parameter: str, sent: dict[str, Any]) -> bool:
        """Leave out, or rename, a field of ours that this model does not know; False where that is not the trouble."""
        other = {"max_tokens": "max_completion_tokens", "temperature": None, "seed": None}
        if parameter not in other or parameter not in sent or parameter in self._options.fields:
            return False
        self._renamed = {**self._renamed, parameter: other[parameter]}
        if other[parameter] is None:
            log.warning("endpoint: %s does not take %s; its answers may vary", self._options.model, parameter)
        return True

    def _refused(self, status: int, headers: httpx.Headers, error: dict[str, Any]) -> Reply:
        message = _line(f"status {status}: {error.get('message') or 'no reason given'}")
        if _FILTERED in (error.get("code"), error.get("type")):
            return Reply("", whole=True, refusal=message)
        if _NO_MONEY in (error.get("code"), error.get("type")):
            self._stop(message, _NEVER[402])
        if status in _AGAIN or status >= 500:
            raise _Again(message, _asked_pause(headers))
        if status in _NEVER or status < 400:
            self._stop(message, _NEVER.get(status, "check WHODID_ENDPOINT_URL"))
        if status in (400, 413, 422) and (status == 413 or _TOO_LONG.search(str(error))):
            raise TooLong(message)
        raise Failed(message)

    def _stop(self, message: str, hint: str) -> NoReturn:
        raise ModelError(f"the endpoint {self._options.shown} answers {message}; {hint}")

    def _parsed(self, content: bytes) -> dict[str, Any]:
        try:
            found = json.loads(content)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise _Again(_line(f"the answer is no JSON object: {content[:80]!r}"))
        if not found.get("choices"):
            raise _Again(_line(f"the answer has no choices: {_error(content).get('message') or content[:80]!r}"))
        return found


def _line(message: str) -> str:
    return clipped(message, _LONGEST_MESSAGE)


def _reply(answer: dict[str, Any], spent: Spent) -> Reply:
    spent.answer(answer.get("usage"))
    try:
        choice = answer["choices"][0]
        message, finish = choice["message"], choice.get("finish_reason")
        text, refusal = message.get("content"), message.get("refusal")
    except (AttributeError, IndexError, KeyError, TypeError) as error:
        raise _Again(f"the answer has no message ({type(error).__name__})") from error
    if refusal or finish == _FILTERED:
        return Reply("", whole=True, refusal=_line(str(refusal or "stopped by a content filter")))
    return Reply(text if isinstance(text, str) else "", whole=finish != "length")


def _error(content: bytes) -> dict[str, Any]:
    """What a server says of an error, in one of the shapes that are common, as an object with a ``message``."""
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return {"message": _line(content.decode("utf-8", "replace"))}
    if isinstance(found, dict):
        inner = found.get("error", found)
        if isinstance(inner, dict):
            return {"message": inner.get("detail"), **inner}
        return {"message": str(inner)}
    return {"message": _line(str(found))}


_backoff = wait_exponential_jitter(max=60)
_MARGIN = 0.1  # seconds; a server's clock and ours differ


def _pause(state: RetryCallState) -> float:
    """Seconds to the next try: never less than the server asks for."""
    error = state.outcome.exception() if state.outcome else None
    asked = error.pause if isinstance(error, _Again) else None
    return _backoff(state) if asked is None else asked + _MARGIN


def _asked_pause(headers: httpx.Headers) -> float | None:
    """Seconds that ``Retry-After`` (RFC 9110, 10.2.3: a number or a date) asks for; None without one."""
    value = headers.get("Retry-After", "").strip()
    if re.fullmatch(r"\d+(\.\d+)?", value):
        return float(value)
    try:
        until = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=dt.UTC)
    return max((until - dt.datetime.now(dt.UTC)).total_seconds(), 0.0)
