"""What a mention has about it that tells whether another one may be of the same event."""

from __future__ import annotations

from dataclasses import dataclass

from whodid.ground.times.attach import is_verb, names
from whodid.ground.times.lexicon import data
from whodid.records import Annotated, Mention, Token

_STEM = 5
_OBJECTS = ("dobj", "nsubj", "nsubjpass")
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "both"})


@dataclass(frozen=True, slots=True)
class Traits:
    """What tells one event of a report from another. ``stems``: beginnings of the predicate's words, enough to see
    "assassinate" in "assassination"; ``people``: name words and common nouns of actors and recipients; ``modifiers``:
    beginnings of the words in front of a noun ("missile attack")."""

    families: frozenset[str]
    stems: frozenset[str]
    actors: frozenset[str]
    recipients: frozenset[str]
    people: frozenset[str]
    numbers: frozenset[str]
    definite: bool
    general: bool
    new: bool
    several: bool
    verb: bool
    modifiers: frozenset[str]


def stem(word: str) -> str:
    """The beginning of a lemma, enough to see "assassinate" in "assassination"."""
    return word.lower()[:_STEM]


def traits(annotated: Annotated, mention: Mention) -> Traits:
    """The traits of one mention."""
    families = {name for name, types in data("verbs")["stories"]["families"].items() if mention.type in types}
    words = [annotated.tokens[mention.head], *_nouns_below(annotated, mention.head, "talks" in families)]
    actors = _role_words(annotated, mention, "actor")
    recipients = _role_words(annotated, mention, "recipient")
    people = [frozenset(t.lemma.lower() for t in side) for side in (actors, recipients)]
    return Traits(
        families=frozenset(families or {mention.type}),
        stems=frozenset(stem(w.lemma) for w in words),
        actors=people[0],
        recipients=people[1],
        people=people[0] | people[1],
        numbers=frozenset(t.norm for t in _role_tokens(annotated, mention, "recipient") if t.pos == "NUM"),
        definite=any(definite(annotated, w) for w in words),
        general=any(w.lemma in data("verbs")["stories"]["general"] and definite(annotated, w) for w in words),
        several=any(w.tag == "NNS" and _numbered(annotated, w) for w in words),
        verb=is_verb(words[0]),
        modifiers=frozenset(
            stem(annotated.tokens[c].lemma)
            for c in annotated.children[mention.head]
            if annotated.tokens[c].dep in ("compound", "amod", "nmod") and annotated.tokens[c].pos == "NOUN"
        ),
        new=any(_is_new(annotated, w) for w in (*words, *recipients)),
    )


def _nouns_below(annotated: Annotated, head: int, talks: bool) -> list[Token]:
    """The nouns that name the event under a verb which does not: "hold talks", "take part in the meeting"."""
    tokens, children = annotated.tokens, annotated.children
    if not is_verb(tokens[head]) or not (talks or tokens[head].lemma in names("carriers")):
        return []
    level = [
        tokens[c]
        for c in children[head]
        if tokens[c].dep in _OBJECTS + (("prep", "xcomp", "attr", "dobj") if talks else ())
    ]
    found = []
    for _ in range(3):
        found += [t for t in level if t.lemma in names("event_nouns")]
        level = [tokens[c] for t in level for c in children[t.i] if talks and tokens[c].dep in ("prep", "pobj", "dobj")]
    return found


def _role_words(annotated: Annotated, mention: Mention, kind: str) -> list[Token]:
    return [t for t in _role_tokens(annotated, mention, kind) if t.pos in ("NOUN", "PROPN")]


def _numbered(annotated: Annotated, noun: Token) -> bool:
    """ "two blasts": events that are counted together, not one of them."""
    return any(annotated.tokens[c].dep == "nummod" for c in annotated.children[noun.i])


def _is_new(annotated: Annotated, word: Token) -> bool:
    return any(annotated.tokens[c].norm in data("verbs")["stories"]["new"] for c in annotated.children[word.i])


def _role_tokens(annotated: Annotated, mention: Mention, kind: str) -> list[Token]:
    """The words of the roles of a kind, and those that a pronoun or short name among them stands for."""
    found: list[Token] = []
    for role in mention.roles:
        if role.kind != kind:
            continue
        first = role.head
        sentence = annotated.sentence_of(role.head)
        while first > sentence.first and annotated.tokens[first - 1].start >= role.quote.start:
            first -= 1
        found += [t for t in annotated.tokens[first : sentence.last] if t.end <= role.quote.end]
        if (link := annotated.link_of.get(role.head)) is not None:
            found += annotated.tokens[link.to_first : link.to_last]
    return found


def definite(annotated: Annotated, noun: Token) -> bool:
    """ "the attack", "these talks", "its raid": a noun that points back."""
    if noun.pos not in ("NOUN", "PROPN"):
        return False
    return any(annotated.tokens[c].norm in _DEFINITE and c < noun.i for c in annotated.children[noun.i])


def simple_past(annotated: Annotated, head: int) -> bool:
    """A finite verb in the simple past, active or passive, that is no background ("had killed", "has killed")."""
    token = annotated.tokens[head]
    if not is_verb(token):
        return False
    auxiliaries = {
        annotated.tokens[c].norm for c in annotated.children[head] if annotated.tokens[c].dep in ("aux", "auxpass")
    }
    if auxiliaries - {"was", "were", "did"}:
        return False
    return token.tag == "VBD" or bool(auxiliaries)


def main_line(annotated: Annotated, head: int) -> bool:
    """Is the predicate told in a main clause, or in one that somebody is reported to have said?"""
    token = annotated.tokens[head]
    if not is_verb(token):
        return token.dep in ("dobj", "nsubj", "nsubjpass") and main_line(annotated, token.head)
    while token.dep == "conj":
        token = annotated.tokens[token.head]
    return token.dep in ("ROOT", "ccomp", "parataxis")
