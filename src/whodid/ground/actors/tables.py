"""The YAML tables beside this module → entries."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

import yaml

from whodid.ground.actors.entries import Entry, Gazetteer, Kind, Term
from whodid.ground.actors.factbook import Country
from whodid.ground.actors.words import key_of

SECTORS = frozenset(
    [
        "COP",
        "GOV",
        "JUD",
        "LEG",
        "MIL",
        "PRM",
        "PTY",
        "REB",
        "SPY",
        "UAF",
        "UNK",
        "AGR",
        "BUS",
        "CRM",
        "CVL",
        "EDU",
        "ELI",
        "JRN",
        "LAB",
        "MED",
        "REF",
        "OPP",
        "PRE",
        "REL",
        "SOC",
    ]
)
_STRENGTHS = {"decides": 3, "says": 2, "hints": 1, "empty": 0}
_TRAITS = ("abroad", "domestic", "collective", "followers")
_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?$")


@cache
def table(name: str) -> Any:
    """The YAML file ``name`` of this package, read once."""
    text = resources.files(__package__).joinpath(name).read_text("utf-8")
    return yaml.load(text, Loader=yaml.CSafeLoader)


def slug(name: str) -> str:
    """``name`` for use in an id: folded words with hyphens."""
    return key_of(name).replace(" ", "-")


def term(text: str) -> Term:
    """``"GOV MIL 1996-09..2001-11-13"`` → a term; an open end is left empty, a year alone is the whole year.

    ``"EUR:GOV 2004-11..2009"`` is an office elsewhere than in the own country."""
    *sectors, years = text.split()
    country = None
    if sectors and ":" in sectors[0]:
        country, _, sectors[0] = sectors[0].partition(":")
    unknown = set(sectors) - SECTORS
    if unknown:
        raise ValueError(
            f"unknown sector {', '.join(sorted(unknown))} in the term {text!r}; known: {' '.join(sorted(SECTORS))}"
        )
    first, _, last = years.partition("..")
    return Term(
        tuple(sectors), _day(first, end=False), _day(last or ("" if ".." in years else first), end=True), country
    )


def _day(text: str, *, end: bool) -> dt.date | None:
    if not text:
        return None
    found = _DAY.match(text)
    if found is None:
        raise ValueError(f"{text!r} is not a day, month or year (YYYY, YYYY-MM or YYYY-MM-DD)")
    year, month, day = int(found[1]), found[2] and int(found[2]), found[3] and int(found[3])
    month = month or (12 if end else 1)
    return dt.date(year, month, day or (calendar.monthrange(year, month)[1] if end else 1))


def code_and_sectors(text: str) -> tuple[str | None, tuple[str, ...]]:
    """``"LBN PTY UAF"`` → country (``-`` is none) and sectors, both checked."""
    country, *sectors = text.split()
    unknown = set(sectors) - SECTORS
    if unknown or not re.fullmatch(r"-|[A-Z]{3}", country):
        raise ValueError(f"{text!r} is not a country code followed by sectors; sectors are {' '.join(sorted(SECTORS))}")
    return (None if country == "-" else country), tuple(sectors)


def roles() -> Iterator[tuple[str, Entry]]:
    """Role nouns, singular and plural."""
    data = table("roles.yaml")
    marked = {trait: {key_of(w) for w in data[trait]} for trait in _TRAITS}
    for level, strength in _STRENGTHS.items():
        for sectors, nouns in data[level].items():
            for noun in nouns:
                key = key_of(noun)
                traits = {trait for trait, known in marked.items() if key in known}
                country, codes = code_and_sectors(sectors)
                entry = Entry(
                    "role", noun, None, country, codes, strength, traits=frozenset(traits), source="roles.yaml"
                )
                yield noun, entry
                if (several := plural(noun)) != noun:
                    yield several, entry


def plural(noun: str) -> str:
    """The regular plural of the last word."""
    if noun.endswith(("s", "people", "men", "police", "ing", "media")) and not noun.endswith("ss"):
        return noun
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("ss", "ch", "sh", "x")) else "s")


def named(file: str, kind: Kind) -> Iterator[tuple[str, Entry]]:
    """Names of a table of the form ``"LBN PTY UAF": {Hezbollah: [Hizbullah, …]}``: name shown and aliases.

    The value may also be ``{aliases: […], terms: ["GOV 1996-09..2001-11"]}``.
    """
    for code, members in table(file).items():
        country, sectors = code_and_sectors(code)
        for name, value in members.items():
            aliases = value.get("aliases", ()) if isinstance(value, dict) else value or ()
            terms = tuple(term(t) for t in value.get("terms", ())) if isinstance(value, dict) else ()
            entry = Entry(
                kind,
                name,
                id=_id(kind, name, country, sectors),
                country=country,
                sectors=sectors,
                terms=terms,
                source=file,
            )
            for alias in (name, *aliases):
                yield alias, entry


def _id(kind: Kind, name: str, country: str | None, sectors: tuple[str, ...]) -> str | None:
    if kind == "body":  # a building or an assembly that stands for a branch of its state
        return f"{country}-{sectors[0]}" if country and sectors else None
    return f"{'person' if kind == 'person' else 'org'}:{slug(name)}"


def add_tables(gazetteer: Gazetteer) -> None:
    """Everything that is in the YAML tables, except persons and countries."""
    for alias, entry in roles():
        gazetteer.add(alias, entry)
    files: tuple[tuple[str, Kind], ...] = (
        ("organisations.yaml", "organisation"),
        ("groups.yaml", "group"),
        ("bodies.yaml", "body"),
        ("parties.yaml", "party"),
    )
    for file, kind in files:
        for alias, entry in named(file, kind):
            gazetteer.add(alias, entry)


def add_factbook(gazetteer: Gazetteer, countries: list[tuple[str, Country]]) -> None:
    """Legislatures, parties, security forces and armed groups of the factbook, where the YAML does not have the name.

    A name that several countries use ("National Assembly", "Green Party") is left to the role nouns, or gives the
    sector only.
    """
    armed: dict[str, set[str]] = {}
    for code, country in countries:
        for group in country.groups:
            for name in group:
                armed.setdefault(key_of(name), set()).add(code)
    for code, country in countries:
        for name in country.legislatures:
            _add_new(gazetteer, name, Entry("body", name, f"{code}-LEG", code, ("LEG",), source="factbook"))
        for name in country.forces:
            sector = _force_sector(name)
            traits = frozenset({"weak"} if name.isupper() else ())
            entry = Entry("body", name, f"{code}-{sector}", code, (sector,), source="factbook", traits=traits)
            _add_new(gazetteer, name, entry)
        for party in country.parties:
            _add_party(gazetteer, party, code)
        for group in country.groups:
            here = armed[key_of(group[0])]
            entry = Entry(
                "group",
                group[0],
                f"org:{slug(group[0])}",
                code if len(here) == 1 else None,
                ("UAF",),
                source="factbook",
            )
            for name in group:
                _add_new(gazetteer, name, entry)


@cache
def _party_words() -> frozenset[str]:
    return frozenset(key_of(w) for w in table("forces.yaml")["party_words"])


def _add_party(gazetteer: Gazetteer, names: tuple[str, ...], code: str) -> None:
    """A party by its name of two words or more, and its acronym. Names of common words only, and acronyms, need the
    country beside them (trait ``weak``): others may use the same."""
    common = _party_words()
    for name in names:
        plain = all(w in common for w in key_of(name).split())
        if " " in name or name.isupper():
            traits = frozenset({"weak"} if plain or " " not in name else ())
            entry = Entry("party", names[0], f"org:{slug(names[0])}", code, ("PTY",), source="factbook", traits=traits)
            _add_new(gazetteer, name, entry)


def _force_sector(name: str) -> str:
    low = name.lower()
    for sector, marks in table("forces.yaml")["sectors"].items():
        if any(m in low for m in marks):
            return str(sector)
    return "MIL"


def _add_new(gazetteer: Gazetteer, name: str, entry: Entry) -> None:
    known = gazetteer.entries(name)
    if len(name) < 3 or any(e.source != "factbook" for e in known):
        return
    gazetteer.add(name, entry)
