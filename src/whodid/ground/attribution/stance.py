"""How a source stands to its words, as far as the cue says: asserts, denies, doubts, supports or condemns them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, get_args

import yaml

from whodid.ground.attribution.spans import Found, child
from whodid.records import Annotated, Stance

_TURNED_DOWN = frozenset({"dobj", "nsubjpass"})


@dataclass(frozen=True, slots=True)
class Stances:
    """The lists of ``stance.yaml``, which says what they mean."""

    words: dict[str, Stance]
    groups: dict[str, Stance]
    told: frozenset[str]
    quoted: frozenset[str]
    refusals: frozenset[str]
    refusing: frozenset[str]
    negators: frozenset[str]
    negated: dict[str, Stance]
    adjectives: frozenset[str]
    adverbs: frozenset[str]


@cache
def stances() -> Stances:
    """The lists, read once."""
    text = resources.files(__package__).joinpath("stance.yaml").read_text(encoding="utf-8")
    raw: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    words: dict[str, Stance] = {word: name for name in get_args(Stance) for word in raw.get(name, ())}
    return Stances(
        words=words,
        groups=raw["groups"],
        told=frozenset(raw["told"]),
        quoted=frozenset(raw["quoted"]),
        refusals=frozenset(raw["refusals"]),
        refusing=frozenset(raw["refusing"]),
        negators=frozenset(raw["negators"]),
        negated=raw["negated"],
        adjectives=frozenset(raw["distance"]["adjectives"]),
        adverbs=frozenset(raw["distance"]["adverbs"]),
    )


def cue_stance(a: Annotated, found: Found) -> Stance | None:
    """The stance that the cue of an attribution expresses; None where it speaks neither of truth nor of worth."""
    s = stances()
    token = a.tokens[found.cue_head]
    if token.pos == "NOUN" and token.dep in _TURNED_DOWN and a.tokens[token.head].lemma in s.refusing:
        return "denies"
    if token.lemma in s.refusals and child(a, token.i, "dative") is not None:
        return None
    stance = s.words.get(token.lemma)
    if stance is None and (found.group.reported or found.frame in s.told):
        stance = s.groups.get(found.group.name)
        if stance is None and found.frame == "quote" and found.group.name in s.quoted:
            stance = "asserts"
    if stance is None or not _negated(a, found.cue_head):
        return stance
    return s.negated.get(token.lemma, None if stance in {"supports", "condemns"} else "doubts")


def _negated(a: Annotated, i: int) -> bool:
    """True for "did not say", "no claim that"; an adjective is negated beside its verb ("is not sure")."""
    homes = [i, a.tokens[i].head] if a.tokens[i].dep == "acomp" else [i]
    return any(
        a.tokens[c].norm in stances().negators and a.tokens[c].dep in {"neg", "det", "advmod", "preconj"}
        for home in homes
        for c in a.children[home]
    )


def distance(a: Annotated, i: int) -> bool:
    """True if the words on token ``i`` mark a distance of whoever tells of it: "alleged raid", "apparently raided"."""
    s = stances()
    for c in a.children[i]:
        token = a.tokens[c]
        if token.dep == "advmod" and token.norm in s.adverbs:
            return True
        if token.dep in {"amod", "compound", "nmod"}:
            first, last = a.subtree(c)
            if a.quote(first, last).text.lower() in s.adjectives:
                return True
    return False
