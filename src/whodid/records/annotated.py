"""A report with its parse. Token, Sentence, Entity, Phrase, Quotation and Link are plain frozen dataclasses, as one
report has thousands of them and one producer (``annotate``) makes them all."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from whodid.records.base import Quote, Record
from whodid.records.reports import Report


@dataclass(frozen=True, slots=True)
class Token:
    """A word. ``norm`` is its lower-cased form with straight quotes; tags are Universal POS, Penn tag, and the
    parser's dependency labels (ClearNLP style); ``head`` is a token index (a root is its own head)."""

    i: int
    start: int
    end: int
    text: str
    norm: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    sentence: int
    entity: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens ``first`` to ``last`` (half-open), characters ``start`` to ``end``; ``paragraph`` counts from 0."""

    i: int
    first: int
    last: int
    start: int
    end: int
    root: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity: tokens ``first`` to ``last`` (half-open), OntoNotes label, characters ``start`` to ``end``."""

    first: int
    last: int
    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """A base noun phrase: tokens ``first`` to ``last`` (half-open) with its head token."""

    first: int
    last: int
    head: int


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks. ``start``/``end`` include the marks, ``inner_start``/``inner_end`` do not.

    ``closed`` is False where the paragraph ends without a closing mark and the next one goes on quoting.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool


@dataclass(frozen=True, slots=True)
class Link:
    """A pronoun, definite description or short name, tokens ``first`` to ``last``, and the fuller earlier or later
    mention (tokens ``to_first`` to ``to_last``) of the same actor. Made only where it is safe."""

    first: int
    last: int
    to_first: int
    to_last: int
    kind: Literal["pronoun", "description", "name"]


class Annotated(Record):
    """A report with its parse. Token indexes run through the whole report."""

    report: Report
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...]
    phrases: tuple[Phrase, ...]
    quotations: tuple[Quotation, ...]
    links: tuple[Link, ...]
    parser: str

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each token, the tokens that hang on it, in order."""
        out: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                out[token.head].append(token.i)
        return tuple(tuple(c) for c in out)

    @cached_property
    def _extents(self) -> tuple[tuple[int, int], ...]:
        first = [t.i for t in self.tokens]
        last = [t.i + 1 for t in self.tokens]
        for token in self.tokens:
            h = token.head
            while not first[h] <= token.i < last[h]:  # where one holds the token already, so do all those above it
                first[h], last[h] = min(first[h], token.i), max(last[h], token.i + 1)
                h = self.tokens[h].head
        return tuple(zip(first, last, strict=True))

    @cached_property
    def phrase_of(self) -> dict[int, Phrase]:
        """Head token → base noun phrase."""
        return {p.head: p for p in self.phrases}

    @cached_property
    def entity_of(self) -> dict[int, Entity]:
        """Token → the entity that it is part of."""
        return {i: e for e in self.entities for i in range(e.first, e.last)}

    @cached_property
    def link_of(self) -> dict[int, Link]:
        """Token → the link of the mention that it is part of."""
        return {i: link for link in self.links for i in range(link.first, link.last)}

    def subtree(self, i: int) -> tuple[int, int]:
        """First and last token (half-open) of what hangs on token ``i``, itself included."""
        return self._extents[i]

    def ancestors(self, i: int) -> Iterator[int]:
        """The heads above token ``i``, nearest first."""
        while self.tokens[i].head != i:
            i = self.tokens[i].head
            yield i

    def quote(self, first: int, last: int) -> Quote:
        """The exact words of tokens ``first`` to ``last`` (half-open)."""
        return self.report.quote(self.tokens[first].start, self.tokens[last - 1].end)

    def token_range(self, quote: Quote) -> tuple[int, int]:
        """The tokens (half-open) that the words of ``quote`` touch."""
        starts = self._starts
        first = max(bisect_right(starts, quote.start) - 1, 0)
        return first, max(bisect_left(starts, quote.end), first + 1)

    @cached_property
    def _starts(self) -> list[int]:
        return [t.start for t in self.tokens]

    def sentence_of(self, i: int) -> Sentence:
        """The sentence of token ``i``."""
        return self.sentences[self.tokens[i].sentence]

    def quotation_at(self, position: int) -> Quotation | None:
        """The innermost quotation that holds the character ``position``."""
        found = [q for q in self.quotations if q.inner_start <= position < q.inner_end]
        return min(found, key=lambda q: q.end - q.start) if found else None
