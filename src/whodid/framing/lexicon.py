"""The lexicon of loaded words (``lexicon/*.yaml``): contested things, and what each side calls them.

A thing has a ``name``, ``sources`` (public style guides, conventions and studies that discuss its words) and
``terms``; a term has a ``lean`` (what the word does; a neutral one only describes), ``by`` (who prefers it) and
``words``. A word is a lemma or several with spaces; ``/NOUN`` asks for that part of speech of the last one, ``=`` for
that very form ("=authorities"). The longest match wins, so "freedom fighter" is no "fighter".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

import yaml
from pydantic import ValidationError

from whodid.errors import OntologyError
from whodid.framing.model import Term, Thing

FILES = ("actors.yaml", "violence.yaml", "power.yaml")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way to write a term: ``words`` in order, each a lemma or a form; ``pos`` of the last one, None for any."""

    words: tuple[str, ...]
    pos: str | None
    form: bool
    thing: Thing
    term: Term


@cache
def things() -> tuple[Thing, ...]:
    """Every contested thing of the lexicon, in its order; read once."""
    folder = resources.files(__package__).joinpath("lexicon")
    return tuple(thing for name in FILES for thing in read_things(name, folder.joinpath(name).read_text("utf-8")))


def read_things(name: str, text: str) -> tuple[Thing, ...]:
    """The things of a YAML text. Raises OntologyError (file, thing, field, what is wrong)."""
    loaded: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return tuple(_thing(name, key, entry) for key, entry in loaded.items())


def _thing(file: str, key: str, entry: Any) -> Thing:
    try:
        return Thing.model_validate({"key": key, **entry}, strict=False)
    except ValidationError as error:
        problem = error.errors()[0]
        where = ".".join(map(str, problem["loc"]))
        found = problem["input"]
        raise OntologyError(f"framing/lexicon/{file}: {key}.{where}: {problem['msg']}; found {found!r}") from error


@cache
def patterns() -> Mapping[str, tuple[Pattern, ...]]:
    """First word → the patterns that start with it, the longest first."""
    table: defaultdict[str, list[Pattern]] = defaultdict(list)
    for thing in things():
        for term in thing.terms:
            for written in term.words:
                words, _, pos = written.removeprefix("=").partition("/")
                parts = tuple(words.split())
                table[parts[0]].append(Pattern(parts, pos or None, written.startswith("="), thing, term))
    return MappingProxyType({word: tuple(sorted(found, key=lambda p: -len(p.words))) for word, found in table.items()})
