"""Reading a parse: what hangs on a word, who its subject is, and spans of it in the text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from whodid.ground.attribution.lexicon import Group
from whodid.records import Annotated, Token

Span = tuple[int, int]
"""A half-open range, of tokens or of characters as the name says."""

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_SHARES = frozenset({"conj", "xcomp", "advcl", "ccomp", "parataxis", "dep", "acomp", "oprd", "attr"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_OPENING = frozenset({'"', "“", "‘", "'", "''", "``", "(", "[", "«", "„"})
_CLOSING = {")": "(", "]": "[", "”": "“„", "’": "‘", '"': '"', "''": ("``", "''"), "»": "«", "'": "'"}


@dataclass(slots=True)
class Found:
    """An attribution while it is put together: tokens for cue and source, characters for the content."""

    group: Group
    frame: str
    cue: list[int]
    source: Span | None
    source_head: int | None
    content: list[Span]
    direct: bool = False

    @property
    def cue_head(self) -> int:
        """The word that attributes."""
        return self.cue[0]


def is_verb(token: Token) -> bool:
    """True for any form of a verb."""
    return token.tag.startswith("VB")


def child(a: Annotated, i: int, *deps: str) -> int | None:
    """The first dependent of token ``i`` with one of these labels."""
    return next((c for c in a.children[i] if a.tokens[c].dep in deps), None)


def below(a: Annotated, i: int, drop: Collection[int] = ()) -> set[int]:
    """Token ``i`` and all that hangs on it, without what hangs on the tokens ``drop``."""
    seen: set[int] = set()
    stack = [i]
    while stack:
        k = stack.pop()
        if k not in seen and k not in drop:
            seen.add(k)
            stack.extend(a.children[k])
    return seen


def said(a: Annotated, i: int) -> set[int]:
    """Token ``i`` and all that hangs on it, but for "according to …", which speaks about the whole statement."""
    seen: set[int] = set()
    stack = [i]
    while stack:
        k = stack.pop()
        seen.add(k)
        stack.extend(c for c in a.children[k] if a.tokens[c].norm != "according")
    return seen


def runs(indexes: Iterable[int]) -> Iterator[Span]:
    """Token indexes as half-open ranges."""
    first = last = -1
    for i in sorted(indexes):
        if i == last:
            last += 1
            continue
        if last > first:
            yield first, last
        first, last = i, i + 1
    if last > first:
        yield first, last


def trimmed(a: Annotated, first: int, last: int) -> Span | None:
    """The range without punctuation, spaces and conjunctions at its ends; None if nothing is left.

    A quotation mark or bracket stays where its partner is inside."""
    tokens = a.tokens
    while first < last and _loose(tokens[first]) and tokens[first].text not in _OPENING:
        first += 1
    while last > first and _loose(tokens[last - 1]):
        partner = _CLOSING.get(tokens[last - 1].text)
        if partner and any(tokens[k].text in partner for k in range(first, last - 1)):
            break
        last -= 1
    return (first, last) if first < last else None


def _loose(token: Token) -> bool:
    return token.pos in {"PUNCT", "SPACE"} or token.dep == "cc" or token.text.isspace()


def chars(a: Annotated, spans: Iterable[Span]) -> list[Span]:
    """Token ranges as character ranges, trimmed; empty ones left out."""
    out = []
    for first, last in spans:
        part = trimmed(a, first, last)
        if part:
            out.append((a.tokens[part[0]].start, a.tokens[part[1] - 1].end))
    return out


def phrase(a: Annotated, head: int, drop: Collection[int] = ()) -> Span | None:
    """The tokens of the noun phrase around ``head``: the stretch of what hangs on it that holds ``head``."""
    for first, last in runs(below(a, head, drop)):
        if first <= head < last:
            return trimmed(a, first, last)
    return None


def subject(a: Annotated, verb: int) -> int | None:
    """The head of the subject of ``verb``: its own, or the one it shares by coordination or control.

    For a relative "who" it is the relative pronoun; for a passive its agent ("by …"), None where there is none."""
    tokens = a.tokens
    current = verb
    for _ in range(8):
        if current == verb and is_passive(a, verb):
            return agent(a, verb)
        own = _own_subject(a, current)
        if own is not None:
            return own
        token = tokens[current]
        if token.dep == "acl" or (token.dep == "relcl" and token.tag in {"VBG", "VBN"}):
            return token.head
        if token.dep in _SHARES and token.head != current:
            controller = _controller(a, current)
            if controller is not None:
                return controller
            current = token.head
        elif token.dep == "pcomp":
            above = tokens[token.head].head
            if above == token.head:
                return None
            if not is_verb(tokens[above]) and tokens[above].dep not in {"ROOT", "conj"}:
                return above if tokens[above].pos in _NOMINAL else None
            current = above
        else:
            return child(a, current, "poss") if token.tag == "VBG" else None
    return None


def _own_subject(a: Annotated, verb: int) -> int | None:
    """The dependent that is labelled subject, of several the one next to the verb; or else, where a finite verb
    has none, the noun phrase that stands right before it."""
    labelled = [c for c in a.children[verb] if a.tokens[c].dep in SUBJECTS]
    if labelled:
        return min(labelled, key=lambda c: abs(c - verb))
    if a.tokens[verb].tag not in _FINITE or a.tokens[verb].dep in {"conj", "relcl"}:
        return None
    k = verb - 1
    while k >= 0 and a.tokens[k].dep in {"aux", "neg", "advmod"}:
        k -= 1
    return next(
        (p.head for p in a.phrases if p.last == k + 1 and a.tokens[p.head].sentence == a.tokens[verb].sentence), None
    )


def is_passive(a: Annotated, verb: int) -> bool:
    """True for "was told", and for "told" alone after a noun or in front of a sentence."""
    return child(a, verb, "nsubjpass", "auxpass") is not None or _bare_passive(a, verb)


def _bare_passive(a: Annotated, verb: int) -> bool:
    token = a.tokens[verb]
    return token.tag == "VBN" and token.dep in {"acl", "advcl"} and child(a, verb, "aux", "dobj", "ccomp") is None


def _controller(a: Annotated, verb: int) -> int | None:
    """In "asked her to say", "her" and not the subject of "asked"."""
    token = a.tokens[verb]
    if token.dep not in {"xcomp", "ccomp"}:
        return None
    return child(a, token.head, "dobj") if token.tag == "VB" else None


def agent(a: Annotated, verb: int) -> int | None:
    """The object of a passive's "by"."""
    by = child(a, verb, "agent")
    return child(a, by, "pobj") if by is not None else None
