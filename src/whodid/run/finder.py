"""Which coder finds the events: lexicon and weights together, or one of them alone."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from whodid.extract import LearnedCoder, RuleCoder
from whodid.extract.coder import MIN_SCORE
from whodid.models import EventCoder
from whodid.models.weights import FOLDER, Weights, missing
from whodid.ontology import Ontology

BOTH, RULES, WEIGHTS = "both", "rules", "weights"


def chosen(coder: str) -> str:
    """What the setting ``coder`` means here: ``both`` is the rules alone where the weights are not installed."""
    return RULES if coder == BOTH and missing() else coder


def event_coder(coder: str, ontology: Ontology, min_score: float | None = None) -> EventCoder:
    """The coder of this name: both, rules or weights. min_score: by default the coder's own.

    Raises ModelError where the weights are asked for alone and not installed.
    """
    if chosen(coder) == RULES:
        return RuleCoder(ontology, min_score=MIN_SCORE if min_score is None else min_score)
    return LearnedCoder(ontology, _weights(), min_score=min_score, rules=coder != WEIGHTS)


@lru_cache(maxsize=1)
def _weights() -> Weights:
    """Loaded once in a process."""
    return Weights()


def weights_mark() -> str:
    """A short hash that changes with the weights; empty where there are none."""
    if missing():
        return ""
    return hashlib.sha256((FOLDER / "coder.json").read_bytes()).hexdigest()[:12]
