"""Does an expression look back or ahead? The tense of the clause that it stands in says."""

from __future__ import annotations

from typing import Literal

from whodid.ground.times.lexicon import data
from whodid.records import Annotated

Direction = Literal[-1, 0, 1, 2]
"""Back, unknown, ahead by an infinitive or the like, ahead by a finite verb ("will meet")."""


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
    tokens = annotated.tokens
    verb = clause_verb(annotated, governor(annotated, first, last))
    before = tokens[first - 1].norm if first else ""
    if before in data("verbs")["tense"]["limits"]:  # "postponed until Tuesday", but "it was not until Tuesday"
        negated = verb is not None and any(tokens[c].dep == "neg" for c in annotated.children[verb])
        opening = first - 1 == annotated.sentence_of(first).first  # "Until Friday, they had refused"
        over = opening and verb is not None and verb_direction(annotated, verb) < 0
        return -1 if negated or over or tokens[first - 2].norm == "not" else 1
    return 0 if verb is None else verb_direction(annotated, verb)


def verb_direction(annotated: Annotated, verb: int) -> Direction:
    """Whether the clause of ``verb`` tells of the past or of what is to come; 0 where its form does not say."""
    tokens, words = annotated.tokens, data("verbs")["tense"]
    token = tokens[verb]
    auxiliaries = [tokens[c].norm for c in annotated.children[verb] if tokens[c].dep in ("aux", "auxpass")]
    scheduled = token.lemma in words["scheduled"] and token.tag in ("VBN", "JJ")
    if any(a in words["future"] for a in auxiliaries):
        return 0 if "have" in auxiliaries else 2
    if any(a in words["past"] for a in auxiliaries):
        return 1 if scheduled and "had" not in auxiliaries else -1
    if "to" in auxiliaries:
        return _infinitive(annotated, verb)
    if any(a in words["present"] for a in auxiliaries):
        return 2 if token.tag == "VBG" or scheduled else -1
    if auxiliaries:
        return 0
    return _bare(annotated, verb, scheduled)


def _bare(annotated: Annotated, verb: int, scheduled: bool) -> Direction:
    """A verb without auxiliaries: the simple past, a participle, the simple present."""
    token = annotated.tokens[verb]
    if scheduled:
        return 1
    if token.tag in ("VBD", "VBN"):
        return -1
    if token.tag in ("VBZ", "VBP"):
        return 0 if token.lemma in data("verbs")["tense"]["present_of_report"] else 2
    above = clause_verb(annotated, token.head) if token.head != verb else None
    return 0 if above is None else verb_direction(annotated, above)


def _infinitive(annotated: Annotated, verb: int) -> Direction:
    """Infinitives look ahead; those of purpose and those under "managed to" share the time of the verb above."""
    head = annotated.tokens[annotated.tokens[verb].head]
    if head.i == verb:
        return 1
    implied = head.lemma in data("verbs")["tense"]["implicative"] or annotated.tokens[verb].dep == "advcl"
    if implied:
        return verb_direction(annotated, head.i) if head.pos in ("VERB", "AUX") else -1
    return 1
