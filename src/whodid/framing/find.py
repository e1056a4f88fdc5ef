"""Where the words of the lexicon stand in a report: the longest match wins, and names are left alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from whodid.framing.lexicon import Pattern
from whodid.records import Annotated, Sentence, Token

_BESIDE = 2
"""Words to either side that count as beside, besides those that hang on the match or carry it."""
_HEADLINE = 0.7
"""From this share of capitalised words on a sentence is a headline, in which a capital letter makes no name."""
_NAMES = frozenset({"PERSON", "ORG", "FAC", "GPE", "LOC", "EVENT", "WORK_OF_ART", "LAW", "PRODUCT"})


class Match(NamedTuple):
    """Tokens ``first`` to ``last`` (half-open), the one that carries the others, and the pattern that they fit."""

    first: int
    last: int
    head: int
    pattern: Pattern


def find(a: Annotated, patterns: Mapping[str, tuple[Pattern, ...]]) -> Iterator[Match]:
    """The matches of a report in order; no word is part of two."""
    done = 0
    for token in a.tokens:
        if token.i < done:
            continue
        for pattern in _starting(token, patterns):
            last = token.i + len(pattern.words)
            if not _fits(a, token.i, pattern) or _is_name(a, token.i, last):
                continue
            match = Match(token.i, last, _head(a, token.i, last), pattern)
            meant = _means_it(a, match)
            if meant:
                yield match
            if meant or len(pattern.words) > 1:  # the parts of a phrase in another sense are not meant either
                done = last
                break


def _starting(token: Token, patterns: Mapping[str, tuple[Pattern, ...]]) -> list[Pattern]:
    found = [*patterns.get(token.norm, ())]
    lemma = token.lemma.lower()
    if lemma != token.norm:
        found += patterns.get(lemma, ())
        found.sort(key=lambda p: -len(p.words))
    return found


def _fits(a: Annotated, first: int, pattern: Pattern) -> bool:
    last = first + len(pattern.words) - 1
    if last >= len(a.tokens) or a.tokens[last].sentence != a.tokens[first].sentence:
        return False
    for i, word in enumerate(pattern.words, first):
        token = a.tokens[i]
        if token.norm != word and (pattern.form or token.lemma.lower() != word):
            return False
    return pattern.pos is None or _pos(a.tokens[last]) == pattern.pos


def _pos(token: Token) -> str:
    return "NOUN" if token.pos == "PROPN" else token.pos


def _head(a: Annotated, first: int, last: int) -> int:
    """The token of the match whose head stands outside it."""
    inside = range(first, last)
    return next((i for i in inside if a.tokens[i].head not in inside or a.tokens[i].head == i), last - 1)


def _is_name(a: Annotated, first: int, last: int) -> bool:
    """True for words of a proper name ("Martyrs' Square", "the Liberation Front"): nobody chose them today."""
    s = a.sentence_of(first)
    written = [a.tokens[i] for i in range(first, last) if a.tokens[i].text[0].isalpha()]
    if not any(t.text[0].isupper() for t in written):
        return False
    entity = a.entity_of.get(first)
    if entity is not None and entity.label in _NAMES and entity.last - entity.first > last - first:
        return True
    return any(t.text[0].isupper() and t.i != s.first for t in written) and not _is_headline(a, s)


def _is_headline(a: Annotated, s: Sentence) -> bool:
    words = [t for t in a.tokens[s.first : s.last] if len(t.text) > 3 and t.text[0].isalpha()]
    return sum(t.text[0].isupper() for t in words) >= _HEADLINE * len(words)


def _means_it(a: Annotated, match: Match) -> bool:
    """False where the words beside the match, or those of its sentence, give it another sense."""
    term = match.pattern.term
    if not (term.unless or term.near or term.beside):
        return True
    if term.unless or term.beside:
        beside = _lemmas(a, _around(a, match))
        if beside & term.unless or (term.beside and not beside & term.beside):
            return False
    s = a.sentence_of(match.first)
    others = (i for i in range(s.first, s.last) if not match.first <= i < match.last)
    return not term.near or bool(_lemmas(a, others) & term.near)


def _lemmas(a: Annotated, indexes: Iterator[int]) -> set[str]:
    return {word for i in indexes for word in (a.tokens[i].lemma.lower(), a.tokens[i].norm)}


def _around(a: Annotated, match: Match) -> Iterator[int]:
    """The words just before and after, what the match hangs on and what hangs on it, through a preposition as well."""
    s = a.sentence_of(match.first)
    yield from range(max(s.first, match.first - _BESIDE), match.first)
    yield from range(match.last, min(s.last, match.last + _BESIDE))
    yield from _through(a, a.tokens[match.head].head, match)
    for child in a.children[match.head]:
        yield from _through(a, child, match)


def _through(a: Annotated, i: int, match: Match) -> Iterator[int]:
    if match.first <= i < match.last:
        return
    yield i
    if a.tokens[i].dep in {"prep", "agent"}:
        yield a.tokens[i].head
        yield from a.children[i]
