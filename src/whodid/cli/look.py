"""``whodid show`` and ``whodid rejects``: a look at what was coded."""

from __future__ import annotations

import sys
from pathlib import Path

from rich.text import Text

from whodid.cli.picture import print_claim
from whodid.cli.text import clean, console
from whodid.dataset import open_dataset
from whodid.errors import REJECTION_CODES, UsageError
from whodid.run.last import find_claim, last_claims, last_rejections
from whodid.settings import load_settings


def show(claim: str, claims: Path | None) -> None:
    """Print one claim of a claims file, by default of the last run. Raises UsageError where none or several fit."""
    path = claims or last_claims(load_settings().state_folder)
    print_claim(find_claim(path, claim), console())


def rejects(format: str, folder: Path | None = None) -> None:
    """Print the rejections of a dataset, or of the last run. Raises UsageError for an unknown format."""
    if format not in {"table", "jsonl"}:
        raise UsageError(f"--format: there is no format {format!r}; formats: table, jsonl")
    rejections = list(open_dataset(folder).rejections()) if folder else last_rejections(load_settings().state_folder)
    if format == "jsonl":
        for rejection in rejections:
            sys.stdout.buffer.write((rejection.model_dump_json() + "\n").encode())
        return
    screen = console()
    if not rejections:
        screen.print(f"nothing was rejected in {folder or 'the last run'}")
    for rejection in rejections:
        line = Text(clean(rejection.source), style="bold")
        line.append(f"  {rejection.code}", style="yellow")
        line.append(f"  {clean(rejection.message or REJECTION_CODES[rejection.code])}")
        screen.print(line, soft_wrap=not screen.is_terminal)
