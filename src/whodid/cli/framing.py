"""``whodid framing``: the options; what is printed is in :mod:`whodid.cli.framing_table`."""

from __future__ import annotations

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
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="table, jsonl or csv. Without it: table on a terminal, else jsonl.",
            show_default=False,
        ),
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
) -> None:
    """List the loaded words that reports use for contested things: regime or government, assassination or killing.

    Only what a report says in its own name counts, outside quotation marks and reported words. Exit status: 0 if
    something was read, 1 if every input was rejected, 2 for wrong usage, 3 if the work could not be done.
    """
    from whodid.cli.framing_table import run

    raise typer.Exit(
        run(paths, compared=compare, voice=voice, neutral=neutral, format=format, date=date, parser=parser)
    )
