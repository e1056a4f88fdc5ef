"""Short names and acronyms: "Sadr" is Muqtada al-Sadr, "the PMU" the Popular Mobilization Units (PMU)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from whodid.annotate.linking.words import people
from whodid.records import Annotated, Entity, Link, Token

Span = tuple[int, int]
_ARTICLES = frozenset({"the", "a", "an"})
_PARTICLES = frozenset({"al", "el", "bin", "ibn", "ben", "abu", "van", "von", "de", "del", "da", "di", "bint", "-"})
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii"})
_ACRONYM = re.compile(r"[A-Z][A-Za-z&./-]{1,9}$")
_LONGEST_BRACKET = 3


def core(a: Annotated, entity: Entity) -> Span:
    """The tokens of an entity without article, possessive mark and stray punctuation."""
    first, last = entity.first, entity.last
    while first < last - 1 and (a.tokens[first].norm in _ARTICLES or not a.tokens[first].text[0].isalnum()):
        first += 1
    while last > first + 1 and (a.tokens[last - 1].tag == "POS" or not a.tokens[last - 1].text[-1].isalnum()):
        last -= 1
    return first, last


def name_links(a: Annotated) -> Iterator[Link]:
    """Links of short names, other spellings and acronyms to the fuller name."""
    yield from _persons(a)
    yield from _organisations(a)


# ---------------------------------------------------------------- persons


def _words(a: Annotated, span: Span) -> tuple[str, ...]:
    words = (a.tokens[i].norm.removeprefix("al-").removeprefix("el-") for i in range(*span))
    return tuple(w for w in words if w[0].isalnum() and w not in _PARTICLES and w not in _SUFFIXES)


def _persons(a: Annotated) -> Iterator[Link]:
    spans = [core(a, e) for e in a.entities if e.label == "PERSON"]
    full: dict[tuple[str, str], Span] = {}  # first and last word of a name → its fullest early mention
    for span in spans:
        words = _words(a, span)
        if len(words) >= 2 and _capitalised(a, span) and not _broken(a, span):
            full.setdefault((words[0], words[-1]), span)
    by_last, by_first = defaultdict(set), defaultdict(set)
    for first_word, last_word in full:
        by_last[last_word].add((first_word, last_word))
        by_first[first_word].add((first_word, last_word))
    for span in [*spans, *_loose(a, set(by_last))]:
        words = _words(a, span)
        if not words:
            continue
        target = _target(a, span, words, by_last, by_first, full)
        if target and target != span and (len(words) == 1 or a.tokens[span[0]].norm != a.tokens[target[0]].norm):
            yield Link(*span, *target, "name")


def _target(
    a: Annotated,
    span: Span,
    words: tuple[str, ...],
    by_last: dict[str, set[tuple[str, str]]],
    by_first: dict[str, set[tuple[str, str]]],
    full: dict[tuple[str, str], Span],
) -> Span | None:
    if len(words) > 1:
        return None
    word = words[0]
    keys = by_last.get(word) or by_first.get(word) or set()
    if len(keys) > 1:
        title = people().titles.get(a.tokens[span[0] - 1].norm) if span[0] else None
        keys = {k for k in keys if title and people().first_names.get(k[0]) == title}
    return full[next(iter(keys))] if len(keys) == 1 else None


def _capitalised(a: Annotated, span: Span) -> bool:
    return a.tokens[span[0]].text[:1].isupper() and a.tokens[span[1] - 1].text[:1].isupper()


def _broken(a: Annotated, span: Span) -> bool:
    """True if the parser ran two things together: a comma, a bracket or a line end inside."""
    return any(a.tokens[i].text in {",", "(", ")", ":", ";"} or "\n" in a.tokens[i].text for i in range(*span))


def _loose(a: Annotated, last_words: set[str]) -> Iterator[Span]:
    """Single words that the recogniser missed or took for an organisation, and that are a person's last name here."""
    for token in a.tokens:
        if token.tag != "NNP" or token.norm not in last_words or token.entity not in {"", "ORG"}:
            continue
        entity = a.entity_of.get(token.i)
        if entity is not None and core(a, entity) != (token.i, token.i + 1):
            continue
        if _stands_alone(a, token):
            yield token.i, token.i + 1


def _stands_alone(a: Annotated, token: Token) -> bool:
    neighbours = [a.tokens[i] for i in (token.i - 1, token.i + 1) if 0 <= i < len(a.tokens)]
    return token.dep != "compound" and all(
        n.tag not in {"NNP", "NNPS"} or n.norm in people().titles or (n.i < token.i and n.norm in people().persons)
        for n in neighbours
    ) and a.tokens[token.i - 1].norm not in _ARTICLES  # fmt: skip


# ---------------------------------------------------------------- organisations


def _organisations(a: Annotated) -> Iterator[Link]:
    short: dict[str, Span] = {}
    for i, span in _introduced(a):
        short.setdefault(a.tokens[i].text, span)
        yield Link(i, i + 1, *span, "name")
    if not short:
        return
    for token in a.tokens:
        span = short.get(token.text, (token.i, token.i))
        if token.i >= span[1] + _LONGEST_BRACKET:
            yield Link(token.i, token.i + 1, *span, "name")


def _introduced(a: Annotated) -> Iterator[tuple[int, Span]]:
    """Acronyms in brackets right after what they stand for."""
    for token in a.tokens[2:-1]:
        i = token.i
        if a.tokens[i - 1].text != "(" or a.tokens[i + 1].text != ")" or not _ACRONYM.match(token.text):
            continue
        if sum(c.isupper() for c in token.text) < 2:
            continue
        span = _spelt_out(a, i - 1, token.text) or _entity_before(a, i - 1)
        if span:
            yield i, span


def _spelt_out(a: Annotated, end: int, acronym: str) -> Span | None:
    """The words before token ``end`` whose capital initials spell the acronym."""
    letters = [c for c in acronym if c.isupper()]
    sentence = a.sentence_of(end)
    k, start = end, end
    while letters and k > sentence.first and end - k < 12:
        k -= 1
        text = a.tokens[k].text
        if text[0].isupper():
            for part in reversed(re.split(r"[-–]", text)):
                if letters and part[:1].upper() == letters[-1]:
                    letters.pop()
                    start = k
        elif a.tokens[k].text in {",", ";", ":", '"'}:
            break
    return (start, end) if not letters else None


def _entity_before(a: Annotated, end: int) -> Span | None:
    entity = a.entity_of.get(end - 1)
    if entity is None or entity.label not in {"ORG", "NORP"} or entity.last != end:
        return None
    span = core(a, entity)
    return span if span[1] - span[0] >= 2 else None
