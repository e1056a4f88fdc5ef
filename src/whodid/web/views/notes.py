"""What people wrote beside claims, events and reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict

from whodid.dataset.people import People


class NoteView(BaseModel):
    """What a person wrote beside a thing: its ``kind`` (claim, event or report) and id, ``target``."""

    model_config = ConfigDict(frozen=True)

    kind: str
    target: str
    text: str
    person: str
    made: dt.datetime


def notes_beside(people: People | None, targets: Iterable[str]) -> tuple[NoteView, ...]:
    """The notes beside these things, oldest first; none where the site has no people. Raises WhodidError where their
    database cannot be reached."""
    wanted = set(targets)
    found = people.notes() if people is not None else []
    return tuple(
        NoteView(kind=note.kind, target=note.target, text=note.text, person=note.person, made=note.made)
        for note in found
        if note.target in wanted
    )
