"""Who did what, when and from where: rows that are added and never changed, which the database itself holds to."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, DateTime, Integer, MetaData, Row, String, Table, Text, insert, select, text

from whodid.dataset.people import People

META = MetaData()
_AUDIT = Table(
    "audit",
    META,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("made", DateTime(timezone=True), nullable=False),
    Column("person", String(64), nullable=False, index=True),
    Column("what", String(64), nullable=False, index=True),
    Column("about", Text, nullable=False),
    Column("address", String(64), nullable=False),
)
_GUARDS = {
    "sqlite": tuple(
        f"CREATE TRIGGER IF NOT EXISTS audit_no_{verb} BEFORE {verb} ON audit "
        "BEGIN SELECT RAISE(ABORT, 'rows of audit are never changed'); END"
        for verb in ("update", "delete")
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION whodid_audit_stays() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'rows of audit are never changed'; END $$",
        "CREATE OR REPLACE TRIGGER audit_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION whodid_audit_stays()",
    ),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """made: UTC. person: a name, empty for somebody who did not log in. what: a short code such as ``login``. about:
    details, never a secret. address: of the machine that asked."""

    id: int
    made: dt.datetime
    person: str
    what: str
    about: Mapping[str, Any]
    address: str


class Audit:
    """The log in the database of a dataset's people."""

    def __init__(self, people: People) -> None:
        self._work = people.work
        people.make_tables(META)
        with self._work() as work:
            self._guard(work)

    def write(self, person: str, what: str, about: Mapping[str, Any], address: str) -> None:
        """Add a row; it is on the disk when this returns."""
        given = {
            "made": dt.datetime.now(dt.UTC), "person": person[:64], "what": what[:64],
            "about": json.dumps(about, ensure_ascii=False, default=str), "address": address[:64],
        }  # fmt: skip
        with self._work() as work:
            work.execute(insert(_AUDIT).values(given))

    def entries(self, *, before: int | None = None, limit: int = 100, person: str = "", what: str = "") -> list[Entry]:
        """Rows, newest first: those with a lower number than ``before``, of a person, of a kind."""
        wanted = select(_AUDIT).order_by(_AUDIT.c.id.desc()).limit(limit)
        if before is not None:
            wanted = wanted.where(_AUDIT.c.id < before)
        if person:
            wanted = wanted.where(_AUDIT.c.person == person)
        if what:
            wanted = wanted.where(_AUDIT.c.what == what)
        with self._work() as work:
            return [_entry(row) for row in work.execute(wanted)]

    def kinds(self) -> list[str]:
        """What has been done so far, by its codes."""
        with self._work() as work:
            return sorted(work.execute(select(_AUDIT.c.what).distinct()).scalars())

    @staticmethod
    def _guard(work: Connection) -> None:
        if (
            work.dialect.name == "postgresql"
            and work.execute(
                text("SELECT 1 FROM pg_trigger WHERE tgname = 'audit_stays' AND tgrelid = 'audit'::regclass")
            ).first()
        ):
            return  # replacing it would wait for whoever writes
        for statement in _GUARDS.get(work.dialect.name, ()):
            work.execute(text(statement))


def _entry(row: Row[Any]) -> Entry:
    made = row.made if row.made.tzinfo else row.made.replace(tzinfo=dt.UTC)
    return Entry(row.id, made, row.person, row.what, json.loads(row.about), row.address)
