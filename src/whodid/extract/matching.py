"""Does an entry of the lexicon fit a word in its surroundings?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from whodid.extract.lexicon import Entry, Lexicon
from whodid.extract.roles import Roles
from whodid.extract.tree import (
    agents,
    children,
    copula,
    indirect,
    is_passive,
    objects,
    possessors,
    prepositional,
    subjects,
)
from whodid.records import Annotated, Token

_HANGS_ON = ("prt", "prep", "dobj", "acomp", "attr", "advmod", "oprd", "dative", "npadvmod", "nsubjpass", "agent")
_PARTICLES = frozenset({"up", "down", "out", "off", "back", "away", "over", "in"})
_MODIFIERS = ("compound", "amod", "nmod")


class Matcher:
    """Tests entries against the words of one report. ``is_event``: is a token read as an event (class EVENT)?"""

    def __init__(self, a: Annotated, lexicon: Lexicon, roles: Roles, is_event: Callable[[int], bool]) -> None:
        self.a = a
        self.lexicon = lexicon
        self.roles = roles
        self._is_event = is_event
        self._known_hanging: dict[int, list[int]] = {}
        self._known_forms: dict[int, frozenset[str]] = {}

    def fits(self, entry: Entry, i: int) -> bool:
        """True if all that the entry asks for is there."""
        return (
            self._has_words(entry, i)
            and self._has_complements(entry, i)
            and self._has_arguments(entry, i)
            and self._fits_sentence(entry, i)
            and (not entry.voiced or self._is_verdict(i))
        )

    def _is_verdict(self, i: int) -> bool:
        """A predicate ("it was a mistake") that somebody is told to have said, and that is not negated."""
        verb = copula(self.a, i)
        return verb is not None and not children(self.a, verb, "neg") and bool(self.roles.judges(i))

    def own_words(self, entry: Entry, i: int) -> list[int]:
        """The further words of the entry that hang on token ``i``: "up" in "step up"."""
        wanted = entry.words[1:]
        return [k for k in self._hanging(i) if self.a.tokens[k].lemma in wanted or self.a.tokens[k].norm in wanted]

    def _has_words(self, entry: Entry, i: int) -> bool:
        if len(entry.words) == 1:
            return True
        return self._forms_around(i).issuperset(entry.words[1:])

    def _forms_around(self, i: int) -> frozenset[str]:
        if i not in self._known_forms:
            around = [self.a.tokens[k] for k in self._hanging(i)]
            self._known_forms[i] = frozenset(form for t in around for form in (t.lemma, t.norm))
        return self._known_forms[i]

    def _hanging(self, i: int) -> list[int]:
        if i not in self._known_hanging:
            self._known_hanging[i] = self._all_hanging(i)
        return self._known_hanging[i]

    def _all_hanging(self, i: int) -> list[int]:
        direct = [c.i for c in children(self.a, i, *_HANGS_ON) if self._belongs(c)]
        below = [c for k in direct for c in children(self.a, k, "pobj", "prep", "prt", "amod", "advmod")]
        return direct + [c.i for c in below if self._belongs(c)]

    def _belongs(self, t: Token) -> bool:
        """False for "up" in "up the hill" (a particle has no object) and for "on" in "on Tuesday"."""
        objects_of = children(self.a, t.i, "pobj", "pcomp")
        if t.norm in _PARTICLES:
            return not objects_of
        return not (t.dep == "prep" and any(o.entity in ("DATE", "TIME") for o in objects_of))

    def _has_arguments(self, entry: Entry, i: int) -> bool:
        return (
            self._test(entry.obj, entry.not_obj, lambda: objects(self.a, i))
            and self._test(entry.subj, entry.not_subj, lambda: self._doers(i), unnamed=is_passive(self.a, i))
            and self._test(entry.pobj, entry.not_pobj, lambda: prepositional(self.a, i))
            and self._test(entry.compound, entry.not_compound, lambda: [c.i for c in children(self.a, i, *_MODIFIERS)])
            and self._test(entry.oprd, (), lambda: self._predicated(i))
        )

    def _test(
        self, wanted: Sequence[str], unwanted: Sequence[str], find: Callable[[], list[int]], *, unnamed: bool = False
    ) -> bool:
        """``unnamed``: the argument may be missing, as the doer of a passive is."""
        if not wanted and not unwanted:
            return True
        found = find()
        if wanted and not (unnamed and not found) and not self._any_in(found, wanted):
            return False
        return not (unwanted and self._any_in(found, unwanted))

    def _doers(self, i: int) -> list[int]:
        t = self.a.tokens[i]
        if t.pos == "ADJ" and t.dep in ("acomp", "conj"):  # "was guilty": the subject hangs on the verb
            return subjects(self.a, i) or subjects(self.a, t.head)
        return agents(self.a, i) if is_passive(self.a, i) else subjects(self.a, i)

    def _predicated(self, i: int) -> list[int]:
        """What the object is called: "branded him a traitor", "described it as illegal"."""
        said = [c.i for c in children(self.a, i, "oprd", "xcomp", "ccomp", "prep")]
        said += [c.i for o in objects(self.a, i) for c in children(self.a, o, "prep") if c.norm == "as"]
        return said + [c.i for k in said for c in children(self.a, k, "pobj", "attr", "acomp", "amod")]

    def _any_in(self, found: Iterable[int], classes: Sequence[str]) -> bool:
        if "EVENT" in classes and any(self._is_event(x) for k in found for x in self.roles.through(k)):
            return True
        return any(self.roles.belongs(k, classes) for k in found)

    def _has_complements(self, entry: Entry, i: int) -> bool:
        if entry.prep or entry.not_prep or entry.needs:
            there = {c.norm for c in children(self.a, i, "prep", "agent", "dative")}
            if indirect(self.a, i):
                there.add("dative")
            if (entry.prep and not there & set(entry.prep)) or there & set(entry.not_prep):
                return False
            owned = "poss" in entry.needs and possessors(self.a, i)
            if entry.needs and not owned and not there & set(entry.needs):
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
        return any(c.tag == "VB" and not children(self.a, c.i, "mark") and not self.has_modal(c.i) for c in clauses)

    def has_modal(self, i: int) -> bool:
        """A verb behind "will" or "may" is no infinitive: "told reporters that he would resign"."""
        return any(c.tag == "MD" for c in children(self.a, i, "aux"))

    def _fits_sentence(self, entry: Entry, i: int) -> bool:
        if not entry.any and not entry.not_any:
            return True
        s = self.a.sentence_of(i)
        around = [k for k in range(s.first, s.last) if k != i and self.a.tokens[k].pos not in _EMPTY]
        if entry.any and not any(self._listed(k, entry.any) for k in around):
            return False
        return not any(self._listed(k, entry.not_any) for k in around)

    def _listed(self, i: int, classes: Sequence[str]) -> bool:
        t = self.a.tokens[i]
        return any(t.lemma in self.lexicon.classes[c] or t.norm in self.lexicon.classes[c] for c in classes)


_EMPTY = frozenset({"DET", "ADP", "PUNCT", "PRON"})
