"""The codes that a reviewer chooses from, with what they mean."""

from __future__ import annotations

from functools import cache

import pycountry
from pydantic import BaseModel, ConfigDict

from whodid.run.correcting import ontology_of


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True)


class Code(_Record):
    """A code and its definition, empty where the ontology gives none."""

    code: str
    definition: str


class NamedCode(Code):
    """A code that has a name as well."""

    name: str


class TypeCode(NamedCode):
    """A type of event with its modes."""

    modes: tuple[Code, ...]


class Country(_Record):
    """A country, or what stands in for one."""

    code: str
    name: str


class Codes(_Record):
    """What an ontology has."""

    ontology: str
    types: tuple[TypeCode, ...]
    contexts: tuple[Code, ...]
    sectors: tuple[NamedCode, ...]
    countries: tuple[Country, ...]


@cache
def codes_of(name: str) -> Codes:
    """The codes of an ontology that comes with the program. Raises UsageError for another one."""
    ontology = ontology_of(name)
    known = [Country(code=code, name=label) for code, label in ontology.countries.items()]
    isos = [Country(code=country.alpha_3, name=country.name) for country in pycountry.countries]
    both = {country.code: country for country in (*isos, *known)}
    return Codes(
        ontology=ontology.name,
        types=tuple(
            TypeCode(
                code=type.code, name=type.name, definition=type.definition,
                modes=tuple(Code(code=mode.code, definition=mode.definition) for mode in type.modes.values()),
            )
            for type in ontology.types.values()
        ),
        contexts=tuple(Code(code=one.code, definition=one.definition) for one in ontology.contexts.values()),
        sectors=tuple(
            NamedCode(code=one.code, name=one.name, definition=one.definition) for one in ontology.sectors.values()
        ),
        countries=tuple(sorted(both.values(), key=lambda country: country.name)),
    )  # fmt: skip
