"""The verbs that make a dataset and keep it: their options. What they do is in :mod:`whodid.cli.dataset`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from whodid.cli import options

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The folder of the dataset.")]
Judgements = Annotated[
    str | None,
    typer.Option(
        metavar="URL",
        help="Database of people's judgements, such as postgresql+psycopg://HOST/NAME; by default SQLite in DIR.",
        show_default=False,
    ),
]
By = Annotated[str, typer.Option(metavar="NAME", help="Who you are.", envvar="USER", show_default=False)]


def init(
    folder: Folder,
    judgements: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="Keep people's judgements in this database, such as postgresql+psycopg://HOST/NAME, and not in DIR.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Make an empty dataset in a new folder."""
    from whodid.cli import dataset

    dataset.init(folder, judgements)


def add(  # noqa: PLR0913, PLR0917  one parameter an option
    folder: Folder,
    paths: options.Paths,
    date: options.Date = None,
    recode: Annotated[
        bool, typer.Option("--recode", help="Code again what another version or other settings coded.")
    ] = False,
    restore: Annotated[bool, typer.Option("--restore", help="Take in again what was removed.")] = False,
    progress: Annotated[bool, typer.Option("--progress/--no-progress", help="Show progress on a terminal.")] = True,
    workers: Annotated[
        str | None, typer.Option(metavar="N", help="Processes that code reports, 1 by default.", show_default=False)
    ] = None,
    coder: options.Coder = None,
    min_score: options.MinScore = None,
    parser: options.Parser = None,
    ontology: options.Ontology = None,
    max_chars: options.MaxChars = None,
    judgements: Judgements = None,
) -> None:
    """Code reports, store them in a dataset with their claims, and fuse these into events.

    Reports that are there already are skipped, so a stopped run goes on when the same command is given again. Another
    text under the address, or of the publisher, title and day, of a report that is there supersedes it.

    Exit status: 0 if something was read or was there already, 1 if every input was rejected (for another reason than
    that there was no event in it), 2 for wrong usage, 3 if the work could not be done.
    """
    from whodid.cli import dataset

    given = {
        "workers": workers,
        "coder": coder,
        "min_score": min_score,
        "parser": parser,
        "ontology": ontology,
        "max_chars": max_chars,
    }
    raise typer.Exit(
        dataset.add(
            folder, paths, date=date, recode=recode, restore=restore, judgements=judgements, progress=progress,
            given=given,
        )
    )  # fmt: skip


def remove(
    folder: Folder,
    reports: Annotated[list[str], typer.Argument(metavar="REPORT", help="Ids of reports, or their first characters.")],
    by: By = "",
    note: Annotated[str | None, typer.Option(metavar="TEXT", help="Why.", show_default=False)] = None,
    judgements: Judgements = None,
) -> None:
    """Remove reports and all that was claimed in them. Earlier versions still have them; from now on they stay out."""
    from whodid.cli import dataset

    dataset.remove(folder, reports, by or None, note, judgements)


def judge(  # noqa: PLR0913, PLR0917  one parameter an option
    folder: Folder,
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="A claim's id, or its first characters.")],
    other: Annotated[str, typer.Argument(metavar="CLAIM", help="Another one.")],
    verdict: Annotated[str, typer.Argument(metavar="VERDICT", help="same, different or unsure.")],
    by: By = "",
    why: Annotated[str, typer.Option(metavar="TEXT", help="Why.", show_default=False)] = "",
    judgements: Judgements = None,
) -> None:
    """Say whether two claims tell of one event. Fusion holds to it from now on."""
    from whodid.cli import dataset

    dataset.judge(folder, claim, other, verdict, by, why, judgements)


def fuse(folder: Folder, judgements: Judgements = None) -> None:
    """Fuse what was not fused yet: judgements of people that came by another way than `whodid judge`."""
    from whodid.cli import dataset

    dataset.fuse(folder, judgements)


def check(folder: Folder) -> None:
    """Look through a dataset for what cannot be: words that do not stand in their report, ids that lead nowhere.

    Exit status: 0 if nothing is wrong, 1 if something is.
    """
    from whodid.cli import dataset

    raise typer.Exit(dataset.check(folder))


def history(
    folder: Folder,
    format: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="table or jsonl.")] = "table",
) -> None:
    """List the versions of a dataset that can be read, newest first, and what made them."""
    from whodid.cli import dataset

    dataset.history(folder, format)


def compact(
    folder: Folder,
    keep: Annotated[
        float, typer.Option(metavar="DAYS", help="Versions that were the newest within these days can still be read.")
    ] = 7.0,
) -> None:
    """Make a dataset small and quick: few files, and none of versions that are older than --keep."""
    from whodid.cli import dataset

    dataset.compact(folder, keep)


def migrate(folder: Folder, judgements: Judgements = None) -> None:
    """Bring a dataset that another version of Whodid made up to date: its schema, and how it is fused."""
    from whodid.cli import dataset

    dataset.migrate(folder, judgements)


COMMANDS = (init, add, remove, judge, fuse, check, history, compact, migrate)
"""Every verb of this module, by its name."""
