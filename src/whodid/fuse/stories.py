"""Which texts tell one story, and which tell one and the same news in other words.

A text is a vector of its words, weighted by how rare they are among the texts compared (tf-idf with damped counts;
Salton & Buckley 1988); names and numbers, by which one earthquake is told from another, count double. Texts are grouped
while the mean cosine between two groups is above a level (average linkage). What two texts are grouped for can be told:
:func:`shared_words`.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

import numpy as np

from whodid.fuse.group import components, group
from whodid.fuse.table import Floats
from whodid.fuse.words import stem, tokens
from whodid.records import Report

STORY = 0.19
"""Mean cosine from which texts tell one story: one quake, one trial, with what came of it. Between the level at which
the documents of one story in ECB+ (CC BY) are split and that at which two like stories of one topic are joined."""

UPDATE = 0.45
"""Mean cosine from which texts tell the same news of a story: close to half of what they weigh is shared, as between
summaries of one day's events and not between those of two days of one crisis."""

_DOUBLE = 2.0
_STEEP = 20.0
_KEYWORDS = 24


def stories(reports: Iterable[Report], *, level: float = STORY) -> dict[str, str]:
    """Report id → id of the first report (by day, then id) that tells the same story.

    level: :data:`STORY`, :data:`UPDATE` or another mean cosine in (0, 1). How rare a word is is counted among
    the reports given, so that what is grouped depends on them all, but not on their order.
    """
    ordered = sorted(reports, key=lambda r: (r.published is None, str(r.published or ""), r.id))
    vectors = _vectors([r.text for r in ordered])
    out: dict[str, str] = {}
    for part in _parts(vectors, level):
        for members in group((_cosines([vectors[n] for n in part]) - level) * _STEEP):
            out.update({ordered[part[n]].id: ordered[part[members[0]]].id for n in members})
    return {report.id: out[report.id] for report in ordered}


def shared_words(a: Report, b: Report, among: Iterable[Report], most: int = 8) -> list[tuple[str, float]]:
    """The stems that tie two reports of a collection together, each with what it adds to their cosine, largest
    first."""
    rest = [r for r in among if r.id not in {a.id, b.id}]
    left, right, *_ = _vectors([a.text, b.text, *(r.text for r in rest)])
    adds = sorted(((left[w] * right[w], w) for w in left.keys() & right.keys()), key=lambda pair: (-pair[0], pair[1]))
    return [(word, round(value, 3)) for value, word in adds[:most]]


Vector = dict[str, float]


def _vectors(texts: Sequence[str]) -> list[Vector]:
    """One vector of length 1 for each text; an empty one for a text without words."""
    counts = [_counted(text) for text in texts]
    seen = Counter(word for words in counts for word in words)
    out = []
    for words in counts:
        weights = {w: math.log1p(n) * math.log((len(texts) + 1) / seen[w]) for w, n in words.items()}
        length = math.sqrt(sum(value * value for value in weights.values()))
        out.append({w: value / length for w, value in weights.items()} if length else {})
    return out


def _counted(text: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for word in tokens(text):
        if base := stem(word):
            counts[base] += _DOUBLE if word[0].isupper() or word[0].isdigit() else 1  # type: ignore[assignment]
    return counts


def _parts(vectors: Sequence[Vector], level: float) -> list[list[int]]:
    """Texts that pairs of at least ``level`` tie together; only those that share one of their weightiest words are
    looked at, as two texts that share none have not much of their weight in common."""
    holders: dict[str, list[int]] = defaultdict(list)
    for n, vector in enumerate(vectors):
        for word in sorted(vector, key=lambda w: (-vector[w], w))[:_KEYWORDS]:
            holders[word].append(n)
    pairs = {pair for rows in holders.values() for pair in combinations(rows, 2)}
    tied = np.array([p for p in sorted(pairs) if _cosine(vectors[p[0]], vectors[p[1]]) > level], np.int64)
    root = components(len(vectors), *tied.reshape(-1, 2).T)
    parts: dict[int, list[int]] = defaultdict(list)
    for n, r in enumerate(root.tolist()):
        parts[r].append(n)
    return [parts[r] for r in sorted(parts)]


def _cosine(a: Vector, b: Vector) -> float:
    if len(a) > len(b):
        a, b = b, a
    return sum(value * b[word] for word, value in a.items() if word in b)


def _cosines(vectors: Sequence[Vector]) -> Floats:
    """All cosines, rounded so that the order in which words are summed does not show."""
    columns = {word: n for n, word in enumerate(sorted({w for v in vectors for w in v}))}
    matrix = np.zeros((len(vectors), max(len(columns), 1)))
    for row, vector in enumerate(vectors):
        matrix[row, [columns[w] for w in vector]] = list(vector.values())
    cosines: Floats = np.round(matrix @ matrix.T, 9)
    return cosines
