"""``whodid panel``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from whodid.cli import filters, options

_SUFFIXES = {".csv": "csv", ".parquet": "parquet", ".jsonl": "jsonl", ".ndjson": "jsonl"}


def panel(  # noqa: PLR0913, PLR0917  one parameter an option
    folder: filters.Folder,
    unit: Annotated[
        str, typer.Option(metavar="UNIT", help="country-dyad, country (of the place), actor, actor-dyad or place.")
    ] = "country-dyad",
    period: Annotated[str, typer.Option(metavar="PERIOD", help="day, week, month, quarter or year.")] = "month",
    measure: Annotated[
        list[str] | None,
        options.repeated("MEASURE", "count (the default), undated, scale, quads, fatalities, injured or arrested."),
    ] = None,
    every_pair: Annotated[
        bool, typer.Option("--every-pair", help="Of dyads every actor with every recipient, also without any event.")
    ] = False,
    actor: filters.Actor = None,
    recipient: filters.Recipient = None,
    involving: filters.Involving = None,
    type: filters.Type = None,
    mode: filters.Mode = None,
    where: filters.Where = None,
    country: filters.Country = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="DAY", help="First day; by default that of the first report.", show_default=False),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(metavar="DAY", help="Last day; by default that of the last report.", show_default=False),
    ] = None,
    status: filters.Happened = None,
    voice: filters.Voice = None,
    publisher: filters.Publisher = None,
    historical: filters.Historical = None,
    min_reports: filters.MinReports = None,
    min_score: filters.MinScore = None,
    as_of: filters.AsOf = None,
    format: Annotated[
        str | None, options.format_option("csv, parquet or jsonl. By default as the suffix of FILE, or csv.")
    ] = None,
    output: Annotated[
        Path | None, options.output_option("Write to FILE, and its data dictionary to FILE with the ending .md.")
    ] = None,
) -> None:
    """Count events, not reports, by unit and period: a complete grid in which missing is not zero.

    A period in which no report was published has empty measures. An event whose day is not known well enough to be in
    one period is in events_possible of each in which it can be. docs/panel.md says more. Exit status: 0; 2 for a
    value that does not exist; 3 if the work could not be done.
    """
    from whodid.cli.found import chosen_format, open_at, write_output
    from whodid.dataset.panel import panel as make
    from whodid.dataset.query import make_query
    from whodid.export.arrow_rows import write_rows

    formats = ("csv", "parquet", "jsonl")
    chosen = chosen_format(format or (_SUFFIXES.get(output.suffix.lower()) if output else None) or "csv", output,
                           formats)  # fmt: skip
    query = make_query(actor=actor, recipient=recipient, involving=involving, type=type, mode=mode, where=where,
                       country=country, since=since, until=until, status=status, voice=voice, publisher=publisher,
                       historical=historical, min_reports=min_reports, min_score=min_score)  # fmt: skip
    made = make(open_at(folder, as_of), unit, period, measure or ["count"], query=query, every_pair=every_pair)
    write_output(output, lambda target: write_rows(made.table, target, format=chosen))
    if output is not None:
        output.with_suffix(".md").write_text(made.dictionary(), encoding="utf-8")
    n = {name: f"{count:,}" for name, count in made.counts.items()}
    print(
        f"{n['units']} units × {n['periods']} periods; of {n['found']} events {n['counted']} counted, {n['across']} "
        f"across periods, {n['undated']} without a day, {n['no_unit']} without a unit, {n['outside']} out of the time, "
        f"{n['uncovered']} in periods without reports",
        file=sys.stderr,
    )


COMMANDS = (panel,)
"""Every verb of this module, by its name."""
