"""What a timeline is made of."""

from __future__ import annotations

import datetime as dt
from pathlib import PurePath

from pydantic import Field

from whodid.records import Precision, Record, Status
from whodid.timeline.wording import number


class Source(Record):
    """One report of a line: the claim taken from it and the sentence that it stands in. ``speaker`` is whose word it is
    there, None for the outlet's own."""

    claim: str
    report: str
    publisher: str | None
    title: str | None
    url: str | None
    published: dt.date | None
    speaker: str | None
    words: str

    @property
    def name(self) -> str:
        """What people call it: its publisher, else its title, else the last part of its address, else its id."""
        last = PurePath(self.url).name if self.url else ""
        return self.publisher or self.title or last or self.report

    @property
    def link(self) -> str | None:
        """Its address on the web, None where it has none."""
        return self.url if self.url and self.url.startswith(("http://", "https://")) else None


class Place(Record):
    """Where a line took place; degrees, WGS84."""

    name: str
    country: str | None
    latitude: float | None
    longitude: float | None


class Line(Record):
    """One line: an event, and further events (``also``) that tell the same thing.

    first, last: days between which it happened; when: the same in words. headline: the codes in words. sources: one a
    report, the first is quoted. differ: what the reports contradict each other in, in words. rank: 1 for the line that
    was chosen first. weight: what its support is worth; novelty: 0 to 1, how little the lines chosen before it tell of
    it.
    """

    event: str
    also: tuple[str, ...]
    first: dt.date
    last: dt.date
    precision: Precision
    when: str
    headline: str
    type: str
    mode: str | None
    status: Status
    where: Place | None
    sources: tuple[Source, ...] = Field(min_length=1)
    independent: int
    differ: tuple[str, ...]
    rank: int
    weight: float
    novelty: float


class Timeline(Record):
    """Lines in the order of their days.

    events: how many were looked at. told: how many of them the lines tell. undated: how many have no day and are left
    out. left_out: how many others are left out, as there is a limit. made: the moment of the data, for formats that
    need one.
    """

    title: str
    lines: tuple[Line, ...]
    events: int
    told: int
    undated: int
    left_out: int
    made: dt.datetime

    @property
    def summary(self) -> str:
        """What it tells of what, and what it leaves out, in a sentence."""
        told = f"{number(len(self.lines), 'line')}, which tell {self.told} of {number(self.events, 'event')}"
        if self.left_out:
            told += f"; {self.left_out} left out, as fewer reports tell them or they add little"
        if self.undated:
            told += f"; {self.undated} left out, as their day is not known"
        return f"{told}."
