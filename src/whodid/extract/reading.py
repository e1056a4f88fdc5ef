"""A reading: the event that one word of a report tells of."""

from __future__ import annotations

from dataclasses import dataclass

from whodid.records import Status


@dataclass(frozen=True, slots=True)
class Reading:
    """One event as one word tells it. All numbers are token indexes.

    actors, recipients: the heads of their phrases. words: those of the trigger. absorbed: words that are part of this
    event and tell of none of their own. status: None where the words around decide. content: the word of the event that
    an operator takes ("to sanction" in "threatened to sanction"). firm: the words leave no doubt who is
    actor and who recipient ("drew criticism", "said that they must leave").
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
    firm: bool = False
