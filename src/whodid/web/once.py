"""Requests that may be sent twice: what a program or a page sends again, because no answer came, is done once.

A request that changes something may carry the header ``Idempotency-Key``. The key is kept before the work is begun and
the answer with it when it is done; the same person's same key gets the same answer again. Where the work was begun and
no answer is known (the machine was switched off between), it is not done a second time: the answer says to look.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Header
from sqlalchemy import (
    Column,
    DateTime,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    insert,
    select,
    update,
)

from whodid.dataset.people import People
from whodid.errors import WhodidError
from whodid.web.security import Refused, Viewer

Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key", min_length=8, max_length=200, pattern=r"^[\x21-\x7e]+$",
        description="Any text of your own, new for every change: the same one again does not change anything again.",
    ),
]  # fmt: skip

_META = MetaData()
_REQUESTS = Table(
    "requests",
    _META,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("person", String(200), nullable=False),
    Column("key", String(200), nullable=False),
    Column("asked", String(64), nullable=False),
    Column("answer", Text, nullable=True),
    Column("made", DateTime(timezone=True), nullable=False),
    UniqueConstraint("person", "key"),
)


def once(people: People, viewer: Viewer, key: str | None, asked: object, do: Callable[[], Any]) -> Any:
    """What ``do`` gives, a value that JSON can hold; of a request made before under this key what it gave then.

    asked: what the request wants, to tell a key that is used for something else. An error of ``do`` frees the key.
    Raises Refused where the key stands for another request, or for one whose end is not known.
    """
    if key is None:
        return do()
    people.make_tables(_META)
    digest = hashlib.sha256(json.dumps(asked, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    kept = _begin(people, viewer.name, key, digest)
    if kept is not None:
        return kept
    mine = (_REQUESTS.c.person == viewer.name) & (_REQUESTS.c.key == key)
    try:
        found = do()
    except Exception:
        with people.work() as work:
            work.execute(_REQUESTS.delete().where(mine))
        raise
    with people.work() as work:
        work.execute(update(_REQUESTS).where(mine).values(answer=json.dumps(found, ensure_ascii=False)))
    return found


def _begin(people: People, person: str, key: str, digest: str) -> Any:
    """Keep the key; None where it is new, else the answer that was given under it."""
    mine = (_REQUESTS.c.person == person) & (_REQUESTS.c.key == key)
    made = {"person": person, "key": key, "asked": digest, "answer": None, "made": dt.datetime.now(dt.UTC)}
    try:
        with people.work() as work:
            work.execute(insert(_REQUESTS).values(made))
        return None
    except WhodidError:  # it is there, also where another request was the faster by a moment
        with people.work() as work:
            row = work.execute(select(_REQUESTS).where(mine)).one_or_none()
        if row is None:
            raise
    if row.asked != digest:
        raise Refused(409, "key-used", f"Idempotency-Key: {key!r} was used for another request: take a new one")
    if row.answer is None:
        raise Refused(
            409, "not-known", "the same request is being worked on, or was broken off: look at the judgements of the "
            "item whether it is among them before you send it under a new key",
        )  # fmt: skip
    return json.loads(row.answer)
