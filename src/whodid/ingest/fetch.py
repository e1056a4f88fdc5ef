"""Addresses → bytes, with a limit of time and of size."""

from __future__ import annotations

import gzip
import http.client
import time
import urllib.error
import urllib.request
import zlib
from dataclasses import dataclass
from http.client import HTTPMessage
from importlib.metadata import version
from typing import IO
from urllib.parse import quote, urlsplit, urlunsplit

from whodid.errors import ReadError
from whodid.ingest.formats import table
from whodid.ingest.page import MAX_BYTES

TIMEOUT = 20.0
"""Seconds that a server may stay silent."""

DEADLINE = 60.0
"""Seconds that one address may take in all."""

_AGENT = f"whodid/{version('whodid')} (reads news reports; one request a page)"
_CHUNK = 65_536
_ADVICE = "open it in a browser to see whether it is still there, or save the page and give the file"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server gave: the bytes, the address after redirections, the charset and suffix of its content type."""

    data: bytes
    url: str
    charset: str | None
    suffix: str


def is_address(text: str) -> bool:
    """True for a whole http or https address."""
    return text.lower().startswith(("http://", "https://")) and not any(c.isspace() for c in text)


def fetch(url: str) -> Fetched:
    """The bytes at ``url``, at most 20 MB. Raises ReadError(``unreadable``)."""
    try:
        request = urllib.request.Request(_ascii(url), headers={"User-Agent": _AGENT, "Accept": "text/html,*/*;q=0.5"})
        with _OPENER.open(request, timeout=TIMEOUT) as answer:
            data = _limited(answer, time.monotonic() + DEADLINE)
            content_type = answer.headers.get_content_type()
            return Fetched(
                data=_unpacked(data, answer.headers.get("Content-Encoding", "")),
                url=answer.url,
                charset=answer.headers.get_content_charset(),
                suffix=table("content_types").get(content_type, ""),
            )
    except urllib.error.HTTPError as error:
        error.close()
        raise ReadError("unreadable", f"the server answered {error.code} {error.reason}; {_ADVICE}") from error
    except urllib.error.URLError as error:
        raise ReadError("unreadable", f"the address cannot be reached: {error.reason}; {_ADVICE}") from error
    except (OSError, EOFError, ValueError, zlib.error, http.client.HTTPException) as error:
        raise ReadError(
            "unreadable", f"the address cannot be read: {error or type(error).__name__}; {_ADVICE}"
        ) from error


class _WebOnly(urllib.request.HTTPRedirectHandler):
    """Follows redirections to http and https only."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        """The next request, or HTTPError."""
        if not is_address(newurl):
            raise urllib.error.HTTPError(newurl, code, "and sent on to what is not a web address", headers, fp)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


_OPENER = urllib.request.build_opener(_WebOnly)


def _limited(answer: http.client.HTTPResponse, deadline: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    while chunk := answer.read1(_CHUNK):
        parts.append(chunk)
        size += len(chunk)
        if size > MAX_BYTES:
            raise ValueError(f"it has more than {MAX_BYTES:,} bytes")
        if time.monotonic() > deadline:
            raise TimeoutError(f"it took longer than {DEADLINE:.0f} seconds")
    missing = answer.length
    if missing:
        raise OSError(f"the connection ended {missing:,} bytes early")
    return b"".join(parts)


def _unpacked(data: bytes, encoding: str) -> bytes:
    """``data`` without the compression that some servers use unasked; at most 20 MB."""
    if encoding.lower() not in ("gzip", "x-gzip"):
        return data
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    plain = unpacker.decompress(data, MAX_BYTES + 1)
    if len(plain) > MAX_BYTES:
        raise ValueError(f"it has more than {MAX_BYTES:,} bytes")
    if not unpacker.eof:
        raise gzip.BadGzipFile("its compressed bytes end early")
    return plain


def _ascii(url: str) -> str:
    """``url`` with its letters beyond ASCII encoded: the host as IDNA, the rest as percent signs and UTF-8."""
    if url.isascii():
        return url
    parts = urlsplit(url)
    host = parts.netloc.encode("idna").decode("ascii")
    path, query = (quote(part, safe="/%:=&?~+!$,;'@()*[]") for part in (parts.path, parts.query))
    return urlunsplit((parts.scheme, host, path, query, ""))
