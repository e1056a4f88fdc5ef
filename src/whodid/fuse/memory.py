"""A store of fused claims in memory: fusing at once is fusing into an empty one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from whodid.fuse.blocks import block_keys
from whodid.fuse.features import Features
from whodid.fuse.fuser import Changes, Placed, fuse_new
from whodid.records import Judgement


class Memory:
    """Claims that were fused, with their places; a :class:`whodid.fuse.Lookup`.

    redirects: id of an event that is no more → the event in which its claims were when it ceased.
    """

    def __init__(self) -> None:
        self.claims: dict[str, Features] = {}
        self.places: dict[str, Placed] = {}
        self.redirects: dict[str, str] = {}
        self._blocks: dict[str, set[str]] = defaultdict(set)
        self._components: dict[str, set[str]] = defaultdict(set)
        self._judged: dict[str, list[Judgement]] = defaultdict(list)

    def sharing(self, keys: Collection[str]) -> Iterable[Features]:
        """The claims that have at least one of these block keys."""
        return [self.claims[id] for id in {id for key in keys for id in self._blocks.get(key, ())}]

    def within(self, components: Collection[str]) -> Iterable[Features]:
        """All claims of these components."""
        return [self.claims[id] for name in components for id in self._components.get(name, ())]

    def placed(self, claims: Collection[str]) -> Iterable[Placed]:
        """Where those of the claims stand that are known."""
        return [self.places[id] for id in claims if id in self.places]

    def judged(self, claims: Collection[str]) -> Iterable[Judgement]:
        """People's judgements of these claims, in the order in which they were made."""
        return [j for id in claims for j in self._judged.get(id, ())]

    @property
    def events(self) -> dict[str, list[str]]:
        """Id of each event → its claims, sorted."""
        out: dict[str, list[str]] = defaultdict(list)
        for id in sorted(self.places):
            out[self.places[id].event].append(id)
        return dict(out)

    def event(self, id: str) -> str:
        """The event that a present or former event of this id is now. Raises KeyError for an id that never was one."""
        while id not in self.places:
            id = self.redirects[id]
        return self.places[id].event

    def add(self, new: Iterable[Features]) -> Changes:
        """Fuse claims into the store."""
        claims = list(new)
        changes = fuse_new(claims, self)
        for claim in claims:
            if claim.claim not in self.claims:
                self.claims[claim.claim] = claim
                for key in block_keys(claim):
                    self._blocks[key].add(claim.claim)
        self._store(changes)
        return changes

    def remove(self, claims: Collection[str]) -> Changes:
        """Take claims out, and group anew what they held together."""
        stood = [self.places.pop(id) for id in claims if id in self.places]
        for placed in stood:
            self._components[placed.component].discard(placed.claim)
            for key in block_keys(self.claims.pop(placed.claim)):
                self._blocks[key].discard(placed.claim)
        changes = fuse_new([], self, removed=stood)
        self._store(changes)
        return changes

    def judge(self, judgement: Judgement) -> Changes:
        """Take in the judgement of a person, and group anew the claims that it speaks of."""
        for id in (judgement.left, judgement.right):
            self._judged[id].append(judgement)
        changes = fuse_new([], self, judged=[judgement])
        self._store(changes)
        return changes

    def _store(self, changes: Changes) -> None:
        for placed in changes.placed:
            if old := self.places.get(placed.claim):
                self._components[old.component].discard(placed.claim)
            self.places[placed.claim] = placed
            self._components[placed.component].add(placed.claim)
        self.redirects |= changes.redirects
        for id in changes.events:
            self.redirects.pop(id, None)
