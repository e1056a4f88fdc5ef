"""``whodid sql``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from whodid.cli import filters, options

if TYPE_CHECKING:
    import pyarrow as pa

_SHOWN = 100


def sql(  # noqa: PLR0913, PLR0917  one parameter an option
    folder: filters.Folder,
    query: Annotated[
        str,
        typer.Argument(metavar="QUERY", help="One SELECT, or - to read it from standard input.", show_default=False),
    ],
    limit: Annotated[
        int | None,
        typer.Option(
            metavar="N", help="At most N rows: by default 100 for a table, 1,000,000 else.", min=1, show_default=False
        ),
    ] = None,
    seconds: Annotated[float, typer.Option(metavar="S", help="Time that the query may take.")] = 30.0,
    memory: Annotated[int, typer.Option(metavar="MIB", help="Memory that the query may take.")] = 1024,
    as_of: filters.AsOf = None,
    format: Annotated[
        str | None,
        options.format_option(
            "table, jsonl, csv or parquet. By default as the suffix of FILE, or table on a terminal, or jsonl."
        ),
    ] = None,
    output: Annotated[Path | None, options.output_option("Write to FILE.")] = None,
) -> None:
    """Ask a dataset in SQL: read-only, over the views events, claims, reports, statements, links, rejections, runs, ….

    The query runs in a process of its own that cannot read or write files, use the network, load extensions or change
    settings. docs/query.md lists the views and their columns. Exit status: 0; 2 where the query is wrong or needs
    more than it may take; 3 if the work could not be done.
    """
    from whodid.cli.found import TABLE, chosen_format, open_at, write_output
    from whodid.dataset.sql import Limits
    from whodid.dataset.sql import sql as ask
    from whodid.export.arrow_rows import write_rows

    chosen = chosen_format(format, output)
    rows = limit or (_SHOWN if chosen == TABLE else 1_000_000)
    text = sys.stdin.read() if query == "-" else query
    answer = ask(open_at(folder, as_of), text, Limits(seconds=seconds, memory_mb=memory, rows=rows))
    if chosen != TABLE:
        write_output(output, lambda target: write_rows(answer.table, target, format=chosen))
    elif output is not None:
        with output.open("w", encoding="utf-8") as file:
            _print(answer.table, file)
    else:
        _print(answer.table, None)
    if answer.cut:
        print(f"whodid: only the first {rows:,} rows; --limit gives more", file=sys.stderr)


def _print(table: pa.Table, file: Any) -> None:
    from whodid.cli.grid import Cell, print_grid
    from whodid.cli.text import console
    from whodid.export.arrow_rows import cell_text

    rows = [[Cell(cell_text(value)) for value in row.values()] for row in table.to_pylist()]
    if table.column_names:
        print_grid(table.column_names, rows, console(file))


COMMANDS = (sql,)
"""Every verb of this module, by its name."""
