"""Readings: what event, if any, a word of a report tells of, and who takes part."""

from __future__ import annotations

from whodid.extract.arguments import Arguments
from whodid.extract.lexicon import Entry, Lexicon
from whodid.extract.matching import Matcher
from whodid.extract.operators import Operators
from whodid.extract.reading import Reading
from whodid.extract.roles import Roles
from whodid.extract.tree import children, is_verb, objects
from whodid.ontology import Ontology
from whodid.records import Annotated, Token

_NAMES = frozenset({"PERSON", "ORG", "GPE", "PRODUCT", "WORK_OF_ART"})


class Reader:
    """Reads the words of one annotated report with a lexicon, each once, as contents are read inside out."""

    def __init__(self, annotated: Annotated, lexicon: Lexicon, ontology: Ontology) -> None:
        self.a = annotated
        self.lexicon = lexicon
        self.roles = Roles(annotated, lexicon)
        self._known: dict[int, Reading | None] = {}
        self._matcher = Matcher(annotated, lexicon, self.roles, lambda i: self.read(i) is not None)
        self._arguments = Arguments(self.roles, ontology, self.read)
        self._operators = Operators(self._matcher, self._arguments, ontology, self.read)

    def read(self, i: int) -> Reading | None:
        """The reading of token ``i`` by the first entry that fits, None where it tells of no event."""
        if i not in self._known:
            self._known[i] = None  # a content that leads back to its operator has no reading
            self._known[i] = self._first_fitting(i)
        return self._known[i]

    def _first_fitting(self, i: int) -> Reading | None:
        t = self.a.tokens[i]
        kind = _kind(t)
        if kind is None:
            return None
        for entry in self.lexicon.lookup(kind, t.lemma):
            if self._matcher.fits(entry, i):
                reading = self._read_with(entry, i)
                if reading is not None:
                    return reading
        return None

    def _read_with(self, entry: Entry, i: int) -> Reading | None:
        if entry.op is not None:
            return self._operators.read(entry, self.lexicon.operators[entry.op], i)
        assert entry.type is not None  # the lexicon checks: a type or an op
        actors, recipients = self._arguments.of(entry, i)
        return Reading(
            head=i,
            type=entry.type,
            mode=entry.mode,
            actors=tuple(actors),
            recipients=tuple(k for k in recipients if k not in actors),
            words=(i, *self._matcher.own_words(entry, i)),
            absorbed=self._absorbed(entry, i),
            score=entry.score,
            firm=entry.inverse,
            why=(f"“{entry.name}” → {entry.type}{'-' + entry.mode if entry.mode else ''}",),
        )

    def _absorbed(self, entry: Entry, i: int) -> frozenset[int]:
        """The words that are part of the event: those of the entry, and an object that is what the entry asks for."""
        own = set(self._matcher.own_words(entry, i))
        if entry.kind == "verbs" and entry.obj:
            own |= {k for k in objects(self.a, i) if not self.roles.can_act(k)}
            own |= {c.i for k in tuple(own) for c in children(self.a, k, "compound")}
        return frozenset(own)


def _kind(t: Token) -> str | None:
    """Under which part of speech a token is looked up; None for names, dates and closed-class words."""
    if t.entity == "DATE" or (t.pos == "PROPN" and t.entity in _NAMES and t.text[:1].isupper()):
        return None  # "in March", "the Strike Fund"
    if is_verb(t):
        return "verbs"
    return {"NOUN": "nouns", "PROPN": "nouns", "ADJ": "adjectives"}.get(t.pos)
