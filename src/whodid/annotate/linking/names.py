"""Short names and acronyms: "Sadr" is Muqtada al-Sadr, "the PMU" the Popular Mobilization Units (PMU)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from whodid.annotate.linking.words import people
from whodid.records import Annotated, Entity, Link, Token

Span = tuple[int, int]
Key = tuple[str, str]
"""First and last word of a person's name."""
_ARTICLES = frozenset({"the", "a", "an"})
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
    return tuple(w for w in words if w[0].isalnum() and w not in people().particles and w not in people().suffixes)


def _persons(a: Annotated) -> Iterator[Link]:
    full: dict[Key, Span] = {}
    shorts: list[tuple[int, Span, str]] = []
    for span in _person_spans(a):
        words = _words(a, span)
        if len(words) >= 2 and _capitalised(a, span) and not _broken(a, span):
            full.setdefault((words[0], words[-1]), span)
        elif len(words) == 1:
            shorts.append((span[0], span, words[0]))
    known = {word for key in full for word in key}
    shorts += [(i, (first, i + 1), a.tokens[i].norm) for first, i in _loose(a, known)]
    settled: dict[str, Key] = {}
    for _, span, word in sorted(shorts):
        key = settled.get(word) or _one(a, span, word, full)
        if key is not None:
            if sum(k[1] == word for k in full) < 2:
                settled[word] = key  # who was "Sadr" stays "Sadr", also after a first name of that kind turns up
            yield Link(*span, *full[key], "name")


def _person_spans(a: Annotated) -> Iterator[Span]:
    """Persons, and what was taken for an organisation though it begins with a first name."""
    for entity in a.entities:
        span = core(a, entity)
        first_name = a.tokens[span[0]].norm in people().first_names and 2 <= span[1] - span[0] <= 3
        if entity.label == "PERSON" or (
            entity.label == "ORG" and first_name and all(a.tokens[i].tag == "NNP" for i in range(*span))
        ):
            yield span


def _one(a: Annotated, span: Span, word: str, full: dict[Key, Span]) -> Key | None:
    """The one person with this last name, or else first name; those introduced before come first."""
    fitting = [k for k in full if k[1] == word] + [k for k in full if k[0] == word != k[1]]
    before = [k for k in fitting if full[k][0] < span[0]]
    for keys in (before, fitting):
        if len(keys) == 1:
            return keys[0]
        if keys:
            title = people().titles.get(a.tokens[span[0] - 1].norm) if span[0] else None
            titled = [k for k in keys if title and people().first_names.get(k[0]) == title]
            return titled[0] if len(titled) == 1 else None
    return None


def _capitalised(a: Annotated, span: Span) -> bool:
    return a.tokens[span[0]].text[:1].isupper() and a.tokens[span[1] - 1].text[:1].isupper()


def _broken(a: Annotated, span: Span) -> bool:
    """True if the parser ran two things together: a comma, a bracket or a line end inside."""
    return any(a.tokens[i].text in {",", "(", ")", ":", ";"} or "\n" in a.tokens[i].text for i in range(*span))


def _loose(a: Annotated, known: set[str]) -> Iterator[tuple[int, int]]:
    """First token and last word of single names that the recogniser missed or took for an organisation."""
    for token in a.tokens:
        if token.tag != "NNP" or token.norm not in known or token.entity not in {"", "ORG"}:
            continue
        entity = a.entity_of.get(token.i)
        first = core(a, entity)[0] if entity is not None else token.i
        if any(a.tokens[i].norm not in people().particles for i in range(first, token.i)):
            continue
        if (entity is None or core(a, entity)[1] == token.i + 1) and _stands_alone(a, first, token):
            yield first, token.i


def _stands_alone(a: Annotated, first: int, token: Token) -> bool:
    before = a.tokens[first - 1] if first else None
    after = a.tokens[token.i + 1] if token.i + 1 < len(a.tokens) else None
    if token.dep == "compound" or (after is not None and after.tag in {"NNP", "NNPS"}):
        return False
    if before is None:
        return True
    titled = before.norm in people().titles or before.lemma in people().persons
    return before.norm not in _ARTICLES and (before.tag not in {"NNP", "NNPS"} or titled)


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
