"""Whom words are said to: "told reporters", "said to the council", "in a letter to parliament"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

import yaml

from whodid.ground.attribution.spans import Found, Span, child, is_verb, phrase
from whodid.records import Annotated

_OBJECT_CLAUSES = frozenset({"whom-inf", "np"})
_QUESTION_WORDS = frozenset({"WP", "WDT", "WRB"})
_NAMES = frozenset({"NOUN", "PROPN", "PRON"})


@cache
def _lists() -> dict[str, frozenset[str]]:
    text = resources.files(__package__).joinpath("addressee.yaml").read_text(encoding="utf-8")
    raw: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    to = raw.pop("to")
    return {
        **{name: frozenset(words) for name, words in raw.items()},
        "to verbs": frozenset(to["verbs"]),
        "to nouns": frozenset(to["nouns"]),
    }


def addressee(a: Annotated, found: Found) -> Span | None:
    """The tokens (half-open) of whom it is said to, None where nobody is named."""
    heads = _of_verb(a, found.cue_head, found.frame) if is_verb(a.tokens[found.cue_head]) else iter(())
    for head in (*heads, *_of_nouns(a, found.cue)):
        token = a.tokens[head]
        if token.lemma in _lists()["never"] or token.tag in _QUESTION_WORDS:
            continue
        if found.source_head == head or (token.pos not in _NAMES and token.dep != "pobj"):  # "to parliament/VB"
            continue
        whom = phrase(a, head, {found.cue_head, *a.ancestors(head)})
        if whom is not None and (found.frame in _OBJECT_CLAUSES or not _within(a, head, found)):
            return whom
    return None


def _of_verb(a: Annotated, i: int, frame: str) -> Iterator[int]:
    lists = _lists()
    lemma = a.tokens[i].lemma
    if lemma in lists["object"] and frame != "np":
        whom = child(a, i, "dative", "dobj", "nsubjpass")
        if whom is None and frame == "whom-inf":
            whom = _subject_of_clause(a, i)
        if whom is not None:
            yield whom
    if lemma in lists["to verbs"] and frame != "to":
        yield from _behind(a, i, "to")


def _subject_of_clause(a: Annotated, i: int) -> int | None:
    """ "urged them to leave": the parser makes "them" the subject of "leave"."""
    clause = child(a, i, "ccomp")
    return child(a, clause, "nsubj") if clause is not None else None


def _of_nouns(a: Annotated, cue: list[int]) -> Iterator[int]:
    """Behind the nouns of the cue: "in a letter to", "an interview with"."""
    lists = _lists()
    for k in cue:
        if a.tokens[k].pos == "NOUN":
            for preposition, nouns in (("to", "to nouns"), ("with", "with"), ("for", "for")):
                if a.tokens[k].lemma in lists[nouns]:
                    yield from _behind(a, k, preposition)


def _behind(a: Annotated, i: int, preposition: str) -> Iterator[int]:
    for c in a.children[i]:
        if a.tokens[c].norm == preposition and a.tokens[c].dep in {"prep", "dative"}:
            noun = child(a, c, "pobj")
            if noun is not None:
                yield noun


def _within(a: Annotated, i: int, found: Found) -> bool:
    return any(start <= a.tokens[i].start < end for start, end in found.content)
