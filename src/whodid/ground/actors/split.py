"""Coordinated actors, one by one."""

from __future__ import annotations

from whodid.ground.actors.reading import knowledge
from whodid.ground.actors.report import place_key
from whodid.ground.actors.words import words
from whodid.records import Annotated, Token

_EDGE = frozenset({"cc", "punct", "preconj"})
_LEFT = frozenset(
    {"det", "amod", "compound", "poss", "nmod", "nummod", "case", "quantmod", "predet", "advmod", "neg", "punct"}
)


def split(annotated: Annotated, first: int, last: int, *, whole: bool = False) -> list[tuple[int, int]]:
    """The actors that tokens ``first`` to ``last`` (half-open) name, each as such a range, in order.

    "Merkel and Hollande" gives two, "the leaders of Germany and France" the two countries, "U.S. and Iraqi forces"
    gives "U.S." and "Iraqi forces"; a name with "and" in it stays whole. With ``whole``, the range is first widened
    to the coordination of which it is a part.
    """
    head = _head(annotated, first, last)
    if whole:
        while head.dep == "conj" and head.head != head.i:
            head = annotated.tokens[head.head]
    members = _conjuncts(annotated, head)
    if not whole:
        members = [m for m in members if first <= m.i < last]
    if len(members) > 1 and not _one_name(annotated, members):
        return _ranges(annotated, members, first, last, whole=whole)
    return _inside(annotated, head, first, last) or [(first, last)]


def _head(a: Annotated, first: int, last: int) -> Token:
    for token in a.tokens[first:last]:
        if (not first <= token.head < last or token.head == token.i) and token.pos not in (
            "DET",
            "PUNCT",
            "CCONJ",
            "ADP",
        ):
            return token
    return a.tokens[last - 1]


def _conjuncts(a: Annotated, head: Token) -> list[Token]:
    out, queue = [head], [head.i]
    while queue:
        for child in a.children[queue.pop(0)]:
            token = a.tokens[child]
            if token.dep == "conj" and token.pos in ("NOUN", "PROPN", "PRON", "ADJ", "NUM") and token.pos != "VERB":
                out.append(token)
                queue.append(child)
    return sorted(out, key=lambda t: t.i)


def _one_name(a: Annotated, members: list[Token]) -> bool:
    entities = {a.entity_of[m.i].first if m.i in a.entity_of else -m.i for m in members}
    if len(entities) == 1:
        return True
    text = a.report.text[a.tokens[_left(a, members[0])].start : members[-1].end]
    matches = knowledge().names.matches(words(text))
    joins = knowledge().lists["joins"]
    return any(w.key in joins for m in matches for w in words(text)[m.first : m.last])


def _left(a: Annotated, member: Token) -> int:
    phrase = a.phrase_of.get(member.i)
    if phrase is not None:
        return phrase.first
    lefts = [a.subtree(c)[0] for c in a.children[member.i] if c < member.i and a.tokens[c].dep in _LEFT]
    return min([member.i, *lefts])


def _ranges(a: Annotated, members: list[Token], first: int, last: int, *, whole: bool) -> list[tuple[int, int]]:
    lefts = [max(_left(a, m), members[n - 1].i + 1 if n else 0) for n, m in enumerate(members)]
    end = max(last, members[-1].i + 1)
    if whole:
        phrase = a.phrase_of.get(members[-1].i)
        end = phrase.last if phrase else members[-1].i + 1
    out = []
    for n, left in enumerate(lefts):
        start = left if whole or n else min(first, left) if first <= members[0].i else left
        right = lefts[n + 1] if n + 1 < len(lefts) else end
        while right - 1 > members[n].i and (a.tokens[right - 1].dep in _EDGE or a.tokens[right - 1].pos == "CCONJ"):
            right -= 1
        while start < members[n].i and (a.tokens[start].pos in ("CCONJ", "PUNCT") or a.tokens[start].dep == "preconj"):
            start += 1
        out.append((start, right))
    return out


def _inside(a: Annotated, head: Token, first: int, last: int) -> list[tuple[int, int]] | None:
    """Coordination below the head, of modifiers ("U.S. and Iraqi forces") or complement ("leaders of A and B")."""
    for child in a.children[head.i]:
        token = a.tokens[child]
        if not first <= child < last:
            continue
        if token.dep in ("amod", "compound", "nmod") and child < head.i:
            members = _conjuncts(a, token)
            if len(members) > 1 and all(place_key(m.text) for m in members) and not _one_name(a, members):
                ranges = [(m.i, m.i + 1) for m in members[:-1]]
                return [*ranges, (members[-1].i, last)]
        if token.dep == "prep" and token.norm == "of" and head.tag in ("NNS", "NNPS"):
            inner = [a.tokens[c] for c in a.children[child] if a.tokens[c].dep == "pobj"]
            members = _conjuncts(a, inner[0]) if inner else []
            if len(members) > 1 and all(place_key(m.text) for m in members) and not _one_name(a, members):
                return _ranges(a, members, members[0].i, members[-1].i + 1, whole=True)
    return None
