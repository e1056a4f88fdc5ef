"""How probable it is that two claims tell of one event, and why: a logistic score over explained features."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from whodid.fuse.features import Features
from whodid.fuse.pairs import Columns, pair_features
from whodid.fuse.table import Floats, Ints, Table
from whodid.fuse.words import load_yaml
from whodid.records import Judgement, Verdict

SURE = 0.65
"""From this probability on a pair is judged the same; up to ``1 - SURE`` different; between them unsure."""

_LEAST = 0.25
"""Log-odds below which a feature is not worth telling."""

_AT_ONCE = 8192
"""Pairs that are scored together: their arrays stay in the processor's cache."""

_APART = -12.0
"""Log-odds of claims that stand differently (one happened, one denied): they may be linked, not joined."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Log-odds: what each feature adds, and the sentence that says so."""

    bias: float
    names: tuple[str, ...]
    weights: Floats
    says: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Judged:
    """The judgement of one pair. score: probability that both tell of one event; alike: the same if it is left aside
    that one may say it happened and the other that it is planned or denied; why: strongest reason first."""

    score: float
    alike: float
    verdict: Verdict
    why: tuple[str, ...]


Scope = Literal["within", "across"]
"""Claims of one report, each taken alone; or claims with all that their reports tell of their events."""

SCOPES: tuple[Scope, ...] = ("within", "across")


def weights(scope: Scope = "across") -> Weights:
    """The weights in use: the fitted ones of ``weights.yaml``, which training/fusion.py makes."""
    if scope not in _IN_USE:
        _IN_USE.update(_packaged())
    return _IN_USE[scope]


def use_weights(given: Mapping[Scope, Weights]) -> None:
    """Use other weights in this process: for fitting them."""
    _IN_USE.update(given)


_IN_USE: dict[Scope, Weights] = {}


def _packaged() -> dict[Scope, Weights]:
    data, says = load_yaml("weights.yaml"), load_yaml("reasons.yaml")["says"]
    out: dict[Scope, Weights] = {}
    for scope in SCOPES:
        own: dict[str, float] = data[scope]["weights"]
        out[scope] = Weights(data[scope]["bias"], tuple(own), np.array(list(own.values()), np.float64), says)
    return out


def judge(a: Features, b: Features) -> Judged:
    """Whether two claims tell of one event. The outcome depends on the two alone; for many pairs see
    :func:`judge_pairs`, which gives the same."""
    return judge_pairs(Table([a, b]), np.array([0]), np.array([1]))[0]


def judge_pairs(table: Table, left: Ints, right: Ints) -> list[Judged]:
    """The judgement of each pair of rows, with its reasons."""
    values = pair_features(table, left, right)
    alike = _sum(values, len(left), weights())
    odds = joined(table, left, right, alike)
    matrix = np.column_stack([values[name].astype(np.float64) for name in weights().names]) * weights().weights
    return [
        Judged(p, probability(float(a)), verdict(p), _why(row, bool(a != o)))
        for a, o, row in zip(alike, odds, matrix, strict=True)
        for p in [probability(float(o))]
    ]


def log_odds(table: Table, left: Ints, right: Ints, scope: Scope = "across") -> Floats:
    """Log-odds that the claims of each pair tell of one thing, whether it happened, is planned or denied."""
    out = np.empty(len(left))
    for n in range(0, len(left), _AT_ONCE):
        part = slice(n, n + _AT_ONCE)
        out[part] = _sum(pair_features(table, left[part], right[part]), len(left[part]), weights(scope))
    return out


def joined(table: Table, left: Ints, right: Ints, alike: Floats) -> Floats:
    """The log-odds with claims that stand differently kept apart."""
    return np.where(table.standing[left] == table.standing[right], alike, _APART)


def _sum(values: Columns, size: int, fitted: Weights) -> Floats:
    out = np.full(size, fitted.bias)
    for name, weight in zip(fitted.names, fitted.weights, strict=True):
        out += weight * values[name]
    return np.round(out, 9)  # the order of the two claims must not show in the last bit


def probability(odds: float) -> float:
    """The probability of log-odds."""
    return round(1 / (1 + math.exp(-max(min(odds, 30.0), -30.0))), 4)


def verdict(score: float) -> Verdict:
    """The word for a probability."""
    return "same" if score >= SURE else "different" if score <= 1 - SURE else "unsure"


def _why(row: Floats, apart: bool) -> tuple[str, ...]:
    fitted = weights()
    told = sorted(
        ((float(value), name) for name, value in zip(fitted.names, row, strict=True) if abs(value) >= _LEAST),
        key=lambda pair: (-abs(pair[0]), pair[1]),
    )
    lines = [f"{fitted.says[name]} ({value:+.1f})" for value, name in told]
    return (
        ("one is told as happened, planned or denied and the other otherwise: kept apart", *lines)
        if apart
        else tuple(lines)
    )


def judgement(a: Features, b: Features, judged: Judged, by: str) -> Judgement:
    """The record of a judgement; ``by`` is the program with its version."""
    left, right = sorted((a.claim, b.claim))
    return Judgement(left=left, right=right, verdict=judged.verdict, score=judged.score, by=by, why=judged.why)


def ordered(claims: Iterable[Features]) -> list[Features]:
    """By day of publication, then id: the first one gives an event its id."""
    return sorted(claims, key=lambda c: c.day)
