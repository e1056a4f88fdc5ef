"""A report as it was read, and what did not get through."""

from __future__ import annotations

import datetime as dt

from whodid.records.base import Quote, Record


class ReportInfo(Record):
    """What a claim repeats of its report.

    url: its address; of a report without one the file that it was read from, with its line in a file of several.
    """

    id: str
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    published: dt.date | None = None
    language: str | None = None


class Report(ReportInfo):
    """One report as it was read. ``text`` never changes after this.

    published_from: how the publication date was found (``field``, ``option``, ``page:…``), None where unknown.
    retrieved: when the bytes were read (UTC). sha256: of the bytes. reader: which reader made it.
    """

    text: str
    published_from: str | None = None
    retrieved: dt.datetime | None = None
    sha256: str
    reader: str

    @property
    def info(self) -> ReportInfo:
        """The part that claims repeat."""
        return ReportInfo(**{name: getattr(self, name) for name in ReportInfo.model_fields})

    def quote(self, start: int, end: int) -> Quote:
        """The exact words from ``start`` to ``end``."""
        return Quote(text=self.text[start:end], start=start, end=end)


class Rejection(Record):
    """One input, or one part of it, that gave no claims, and why. ``code`` is documented in :mod:`whodid.errors`."""

    source: str
    code: str
    message: str
    report_id: str | None = None
