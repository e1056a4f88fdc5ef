"""Actors and recipients as people give them: words of the report, and whom they stand for."""

from __future__ import annotations

from pydantic import JsonValue

from whodid.dataset.countries import country_code, near_countries
from whodid.errors import UsageError
from whodid.ground.who import Who, made_name
from whodid.records import Actor, Claim, Quote
from whodid.run.correction_words import SPAN, Given, Words, code_of, keys_of, list_of

_KEYS = (*SPAN, "id", "country", "sectors")


class Parties(Words):
    """Makes parties of one claim."""

    def _parties(self, field: str, given: JsonValue) -> JsonValue:
        made = [self._party(field, keys_of(field, one, _KEYS))
                for one in list_of(field, given)]  # fmt: skip
        if len({(a.start, a.end) for a in made}) < len(made):
            raise UsageError(f"{field}: the same words are given twice")
        return [actor.model_dump(mode="json") for actor in made]

    def _party(self, field: str, given: Given) -> Actor:
        """An actor by words; whom they stand for as given, else as the claim has it for these words, else as the words
        alone tell."""
        quote = self._quote(field, given)
        if not given.keys() & {"id", "country", "sectors"}:
            return self._same(quote) or self._read(quote)
        country = self._country(field, given.get("country"))
        sectors = self._sectors(field, given.get("sectors"))
        if (id := given.get("id")) is not None:
            return self._named(field, quote, id, country, sectors)
        made = f"{country}-{sectors[0]}" if country and sectors else country
        name = made_name(country, sectors[0]) if country and sectors else None
        if made:
            known = self._known(made)
            name = known.name if known else name
        return Actor(**quote.model_dump(), id=made, name=name, country=country, sectors=sectors, score=1.0)

    def _same(self, quote: Quote) -> Actor | None:
        there = (*self._claim.actors, *self._claim.recipients)
        return next((a for a in there if (a.start, a.end) == (quote.start, quote.end)), None)

    def _read(self, quote: Quote) -> Actor:
        found = Who().lookup(quote.text, context=self._claim.sentence.text, day=self._report.published)
        if found is None:
            return Actor(**quote.model_dump(), score=0.0)
        return Actor(**quote.model_dump(), id=found.id, name=found.name, country=found.country,
                     sectors=found.sectors, score=round(min(found.score, 1.0), 2))  # fmt: skip

    def _named(
        self, field: str, quote: Quote, id: object, country: str | None, sectors: tuple[str, ...]
    ) -> Actor:  # fmt: skip
        made = f"{country}-{sectors[0]}" if country and sectors else country
        known = self._known(id) if isinstance(id, str) else None
        if known is None and id != made:
            raise UsageError(
                f"{field}: no claim of {self._data.path} has an actor with the id {id!r}; leave the id out, or give "
                "that of an actor in the dataset, or of a country or its sector, such as IRQ or IRQ-MIL"
            )
        name = known.name if known else made_name(str(country), sectors[0]) if sectors else None
        return Actor(
            **quote.model_dump(), id=str(id), name=name, score=1.0,
            country=country or (known.country if known else None),
            sectors=sectors or (known.sectors if known else ()),
        )  # fmt: skip

    def _known(self, id: str) -> Actor | None:
        """An actor of the dataset with this id, as the surest of some claims names it."""
        sql = """SELECT record FROM claims WHERE list_contains(actor_ids, ?) OR list_contains(recipient_ids, ?)
            ORDER BY score DESC, id LIMIT 1"""
        for row in self._data.query(sql, [id, id])["record"].to_pylist():
            claim = Claim.model_validate_json(row)
            return next(a for a in (*claim.actors, *claim.recipients) if a.id == id)
        return None

    def _country(self, field: str, given: object) -> str | None:
        if given is None:
            return None
        code = given if isinstance(given, str) and given in self._ontology.countries else country_code(str(given))
        if code is None:
            near = ", ".join(near_countries(str(given))) or "IRQ, FRA, …"
            raise UsageError(f"{field}: there is no country {given!r}; give an ISO 3166-1 code, such as {near}")
        return str(code)

    def _sectors(self, field: str, given: object) -> tuple[str, ...]:
        wanted = [code_of("sector", one, self._ontology.sectors, self._ontology.name) for one in list_of(field, given)]
        return tuple(dict.fromkeys(wanted))
