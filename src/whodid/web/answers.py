"""What the answers of the API share: which errors they tell of, how long they may be kept, and files in their place."""

from __future__ import annotations

import base64
import hashlib
import shutil
import tempfile
import weakref
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import Depends, Header, Request, Response
from fastapi.responses import FileResponse, StreamingResponse

from whodid.errors import UsageError
from whodid.web.envelope import Failure
from whodid.web.site import AData

Format = Literal["json", "csv", "jsonl", "parquet"]

_WHAT = {
    400: "A value that does not exist, or that does not fit the others.",
    401: "A log-in or a token is needed.",
    403: "Not allowed for the role of who asks.",
    404: "What the path names is not in the dataset.",
    413: "What was sent is too large.",
    414: "The address is too long.",
    422: "A parameter that is no value of its kind.",
    429: "Too many requests; the header Retry-After says when to ask again.",
    503: "The server cannot do this now.",
}
ANYWHERE = (400, 401, 403, 414, 422)
"""Errors that every operation can answer with."""

TYPES = {"csv": "text/csv; charset=utf-8; header=present", "jsonl": "application/jsonl; charset=utf-8",
         "parquet": "application/vnd.apache.parquet"}  # fmt: skip
"""Format of a file → its media type."""


def failures(*statuses: int, files: bool = False, kept: bool = False) -> dict[int | str, dict[str, Any]]:
    """What a route may answer beside what was asked for, for its ``responses``: errors in the shape of
    :class:`Failure`. files: the answer may be a file of :data:`TYPES`. kept: it goes with :func:`unchanged`."""
    told: dict[int | str, dict[str, Any]] = {
        status: {"model": Failure, "description": _WHAT[status]} for status in statuses
    }
    if files:
        told[200] = {"content": {kind.partition(";")[0]: {"schema": {"type": "string"}} for kind in TYPES.values()}}
    if kept:
        told[304] = {"description": "What the program that asks has kept is still right."}
    return told


class NotChanged(Exception):
    """What was asked for is as it was when it was given under this tag."""

    def __init__(self, headers: dict[str, str]) -> None:
        self.headers = headers


def kept_headers(
    request: Request, response: Response, data: AData,
    if_none_match: Annotated[str | None, Header(include_in_schema=False)] = None,
) -> dict[str, str]:  # fmt: skip
    """Headers by which an answer can be kept: it depends on the version of the dataset and on the address, and on
    nothing else. Raises :class:`NotChanged` where the one that asks has it already."""
    told = (version("whodid"), data.version, data.head.made.isoformat(), request.url.path,
            *sorted(request.query_params.multi_items()))  # fmt: skip
    tag = f'"{hashlib.sha256(repr(told).encode()).hexdigest()[:24]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    given = {part.strip().removeprefix("W/") for part in (if_none_match or "").split(",")}
    if tag in given or "*" in given:
        raise NotChanged(headers)
    response.headers.update(headers)
    return headers


Kept = Annotated[dict[str, str], Depends(kept_headers)]


def streamed(lines: Iterable[str], name: str, format: str, headers: dict[str, str]) -> Response:
    """Lines as a file that is sent while it is made. name: of the file, without its suffix."""
    return StreamingResponse(_together(lines), media_type=TYPES[format], headers=headers | _named(name, format))


def written(write: Callable[[Path], object], name: str, format: str, headers: dict[str, str]) -> Response:
    """A file that has to be whole before it is sent."""
    folder = tempfile.mkdtemp(prefix="whodid-file-")
    target = Path(folder, name)
    made = FileResponse(target, media_type=TYPES[format], headers=headers | _named(name, format))
    weakref.finalize(made, shutil.rmtree, folder, ignore_errors=True)  # sent, or broken off
    write(target)
    return made


def _named(name: str, format: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}.{format}"'}


_AT_ONCE = 1 << 16


def _together(lines: Iterable[str]) -> Iterator[bytes]:
    """Lines in portions: each portion costs a switch of threads."""
    held: list[str] = []
    size = 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= _AT_ONCE:
            yield "".join(held).encode()
            held, size = [], 0
    yield "".join(held).encode()


def number_cursor(after: int | None) -> str | None:
    """A cursor for a list in which places are counted."""
    return None if after is None else base64.urlsafe_b64encode(f"after {after}".encode()).decode().rstrip("=")


def read_number(cursor: str | None) -> int:
    """The place that such a cursor names. Raises UsageError for one that is none."""
    if cursor is None:
        return 0
    try:
        word, number = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii").split(" ")
        if word == "after" and number.isdecimal() and len(number) <= 9:
            return int(number)
    except ValueError:
        pass
    raise UsageError(f"cursor: {cursor!r} is none: take one that an answer gave as meta.next")
