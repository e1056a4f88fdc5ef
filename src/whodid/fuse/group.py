"""Claims into events: which of those that judgements tie together belong to one event.

Two groups are joined while the mean of the log-odds between their claims is above zero, the highest mean first
(agglomerative clustering with average linkage; Lance & Williams 1967). A mean keeps one doubtful pair from chaining
two events together. The outcome depends on the set of claims and judgements, not on their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from whodid.fuse.table import Floats, Ints

TIED = 100.0
"""Log-odds of a pair that a person has judged; its sign is the verdict."""

LARGEST = 1500
"""Claims that are grouped together at most; more are first cut at their weaker ties."""


def components(size: int, left: Ints, right: Ints) -> Ints:
    """For each of ``size`` items the lowest item that the pairs tie it to, over others or directly."""
    parent = list(range(size))

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for a, b in zip(left.tolist(), right.tolist(), strict=True):
        low, high = sorted((root(a), root(b)))
        parent[high] = low
    return np.array([root(item) for item in range(size)], np.int64)


def group(odds: Floats) -> list[list[int]]:
    """Groups of the rows of a symmetric matrix of log-odds, each in order; first the one with the lowest row.

    Rows stand in the order that breaks ties. A pair of ±:data:`TIED` is a person's judgement: those to be together are
    joined first, and groups between which one pair must stay apart are never joined.
    """
    size = len(odds)
    if size == 1:
        return [[0]]
    if size > LARGEST:
        return _cut(odds)
    must_left, must_right = np.nonzero(np.triu(odds >= TIED, 1))
    first = components(size, must_left, must_right)
    roots = np.unique(first)
    groups = {int(r): np.nonzero(first == r)[0].tolist() for r in roots}
    return sorted(_agglomerate(odds, groups))


def _agglomerate(odds: Floats, groups: dict[int, list[int]]) -> list[list[int]]:
    keys = sorted(groups)
    members = [groups[k] for k in keys]
    mean = _means(odds, members)
    sizes = np.array([len(m) for m in members], np.float64)
    best = mean.argmax(axis=1)
    alive = np.ones(len(members), np.bool_)
    while alive.sum() > 1:
        tops = np.where(alive, mean[np.arange(len(mean)), best], -np.inf)
        a = int(tops.argmax())
        b = int(best[a])
        if tops[a] <= 0:
            break
        a, b = min(a, b), max(a, b)
        members[a] = members[a] + members[b]
        row = (sizes[a] * mean[a] + sizes[b] * mean[b]) / (sizes[a] + sizes[b])
        row[~alive] = -np.inf
        row[[a, b]] = -np.inf
        mean[a, :] = mean[:, a] = row
        mean[b, :] = mean[:, b] = -np.inf
        sizes[a] += sizes[b]
        alive[b] = False
        stale = np.nonzero(alive & ((best == a) | (best == b)))[0]
        best[stale] = mean[stale].argmax(axis=1)
        best[a] = mean[a].argmax()
        closer = np.nonzero(alive & (mean[:, a] > mean[np.arange(len(mean)), best]))[0]
        best[closer] = a
    return [sorted(m) for m, there in zip(members, alive, strict=True) if there]


def _means(odds: Floats, members: Sequence[Sequence[int]]) -> Floats:
    """Mean log-odds between groups; minus infinity where a person keeps two of their claims apart."""
    size = len(members)
    if size == len(odds):
        mean = np.array(odds, np.float64)
    else:
        mean = np.array([[odds[np.ix_(a, b)].mean() for b in members] for a in members], np.float64)
        apart = np.array([[(odds[np.ix_(a, b)] <= -TIED).any() for b in members] for a in members])
        mean[apart] = -np.inf
    mean[mean <= -TIED] = -np.inf
    np.fill_diagonal(mean, -np.inf)
    return mean


def _cut(odds: Floats) -> list[list[int]]:
    """Too many to be compared all with all: raise the bar until the pieces are small enough, then group each."""
    bar = 0.0
    pieces: Iterable[Sequence[int]] = [range(len(odds))]
    while bar < TIED:
        bar += 0.5
        left, right = np.nonzero(np.triu(odds > bar, 1))
        first = components(len(odds), left, right)
        pieces = [np.nonzero(first == r)[0].tolist() for r in np.unique(first)]
        if max(map(len, pieces)) <= LARGEST:
            break
    else:
        return [list(piece) for piece in pieces]
    out = []
    for piece in pieces:
        rows = list(piece)
        out += [[rows[n] for n in part] for part in group(odds[np.ix_(rows, rows)])]
    return sorted(out)
