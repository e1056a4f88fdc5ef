"""Small helpers for words on a terminal: control characters taken out, cut to a width, days made short."""

from __future__ import annotations

import datetime as dt
import os
import unicodedata
from pathlib import PurePath
from typing import IO

from rich.cells import cell_len, set_cell_size
from rich.console import Console

from whodid.records import ReportInfo, When

_NAME = 9  # cells that a name gets at least
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")  # not the locale's


WIDTH = 100
"""Columns of what is not written to a terminal."""


def console(file: IO[str] | None = None) -> Console:
    """A console as wide as its terminal, or of :data:`WIDTH` columns; colours where the terminal has them and NO_COLOR
    does not forbid them."""
    made = Console(file=file, highlight=False)
    if not made.is_terminal and "COLUMNS" not in os.environ:
        made.width = WIDTH
    return made


def clean(text: str) -> str:
    """The text with a space for each character that could steer a terminal or reorder a line (control and format
    characters, line ends): the same length, so offsets still fit."""
    return "".join(" " if unicodedata.category(c) in {"Cc", "Cf", "Zl", "Zp", "Cs"} else c for c in text)


def fit(text: str, width: int) -> str:
    """The text in ``width`` terminal cells at most, with an ellipsis where it was cut."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, max(width - 1, 0)).rstrip() + "…" if width > 0 else ""


def with_codes(name: str, codes: str, width: int) -> tuple[str, str]:
    """A name and as many of its codes as fit beside a part of it, since codes say more than the end of a name."""
    least = min(cell_len(name), _NAME)
    while codes and least + 1 + cell_len(codes) > width:
        codes = codes.rpartition(" ")[0]
    return fit(name, width - cell_len(codes) - 1 if codes else width), codes


def day(when: When | None, year: int | None) -> str:
    """Days as short as they are clear; the year only where it is not ``year``."""
    return short_days(when.first, when.last, year, month=when.precision == "month") if when else "–"


def short_days(a: dt.date, b: dt.date, year: int | None, *, month: bool = False) -> str:
    """The same for a first and a last day. month: a whole month is meant."""
    after = "" if a.year == b.year == year else f" {b.year}"
    if a == b:
        return f"{a.day} {_MONTHS[a.month - 1]}{after}"
    if (a.month, a.day, b.month, b.day) == (1, 1, 12, 31):
        return str(a.year) if a.year == b.year else f"{a.year}–{b.year}"
    if month and (a.year, a.month) == (b.year, b.month):
        return f"{_MONTHS[a.month - 1]} {a.year}"
    if (a.year, a.month) == (b.year, b.month):
        return f"{a.day}–{b.day} {_MONTHS[a.month - 1]}{after}"
    if b.year == year == a.year + 1:  # over one New Year's day: clear without
        after = ""
    before = "" if a.year == b.year or not after else f" {a.year}"
    return f"{a.day} {_MONTHS[a.month - 1]}{before}–{b.day} {_MONTHS[b.month - 1]}{after}"


def report_name(report: ReportInfo) -> str:
    """What a person calls a report: its title, else the last part of its address, else its id."""
    if report.title:
        return clean(report.title)
    return clean(PurePath(report.url).name or report.url) if report.url else clean(report.id)
