"""Publication dates as data files write them."""

from __future__ import annotations

import datetime as dt
import re

ALLOWED = (
    "allowed are 2020-01-14, 20200114, a timestamp such as 2020-01-14T09:30:00+03:00, and 14 Jan 2020 09:30:00 +0300"
)
"""What a date may look like, for messages."""

FIRST_YEAR, LAST_YEAR = 1600, 2200
"""Years outside are errors of the data or stand for "no date"; the first printed newspapers are of the 1600s."""

_TIME = r"(?:[01]\d|2[0-4]):[0-5]\d(?::[0-6]\d(?:[.,]\d+)?)?"
_ZONE = r"\s?(?:Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)"
_ISO = re.compile(rf"(\d{{4}})-(\d\d)-(\d\d)(?:[Tt ]{_TIME}(?:{_ZONE})?)?", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(?:[01]\d|2[0-4])[0-5]\d(?:[0-6]\d)?(?:Z|[+-]\d{4})?)?", re.ASCII)
_RFC_2822 = re.compile(
    rf"(?:(?:mon|tue|wed|thu|fri|sat|sun),\s*)?(\d\d?)\s+([a-z]{{3}})\s+(\d{{4}})(?:\s+{_TIME}(?:\s+(?:[+-]\d{{4}}|[a-z]{{1,4}}))?)?",
    re.ASCII | re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def parse_date(value: object) -> dt.date:
    """The day that ``value`` names: ISO 8601 (day or timestamp), YYYYMMDD, or RFC 2822.

    Of a timestamp it is the day as written, in its own offset: what readers of the outlet call "today".
    Raises ValueError, with what is allowed, where it is no date, an impossible one or one that reads in two ways.
    """
    text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if match := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    elif (match := _RFC_2822.fullmatch(text)) and match[2].lower() in _MONTHS:
        year, month, day = int(match[3]), _MONTHS.index(match[2].lower()) + 1, int(match[1])
    else:
        raise ValueError(f"{shown(value)} is not a date that reads in one way only; {ALLOWED}")
    try:
        date = dt.date(year, month, day)
    except ValueError as error:
        raise ValueError(f"{shown(value)} is an impossible date; {ALLOWED}") from error
    if not FIRST_YEAR <= date.year <= LAST_YEAR:
        raise ValueError(
            f"{shown(value)} is not a publication date; years from {FIRST_YEAR} to {LAST_YEAR} are allowed"
        )
    return date


def shown(value: object, limit: int = 60) -> str:
    """``value`` for a message: quoted, and cut if it is long."""
    text = repr(value[: limit + 1]) if isinstance(value, str) else repr(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"
