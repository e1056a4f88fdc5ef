"""States of lists that people kept under a name."""

from __future__ import annotations

import datetime as dt
from urllib.parse import parse_qs

from pydantic import BaseModel, ConfigDict

from whodid.dataset.people import People, SavedView
from whodid.errors import UsageError
from whodid.web.filters import Asked, asked_from


class Saved(BaseModel):
    """A state under a name, as ``person`` kept it last. address: of it; None where this program does not know one of
    its conditions any longer, which ``problem`` tells."""

    model_config = ConfigDict(frozen=True)

    name: str
    person: str
    made: dt.datetime
    address: str | None
    conditions: tuple[tuple[str, str], ...]
    problem: str | None = None


def saved_views(people: People | None) -> list[Saved]:
    """All that people kept, by name; nothing where nobody can keep anything."""
    return [_saved(view) for view in people.views()] if people else []


def save_view(people: People, name: str, state: str, *, person: str) -> Saved:
    """Keep a state, given as query string, under a name; one of that name before it counts no longer. Raises UsageError
    for an empty name, and for a state that is none."""
    given = parse_qs(state.removeprefix("?"), keep_blank_values=False, max_num_fields=1000)
    asked = asked_from({name: values[0] if len(values) == 1 else values for name, values in given.items()})
    return _saved(people.save_view(name.strip(), asked.options(), person=person))


def _saved(view: SavedView) -> Saved:
    try:
        asked: Asked | None = asked_from(view.query)
        problem = None
    except UsageError as error:
        asked, problem = None, str(error)
    return Saved(
        name=view.name,
        person=view.person,
        made=view.made,
        address=asked.address() if asked else None,
        conditions=tuple(asked.fields()) if asked else (),
        problem=problem,
    )
