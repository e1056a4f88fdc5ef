"""Cells and lines of CSV and TSV that no program misreads.

**CSV** (RFC 4180, ``\\r\\n``, no BOM). A text that a program would take for something else gets an apostrophe before
it: what a spreadsheet would run as a formula (it starts with ``=``, ``+``, ``-``, ``@`` or their full-width forms;
OWASP's page on CSV injection), what it would turn into a number ("0831", "12e5") or another value ("1/2"), what R and
pandas read as missing ("NA", "null", …) or as a truth value, and what starts with an apostrophe already, so that taking
one off gives the text back. Days (2020-01-12) stay as they are: to be read as days is what they are for. A line break
within a text becomes a space.

**TSV** as GDELT, ICEWS and POLECAT publish it: no quoting, ``\\n``. Tabs and line breaks within a text become spaces, a
straight double quote becomes an apostrophe, as many readers take it for the start of a quoted cell.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import StringIO
from typing import TypeVar

Cell = str | int | float | bool | dt.date | None
Of = TypeVar("Of")

_FORMULA = tuple("=+-@＝＋－＠")
_BREAKS = {ord(c): " " for c in "\r\n\t\v\f\x1c\x1d\x1e\x85\u2028\u2029\0"}
_QUOTE = {ord('"'): "'"}
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_MISREAD = re.compile(
    r"""
      [\d.,\s%$€£/:-]*\d[\d.,\s%$€£/:-]*\Z    # numbers, leading zeros, other dates and times
    | \d*\.?\d+e[+-]?\d+\Z | 0x[\da-f]+\Z             # floating point, hexadecimal
    | inf(inity)?\Z | nan\Z | n/?a\Z | \#n/?a.*\Z | <na>\Z | null\Z | none\Z | nil\Z    # missing, to somebody
    | true\Z | false\Z | t\Z | f\Z                    # truth values, to R also T and F
    """,
    re.VERBOSE | re.IGNORECASE,
)


def safe(cell: Cell) -> Cell:
    """A cell of CSV that no spreadsheet runs or changes and no row breaks at. Anything but text stays as it is."""
    if not isinstance(cell, str):
        return cell
    flat = cell.translate(_BREAKS)
    bare = flat.strip()
    if bare.startswith(("'", *_FORMULA)) or (_MISREAD.match(bare) and not _ISO_DAY.match(bare)):
        return "'" + flat
    return flat


def plain(cell: Cell) -> str:
    """A cell as text: nothing for None, true and false for truth values, ISO 8601 for days."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return cell.isoformat() if isinstance(cell, dt.date) else str(cell)


def csv_line(cells: Iterable[Cell]) -> str:
    """One line of CSV with its line end."""
    buffer = StringIO()
    csv.writer(buffer).writerow([plain(safe(cell)) for cell in cells])
    return buffer.getvalue()


def csv_lines(columns: Mapping[str, Callable[[Of], Cell]], things: Iterable[Of]) -> Iterator[str]:
    """The header line, then one line a thing. columns: name → what is in it for a thing."""
    yield csv_line(columns)
    for thing in things:
        yield csv_line([column(thing) for column in columns.values()])


def tsv_line(cells: Iterable[Cell]) -> str:
    """One line of TSV with its line end."""
    return "\t".join(plain(cell).translate(_BREAKS).translate(_QUOTE) for cell in cells) + "\n"
