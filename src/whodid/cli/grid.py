"""Rows of cells as an aligned table that fits a terminal: the widest columns give way first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from whodid.cli.text import clean, with_codes

_GAP = 2
_LEAST = 6


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: a text, and codes after it that are kept when the text is cut."""

    text: str
    codes: str = ""
    style: str = ""

    @property
    def width(self) -> int:
        """Terminal cells that it takes uncut."""
        return cell_len(self.text) + (cell_len(self.codes) + 1 if self.codes else 0)


def print_grid(
    heads: Sequence[str], rows: Sequence[Sequence[Cell]], console: Console, *, widest: Mapping[str, int] | None = None
) -> None:
    """Print rows under their heads. widest: head → the most cells that its column gets."""
    widths = _widths(heads, rows, console.width, widest or {})
    console.print(_line([Text(clean(h), style="dim") for h in heads], widths), soft_wrap=True)
    for row in rows:
        console.print(_line([_fitted(cell, width) for cell, width in zip(row, widths, strict=True)], widths),
                      soft_wrap=True)  # fmt: skip


def _widths(heads: Sequence[str], rows: Sequence[Sequence[Cell]], total: int, widest: Mapping[str, int]) -> list[int]:
    widths = []
    for n, head in enumerate(heads):
        needed = max([cell_len(head), *(row[n].width for row in rows)])
        widths.append(max(min(needed, widest.get(head, needed)), cell_len(head)))
    free = total - _GAP * (len(heads) - 1)
    while sum(widths) > free and max(widths) > _LEAST:
        most = max(widths)
        second = max((w for w in widths if w < most), default=_LEAST)
        broad = [n for n, w in enumerate(widths) if w == most]
        over = sum(widths) - free
        step = max(1, min(most - max(second, _LEAST), -(-over // len(broad))))
        for n in broad:
            widths[n] -= step
    return widths


def _fitted(cell: Cell, width: int) -> Text:
    text, codes = with_codes(clean(cell.text), clean(cell.codes), width)
    out = Text(text, style=cell.style)
    if codes:
        out.append(f" {codes}", style="dim")
    return out


def _line(cells: Sequence[Text], widths: Sequence[int]) -> Text:
    line = Text()
    for cell, width in zip(cells, widths, strict=True):
        line.append(cell)
        line.append(" " * (width - cell.cell_len + _GAP))
    line.rstrip()
    return line
