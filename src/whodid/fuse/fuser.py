"""Fusing as claims arrive: what changes when some new ones come to those that are there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from itertools import combinations, pairwise
from typing import Protocol

import numpy as np

from whodid.fuse.blocks import block_keys, search_keys
from whodid.fuse.features import Features
from whodid.fuse.group import LARGEST, TIED, components, group
from whodid.fuse.judge import joined as _joined
from whodid.fuse.judge import judge_pairs, judgement, log_odds, ordered
from whodid.fuse.links import Tie
from whodid.fuse.table import DENIED, Bools, Floats, Ints, Table
from whodid.fuse.together import together
from whodid.records import Judgement, LinkKind

_RECORDED = 6
"""Judgements that are kept of a new claim: the most probable ones."""

TOLD_APART = 1.0
"""Log-odds against two groups being one event that lie in a report having told them apart."""

_UNSURE = -0.7
"""Log-odds from which a judgement is worth keeping (a probability of a third)."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a claim stands: ``event`` is the id of its event; ``component`` that of the claims which judgements tie
    together, directly or over others, and which are therefore grouped anew together. Both are ids of claims."""

    claim: str
    event: str
    component: str


class Lookup(Protocol):
    """What fusing asks of a store of claims that were fused before. It must give nothing of claims that were removed,
    and it need not give the claims in any order."""

    def sharing(self, keys: Collection[str]) -> Iterable[Features]:
        """The claims of which at least one block key is among these, each once."""
        ...

    def within(self, components: Collection[str]) -> Iterable[Features]:
        """All claims of these components, each once."""
        ...

    def placed(self, claims: Collection[str]) -> Iterable[Placed]:
        """Where those of the claims stand that are known; nothing of the others."""
        ...

    def judged(self, claims: Collection[str]) -> Iterable[Judgement]:
        """People's judgements in which at least one of these claims takes part; the last one of a pair comes last."""
        ...


@dataclass(frozen=True, slots=True)
class Changes:
    """What fusing changes.

    placed: all new claims, and those that were known whose event or component is another than before; nothing of
    claims that stay where they are. events: ids of the events to build (or build anew), whose members have
    changed. redirects: ids of events that are no more → ids of the events in which their claims are now. As an event's
    id is that of one of its claims, a store finds what a former event has become by where that claim stands now; a
    redirect is the only way for one whose first claim was removed. judgements: the strongest of the new claims, for the
    record; they are not needed to go on. ties: of the new claims to what was planned or denied
    before (:func:`whodid.fuse.links_of` makes links of them); to be kept, those of removed claims left aside.
    """

    placed: tuple[Placed, ...]
    events: tuple[str, ...]
    redirects: Mapping[str, str]
    judgements: tuple[Judgement, ...]
    ties: tuple[Tie, ...]


def fuse_new(
    new: Iterable[Features],
    lookup: Lookup,
    *,
    removed: Collection[Placed] = (),
    judged: Iterable[Judgement] = (),
) -> Changes:
    """Fuse new claims with those of ``lookup``, which is only read: the caller stores the changes.

    Claims that ``lookup`` has placed already are left out of ``new``. removed: where claims stood that are no
    longer in ``lookup``; what they held together is grouped anew. judged: judgements of people that were made since
    the claims that they speak of were fused; ``lookup.judged`` must give them too. The outcome is that of fusing
    everything at once, whatever the order and the portions.
    """
    by_id = {claim.claim: claim for claim in new}
    known = {p.claim for p in lookup.placed(list(by_id))}
    fresh = [claim for id, claim in by_id.items() if id not in known]
    spoken = {id for j in judged for id in (j.left, j.right)}
    dissolved = {p.component for p in (*removed, *lookup.placed(sorted(spoken)))}
    loose = [*fresh, *lookup.within(sorted(dissolved))] if dissolved else fresh
    work = _Work(lookup, loose, {c.claim for c in fresh})
    return work.changes(removed)


class _Work:
    """One call of :func:`fuse_new`. ``loose`` are the claims that are placed anew: the new ones and those of components
    that have come apart; the other ones that are looked at keep to the components that they are in."""

    def __init__(self, lookup: Lookup, loose: Sequence[Features], fresh: set[str]) -> None:
        self.lookup = lookup
        self.loose = {claim.claim: claim for claim in loose}
        self.fresh = fresh
        self.claims = ordered(self._everything())
        self.row = {claim.claim: n for n, claim in enumerate(self.claims)}
        self.table = Table(self.claims)

    def _everything(self) -> Iterable[Features]:
        """The loose claims and those that may belong to them: of their blocks, or judged by people."""
        self.wanted = {id: search_keys(claim) for id, claim in self.loose.items()}
        near = {c.claim: c for c in self.lookup.sharing(sorted({k for keys in self.wanted.values() for k in keys}))}
        self.people = list(self.lookup.judged(sorted(self.loose)))
        judged = {id for j in self.people for id in (j.left, j.right)} - set(self.loose) - set(near)
        homes = {p.component for p in self.lookup.placed(sorted(judged))}
        near |= {c.claim: c for c in self.lookup.within(sorted(homes))} if homes else {}
        return [*self.loose.values(), *(c for id, c in near.items() if id not in self.loose)]

    def changes(self, removed: Collection[Placed]) -> Changes:
        left, right = self._pairs()
        alike = log_odds(self.table, left, right)
        odds = _joined(self.table, left, right, alike)
        tied = self._tied()
        positive = odds > 0
        edges = [*zip(left[positive].tolist(), right[positive].tolist(), strict=True), *tied]
        recorded = self._recorded(left, right, odds)
        ties = self._ties(left, right, alike)
        before = self._load(edges)
        groups = self._grouped(edges)
        return replace(_difference(groups, before, removed), judgements=recorded, ties=ties)

    def _pairs(self) -> tuple[Ints, Ints]:
        """Rows that share a block, at least one of them loose; lower row first."""
        number: dict[str, int] = {}
        sought = [
            (number.setdefault(key, len(number)), self.row[id]) for id, keys in self.wanted.items() for key in keys
        ]
        kept = [(number[key], n) for n, c in enumerate(self.claims) for key in block_keys(c) if key in number]
        seeks, seekers = np.array(sought, np.int64).reshape(-1, 2).T
        keys, holders = np.array(sorted(kept), np.int64).reshape(-1, 2).T
        first = np.searchsorted(keys, seeks)
        many = np.searchsorted(keys, seeks, "right") - first
        before = np.cumsum(many) - many
        a = np.repeat(seekers, many)
        b = holders[np.arange(len(a)) - np.repeat(before - first, many)]
        size = max(len(self.claims), 1)
        code = np.unique((np.minimum(a, b) * size + np.maximum(a, b))[a != b])
        return code // size, code % size

    def _tied(self) -> list[tuple[int, int]]:
        """Rows that people have judged the same."""
        return [pair for pair, odds in _people(self.people, self.row).items() if odds > 0]

    def _recorded(self, left: Ints, right: Ints, odds: Floats) -> tuple[Judgement, ...]:
        rows = self._strongest(left, right, odds, odds >= _UNSURE)
        made = judge_pairs(self.table, left[rows], right[rows]) if len(rows) else []
        pairs = zip(left[rows].tolist(), right[rows].tolist(), made, strict=True)
        return tuple(judgement(self.claims[a], self.claims[b], j, program()) for a, b, j in pairs)

    def _ties(self, left: Ints, right: Ints, alike: Floats) -> tuple[Tie, ...]:
        """What happened is tied to what was planned or denied, what was planned to what was denied."""
        stands = self.table.standing
        rows = self._strongest(left, right, alike, (alike > 0) & (stands[left] != stands[right]))
        found = []
        for a, b in zip(left[rows].tolist(), right[rows].tolist(), strict=True):
            one, other = sorted((a, b), key=lambda n: int(stands[n]))
            kind: LinkKind = "denied_by" if stands[other] == DENIED else "planned_by"
            found.append(Tie(kind, self.claims[one].claim, self.claims[other].claim))
        return tuple(found)

    def _strongest(self, left: Ints, right: Ints, odds: Floats, wanted: Bools) -> Ints:
        """Of the pairs that are wanted and have a new claim those that are among the strongest of a new claim."""
        new = np.array([c.claim in self.fresh for c in self.claims], np.bool_)
        worth = np.nonzero(wanted & (new[left] | new[right]))[0]
        taken: dict[int, int] = defaultdict(int)
        chosen = []
        for n in sorted(worth.tolist(), key=lambda n: (-odds[n], left[n], right[n])):
            ends = [end for end in (int(left[n]), int(right[n])) if new[end]]
            if any(taken[end] < _RECORDED for end in ends):
                chosen.append(n)
                for end in ends:
                    taken[end] += 1
        return np.array(sorted(chosen), np.int64)

    def _load(self, edges: Iterable[tuple[int, int]]) -> dict[str, Placed]:
        """Take in the whole components that an edge reaches; where each claim of the work stood before."""
        ends = {self.claims[end].claim for edge in edges for end in edge}
        reached = {p.component for p in self.lookup.placed(sorted(ends - set(self.loose)))}
        joining = {c.claim: c for c in self.lookup.within(sorted(reached))} if reached else {}
        self.members = ordered({**joining, **self.loose}.values())
        before = {p.claim: p for p in self.lookup.placed([c.claim for c in self.members])}
        for claim in self.members:
            if claim.claim not in self.loose:
                before.setdefault(claim.claim, Placed(claim.claim, claim.claim, claim.claim))
        return before

    def _grouped(self, edges: Sequence[tuple[int, int]]) -> list[list[list[str]]]:
        """The events of each component: claim ids, all in order."""
        names = [c.claim for c in self.members]
        row = {name: n for n, name in enumerate(names)}
        links = [(row[self.claims[a].claim], row[self.claims[b].claim]) for a, b in edges]
        first_of: dict[str, int] = {}
        for placed in self.lookup.placed(names):
            if placed.claim not in self.loose:
                links.append((first_of.setdefault(placed.component, row[placed.claim]), row[placed.claim]))
        pairs = np.array(links, np.int64).reshape(-1, 2)
        root = components(len(names), pairs[:, 0], pairs[:, 1])
        members: dict[int, list[int]] = defaultdict(list)
        for n, r in enumerate(root.tolist()):
            members[r].append(n)
        parts = [members[r] for r in sorted(members)]
        judged = _people(self.lookup.judged(names), row) if parts else {}
        table = Table(self.members)
        grouped = [
            [[part[n] for n in rows] for rows in group(odds)]
            for part, odds in zip(parts, _matrices(table, parts, judged), strict=True)
        ]
        return [[[names[n] for n in event] for event in part] for part in _joined_again(self.members, grouped, judged)]


def _joined_again(
    members: Sequence[Features], grouped: Sequence[list[list[int]]], judged: Mapping[tuple[int, int], float]
) -> list[list[list[int]]]:
    """The groups of each part judged once more, each taken as one claim that tells all that its claims tell: claims
    that tell too little to be compared singly may do so together. Two groups that have claims of one report need more
    for it, as that report has told them apart."""
    several = [n for n, part in enumerate(grouped) if 1 < len(part) <= LARGEST]
    groups = [rows for n in several for rows in grouped[n]]
    starts = np.cumsum([0, *(len(grouped[n]) for n in several)]).tolist()
    parts = [list(range(a, b)) for a, b in pairwise(starts)]
    home = {n: at for at, rows in enumerate(groups) for n in rows}
    tied: dict[tuple[int, int], float] = {}
    for (a, b), odds in judged.items():
        if a in home and b in home and home[a] != home[b]:
            pair = (min(home[a], home[b]), max(home[a], home[b]))
            tied[pair] = min(odds, tied.get(pair, odds))
    reports = [{members[n].report for n in rows} for rows in groups]
    out = [list(part) for part in grouped]
    matrices = _matrices(Table([together([members[n] for n in rows]) for rows in groups]), parts, tied)
    for n, part, matrix in zip(several, parts, matrices, strict=True):
        for a, b in combinations(range(len(part)), 2):
            if reports[part[a]] & reports[part[b]] and abs(matrix[a, b]) < TIED:
                matrix[a, b] = matrix[b, a] = matrix[a, b] - TOLD_APART
        out[n] = sorted(sorted(row for at in rows for row in grouped[n][at]) for rows in group(matrix))
    return out


def _people(judgements: Iterable[Judgement], row: Mapping[str, int]) -> dict[tuple[int, int], float]:
    """Pair of rows → ±:data:`TIED`, by the last judgement of the pair that is not unsure."""
    out: dict[tuple[int, int], float] = {}
    for j in judgements:
        if j.left in row and j.right in row and j.verdict != "unsure":
            low, high = sorted((row[j.left], row[j.right]))
            out[low, high] = TIED if j.verdict == "same" else -TIED
    return out


def _matrices(
    table: Table, parts: Sequence[Sequence[int]], judged: Mapping[tuple[int, int], float]
) -> Iterable[Floats]:
    """For each part the log-odds of all its pairs; all pairs are scored in one go."""
    left = [a for part in parts for a, _ in combinations(part, 2)]
    right = [b for part in parts for _, b in combinations(part, 2)]
    lefts, rights = np.array(left, np.int64), np.array(right, np.int64)
    odds = _joined(table, lefts, rights, log_odds(table, lefts, rights)) if left else np.zeros(0)
    at = 0
    for part in parts:
        size = len(part)
        matrix = np.zeros((size, size))
        low, high = np.triu_indices(size, 1)
        matrix[low, high] = matrix[high, low] = odds[at : at + len(low)]
        at += len(low)
        for (a, b), value in judged.items() if size > 1 and judged else ():
            if a in part and b in part:
                n, m = part.index(a), part.index(b)
                matrix[n, m] = matrix[m, n] = value
        yield matrix


def _difference(
    groups: Sequence[Sequence[Sequence[str]]],
    before: Mapping[str, Placed],
    removed: Collection[Placed],
) -> Changes:
    after = [Placed(id, event[0], part[0][0]) for part in groups for event in part for id in event]
    event_of = {p.claim: p.event for p in after}
    was: dict[str, set[str]] = defaultdict(set)
    for placed in (*before.values(), *removed):
        was[placed.event].add(placed.claim)
    now: dict[str, set[str]] = defaultdict(set)
    for placed in after:
        now[placed.event].add(placed.claim)
    redirects = {}
    for old, members in was.items():
        left = [id for id in (old, *sorted(members)) if id in event_of]
        if old not in now and left:
            redirects[old] = event_of[left[0]]
    return Changes(
        placed=tuple(p for p in after if before.get(p.claim) != p),
        events=tuple(sorted(id for id, members in now.items() if was.get(id) != members)),
        redirects=redirects,
        judgements=(),
        ties=(),
    )


@cache
def program() -> str:
    """Who makes the program's judgements."""
    return f"whodid {version('whodid')}"
