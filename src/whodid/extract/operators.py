"""Operators: verbs and nouns that take another event as their content ("threatened to expel", "call for talks").

What the whole is follows from what the content is; the tables are ``lexicon/operators.yaml``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from whodid.extract.arguments import Arguments, Pair
from whodid.extract.lexicon import Entry, Operator, Row, words
from whodid.extract.matching import Matcher
from whodid.extract.reading import Reading
from whodid.extract.status import status
from whodid.extract.tree import antecedent, children, is_passive, is_verb, objects, subjects
from whodid.ontology import Ontology
from whodid.records import Annotated

_NEAR = 5  # words between an operator and its content that one trigger may span
_INSIDE_NOUN = ("of", "for", "to", "on", "against", "about", "over")
_CARRIERS = frozenset({"be", "have", "help", "do", "make", "take", "get", "try", "see"})
_SPEAKER = frozenset({"we", "i", "it", "they", "he", "she"})
_QUESTION = frozenset({"whether", "if"})
_MUST = frozenset({"must", "should", "ought"})


@dataclass(frozen=True, slots=True)
class Content:
    """What an operator takes: the word, and its reading where that is an event."""

    head: int
    reading: Reading | None


class Operators:
    """Reads operators in one report."""

    def __init__(
        self, matcher: Matcher, arguments: Arguments, ontology: Ontology, read: Callable[[int], Reading | None]
    ) -> None:
        self.a: Annotated = matcher.a
        self.matcher = matcher
        self.arguments = arguments
        self.roles = arguments.roles
        self.ontology = ontology
        self._read = read

    def read(self, entry: Entry, op: Operator, i: int) -> Reading | None:
        """The reading of the operator at token ``i``; None where its content makes no event of it."""
        clauses = {"obligation": self._obligation, "denial": self._denial}
        content = clauses[op.needs_clause](i) if op.needs_clause else self._content(op, i)
        inner = content.reading if content else None
        if ((entry.needs_content or op.needs_content) and inner is None) or (entry.needs_any_content and not content):
            return None
        if op.needs_clause and content is None:
            return None
        row = self._row(op, content)
        if row is None:
            return None
        type_, mode = row.type or op.type, row.mode or op.mode
        if inner is not None and (row.as_content or mode == "same"):
            type_, mode = (inner.type if row.as_content else type_), inner.mode
        if type_ is None:
            return None
        if mode not in self.ontology.type(type_).modes:
            mode = None
        own = replace(entry, type=type_) if entry.op == "light" else entry  # who may be hit, may "come under" attack
        actors, recipients = self._roles(own, op, i, content)
        return Reading(
            head=i,
            type=type_,
            mode=mode,
            actors=() if row.no_actor else tuple(actors),
            recipients=tuple(k for k in recipients if k not in actors),
            words=self._words(entry, i, content),
            absorbed=frozenset() if inner is None or op.keep else inner.absorbed | {inner.head},
            score=_score(entry, inner),
            why=(self._why(entry, content, type_, mode), *(inner.why if inner else ())),
            status=row.status or op.status,
            firm=entry.inverse or op.needs_clause != "",
            content=_told(row, content),
        )

    def _why(self, entry: Entry, content: Content | None, type_: str, mode: str | None) -> str:
        told = ""
        if content and content.reading:
            told = f" with “{self.a.tokens[content.head].text}” ({content.reading.type})"
        return f"“{entry.name}” ({entry.op}){told} → {type_}{'-' + mode if mode else ''}"

    def _row(self, op: Operator, content: Content | None) -> Row | None:
        """The row of the operator's table for this content; None where there is no event."""
        inner = content.reading if content else None
        if content is None or inner is None:
            return Row() if op.type else None
        quad = self.ontology.quad(inner.type)
        negated = status(self.a, content.head)[0] == "negated" and bool(children(self.a, content.head, "neg"))
        if negated and op.content_status in ("future", "hypothetical") and op.type != "REQUEST":
            return Row(type="REJECT" if quad in (1, 2) else "AGREE")  # "vowed not to negotiate", "agreed not to attack"
        for key in (f"{inner.type}-{inner.mode}", inner.type, f"q{quad}", "*"):
            if key in op.content:
                return op.content[key]
        return Row() if op.type else None

    def _words(self, entry: Entry, i: int, content: Content | None) -> tuple[int, ...]:
        own = (i, *self.matcher.own_words(entry, i))
        if content is None or content.reading is None or abs(content.head - i) > _NEAR:
            return own
        return (*own, content.head, *(k for k in content.reading.words if abs(k - i) <= _NEAR))

    # ------------------------------------------------------------ finding the content

    def _content(self, op: Operator, i: int) -> Content | None:
        """The event that the operator at ``i`` takes; a clause that is no event is content without a reading."""
        clause: Content | None = None
        for k in self._places(i, op.prepositions):
            if (reading := self._read(k)) is not None:
                return None if op.own_content and self._others_act(i, k) else Content(k, reading)
            found = self._below_verb(k) if is_verb(self.a.tokens[k]) else self._inside_noun(k)
            if found is not None:
                return found
            if clause is None and is_verb(self.a.tokens[k]):
                clause = Content(k, None)
        return clause

    def _others_act(self, i: int, k: int) -> bool:
        """A clause about somebody else: "announced that the two leaders had agreed" commits them, not the speaker."""
        if self.a.tokens[k].dep != "ccomp":
            return False
        names = {self.a.tokens[s].norm for s in subjects(self.a, k)}
        return bool(names) and not names & (_SPEAKER | {self.a.tokens[s].norm for s in subjects(self.a, i)})

    def _places(self, i: int, prepositions: Sequence[str]) -> list[int]:
        clauses = children(self.a, i, "xcomp", "ccomp", "acl")
        out = [c.i for c in clauses if not self._is_question(c.i)]
        for adjective in children(self.a, i, "acomp"):
            out += [c.i for c in children(self.a, adjective.i, "xcomp", "prep")]
        if is_verb(self.a.tokens[i]):
            out += objects(self.a, i)
        for p in children(self.a, i, "prep", "dative"):
            if p.norm in prepositions:
                out += [c.i for c in children(self.a, p.i, "pcomp", "pobj")]
        if not is_verb(self.a.tokens[i]):
            out += [c.i for c in children(self.a, i, "compound")]
        return out

    def _is_question(self, i: int) -> bool:
        """True for "(asked) whether he would resign"."""
        return any(c.norm in _QUESTION for c in children(self.a, i, "mark"))

    def _below_verb(self, i: int) -> Content | None:
        """The event below a verb that says little itself: "to have talks", "to try to withdraw"."""
        if self.a.tokens[i].lemma not in _CARRIERS:
            return None
        return self._first(c.i for c in children(self.a, i, "xcomp", "dobj", "attr"))

    def _inside_noun(self, i: int, depth: int = 0) -> Content | None:
        """The event inside a noun that is none itself: "a resolution calling for", "plans for a summit"."""
        if depth > 2 or self.roles.can_act(i):
            return None
        inner = [c.i for c in children(self.a, i, "acl", "compound")]
        for p in children(self.a, i, "prep"):
            if p.norm in _INSIDE_NOUN:
                inner += [c.i for c in children(self.a, p.i, "pobj", "pcomp")]
        deeper = (self._inside_noun(k, depth + 1) for k in inner if not is_verb(self.a.tokens[k]))
        return self._first(inner) or next((found for found in deeper if found is not None), None)

    def _first(self, tokens: Iterable[int]) -> Content | None:
        return next((Content(k, r) for k in tokens if (r := self._read(k)) is not None), None)

    def _obligation(self, i: int) -> Content | None:
        """The clause with which the verb ``i`` says what somebody else must do."""
        own = {self.a.tokens[k].norm for k in subjects(self.a, i)}
        for c in children(self.a, i, "ccomp"):
            obliged = [k for k in subjects(self.a, c.i) if self.roles.can_act(k)]
            names = {self.a.tokens[k].norm for k in obliged}
            if obliged and not names & (own | _SPEAKER) and _MUST & {x.norm for x in children(self.a, c.i, "aux")}:
                return Content(c.i, self._read(c.i))
        return None

    def _denial(self, i: int) -> Content | None:
        """The clause with which the verb ``i`` says that its subject did no violence, or had no part in it."""
        own = _SPEAKER | {self.a.tokens[k].norm for k in subjects(self.a, i)}
        for c in children(self.a, i, "ccomp"):
            clause = [self.a.tokens[k] for k in range(*self.a.subtree(c.i))]
            denied = words()["negators"] & {t.norm for t in clause} and not self.matcher.has_modal(c.i)
            if denied and own & {self.a.tokens[k].norm for k in subjects(self.a, c.i)}:
                nouns = [t.i for t in clause if t.pos == "NOUN"]
                if found := self._violence([c.i, *nouns] if children(self.a, c.i, "neg") else nouns):
                    return found
        return None

    def _violence(self, tokens: Iterable[int]) -> Content | None:
        found = ((k, self._read(k)) for k in tokens)
        return next((Content(k, r) for k, r in found if r is not None and self.ontology.quad(r.type) == 4), None)

    # ------------------------------------------------------------ roles

    def _roles(self, entry: Entry, op: Operator, i: int, content: Content | None) -> Pair:
        """The operator's own actors and recipients, and those that its content lends it where it has none."""
        actors, recipients = self.arguments.of(entry, i)
        lends = entry.from_content or op.from_content
        wanted = lends.get("recipient", "none")
        inner = content.reading if content else None
        if inner is not None and not actors and lends.get("actor") == "actor":
            actors = list(inner.actors)
        own = set(actors)
        if not recipients and content is not None and wanted != "none":
            recipients = self._lent(content, wanted, own, entry)
        recipients = [k for k in recipients if k not in own and antecedent(self.a, k) not in own]
        return actors, self.roles.distinct(recipients)

    def _lent(self, content: Content, wanted: str, own: set[int], entry: Entry) -> list[int]:
        if (inner := content.reading) is not None:
            actors = [k for k in inner.actors if k not in own]
            recipients = [k for k in inner.recipients if k not in own]
            return {"recipient": recipients, "actor": actors or recipients}.get(wanted, recipients or actors)
        if not is_passive(self.a, content.head):
            near = [k for k in subjects(self.a, content.head) if k not in own and self.roles.can_act(k)]
            if near and not any(self.a.tokens[k].norm in _SPEAKER for k in near):  # "threatened that it would …"
                return near
        return self.arguments.recipients_of(objects(self.a, content.head), entry)


def _told(row: Row, content: Content | None) -> int | None:
    """The word of what is said; an operator that only carries another ("renewed its call for talks") has that one's."""
    if content is None:
        return None
    return content.reading.content if row.as_content and content.reading else content.head


def _score(entry: Entry, inner: Reading | None) -> float:
    """A known content makes an operator surer; a light verb is as sure as the event that it carries."""
    if inner is None:
        return entry.score
    return min(inner.score + 0.1 if entry.op == "light" else entry.score + 0.05, 0.95)
