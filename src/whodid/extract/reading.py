"""A reading: the event that one word of a report tells of."""

from __future__ import annotations

from dataclasses import dataclass

from whodid.records import Status


@dataclass(frozen=True, slots=True)
class Reading:
    """One event as one word tells it. All numbers are token indexes.

    actors, recipients: the heads of their phrases. words: those of the trigger. absorbed: words that are part of this
    event and tell of none of their own. status: None where the words around decide. content: the word of the event that
    an operator takes ("to sanction" in "threatened to sanction"). inverse: the words say that the subject is the
    recipient ("drew criticism").
    """

    head: int
    type: str
    mode: str | None
    actors: tuple[int, ...]
    recipients: tuple[int, ...]
    words: tuple[int, ...]
    absorbed: frozenset[int]
    score: float
    why: tuple[str, ...]
    status: Status | None = None
    content: int | None = None
    inverse: bool = False
