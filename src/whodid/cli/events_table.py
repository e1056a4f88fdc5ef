"""Events as a table: a row an event, with the number of independent reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from rich.console import Console

from whodid.cli.grid import Cell, print_grid
from whodid.cli.table import id_length
from whodid.cli.text import short_days
from whodid.records import Actor, Event

HEADS = ("id", "when", "who", "did", "to whom", "where", "status", "reports")

_WIDEST = {"when": 15, "did": 20, "status": 12}
_QUAD_STYLE = {1: "green", 2: "bold green", 3: "yellow", 4: "bold red"}


def print_events(events: Iterable[Event], console: Console) -> None:
    """Print events, in the colours that the console has. ``!`` after the reports: values contradict each other."""
    every = list(events)
    length = id_length([e.id for e in every])
    years = Counter(e.when.last.year for e in every if e.when)
    year = years.most_common(1)[0][0] if years else None  # shown are the others only
    if every:
        print_grid(HEADS, [_row(e, length, year) for e in every], console, widest=_WIDEST)


def _row(event: Event, length: int, year: int | None) -> list[Cell]:
    status = "earlier" if event.historical and event.status == "happened" else event.status
    disputed = "!" if any(field.disputed for field in event.fields) else ""
    where = event.where
    return [
        Cell(event.id[:length], style="cyan"),
        Cell(short_days(event.when.first, event.when.last, year) if event.when else "–"),
        actors_cell(event.actors),
        Cell(f"{event.type} {event.mode}" if event.mode else event.type, style=_QUAD_STYLE[event.quad]),
        actors_cell(event.recipients),
        Cell(where.name or where.text, where.country or "") if where else Cell("–"),
        Cell(status, style="" if status == "happened" else "italic"),
        Cell(str(event.independent), disputed),
    ]


def actors_cell(actors: Sequence[Actor]) -> Cell:
    """The first of several actors with its codes, and how many more there are."""
    if not actors:
        return Cell("–")
    first = actors[0]
    codes = [*([first.country] if first.country else []), *first.sectors[:1]]
    if len(actors) > 1:
        codes = [*codes[:1], f"+{len(actors) - 1}"]
    return Cell(first.name or first.text, " ".join(codes))
