"""What an export is made of: an event with the claims that tell of it and their reports."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from whodid.records import Claim, Event, Report

_BITS = 53
"""Numbers of ids have as many bits as a float keeps exactly, so that R, JavaScript and spreadsheets read them right."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event, the claims that tell of it (the one that its id is of first) and, where they are at hand, the reports
    that make these, by id. What rests on the text of a report stays empty without it."""

    event: Event
    claims: tuple[Claim, ...]
    reports: Mapping[str, Report] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.claims:
            raise ValueError(f"event {self.event.id} has no claims")

    @property
    def lead(self) -> Claim:
        """The claim whose words stand for the event: the first that gives its type and its status."""
        wanted = (self.event.type, self.event.status)
        return next((c for c in self.claims if (c.type, c.status) == wanted), self.claims[0])

    @property
    def urls(self) -> tuple[str, ...]:
        """Addresses of its reports that are on the web."""
        return tuple(dict.fromkeys(c.report.url for c in self.claims if is_web(c.report.url) and c.report.url))

    @property
    def retrieved(self) -> dt.datetime | None:
        """When the first of its reports was read (UTC), None where no report tells."""
        return min((r.retrieved for r in self.reports.values() if r.retrieved), default=None)

    @property
    def day(self) -> dt.date | None:
        """The day of the event, None where it is not known or known less exactly."""
        when = self.event.when
        return when.first if when and when.first == when.last else None

    def killed(self) -> int | None:
        """How many were killed at least, by the consensus; None where no report tells."""
        return next((t.low for t in self.event.counts if t.what == "killed"), None)


def number(id: str) -> int:
    """A whole number for an id, always the same for the same id: 53 bits of its SHA-256."""
    digest = int.from_bytes(hashlib.sha256(id.encode()).digest()[:8], "big")
    return digest >> (64 - _BITS)


def is_web(url: str | None) -> bool:
    """True for an address on the web."""
    return bool(url) and str(url).startswith(("http://", "https://"))
