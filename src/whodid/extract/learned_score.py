"""How the lexicon's reading of a word and what the weights say of it become one probability.

Four small logistic models, fitted by ``python -m training fit`` on sentences that the weights had not seen, give the
probability that the type is right: of a reading that the weights may confirm (``confirm``), of the weights' own type
in place of the lexicon's (``change``), of a word that the lexicon does not read (``new``); and, where the type is
right, that the parties are (``roles``). Each is a name → coefficient table over the features below, in coder.json.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from whodid.extract.draft import Draft
from whodid.extract.learned_opinions import NONE, Opinion
from whodid.extract.tree import is_verb
from whodid.records import Annotated, RoleKind

Features = dict[str, float]
Model = Mapping[str, float]

_LEAST = 0.002


def logit(p: float) -> float:
    """The log odds of a probability that is kept from 0 and 1."""
    p = min(max(p, _LEAST), 1 - _LEAST)
    return math.log(p / (1 - p))


def probability(model: Model, features: Features) -> float:
    """What a logistic model gives."""
    z = model["bias"] + sum(model[name] * value for name, value in features.items())
    return 1 / (1 + math.exp(-z))


def type_features(a: Annotated, opinion: Opinion, draft: Draft, *, by_rules: bool) -> Features:
    """That the type of the draft is right. ``by_rules``: the lexicon reads the word, if perhaps as another type."""
    type = draft.coding.type
    other = next(p for name, p in opinion.ranked if name != type)
    r = draft.reading
    out = {
        "learned": logit(opinion.of(type)),
        "none": logit(opinion.of(NONE)),
        "other": logit(other),
        "noun": 0.0 if is_verb(a.tokens[r.head]) else 1.0,
        "no_actor": float(not r.actors),
        "no_recipient": float(not r.recipients),
    }
    if by_rules:
        out["rule"] = logit(draft.score)
    return out


def role_features(a: Annotated, opinion: Opinion, draft: Draft) -> Features:
    """That the parties of the draft are right."""
    r = draft.reading
    out = {"noun": 0.0 if is_verb(a.tokens[r.head]) else 1.0}
    sides: tuple[tuple[RoleKind, Sequence[int]], ...] = (("actor", r.actors), ("recipient", r.recipients))
    for kind, heads in sides:
        out[kind] = logit(_side(opinion, kind, heads))
        out[f"no_{kind}"] = float(not heads)
    return out


def _side(opinion: Opinion, kind: RoleKind, heads: Sequence[int]) -> float:
    """That one side is right: the most probable of its parties; of an empty one that there is none."""
    if heads:
        return max((p for k in heads if (p := opinion.part(k, kind)) is not None), default=0.5)
    return 1 - max((p for k in opinion.parties if (p := opinion.part(k, kind)) is not None), default=0.0)
