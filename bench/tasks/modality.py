"""Whether a word's happening is asserted, denied or left open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bench.pipeline import Pipeline
from bench.shared import Row
from whodid.extract import status
from whodid.records import Annotated, Status, Token

CLASS3: dict[Status, str] = {
    "happened": "asserted",
    "negated": "negated",
    "future": "uncertain",
    "hypothetical": "uncertain",
}
"""The scorer's three classes."""

_WORDS = frozenset({"VERB", "NOUN", "ADJ"})
_HELPERS = frozenset({"aux", "auxpass"})


def modality(rows: Iterable[Row], pipeline: Pipeline) -> Iterator[Row]:
    """A class for every verb, noun and adjective: the gold asks about all kinds of events, political or not, and
    which words it marks is not for us to know. Helping verbs belong to the verb they help."""
    for row, annotated in pipeline.annotated(rows):
        words = [t for t in annotated.tokens if _may_happen(t)]
        yield {"id": row["id"], "events": [_event(annotated, t) for t in words]}


def _may_happen(token: Token) -> bool:
    return token.pos in _WORDS or (token.pos == "AUX" and token.dep not in _HELPERS)


def _event(annotated: Annotated, token: Token) -> Row:
    found, _ = status(annotated, token.i)
    return {"start": token.start, "end": token.end, "class3": CLASS3[found]}
