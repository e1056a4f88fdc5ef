"""Verbs beside what is said: "The talks failed, officials said", "The talks, she said, had failed", "as he put it"."""

from __future__ import annotations

from whodid.ground.attribution.lexicon import Frames
from whodid.ground.attribution.spans import SUBJECTS, Span, below, chars, child, is_verb, phrase, runs, subject
from whodid.records import Annotated

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "conj", "cc", "punct", "parataxis"})
_ADJUNCT = SUBJECTS | {
    "punct", "prep", "pobj", "npadvmod", "advmod", "det", "amod", "compound", "nummod", "poss", "case",
}  # fmt: skip
_NOMINAL = frozenset({"NOUN", "PROPN", "SPACE"})
_BEFORE_TAG = frozenset({",", '"', "”", "’", "''", "—", "–", "--"})


def tag_content(a: Annotated, i: int, frames: Frames) -> list[Span]:
    """The content that verb ``i`` stands beside, as character ranges; empty if its content follows it as a clause."""
    if "that" not in frames:
        return []
    token = a.tokens[i]
    clause = child(a, i, "ccomp")
    if clause is not None and clause < i:
        return _around(a, i, clause)
    if clause is not None:
        return []
    if token.dep == "parataxis":
        return chars(a, runs(below(a, token.head, {i})))
    mark = child(a, i, "mark")
    if token.dep == "advcl" and mark is not None and a.tokens[mark].norm == "as":
        return chars(a, runs(below(a, token.head, {i})))
    return _set_off(a, i) if is_tag(a, i) else []


def is_tag(a: Annotated, i: int) -> bool:
    """True if a comma or quotation mark sets subject and verb off and nothing but adjuncts follows to the end."""
    start = _start(a, i)
    if start is None or a.tokens[i].tag not in _FINITE:
        return False
    sentence = a.sentence_of(i)
    before = a.tokens[start - 1].text if start else ""
    if before not in _BEFORE_TAG or (start == sentence.first and before != ","):
        return False
    return all(a.tokens[k].dep in _ADJUNCT or a.tokens[k].pos in _NOMINAL for k in range(i + 1, sentence.last))


def _start(a: Annotated, i: int) -> int | None:
    """The first token of the tag: of its subject, or of the verb where the subject follows it."""
    head = subject(a, i)
    if head is None or a.tokens[head].sentence != a.tokens[i].sentence:
        return None
    span = phrase(a, head, {i, *a.ancestors(head)})
    if span is None:
        return None
    if span[0] > i:
        return i if span[0] <= i + 2 else None
    between = [k for k in range(span[1], i) if a.tokens[k].dep not in {"aux", "neg", "advmod", "punct"}]
    return span[0] if not between else None


def _set_off(a: Annotated, i: int) -> list[Span]:
    sentence, start = a.sentence_of(i), _start(a, i)
    if start is None:
        return []
    if start == sentence.first:  # the parser cut the sentence at the comma before the tag
        sentence = a.sentences[sentence.i - 1]
        if sentence.paragraph != a.sentence_of(i).paragraph:
            return []
        start = sentence.last
    if not any(is_verb(a.tokens[k]) or a.tokens[k].pos == "AUX" for k in range(sentence.first, start)):
        return []
    return chars(a, [(sentence.first, start)])


def _around(a: Annotated, i: int, clause: int) -> list[Span]:
    """What stands before the tag, and what goes on after it."""
    sentence = a.sentence_of(i)
    tag = below(a, i, {c for c in a.children[i] if c == clause or a.tokens[c].dep in _CLAUSES})
    start = _start(a, i)
    if start is None or start <= clause:
        start = min((k for k in tag if k > clause), default=i)
    right = [k for k in below(a, clause, {i}) if k > max(tag)]
    return chars(a, [(sentence.first, start), *runs(right)])
