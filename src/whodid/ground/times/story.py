"""Days that come from another sentence: other mentions of the same event, and a story that is told on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from whodid.ground.times.attach import names
from whodid.ground.times.clause import Clauses, Dated
from whodid.ground.times.lexicon import data
from whodid.ground.times.tense import clause_verb
from whodid.ground.times.traits import definite, main_line, simple_past, stem, traits
from whodid.records import Mention

_REACH = 2
"""Sentences over which a story is told on."""
_REACH_OF_NAMES = 6
"""Sentences over which "the violence" may stand for what was told of."""
_FEW_DAYS = 3
_ROUNDS = 3
_TENSE = {"happened": "told", "negated": "denied", "future": "ahead", "hypothetical": "ahead"}


class Story:
    """The mentions of a report, with the days that are known of them so far."""

    def __init__(self, clauses: Clauses, mentions: Sequence[Mention], found: Sequence[Dated | None]) -> None:
        self.clauses = clauses
        self.annotated = clauses.annotated
        self.mentions = mentions
        self.found = list(found)
        self._traits = [traits(self.annotated, m) for m in mentions]

    def spread(self) -> list[Dated | None]:
        """Hands days on until nothing is added."""
        for _ in range(_ROUNDS):
            before = sum(d is None for d in self.found)
            for step in (self._same, self._during, self._document, self._told_on):
                for n, dated in enumerate(self.found):
                    if dated is None and (new := step(n)) is not None:
                        self._set(n, new)
                self._ask_clauses()
            if sum(d is None for d in self.found) == before:
                break
        return self.found

    def _set(self, n: int, dated: Dated) -> None:
        self.found[n] = dated
        self.clauses.known[self.mentions[n].head] = dated

    def _ask_clauses(self) -> None:
        for n, dated in enumerate(self.found):
            if dated is None:
                self.found[n] = self.clauses.date(self.mentions[n].head)

    def _others(self, n: int) -> Iterator[tuple[int, Dated]]:
        """Dated mentions that could be of the same happening: of its family, both told as facts or both as plans."""
        mine = self.mentions[n]
        for k, dated in enumerate(self.found):
            other = self.mentions[k]
            if dated is None or k == n or not self._traits[k].families & self._traits[n].families:
                continue
            if _TENSE[other.status] == _TENSE[mine.status] and other.historical == mine.historical:
                yield k, dated

    def _same(self, n: int) -> Dated | None:
        """The days of other mentions of the event, where they agree; for "the clashes" those of the last clashes."""
        mine, others = self._traits[n], list(self._others(n))
        if mine.new:
            return None
        alike = [(k, d) for k, d in others if mine.stems & self._traits[k].stems and self._may_be_one(n, k)]
        reasons = [(d, self._shared(n, k)) for k, d in alike if self._same_people(n, k)]
        if (found := _agreed(reasons)) is not None or not mine.definite:
            return found
        told_with = self._told_with(n)
        before = [(k, d) for k, d in (told_with or alike or others) if self.mentions[k].head < self.mentions[n].head]
        if not alike and not told_with:
            if not mine.general or _agreed([(d, "") for _, d in before]) is None:
                return None
            before = [(k, d) for k, d in before if self._may_be_called_so(n, k, d)]
        if not before:
            return None
        last, dated = max(before, key=lambda b: self.mentions[b[0]].head)
        why = f"“{self.mentions[n].trigger.text}” points back to “{self.mentions[last].trigger.text}”"
        return replace(dated, why=f"{why}; {dated.why}")

    def _told_with(self, n: int) -> list[tuple[int, Dated]]:
        """ "The missile attack": the mentions before it that tell of missiles."""
        mine, head = self._traits[n], self.mentions[n].head
        if not mine.modifiers or not mine.general:
            return []
        before = [(k, d) for k, d in self._others(n) if self.mentions[k].head < head and self._types_alike(n, k)]
        return [(k, d) for k, d in before if mine.modifiers & self._sentence_stems(k)]

    def _sentence_stems(self, k: int) -> set[str]:
        sentence = self.annotated.sentence_of(self.mentions[k].head)
        return {stem(t.lemma) for t in self.annotated.tokens[sentence.first : sentence.last]}

    def _may_be_one(self, n: int, k: int) -> bool:
        """False where the two count differently ("24 students", "eight others") or the other is "another"."""
        mine, other = self._traits[n], self._traits[k]
        if other.new or (mine.numbers and other.numbers and not mine.numbers & other.numbers):
            return False
        return mine.several == other.several

    def _may_be_called_so(self, n: int, k: int, dated: Dated) -> bool:
        """Is "the violence" what the other mention told of shortly before, by another name?"""
        near = self._sentences_after(n, k) <= _REACH_OF_NAMES and (dated.last - dated.first).days <= _FEW_DAYS
        return near and self._types_alike(n, k)

    def _types_alike(self, n: int, k: int) -> bool:
        talks = "talks" in self._traits[n].families
        return talks or self.mentions[n].type == self.mentions[k].type

    def _same_people(self, n: int, k: int) -> bool:
        """Do both name somebody alike? For events made of words, the speaker; who names nobody may mean anybody."""
        mine, other = self._traits[n], self._traits[k]
        if self.mentions[n].type in data("verbs")["speech_types"]:
            return bool(mine.actors & other.actors)
        return bool(mine.people & other.people) or (not mine.people and mine.verb)

    def _during(self, n: int) -> Dated | None:
        """ "During the rally they chanted": the rally is the one that was told of."""
        tokens, head = self.annotated.tokens, self.mentions[n].head
        for prep in self.annotated.children[head]:
            if tokens[prep].norm not in names("transparent_premodified"):
                continue
            for noun in (tokens[c] for c in self.annotated.children[prep] if tokens[c].dep == "pobj"):
                if not definite(self.annotated, noun):
                    continue
                found = [
                    (d, f"“{noun.text}” points back to “{self.mentions[k].trigger.text}”")
                    for k, d in enumerate(self.found)
                    if d is not None and self.mentions[k].head < noun.i and stem(noun.lemma) in self._traits[k].stems
                ]
                if (dated := _agreed(found)) is not None:
                    return dated
        return None

    def _document(self, n: int) -> Dated | None:
        """ "The resolution also urged": on the day of the clause that told of the resolution first."""
        tokens, head = self.annotated.tokens, self.mentions[n].head
        for subject in (tokens[c] for c in self.annotated.children[head] if tokens[c].dep == "nsubj"):
            if subject.lemma not in names("documents") or not definite(self.annotated, subject):
                continue
            first = self.annotated.sentences[max(0, subject.sentence - _REACH)].first
            for t in tokens[first : self.annotated.sentence_of(head).first]:
                verb = clause_verb(self.annotated, t.i) if t.lemma == subject.lemma else None
                dated = self.clauses.date(verb) if verb is not None else None
                if dated is not None:
                    return replace(dated, why=f"“{subject.text}” is the one of “{tokens[verb or 0].text}”; {dated.why}")
        return None

    def _unknown_circumstance(self, head: int) -> bool:
        """ "wounded in the shooting", where the day of the shooting is not known: it need not be that of the story."""
        tokens, children = self.annotated.tokens, self.annotated.children
        nouns = [
            tokens[c]
            for prep in children[head]
            if tokens[prep].norm in names("transparent_premodified")
            for c in children[prep]
            if tokens[c].dep == "pobj"
        ]
        return any(n.lemma in names("event_nouns") and definite(self.annotated, n) for n in nouns)

    def _shared(self, n: int, k: int) -> str:
        shared = sorted(self._traits[n].people & self._traits[k].people)
        return f"the same event as “{self.mentions[k].trigger.text}”" + (
            f": also {', '.join(shared)}" if shared else ""
        )

    def _told_on(self, n: int) -> Dated | None:
        """A simple past that goes on with what was told in the sentences before."""
        mention = self.mentions[n]
        if mention.status != "happened" or mention.historical or not simple_past(self.annotated, mention.head):
            return None
        if not self._traits[n].families & frozenset(data("verbs")["stories"]["told_on"]):
            return None
        in_main = main_line(self.annotated, mention.head)
        if not in_main and self.annotated.tokens[mention.head].dep != "advcl":
            return None
        family = [(k, d) for k, d in self._others(n) if (d.last - d.first).days <= _FEW_DAYS]
        others = [(k, d) for k, d in family if self._akin(n, k)]
        before = [(k, d) for k, d in others if 0 <= self._sentences_after(n, k) <= _REACH]
        if self._unknown_circumstance(mention.head):
            return None
        if self._other_day_near(n):
            same = _agreed([(d, "") for k, d in before if self._sentences_after(n, k) == 0])
            return replace(same, why=f"the sentence tells of this day: {same.why}") if same and in_main else None
        if before and (only := _agreed([(d, "") for _, d in family])) is not None:
            return replace(only, why=f"the report tells of this day: {only.why}")
        main = [
            (k, d)
            for k, d in before
            if self.mentions[k].head < mention.head and main_line(self.annotated, self.mentions[k].head)
        ]
        if not main:
            return None
        k, dated = max(main, key=lambda b: self.mentions[b[0]].head)
        return replace(dated, why=f"the story goes on from “{self.mentions[k].trigger.text}”; {dated.why}")

    def _akin(self, n: int, k: int) -> bool:
        return self.mentions[n].type == self.mentions[k].type or bool(self._traits[n].people & self._traits[k].people)

    def _sentences_after(self, n: int, k: int) -> int:
        tokens = self.annotated.tokens
        return tokens[self.mentions[n].head].sentence - tokens[self.mentions[k].head].sentence

    def _other_day_near(self, n: int) -> bool:
        """Does the sentence name a day that is not the mention's? Then the day of another sentence would be a guess."""
        sentence = self.annotated.sentence_of(self.mentions[n].head)
        return any(
            e.dated and e.precision in ("day", "week") and sentence.first <= e.first_token < sentence.last
            and not self.clauses.is_of_saying(e)
            for e in self.clauses.times
        )  # fmt: skip


def _agreed(reasons: Sequence[tuple[Dated, str]]) -> Dated | None:
    if len({(d.first, d.last) for d, _ in reasons}) != 1:
        return None
    dated, why = reasons[0]
    return replace(dated, why=f"{why}; {dated.why}" if why else dated.why)
