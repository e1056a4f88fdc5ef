"""The rule coder: every predicate of a report that the lexicon knows, with type, mode, roles and status."""

from __future__ import annotations

from whodid.extract.draft import Drafter
from whodid.ontology import Ontology
from whodid.records import Annotated, Mention

MIN_SCORE = 0.3
"""Mentions below this are not kept: of those, fewer than one in five is an event (sentences of the development set)."""


class RuleCoder:
    """Codes reports by the packaged lexicon and the dependency parse. Deterministic; knows nothing of other reports."""

    def __init__(self, ontology: Ontology, *, min_score: float = MIN_SCORE) -> None:
        self._drafter = Drafter(ontology)
        self._min_score = min_score

    def code(self, annotated: Annotated) -> tuple[Mention, ...]:
        """The event mentions of a report, in the order of the text."""
        a = annotated
        reader = self._drafter.reader(a)
        drafts = self._drafter.drafts(a, reader)
        kept = [self._drafter.mention(a, reader, d, d.score) for d in drafts if d.score >= self._min_score]
        return self._drafter.finished(a, kept)
