"""``whodid timeline``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from whodid.cli import filters, options

_SUFFIXES = {".md": "markdown", ".json": "json", ".ics": "ics"}


def timeline(  # noqa: PLR0913, PLR0917  one parameter an option
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
    status: filters.Happened = None,
    publisher: filters.Publisher = None,
    historical: filters.Historical = None,
    min_reports: filters.MinReports = None,
    min_score: filters.MinScore = None,
    lines: Annotated[int, typer.Option(metavar="N", help="At most N lines.", min=1)] = 30,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="Its title.", show_default=False)] = None,
    as_of: filters.AsOf = None,
    format: Annotated[
        str | None,
        options.format_option("markdown, json, timelinejs or ics. By default as the suffix of FILE, or markdown."),
    ] = None,
    output: Annotated[Path | None, options.output_option("Write to FILE.")] = None,
) -> None:
    """Tell what happened, in the order of the days: few lines, each with its sources, none twice.

    Lines are those that most independent reports tell and that add most to the lines before; docs/timeline.md says
    how. Exit status: 0, also where nothing is found; 2 for a value that does not exist; 3 if the work could not be
    done.
    """
    from whodid.cli.code import check_output
    from whodid.cli.found import open_at, write_output
    from whodid.dataset.query import make_query
    from whodid.errors import UsageError
    from whodid.run.timeline import FORMATS
    from whodid.run.timeline import timeline as make

    chosen = format or (_SUFFIXES.get(output.suffix.lower()) if output else None) or "markdown"
    if chosen not in FORMATS:
        raise UsageError(f"--format: there is no format {chosen!r}; formats: {', '.join(FORMATS)}")
    if output is not None:
        check_output(output, ())
    query = make_query(actor=actor, recipient=recipient, involving=involving, type=type, mode=mode, where=where,
                       country=country, since=since, until=until, within=within, status=status, publisher=publisher,
                       historical=historical, min_reports=min_reports, min_score=min_score)  # fmt: skip
    text = FORMATS[chosen](make(open_at(folder, as_of), query, lines=lines, title=title))
    write_output(output, lambda target: target.write_bytes(text.encode()))


COMMANDS = (timeline,)
"""Every verb of this module, by its name."""
