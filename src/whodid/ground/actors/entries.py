"""One thing that a name may stand for, and the gazetteer of all names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from whodid.ground.actors.words import Word, key_of

Kind = Literal["country", "demonym", "region", "capital", "body", "organisation", "group", "party", "person", "role"]
GRACE = dt.timedelta(days=45)
"""A person keeps the sectors of a term for so long after its end, as reports tell of the days before."""
LONGEST = 9
"""Words of the longest name that is looked for."""

# Of two readings of the same words the earlier kind is taken, unless the country or the day speaks against it.
_ORDER: dict[Kind, int] = {
    "country": 0, "demonym": 1, "organisation": 2, "body": 3, "group": 4, "person": 5, "capital": 6, "role": 7,
    "party": 8, "region": 9,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Term:
    """What something was from ``first`` to ``last`` (both inclusive; None is open): the sectors that it had then, and
    the country (or the code in its place) where it was not its own."""

    sectors: tuple[str, ...]
    first: dt.date | None = None
    last: dt.date | None = None
    country: str | None = None

    def holds(self, day: dt.date) -> bool:
        """True if ``day`` lies within the term."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a name may stand for.

    strength (of roles): 3 decides wherever it stands in the phrase ("rebel"), 2 is a sector of its own ("soldier"),
    1 only where nothing else says more ("official"), 0 says nothing itself ("spokesman").
    terms: sectors that hold for a time only; ``sectors`` are those outside of every term. source: where it was read.
    traits: ``ambiguous`` (the name has other meanings), ``weak`` (believed only beside its country), and those of roles
    that ``roles.yaml`` lists (abroad, domestic, collective, followers).
    """

    kind: Kind
    name: str
    id: str | None = None
    country: str | None = None
    sectors: tuple[str, ...] = ()
    strength: int = 2
    terms: tuple[Term, ...] = ()
    source: str = ""
    traits: frozenset[str] = frozenset()

    def term(self, day: dt.date | None) -> Term | None:
        """The term that holds on ``day``; without a day, the last one."""
        if day is None:
            return max(self.terms, key=lambda t: t.last or dt.date.max, default=None)
        return next((t for t in self.terms if t.holds(day)), None)

    def at(self, day: dt.date | None) -> tuple[str, ...]:
        """The sectors on ``day``. Persons after their last term are ELI (elites, among them former officials)."""
        term = self.term(day)
        if term is not None:
            return term.sectors
        if self.kind != "person" or day is None:
            return self.sectors
        ended = [t for t in self.terms if t.last and t.last < day]
        latest = max(ended, key=lambda t: t.last or dt.date.min, default=None)
        if latest is None or latest.last is None:
            return self.sectors
        return latest.sectors if day - latest.last <= GRACE else ("ELI",)

    def country_at(self, day: dt.date | None) -> str | None:
        """The country on ``day``: that of the term, else its own."""
        term = self.term(day)
        return (term.country if term else None) or self.country

    def in_term(self, day: dt.date | None) -> bool:
        """True if one of the terms holds on ``day`` (or is still open, without a day)."""
        if day is None:
            return any(t.last is None for t in self.terms)
        return any(t.holds(day) for t in self.terms)


@dataclass(frozen=True, slots=True)
class Match:
    """Words ``first`` to ``last`` (half-open) of a phrase, and all that they may stand for, most likely first."""

    first: int
    last: int
    entries: tuple[Entry, ...]

    @property
    def best(self) -> Entry:
        """The most likely reading."""
        return self.entries[0]


class Gazetteer:
    """Names → entries. Looking up a phrase costs time in proportion to its words."""

    def __init__(self) -> None:
        self._names: dict[str, list[tuple[str, Entry]]] = {}
        self._longest: dict[str, int] = {}
        self._lower: frozenset[str] = frozenset()

    def never_lower(self, keys: Iterable[str]) -> None:
        """Set the names that are common words when written without a capital ("turkey", "china")."""
        self._lower = frozenset(keys)

    def add(self, alias: str, entry: Entry) -> None:
        """Let ``alias`` stand for ``entry`` as well. An alias in capitals is taken for an acronym."""
        key = key_of(alias)
        if key.startswith("the "):
            key = key[4:]
        if not key:
            return
        known = self._names.setdefault(key, [])
        if all(e != entry for _, e in known):
            known.append((_case(alias, entry), entry))
        first, n = key.split(" ", 1)[0], key.count(" ") + 1
        self._longest[first] = max(self._longest.get(first, 0), min(n, LONGEST))

    def entries(self, name: str) -> tuple[Entry, ...]:
        """All entries of one name, whatever its capitals, most likely first."""
        return _ordered(e for _, e in self._names.get(key_of(name), ()))

    def matches(self, phrase: list[Word]) -> list[Match]:
        """The longest names in ``phrase``, from the left, without overlap."""
        out: list[Match] = []
        i = 0
        while i < len(phrase):
            match = self._longest_at(phrase, i)
            if match is None:
                i += 1
            else:
                out.append(match)
                i = match.last
        return out

    def _longest_at(self, phrase: list[Word], i: int) -> Match | None:
        longest = min(self._longest.get(phrase[i].key, 0), len(phrase) - i)
        for n in range(longest, 0, -1):
            part = phrase[i : i + n]
            known = self._names.get(" ".join(w.key for w in part))
            if known and (fit := [e for case, e in known if self._fits(case, part)]):
                return Match(i, i + n, _ordered(fit))
        return None

    def _fits(self, case: str, part: list[Word]) -> bool:
        if case == "any":
            return True
        text = part[0].text
        letters = text.replace(".", "")
        if case == "upper":
            return letters.isupper()
        if case == "caps":
            return letters.isupper() or (len(letters) >= 4 and text[:1].isupper())
        if any(w.capital for w in part):
            return True
        key = " ".join(w.key for w in part)
        return case == "name" and len(key) >= 5 and key not in self._lower


def _case(alias: str, entry: Entry) -> str:
    if entry.kind == "role":
        return "any"
    bare = alias.replace(".", "").removeprefix("the ")
    if "weak" in entry.traits and " " not in bare:
        return "upper"
    if bare.isupper() and len(bare) <= 8 and " " not in bare:
        return "caps"
    return "name" if entry.kind in ("country", "demonym", "organisation", "group") else "title"


def _ordered(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda e: _ORDER[e.kind]))
