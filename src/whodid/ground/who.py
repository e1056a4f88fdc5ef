"""Who an actor phrase stands for: country, sectors, name and a stable id."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from whodid.ground.actors.countries import adjective_of
from whodid.ground.actors.reading import Reader, Reading, knowledge
from whodid.ground.actors.report import ReportReader
from whodid.ground.actors.split import split
from whodid.ground.actors.tables import slug, table
from whodid.ground.actors.words import words
from whodid.records import Actor, Annotated

__all__ = ["Identity", "Who", "split"]

Kind = Literal["country", "government", "institution", "organisation", "person", "group", "unknown"]


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom a phrase stands for. ``country`` is ISO 3166-1 alpha-3, KOS, or a PLOVER code for what is of no country;
    ``sectors`` are PLOVER's, main one first; ``id`` is as docs/actors.md has it; ``score`` is how sure it all is."""

    id: str | None
    name: str | None
    kind: Kind
    country: str | None
    sectors: tuple[str, ...]
    score: float
    why: str


class Who:
    """Resolves actors. Keeps what it has read of the last report, so resolve the actors of one report after another."""

    def __init__(self) -> None:
        self._report: ReportReader | None = None

    def lookup(self, text: str, *, context: str = "", day: dt.date | None = None) -> Identity | None:
        """Whom the bare phrase ``text`` stands for on ``day``; None where its words say nothing.

        context: words around the phrase; used only to choose between readings, and for the country where it names
        exactly one.
        """
        phrase = words(text)
        hint = _only_country(context) if context else None
        reading = Reader(phrase, day=day, hint=hint).read()
        if reading.empty and not reading.person:
            keys = [w.key for w in phrase]
            if len(keys) == 1 and keys[0] in knowledge().lists["pronouns"] and phrase[0].text != "WHO":
                return Identity(None, None, "unknown", None, ("UNK",), 0.3, "a pronoun")
            return None
        if hint and reading.country is None:
            reading.country = hint
            reading.score *= 0.8
            reading.why.append(f"country {hint} from the context")
        return identity(reading)

    def resolve(self, annotated: Annotated, first: int, last: int) -> Actor:
        """The actor that tokens ``first`` to ``last`` (half-open) stand for in their report."""
        if self._report is None or self._report.a is not annotated:
            self._report = ReportReader(annotated)
        quote = annotated.quote(first, last)
        found = identity(self._report.read(first, last))
        return Actor(
            text=quote.text,
            start=quote.start,
            end=quote.end,
            id=found.id,
            name=found.name,
            country=found.country,
            sectors=found.sectors,
            score=round(min(found.score, 1.0), 2),
        )


def _only_country(context: str) -> str | None:
    found = {
        m.best.country
        for m in knowledge().names.matches(words(context))
        if m.best.kind in ("country", "demonym", "capital")
    }
    return found.pop() if len(found) == 1 else None


def identity(reading: Reading) -> Identity:
    """The identity that a reading amounts to: its id, name and kind."""
    entry, country, sectors = reading.entry, reading.country, reading.sectors
    why = "; ".join(reading.why)
    if reading.person:
        known = entry is not None and entry.kind == "person"
        own = entry.id if known and entry else f"person:{slug(reading.person)}" if " " in reading.person else None
        return Identity(own, reading.person, "person", country, sectors, reading.score, why)
    if reading.several:
        return Identity(None, None, "person", country, sectors, reading.score, why)
    if entry is not None and entry.id and entry.id.startswith("org:"):
        kind: Kind = "group" if entry.kind == "group" else "organisation"
        return Identity(entry.id, entry.name, kind, country, sectors, reading.score, why)
    if country is None:
        return Identity(None, None, "unknown", None, sectors, reading.score, why)
    if entry is not None and entry.kind in ("country", "demonym", "region") and not sectors:
        return Identity(country, entry.name, "country", country, (), reading.score, why)
    if not sectors:
        return Identity(None, None, "unknown", country, (), reading.score, why)
    kind = "government" if sectors[0] == "GOV" else "institution" if sectors[0] in _INSTITUTIONS else "group"
    name = entry.name if entry is not None and entry.kind == "body" else made_name(country, sectors[0])
    return Identity(f"{country}-{sectors[0]}", name, kind, country, sectors, reading.score, why)


_INSTITUTIONS = frozenset({"LEG", "JUD", "MIL", "COP", "SPY"})


def made_name(country: str, sector: str) -> str:
    """The name that is shown for a sector of a country: "Iraqi parliament"."""
    return f"{adjective_of(country)} {table('phrases.yaml')['sector_names'][sector]}"
