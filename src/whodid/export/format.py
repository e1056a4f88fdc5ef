"""What a format is: what it takes and leaves out, the files it writes, and the meaning of every column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Generic, Literal, Protocol, TypeVar

from whodid.export.cells import Cell, csv_line, tsv_line
from whodid.export.told import Told

Kind = Literal["text", "whole number", "number", "day", "true or false", "list", "object"]
Row = TypeVar("Row")

LEFT_OUT: Mapping[str, str] = MappingProxyType(
    {
        "future": "planned, promised or called for, and the format has no place for that",
        "hypothetical": "on a condition, feared or possible, and the format has no place for that",
        "negated": "denied or did not happen, and the format has no place for that",
        "no-day": "the format needs a day, and none is known",
        "no-single-day": "the format needs one day, and only a longer time is known",
        "no-month": "the format needs a month at least, and only a longer time is known",
        "no-actor": "the format needs an actor, and none is given",
        "no-recipient": "the format needs a recipient, and none is given",
        "no-cameo": "the format needs a CAMEO code, and there is none for the event",
        "no-place": "the format needs a place, and none is given or it is in no gazetteer",
        "place-too-wide": "the format needs a province at least, and only the country is known",
        "no-acled-type": "the event is of no type that the format has",
        "same-number": "its number is that of another event already written",
    }
)
"""Why an event is not in an export: code → meaning."""

REDUCED: Mapping[str, str] = MappingProxyType(
    {
        "further-actors": "the format has room for one actor; the first is in it",
        "further-recipients": "the format has room for one recipient; the first is in it",
        "disputed-values": "values that other reports give are not in it",
    }
)
"""What of an event that was exported is not in the file: code → meaning."""


@dataclass(frozen=True)
class Field:
    """A column or key: its type, meaning, and the field of Whodid's records that it comes from; ``source`` is empty for
    one that is never filled."""

    name: str
    kind: Kind
    meaning: str
    source: str


@dataclass(frozen=True)
class Column(Field, Generic[Row]):
    """A column of a table with what is in it for a row."""

    get: Callable[[Row], Cell]


class Sink(Protocol):
    """Takes the events of an export, one after the other."""

    def add(self, told: Told) -> None:
        """Write an event that the format does not refuse."""

    def close(self) -> None:
        """Finish the files; nothing is added after it."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format.

    name: what users call it. title: one line. document: the publication that says what the format is. note: what to
    know before using it. files: name of each file → its columns or keys. refuse: the code of :data:`LEFT_OUT` for an
    event that has no place in it, None for one that has. reduce: the codes of :data:`REDUCED` for one that is written.
    open: starts writing into a folder. numbered: True if events go by numbers in it, two of which may never be the
    same.
    """

    name: str
    title: str
    document: str
    note: str
    files: Mapping[str, tuple[Field, ...]]
    refuse: Callable[[Told], str | None]
    reduce: Callable[[Told], Iterable[str]]
    open: Callable[[Path], Sink]
    numbered: bool = False


# ---------------------------------------------------------------- what formats share


def only_happened(told: Told) -> str | None:
    """The status of an event that did not happen, else None. A threat or a promise happened; its content did not."""
    return None if told.event.status == "happened" else told.event.status


def happened_on_a_day(told: Told) -> str | None:
    """Why an event has no row in a table of what happened on one day each, else None."""
    if status := only_happened(told):
        return status
    if told.event.when is None:
        return "no-day"
    return "no-single-day" if told.day is None else None


def dyadic(told: Told) -> Iterable[str]:
    """What is lost where a row has one actor and one recipient."""
    if len(told.event.actors) > 1:
        yield "further-actors"
    if len(told.event.recipients) > 1:
        yield "further-recipients"
    yield from one_value(told)


def one_value(told: Told) -> Iterable[str]:
    """What is lost where a field has the consensus only."""
    if any(field.disputed for field in told.event.fields):
        yield "disputed-values"


def nothing(told: Told) -> Iterable[str]:
    """Nothing is lost."""
    del told
    return ()


class Lines:
    """A text file to which lines are added."""

    def __init__(self, path: Path, *, start: str = "") -> None:
        with ExitStack() as stack:
            self._file = stack.enter_context(path.open("w", encoding="utf-8", newline=""))
            self._file.write(start)
            self._stack = stack.pop_all()

    def write(self, line: str) -> None:
        """Add a line that has its line end."""
        self._file.write(line)

    def close(self) -> None:
        """Close the file."""
        self._stack.close()


@dataclass(frozen=True)
class Table(Generic[Row]):
    """A file of rows. rows: those of an event. header: True if names of columns come first. start: what comes before
    them, such as a byte order mark."""

    file: str
    columns: tuple[Column[Row], ...]
    rows: Callable[[Told], Iterable[Row]]
    line: Callable[[Iterable[Cell]], str]
    header: bool = True
    start: str = ""


class TableSink:
    """Writes the rows of events into one file a table."""

    def __init__(self, folder: Path, tables: Iterable[Table[Any]]) -> None:
        self._tables = [(table, self._open(folder, table)) for table in tables]

    @staticmethod
    def _open(folder: Path, table: Table[Any]) -> Lines:
        names = table.line(column.name for column in table.columns) if table.header else ""
        return Lines(folder / table.file, start=table.start + names)

    def add(self, told: Told) -> None:
        """Write the rows of an event into every table."""
        for table, lines in self._tables:
            for row in table.rows(told):
                lines.write(table.line(column.get(row) for column in table.columns))

    def close(self) -> None:
        """Close the files."""
        for _, lines in self._tables:
            lines.close()


__all__ = [
    "LEFT_OUT",
    "REDUCED",
    "Column",
    "Field",
    "Format",
    "Lines",
    "Sink",
    "Table",
    "TableSink",
    "csv_line",
    "dyadic",
    "happened_on_a_day",
    "nothing",
    "one_value",
    "only_happened",
    "tsv_line",
]
