"""The rule coder: every predicate of a report that the lexicon knows, with type, mode, roles and status."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from whodid.extract.contexts import ContextFinder
from whodid.extract.counts import counts
from whodid.extract.lexicon import load_lexicon
from whodid.extract.reader import Reader, Reading
from whodid.extract.status import historical, status
from whodid.extract.tree import children, is_passive, is_verb
from whodid.ontology import Ontology
from whodid.records import Annotated, Mention, Role, Status

MIN_SCORE = 0.3
"""Mentions below this are not kept: measured on sentences, fewer than one in five of them is an event."""

_WILL = frozenset({"will", "wo", "'ll", "would", "'d", "can", "could", "shall"})
_NOUN_OBJECTS = frozenset({"dobj", "nsubj", "nsubjpass", "pobj", "attr", "ROOT", "conj", "appos", "compound"})


class RuleCoder:
    """Codes reports by the packaged lexicon and the dependency parse. Deterministic; knows nothing of other reports."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self.lexicon = load_lexicon()
        self._contexts = ContextFinder(ontology)

    def code(self, annotated: Annotated) -> tuple[Mention, ...]:
        """The event mentions of a report, in the order of the text."""
        reader = Reader(annotated, self.lexicon, self.ontology)
        readings = [r for t in annotated.tokens if (r := reader.read(t.i)) is not None]
        absorbed = frozenset(k for r in readings for k in r.absorbed)
        mentions = [
            self._mention(annotated, reader, r)
            for r in readings
            if r.head not in absorbed and not _premodifier(annotated, r.head)
        ]
        return tuple(_without_repeats(annotated, (m for m in mentions if m is not None)))

    def _mention(self, a: Annotated, reader: Reader, r: Reading) -> Mention | None:
        found, cue = (r.status, "what the words mean") if r.status else status(a, r.head)
        type_, mode, found, notes = self._recoded(a, r, found)
        score = self._score(a, reader, r, found)
        if score < MIN_SCORE:
            return None
        roles = (*self._roles(reader, r, "actor"), *self._roles(reader, r, "recipient"))
        why = [*r.why, *notes]
        if found != "happened":
            why.append(f"status {found}: {cue}" if cue else f"status {found}")
        why += [f"{role.kind} “{role.quote.text}”: {role.why}" for role in roles]
        s = a.sentence_of(r.head)
        first, last = _span(r, s.first, s.last)
        return Mention(
            head=r.head,
            trigger=a.quote(first, last),
            sentence=a.report.quote(s.start, s.end),
            type=type_,
            mode=mode,
            contexts=self._contexts.find(a, s),
            roles=roles,
            counts=counts(a, r.head, r.recipients, type_),
            status=found,
            historical=historical(a, r.head),
            score=round(score, 3),
            why=tuple(why),
        )

    def _recoded(self, a: Annotated, r: Reading, found: Status) -> tuple[str, str | None, Status, list[str]]:
        """The ontology's rules for what is to come, and for what somebody says he will (not) do."""
        quad = self.ontology.quad(r.type)
        t = a.tokens[r.head]
        will = any(c.norm in _WILL for c in children(a, r.head, "aux"))
        if found == "negated" and will and (quad in (1, 2)) and is_verb(t):
            return "REJECT", None, "happened", [f"says no to {r.type} → REJECT"]
        if found == "future" and quad == 4 and will and is_verb(t) and not is_passive(a, r.head) and r.type != "PROTEST" and r.actors:
            return "THREATEN", _threat_mode(r.type), "happened", [f"announced {r.type} → THREATEN"]
        if found == "happened" or r.status is not None:
            return r.type, r.mode, found, []
        recoded = self.ontology.recode(r.type, found)
        if recoded != r.type and found == "future":
            return recoded, None, found, [f"{found} {r.type} → {recoded}"]
        return r.type, r.mode, found, []

    def _score(self, a: Annotated, reader: Reader, r: Reading, found: Status) -> float:
        score = r.score
        noun = not is_verb(a.tokens[r.head])
        if not r.actors and not r.recipients:
            score *= 0.55 if noun else 0.6
        elif not r.actors:
            score *= 0.9
        if noun:
            score *= 0.85 if a.tokens[r.head].dep in _NOUN_OBJECTS else 0.6
            if a.tokens[r.head].dep == "compound":
                score *= 0.5
        if _sport(a, reader, r):
            score *= 0.3
        return score

    def _roles(self, reader: Reader, r: Reading, kind: str) -> Iterator[Role]:
        seen: set[tuple[int, int]] = set()
        for k in r.actors if kind == "actor" else r.recipients:
            quote = reader.roles.quote(k)
            if (quote.start, quote.end) not in seen:
                seen.add((quote.start, quote.end))
                yield Role(kind="actor" if kind == "actor" else "recipient", quote=quote, head=k, why=_place(reader.a, r.head, k))


def _premodifier(a: Annotated, i: int) -> bool:
    """A participle in front of a noun ("displaced people") describes; it does not report."""
    return a.tokens[i].dep == "amod" and is_verb(a.tokens[i])


def _place(a: Annotated, predicate: int, i: int) -> str:
    """Where a role stands, in words: "subject of “urged”"."""
    t = a.tokens[i]
    names = {"nsubj": "subject", "nsubjpass": "subject of the passive", "dobj": "object", "poss": "owner", "dative": "indirect object",
             "compound": "name in front", "amod": "adjective in front", "pobj": "after a preposition", "conj": "coordinated", "agent": "agent"}  # fmt: skip
    kind = names.get(t.dep, "argument")
    head = a.tokens[t.head]
    if t.dep == "pobj":
        kind = f"after “{head.norm}”"
        head = a.tokens[head.head]
    return f"{kind} of “{head.text}”" if head.i != i else kind


def _threat_mode(type_: str) -> str | None:
    return {"ASSAULT": "violence", "MOBILIZE": "violence", "COERCE": "restrict", "SANCTION": "relations"}.get(type_)


def _span(r: Reading, first: int, last: int) -> tuple[int, int]:
    words = [k for k in r.words if first <= k < last]
    return min(words), max(words) + 1


def _sport(a: Annotated, reader: Reader, r: Reading) -> bool:
    s = a.sentence_of(r.head)
    words = {a.tokens[k].lemma for k in range(s.first, s.last)}
    classes = reader.lexicon.classes
    return bool(words & classes["SPORT_STRONG"]) or len(words & classes["SPORT"]) >= 2


def _without_repeats(a: Annotated, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Coordinated verbs of one type with the same people ("killed and wounded") are one event."""
    kept: list[Mention] = []
    for m in mentions:
        t = a.tokens[m.head]
        twin = next((k for k in kept if _same(a, k, m)), None)
        if twin is None or t.dep not in ("conj", "advcl", "acl"):
            kept.append(m)
    yield from kept


def _same(a: Annotated, x: Mention, y: Mention) -> bool:
    if x.type != y.type or x.sentence != y.sentence or x.head not in a.ancestors(y.head):
        return False
    between = [k for k in a.ancestors(y.head) if k > x.head]
    if any(a.tokens[k].dep != "conj" for k in between):
        return False
    people = {r.quote.start for r in y.roles}
    return people <= {r.quote.start for r in x.roles}
