"""Mentions of one event within a report, as far as the extractor needs to know: repeats, and nouns that look back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from whodid.extract.lexicon import words
from whodid.extract.tree import children, is_verb
from whodid.records import Annotated, Mention

_OPEN = ("future", "hypothetical")


def without_repeats(a: Annotated, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Coordinated verbs of one type with the same people ("killed and wounded") are one event: the first is kept."""
    kept: list[Mention] = []  # of the sentence
    for m in mentions:
        if kept and kept[0].sentence != m.sentence:
            kept = []
        if not any(_repeats(a, k, m) for k in kept):
            kept.append(m)
            yield m


def _repeats(a: Annotated, first: Mention, later: Mention) -> bool:
    if first.type != later.type or (first.counts and later.counts):
        return False  # "two were killed and a hundred wounded" are two numbers, and two claims
    path = [later.head, *a.ancestors(later.head)]
    if first.head not in path[1:] or any(a.tokens[k].dep != "conj" for k in path[: path.index(first.head)]):
        return False
    return {r.quote.start for r in later.roles} <= {r.quote.start for r in first.roles}


def settle(a: Annotated, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """A noun that looks back ("the march") takes the status of the event that it looks back to, where that is still to
    come and the words around the noun do not say that it took place."""
    seen: list[Mention] = []
    for mention in mentions:
        earlier = next((k for k in reversed(seen) if k.type == mention.type), None)
        if earlier and earlier.status in _OPEN and mention.status == "happened" and _looks_back(a, mention):
            note = f"status {earlier.status}: “{mention.trigger.text}” looks back to “{earlier.trigger.text}”"
            seen.append(mention.model_copy(update={"status": earlier.status, "why": (*mention.why, note)}))
        else:
            seen.append(mention)
        yield seen[-1]


def _looks_back(a: Annotated, m: Mention) -> bool:
    t = a.tokens[m.head]
    if is_verb(t) or any(r.kind == "actor" for r in m.roles):
        return False
    if not any(c.norm in words()["definite"] for c in children(a, t.i, "det", "poss")):
        return False
    verb = a.tokens[t.head]
    if t.dep == "pobj" and verb.norm in words()["takes_place"]:
        return False  # "after the meeting"
    took_place = (
        t.dep in ("nsubj", "nsubjpass") and verb.tag in ("VBD", "VBN") and verb.lemma not in words()["says_no_more"]
    )
    return not took_place
