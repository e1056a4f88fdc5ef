"""Which place names the parse ties to a predicate as the place where it happens."""

from __future__ import annotations

from functools import cache
from typing import Literal

from whodid.ground.places.knowledge import knowledge
from whodid.records import Annotated

_ARGUMENTS = ("dobj", "nsubjpass", "nsubj", "attr", "dative", "oprd")
_DOWN = ("conj", "xcomp", "advcl")
_DEEPEST = 6

Reach = Literal["self", "event", "clause"]


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(knowledge("words")[key])


@cache
def _places_and_shares() -> frozenset[str]:
    return _words("settlement_nouns") | _words("feature_nouns") | _words("shares")


def attached(a: Annotated, head: int, places: frozenset[int], *, reach: Reach = "clause") -> list[int]:
    """Tokens of the place names that say where the predicate at ``head`` happens: one, or several in coordination.

    Looked for in this order, and the first that gives a place decides: an object that is a place ("captured the town
    of …"); the predicate's own locatives; those of its arguments; the clauses that continue it; the clause that it
    continues or stands in ("…, killing two"). A clause that only reports never lends its place.

    ``reach`` says how far to look: ``self`` no further than the predicate's own locatives and those of a happening that
    it governs or that governs it ("held talks in …"); ``event`` also arguments, and other clauses with the same
    subject; ``clause`` any clause that the parse ties to it.
    """
    finder = _Finder(a, places, reach)
    return finder.own(head) or finder.below(head) or finder.above(head)


class _Finder:
    def __init__(self, a: Annotated, places: frozenset[int], reach: Reach) -> None:
        self.a = a
        self.places = places
        self.reach = reach

    def own(self, head: int) -> list[int]:
        """Places of the predicate and its arguments."""
        found = self.object_place(head) or self.locatives(head)
        if found:
            return found
        if self.a.tokens[head].pos in ("NOUN", "PROPN"):
            found = self.modifiers(head)
        return found or self.arguments(head)

    def locatives(self, head: int, deep: int = 0) -> list[int]:
        """Places under the prepositions that hang on ``head``."""
        ways: list[int] = []
        for c in self.a.children[head]:
            token = self.a.tokens[c]
            if token.dep in ("prep", "agent", "prt", "advmod") and token.norm in _words("locative"):
                if self.topic(head, c):
                    continue
                found = self.under(c, deep)
                if found:
                    return found
            elif token.dep == "prep" and token.norm in _words("of_motion"):
                ways.append(c)
            elif token.dep == "advmod" and deep < _DEEPEST:
                found = self.locatives(c, deep + 1)
                if found:
                    return found
        if ways and self.a.tokens[head].lemma in _words("motion_verbs"):
            return next((f for f in (self.under(c, deep) for c in ways) if f), [])
        return []

    def topic(self, head: int, preposition: int) -> bool:
        """True for "called on Rome", "anger over the Iraq war": what it is about, not where."""
        a, norm = self.a, self.a.tokens[preposition].norm
        objects = [o for o in a.children[preposition] if a.tokens[o].dep == "pobj"]
        if norm in ("on", "upon"):
            return a.tokens[head].lemma in _words("calling_verbs") and any(o in self.places for o in objects)
        places = _words("settlement_nouns") | _words("feature_nouns")
        return norm in _words("of_topic") and not any(o in self.places or a.tokens[o].lemma in places for o in objects)

    def under(self, preposition: int, deep: int) -> list[int]:
        """Places of what stands behind a preposition."""
        through = self.a.tokens[preposition].norm in _words("through_noun")
        for o in self.a.children[preposition]:
            token = self.a.tokens[o]
            if token.dep == "pobj" and deep < _DEEPEST:
                found = self.locatives(o, deep + 1) if through and o in self.places else self.phrase(o, deep + 1)
            elif token.dep in ("prep", "conj") and token.norm in _words("locative") and deep < _DEEPEST:
                found = self.under(o, deep + 1)
            else:
                found = []
            if found:
                return found
        return []

    def phrase(self, noun: int, deep: int = 0) -> list[int]:
        """Places in a noun phrase: the noun, "of …", modifiers, apposition, its own locatives."""
        a = self.a
        if noun in self.places:
            return [noun, *self.coordinated(noun)]
        found = self.of(noun, deep)
        if found or deep >= _DEEPEST:
            return found
        if a.tokens[noun].lemma.lower() in _words("settlement_nouns"):  # "Mitte district in Berlin": the district
            found = self.modifiers(noun)
        found = found or self.locatives(noun, deep + 1) or self.modifiers(noun)
        if found:
            return found
        for c in a.children[noun]:
            if a.tokens[c].dep in ("appos", "conj"):
                found = self.phrase(c, deep + 1)
                if found:
                    return found
        return []

    def of(self, noun: int, deep: int) -> list[int]:
        for c in self.a.children[noun]:
            if self.a.tokens[c].dep == "prep" and self.a.tokens[c].norm == "of":
                for o in self.a.children[c]:
                    if self.a.tokens[o].dep == "pobj" and deep < _DEEPEST:
                        return self.phrase(o, deep + 1)
        return []

    def coordinated(self, noun: int) -> list[int]:
        out = []
        for c in self.a.children[noun]:
            if self.a.tokens[c].dep == "conj" and c in self.places:
                out += [c, *self.coordinated(c)]
        return out

    def modifiers(self, noun: int) -> list[int]:
        """The place before a noun of a place or a happening: "a Kabul mosque", not "Kabul police"."""
        lemma = self.a.tokens[noun].lemma.lower()
        if not any(lemma in _words(k) for k in ("feature_nouns", "division_words", "settlement_nouns", "event_nouns")):
            return []
        for c in self.a.children[noun]:
            if c in self.places and self.a.tokens[c].dep in ("compound", "nmod", "poss", "amod"):
                return [c, *self.coordinated(c)]
        return []

    def object_place(self, head: int) -> list[int]:
        takes = self.a.tokens[head].lemma in _words("place_verbs")
        for c in self.a.children[head]:
            dep = self.a.tokens[c].dep
            if (dep == "dobj" and takes) or (dep == "nsubjpass" and self.reach != "self"):
                if c in self.places and takes:
                    return [c, *self.coordinated(c)]
                if self.a.tokens[c].lemma in _places_and_shares():
                    return self.phrase(c)
        return []

    def arguments(self, head: int) -> list[int]:
        """Places of those who take part: "protesters in Cairo", "a bomb in the village of …"."""
        light = self.a.tokens[head].lemma in _words("light_verbs")
        for dep in _ARGUMENTS:
            for c in self.a.children[head]:
                if self.a.tokens[c].dep == dep and c not in self.places and (self.reach != "self" or light):
                    found = self.locatives(c, 1) or self.modifiers(c)
                    if found:
                        return found
        return []

    def happens(self, noun: int) -> bool:
        return self.a.tokens[noun].lemma.lower() in _words("event_nouns")

    def below(self, head: int, deep: int = 0) -> list[int]:
        """Places of the clauses that continue this one, the nearest first."""
        a = self.a
        clauses = [c for c in a.children[head] if a.tokens[c].dep in _DOWN and a.tokens[c].pos in ("VERB", "AUX")]
        if self.reach == "clause":
            for p in a.children[head]:
                if a.tokens[p].dep == "prep":
                    clauses += [c for c in a.children[p] if a.tokens[c].dep == "pcomp"]
        else:
            clauses = [
                c for c in clauses if a.tokens[c].dep == "conj" and self.reach == "event" and not self.subject(c)
            ]
        for c in sorted(
            clauses, key=lambda c: _DOWN.index(a.tokens[c].dep) if a.tokens[c].dep in _DOWN else len(_DOWN)
        ):
            found = self.own(c)
            if found:
                return found
        for c in clauses if deep < 2 else ():
            found = self.below(c, deep + 1)
            if found:
                return found
        return []

    def subject(self, verb: int) -> bool:
        return any(self.a.tokens[c].dep in ("nsubj", "nsubjpass", "csubj") for c in self.a.children[verb])

    def above(self, head: int) -> list[int]:
        """Places of the clause that this one continues or stands in."""
        a = self.a
        for _ in range(_DEEPEST):
            token = a.tokens[head]
            if token.head == head or token.dep in ("ccomp", "parataxis", "csubj") or not self.shares(head):
                return []
            up = token.head
            if token.dep in ("relcl", "acl"):
                found = self.phrase(up)
                if found or not self.happens(up):
                    return found
            found = self.own(up)
            if found:
                return found
            head = up
        return []

    def shares(self, head: int) -> bool:
        """True if the clause above may lend its place to the predicate at ``head``."""
        if self.reach == "clause":
            return True
        token = self.a.tokens[head]
        up = self.a.tokens[token.head]
        if token.pos in ("NOUN", "PROPN"):
            if token.dep == "pobj":
                if up.norm == "of":
                    return self.a.tokens[up.head].lemma in _words("partitives")
                return self.reach == "event" and up.norm in _words("within_happening") and self.happens(head)
            return up.lemma in _words("light_verbs") and token.dep in ("dobj", "nsubj", "nsubjpass", "conj")
        if token.dep == "prep":  # on the way up from a noun behind it
            return True
        if self.reach == "self":
            return False
        return token.dep in ("relcl", "acl", "conj", "advcl", "xcomp") and not (
            token.dep in ("conj", "advcl", "xcomp") and self.subject(head)
        )
