"""The status of a predicate: happened, future, hypothetical or negated, from the words around it and above it."""

from __future__ import annotations

from whodid.extract.clause import HAPPENED, Finding, own_status
from whodid.extract.embedding import Link, link
from whodid.extract.lexicon import words
from whodid.records import Annotated, Status

_RANK: dict[Status, int] = {"happened": 0, "future": 1, "negated": 2, "hypothetical": 3}
_MAX_DEPTH = 12  # parses of broken sentences can be deep


def status(annotated: Annotated, i: int) -> Finding:
    """The status of the predicate at token ``i`` (verb, noun or adjective), and the words that decide it, if any do.

    What the predicate's own clause says (negation, auxiliaries, condition) is joined with what the word above makes of
    its content, and so on upwards until a clause stands for itself. Of two, the farther from fact wins: hypothetical,
    negated, future. Two negations of one happening cancel out ("did not fail to attack").
    """
    return _status(annotated, i, 0)


def _status(a: Annotated, i: int, depth: int) -> Finding:
    own = own_status(a, i)
    if depth > _MAX_DEPTH:
        return own
    return _farther(own, _inherited(a, i, depth))


def _farther(one: Finding, other: Finding) -> Finding:
    return other if _RANK[other[0]] > _RANK[one[0]] else one


def _inherited(a: Annotated, i: int, depth: int) -> Finding:
    """What holds of token ``i`` because of the words above it."""
    found = link(a, i)
    if found.kind == "closed" or depth > _MAX_DEPTH:
        return HAPPENED
    if found.kind == "beside":
        return _inherited(a, found.governor, depth + 1)
    outer = _status(a, found.governor, depth + 1)
    if found.kind == "carry":
        return outer
    if found.kind == "along":
        return outer if outer[0] in ("future", "hypothetical") else HAPPENED
    return _imposed(a, found, outer)


def _imposed(a: Annotated, found: Link, outer: Finding) -> Finding:
    """The content of a word that plans, fears or prevents it, where that word has itself the status ``outer``."""
    w = words()
    t = a.tokens[found.governor if found.cue is None else found.cue]
    kind = found.kind
    assert kind in _RANK
    if kind == "negated" and outer[0] == "negated" and t.lemma not in w["denying_verbs"]:
        return HAPPENED
    if kind == "negated" and outer[0] != "happened":
        return "hypothetical", f"content of “{t.text}”, itself {outer[0]}"
    opinion = t.lemma in w["opinion_verbs"] or t.lemma in w["doubt_clause_verbs"]
    if kind == "hypothetical" and outer[0] == "negated" and not opinion:
        return outer  # "was not able to", "has no right to", "did not try to"
    return _farther((kind, f"content of “{t.text}”"), outer)
