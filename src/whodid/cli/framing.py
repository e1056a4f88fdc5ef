"""``whodid framing``: the options; what is printed is in :mod:`whodid.cli.framing_table`."""

from __future__ import annotations

from typing import Annotated

import typer

from whodid.cli import options


def command(  # noqa: PLR0913, PLR0917  one parameter an option
    paths: options.Paths,
    compare: Annotated[
        bool, typer.Option("--compare", help="Compare the outlets: for each thing the words that each of them uses.")
    ] = False,
    voice: Annotated[
        str,
        typer.Option(metavar="VOICE", help="Whose words: outlet (the report's own), quoted, paraphrased or any."),
    ] = "outlet",
    neutral: Annotated[
        bool, typer.Option("--neutral", help="List neutral words too; a comparison always has them.")
    ] = False,
    format: Annotated[
        str | None, options.format_option("table, jsonl or csv. Without it: table on a terminal, else jsonl.")
    ] = None,
    date: options.Date = None,
    parser: options.Parser = None,
) -> None:
    """List the loaded words that reports use for contested things: regime or government, assassination or killing.

    Only what a report says in its own name counts, outside quotation marks and reported words. Exit status: 0 if
    something was read, 1 if every input was rejected, 2 for wrong usage, 3 if the work could not be done.
    """
    from whodid.cli.framing_table import run

    raise typer.Exit(
        run(paths, compared=compare, voice=voice, neutral=neutral, format=format, date=date, parser=parser)
    )
