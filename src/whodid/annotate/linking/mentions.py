"""Noun phrases that may stand behind a description or a pronoun: who or what each is, as far as the words show it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field

from whodid.annotate.linking.names import Span, core
from whodid.annotate.linking.words import Gender, people
from whodid.records import Annotated, Phrase

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_NAMED = frozenset({"PERSON", "ORG", "GPE", "NORP"})


@dataclass(slots=True, eq=False)
class Thing:
    """One person, body or document of the report; ``span`` is its fullest mention.

    kind: ``person``, ``group``, ``document`` or ``other``. called: the nouns that the report calls it by, each with the
    modifiers that stood with it.
    """

    span: Span
    kind: str
    plural: bool
    gender: Gender | None = None
    named: bool = False
    called: dict[str, set[str]] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Mention:
    """One noun phrase: its head token, its thing, and how it stands in its sentence."""

    head: int
    span: Span
    thing: Thing
    sentence: int
    subject: bool
    quoted: bool


def quoted_tokens(a: Annotated) -> set[int]:
    """The tokens between quotation marks."""
    starts = [t.start for t in a.tokens]
    found: set[int] = set()
    for q in a.quotations:
        found.update(range(bisect_left(starts, q.inner_start), bisect_left(starts, q.inner_end)))
    return found


def mentions(a: Annotated, names: Mapping[Span, Span]) -> list[Mention]:
    """The noun phrases of the report that can be antecedents, in order. ``names``: short name → full name."""
    things: dict[Span, Thing] = {}
    by_name: dict[str, Thing] = {}
    out = []
    inside = quoted_tokens(a)
    for phrase in a.phrases:
        head = a.tokens[phrase.head]
        if (
            head.pos == "PRON"
            or head.tag in {"DT", "WP", "WDT", "EX"}
            or head.entity in {"DATE", "TIME", "CARDINAL", "PERCENT", "MONEY"}
        ):
            continue
        thing = _thing(a, phrase, names, things, by_name)
        _describe(a, phrase, thing)
        out.append(
            Mention(
                head=phrase.head, span=(phrase.first, phrase.last), thing=thing, sentence=head.sentence,
                subject=head.dep in _SUBJECTS, quoted=phrase.head in inside,
            )
        )  # fmt: skip
    return out


def _thing(
    a: Annotated, phrase: Phrase, names: Mapping[Span, Span], things: dict[Span, Thing], by_name: dict[str, Thing]
) -> Thing:
    head = a.tokens[phrase.head]
    entity = a.entity_of.get(phrase.head)
    own = core(a, entity) if entity is not None and entity.label in _NAMED else (phrase.head, phrase.head + 1)
    if own in names or (entity is not None and entity.label in _NAMED):
        span = names.get(own, own)
        word = " ".join(a.tokens[i].norm for i in range(*span))
        if word not in by_name:
            by_name[word] = _named(a, span, head.tag)
        return by_name[word]
    span = (phrase.first, phrase.last)
    lemma = head.lemma
    words = people()
    kind = "other"
    if lemma in words.persons:
        kind = "person"
    elif lemma in words.groups:
        kind = "group"
    elif lemma in words.documents:
        kind = "document"
    plural = head.tag in {"NNS", "NNPS"} or head.norm in {"people", "police"} or any(
        a.tokens[c].dep == "conj" for c in a.children[phrase.head]
    )  # fmt: skip
    things[span] = Thing(span, kind, plural, gender=words.genders.get(lemma))
    return things[span]


def _named(a: Annotated, span: Span, tag: str) -> Thing:
    words = people()
    entity = a.entity_of.get(span[1] - 1)
    label = entity.label if entity is not None else ""
    if label != "PERSON" and a.tokens[span[0]].norm not in words.first_names:
        plural = tag in {"NNS", "NNPS"} and label == "NORP"
        return Thing(span, "group", plural, named=True)
    title = a.tokens[span[0] - 1].norm if span[0] else ""
    gender = words.titles.get(title) or words.first_names.get(a.tokens[span[0]].norm)
    return Thing(span, "person", plural=tag in {"NNS", "NNPS"}, gender=gender, named=True)


def _describe(a: Annotated, phrase: Phrase, thing: Thing) -> None:
    """Note the nouns that this mention adds: apposition, title before the name, "is a …", a group's own last word."""
    words = people()
    tokens = a.tokens
    nouns: list[int] = []
    listed = tokens[phrase.head].dep == "conj" or any(tokens[c].dep == "conj" for c in a.children[phrase.head])
    for c in a.children[phrase.head]:
        if tokens[c].dep == "appos" and tokens[c].pos in {"NOUN", "PROPN"} and c not in a.entity_of:
            if not listed:  # "Ann and Bob, the mayor": whose apposition it is cannot be told
                nouns.append(c)
        elif tokens[c].dep in {"compound", "nmod"} and tokens[c].lemma in words.persons and c < phrase.head:
            nouns.append(c)
    head = tokens[phrase.head]
    above = tokens[head.head]
    if head.dep == "appos" and not listed and above.pos in {"NOUN", "PROPN"} and above.i not in a.entity_of:
        nouns.append(above.i)
    if head.dep == "nsubj" and above.lemma == "be":
        nouns += [c for c in a.children[above.i] if tokens[c].dep == "attr" and tokens[c].tag == "NN"]
    if not thing.named or (thing.kind == "group" and head.lemma not in words.lands):
        nouns.append(phrase.head)
    for noun in nouns:
        lemma = tokens[noun].lemma
        if lemma in words.persons or lemma in words.groups or lemma in words.documents:
            thing.called.setdefault(lemma, set()).update(_modifiers(a, noun, phrase))
            if thing.kind == "person" and thing.gender is None:
                thing.gender = words.genders.get(lemma) or words.titles.get(lemma)


def _modifiers(a: Annotated, noun: int, phrase: Phrase) -> set[str]:
    left = {a.tokens[c].norm for c in a.children[noun] if c < noun}
    return left | {a.tokens[i].norm for i in range(phrase.first, phrase.last) if i != noun}
