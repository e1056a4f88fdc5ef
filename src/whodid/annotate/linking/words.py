"""The word lists of ``people.yaml``, read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

import yaml

Gender = Literal["he", "she"]
PronounKind = tuple[str, Gender | None]
"""What a pronoun can stand for (``person``, ``thing``, ``plural``) and its gender."""


@dataclass(frozen=True, slots=True)
class People:
    """What nouns, titles and first names tell about whom they stand for."""

    persons: frozenset[str]
    genders: dict[str, Gender]
    titles: dict[str, Gender]
    first_names: dict[str, Gender]
    groups: frozenset[str]
    lands: frozenset[str]
    documents: frozenset[str]
    pronouns: dict[str, PronounKind]
    first_person: frozenset[str]
    empty_it: frozenset[str]
    particles: frozenset[str]
    suffixes: frozenset[str]


@cache
def people() -> People:
    """The lists."""
    text = resources.files(__package__).joinpath("people.yaml").read_text(encoding="utf-8")
    lists: dict[str, list[str]] = yaml.load(text, Loader=yaml.CSafeLoader)
    return People(
        persons=frozenset(lists["any_person"] + lists["he"] + lists["she"]),
        genders=_by_gender(lists["he"], lists["she"]),
        titles=_by_gender(lists["titles_he"], lists["titles_she"]),
        first_names=_by_gender(lists["names_he"], lists["names_she"]),
        groups=frozenset(lists["groups"] + lists["lands"]),
        lands=frozenset(lists["lands"]),
        documents=frozenset(lists["documents"]),
        pronouns=_pronouns(lists),
        first_person=frozenset(lists["first_person"]),
        empty_it=frozenset(lists["empty_it"]),
        particles=frozenset(lists["particles"]),
        suffixes=frozenset(lists["suffixes"]),
    )


def _pronouns(lists: dict[str, list[str]]) -> dict[str, PronounKind]:
    table: dict[str, PronounKind] = dict.fromkeys(lists["pronouns_he"], ("person", "he"))
    table.update(dict.fromkeys(lists["pronouns_she"], ("person", "she")))
    table.update(dict.fromkeys(lists["pronouns_it"], ("thing", None)))
    table.update(dict.fromkeys(lists["pronouns_they"], ("plural", None)))
    return table


def _by_gender(he: list[str], she: list[str]) -> dict[str, Gender]:
    table: dict[str, Gender] = dict.fromkeys(he, "he")
    return {**table, **dict.fromkeys(she, "she")}
