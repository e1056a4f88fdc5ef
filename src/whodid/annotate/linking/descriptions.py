"""Definite descriptions: "the cleric" is the person who was introduced as a cleric, if only one was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from whodid.annotate.linking.mentions import Mention, Thing
from whodid.annotate.linking.words import people
from whodid.records import Annotated, Link

_RESTRICTS = frozenset({"prep", "relcl", "acl", "appos", "conj", "poss", "nummod"})
_IDLE = frozenset({"the", "this", "that", "former", "then"})


def description_links(a: Annotated, mentions: Sequence[Mention]) -> Iterator[Link]:
    """Links of "the NOUN" to the one earlier person or body that is called so; the mention takes over its thing."""
    called: defaultdict[str, list[Thing]] = defaultdict(list)
    for mention in mentions:
        if _definite(a, mention):
            target = _introduced(a, mention, called[a.tokens[mention.head].lemma])
            if target is not None:
                mention.thing = target
                if target.span[0] < mention.span[0] and _fuller(a, mention, target):
                    yield Link(*mention.span, *target.span, "description")
        for noun in mention.thing.called:
            if not any(mention.thing is t for t in called[noun]):
                called[noun].append(mention.thing)


def _definite(a: Annotated, mention: Mention) -> bool:
    head = a.tokens[mention.head]
    words = people()
    known = head.lemma in words.persons or head.lemma in words.groups or head.lemma in words.documents
    if mention.thing.named or not known or head.tag not in {"NN", "NNP"}:
        return False
    if a.tokens[mention.span[0]].norm != "the":
        return False
    return not any(a.tokens[c].dep in _RESTRICTS for c in a.children[mention.head])


def _fuller(a: Annotated, mention: Mention, target: Thing) -> bool:
    """True if the target says more than the description does."""
    own = {a.tokens[i].norm for i in range(*mention.span)}
    return target.named or any(a.tokens[i].norm not in own | _IDLE for i in range(*target.span))


def _introduced(a: Annotated, mention: Mention, called_so: Sequence[Thing]) -> Thing | None:
    head = a.tokens[mention.head]
    modifiers = {a.tokens[i].norm for i in range(*mention.span) if i != mention.head} - _IDLE
    fitting = [t for t in called_so if not t.plural and modifiers <= t.called[head.lemma]]
    named = [t for t in fitting if t.named]
    if len(named) == 1 and all(_same_words(t, named[0], head.lemma) for t in fitting if not t.named):
        return named[0]
    return fitting[0] if len(fitting) == 1 else None


def _same_words(thing: Thing, named: Thing, lemma: str) -> bool:
    """True if an unnamed mention may well be the named one: it adds no modifier of its own."""
    return thing.called[lemma] - _IDLE <= named.called[lemma]
