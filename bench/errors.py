"""Why a command of the bench stops, with the exit status that says so."""

from __future__ import annotations


class BenchError(Exception):
    """The command cannot go on; the message says what to do. ``status`` is the exit status."""

    status = 2


class FloorFell(BenchError):
    """A figure is below the one that bench/floor.json promises."""

    status = 1


class SharedMissing(BenchError):
    """The gold data or its scorer is not where it is looked for."""

    status = 3


class NotMeaningful(BenchError):
    """The program has no stage yet that could answer this task: nothing is written."""

    status = 4
