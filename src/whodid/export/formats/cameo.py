"""Events in CAMEO, as the older formats want them: codes of three levels, Goldstein values, actor codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from whodid.ontology import CameoCode, load_ontology
from whodid.records import Actor

_TYPES_AT_MOST = 3


@dataclass(frozen=True, slots=True)
class CameoActor:
    """An actor in CAMEO: what is not known is empty."""

    name: str = ""
    country: str = ""
    group: str = ""
    types: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """Country, known group and types in one string, as CAMEO writes actors."""
        return self.country + self.group + "".join(self.types)

    def type(self, n: int) -> str:
        """The n-th type, from 0; empty where there is none."""
        return self.types[n] if n < len(self.types) else ""


@cache
def _knowledge() -> Mapping[str, Any]:
    text = files("whodid.export.formats").joinpath("gdelt.yaml").read_text(encoding="utf-8")
    document: Mapping[str, Any] = yaml.load(text, yaml.CSafeLoader)
    return document


@cache
def _quads() -> Mapping[str, int]:
    return {root: quad for quad, roots in _knowledge()["quad"].items() for root in roots}


def cameo_actor(actor: Actor | None) -> CameoActor:
    """An actor in CAMEO codes; empty for None."""
    if actor is None:
        return CameoActor()
    own = _knowledge()["instead_of_country"].get(actor.country)
    country = "" if own else actor.country or ""
    types = [own["type"]] if own else []
    types += [known for sector in actor.sectors if (known := _knowledge()["types"].get(sector)) and known not in types]
    return CameoActor(
        name=actor.name or actor.text,
        country=_knowledge()["countries"].get(country, country),
        group=own.get("group", "") if own else "",
        types=tuple(types[:_TYPES_AT_MOST]),
    )


def row_of(code: str) -> CameoCode | None:
    """A code's row in the table of CAMEO that comes with PLOVER; None for a code that it does not have."""
    return load_ontology().cameo_table.codes.get(code)


def goldstein(code: str) -> float | None:
    """The Goldstein value of a code; None where none is published."""
    row = row_of(code)
    return row.goldstein if row else None


def base(code: str) -> str:
    """The code at level two: that of a code at level three, else the code itself."""
    return code[:3]


def root(code: str) -> str:
    """The code at level one."""
    return code[:2]


def quad_class(code: str) -> int | None:
    """GDELT's quad class of a code: 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict."""
    return _quads().get(root(code))
