"""Readings: what event, if any, a word of a report tells of, and who takes part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from whodid.extract.lexicon import Entry, Lexicon
from whodid.extract.roles import Roles
from whodid.extract.status import status
from whodid.extract.tree import (
    agents,
    antecedent,
    children,
    is_passive,
    is_verb,
    modifiers,
    objects,
    possessors,
    prepositional,
    subjects,
)
from whodid.ontology import Ontology
from whodid.records import Annotated, Status, Token

_HANGS_ON = ("prt", "prep", "dobj", "acomp", "attr", "advmod", "oprd", "dative", "npadvmod", "nsubjpass", "agent")
_PARTICLES = frozenset({"up", "down", "out", "off", "back", "away", "over", "in"})
_CONTENT_PREPOSITIONS = ("for", "of", "to", "on", "against", "about", "over", "with", "from", "in", "upon", "into", "toward", "towards")
_TOGETHER = frozenset({"CONSULT", "PROTEST"})
_NEAR = 5  # words between an operator and its content that one trigger may span


@dataclass(frozen=True, slots=True)
class Reading:
    """One event as one word tells it. Actors and recipients are head tokens; ``absorbed`` are the words that are part of
    this event and tell of none of their own; ``words`` are those of the trigger."""

    head: int
    type: str
    mode: str | None
    actors: tuple[int, ...]
    recipients: tuple[int, ...]
    words: tuple[int, ...]
    absorbed: frozenset[int]
    score: float
    why: tuple[str, ...]
    status: Status | None = None
    content: int | None = None


class Reader:
    """Reads the words of one annotated report with a lexicon. Readings are remembered, as contents are read inside out."""

    def __init__(self, annotated: Annotated, lexicon: Lexicon, ontology: Ontology) -> None:
        self.a = annotated
        self.lexicon = lexicon
        self.ontology = ontology
        self.roles = Roles(annotated, lexicon)
        self._known: dict[int, Reading | None] = {}

    def read(self, i: int) -> Reading | None:
        """The reading of token ``i``, None where it tells of no event."""
        if i in self._known:
            return self._known[i]
        self._known[i] = None  # a content that leads back to its operator has no reading
        t = self.a.tokens[i]
        kind = "verbs" if is_verb(t) else "nouns" if t.pos in ("NOUN", "PROPN") else "adjectives" if t.pos == "ADJ" else ""
        if kind and not self._only_a_name(t):
            for entry in self.lexicon.lookup(kind, t.lemma):
                if self._matches(entry, i):
                    reading = self._operator(entry, i) if entry.op else self._event(entry, i)
                    if reading is not None:
                        self._known[i] = reading
                        break
        return self._known[i]

    # ------------------------------------------------------------ does an entry match

    def _only_a_name(self, t: Token) -> bool:
        return t.pos == "PROPN" and t.entity in ("PERSON", "ORG", "GPE", "PRODUCT", "WORK_OF_ART") and t.text[:1].isupper()

    def _matches(self, entry: Entry, i: int) -> bool:
        return (
            self._has_words(entry, i)
            and self._has_arguments(entry, i)
            and self._has_complements(entry, i)
            and self._fits_sentence(entry, i)
        )

    def _has_words(self, entry: Entry, i: int) -> bool:
        if len(entry.words) == 1:
            return True
        around = {self.a.tokens[k].lemma for k in self._hanging(i)} | {self.a.tokens[k].norm for k in self._hanging(i)}
        return all(w in around for w in entry.words[1:])

    def _is_particle(self, i: int) -> bool:
        """"up" in "step up", not in "up the hill"."""
        return not children(self.a, i, "pobj", "pcomp")

    def _hanging(self, i: int) -> list[int]:
        direct = [c.i for c in children(self.a, i, *_HANGS_ON) if c.norm not in _PARTICLES or self._is_particle(c.i)]
        below = [c.i for k in direct for c in children(self.a, k, "pobj", "prep", "prt", "amod", "advmod")]
        return direct + below

    def _has_arguments(self, entry: Entry, i: int) -> bool:
        checks = (
            (entry.obj, entry.not_obj, lambda: objects(self.a, i)),
            (entry.subj, entry.not_subj, lambda: agents(self.a, i) if is_passive(self.a, i) else subjects(self.a, i)),
            (entry.pobj, entry.not_pobj, lambda: prepositional(self.a, i)),
            (entry.compound, entry.not_compound, lambda: [c.i for c in children(self.a, i, "compound", "amod", "nmod")]),
            (entry.oprd, (), lambda: [k for c in children(self.a, i, "oprd", "xcomp", "ccomp", "prep") for k in self._predicated(c.i)]),
        )
        for wanted, unwanted, find in checks:
            if not wanted and not unwanted:
                continue
            found = find()
            if wanted and not (not found and wanted is entry.subj and is_passive(self.a, i)) and not self._any_in(found, wanted):
                return False
            if unwanted and self._any_in(found, unwanted):
                return False
        return True

    def _predicated(self, i: int) -> list[int]:
        return [i, *(c.i for c in children(self.a, i, "pobj", "attr", "acomp", "amod"))]

    def _any_in(self, found: Iterable[int], classes: Sequence[str]) -> bool:
        return any(self.roles.belongs(k, classes) or ("EVENT" in classes and self.read(k) is not None) for k in found)

    def _has_complements(self, entry: Entry, i: int) -> bool:
        prepositions = {self.a.tokens[c].norm for c in self.a.children[i] if self.a.tokens[c].dep in ("prep", "agent", "dative")}
        if entry.prep and not prepositions & set(entry.prep):
            return False
        if entry.not_prep and prepositions & set(entry.not_prep):
            return False
        if entry.needs and not (prepositions & set(entry.needs) or ("poss" in entry.needs and possessors(self.a, i))):
            return False
        if entry.obj_any and not objects(self.a, i):
            return False
        if entry.xcomp is not None and entry.xcomp != self._has_infinitive(i):
            return False
        return entry.ccomp is None or entry.ccomp == bool(children(self.a, i, "ccomp"))

    def _has_infinitive(self, i: int) -> bool:
        clauses = children(self.a, i, "xcomp", "ccomp")
        for adjective in children(self.a, i, "acomp"):
            clauses += children(self.a, adjective.i, "xcomp")
        return any(c.tag == "VB" and not children(self.a, c.i, "mark") for c in clauses)

    def _fits_sentence(self, entry: Entry, i: int) -> bool:
        if not entry.any and not entry.not_any:
            return True
        s = self.a.sentence_of(i)
        around = [k for k in range(s.first, s.last) if k != i and self.a.tokens[k].pos not in ("DET", "ADP", "PUNCT", "PRON")]
        if entry.any and not any(self._listed(k, entry.any) for k in around):
            return False
        return not (entry.not_any and any(self._listed(k, entry.not_any) for k in around))

    def _listed(self, i: int, classes: Sequence[str]) -> bool:
        t = self.a.tokens[i]
        return any(t.lemma in self.lexicon.classes[c] or t.norm in self.lexicon.classes[c] for c in classes)

    # ------------------------------------------------------------ an event of its own

    def _event(self, entry: Entry, i: int) -> Reading | None:
        assert entry.type is not None
        actors, recipients = self._nominal_roles(entry, i) if entry.kind == "nouns" else self._verbal_roles(entry, i)
        reading = Reading(
            head=i,
            type=entry.type,
            mode=entry.mode,
            actors=tuple(actors),
            recipients=tuple(k for k in recipients if k not in actors),
            words=self._trigger(entry, i),
            absorbed=self._taken(entry, i),
            score=entry.score,
            why=(f"“{entry.name}” → {entry.type}{'-' + entry.mode if entry.mode else ''}",),
        )
        return reading

    def _taken(self, entry: Entry, i: int) -> frozenset[int]:
        """The words that are part of the event: those of the entry, and an object that is what the entry asks for."""
        own = {k for k in self._hanging(i) if self.a.tokens[k].lemma in entry.words[1:]}
        if entry.kind == "verbs" and entry.obj:
            own |= {k for k in objects(self.a, i) if not self.roles.can_act(k)}
            own |= {c.i for k in tuple(own) for c in children(self.a, k, "compound")}
        return frozenset(own)

    def _trigger(self, entry: Entry, i: int) -> tuple[int, ...]:
        return (i, *(k for k in self._hanging(i) if self.a.tokens[k].lemma in entry.words[1:] or self.a.tokens[k].norm in entry.words[1:]))

    def _doers(self, i: int) -> list[int]:
        return agents(self.a, i) if is_passive(self.a, i) else subjects(self.a, i)

    def _verbal_roles(self, entry: Entry, i: int) -> tuple[list[int], list[int]]:
        doers = self._doers(i)
        if entry.inverse:
            return [], self._recipients_from(subjects(self.a, i), entry)
        if entry.actor:
            doers = [k for place in entry.actor for k in self.roles.at(i, place)]
        actors = self._actors_from(doers)
        recipients: list[int] = []
        if is_passive(self.a, i):
            theme = entry.recipient is not None and "object" not in entry.recipient
            if theme and not actors:  # "troops were deployed to": they act
                actors = [k for k in subjects(self.a, i) if self.roles.can_act(k)]
            elif not theme:
                recipients = self._recipients_from(subjects(self.a, i), entry)
        for place in entry.recipient if entry.recipient is not None else ("object", "on", "against", "with"):
            if recipients:
                break
            if place == "between":
                actors = actors + [k for k in self.roles.at(i, place) if self.roles.can_act(k)]
            else:
                recipients = self._recipients_from(self.roles.at(i, place), entry)
        if entry.from_content and not recipients:
            recipients = [k for o in objects(self.a, i) if (r := self.read(o)) for k in r.actors]
        return self.roles.distinct(actors), self.roles.distinct(recipients)

    def _actors_from(self, found: Iterable[int]) -> list[int]:
        """Actors among the subjects; of an event that is the subject ("the raid killed …") its own actors."""
        out: list[int] = []
        for k in found:
            if self.roles.can_act(k) and not self.roles.belongs(k, ("WEAPON", "TROUBLE", "FIGURATIVE")):
                out.append(k)
            elif (r := self.read(k)) is not None and r.actors:
                out += r.actors
            else:
                out += self.roles.within(k)[:1] or self._issuer(k) if not self.roles.can_act(k) else []
        return out

    def _issuer(self, i: int) -> list[int]:
        """Who issues the statement that condemns: the subject of the verb whose object it is."""
        t = self.a.tokens[i]
        if t.dep in ("dobj", "pobj", "nsubjpass") and is_verb(self.a.tokens[t.head]):
            return [k for k in self._doers(t.head) if self.roles.can_act(k)]
        return []

    def _recipients_from(self, found: Iterable[int], entry: Entry) -> list[int]:
        out: list[int] = []
        material = entry.type is not None and self.ontology.quad(entry.type) == 4
        for k in found:
            if self.roles.can_act(k):
                out.append(k)
            elif inner := self.roles.within(k):
                out += inner
            elif material and self.a.tokens[k].pos in ("NOUN", "PROPN"):
                out.append(k)
        return out

    def _nominal_roles(self, entry: Entry, i: int) -> tuple[list[int], list[int]]:
        doers = [k for k in agents(self.a, i) if self.roles.can_act(k)]
        owners = [k for k in possessors(self.a, i) if self.roles.can_act(k)]
        of = [k for k in prepositional(self.a, i, "of") if self.roles.can_act(k)]
        between = [k for k in self.roles.at(i, "between") if self.roles.can_act(k)]
        recipients: list[int] = []
        for place in entry.recipient if entry.recipient is not None else ("on", "against", "at", "of"):
            if not recipients and place not in ("object", "poss", "between"):
                recipients = [w for k in self.roles.at(i, place) for w in self.roles.within(k)]
                if place != "of" and recipients:
                    doers = doers or of
        if owners and (entry.poss == "recipient" and not of):
            recipients, owners = recipients + owners, []
        if not doers:
            doers = owners or [k for k in modifiers(self.a, i) if self._names_a_side(k)]
        if between:
            return self.roles.distinct(between), []
        if not doers and entry.type in _TOGETHER:
            doers = self._taking_part(i)
        return self.roles.distinct(doers), self.roles.distinct(recipients)

    def _taking_part(self, i: int) -> list[int]:
        """The subject of the verb that the noun hangs on: "arrived for talks", "carried banners at the rally"."""
        for k in self.a.ancestors(i):
            if is_verb(self.a.tokens[k]):
                return [s for s in self._doers(k) if s != i and self.roles.can_act(s)]
            if self.a.tokens[k].dep not in ("prep", "pobj", "dobj", "conj"):
                break
        return []

    def _names_a_side(self, i: int) -> bool:
        """A name in front of a noun is taken for the actor where it is no mere place: "Israeli raid", "Taliban attack"."""
        t = self.a.tokens[i]
        if t.entity in ("NORP", "ORG", "PERSON"):
            return True
        return t.entity == "GPE" and (t.text.isupper() or "." in t.text)

    # ------------------------------------------------------------ an event made of another

    def _operator(self, entry: Entry, i: int) -> Reading | None:
        op = self.lexicon.operators[entry.op or ""]
        content, inner = self._content(entry, i)
        if op.get("needs_obligation"):
            content, inner = self._obligation(i)
            if content is None:
                return None
        needs = entry.needs_content or bool(op.get("needs_content"))
        if (needs and inner is None) or (entry.needs_any_content and content is None):
            return None
        row = self._row(op, inner, content)
        if row is None:
            return None
        type_, mode = row.get("type", op.get("type")), row.get("mode", op.get("mode"))
        if inner is not None and row.get("as_content"):
            type_, mode = inner.type, inner.mode
        if mode == "same":
            mode = inner.mode if inner is not None else None
        if type_ is None:
            return None
        if mode not in self.ontology.types[type_].modes:
            mode = None
        actors, recipients = self._operator_roles(entry, i, content, inner)
        if row.get("actor") == "none":
            actors = []
        words = self._operator_words(entry, i, content, inner)
        label = f"{type_}-{mode}" if mode else type_
        told = f" with “{self.a.tokens[content].text}” ({inner.type})" if inner is not None and content is not None else ""
        return Reading(
            head=i,
            type=type_,
            mode=mode,
            actors=tuple(actors),
            recipients=tuple(k for k in recipients if k not in actors),
            words=words,
            absorbed=self._absorbed(inner, op),
            score=min(entry.score + (0.05 if inner is not None else 0), 0.95) if entry.op != "light" or inner is None
            else min(inner.score + 0.1, 0.95),
            why=(f"“{entry.name}” ({entry.op}){told} → {label}", *(inner.why if inner is not None else ())),
            status=row.get("status", op.get("status")),
            content=content,
        )

    def _obligation(self, i: int) -> tuple[int | None, Reading | None]:
        """The clause with which the verb ``i`` says what somebody else must do."""
        own = {self.a.tokens[k].norm for k in subjects(self.a, i)}
        for c in children(self.a, i, "ccomp"):
            must = {x.norm for x in children(self.a, c.i, "aux")} & {"must", "should", "ought"}
            others = [k for k in subjects(self.a, c.i) if self.roles.can_act(k) and self.a.tokens[k].norm not in own]
            if must and others and not {self.a.tokens[k].norm for k in others} & {"we", "i", "it", "they", "he", "she"}:
                return c.i, self.read(c.i)
        return None, None

    def _absorbed(self, inner: Reading | None, op: object) -> frozenset[int]:
        if inner is None or (isinstance(op, dict) and op.get("keep")):
            return frozenset()
        return inner.absorbed | {inner.head}

    def _row(self, op: object, inner: Reading | None, content: int | None) -> dict[str, str] | None:
        assert isinstance(op, dict)
        rows = op.get("content", {})
        if inner is None:
            return {} if op.get("type") else {"type": "REQUEST"} if op.get("needs_obligation") else None
        negated = content is not None and status(self.a, content)[0] == "negated" and bool(children(self.a, content, "neg"))
        quad = self.ontology.quad(inner.type)
        if negated and op.get("content_status") in ("future", "hypothetical") and op.get("type") != "REQUEST":
            return {"type": "REJECT"} if quad in (1, 2) else {"type": "AGREE"}
        found = rows.get(inner.type, rows.get(f"q{quad}", rows.get("*")))
        if found is None:
            return {} if op.get("type") else None
        return dict(found)

    def _operator_words(self, entry: Entry, i: int, content: int | None, inner: Reading | None) -> tuple[int, ...]:
        own = self._trigger(entry, i)
        if inner is not None and content is not None and abs(content - i) <= _NEAR:
            return (*own, content, *(k for k in inner.words if abs(k - i) <= _NEAR))
        return own

    def _content(self, entry: Entry, i: int) -> tuple[int | None, Reading | None]:
        """The event that the operator at ``i`` takes, and its reading; a clause that is no event counts as content without one."""
        clause: int | None = None
        op = self.lexicon.operators[entry.op or ""]
        for k in self._content_places(i, op.get("prepositions", _CONTENT_PREPOSITIONS)):
            t = self.a.tokens[k]
            r = self.read(k)
            if r is not None:
                return k, r
            if is_verb(t):
                clause = clause if clause is not None else k
                deeper = [c.i for c in children(self.a, k, "xcomp", "dobj", "attr")]
                for d in deeper:
                    if (r := self.read(d)) is not None and self.a.tokens[k].lemma in ("be", "have", "help", "do", "make", "take", "get", "try", "see"):
                        return d, r
            elif (found := self._inside_noun(k)) is not None:
                return found
        return clause, None

    def _content_places(self, i: int, prepositions: Sequence[str]) -> list[int]:
        t = self.a.tokens[i]
        out = [c.i for c in children(self.a, i, "xcomp", "ccomp", "acl")]
        for adjective in children(self.a, i, "acomp"):
            out += [c.i for c in children(self.a, adjective.i, "xcomp", "prep")]
        out += objects(self.a, i) if is_verb(t) else []
        for p in children(self.a, i, "prep", "agent", "dative"):
            if p.dep != "agent" and p.norm in prepositions:
                out += [c.i for c in children(self.a, p.i, "pcomp", "pobj")]
        if not is_verb(t):
            out += [c.i for c in children(self.a, i, "compound")]
        return out

    def _inside_noun(self, i: int, depth: int = 0) -> tuple[int, Reading] | None:
        """The event inside a noun that is none itself: "a resolution calling for", "efforts to withdraw", "plans for a summit"."""
        if depth > 2 or self.roles.can_act(i):
            return None
        inner = [c.i for c in children(self.a, i, "acl", "compound")]
        for p in children(self.a, i, "prep"):
            if p.norm in ("of", "for", "to", "on", "against", "about", "over"):
                inner += [c.i for c in children(self.a, p.i, "pobj", "pcomp")]
        for k in inner:
            r = self.read(k)
            if r is not None:
                return k, r
            if not is_verb(self.a.tokens[k]) and (found := self._inside_noun(k, depth + 1)) is not None:
                return found
        return None

    def _operator_roles(
        self, entry: Entry, i: int, content: int | None, inner: Reading | None
    ) -> tuple[list[int], list[int]]:
        verb = is_verb(self.a.tokens[i])
        actors, recipients = self._verbal_roles(entry, i) if verb else self._nominal_roles(entry, i)
        if not verb and self.a.tokens[i].pos == "ADJ":
            actors = self._actors_from(subjects(self.a, self.a.tokens[i].head))
        lends = entry.from_content or self.lexicon.operators[entry.op or ""].get("from_content", {})
        own = set(actors)
        passive_content = content is not None and is_verb(self.a.tokens[content]) and is_passive(self.a, content)
        if inner is not None:
            if not actors and lends.get("actor") == "actor":
                actors = list(inner.actors)
            wanted = lends.get("recipient", "none")
            lent = {"actor": [*inner.actors, *inner.recipients], "recipient": [*inner.recipients], "either": [*inner.recipients, *inner.actors]}
            lent_roles = [k for k in lent.get(wanted, []) if k not in own]
            if not recipients or (wanted == "recipient" and entry.op == "light" and inner.recipients):
                recipients = recipients or lent_roles
        elif content is not None and not recipients and lends.get("recipient", "none") != "none":
            near = [] if passive_content else subjects(self.a, content)
            recipients = [k for k in near if k not in own and self.roles.can_act(k)]
            recipients = recipients or self._recipients_from(objects(self.a, content), entry)
        recipients = [k for k in recipients if k not in own and antecedent(self.a, k) not in own]
        return self.roles.distinct(actors), self.roles.distinct(recipients)
