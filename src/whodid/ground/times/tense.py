"""Does an expression look back or ahead? The tense of the clause that it stands in says."""

from __future__ import annotations

from typing import Literal

from whodid.ground.times.lexicon import data
from whodid.records import Annotated

Direction = Literal[-1, 0, 1]
"""Back, unknown, ahead."""


def governor(annotated: Annotated, first: int, last: int) -> int:
    """The token of a span whose head stands outside of it (the last token where the parse has none)."""
    for i in range(first, last):
        head = annotated.tokens[i].head
        if head == i or not first <= head < last:
            return i
    return last - 1


def clause_verb(annotated: Annotated, i: int) -> int | None:
    """The nearest verb at or above token ``i``; of auxiliaries the main verb."""
    for j in (i, *annotated.ancestors(i)):
        if annotated.tokens[j].pos in ("VERB", "AUX") and annotated.tokens[j].dep not in ("aux", "auxpass"):
            return j
    return None


def direction(annotated: Annotated, first: int, last: int) -> Direction:
    """Which way a time with the tokens ``first`` to ``last`` (half-open) lies from its report's day."""
    verb = clause_verb(annotated, governor(annotated, first, last))
    return 0 if verb is None else verb_direction(annotated, verb)


def verb_direction(annotated: Annotated, verb: int) -> Direction:
    """Whether the clause of ``verb`` tells of the past or of what is to come; 0 where its form does not say."""
    tokens, words = annotated.tokens, data("verbs")["tense"]
    token = tokens[verb]
    children = annotated.children[verb]
    auxiliaries = [tokens[c].norm for c in children if tokens[c].dep in ("aux", "auxpass")]
    if any(a in words["future"] for a in auxiliaries):
        return 0 if "have" in auxiliaries else 1
    if any(a in words["past"] for a in auxiliaries):
        return _progressive(annotated, verb, auxiliaries)
    if "to" in auxiliaries:
        return _infinitive(annotated, verb)
    if token.lemma in words["scheduled"] and token.tag in ("VBN", "JJ"):
        return 1
    if token.tag == "VBD" or (token.tag == "VBN" and not auxiliaries):
        return -1
    if token.tag in ("VBG", "VB") and not auxiliaries and token.head != verb:
        above = clause_verb(annotated, token.head)
        return 0 if above is None or above == verb else verb_direction(annotated, above)
    if token.tag in ("VBZ", "VBP") and not auxiliaries:
        return 0 if token.lemma in words["present_of_report"] else 1
    if any(a in words["present"] for a in auxiliaries):
        return 1 if token.tag == "VBG" or token.lemma in words["scheduled"] else -1
    return 0


def _progressive(annotated: Annotated, verb: int, auxiliaries: list[str]) -> Direction:
    token = annotated.tokens[verb]
    if token.lemma in data("verbs")["tense"]["scheduled"] and "had" not in auxiliaries:
        return 1
    return -1


def _infinitive(annotated: Annotated, verb: int) -> Direction:
    head = annotated.tokens[verb].head
    if head == verb:
        return 1
    above = annotated.tokens[head]
    words = data("verbs")["tense"]
    if above.lemma in words["implicative"]:
        return verb_direction(annotated, head) if above.pos in ("VERB", "AUX") else -1
    return 1
