"""The options that leave claims out: ``--voice``, ``--speaker``, ``--status``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from whodid.errors import UsageError
from whodid.records import Status, Voice
from whodid.run.speakers import Choice


def chosen_claims(*, voice: Sequence[str], speaker: Sequence[str], status: Sequence[str]) -> Choice:
    """The claims that the values of the options ask for. Raises UsageError for a value that does not exist."""
    return Choice(
        voices=_allowed("--voice", voice, get_args(Voice)),
        speakers=speaker_names(speaker),
        statuses=_allowed("--status", status, get_args(Status)),
    )


def speaker_names(given: Sequence[str]) -> tuple[str, ...]:
    """The values of ``--speaker``. Raises UsageError for one without a word in it."""
    for name in given:
        if not any(c.isalnum() for c in name):
            raise UsageError(f"--speaker: {name!r} names nobody; give an id or a name, as `--speaker Reuters`")
    return tuple(given)


def _allowed(option: str, given: Sequence[str], allowed: Sequence[str]) -> frozenset[str]:
    for value in given:
        if value not in allowed:
            raise UsageError(f"{option}: {value!r} is not allowed; it takes {', '.join(allowed)}")
    return frozenset(given)
