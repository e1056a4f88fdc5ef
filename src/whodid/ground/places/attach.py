"""Which place names the parse ties to a predicate as the place where it happens."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from whodid.ground.places.knowledge import knowledge
from whodid.records import Annotated

_CLAUSES = frozenset({"relcl", "ccomp", "advcl", "acl", "csubj", "xcomp", "parataxis", "conj"})
_OBJECTS = frozenset({"dobj", "nsubjpass", "nsubj", "attr", "oprd", "dative"})
_SHARED = frozenset({"advcl", "xcomp", "conj", "acl", "prep", "pcomp", "dobj", "nsubj", "nsubjpass", "pobj"})


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(knowledge("words")[key])


def attached(a: Annotated, head: int, places: frozenset[int]) -> list[int]:
    """Tokens of place names that say where the predicate at ``head`` happens, the plainest first.

    First what hangs on the predicate itself, then on its arguments; a predicate without a place of its own takes that
    of the clause that it continues or stands in ("…, killing two"; "carried out an attack in …").
    """
    own = list(_own(a, head, places))
    if own:
        return own
    return list(_inherited(a, head, places))


def _own(a: Annotated, head: int, places: frozenset[int]) -> Iterator[int]:
    yield from _locatives(a, head, places)
    for c in a.children[head]:
        token = a.tokens[c]
        if token.dep in _OBJECTS:
            if token.dep in ("dobj", "nsubjpass") and a.tokens[head].lemma in _words("place_verbs") and c in places:
                yield c
            yield from _of_noun(a, c, places)
        elif token.dep == "agent" or (token.dep == "prep" and token.norm in ("by", "of", "against")):
            for o in a.children[c]:
                if a.tokens[o].dep == "pobj":
                    yield from _of_noun(a, o, places)
    if a.tokens[head].pos in ("NOUN", "PROPN"):
        yield from _of_noun(a, head, places)


def _locatives(a: Annotated, head: int, places: frozenset[int]) -> Iterator[int]:
    """Places under the prepositions that hang on ``head``."""
    for c in a.children[head]:
        token = a.tokens[c]
        if token.dep == "prep" and token.norm in _words("locative") and token.norm not in ("of", "by", "against"):
            yield from _under(a, c, places)
        elif token.dep == "advmod" and c != head:
            yield from _locatives(a, c, places)


def _under(a: Annotated, preposition: int, places: frozenset[int]) -> Iterator[int]:
    for o in a.children[preposition]:
        if a.tokens[o].dep == "pobj":
            yield from _in_phrase(a, o, places)
        elif a.tokens[o].dep == "prep":
            yield from _under(a, o, places)


def _in_phrase(a: Annotated, noun: int, places: frozenset[int]) -> Iterator[int]:
    """Places in the noun phrase of a locative: the noun itself, its modifiers, "of", appositions, conjuncts."""
    if noun in places:
        yield noun
    for c in a.children[noun]:
        token = a.tokens[c]
        if token.dep in ("compound", "nmod", "poss", "amod") and c in places and noun not in places:
            if a.tokens[noun].lemma not in _words("group_nouns"):
                yield c
        elif token.dep in ("appos", "conj"):
            yield from _in_phrase(a, c, places)
        elif token.dep == "prep" and token.norm in _words("locative"):
            yield from _under(a, c, places)


def _of_noun(a: Annotated, noun: int, places: frozenset[int]) -> Iterator[int]:
    """Places tied to a noun that takes part: "protesters in Cairo", "a Kabul mosque", not "Kabul police"."""
    yield from _locatives(a, noun, places)
    for c in a.children[noun]:
        token = a.tokens[c]
        if token.dep in ("compound", "nmod", "poss") and c in places and noun not in places:
            if a.tokens[noun].lemma not in _words("group_nouns"):
                yield c
        elif token.dep == "prep" and token.norm in ("of", "against", "on"):
            for o in a.children[c]:
                if a.tokens[o].dep == "pobj":
                    yield from _of_noun(a, o, places)
        elif token.dep == "conj":
            yield from _of_noun(a, c, places)


def _inherited(a: Annotated, head: int, places: frozenset[int]) -> Iterator[int]:
    token = a.tokens[head]
    if token.head == head or token.dep not in _SHARED | {"relcl"}:
        return
    if token.dep == "relcl" or token.dep == "acl":
        if token.head in places:
            yield token.head
        else:
            yield from _in_phrase(a, token.head, places)
        return
    up = token.head
    yield from _own(a, up, places)
