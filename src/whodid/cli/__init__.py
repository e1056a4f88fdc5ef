"""The command line: the verbs of the public surface.

Exit status: 0 done (some inputs may have been rejected); 1 nothing could be coded, as every input was rejected for a
reason other than ``no-events``, or ``ontology check`` found problems; 2 wrong usage; 3 the work could not be done (a
model does not load, a file cannot be written); 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from whodid.cli import export, finding, keeping, options, panel, review, serve, sql, timeline, user
from whodid.cli.framing import command as _framing
from whodid.cli.quotes import command as _quotes
from whodid.errors import UsageError, WhodidError

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}

app = typer.Typer(
    name="whodid",
    help="Reads news reports and writes political event data: who did what to whom, when and where, and who says so.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings=_CONTEXT,
)
ontology = typer.Typer(
    help="Look at an ontology, or check one.", no_args_is_help=True, rich_markup_mode=None, context_settings=_CONTEXT
)
app.add_typer(ontology, name="ontology")
app.add_typer(user.app, name="user")


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line; ends with SystemExit."""
    try:
        app(args=None if args is None else list(args), prog_name="whodid")
    except UsageError as error:
        _fail(error, 2)
    except WhodidError as error:
        _fail(error, 3)
    except OSError as error:
        _fail(error, 3)


def _fail(error: Exception, status: int) -> None:
    print(f"whodid: {' '.join(str(error).split())}", file=sys.stderr)
    sys.exit(status)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"whodid {version('whodid')}")
        raise typer.Exit


@app.callback()
def _root(
    _: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    pass


@app.command("code")
def _code(  # noqa: PLR0913, PLR0917  one parameter an option
    paths: options.Paths,
    date: options.Date = None,
    format: Annotated[
        str | None,
        options.format_option(
            "table, jsonl, csv or parquet. By default as the suffix of FILE, or table on a terminal, or jsonl."
        ),
    ] = None,
    output: Annotated[
        Path | None,
        options.output_option(
            "Write to FILE, in one step at the end. A stopped run goes on when the same command is given again."
        ),
    ] = None,
    voice: Annotated[
        list[str] | None,
        options.repeated("VOICE", "Only claims in this voice: outlet (the report's own), quoted or paraphrased."),
    ] = None,
    speaker: Annotated[
        list[str] | None,
        options.repeated("NAME", "Only claims of this speaker: an id, a name or whole words of one."),
    ] = None,
    status: Annotated[
        list[str] | None,
        options.repeated("STATUS", "Only claims with this status: happened, future, hypothetical or negated."),
    ] = None,
    progress: Annotated[bool, typer.Option("--progress/--no-progress", help="Show progress on a terminal.")] = True,
    workers: Annotated[
        str | None, typer.Option(metavar="N", help="Processes that code reports, 1 by default.", show_default=False)
    ] = None,
    coder: options.Coder = None,
    min_score: options.MinScore = None,
    parser: options.Parser = None,
    ontology: options.Ontology = None,
    max_chars: options.MaxChars = None,
) -> None:
    """Code reports: print or write the claims that they make.

    --workers, --coder, --min-score, --parser, --ontology and --max-chars can be given as environment variables as
    well, such as WHODID_PARSER; the endpoint of --coder endpoint is given as WHODID_ENDPOINT_URL,
    WHODID_ENDPOINT_MODEL and WHODID_ENDPOINT_KEY. The claims of the last run are kept for `whodid show`, what was
    rejected for `whodid rejects`.

    Exit status: 0 if something was read, 1 if every input was rejected (for another reason than that there was no
    event in it), 2 for wrong usage, 3 if the work could not be done.
    """
    from whodid.cli.code import code

    given = {
        "workers": workers,
        "coder": coder,
        "min_score": min_score,
        "parser": parser,
        "ontology": ontology,
        "max_chars": max_chars,
    }
    wanted = {"voice": voice or [], "speaker": speaker or [], "status": status or []}
    raise typer.Exit(
        code(paths, date=date, format=format, output=output, progress=progress, wanted=wanted, given=given)
    )


@app.command("show")
def _show(
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="A claim's id, or its first characters.")],
    claims: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.jsonl", help="The claims to look in; those of the last run by default.", show_default=False
        ),
    ] = None,
) -> None:
    """Show one claim: the words of every field, and why it was coded so."""
    from whodid.cli.look import show

    show(claim, claims)


@app.command("rejects")
def _rejects(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="DIR", help="A dataset; the last run of `whodid code` by default.", show_default=False),
    ] = None,
    format: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="table or jsonl.")] = "table",
) -> None:
    """List the inputs of the last run, or all of a dataset, that gave no claims, and why."""
    from whodid.cli.look import rejects

    rejects(format, folder)


for _command in (
    *keeping.COMMANDS,
    *finding.COMMANDS,
    *sql.COMMANDS,
    *timeline.COMMANDS,
    *panel.COMMANDS,
    *export.COMMANDS,
    *review.COMMANDS,
):
    app.command(_command.__name__)(_command)
app.command("serve")(serve.serve)
app.command("framing")(_framing)
app.command("quotes")(_quotes)


@ontology.command("show")
def _ontology_show(
    code: Annotated[
        str | None, typer.Argument(metavar="CODE", help="A type, mode, context or sector.", show_default=False)
    ] = None,
    ontology: options.Ontology = None,
) -> None:
    """Print an ontology, or one code of it."""
    from whodid.cli.ontology import show

    show(code, ontology)


@ontology.command("check")
def _ontology_check(
    file: Annotated[
        str | None,
        typer.Argument(metavar="FILE", help="An ontology by name, or a YAML file; the one in use by default."),
    ] = None,
) -> None:
    """Check an ontology: unknown codes, missing definitions, examples that are not coded to their own type.

    Exit status: 0 if there is nothing wrong, 1 if there is.
    """
    from whodid.cli.ontology import check

    raise typer.Exit(check(file))
