"""Who can act, and where the actors and recipients of a predicate stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from whodid.extract.lexicon import Lexicon
from whodid.extract.tree import (
    agents,
    antecedent,
    children,
    copula,
    indirect,
    modifiers,
    objects,
    possessors,
    prepositional,
    subjects,
)
from whodid.records import Annotated, Quote, Token

_INSIDE = ("by", "of", "from", "against", "with", "to", "on", "between", "in", "for", "among")
_OF = ("of",)
_NO_ACTORS = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "ORDINAL", "QUANTITY"})
_NOT_PEOPLE = _NO_ACTORS | {"CARDINAL", "EVENT", "LAW", "WORK_OF_ART"}
_NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP"})


class Roles:
    """Finds actors in one annotated report. Token indexes in, token indexes out."""

    def __init__(self, annotated: Annotated, lexicon: Lexicon) -> None:
        self.a = annotated
        self.lexicon = lexicon
        self._named = {t.norm for t in annotated.tokens if t.entity in _NAMES and t.pos == "PROPN"}

    def belongs(self, i: int, classes: Iterable[str]) -> bool:
        """True if token ``i``, or what it is a part or number of ("hundreds of troops"), is of one of the classes."""
        return any(self._is(k, name) for k in (*self.through(i), *self._carried(i)) for name in classes)

    def _carried(self, i: int) -> list[int]:
        """What a delivery or shipment is of: "aid deliveries"."""
        if self.a.tokens[i].lemma in self.lexicon.classes["CARRIER"]:
            return [c.i for c in children(self.a, i, "compound")] + prepositional(self.a, i, *_OF)
        return []

    def _is(self, i: int, name: str) -> bool:
        t = self.a.tokens[i]
        words = self.lexicon.classes.get(name, frozenset())
        if t.lemma in words or t.norm in words:
            return True
        if "-" in t.lemma and t.lemma.rsplit("-", 1)[-1] in words:
            return True
        return t.entity in self.lexicon.entities.get(name, ()) and t.pos in ("PROPN", "NOUN", "ADJ")

    def through(self, i: int) -> list[int]:
        """``i``, and what a quantity or a part is of."""
        out = [i]
        if self.a.tokens[i].lemma in self.lexicon.classes["PARTITIVE"] or self.a.tokens[i].pos == "NUM":
            out += prepositional(self.a, i, *_OF)
        return out

    def can_act(self, i: int) -> bool:
        """True for names of people, groups and countries, for nouns of people and groups, and for personal pronouns."""
        t = self.a.tokens[i]
        if t.pos == "PRON":
            return t.norm in self.lexicon.classes["ACTOR"]
        if t.pos == "NUM":  # "the 24"
            return bool(children(self.a, i, "det")) and t.entity in ("CARDINAL", "")
        if t.entity in _NAMES and t.pos in ("PROPN", "NOUN", "ADJ"):
            return True
        if t.text[:1].isupper() and not t.entity and t.norm in self._named and t.pos in ("PROPN", "NOUN"):
            return True  # a name that the parser knew elsewhere in the report
        if t.pos == "PROPN" and t.entity not in _NOT_PEOPLE and (t.entity or not self._maybe_no_name(t)):
            return True
        return self.belongs(i, ("ACTOR",))

    def _maybe_no_name(self, t: Token) -> bool:
        """A capital says nothing of the first word of a sentence, unless it is a singular subject that is no event."""
        if t.i != self.a.sentence_of(t.i).first:
            return False
        return t.dep != "nsubj" or t.tag != "NNP" or bool(self.lexicon.lookup("nouns", t.lemma.lower()))

    def within(self, i: int, depth: int = 0) -> list[int]:
        """``i`` if it can act, else the nearest actor inside its phrase ("the government's plan", "talks by Egypt")."""
        if self.can_act(i):
            return [i]
        if depth > 2:
            return []
        near = [k for k in possessors(self.a, i) if self.can_act(k)]
        near = near or agents(self.a, i) or self._users(i) or [k for k in modifiers(self.a, i) if self.can_act(k)]
        near = near or [c.i for c in children(self.a, i, "compound") if self.belongs(c.i, ("GROUP",))]
        if near:
            return near
        for preposition in _INSIDE:
            for k in prepositional(self.a, i, preposition):
                if found := self.within(k, depth + 1):
                    return found
        return []

    def _users(self, i: int) -> list[int]:
        """Who uses a thing: "by bullets fired by soldiers"."""
        return [k for c in children(self.a, i, "acl") for k in agents(self.a, c.i) if self.can_act(k)]

    def judges(self, i: int) -> list[int]:
        """Who says the clause of the predicate adjective or noun ``i``: the subject of the verb of saying above it."""
        t = self.a.tokens[copula(self.a, i) or i]
        while t.dep in ("ccomp", "conj", "parataxis", "advcl") and t.head != t.i:
            t = self.a.tokens[t.head]
            if t.lemma in self.lexicon.classes["SAYING"]:
                return [k for k in subjects(self.a, t.i) if self.can_act(k)]
        return []

    def at(self, i: int, place: str) -> list[int]:
        """The tokens at a place that a lexicon entry names (see there), dates and amounts left out."""
        return self._undated(self._at(i, place))

    def _at(self, i: int, place: str) -> list[int]:
        if place == "object":
            return objects(self.a, i)
        if place == "subject":
            return subjects(self.a, i)
        if place == "purpose":
            return [k for c in children(self.a, i, "xcomp", "advcl") if c.tag == "VB" for k in objects(self.a, c.i)]
        if place == "dative":
            return indirect(self.a, i)
        if place == "poss":
            return possessors(self.a, i)
        if place == "poss_of_object":
            return [k for o in objects(self.a, i) for k in possessors(self.a, o)]
        places = [
            i,
            *(o.i for o in children(self.a, i, "dobj", "nsubjpass")),
        ]  # the parser often hangs it on the object
        return next((found for k in places if (found := self._undated(prepositional(self.a, k, place)))), [])

    def _undated(self, found: Iterable[int]) -> list[int]:
        return [k for k in found if self.a.tokens[k].entity not in _NO_ACTORS]

    def quote(self, i: int) -> Quote:
        """The words of an actor: its noun phrase or name, with what a part or number is of."""
        a = self.a
        i = antecedent(a, i)
        first, last = self._extent(i)
        for k in self.through(i)[1:]:
            last = max(last, self._extent(k)[1])
        return a.quote(first, self._with_name(i, last))

    def _with_name(self, i: int, last: int) -> int:
        """Where a description ends with the name right behind it: "his Gabonese counterpart Omar Bongo"."""
        names = [e for c in children(self.a, i, "appos") if (e := self.a.entity_of.get(c.i)) and e.label == "PERSON"]
        return next((e.last for e in names if e.first == last and not self.a.tokens[i].entity), last)

    def _extent(self, i: int) -> tuple[int, int]:
        phrase = self.a.phrase_of.get(i)
        entity = self.a.entity_of.get(i)
        if phrase is not None and not self._people(i):
            return self._behind_day(phrase.first, i), max(phrase.last, i + 1)
        if entity is not None:
            titles = [c.i for c in children(self.a, i, "compound") if c.i < entity.first and not c.entity]
            return min([entity.first, *titles]), entity.last
        compounds = [c.i for c in children(self.a, i, "compound", "nummod", "amod") if c.i < i]
        return (min([*compounds, i]), i + 1)

    def _behind_day(self, first: int, i: int) -> int:
        """Where the phrase of ``i`` begins without a day that the parser took into it: "On Friday evening rebels
        shelled …"; a feast ("On New Year's Eve rebels …") is an event to it."""
        if first == 0 or self.a.tokens[first - 1].norm != "on":
            return first
        while first < i and self.a.tokens[first].entity in ("DATE", "TIME", "EVENT"):
            first += 1
        return first

    def _people(self, i: int) -> list[int]:
        """The last tokens of the names in the phrase of ``i``, where the parser took several people for one phrase."""
        phrase, entity = self.a.phrase_of.get(i), self.a.entity_of.get(i)
        if phrase is None or entity is None or entity.label != "PERSON":
            return []
        names = {e for k in range(phrase.first, phrase.last) if (e := self.a.entity_of.get(k)) and e.label == "PERSON"}
        ends = sorted(e.last for e in names)
        apart = any(
            self.a.tokens[k].norm in (",", "and", "&") for k in range(min(ends, default=0), max(ends, default=0))
        )
        return [end - 1 for end in ends] if len(ends) > 1 and apart else []

    def named(self, found: Iterable[int]) -> Iterator[int]:
        """With a name in place of its description: "deputy head of the front X and commander Y" are X and Y."""
        for i in found:
            one = self._is(i, "PERSON")
            names = [k for k in self.through(i)[1:] if one and self.a.tokens[k].entity == "PERSON"]
            for k in names or [i]:
                yield from self._people(k) or [k]

    def distinct(self, found: Iterable[int]) -> list[int]:
        """Without repeats, in order; relative pronouns and pronouns whose noun the sentence holds replaced by it."""
        out: list[int] = []
        for i in found:
            k = self._noun_of(antecedent(self.a, i))
            if k not in out:
                out.append(k)
        return out

    def _noun_of(self, i: int) -> int:
        """The noun that a pronoun safely stands for in its own sentence: "Chad said *it* had …"; else ``i``."""
        link = self.a.link_of.get(i)
        if link is None or link.kind != "pronoun" or self.a.tokens[link.to_first].sentence != self.a.tokens[i].sentence:
            return i
        heads = [
            k for k in range(link.to_first, link.to_last) if not link.to_first <= self.a.tokens[k].head < link.to_last
        ]
        return heads[-1] if heads and heads[-1] < i else i
