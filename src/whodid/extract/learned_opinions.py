"""What the learned weights say of the words of one report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from whodid.extract.learned_words import parties, predicates
from whodid.models.weights import Floats, Judge, softmax
from whodid.records import Annotated, RoleKind

NONE = "none"
SURE_OF_MODE = 0.6
"""A mode is taken from the weights where they give it at least this."""

_COLUMN: dict[RoleKind, int] = {"actor": 1, "recipient": 2}


@dataclass(frozen=True, slots=True)
class Labels:
    """The names behind the columns."""

    types: tuple[str, ...]
    modes: tuple[str, ...]
    statuses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the weights say of the word ``token``: probabilities, of modes logits. ``roles`` has a row for each of
    ``parties`` (token indexes): neither, actor, recipient."""

    token: int
    labels: Labels
    types: tuple[float, ...]
    modes: Floats
    statuses: Floats
    historical: float
    parties: tuple[int, ...]
    roles: Floats

    def of(self, type: str) -> float:
        """That the word tells of an event of this type ("none": of no event)."""
        return self.types[self.labels.types.index(type)]

    @property
    def ranked(self) -> list[tuple[str, float]]:
        """The types with their probabilities, most probable first; without "none"."""
        return sorted(self._events, key=lambda pair: -pair[1])

    @property
    def top(self) -> tuple[str, float]:
        """The most probable type with its probability; without "none"."""
        return max(self._events, key=lambda pair: pair[1])

    @property
    def _events(self) -> list[tuple[str, float]]:
        return [pair for pair in zip(self.labels.types, self.types, strict=True) if pair[0] != NONE]

    def mode(self, type: str) -> str | None:
        """The mode of an event of this type, where the weights are sure of one."""
        own = [k for k, name in enumerate(self.labels.modes) if name.partition("/")[0] == type]
        p = softmax(self.modes[own])
        best = int(p.argmax())
        return self.labels.modes[own[best]].partition("/")[2] or None if p[best] >= SURE_OF_MODE else None

    def part(self, i: int, kind: RoleKind) -> float | None:
        """That the token ``i`` is the head of an actor or recipient; None for a word that was not asked about."""
        return float(self.roles[self.parties.index(i), _COLUMN[kind]]) if i in self.parties else None


class Opinions:
    """Asks the weights about the sentences of one report, each once and only when one of its words is asked for."""

    def __init__(self, a: Annotated, judge: Judge) -> None:
        self._a = a
        self._judge = judge
        about = judge.about
        self._labels = Labels(tuple(about["types"]), tuple(about["modes"]), tuple(about["statuses"]))
        self._known: dict[int, dict[int, Opinion]] = {}

    def of(self, i: int) -> Opinion | None:
        """The opinion of token ``i``; None where it cannot tell of an event, or stands too far back in its sentence."""
        return self.in_sentence(self._a.tokens[i].sentence).get(i)

    def best(self, words: Sequence[int], type: str) -> Opinion | None:
        """Of the words of one trigger the opinion that gives the type most."""
        found = [o for i in words if (o := self.of(i)) is not None]
        return max(found, key=lambda o: o.of(type), default=None)

    def in_sentence(self, k: int) -> dict[int, Opinion]:
        """The opinions of the words of sentence ``k`` that can tell of an event."""
        if k not in self._known:
            self._known[k] = self._ask(k)
        return self._known[k]

    def _ask(self, k: int) -> dict[int, Opinion]:
        a, s = self._a, self._a.sentences[k]
        asked, nouns = predicates(a, s), parties(a, s)
        if not asked:
            return {}
        words = [t.text for t in a.tokens[s.first : s.last]]
        judged = self._judge.judge(words, [i - s.first for i in asked], [i - s.first for i in nouns])
        took_part = tuple(nouns[n] for n in judged.parties)
        return {
            asked[n]: Opinion(
                token=asked[n],
                labels=self._labels,
                types=tuple(judged.type[row].tolist()),
                modes=judged.mode[row],
                statuses=judged.status[row],
                historical=float(judged.historical[row]),
                parties=took_part,
                roles=judged.role[row],
            )
            for row, n in enumerate(judged.predicates)
        }
