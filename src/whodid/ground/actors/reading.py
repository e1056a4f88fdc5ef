"""A phrase → what its words say of the actor: the grammar of a bare phrase, without a parser."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from whodid.ground.actors.cities import country_of_city
from whodid.ground.actors.countries import add_countries, gec_codes, sovereign
from whodid.ground.actors.entries import Entry, Gazetteer, Match
from whodid.ground.actors.factbook import factbook
from whodid.ground.actors.people import People, load_people
from whodid.ground.actors.tables import add_factbook, add_tables, table
from whodid.ground.actors.words import Word, fold, key_of, words

_PLACES = ("country", "demonym", "region", "capital")
_NAMED = ("organisation", "group", "party", "body")
_OFFICES = frozenset({"GOV", "LEG", "JUD", "MIL", "PTY", "SPY", "COP"})


@dataclass(frozen=True)
class Knowledge:
    """All names and word lists, loaded once."""

    names: Gazetteer
    people: People
    lists: dict[str, frozenset[str]]


@cache
def knowledge() -> Knowledge:
    """Read all tables (about half a second); towns are read later, when a phrase first needs one."""
    names = Gazetteer()
    add_tables(names)
    add_countries(names)
    add_factbook(names, [(sovereign(gec_codes().get(c.gec, "")), c) for c in factbook() if c.gec in gec_codes()])
    lists = {k: frozenset(str(w) for w in v) for k, v in table("phrases.yaml").items()}
    return Knowledge(names, load_people(), lists)


@dataclass
class Reading:
    """What a phrase says. ``entry`` is the named thing that its head is; ``strength``: see Entry.
    ``several`` is True where the name fits several persons."""

    country: str | None = None
    sectors: tuple[str, ...] = ()
    strength: int = -1
    entry: Entry | None = None
    role: Entry | None = None
    person: str | None = None
    several: bool = False
    score: float = 0.0
    traits: frozenset[str] = frozenset()
    why: list[str] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """True if nothing was understood."""
        return self.country is None and not self.sectors and self.entry is None


@dataclass(frozen=True, slots=True)
class _Item:
    """A piece of a segment: a match, or a run of unknown capitalised words."""

    first: int
    last: int
    match: Match | None


class Reader:
    """Reads phrases. ``day`` decides which term of an office or of a group holds; ``hint`` is a country known from
    elsewhere that may only choose between readings; ``person`` is True or False where an entity label says so."""

    def __init__(
        self, phrase: Sequence[Word], *, day: dt.date | None, hint: str | None = None, person: bool | None = None
    ):
        self.words = _without_acronyms(phrase)
        self.day, self.hint, self.person = day, hint, person
        self.known = knowledge()
        self.lists = self.known.lists
        self.matches = {m.first: m for m in self.known.names.matches(self.words)}

    def read(self) -> Reading:
        """What the phrase says, its complements and appositions included."""
        main: Reading | None = None
        for connector, items in self._segments():
            part = self._main(items)
            main = part if main is None else self._joined(main, connector, part)
        return main or Reading()

    # ------------------------------------------------------------ segments

    def _segments(self) -> list[tuple[str, list[_Item]]]:
        out: list[tuple[str, list[_Item]]] = [("", [])]
        i, stopped = 0, False
        while i < len(self.words):
            word = self.words[i]
            match = self.matches.get(i)
            if match is None and self._is_break(i, bool(out[-1][1])):
                stopped = word.key in self.lists["stops"]
                out.append(("stop" if stopped else word.key, []))
                i += 1
                continue
            last = match.last if match else self._run_end(i)
            if (match or last > i) and not stopped:
                out[-1][1].append(_Item(i, max(last, i + 1), match))
            i = max(last, i + 1)
        return [(c, items) for c, items in out if items]

    def _is_break(self, i: int, begun: bool) -> bool:
        word = self.words[i]
        if word.mark:
            return True
        if i and self.words[i - 1].glued:
            return False
        lists = self.lists
        listed = word.key in lists["lends"] or word.key in lists["stops"] or word.key in lists["joins"]
        return listed and not word.glued and not (word.capital and not begun)

    def _run_end(self, i: int) -> int:
        """End of the run of unknown capitalised words at ``i`` (``i`` itself where there is none)."""
        j = i
        while j < len(self.words) and j not in self.matches:
            word = self.words[j]
            particle = (
                j > i and word.key in self.lists["particles"] and j + 1 < len(self.words) and self.words[j + 1].capital
            )
            inside = j > i and self.words[j - 1].glued
            if word.mark or not (word.capital or particle or inside) or (word.key in self.lists["skip"] and not inside):
                break
            j += 1
            if word.possessive:
                break
        return j

    # ------------------------------------------------------------ one segment

    def _main(self, items: list[_Item]) -> Reading:
        out = Reading()
        country = self._modifier_country(items)
        person = self._person(items, country)
        if person is not None:
            return person
        head = items[-1]
        entry = self._pick(head.match, country) if head.match else None
        ethnic = bool(head.first) and self.words[head.first - 1].key == "ethnic"
        if entry is not None and entry.kind == "demonym" and ethnic:
            out.country, out.sectors, out.strength, out.score = country, ("CVL",), 2, 0.5
            out.why.append(f"ethnic group {self.words[head.first].text}")
        elif entry is not None and entry.kind != "role":
            self._take_named(out, entry, country)
            if entry.kind in _PLACES:
                self._add_roles(items[:-1], out, place=entry)
        else:
            self._take_role(items, out, country)
        return out

    def _modifier_country(self, items: list[_Item]) -> str | None:
        for item in items:
            if item.match and not self._suppressed(item):
                best = self._pick(item.match, None)
                if best and best.kind in _PLACES and best.country:
                    if best.kind == "demonym" and item.first and self.words[item.first - 1].key == "ethnic":
                        continue
                    return best.country
        return None

    def _suppressed(self, item: _Item) -> bool:
        """True for the country of "Iran-backed", "US-led", "pro-Russian", "anti-Syria"."""
        before = self.words[item.first - 1] if item.first else None
        if before and before.glued and before.key in self.lists["suppress_before"]:
            return True
        last = self.words[item.last - 1]
        after = self.words[item.last].key if item.last < len(self.words) else ""
        return last.glued and after in self.lists["suppress_after"]

    def _pick(self, match: Match | None, country: str | None) -> Entry | None:
        """The reading that fits the country (or the hint), else the likeliest. Where several countries have the name,
        only what they have in common."""
        if match is None:
            return None
        first = match.best
        if (
            match.last - match.first == 1
            and first.kind in ("organisation", "party")
            and match.entries[-1].kind == "role"
        ):
            before = self.words[match.first - 1].key if match.first else ""
            return first if before == "the" else match.entries[-1]
        rivals = [e for e in match.entries if e.kind == first.kind]
        wanted = country or self.hint
        if wanted:
            fitting = [e for e in match.entries if e.country == wanted and e.kind != "role"]
            if fitting and first.kind not in ("country", "demonym", "role"):
                return fitting[0]
        if "weak" in first.traits and " " not in first.name:
            return None
        if len({e.country for e in rivals}) > 1 or "weak" in first.traits:
            same = set(rivals[0].sectors).intersection(*(e.sectors for e in rivals))
            return Entry(
                first.kind, first.name, None, None, tuple(s for s in first.sectors if s in same), source="several"
            )
        return first

    def _take_named(self, out: Reading, entry: Entry, country: str | None) -> None:
        out.entry = entry
        out.country = entry.country or country
        out.sectors = entry.at(self.day)
        out.strength = 2 if out.sectors else -1
        out.score = (
            0.5
            if entry.source == "several" or "ambiguous" in entry.traits
            else (0.8 if entry.kind == "capital" else 0.9)
        )
        out.why.append(f"{entry.kind} {entry.name}")

    # ------------------------------------------------------------ roles

    def _take_role(self, items: list[_Item], out: Reading, country: str | None) -> None:
        out.country = country
        if country:
            out.why.append(f"country {country}")
        named = [e for i in items if i.match and (e := self._pick(i.match, country)) and e.kind in _NAMED]
        self._add_roles(items, out, place=None)
        for entry in named:
            out.country = out.country or entry.country
            if out.entry is None:
                out.entry = entry if (entry.id or "").startswith("org:") else None
            own = entry.at(self.day)
            if own and (out.strength <= 1 or (out.strength == 3 and set(own) & {"REB", "UAF", "PRM"})):
                out.sectors, out.strength = own, 2
            elif entry.kind == "organisation" and out.strength == 1:
                out.sectors = own
        if out.country is None:
            self._town(items, out)
        if out.country is None:
            out.country = next(
                (e.country for i in items if i.match and (e := i.match.best).kind == "role" and e.country), None
            )
        out.score = 0.85 if out.country and out.strength >= 2 else 0.7 if out.sectors or out.country else 0.0

    def _town(self, items: list[_Item], out: Reading) -> None:
        """ "Oxford University", "Shanghai police": a town before the role noun gives the country."""
        if self.person:
            return
        for item in items:
            if item.match is None and not self.words[item.last - 1].glued:
                text = " ".join(w.text for w in self.words[item.first : item.last])
                found = None if text.isupper() else country_of_city(text)
                if found:
                    out.country, out.score = found
                    out.why.append(f"town {text} in {found[0]}")
                    if len(items) == 1 and not out.sectors:
                        out.sectors, out.strength = ("CVL",), 1
                    return

    def _add_roles(self, items: list[_Item], out: Reading, *, place: Entry | None) -> None:
        roles = [e for i in items if i.match and (e := i.match.best).kind == "role"]
        if not roles:
            return
        keys = {w.key for w in self.words[items[0].first : items[-1].last]} | {
            w.key for w in self.words[: items[0].first]
        }
        strongest = max(roles[::-1], key=lambda e: e.strength)
        if place is not None and strongest.strength < 2:
            return
        sectors = list(strongest.sectors)
        for role in roles:
            if role.strength >= 2:
                sectors += [s for s in role.sectors if s not in sectors]
        head = roles[-1]
        if keys & self.lists["religions"] and fold(head.name) in self.lists["religious_heads"]:
            sectors, strongest = ["REL"], head
            out.strength = 2
        if "JRN" in sectors and keys & self.lists["state"] and "GOV" not in sectors:
            sectors.insert(0, "GOV")
        if keys & self.lists["opposing"] and sectors[:1] == ["CVL"]:
            sectors.insert(0, "OPP")
        if keys & self.lists["former"] and sectors and sectors[0] in _OFFICES:
            sectors = ["ELI"]
        out.sectors = tuple(dict.fromkeys(sectors))
        out.strength = max(strongest.strength, out.strength)
        out.role = head
        out.traits = head.traits
        out.why.append("role " + ", ".join(r.name for r in roles))

    # ------------------------------------------------------------ persons

    def _person(self, items: list[_Item], country: str | None) -> Reading | None:
        """The reading of a segment that ends in a person's name; None where it does not."""
        if self.person is False:
            return None
        for start in range(len(items)):
            span = items[start:]
            if any(b.first != a.last for a, b in pairwise(span)) or not self._name_like(span):
                continue
            keys = [w.key for w in self.words[span[0].first : span[-1].last]]
            title = Reading()
            self._add_roles(items[:start], title, place=None)
            named = any(i.match and i.match.best.kind in _NAMED for i in span)
            if len(keys) == 1 and (span[0].match is not None or not self._short_name(items, start)):
                continue
            titled = span[0].match is not None and span[0].match.best.kind == "role"
            find = self.known.people.find
            found = find(keys, country=country, day=self.day, sectors=title.sectors, exact=named or titled)
            if found is not None:
                return self._take_person(found.entries, found.score, found.how, title)
        last = items[-1]
        if last.match is None and len(items) > 1:
            return self._unknown_person(items, country)
        return None

    def _short_name(self, items: list[_Item], start: int) -> bool:
        """True if the one word at ``start`` may be a surname by itself: nothing before it but a title or a country."""
        word = self.words[items[start].first]
        if word.key in self.lists["religions"] or word.key in self.lists["skip"]:
            return False
        before = items[start - 1] if start else None
        return before is None or (before.match is not None and before.match.best.kind in ("role", *_PLACES))

    def _name_like(self, span: list[_Item]) -> bool:
        return all(i.match is None or self.words[i.first].capital for i in span)

    def _take_person(self, entries: tuple[Entry, ...], score: float, how: str, title: Reading) -> Reading:
        entry = entries[0]
        out = Reading(
            country=entry.country_at(self.day), score=score, why=[f"{how}: {', '.join(e.name for e in entries[:3])}"]
        )
        out.sectors = entry.at(self.day)
        if len(entries) == 1:
            out.entry, out.person = entry, entry.name
        else:
            out.several = True
            out.sectors = tuple(s for s in out.sectors if all(s in e.at(self.day) for e in entries))
        if title.strength >= 2 and title.sectors:
            out.sectors = self._by_title(title.sectors, out.sectors)
        out.strength = 2
        return out

    def _by_title(self, title: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, ...]:
        """Sectors by the title in the text and those of the person on the day. The text is nearer to the event that it
        tells of, but a general who rules is GOV, and what is known is the finer ("GOV MIL")."""
        if title == ("ELI",) or not known or known == ("ELI",):
            return title
        if title[0] in known or (title[0] == "MIL" and known[0] == "GOV" and self.day is not None):
            return known
        return tuple(dict.fromkeys((*title, *(s for s in known if s != "ELI"))))

    def _unknown_person(self, items: list[_Item], country: str | None) -> Reading | None:
        """ "Foreign Minister Jane Doe": a title or office before a name that is not known."""
        title = Reading()
        self._add_roles(items[:-1], title, place=None)
        roles = [i for i in items[:-1] if i.match and i.match.best.kind == "role"]
        if not roles or roles[-1].last != items[-1].first or not self._is_title(roles[-1]):
            return None
        name = " ".join(w.text for w in self.words[items[-1].first : items[-1].last])
        title.country, title.person = country, name
        named = [e for i in items if i.match and (e := self._pick(i.match, country)) and e.kind in _NAMED]
        for entry in named:
            title.country = title.country or entry.country
            if title.strength < 2:
                title.sectors, title.strength = entry.at(self.day), 2
        title.score = 0.8 if country else 0.65
        return title

    def _is_title(self, item: _Item) -> bool:
        """True if the role noun may stand before a name: one person's, not a body's."""
        role = item.match.best if item.match else None
        surface = " ".join(w.key for w in self.words[item.first : item.last])
        return role is not None and "collective" not in role.traits and surface == key_of(role.name)

    # ------------------------------------------------------------ parts together

    def _joined(self, main: Reading, connector: str, part: Reading) -> Reading:
        if connector == "stop" or part.empty:
            return main
        if main.empty and main.person is None and connector not in ("of", "in"):
            part.score *= 0.9
            return part
        place = connector in self.lists["place_only"]
        if connector in self.lists["joins"]:
            if not main.sectors:
                main.sectors, main.strength = part.sectors, part.strength
            return main
        if (
            main.entry is not None
            and main.entry.kind == "body"
            and connector in ("(", "of")
            and part.country not in (None, main.country)
        ):
            main.country, main.entry = part.country, None  # "Justice Department (India)"
        if main.country == "NGO" and part.country and main.entry is None:
            main.country = None
        if "followers" in main.traits:
            return self._of_followers(main, part)
        if main.country is None and part.country and not (place and "abroad" in main.traits):
            main.country = part.country
            main.why += [f"{connector} {w}" for w in part.why[:1]]
            main.score = max(0.5, min(main.score or 0.6, part.score) * 0.95)
        if main.strength <= 1 and not place and part.sectors:
            main.sectors, main.strength = part.sectors, part.strength
            main.entry = main.entry or part.entry
            main.score = max(main.score, 0.9 * part.score)
        if main.entry is None and part.entry is not None and connector in (",", "(", "of") and main.strength <= 1:
            main.entry = part.entry
        return main

    def _of_followers(self, main: Reading, part: Reading) -> Reading:
        """ "supporters of X": of the country of X; opposed where X is, else what the noun says."""
        main.country = main.country or part.country
        main.score = max(main.score, 0.8 * part.score)
        if part.sectors[:1] in (("OPP",), ("ELI",)) and main.sectors[:1] == ("CVL",):
            main.sectors = ("OPP",)
        elif part.sectors[:1] in (("REB",), ("UAF",), ("PRM",)) and main.strength <= 1:
            main.sectors = part.sectors
        return main


def _without_acronyms(phrase: Sequence[Word]) -> list[Word]:
    """Without the short form that stands in brackets after a name: "Central Intelligence Agency (CIA) director"."""
    out, i = list(phrase), 0
    while i + 3 < len(out):
        if out[i].key == "(" and out[i + 1].text.isupper() and out[i + 2].key == ")":
            del out[i : i + 3]
        i += 1
    return out


def read(text: str, *, day: dt.date | None = None, hint: str | None = None, person: bool | None = None) -> Reading:
    """What the words of ``text`` say (see :class:`Reader` for the arguments)."""
    return Reader(words(text), day=day, hint=hint, person=person).read()
