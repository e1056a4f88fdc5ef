"""Which reports are copies or rewrites of one another, and so are one independent report.

Two reports share a story's words where many of their runs of three words are the same: a reprint has nearly all of
the shorter text's, a rewrite that kept sentences and quotations a good part, two reporters at one event few.
Candidates are found by MinHash (Broder 1997; `rensa`) and by whole sentences in common; what counts is then the exact
share.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple, Protocol

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
_KEYS_OF_RERUN = 2
"""Keys that two reports share at least where more than a week lies between their days. One is also shared by chance,
the more often the more reports there are; of the 32 for runs of words, a rerun of like length shares about ten."""


class _Keyed(NamedTuple):
    """A report by the keys under which it is looked for."""

    id: str
    published: dt.date | None
    keys: Collection[str]


class Reports(Protocol):
    """What grouping asks of a store of reports that were grouped before."""

    def near(self, keys: Collection[str]) -> Iterable[tuple[str, dt.date | None, Collection[str]]]:
        """The reports that have at least one of these keys (:func:`report_keys`): id, day, and which keys."""
        ...

    def read(self, reports: Collection[str]) -> Iterable[Report]:
        """The reports of these ids, of those that are known."""
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
    own = [_Keyed(id, report.published, report_keys(report)) for id, report in fresh.items()]
    near = map(_Keyed._make, known.near(sorted({key for one in own for key in one.keys}))) if known else ()
    candidates = _candidates(own, near)
    every = dict(fresh)
    if known:
        every |= {r.id: r for r in known.read(sorted({id for pair in candidates for id in pair if id not in fresh}))}
    tied = [(a, b) for a, b in candidates if copied(every[a], every[b])]
    before = dict(known.grouped(sorted({id for pair in tied for id in pair if id not in fresh}))) if known else {}
    if known and before:
        members = list(known.of_groups(sorted(set(before.values()))))
        before = dict(known.grouped([r.id for r in members]))
        every.update({r.id: r for r in members if r.id not in fresh})
    wanted = sorted({*fresh, *before}, key=lambda id: _order(every[id]))
    return {id: group for id, group in _groups(wanted, tied, before).items() if before.get(id) != group}


def _candidates(fresh: Iterable[_Keyed], known: Iterable[_Keyed]) -> list[tuple[str, str]]:
    """Pairs of ids that share as many keys as they must, one of them new at least."""
    published: dict[str, dt.date | None] = {}
    holders: dict[str, list[str]] = defaultdict(list)
    shared: Counter[tuple[str, str]] = Counter()
    for one in fresh:
        published[one.id] = one.published
        for key in one.keys:
            holders[key].append(one.id)
    for ids in holders.values():
        shared.update(combinations(sorted(ids), 2))
    for one in known:
        published[one.id] = one.published
        shared.update((id, one.id) for key in one.keys for id in holders[key])
    return sorted(
        (a, b) for (a, b), n in shared.items() if n >= _KEYS_OF_RERUN or not _far_apart(published[a], published[b])
    )


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
    needed = RERUN if _far_apart(a.published, b.published) else COPIED
    runs_a, runs_b = _runs(a.text), _runs(b.text)
    smaller = min(len(runs_a), len(runs_b))
    if smaller < _SHORTEST:
        return bool(runs_a) and runs_a == runs_b
    return len(runs_a & runs_b) >= needed * smaller


def _far_apart(a: dt.date | None, b: dt.date | None) -> bool:
    return a is not None and b is not None and abs((a - b).days) > _DAYS


@lru_cache(maxsize=512)
def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = _words(text)
    return frozenset(tuple(words[n : n + _RUN]) for n in range(len(words) - _RUN + 1))


def _words(text: str) -> list[str]:
    return [fold(word) for word in tokens(text)]


def _short(parts: Iterable[object]) -> str:
    return hashlib.blake2b("|".join(map(str, parts)).encode(), digest_size=8).hexdigest()
