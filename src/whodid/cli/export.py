"""``whodid export``: a dataset in the format of another program or archive."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whodid.cli import filters

if TYPE_CHECKING:
    from whodid.export.bundle import Written


_Out = Annotated[
    Path,
    typer.Option(
        "--out", "-o", metavar="PATH", help="A new folder for the export; an earlier export there is replaced."
    ),
]
_Format = Annotated[
    str,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help="jsonl, parquet, csv, csv-excel, plover, gdelt, polecat, icews, acled, ftm, graphml or edges.",
    ),
]


def export(  # noqa: PLR0913, PLR0917  one parameter an option
    folder: filters.Folder,
    out: _Out,
    format: _Format,
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
    as_of: filters.AsOf = None,
) -> None:
    """Write the events of a dataset in the format of another program, with data dictionary, codebook, CITATION.cff and
    a manifest beside them.

    What a format cannot say is left out, counted by reason and named in the manifest; nothing is made up to fill it.
    Exit status: 0, also where nothing fits; 2 for a value that does not exist; 3 if the work could not be done.
    """
    from whodid.cli.found import open_at
    from whodid.dataset.query import make_query
    from whodid.run.exporting import export as write

    query = make_query(
        actor=actor, recipient=recipient, involving=involving, type=type, mode=mode, where=where, country=country,
        since=since, until=until, within=within or None, status=status, voice=voice, speaker=speaker,
        publisher=publisher, historical=historical, checked=checked, min_reports=min_reports, min_score=min_score,
    )  # fmt: skip
    print(summary(write(open_at(folder, as_of), out, format=format, query=query)), file=sys.stderr)


def summary(written: Written) -> str:
    """One line: how many events were written, and how many were left out for which reason."""
    line = f"{written.exported:,} of {written.events:,} events written to {written.folder}"
    if written.left_out:
        reasons = ", ".join(f"{n:,} {code}" for code, n in written.left_out.most_common())
        line += f"; left out: {reasons}"
    return line


COMMANDS = (export,)
"""The verb of this module."""
