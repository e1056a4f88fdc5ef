"""``whodid events``, ``claims`` and ``event``: their options. What they do is in :mod:`whodid.cli.found`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

import typer

from whodid.cli import filters, options

View = Literal["events", "claims"]

_FORMAT = options.format_option(
    "table, jsonl, csv or parquet. By default as the suffix of FILE, or table on a terminal, or jsonl."
)
_OUTPUT = options.output_option("Write to FILE.")


def _verb(view: View, doc: str) -> Callable[..., None]:
    def command(  # noqa: PLR0913, PLR0917  one parameter an option
        folder: filters.Folder,
        actor: filters.Actor = None,
        recipient: filters.Recipient = None,
        involving: filters.Involving = None,
        type: filters.Type = None,
        mode: filters.Mode = None,
        where: filters.Where = None,
        country: filters.Country = None,
        since: filters.Since = None,
        until: filters.Until = None,
        within: filters.Within = False,
        status: filters.StatusOption = None,
        voice: filters.Voice = None,
        speaker: filters.Speaker = None,
        publisher: filters.Publisher = None,
        historical: filters.Historical = None,
        checked: filters.CheckedOption = None,
        min_reports: filters.MinReports = None,
        min_score: filters.MinScore = None,
        order: filters.Order = "day",
        limit: filters.Limit = None,
        as_of: filters.AsOf = None,
        format: Annotated[str | None, _FORMAT] = None,
        output: Annotated[Path | None, _OUTPUT] = None,
    ) -> None:
        from whodid.cli.found import find

        given = {
            "actor": actor, "recipient": recipient, "involving": involving, "type": type, "mode": mode, "where": where,
            "country": country, "since": since, "until": until, "within": within, "status": status, "voice": voice,
            "speaker": speaker, "publisher": publisher, "historical": historical, "checked": checked,
            "min_reports": min_reports, "min_score": min_score, "order": order, "limit": limit,
        }  # fmt: skip
        find(view, folder, given, as_of=as_of, format=format, output=output)

    command.__name__ = view
    command.__doc__ = doc
    return command


events = _verb(
    "events",
    """List the events of a dataset that fit: what one or many reports tell of one happening.

    Conditions of different options all hold; of several values of one option any. A table shows 100 rows unless
    --limit is given. Exit status: 0, also where nothing is found; 2 for a value that does not exist; 3 if the work
    could not be done.
    """,
)
claims = _verb(
    "claims",
    """List the claims of a dataset that fit: what single reports say. Options are those of `events`.""",
)


def event(
    folder: filters.Folder,
    id: Annotated[str, typer.Argument(metavar="ID", help="An event's id, or its first characters.")],
    as_of: filters.AsOf = None,
    format: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="table or json.")] = "table",
) -> None:
    """Show one event: every value of every field with its sources, what they disagree on, links, claims and words.

    An id that was given before, of an event that is part of another now, leads there.
    """
    from whodid.cli.found import show_event

    show_event(folder, id, as_of=as_of, format=format)


COMMANDS = (events, claims, event)
"""Every verb of this module, by its name."""
