"""Which reports are copies or rewrites of one another, and so are one independent report.

Two reports share a story's words where many of their runs of three words are the same: a reprint has nearly all of
the shorter text's, a rewrite that kept sentences and quotations a good part, two reporters at one event few.
Candidates are found by MinHash (Broder 1997; `rensa`) and by whole sentences in common; what counts is then the exact
share.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from itertools import combinations
from typing import Protocol

import numpy as np
from rensa import RMinHash

from whodid.fuse.group import components
from whodid.fuse.words import fold, sentences, tokens
from whodid.records import Report

COPIED = 0.25
"""Share of the shorter text's runs of words from which two reports are one."""

RERUN = 0.8
"""The share that it takes where more than a week lies between their days: the same article, run again."""

_DAYS = 7
_RUN = 3
_SHORTEST = 25
"""Runs of words below which a text is too short to be told from another by some of them: it must be the same."""

_PERMUTATIONS, _ROWS = 96, 3
_SEED = 42
_SENTENCES, _WORDS = 12, 9


class Reports(Protocol):
    """What grouping asks of a store of reports that were grouped before."""

    def alike(self, keys: Collection[str]) -> Iterable[Report]:
        """The reports that have at least one of these keys (:func:`report_keys`), each once."""
        ...

    def grouped(self, reports: Collection[str]) -> Mapping[str, str]:
        """Report id → its group, of those that are known."""
        ...

    def of_groups(self, groups: Collection[str]) -> Iterable[Report]:
        """All reports of these groups."""
        ...


def report_keys(report: Report) -> tuple[str, ...]:
    """The keys under which a report is looked for: reports that share none are never compared."""
    return _keys(report.text)


@lru_cache(maxsize=2048)
def _keys(text: str) -> tuple[str, ...]:
    runs = sorted(_runs(text))
    if not runs:
        return ()
    sketch = RMinHash(_PERMUTATIONS, _SEED)
    sketch.update([" ".join(run) for run in runs])
    digest = sketch.digest()
    bands = {f"m|{n}|{_short(digest[n : n + _ROWS])}" for n in range(0, _PERMUTATIONS, _ROWS)}
    long = [words for words in map(_words, sentences(text)) if len(words) >= _WORDS][:_SENTENCES]
    return tuple(sorted(bands | {f"s|{_short(words)}" for words in long}))


def independent(reports: Iterable[Report]) -> dict[str, str]:
    """Report id → its group: the id of the first report (by day, then id) of those that are copies or rewrites of one
    another."""
    return regroup(reports, None)


def regroup(new: Iterable[Report], known: Reports | None) -> dict[str, str]:
    """The groups of new reports, and of those known ones whose group is another now. The outcome is that of grouping
    all at once."""
    fresh = {report.id: report for report in new}
    keys = {id: report_keys(report) for id, report in fresh.items()}
    near = {r.id: r for r in known.alike(sorted({k for some in keys.values() for k in some}))} if known else {}
    every = {**near, **fresh}
    tied = [(a, b) for a, b in _candidates(keys, near) if copied(every[a], every[b])]
    before = dict(known.grouped(sorted({id for pair in tied for id in pair if id not in fresh}))) if known else {}
    if known and before:
        members = list(known.of_groups(sorted(set(before.values()))))
        before = dict(known.grouped([r.id for r in members]))
        every.update({r.id: r for r in members if r.id not in fresh})
    wanted = sorted({*fresh, *before}, key=lambda id: _order(every[id]))
    return {id: group for id, group in _groups(wanted, tied, before).items() if before.get(id) != group}


def _candidates(keys: Mapping[str, Collection[str]], near: Mapping[str, Report]) -> set[tuple[str, str]]:
    """Pairs of ids that share a key, at least one of them new."""
    holders: dict[str, list[str]] = defaultdict(list)
    every = {**{id: report_keys(r) for id, r in near.items()}, **keys}
    for id in sorted(every):
        for key in every[id]:
            holders[key].append(id)
    pairs = {pair for ids in holders.values() for pair in combinations(ids, 2)}
    return {(a, b) for a, b in pairs if a in keys or b in keys}


def _groups(ids: list[str], tied: Iterable[tuple[str, str]], before: Mapping[str, str]) -> dict[str, str]:
    row = {id: n for n, id in enumerate(ids)}
    links = [(row[a], row[b]) for a, b in tied]
    links += [(row[group], row[id]) for id, group in before.items() if group in row]
    pairs = np.array(links, np.int64).reshape(-1, 2)
    root = components(len(ids), pairs[:, 0], pairs[:, 1])
    return {id: ids[int(root[n])] for n, id in enumerate(ids)}


def _order(report: Report) -> tuple[bool, str, str]:
    return report.published is None, str(report.published or ""), report.id


def copied(a: Report, b: Report) -> bool:
    """True if one of two reports is a copy or a rewrite of the other, or both are of a third."""
    needed = COPIED
    if a.published and b.published and abs((a.published - b.published).days) > _DAYS:
        needed = RERUN
    runs_a, runs_b = _runs(a.text), _runs(b.text)
    smaller = min(len(runs_a), len(runs_b))
    if smaller < _SHORTEST:
        return bool(runs_a) and runs_a == runs_b
    return len(runs_a & runs_b) >= needed * smaller


@lru_cache(maxsize=512)
def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = _words(text)
    return frozenset(tuple(words[n : n + _RUN]) for n in range(len(words) - _RUN + 1))


def _words(text: str) -> list[str]:
    return [fold(word) for word in tokens(text)]


def _short(parts: Iterable[object]) -> str:
    return hashlib.blake2b("|".join(map(str, parts)).encode(), digest_size=8).hexdigest()
