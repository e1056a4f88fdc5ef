"""The verbs of reviewing: their options. What they do is in :mod:`whodid.cli.reviewing`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from whodid.cli import options
from whodid.cli.keeping import By, Folder, Judgements

_LISTED = options.format_option("table, jsonl or csv. By default table on a terminal, else jsonl.")
_WHY = typer.Option(metavar="TEXT", help="Why.", show_default=False)
_DECIDE = typer.Option("--decide", help="Settle what reviewers differ on: it counts before what others say.")
_CLAIM = typer.Argument(metavar="CLAIM", help="A claim's id, or its first characters.")


def correct(  # noqa: PLR0913, PLR0917  one parameter an option
    folder: Folder,
    claim: Annotated[str, _CLAIM],
    field: Annotated[
        str,
        typer.Argument(
            metavar="FIELD",
            help="type, mode, contexts, status, historical, actors, recipients, when, where, said_by or counts; or "
            "accept, reject or restore for the claim as a whole.",
        ),
    ],
    value: Annotated[
        str | None,
        typer.Argument(
            metavar="VALUE", help="What it really is: a code, a day, words of the report, none, or JSON.",
            show_default=False,
        ),
    ] = None,
    by: By = "",
    why: Annotated[str, _WHY] = "",
    decide: Annotated[bool, _DECIDE] = False,
    judgements: Judgements = None,
) -> None:  # fmt: skip
    """Say what a field of a claim really is, or that the claim is right as it is (accept), or none (reject).

    The judgement is kept as a row, and the claim has the value from now on, with who gave it; `undo` takes it back.
    """
    from whodid.cli import reviewing

    reviewing.correct(folder, claim, field, value, by=by, why=why, decide=decide, judgements=judgements)


def undo(
    folder: Folder,
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="Number of a correction; `corrections` lists them.")],
    by: By = "",
    why: Annotated[str, _WHY] = "",
    judgements: Judgements = None,
) -> None:
    """Take back a correction or verdict. It stays in the list, and so does this; to take this back brings it back."""
    from whodid.cli import reviewing

    reviewing.undo(folder, number, by=by, why=why, judgements=judgements)


def corrections(
    folder: Folder,
    claim: Annotated[
        str | None, typer.Option(metavar="CLAIM", help="Only those of a claim.", show_default=False)
    ] = None,
    format: Annotated[str | None, _LISTED] = None,
    judgements: Judgements = None,
) -> None:
    """List what people said of claims, oldest first, with what was taken back."""
    from whodid.cli import reviewing

    reviewing.corrections(folder, claim, format, judgements)


def review(  # noqa: PLR0913, PLR0917  one parameter an option
    folder: Folder,
    queue: Annotated[
        str,
        typer.Option(
            metavar="QUEUE",
            help="lowest (score first), disagreement (events whose claims contradict each other) or random (a sample, "
            "from which the precision is estimated).",
        ),
    ] = "lowest",
    limit: Annotated[int, typer.Option(metavar="N", help="At most N.", min=1)] = 20,
    sample: Annotated[int, typer.Option(metavar="N", help="Claims of the random sample.", min=1)] = 200,
    seed: Annotated[int, typer.Option(metavar="N", help="Another number draws another sample.")] = 0,
    reviewer: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Leave out what this person judged; by default what anybody did.", show_default=False
        ),
    ] = None,
    format: Annotated[str | None, _LISTED] = None,
    judgements: Judgements = None,
) -> None:
    """List claims or events to look at next; with --queue random also how precise the coder is, by what was judged."""
    from whodid.cli import reviewing

    reviewing.review(
        folder, queue=queue, limit=limit, sample=sample, seed=seed, reviewer=reviewer, format=format,
        judgements=judgements,
    )  # fmt: skip


def agreement(
    folder: Folder, format: Annotated[str | None, _LISTED] = None, judgements: Judgements = None
) -> None:  # fmt: skip
    """Print how far reviewers agree (Krippendorff's alpha), and what they differ on and nobody has decided."""
    from whodid.cli import reviewing

    reviewing.agreement(folder, format, judgements)


def judged(
    folder: Folder,
    output: Annotated[Path | None, options.output_option("Write to FILE, such as judged/news.txt.")] = None,
) -> None:
    """Write the sentences of which every claim was judged as training sentences, for `make train JUDGED=FOLDER`."""
    from whodid.cli import reviewing

    reviewing.judged(folder, output)


COMMANDS = (correct, undo, corrections, review, agreement, judged)
"""Every verb of this module, by its name."""
