"""What ``whodid events``, ``claims`` and ``event`` do."""

from __future__ import annotations

import datetime as dt
import re
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from whodid.cli.event_picture import print_event
from whodid.cli.events_table import print_events
from whodid.cli.table import print_table
from whodid.cli.text import console
from whodid.dataset import Dataset, open_dataset
from whodid.dataset.conditions import View
from whodid.dataset.found import find_claims, find_events
from whodid.dataset.query import Query, make_query
from whodid.errors import UsageError
from whodid.export import write_claims
from whodid.export.arrow_rows import write_rows
from whodid.records import Claim

if TYPE_CHECKING:
    from collections.abc import Callable

TABLE = "table"
FORMATS = (TABLE, "jsonl", "csv", "parquet")
SHOWN = 100
"""Rows of a table where no limit is given."""

_SUFFIXES = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".parquet": "parquet", ".txt": TABLE}


def find(
    view: View,
    folder: Path,
    given: Mapping[str, object],
    *,
    as_of: str | None,
    format: str | None,
    output: Path | None,
) -> None:
    """Print or write what fits. Raises UsageError, OSError where the output cannot be written."""
    chosen = chosen_format(format, output)
    query = make_query(**given)
    data = open_at(folder, as_of)
    if chosen == TABLE:
        _table(view, data, query, output)
    elif view == "events":
        write_output(output, _events_writer(data, query, chosen))
    else:
        claims = find_claims(data, query)
        write_output(output, lambda target: write_claims(claims, target, format=chosen))


def _table(view: View, data: Dataset, query: Query, output: Path | None) -> None:
    asked = query if query.limit else query.model_copy(update={"limit": SHOWN})
    if output is not None:
        with output.open("w", encoding="utf-8") as file:
            _print(view, data, asked, console(file))
    else:
        _print(view, data, asked, console())


def _print(view: View, data: Dataset, query: Query, screen: Console) -> None:
    """Print a table of what fits, and how much more there is to standard error."""
    if view == "events":
        found = find_events(data, query)
        total, shown = found.count(), list(found)
        print_events(shown, screen)
        count = len(shown)
    else:
        claims = find_claims(data, query)
        total, listed = claims.count(), sorted(claims, key=_by_report)
        print_table(listed, screen)
        count = len(listed)
    more = f"; {total - count:,} more: --limit shows more of them" if total > count else ""
    print(f"{total:,} {view if total != 1 else view.removesuffix('s')} · version {data.version}{more}", file=sys.stderr)


def _by_report(claim: Claim) -> tuple[str, str, int]:
    return str(claim.report.published or ""), claim.report.id, claim.trigger.start


def _events_writer(data: Dataset, query: Query, format: str) -> Callable[[Path], None]:
    found = find_events(data, query)

    def write(target: Path) -> None:
        if format == "jsonl":
            with target.open("wb") as file:
                file.writelines(f"{event.model_dump_json()}\n".encode() for event in found)
        else:
            write_rows(found.arrow(), target, format=format)

    return write


def write_output(output: Path | None, write: Callable[[Path], object]) -> None:
    """Have it written to the file, in one step, or to standard output."""
    with tempfile.TemporaryDirectory(prefix=".whodid-", dir=output.parent if output else None) as folder:
        target = Path(folder, "output")
        write(target)
        if output is not None:
            target.replace(output)
            return
        with target.open("rb") as file:
            while part := file.read(1 << 20):
                sys.stdout.buffer.write(part)
        sys.stdout.buffer.flush()


def chosen_format(format: str | None, output: Path | None, formats: Sequence[str] = FORMATS) -> str:
    """The format that is asked for. Raises UsageError for one that is not there, or that needs a file."""
    if output is not None:
        from whodid.cli.code import check_output  # loads the coder

        check_output(output, ())
    if format is None:
        if output is not None:
            return _SUFFIXES.get(output.suffix.lower(), "jsonl")
        return TABLE if sys.stdout.isatty() else "jsonl"
    if format not in formats:
        raise UsageError(f"--format: there is no format {format!r}; formats: {', '.join(formats)}")
    if format == "parquet" and output is None:
        raise UsageError("--format parquet is binary: name a file for it with -o FILE")
    return format


def open_at(folder: Path, as_of: str | None) -> Dataset:
    """The dataset as it is, or as it was at a version, day or moment. Raises UsageError."""
    return open_dataset(folder, as_of=parse_as_of(as_of))


def parse_as_of(given: str | None) -> int | dt.datetime | dt.date | None:
    """The value of ``--as-of``: a version, a day, or a moment. Raises UsageError."""
    if given is None:
        return None
    if re.fullmatch(r"\d{1,9}", given):
        return int(given)
    try:
        return dt.date.fromisoformat(given) if len(given) == 10 else dt.datetime.fromisoformat(given)
    except ValueError as error:
        raise UsageError(
            f"--as-of: {given!r} is no version, day or moment; write 12, 2020-01-14 or 2020-01-14T12:00"
        ) from error


def _followed(data: Dataset, id: str) -> str:
    """The id, or where one that starts so led when an event became part of another."""
    there = data.query("SELECT 1 FROM events WHERE starts_with(id, ?) LIMIT 1", [id])
    sql = "SELECT DISTINCT new_id FROM redirects WHERE starts_with(old_id, ?) LIMIT 2"
    if there.num_rows or not id or len(found := data.query(sql, [id])["new_id"].to_pylist()) != 1:
        return id
    print(f"whodid: the event {id} is part of {found[0]} now", file=sys.stderr)
    return str(found[0])


def show_event(folder: Path, id: str, *, as_of: str | None, format: str) -> None:
    """Print one event. Raises UsageError where none or several fit, or for an unknown format."""
    if format not in {TABLE, "json"}:
        raise UsageError(f"--format: there is no format {format!r}; formats: table, json")
    data = open_at(folder, as_of)
    event = data.event(_followed(data, id))
    if format == "json":
        sys.stdout.buffer.write((event.model_dump_json(indent=2) + "\n").encode())
        return
    told = {claim.id: claim for claim in data.claims("event_id = ?", [event.id])}
    linked = {link.event: data.event_id(link.event) for link in event.links}
    others = {e.id: e for e in data.events("list_contains(?, id)", [sorted(set(linked.values()))])}
    print_event(event, told, {old: others[new] for old, new in linked.items() if new in others}, console())
