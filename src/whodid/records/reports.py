"""A report as it was read, and what did not get through."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

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


class Usage(Record):
    """What reports cost at a model elsewhere: requests sent (those that failed too), and tokens read and written as the
    server counts them. ``uncounted``: answers that came without such counts."""

    requests: int = Field(default=0, ge=0)
    input_tokens: int = Field(default=0, ge=0)
    output_tokens: int = Field(default=0, ge=0)
    uncounted: int = Field(default=0, ge=0)

    def __add__(self, other: Usage) -> Usage:
        return Usage(**{name: getattr(self, name) + getattr(other, name) for name in Usage.model_fields})


class Rejection(Record):
    """One input, or one part of it, that gave no claims, and why. ``code`` is documented in :mod:`whodid.errors`.

    usage: what it cost all the same; it is for the summary of the run and is not written out with the rest.
    """

    source: str
    code: str
    message: str
    report_id: str | None = None
    usage: Usage | None = Field(default=None, exclude=True)
