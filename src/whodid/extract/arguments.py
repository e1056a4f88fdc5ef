"""Actors and recipients of an event, from the places that its lexicon entry names."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from whodid.extract.lexicon import Entry, words
from whodid.extract.reading import Reading
from whodid.extract.roles import Roles
from whodid.extract.tree import (
    agents,
    children,
    copula,
    is_passive,
    is_verb,
    modifiers,
    objects,
    possessors,
    prepositional,
    subjects,
)
from whodid.ontology import Ontology
from whodid.records import Annotated, Token

Pair = tuple[list[int], list[int]]
_VERBAL_PLACES = ("object", "on", "against", "with")
_NOMINAL_PLACES = ("on", "against", "at", "of")
_AT = frozenset({"at", "in", "during"})
_TOGETHER = frozenset({"CONSULT", "PROTEST"})
_DONE_IN = {"ASSAULT": ("ASSAULT",), "COERCE": ("COERCE", "ASSAULT")}
"""Events that are told a second time by the larger one in which they happened: "arrested in a raid"."""
_MEANS = ("WEAPON", "ORDNANCE", "PLANES", "TROUBLEWORD")
_WHEN = frozenset({"when", "as"})
_INSTRUMENTS = ("WEAPON", "TROUBLE", "FIGURATIVE")


class Arguments:
    """Finds the actors and recipients of the events of one report, as head tokens without repeats."""

    def __init__(self, roles: Roles, ontology: Ontology, read: Callable[[int], Reading | None]) -> None:
        self.a: Annotated = roles.a
        self.roles = roles
        self.ontology = ontology
        self._read = read

    def of(self, entry: Entry, i: int) -> Pair:
        """Actors and recipients of the event that ``entry`` reads at token ``i``."""
        if entry.voiced:
            actors, recipients = self._verdict(entry, i)
        elif entry.kind == "nouns":
            actors, recipients = self._nominal(entry, i)
        elif entry.kind == "adjectives":
            actors, recipients = self._verbal(entry, i)
            actors = self.doers_of(subjects(self.a, self.a.tokens[i].head))
        else:
            actors, recipients = self._verbal(entry, i)
        return self.roles.distinct(self.roles.named(actors)), self.roles.distinct(self.roles.named(recipients))

    # ------------------------------------------------------------ verbs

    def _verbal(self, entry: Entry, i: int) -> Pair:
        a = self.a
        if entry.inverse:
            suffering = self.recipients_of(subjects(a, i), entry)
            return self._beside(entry, i) or self._behind(entry, i, suffering), suffering
        passive = is_passive(a, i)
        doers = agents(a, i) if passive else subjects(a, i)
        if entry.actor:
            doers = [k for place in entry.actor for k in self.roles.at(i, place)]
        actors = self.doers_of(doers)
        recipients: list[int] = []
        if passive and (entry.recipient is None or "object" in entry.recipient):
            recipients = self.recipients_of(subjects(a, i), entry)
        elif passive and not actors:  # "troops were deployed to": they act, on whoever else is named
            actors = [k for k in subjects(a, i) if self.roles.can_act(k)]
        for place in _VERBAL_PLACES if entry.recipient is None else entry.recipient:
            if recipients:
                break
            found = [k for k in self.roles.at(i, place) if self.a.tokens[k].lemma not in entry.words[1:]]
            if place == "between":
                actors += [k for k in found if self.roles.can_act(k)]
            else:
                recipients = self.recipients_of(found, entry)
        if entry.from_content and not recipients:  # "praised the raid by …"
            recipients = [k for o in objects(a, i) if (r := self._read(o)) for k in r.actors]
        if passive and not actors:
            actors = self._behind(entry, i, recipients)
        if entry.both and entry.type == "ASSAULT":  # a clash has two sides and no recipient
            return actors + recipients, []
        return actors, recipients

    def _beside(self, entry: Entry, i: int) -> list[int]:
        """The actors of an event whose subject is its recipient: "came under pressure from both parties"."""
        own = [c.i for c in children(self.a, i, "prep", "dobj")]
        own += [k for p in children(self.a, i, "prep") for k in prepositional(self.a, i, p.norm)]
        found = [k for place in entry.actor for o in (i, *own) for k in prepositional(self.a, o, place)]
        return [k for k in found if self.roles.can_act(k)]

    def _behind(self, entry: Entry, i: int, suffering: list[int]) -> list[int]:
        """Who stands behind a killing or an arrest that names nobody: those of the event in which or when it happened
        ("died in a raid by the army", "hurt when police fired"), or whose weapon it was ("in Israeli shelling")."""
        if entry.type not in _DONE_IN:
            return []
        for k in self.roles.at(i, "in"):
            sides = self._in_front(k) if self.roles.belongs(k, _MEANS) else []
            if found := [x for x in self._acting(entry, k) or sides if x not in suffering]:
                return found
        clauses = (c.i for c in children(self.a, i, "advcl") if _WHEN & {x.norm for x in self._marks(c.i)})
        doers = ([x for x in self._acting(entry, k) if x not in suffering] for k in clauses)
        return next((some for some in doers if some), [])

    def _marks(self, i: int) -> list[Token]:
        return children(self.a, i, "advmod", "mark")

    def _acting(self, entry: Entry, i: int) -> tuple[int, ...]:
        r = self._read(i)
        return r.actors if r is not None and r.type in _DONE_IN[str(entry.type)] else ()

    def _verdict(self, entry: Entry, i: int) -> Pair:
        """Who gives a verdict, and on whom: "the minister said that the raid of the army was unacceptable"."""
        verb = copula(self.a, i)
        assert verb is not None  # the matcher asked
        judged = [k for k in subjects(self.a, verb) if k != i and self.a.tokens[k].norm not in ("it", "this", "that")]
        for c in children(self.a, verb, "ccomp"):  # "it is unacceptable that they fire on civilians"
            judged += subjects(self.a, c.i)
        return self.roles.judges(i), self.recipients_of(judged, entry)

    def doers_of(self, found: Iterable[int]) -> list[int]:
        """The actors among subjects; of an event that is the subject ("the raid killed …") its own actors, of a
        statement those who issue it; a weapon or an illness is no actor."""
        out: list[int] = []
        for k in found:
            can_act = self.roles.can_act(k)
            if can_act and not self.roles.belongs(k, _INSTRUMENTS):
                out.append(k)
            elif (r := self._read(k)) is not None and r.actors:
                out += r.actors
            elif not can_act:
                out += self.roles.within(k)[:1] or self._issuers(k)
        return out

    def _issuers(self, i: int) -> list[int]:
        """Who issues the statement that condemns: the subject of the verb whose object it is."""
        t = self.a.tokens[i]
        if t.dep not in ("dobj", "pobj", "nsubjpass") or not is_verb(self.a.tokens[t.head]):
            return []
        doers = agents(self.a, t.head) if is_passive(self.a, t.head) else subjects(self.a, t.head)
        return [k for k in doers if self.roles.can_act(k)]

    def recipients_of(self, found: Iterable[int], entry: Entry) -> list[int]:
        """Whom it is done to: those who can act, of material conflict also things ("bombed a bridge"), else the actors
        inside the phrase ("rejected a plan of the government")."""
        material = entry.type is not None and self.ontology.quad(entry.type) == 4
        out: list[int] = []
        for k in found:
            if self.roles.can_act(k) or (material and self.a.tokens[k].pos in ("NOUN", "PROPN")):
                out.append(k)
            else:
                out += self.roles.within(k)
        return out

    # ------------------------------------------------------------ nouns

    def _nominal(self, entry: Entry, i: int) -> Pair:
        can_act = self.roles.can_act
        doers = [k for k in agents(self.a, i) if can_act(k)]
        owners = [k for k in possessors(self.a, i) if can_act(k)]
        of = [k for k in prepositional(self.a, i, "of") if can_act(k)]
        between = [k for k in self.roles.at(i, "between") if can_act(k)]
        if between:
            return between, []
        recipients: list[int] = []
        for place in _NOMINAL_PLACES if entry.recipient is None else entry.recipient:
            if not recipients and place not in ("object", "poss"):
                recipients = self.recipients_of(self.roles.at(i, place), entry)
                if recipients and place != "of":  # "the raid of the rebels on the town"
                    doers = doers or of
        if owners and entry.poss == "recipient" and not of:
            recipients, owners = recipients + owners, []
        doers = doers or owners or self._in_front(i)
        if not doers and entry.type in _TOGETHER:
            doers = self._taking_part(i)
        if not doers and entry.op is not None:
            doers = self._speaking(i)
        if entry.both and entry.type == "ASSAULT":  # a clash has two sides and no recipient
            return (doers or self._in_the_midst(i)) + recipients, []
        return doers, recipients

    def _in_the_midst(self, i: int) -> list[int]:
        """The other side of a clash with somebody: who died in it, or did something after it."""
        t = self.a.tokens[i]
        preposition = self.a.tokens[t.head]
        governor = preposition.head
        beside = t.dep == "pobj" and preposition.norm in _AT | words()["takes_place"]  # not "spoke about clashes"
        if not beside or not is_verb(self.a.tokens[governor]):
            return []
        there = agents(self.a, governor) or subjects(self.a, governor)
        return [k for k in there if self.roles.can_act(k)]

    def _taking_part(self, i: int) -> list[int]:
        """The subject of the verb that the noun hangs on: "arrived for talks", "carried banners at the rally"."""
        t = self.a.tokens[i]
        if t.dep not in ("dobj", "pobj"):
            return []
        governor = t.head if t.dep == "dobj" else self.a.tokens[t.head].head
        verb = self.a.tokens[governor]
        there = (
            (t.dep == "dobj" and verb.lemma not in words()["stands_outside"])
            or self.a.tokens[t.head].norm in _AT
            or verb.lemma in words()["goes"]
        )
        if not is_verb(verb) or not there:
            return []
        doers = subjects(self.a, governor)
        if is_passive(self.a, governor):
            doers = agents(self.a, governor) or (
                doers if t.dep == "pobj" else []
            )  # "arrested at a rally": they were there
        return [s for s in doers if s != i and self.roles.can_act(s)]

    def _speaking(self, i: int) -> list[int]:
        """Whose call or threat it is: the subject of its verb ("took office with a call for talks")."""
        t = self.a.tokens[i]
        if t.dep != "pobj" or self.a.tokens[t.head].norm != "with":
            return []
        governor = self.a.tokens[t.head].head
        if not is_verb(self.a.tokens[governor]) or is_passive(self.a, governor):
            return []
        return [k for k in subjects(self.a, governor) if self.roles.can_act(k)]

    def _in_front(self, i: int) -> list[int]:
        """The side that stands in front of a noun: "Israeli raid", "rebel ambush"."""
        names = [k for k in modifiers(self.a, i) if self._names_a_side(k)]
        return names or [c.i for c in children(self.a, i, "compound", "amod") if self.roles.belongs(c.i, ("SIDES",))]

    def _names_a_side(self, i: int) -> bool:
        """A name in front of a noun is taken for the actor where it is no mere place: "Israeli raid", "US strike"."""
        t = self.a.tokens[i]
        if t.entity in ("NORP", "ORG", "PERSON"):
            return True
        return t.entity == "GPE" and (t.text.isupper() or "." in t.text)
