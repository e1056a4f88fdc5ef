"""What a person may mean who has typed the beginning of a name."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from whodid.dataset.conditions import EXACTLY
from whodid.dataset.countries import fold
from whodid.web.filters import Asked
from whodid.web.snapshot import Snapshot

_SQL = """SELECT kind, label, number FROM held_names
WHERE starts_with(folded, $typed) OR contains(folded, ' ' || $typed)
ORDER BY starts_with(folded, $typed) DESC, number DESC, label, kind LIMIT $limit"""
_CONDITION = {"actor": "involving", "place": "where"}


class Suggestion(BaseModel):
    """A name in the events. number: of events that have it. condition, value: what finds them; address: of these."""

    model_config = ConfigDict(frozen=True)

    kind: Literal["actor", "place"]
    label: str
    number: int
    condition: str
    value: str
    address: str


def suggest(data: Snapshot, typed: str, *, limit: int = 10) -> list[Suggestion]:
    """Actors (on either side) and places of which a word begins so, whatever case and accents: whole names that begin
    so first, then by number of events. Nothing for what is empty."""
    begin = fold(typed)
    if not begin:
        return []
    found = data.query(_SQL, {"typed": begin, "limit": limit}).to_pylist()
    return [_suggestion(**row) for row in found]


def _suggestion(kind: Literal["actor", "place"], label: str, number: int) -> Suggestion:
    condition, value = _CONDITION[kind], EXACTLY + label
    address = Asked().plus(condition, value).address()
    return Suggestion(kind=kind, label=label, number=number, condition=condition, value=value, address=address)
