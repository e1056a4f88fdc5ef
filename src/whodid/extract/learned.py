"""The coder that weighs what the lexicon reads with what was learned from marked sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from whodid.extract.arguments import Arguments
from whodid.extract.coder import MIN_SCORE
from whodid.extract.draft import Draft, Drafter
from whodid.extract.learned_opinions import NONE, Opinion, Opinions
from whodid.extract.learned_roles import with_parties
from whodid.extract.learned_score import Model, probability, role_features, type_features
from whodid.extract.learned_words import can_tell
from whodid.extract.lexicon import Entry
from whodid.extract.reader import Reader
from whodid.extract.reading import Reading
from whodid.extract.tree import children, is_verb
from whodid.models.weights import Judge
from whodid.ontology import Coding, Ontology
from whodid.records import Annotated, Mention

CONFIRM, CHANGE, NEW = "confirm", "change", "new"
LEAST = 0.15
"""Below this probability of the weights a type is not tried, and below this score a draft of the lexicon neither."""

VETO, WEAK, ALONE, EVEN = 0.1, 0.75, 0.9, 0.5
"""Without ``min_score`` a reading of the lexicon is kept unless its type is this improbable (VETO); one that the
lexicon itself is unsure of (below the least score of the rule coder) has to be this probable (WEAK), and a type that
the weights alone give (ALONE; without any lexicon EVEN). Chosen on the development sets, which punish a missed event
more than one too many."""

_CLOSE = 0.25
"""Where the next type has this share of the probability of the first, or more, it is named as the runner-up."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A draft that may be right, what the weights say of its word, and the name of the model that weighs the two. One
    whose word the weights were not asked about, or could not be, has no opinion."""

    draft: Draft
    opinion: Opinion | None
    model: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """A draft with the probability that its type is right, and that its type and parties are."""

    draft: Draft
    of_type: float
    score: float
    model: str


class LearnedCoder:
    """Codes reports by lexicon and weights together. Deterministic; knows nothing of other reports.

    min_score: mentions are kept from this score on; by default those whose type is probable enough, whatever is known
    of the parties. rules: False for the weights alone, which then read every word that can tell of an event.
    """

    def __init__(self, ontology: Ontology, judge: Judge, *, min_score: float | None = None, rules: bool = True) -> None:
        self._drafter = Drafter(ontology)
        self._judge = judge
        self._min_score = min_score
        self._rules = rules

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(self._judge.about["words"])

    def _model(self, name: str) -> Model:
        found: Model = self._judge.about["combination"][name]
        return found

    def code(self, annotated: Annotated) -> tuple[Mention, ...]:
        """The event mentions of a report, in the order of the text."""
        reader = self._drafter.reader(annotated)
        kept = sorted(
            (w for w in self.weighed(annotated, reader) if self._is_kept(w)),
            key=lambda w: w.draft.reading.head,
        )
        mentions = [self._drafter.mention(annotated, reader, w.draft, w.score) for w in kept]
        return self._drafter.finished(annotated, mentions)

    def weighed(self, a: Annotated, reader: Reader) -> Iterator[Weighed]:
        """For each word that may tell of an event its draft: that of the lexicon, unless it is improbable and another
        one clear."""
        for candidates in self.candidates(a, reader):
            first, *others = [self._scored(a, c) for c in candidates]
            yield next((o for o in others if first.of_type < VETO and o.of_type >= ALONE), first)

    def _is_kept(self, w: Weighed) -> bool:
        if self._min_score is not None:
            return w.score >= self._min_score
        if w.model != CONFIRM:
            return w.of_type >= (ALONE if self._rules else EVEN)
        return w.of_type >= (VETO if w.draft.score >= MIN_SCORE else WEAK)

    def candidates(self, a: Annotated, reader: Reader) -> Iterator[list[Candidate]]:
        """For each word that may tell of an event its drafts: words that the lexicon reads first, then the others."""
        opinions = Opinions(a, self._judge)
        drafts = self._worthwhile(a, reader) if self._rules else []
        for draft in drafts:
            yield list(self._of_rules(reader, draft, opinions))
        held = {k for d in drafts for k in (d.reading.head, *d.reading.words, *d.reading.absorbed)}
        worth = {a.tokens[d.reading.head].sentence for d in drafts}
        for s in a.sentences:
            if not self._rules or s.i in worth or self._may_tell(a, s.first, s.last):
                for i, opinion in opinions.in_sentence(s.i).items():
                    if i in held:
                        continue
                    top, p = opinion.top
                    if p >= LEAST and p > opinion.of(NONE) / 2:
                        yield [self._joined(reader, self._own(a, reader, i, top), opinion, NEW)]

    def _worthwhile(self, a: Annotated, reader: Reader) -> list[Draft]:
        """The drafts of the lexicon. Asking takes time: by default those that it is unsure of are weighed only in
        sentences that the weights are asked about anyway."""
        drafts = [d for d in self._drafter.drafts(a, reader) if d.score >= LEAST]
        if self._min_score is not None:
            return drafts
        sure = {a.tokens[d.reading.head].sentence for d in drafts if d.score >= MIN_SCORE}
        worth = sure | {s.i for s in a.sentences if self._may_tell(a, s.first, s.last)}
        return [d for d in drafts if a.tokens[d.reading.head].sentence in worth]

    def _of_rules(self, reader: Reader, draft: Draft, opinions: Opinions) -> Iterator[Candidate]:
        r = draft.reading
        opinion = opinions.best(r.words, draft.coding.type)
        if opinion is None:
            yield Candidate(draft, None, CONFIRM)
            return
        yield self._joined(reader, draft, opinion, CONFIRM)
        own = opinions.of(r.head) or opinion
        top, p = own.top
        if top != draft.coding.type and p >= LEAST:
            changed = replace(
                draft,
                reading=replace(r, type=top, mode=None),
                coding=Coding(type=top),
                why=(*draft.why, f"learned: {top} instead of {draft.coding.type}"),
            )
            yield self._joined(reader, changed, own, CHANGE)

    def _may_tell(self, a: Annotated, first: int, last: int) -> bool:
        return any(a.tokens[i].lemma in self._words and can_tell(a.tokens[i]) for i in range(first, last))

    def _own(self, a: Annotated, reader: Reader, i: int, type: str) -> Draft:
        t = a.tokens[i]
        kind = "verbs" if is_verb(t) else "adjectives" if t.pos == "ADJ" else "nouns"
        arguments = Arguments(reader.roles, self._drafter.ontology, reader.read)
        actors, recipients = arguments.of(Entry(words=(t.lemma,), kind=kind, type=type), i)
        reading = Reading(
            head=i,
            type=type,
            mode=None,
            actors=tuple(actors),
            recipients=tuple(k for k in recipients if k not in actors),
            words=(i,),
            absorbed=frozenset(),
            score=1.0,
            why=(f"“{t.lemma}” is not in the lexicon in this use",),
        )
        return replace(self._drafter.draft(a, reader, reading), coding=Coding(type=type))

    def _joined(self, reader: Reader, draft: Draft, opinion: Opinion, model: str) -> Candidate:
        """The draft with the parties that the weights are sure of, and the mode where the type is theirs."""
        roles = reader.roles
        reading, notes = with_parties(
            draft.reading,
            opinion,
            lambda k: roles.can_act(k) and not self._is_of_another(roles.a, k, opinion.token),
            lambda k: roles.quote(k).text,
        )
        mode = draft.coding.mode if model == CONFIRM else opinion.mode(draft.coding.type)
        done = replace(
            draft,
            reading=reading,
            coding=draft.coding.model_copy(update={"mode": mode}),
            why=(*draft.why, _told(opinion), *notes),
        )
        return Candidate(done, opinion, model)

    def _is_of_another(self, a: Annotated, party: int, word: int) -> bool:
        """True for a party of another event noun, where one of the two nouns stands in the phrase of the other:
        "retaliation for the killing of its general" (who is killed), "Iran's retaliation for the killing" (who
        retaliates); for an adjective in front of another noun ("vowed that the American presence would end"); and for
        what a pronoun says is somebody's, the actor's own most often ("suspended its mission")."""
        if a.tokens[party].dep == "amod" and a.tokens[party].head != word:
            return True
        if any(k.tag == "PRP$" for k in children(a, party, "poss")):
            return True
        above = (j for j in a.ancestors(party) if a.tokens[j].pos == "NOUN" and a.tokens[j].lemma in self._words)
        noun = next(above, word)
        return noun != word and (word in a.ancestors(noun) or noun in a.ancestors(word))

    def _scored(self, a: Annotated, c: Candidate) -> Weighed:
        if c.opinion is None:
            return Weighed(c.draft, c.draft.score, c.draft.score, c.model)
        of_type = probability(self._model(c.model), type_features(a, c.opinion, c.draft, by_rules=c.model != NEW))
        of_roles = probability(self._model("roles"), role_features(a, c.opinion, c.draft))
        return Weighed(c.draft, of_type, of_type * of_roles, c.model)


def _told(opinion: Opinion) -> str:
    """ "learned: ASSAULT .91 (runner-up COERCE .06)"."""
    (first, p), (second, q) = sorted([*opinion.ranked, ("no event", opinion.of(NONE))], key=lambda x: -x[1])[:2]
    runner_up = f" (runner-up {second} {q:.2f})" if q >= _CLOSE * p else ""
    return f"learned: {first} {p:.2f}{runner_up}"
