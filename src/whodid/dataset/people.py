"""What people add: judgements of pairs of claims, notes, saved views. A small SQL database, SQLite in the dataset's
folder or any other that SQLAlchemy reaches, such as PostgreSQL. Rows are added, never changed: of several judgements of
one pair the last one counts."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self, get_args

from sqlalchemy import (
    Column,
    Connection,
    DateTime,
    Engine,
    Integer,
    MetaData,
    Row,
    String,
    Table,
    Text,
    create_engine,
    event,
    insert,
    or_,
    select,
    text,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.schema import CreateIndex, CreateTable

from whodid.errors import UsageError, WhodidError
from whodid.records import Judgement
from whodid.records.base import Verdict

FILE = "people.sqlite"
SETTING = "people.json"
Kind = Literal["claim", "event", "report"]

_META = MetaData()
_JUDGEMENTS = Table(
    "judgements",
    _META,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("left_claim", String(64), nullable=False, index=True),
    Column("right_claim", String(64), nullable=False, index=True),
    Column("verdict", String(16), nullable=False),
    Column("person", String(200), nullable=False),
    Column("why", Text, nullable=False),
    Column("made", DateTime(timezone=True), nullable=False),
)
_NOTES = Table(
    "notes",
    _META,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(16), nullable=False),
    Column("target", String(64), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("person", String(200), nullable=False),
    Column("made", DateTime(timezone=True), nullable=False),
)
_VIEWS = Table(
    "saved_views",
    _META,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("name", String(200), nullable=False, index=True),
    Column("query", Text, nullable=False),
    Column("person", String(200), nullable=False),
    Column("made", DateTime(timezone=True), nullable=False),
)
_AT_ONCE = 500
_WAIT_S = 30


@dataclass(frozen=True, slots=True)
class Note:
    """What a person wrote beside a claim, event or report."""

    kind: Kind
    target: str
    text: str
    person: str
    made: dt.datetime


@dataclass(frozen=True, slots=True)
class SavedView:
    """A query that a person kept: ``query`` holds the options of a query by name."""

    name: str
    query: Mapping[str, Any]
    person: str
    made: dt.datetime


class People:
    """The database of one dataset. A context manager that closes its connections. Every method raises WhodidError where
    the database cannot be reached."""

    def __init__(self, url: str) -> None:
        """Raises UsageError for an address that SQLAlchemy does not understand or has no driver for."""
        try:
            self._engine = _engine(url)
        except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
            raise UsageError(
                f"--judgements: {_shown(url)} cannot be used: {error}; write it as postgresql+psycopg://HOST/NAME, and "
                "install the driver (for that: psycopg)"
            ) from error
        self.make_tables(_META)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def make_tables(self, meta: MetaData) -> None:
        """Make the tables that are not there yet."""
        with self.work() as work:
            for table in meta.sorted_tables:  # others may be making the same tables
                work.execute(CreateTable(table, if_not_exists=True))
                for index in sorted(table.indexes, key=lambda i: str(i.name)):
                    work.execute(CreateIndex(index, if_not_exists=True))

    @contextmanager
    def work(self) -> Iterator[Connection]:
        """A connection in a transaction, which is kept at the end."""
        try:
            with self._engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            where = _shown(str(self._engine.url))
            raise WhodidError(f"the database of judgements {where} failed: {str(error).splitlines()[0]}") from error

    # ------------------------------------------------------------ judgements

    def judge(self, one: str, other: str, verdict: str, *, person: str, why: str = "") -> Judgement:
        """Keep a person's judgement of two claims: whether they tell of one event. Fusion holds to it.

        Raises UsageError where the claims are one and the same, or the verdict or name is not allowed.
        """
        if one == other:
            raise UsageError(f"a judgement is of two claims; {one!r} was given twice")
        if verdict not in get_args(Verdict):
            raise UsageError(f"{verdict!r} is no verdict; verdicts: {', '.join(get_args(Verdict))}")
        left, right = sorted((one, other))
        made = dt.datetime.now(dt.UTC)
        given = {"left_claim": left, "right_claim": right, "verdict": verdict, "person": _person(person), "why": why,
                 "made": made}  # fmt: skip
        with self.work() as work:
            if work.dialect.name == "postgresql":  # numbers appear in their order: fusion reads on from the last one
                work.execute(text("LOCK TABLE judgements IN SHARE ROW EXCLUSIVE MODE"))
            row = work.execute(insert(_JUDGEMENTS).values(given).returning(*_JUDGEMENTS.columns)).one()
        return _judgement(row)

    def judgements(self, *, after: int = 0) -> list[tuple[int, Judgement]]:
        """Every judgement with its number, oldest first; ``after`` leaves out those up to a number."""
        with self.work() as work:
            found = work.execute(select(_JUDGEMENTS).where(_JUDGEMENTS.c.id > after).order_by(_JUDGEMENTS.c.id))
            return [(row.id, _judgement(row)) for row in found]

    def judged(self, claims: Iterable[str]) -> list[Judgement]:
        """The last judgement of every pair in which at least one of the claims is."""
        wanted = sorted(set(claims))
        last: dict[tuple[str, str], Row[Any]] = {}
        with self.work() as work:
            for first in range(0, len(wanted), _AT_ONCE):
                some = wanted[first : first + _AT_ONCE]
                either = or_(_JUDGEMENTS.c.left_claim.in_(some), _JUDGEMENTS.c.right_claim.in_(some))
                for row in work.execute(select(_JUDGEMENTS).where(either)):
                    pair = (row.left_claim, row.right_claim)
                    if pair not in last or last[pair].id < row.id:
                        last[pair] = row
        return [_judgement(row) for row in sorted(last.values(), key=lambda row: int(row.id))]

    # ------------------------------------------------------------ notes and saved views

    def note(self, kind: Kind, target: str, words: str, *, person: str) -> Note:
        """Keep a note beside a claim, event or report. Raises UsageError for an empty one and an unknown kind."""
        if kind not in get_args(Kind):
            raise UsageError(f"{kind!r} cannot have notes; allowed: {', '.join(get_args(Kind))}")
        if not words.strip():
            raise UsageError("the note is empty: say something in it")
        note = Note(kind, target, words, _person(person), dt.datetime.now(dt.UTC))
        with self.work() as work:
            work.execute(insert(_NOTES).values(
                kind=kind, target=target, text=words, person=note.person, made=note.made))  # fmt: skip
        return note

    def notes(self, target: str | None = None) -> list[Note]:
        """Every note, or those beside one thing, oldest first."""
        query = select(_NOTES).order_by(_NOTES.c.id)
        with self.work() as work:
            found = work.execute(query if target is None else query.where(_NOTES.c.target == target))
            return [Note(row.kind, row.target, row.text, row.person, _utc(row.made)) for row in found]

    def save_view(self, name: str, query: Mapping[str, Any], *, person: str) -> SavedView:
        """Keep a query under a name; the last one of a name counts. Raises UsageError for an empty name."""
        if not name.strip():
            raise UsageError("a saved view needs a name")
        view = SavedView(name, dict(query), _person(person), dt.datetime.now(dt.UTC))
        with self.work() as work:
            work.execute(insert(_VIEWS).values(
                name=name, query=json.dumps(view.query), person=view.person, made=view.made))  # fmt: skip
        return view

    def views(self) -> list[SavedView]:
        """The last saved view of each name, by name."""
        with self.work() as work:
            rows = work.execute(select(_VIEWS).order_by(_VIEWS.c.id))
            last = {r.name: SavedView(r.name, json.loads(r.query), r.person, _utc(r.made)) for r in rows}
        return [last[name] for name in sorted(last)]


def open_people(folder: Path, url: str | None = None) -> People:
    """The database of a dataset: that at ``url``, else the one that :func:`keep_url` was told, else SQLite in it."""
    setting = folder / SETTING
    if url is None and setting.is_file():
        url = str(json.loads(setting.read_text(encoding="utf-8"))["url"])
    return People(url or f"sqlite:///{(folder / FILE).absolute()}")


def keep_url(folder: Path, url: str) -> None:
    """Have a dataset use the database at ``url``. Raises UsageError for one with a password, which would then stand in
    a file that is copied about."""
    try:
        password = make_url(url).password
    except ArgumentError as error:
        raise UsageError(f"--judgements: {_shown(url)} is no address: {error}") from error
    if password:
        raise UsageError(
            "--judgements: leave the password out of the address, as it would be written into the dataset; "
            "PGPASSWORD or a .pgpass file gives it to PostgreSQL"
        )
    new = folder / f"{SETTING}.new"
    new.write_text(json.dumps({"url": url}) + "\n", encoding="utf-8")
    new.replace(folder / SETTING)


def _engine(url: str) -> Engine:
    engine = create_engine(url, connect_args={"timeout": _WAIT_S} if url.startswith("sqlite") else {})
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _: object) -> None:
    connection.execute("PRAGMA journal_mode = WAL")  # readers do not wait for a writer
    connection.execute("PRAGMA synchronous = FULL")  # what was acknowledged stays, whatever happens to the machine


def _shown(url: str) -> str:
    return re.sub(r"://([^:@/]*):[^@/]*@", r"://\1:…@", url)


def _person(name: str) -> str:
    plain = name.removeprefix("person:").strip()
    if not plain:
        raise UsageError("a judgement or note needs the name of a person")
    return plain


def _utc(moment: dt.datetime) -> dt.datetime:
    return (
        moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    )  # SQLite keeps no time zone; all were given in UTC


def _judgement(row: Row[Any]) -> Judgement:
    reasons: Sequence[str] = (row.why,) if row.why else ()
    return Judgement(
        left=row.left_claim,
        right=row.right_claim,
        verdict=row.verdict,
        score={"same": 1.0, "different": 0.0}.get(row.verdict, 0.5),
        by=f"person:{row.person}",
        why=tuple(reasons),
        made=_utc(row.made),
    )
