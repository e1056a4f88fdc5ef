"""Persons by full name, short name or another spelling of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from whodid.ground.actors.countries import gec_codes, sovereign
from whodid.ground.actors.entries import Entry, Term
from whodid.ground.actors.factbook import Leader, factbook
from whodid.ground.actors.tables import slug, table, term
from whodid.ground.actors.words import fold, key_of, skeleton, words

_SURNAME_FIRST = frozenset({"CHN", "TWN", "KOR", "PRK"})
_SHORTEST_SKELETON = 6
"""Consonants that first and last name must have together before another spelling is believed."""


@dataclass(frozen=True, slots=True)
class Found:
    """Persons whom a name fits, the likeliest first, and how sure that is; several only where they share a country."""

    entries: tuple[Entry, ...]
    score: float
    how: str


class People:
    """All persons that are known, by name."""

    def __init__(self, entries: Iterable[tuple[Entry, Sequence[str]]]) -> None:
        self._full: dict[str, list[Entry]] = {}
        self._first: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
        self._surname: dict[str, list[Entry]] = {}
        self._joined: dict[str, list[Entry]] = {}
        for entry, names in entries:
            for name in names:
                self._add(name, entry)

    def _add(self, name: str, entry: Entry) -> None:
        keys = _bare([w.key for w in words(name)])
        if not keys:
            return
        known = self._full.setdefault(" ".join(keys), [])
        if entry not in known:
            known.append(entry)
        if len(keys) > 1 and keys[0] not in _titles():
            written = self._joined.setdefault("".join(keys), [])
            if entry not in written:
                written.append(entry)
            bones = tuple(skeleton(k) for k in keys)
            self._first.setdefault(bones[0], []).append((bones, entry))
            surname = keys[0] if entry.country in _SURNAME_FIRST else keys[-1]
            short = self._surname.setdefault(surname, [])
            if entry not in short:
                short.append(entry)

    def find(
        self,
        keys: Sequence[str],
        *,
        country: str | None = None,
        day: dt.date | None = None,
        sectors: Sequence[str] = (),
        exact: bool = False,
    ) -> Found | None:
        """Whom the folded words of a name stand for, or None.

        country and sectors (those of a title) must fit where they are given; of several, those whose term holds on
        ``day`` go before.
        With ``exact``, only the full name as it is known will do.
        """
        bare = _bare(keys)
        if not bare:
            return None
        if full := self._full.get(" ".join(bare)) or self._joined.get("".join(bare)):
            return _choose(full, 0.95, "full name", country, day, ())
        if exact:
            return None
        if len(bare) > 1:
            found = _choose(self._other_spelling(bare), 0.8, "another spelling of the name", country, day, ())
            longer = found is None and len(bare) > 2
            return (
                _choose(self._other_spelling(bare[1:]), 0.65, "part of the name", country, day, ()) if longer else found
            )
        short = self._surname.get(bare[0], ())
        return _choose(short, 0.7 if country or sectors else 0.6, "short name", country, day, sectors)

    def _other_spelling(self, keys: Sequence[str]) -> list[Entry]:
        bones = [skeleton(k) for k in keys if len(k) > 1]
        if len(bones) < 2 or len(bones[0] + bones[-1]) < _SHORTEST_SKELETON:
            return []
        out: list[Entry] = []
        for known, entry in self._first.get(bones[0], ()):
            if len(known) <= len(bones):
                fits = _in_order(known, bones)
            else:
                fits = known[-1] == bones[-1] and _in_order(bones, known)
            if fits and entry not in out:
                out.append(entry)
        return out


def _in_order(few: Sequence[str], many: Sequence[str]) -> bool:
    """True if all of ``few`` are in ``many``, in the same order, each once."""
    rest = iter(many)
    return all(any(x == y for y in rest) for x in few)


@cache
def _particles() -> frozenset[str]:
    return frozenset(table("phrases.yaml")["particles"])


@cache
def _titles() -> frozenset[str]:
    return frozenset(key_of(t) for t in table("phrases.yaml")["titles"])


def _bare(keys: Sequence[str]) -> list[str]:
    kept = [k for k in keys if k not in _particles()]
    while len(kept) > 1 and kept[-1] in ("jr", "sr"):
        kept.pop()
    return kept


def _choose(
    found: Sequence[Entry], score: float, how: str, country: str | None, day: dt.date | None, sectors: Sequence[str]
) -> Found | None:
    if country:
        found = [e for e in found if e.country == country or any(t.country == country for t in e.terms)]
    if sectors and len(found) > 1:
        found = [e for e in found if set(sectors) & {s for t in e.terms for s in t.sectors}] or found
    if len(found) > 1:
        found = [e for e in found if e.in_term(day)] or found
    if not found:
        return None
    if len(found) == 1:
        return Found(tuple(found), score, how)
    if len({e.country for e in found}) == 1:
        return Found(tuple(found), score - 0.25, f"{how} of {len(found)} persons of one country")
    return None


def load_people() -> People:
    """The persons of ``people.yaml`` and the heads of state and of government of the factbook."""
    listed = list(_listed())
    known = People(listed)
    return People([*listed, *_factbook_leaders(known)])


def _listed() -> Iterable[tuple[Entry, Sequence[str]]]:
    for country, members in table("people.yaml").items():
        for name, value in members.items():
            terms, _, aliases = (value or "").partition("|")
            entry = Entry(
                "person", name, f"person:{slug(name)}", country,
                terms=tuple(term(t.strip()) for t in terms.split(",") if t.strip()), source="people.yaml",
            )  # fmt: skip
            yield entry, [name, *(a.strip() for a in aliases.split(",") if a.strip())]


def _factbook_leaders(known: People) -> Iterable[tuple[Entry, Sequence[str]]]:
    for country in factbook():
        code = sovereign(gec_codes().get(country.gec, ""))
        for leader in country.leaders if code == gec_codes().get(country.gec) or code == "KOS" else ():
            name = _without_title(leader)
            keys = [w.key for w in words(name)]
            found = known.find(keys, exact=True) or (known.find(keys, country=code) if len(keys) > 1 else None)
            if name and found is None:
                yield Entry("person", name, f"person:{slug(name)}", code,
                            terms=(Term(("GOV",), leader.since),), source="factbook"), [name]  # fmt: skip


def _without_title(leader: Leader) -> str:
    parts = leader.title_and_name.split()
    i = 0
    while i < len(parts):
        n = next((n for n in (4, 3, 2, 1) if fold(" ".join(parts[i : i + n])).replace("-", " ") in _titles()), 0)
        if not n or i + n >= len(parts):
            break
        i += n
    return " ".join(parts[i:])
