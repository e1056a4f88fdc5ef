"""Days that come from another sentence: other mentions of the same event, and a story that is told on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from whodid.ground.times.attach import is_verb, names
from whodid.ground.times.clause import Clauses, Dated
from whodid.ground.times.lexicon import data
from whodid.records import Annotated, Mention, Token

_STEM = 5
_REACH = 2
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "both"})


@dataclass(frozen=True, slots=True)
class _Traits:
    """What tells one event of a report from another. ``stems``: beginnings of the predicate's words, enough to see
    "assassinate" in "assassination"; ``people``: name words and common nouns of actors and recipients."""

    families: frozenset[str]
    stems: frozenset[str]
    recipients: frozenset[str]
    people: frozenset[str]
    definite: bool


class Story:
    """The mentions of a report, with the days that are known of them so far."""

    def __init__(self, clauses: Clauses, mentions: Sequence[Mention], found: Sequence[Dated | None]) -> None:
        self.clauses = clauses
        self.annotated = clauses.annotated
        self.mentions = mentions
        self.found = list(found)
        self._traits = [_traits(self.annotated, m) for m in mentions]

    def spread(self) -> list[Dated | None]:
        """Hands days on until nothing is added."""
        for _ in range(3):
            before = sum(d is None for d in self.found)
            for step in (self._same, self._told_on):
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
        """Dated mentions that could be of the same happening: same kind of event, both told as facts or both as plans."""
        mine = self.mentions[n]
        for k, dated in enumerate(self.found):
            other = self.mentions[k]
            if dated is None or k == n or not self._traits[k].families & self._traits[n].families:
                continue
            if other.status == mine.status and other.historical == mine.historical:
                yield k, dated

    def _same(self, n: int) -> Dated | None:
        """The days of the other mentions of the same event, where these agree."""
        reasons = [(d, why) for k, d in self._others(n) if (why := self._same_event(n, k)) is not None]
        return _agreed(reasons)

    def _same_event(self, n: int, k: int) -> str | None:
        mine, other = self._traits[n], self._traits[k]
        trigger = self.mentions[k].trigger.text
        like = bool(mine.stems & other.stems)
        shared = mine.recipients & other.recipients
        if like and shared:
            return f"the same event as “{trigger}”: also of {', '.join(sorted(shared))}"
        if mine.definite and (like or k < n):
            return f"“{self.mentions[n].trigger.text}” points back to “{trigger}”"
        return None

    def _told_on(self, n: int) -> Dated | None:
        """A simple past that goes on with what was told last."""
        mention = self.mentions[n]
        if mention.status != "happened" or mention.historical or not _simple_past(self.annotated, mention.head):
            return None
        if not self._traits[n].families & frozenset(data("verbs")["stories"]["told_on"]):
            return None
        others = [(k, d) for k, d in self._others(n) if (d.last - d.first).days <= 3]
        if not others:
            return None
        if (only := _agreed([(d, "") for _, d in others])) is not None:
            return replace(only, why=f"the report tells only of this day: {only.why}")
        sentence = self.annotated.tokens[mention.head].sentence
        before = [
            (k, d) for k, d in others
            if k < n and sentence - self.annotated.tokens[self.mentions[k].head].sentence <= _REACH
        ]  # fmt: skip
        if not before:
            return None
        k, dated = max(before, key=lambda b: self.mentions[b[0]].head)
        return replace(dated, why=f"the story goes on from “{self.mentions[k].trigger.text}”; {dated.why}")


def _agreed(reasons: Sequence[tuple[Dated, str]]) -> Dated | None:
    if len({(d.first, d.last) for d, _ in reasons}) != 1:
        return None
    dated, why = reasons[0]
    return replace(dated, why=f"{why}; {dated.why}" if why else dated.why)


def _traits(annotated: Annotated, mention: Mention) -> _Traits:
    words = [annotated.tokens[mention.head]]
    if words[0].lemma in names("carriers"):
        words += [
            annotated.tokens[c]
            for c in annotated.children[mention.head]
            if annotated.tokens[c].dep in ("dobj", "nsubj", "nsubjpass") and annotated.tokens[c].lemma in names("event_nouns")
        ]
    families = {name for name, types in data("verbs")["stories"]["families"].items() if mention.type in types}
    return _Traits(
        families=frozenset(families or {mention.type}),
        stems=frozenset(w.lemma.lower()[:_STEM] for w in words),
        recipients=frozenset(t.norm for t in _role_words(annotated, mention, "recipient") if t.pos == "PROPN"),
        people=frozenset(t.lemma.lower() for kind in ("actor", "recipient") for t in _role_words(annotated, mention, kind)),
        definite=any(_definite(annotated, w) for w in words),
    )


def _role_words(annotated: Annotated, mention: Mention, kind: str) -> list[Token]:
    spans: list[tuple[int, int]] = []
    for role in mention.roles:
        if role.kind == kind:
            spans.append((role.quote.start, role.quote.end))
            if (link := annotated.link_of.get(role.head)) is not None:
                spans.append((annotated.tokens[link.to_first].start, annotated.tokens[link.to_last - 1].end))
    return [t for t in annotated.tokens if t.pos in ("NOUN", "PROPN") and any(a <= t.start and t.end <= b for a, b in spans)]


def _definite(annotated: Annotated, noun: Token) -> bool:
    """ "the attack", "these talks", "its raid": a noun that points back."""
    if noun.pos not in ("NOUN", "PROPN"):
        return False
    return any(annotated.tokens[c].norm in _DEFINITE and c < noun.i for c in annotated.children[noun.i])


def _simple_past(annotated: Annotated, head: int) -> bool:
    """A finite verb in the simple past, active or passive, that is no background ("had killed", "has killed")."""
    token = annotated.tokens[head]
    if not is_verb(token):
        return False
    auxiliaries = {annotated.tokens[c].norm for c in annotated.children[head] if annotated.tokens[c].dep in ("aux", "auxpass")}
    if auxiliaries - {"was", "were", "did"}:
        return False
    return token.tag == "VBD" or bool(auxiliaries)
