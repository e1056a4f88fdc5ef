"""``whodid quotes``: the options; what is printed is in :mod:`whodid.cli.quotes_table`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from whodid.cli import options


def command(  # noqa: PLR0913, PLR0917  one parameter an option
    paths: options.Paths,
    speaker: Annotated[
        list[str] | None,
        options.repeated("NAME", "Only words of this speaker: an id, a name or whole words of one."),
    ] = None,
    direct: Annotated[
        bool, typer.Option("--direct", help="Only what stands in quotation marks, wholly or in part.")
    ] = False,
    format: Annotated[
        str | None,
        options.format_option(
            "table, jsonl or csv. By default as the suffix of FILE, or table on a terminal, or jsonl."
        ),
    ] = None,
    output: Annotated[Path | None, options.output_option("Write to FILE.")] = None,
    date: options.Date = None,
    parser: options.Parser = None,
    max_chars: options.MaxChars = None,
) -> None:
    """List who said what: speaker, hearer, the attributing words, the words themselves, stance and day.

    Also what is thought, asked, promised or wished, and not only what is said. Exit status: 0 if something was read, 1
    if every input was rejected, 2 for wrong usage, 3 if the work could not be done.
    """
    from whodid.cli.quotes_table import run

    given = {"parser": parser, "max_chars": max_chars}
    raise typer.Exit(
        run(paths, speakers=speaker or [], direct=direct, format=format, output=output, date=date, given=given)
    )
