"""``whodid quotes``: the options; what is printed is in :mod:`whodid.cli.quotes_table`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def command(  # noqa: PLR0913, PLR0917  one parameter an option
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH",
            help="Files (text, HTML, JSON Lines), folders, or - for standard input.",
            show_default=False,
        ),
    ],
    speaker: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="Only words of this speaker: an id, a name or whole words of one. May be repeated.",
            show_default=False,
        ),
    ] = None,
    direct: Annotated[
        bool, typer.Option("--direct", help="Only what stands in quotation marks, wholly or in part.")
    ] = False,
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="table, jsonl or csv. By default as the suffix of FILE, or table on a terminal, or jsonl.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to FILE.", show_default=False),
    ] = None,
    date: Annotated[
        str | None,
        typer.Option(metavar="YYYY-MM-DD", help="Publication date of the reports that have none.", show_default=False),
    ] = None,
    parser: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="spaCy pipeline: auto (the best English one installed), a package, or a folder.",
            show_default=False,
        ),
    ] = None,
    max_chars: Annotated[
        str | None, typer.Option(metavar="N", help="Reject texts that are longer than this.", show_default=False)
    ] = None,
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
