"""What a model can do, as small protocols, and the models that do it.

A stage asks for a protocol and is handed an object; nothing here is found by having been imported.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from whodid.records import Annotated, Entity, Extraction, Mention, Phrase, Rejection, Token


@dataclass(frozen=True, slots=True)
class Parsed:
    """One text as a parser sees it. Token and character indexes count from 0 within the text; ``Token.sentence`` is the
    number of the sentence within the text."""

    tokens: tuple[Token, ...]
    entities: tuple[Entity, ...]
    phrases: tuple[Phrase, ...]


class Parser(Protocol):
    """Splits texts into sentences and words, with tags, dependencies, entities and base noun phrases."""

    @property
    def name(self) -> str:
        """Package and version, as it is written into the output."""
        ...

    @property
    def languages(self) -> tuple[str, ...]:
        """BCP 47 codes of the languages that it reads."""
        ...

    def parse(self, texts: Iterable[str]) -> Iterator[Parsed]:
        """One result for each text, in order; a result depends on its own text only."""
        ...


class EventCoder(Protocol):
    """Finds the event mentions of one annotated report. What it gives for a report depends on that report only."""

    def code(self, annotated: Annotated) -> tuple[Mention, ...] | Extraction | Rejection:
        """The mentions, in the order of the text.

        A coder with more to tell than those (events that it had to reject, what it cost) gives the whole Extraction; a
        Rejection where the report could not be coded at all. A coder that waits for others is safe to use from several
        threads.
        """
        ...
