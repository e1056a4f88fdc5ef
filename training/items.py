"""Examples as numbers: wordpieces, the words asked about, and the right answers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from training.data import STATUSES, Event, Example, Span
from whodid.annotate import annotate
from whodid.extract.learned_words import parties, predicates
from whodid.models.spacy_parser import SpacyParser
from whodid.models.weights import MOST_PIECES
from whodid.models.weights.wordpiece import WordPieces
from whodid.ontology import Ontology
from whodid.records import Annotated, Report

NONE = "none"
ROLES = ("neither", "actor", "recipient")
_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Labels:
    """The names of what each head tells apart. A mode is "TYPE/mode", a type without one "TYPE/"."""

    types: tuple[str, ...]
    modes: tuple[str, ...]
    statuses: tuple[str, ...] = STATUSES
    roles: tuple[str, ...] = ROLES

    @classmethod
    def of(cls, ontology: Ontology) -> Labels:
        """Those of an ontology, "none" first."""
        modes = [f"{t.code}/{m}" for t in ontology.types.values() for m in ("", *t.modes)]
        return cls(types=(NONE, *ontology.types), modes=tuple(modes))


@dataclass(frozen=True, slots=True)
class Item:
    """One sentence. predicates [p] and nouns [n] are places among ``ids``; types, modes, statuses, historical [p] are
    numbers of labels, -1 where there is nothing to learn; roles [p][n] likewise."""

    ids: list[int]
    predicates: list[int]
    nouns: list[int]
    types: list[int]
    modes: list[int]
    statuses: list[int]
    historical: list[int]
    roles: list[list[int]]


def annotated(examples: Iterable[Example], parser: SpacyParser) -> Iterator[tuple[Example, Annotated]]:
    """Each example with the annotation of its text."""
    stream = iter(examples)
    while some := list(islice(stream, _AT_ONCE)):
        for example, found in zip(some, annotate(map(_report, some), parser=parser), strict=True):
            assert isinstance(found, Annotated)  # the texts are not empty, nor too long
            yield example, found


def _report(example: Example) -> Report:
    digest = hashlib.sha256(example.text.encode()).hexdigest()
    return Report(id=digest[:16], text=example.text, language="en", sha256=digest, reader="training")


def head_of(a: Annotated, span: Span) -> int:
    """The word that the others of a phrase hang on."""
    first, last = a.token_range(a.report.quote(span.start, span.end))
    return next(
        (i for i in range(first, last) if not first <= a.tokens[i].head < last or a.tokens[i].head == i), last - 1
    )


def token_at(a: Annotated, span: Span) -> int:
    """The word of a trigger; of "walk-out", which the parser takes apart, the last."""
    return a.token_range(a.report.quote(span.start, span.end))[1] - 1


def items(example: Example, a: Annotated, labels: Labels, pieces: WordPieces) -> Iterator[Item]:
    """The sentences of an example that have a word to ask about."""
    events = {token_at(a, e.trigger): e for e in example.events}
    for s in a.sentences:
        asked = sorted({*predicates(a, s), *(i for i in events if s.first <= i < s.last)})
        ids, begins = pieces.of([a.tokens[i].text for i in range(s.first, s.last)], MOST_PIECES)
        places = dict(zip(range(s.first, s.last), begins, strict=True))
        asked = [i for i in asked if places[i] is not None]
        heads = {
            i
            for e in events.values()
            for span in (*e.actors, *e.recipients)
            if s.first <= (i := head_of(a, span)) < s.last
        }
        nouns = [i for i in sorted({*parties(a, s), *heads}) if places[i] is not None]
        if asked:
            yield _item(a, labels, ids, places, (asked, nouns), events)


def _item(
    a: Annotated,
    labels: Labels,
    ids: list[int],
    places: dict[int, int | None],
    words: tuple[Sequence[int], Sequence[int]],
    events: dict[int, Event],
) -> Item:
    asked, nouns = words
    told = [events.get(i) for i in asked]
    return Item(
        ids=ids,
        predicates=[p for i in asked if (p := places[i]) is not None],
        nouns=[p for i in nouns if (p := places[i]) is not None],
        types=[labels.types.index(e.type) if e else 0 for e in told],
        modes=[labels.modes.index(f"{e.type}/{e.mode or ''}") if e else -1 for e in told],
        statuses=[labels.statuses.index(e.status) if e else -1 for e in told],
        historical=[int(e.historical) if e else -1 for e in told],
        roles=[_roles(a, e, nouns) if e else [-1] * len(nouns) for e in told],
    )


def _roles(a: Annotated, event: Event, nouns: Sequence[int]) -> list[int]:
    actors = {head_of(a, span) for span in event.actors}
    recipients = {head_of(a, span) for span in event.recipients}
    return [1 if i in actors else 2 if i in recipients else 0 for i in nouns]
