"""The combination with the rules: logistic models fitted on sentences whose weights were made without them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.data import Event, Example, Span
from training.items import token_at
from whodid.extract.draft import Draft, Drafter
from whodid.extract.learned import Candidate, LearnedCoder
from whodid.extract.learned_score import Features, role_features, type_features
from whodid.records import Annotated

RIDGE = 1.0
"""The penalty on the squares of the coefficients: one sentence's worth."""


@dataclass(frozen=True, slots=True)
class Row:
    """Features and what was right."""

    features: Features
    right: bool


def rows(
    pairs: Iterable[tuple[Example, Annotated]], coder: LearnedCoder, drafter: Drafter
) -> Iterator[tuple[str, Row]]:
    """For each candidate of the coder one row for the model that weighs its type, and, where the type is right, one for
    ``roles``."""
    for example, a in pairs:
        marked = {token_at(a, e.trigger): e for e in example.events}
        for candidates in coder.candidates(a, drafter.reader(a)):
            for c in candidates:
                if c.opinion is not None:
                    yield from _rows(a, c, marked)


def _rows(a: Annotated, c: Candidate, marked: Mapping[int, Event]) -> Iterator[tuple[str, Row]]:
    assert c.opinion is not None
    found = matching(c.draft, marked)
    right = any(e.type == c.draft.coding.type for e in found)
    yield c.model, Row(type_features(a, c.opinion, c.draft, by_rules=c.model != "new"), right)
    if right:
        event = next(e for e in found if e.type == c.draft.coding.type)
        yield "roles", Row(role_features(a, c.opinion, c.draft), roles_right(a, c.draft, event))


def matching(draft: Draft, marked: Mapping[int, Event]) -> list[Event]:
    """The marked events one of whose triggers is among the words of a draft."""
    r = draft.reading
    return [marked[i] for i in dict.fromkeys((r.head, *r.words, *r.absorbed)) if i in marked]


def roles_right(a: Annotated, draft: Draft, event: Event) -> bool:
    """True where each side shares a party with the marked one, or both have none."""
    r = draft.reading
    return _agree(a, r.actors, event.actors) and _agree(a, r.recipients, event.recipients)


def _agree(a: Annotated, heads: tuple[int, ...], spans: tuple[Span, ...]) -> bool:
    if not heads or not spans:
        return not heads and not spans
    return any(s.start <= a.tokens[k].start < s.end for k in heads for s in spans)


def fit_all(found: Iterable[tuple[str, Row]]) -> dict[str, dict[str, float]]:
    """A logistic model for each name."""
    grouped: dict[str, list[Row]] = defaultdict(list)
    for name, row in found:
        grouped[name].append(row)
    return {name: fit(some) for name, some in sorted(grouped.items())}


def fit(some: list[Row]) -> dict[str, float]:
    """The coefficients of a ridge logistic regression, by Newton's method."""
    names = sorted(some[0].features)
    x = np.array([[1.0, *(row.features[n] for n in names)] for row in some])
    y = np.array([float(row.right) for row in some])
    w: NDArray[np.float64] = np.zeros(x.shape[1])
    penalty = np.diag([0.0, *([RIDGE] * len(names))])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        step = np.linalg.solve(
            (x * (p * (1 - p))[:, None]).T @ x + penalty + 1e-9 * np.eye(len(w)), x.T @ (y - p) - penalty @ w
        )
        w = w + step
        if float(np.abs(step).max()) < 1e-6:
            break
    return {"bias": round(float(w[0]), 4)} | {n: round(float(v), 4) for n, v in zip(names, w[1:], strict=True)}
