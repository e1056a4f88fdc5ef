"""Drafts: the readings of a report with their coding, status and score, and the mentions that become of those kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from whodid.extract.content import content
from whodid.extract.contexts import ContextFinder
from whodid.extract.counts import counts
from whodid.extract.history import historical
from whodid.extract.lexicon import load_lexicon
from whodid.extract.reader import Reader
from whodid.extract.reading import Reading
from whodid.extract.sameness import settle, without_repeats
from whodid.extract.status import status
from whodid.extract.tree import children, is_passive, is_verb
from whodid.ontology import Coding, Ontology, load_ontology
from whodid.records import Annotated, Mention, Role, RoleKind, Status

_NO_ROLES = {"verb": 0.6, "noun": 0.55}
_NO_ROLES_BESIDE = 0.35
_PURPOSE = 0.5
_NO_ACTOR = 0.9
_NOUN, _HIDDEN_NOUN, _COMPOUND_NOUN = 0.85, 0.6, 0.5
_SPORT = 0.3
_REFUSED = 0.6
# Factors on the prior of a lexicon entry, set by hand on sentences of the development sets: an event noun is an event
# less often than a verb, least of all in front of another noun, and so is a predicate about nobody. What somebody "will
# not" do is refused, however little the verb alone tells.

_WILL = frozenset({"will", "wo", "'ll", "would", "'d", "can", "could", "shall"})
_MAY = frozenset({"may", "might", "could", "can"})
_NOUN_PLACES = frozenset({"dobj", "nsubj", "nsubjpass", "pobj", "attr", "ROOT", "conj", "appos", "compound"})
_PLACES = {
    "nsubj": "subject",
    "nsubjpass": "subject of the passive",
    "dobj": "object",
    "poss": "owner",
    "dative": "indirect object",
    "compound": "name in front",
    "amod": "adjective in front",
    "conj": "coordinated",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A reading that may become a mention. ``score``: of the lexicon's entry, less for what makes an event doubtful."""

    reading: Reading
    coding: Coding
    status: Status
    score: float
    why: tuple[str, ...]


class Drafter:
    """Makes drafts of the readings of reports, and mentions of drafts.

    The lexicon speaks PLOVER; an ontology of other types takes what its ``coded`` rules say from that.
    """

    def __init__(self, ontology: Ontology) -> None:
        self._target = ontology
        self.ontology = load_ontology(ontology.coder_ontology)
        self.lexicon = load_lexicon()
        self._contexts = ContextFinder(ontology)

    def reader(self, a: Annotated) -> Reader:
        """A reader of one report."""
        return Reader(a, self.lexicon, self.ontology)

    def drafts(self, a: Annotated, reader: Reader) -> list[Draft]:
        """A draft of every reading that is not part of another one's event, in the order of the text."""
        readings = [r for t in a.tokens if (r := reader.read(t.i)) is not None]
        absorbed = frozenset(k for r in readings for k in r.absorbed)
        return [self.draft(a, reader, r) for r in readings if r.head not in absorbed and not _describes(a, r.head)]

    def draft(self, a: Annotated, reader: Reader, r: Reading) -> Draft:
        """The draft of one reading."""
        found, cue = status(a, r.head)
        if found == "happened" and r.status is not None:
            found, cue = r.status, "what the words mean"
        coding, found, notes = self._recoded(a, r, found)
        if found != "happened":
            notes.append(f"status {found}: {cue}")
        score = _score(a, reader, r)
        if coding.type == "REJECT" and r.type != "REJECT":
            score = max(score, _REFUSED)
        return Draft(r, coding, found, score, (*r.why, *notes))

    def mention(self, a: Annotated, reader: Reader, draft: Draft, score: float) -> Mention:
        """The mention of a draft, with its final score."""
        r = draft.reading
        roles = (*_roles(reader, r, "actor"), *_roles(reader, r, "recipient"))
        s = a.sentence_of(r.head)
        words = [k for k in r.words if s.first <= k < s.last]
        return Mention(
            head=r.head,
            trigger=a.quote(min(words), max(words) + 1),
            sentence=a.report.quote(s.start, s.end),
            type=draft.coding.type,
            mode=draft.coding.mode,
            contexts=self._contexts.find(a, s),
            roles=roles,
            counts=counts(a, r.head, r.actors if r.type == "PROTEST" else r.recipients, r.type),
            content=content(a, reader, r, draft.coding.type, self.ontology),
            status=draft.status,
            historical=historical(a, r.head),
            score=round(score, 3),
            why=(*draft.why, *(f"{role.kind} “{role.quote.text}”: {role.why}" for role in roles)),
        )

    def finished(self, a: Annotated, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
        """The mentions without repeats, in the types of the ontology asked for."""
        settled = settle(a, without_repeats(a, mentions))
        return tuple(adopted for m in settled if (adopted := self._adopted(m)) is not None)

    def _adopted(self, m: Mention) -> Mention | None:
        coding = self._target.adopt(m.type, m.mode, m.contexts)
        if coding is None:
            return None
        told = m.content
        if told is not None and told.type is not None:
            inner = self._target.adopt(told.type, None, ())
            told = told.model_copy(update={"type": inner.type if inner else None})
        update = {"type": coding.type, "mode": coding.mode, "contexts": coding.contexts, "content": told}
        return m.model_copy(update=update)

    def _recoded(self, a: Annotated, r: Reading, found: Status) -> tuple[Coding, Status, list[str]]:
        """The coding with its status: what somebody says he will (not) do is a promise, a threat or a refusal, and the
        ontology's own rules for what is to come hold."""
        coding = Coding(type=r.type, mode=r.mode)
        quad = self.ontology.quad(r.type)
        active = is_verb(a.tokens[r.head]) and not is_passive(a, r.head)
        aux = {c.norm for c in children(a, r.head, "aux")}
        if found == "negated" and aux & _WILL and quad in (1, 2) and active:
            return Coding(type="REJECT"), "happened", [f"says no to {r.type} → REJECT"]
        verb = is_verb(a.tokens[r.head])
        if found == "future" and aux & _WILL and quad == 4 and verb and r.actors and r.type != "PROTEST":
            row = self.lexicon.operators["threaten"].content.get(r.type)
            return (
                Coding(type="THREATEN", mode=row.mode if row else None),
                "happened",
                [f"announced {r.type} → THREATEN"],
            )
        if found == "negated" and r.type == "AGREE" and active:
            return Coding(type="REJECT"), "happened", ["does not want or promise it → REJECT"]
        rule = None if found == "happened" or r.status else self.ontology.recode_rule(r.type, found)
        if (
            rule is None
            or _is_purpose(a, r.head)
            or (found == "hypothetical" and not (active and r.actors and aux & _MAY))
        ):
            return coding, found, []
        return Coding(type=rule.to, mode=rule.mode), found, [f"{found} {r.type} → {rule.to}"]


def _describes(a: Annotated, i: int) -> bool:
    """A participle in front of a noun ("displaced people") describes; it does not report."""
    return a.tokens[i].dep == "amod" and is_verb(a.tokens[i])


def _is_purpose(a: Annotated, i: int) -> bool:
    """ "(signed a pact) to strengthen ties": what for, not what was agreed."""
    t = a.tokens[i]
    return t.dep == "advcl" and t.tag == "VB" and any(c.norm == "to" for c in children(a, i, "aux"))


def _score(a: Annotated, reader: Reader, r: Reading) -> float:
    """The prior of the entry, less for what makes an event doubtful."""
    score = r.score
    t = a.tokens[r.head]
    kind = "verb" if is_verb(t) else "noun"
    if _is_purpose(a, r.head):
        score *= _PURPOSE
    if not r.actors and not r.recipients:
        score *= _NO_ROLES[kind] if t.dep != "pobj" else _NO_ROLES_BESIDE
    elif not r.actors:
        score *= _NO_ACTOR
    if kind == "noun":
        score *= _NOUN if t.dep in _NOUN_PLACES else _HIDDEN_NOUN
        if t.dep == "compound":
            score *= _COMPOUND_NOUN
    return score * _SPORT if _about_sport(a, reader, r) else score


def _about_sport(a: Annotated, reader: Reader, r: Reading) -> bool:
    s = a.sentence_of(r.head)
    words = {a.tokens[k].lemma for k in range(s.first, s.last)}
    classes = reader.lexicon.classes
    return bool(words & classes["SPORT_STRONG"]) or len(words & classes["SPORT"]) >= 2


def _roles(reader: Reader, r: Reading, kind: RoleKind) -> Iterator[Role]:
    heads: Sequence[int] = r.actors if kind == "actor" else r.recipients
    seen: set[tuple[int, int]] = set()
    for k in heads:
        quote = reader.roles.quote(k)
        if (quote.start, quote.end) not in seen:
            seen.add((quote.start, quote.end))
            yield Role(kind=kind, quote=quote, head=k, why=_place(reader.a, k))


def _place(a: Annotated, i: int) -> str:
    """Where a role stands, in words: "subject of “urged”"."""
    t = a.tokens[i]
    head = a.tokens[t.head]
    kind = _PLACES.get(t.dep, "argument")
    if t.dep == "pobj":
        kind, head = f"after “{head.norm}”", a.tokens[head.head]
    return f"{kind} of “{head.text}”" if head.i != i else kind
