"""Draft → Report: the checks that hold for every reader, and the report's id."""

from __future__ import annotations

import datetime as dt
import hashlib

from whodid.errors import ReadError
from whodid.ingest.language import recognise
from whodid.ingest.readers import Draft
from whodid.records import Rejection, Report

_ID_LENGTH = 16


class Intake:
    """Lets each report of one call in once. Memory grows by a few dozen bytes a report, not with their texts."""

    def __init__(self, date: dt.date | None, max_chars: int) -> None:
        self._date = date
        self._max_chars = max_chars
        self._ids: dict[bytes, str] = {}  # content → id of the first report that has it
        self._sources: dict[str, str] = {}  # id → where it was first given

    def admit(self, draft: Draft) -> Report | Rejection:
        """The report, or why it is none (codes ``empty``, ``too-long``, ``encoding``, ``bad-field``, ``duplicate``)."""
        try:
            return self._report(draft)
        except ReadError as error:
            return Rejection(source=draft.source, code=error.code, message=error.message, report_id=draft.id)

    def _report(self, draft: Draft) -> Report | Rejection:
        self._check(draft)
        published, published_from = draft.published, draft.published_from
        if published is None and self._date is not None:
            published, published_from = self._date, "option"
        report_id = draft.id or _content_id(draft, published)
        key = _digest(draft.text, draft.publisher, published)
        if key in self._ids:
            return Rejection(
                source=draft.source,
                code="duplicate",
                message=f"the same text with the same publisher and date came earlier as report {self._ids[key]} "
                f"({self._sources[self._ids[key]]})",
                report_id=report_id,
            )
        if report_id in self._sources:
            raise ReadError(
                "bad-field",
                f"the id {report_id!r} was given before ({self._sources[report_id]}) to another report; "
                "an id must be unique, or left out: then it is made from the content",
            )
        self._ids[key] = report_id
        self._sources[report_id] = draft.source
        return Report(
            id=report_id,
            url=draft.url or draft.source,
            publisher=draft.publisher,
            title=draft.title,
            published=published,
            language=draft.language or recognise(draft.text),
            text=draft.text,
            published_from=published_from,
            retrieved=dt.datetime.now(dt.UTC),
            sha256=draft.sha256,
            reader=draft.reader,
        )

    def _check(self, draft: Draft) -> None:
        if not draft.text.strip():
            raise ReadError("empty", "there is no text in it, only blanks" if draft.text else "there is no text in it")
        if len(draft.text) > self._max_chars:
            raise ReadError(
                "too-long",
                f"the text has {len(draft.text):,} characters; {self._max_chars:,} are allowed. "
                "Raise WHODID_MAX_CHARS or split the text",
            )
        for field in ("text", "id", "title", "publisher", "url"):
            value = getattr(draft, field)
            if value is not None and not value.isascii() and any("\ud800" <= c <= "\udfff" for c in value):
                raise ReadError(
                    "encoding" if field == "text" else "bad-field",
                    f"`{field}` holds half a character (a lone surrogate such as \\ud83d); write whole ones",
                )


def _content_id(draft: Draft, published: dt.date | None) -> str:
    """16 hexadecimal digits of the SHA-256 of publisher, address, day and text."""
    day = published.isoformat() if published else ""
    content = "\x1f".join([draft.publisher or "", draft.url or "", day, draft.text])
    return hashlib.sha256(content.encode()).hexdigest()[:_ID_LENGTH]


def _digest(text: str, publisher: str | None, published: dt.date | None) -> bytes:
    content = "\x1f".join([publisher or "", published.isoformat() if published else "", text])
    return hashlib.sha256(content.encode()).digest()[:_ID_LENGTH]
