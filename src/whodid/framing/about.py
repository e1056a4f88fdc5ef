"""Of whom or what a loaded word is said, where the grammar shows it."""

from __future__ import annotations

from collections.abc import Iterator

from whodid.framing.find import Match
from whodid.records import Annotated, Quote

_MODIFIERS = frozenset({"amod", "compound", "nmod", "poss"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_RELATIVE = frozenset({"WP", "WDT"})
_NAMED = frozenset({"NORP", "GPE", "PERSON", "ORG", "LOC", "FAC"})


def about(a: Annotated, match: Match) -> Quote | None:
    """The words for whom the match is said of; None where that is not plain.

    Of a verb its object, or the subject of its passive; of a word in front of a noun that noun ("terrorist groups",
    "the martyred general"); of a noun who it stands beside or is equated with ("Ann Lee, a militant", "they are
    rebels"), who it happens to ("the murder of …"), or whose it is ("the Avalon regime").
    """
    token = a.tokens[match.head]
    found = next(_verb(a, match.head) if token.pos == "VERB" else _noun(a, match), None)
    if found is None:
        return None
    first, last = found
    return a.quote(first, last) if last <= match.first or match.last <= first else _without(a, first, last, match)


def _verb(a: Annotated, i: int) -> Iterator[tuple[int, int]]:
    for k in a.children[i]:
        if a.tokens[k].dep in {"dobj", "nsubjpass"}:
            yield _phrase(a, k)
    head = a.tokens[a.tokens[i].head]
    if a.tokens[i].dep in {"amod", "acl"} and head.pos in _NOUNS:
        yield _phrase(a, head.i)
    if a.tokens[i].lemma == "die":
        yield from (_phrase(a, k) for k in a.children[i] if a.tokens[k].dep == "nsubj")


def _noun(a: Annotated, match: Match) -> Iterator[tuple[int, int]]:
    token = a.tokens[match.head]
    above = a.tokens[token.head]
    if token.dep in _MODIFIERS and above.pos in _NOUNS and token.dep != "poss":
        yield _phrase(a, above.i)
    if token.dep == "appos" and above.pos in _NOUNS:
        yield _phrase(a, above.i)
    if token.dep == "attr":
        yield from (_phrase(a, k) for k in a.children[above.i] if a.tokens[k].dep == "nsubj")
    children = a.children[match.head]
    yield from (_phrase(a, k) for k in children if a.tokens[k].dep == "appos" and a.tokens[k].pos == "PROPN")
    for k in children:
        if a.tokens[k].norm == "of":
            yield from (_phrase(a, n) for n in a.children[k] if a.tokens[n].pos in _NOUNS)
    for k in children:
        if a.tokens[k].dep in _MODIFIERS and not match.first <= k < match.last and _names(a, k):
            yield _modifier(a, k)


def _names(a: Annotated, i: int) -> bool:
    entity = a.entity_of.get(i)
    if entity is not None:
        return entity.label in _NAMED
    return a.tokens[i].pos == "PROPN" and a.tokens[i].text[0].isupper()


def _phrase(a: Annotated, i: int) -> tuple[int, int]:
    clause = a.tokens[a.tokens[i].head]
    if a.tokens[i].tag in _RELATIVE and clause.dep == "relcl" and clause.head != i:
        i = clause.head  # "who" is the noun that its clause hangs on
    phrase = a.phrase_of.get(i)
    return (phrase.first, phrase.last) if phrase else (i, i + 1)


def _modifier(a: Annotated, i: int) -> tuple[int, int]:
    entity = a.entity_of.get(i)
    if entity is not None and a.tokens[entity.last - 1].tag != "POS":
        return entity.first, entity.last
    return (entity.first, entity.last - 1) if entity is not None and entity.last - entity.first > 1 else (i, i + 1)


def _without(a: Annotated, first: int, last: int, match: Match) -> Quote | None:
    """The part of a phrase behind the match in it: "groups" of "the terrorist groups"."""
    return a.quote(match.last, last) if match.last < last and first <= match.first else None
