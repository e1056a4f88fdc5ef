"""What a person sees on standard error while a run goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Self

from rich.console import Console

from whodid.run import Summary

_JSON_LINES = (".jsonl", ".ndjson")
_BLOCK = 1 << 20


Meter = Callable[[Summary], None]
"""Told of the state of a run after each shard."""


def meter(console: Console, paths: Sequence[str], *, wanted: bool) -> AbstractContextManager[Meter]:
    """A progress bar on the console if it is ``wanted`` and the console is a terminal; else nothing is shown."""
    if wanted and console.is_terminal:
        return _Bar(console, expected(paths))
    return nullcontext(_quiet)


def _quiet(_: Summary) -> None:
    pass


class _Bar:
    def __init__(self, console: Console, total: int | None) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        self._bar = Progress(
            TextColumn("coding"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("reports · {task.fields[claims]} claims"),
            TimeElapsedColumn(),
            console=console,
            transient=True,
        )
        self._task = self._bar.add_task("coding", total=total, claims=0)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def __call__(self, summary: Summary) -> None:
        self._bar.update(self._task, completed=summary.inputs, claims=summary.claims)


def expected(paths: Sequence[str]) -> int | None:
    """About how many reports there are, None where only reading them would tell (standard input, addresses).

    A file counts as one report, a JSON Lines file as one a line. Only the bar depends on it.
    """
    total = 0
    for name in paths:
        path = Path(name)
        if path.is_dir():
            total += sum(_reports(file) for file in path.rglob("*") if _counts(file, path))
        elif path.is_file():
            total += _reports(path)
        else:
            return None
    return total


def _counts(file: Path, folder: Path) -> bool:
    return file.is_file() and not any(part.startswith(".") for part in file.relative_to(folder).parts)


def _reports(file: Path) -> int:
    if file.suffix.lower() not in _JSON_LINES:
        return 1
    try:
        with file.open("rb") as stream:
            return sum(block.count(b"\n") for block in iter(lambda: stream.read(_BLOCK), b""))
    except OSError:
        return 1
