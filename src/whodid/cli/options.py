"""Arguments and options that several commands have, each with its one help text."""

from __future__ import annotations

from typing import Annotated, Any

import typer

Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH",
        help="Files (text, HTML, JSON Lines), folders, addresses, or - for standard input.",
        show_default=False,
    ),
]
Date = Annotated[
    str | None,
    typer.Option(metavar="YYYY-MM-DD", help="Publication date of the reports that have none.", show_default=False),
]
Coder = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="What finds the events: both (lexicon and learned weights, the default), rules or weights alone, or "
        "endpoint, a model behind an OpenAI-compatible API.",
        show_default=False,
    ),
]
MinScore = Annotated[
    str | None,
    typer.Option(
        metavar="P",
        help="Leave out claims whose score, the probability that type and parties are right, is lower. 0 keeps all.",
        show_default=False,
    ),
]
Parser = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="spaCy pipeline: auto (the best English one installed), a package, or a folder.",
        show_default=False,
    ),
]
Ontology = Annotated[
    str | None,
    typer.Option(
        metavar="NAME", help="An ontology by name, or a YAML file; plover-2.0 by default.", show_default=False
    ),
]
MaxChars = Annotated[
    str | None, typer.Option(metavar="N", help="Reject texts that are longer than this.", show_default=False)
]


def format_option(help: str) -> Any:
    """``--format`` or ``-f``, which takes other values for each command."""
    return typer.Option("--format", "-f", metavar="FORMAT", help=help, show_default=False)


def output_option(help: str) -> Any:
    """``--output`` or ``-o``."""
    return typer.Option("--output", "-o", metavar="FILE", help=help, show_default=False)


def repeated(metavar: str, help: str) -> Any:
    """An option that may be given several times and chooses what is listed."""
    return typer.Option(metavar=metavar, help=f"{help} May be repeated.", show_default=False)
