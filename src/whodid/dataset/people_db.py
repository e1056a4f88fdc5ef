"""The small SQL database of what people add to a dataset: its tables, and how it is reached. SQLite in the dataset's
folder or any other that SQLAlchemy reaches, such as PostgreSQL. Rows are added, never changed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Self

from sqlalchemy import (
    Boolean,
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
    text,
)
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.schema import CreateIndex, CreateTable

from whodid.errors import UsageError, WhodidError

META = MetaData()


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True, autoincrement=True)


def _who() -> tuple[Column[str], Column[dt.datetime]]:
    return Column("person", String(200), nullable=False), Column("made", DateTime(timezone=True), nullable=False)


JUDGEMENTS = Table(
    "judgements",
    META,
    _id(),
    Column("left_claim", String(64), nullable=False, index=True),
    Column("right_claim", String(64), nullable=False, index=True),
    Column("verdict", String(16), nullable=False),
    Column("why", Text, nullable=False),
    *_who(),
)
NOTES = Table(
    "notes",
    META,
    _id(),
    Column("kind", String(16), nullable=False),
    Column("target", String(64), nullable=False, index=True),
    Column("text", Text, nullable=False),
    *_who(),
)
VIEWS = Table(
    "saved_views",
    META,
    _id(),
    Column("name", String(200), nullable=False, index=True),
    Column("query", Text, nullable=False),
    *_who(),
)
CORRECTIONS = Table(
    "corrections",
    META,
    _id(),
    Column("claim", String(64), nullable=False, index=True),
    Column("field", String(16), nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("deciding", Boolean, nullable=False),
    Column("undoes", Integer, nullable=True),
    *_who(),
)
_WAIT_S = 30


class Database:
    """The database of one dataset. A context manager that closes its connections. Every method raises WhodidError where
    the database cannot be reached. Tables that a database from an older version lacks are made when it is opened."""

    def __init__(self, url: str) -> None:
        """Raises UsageError for an address that SQLAlchemy does not understand or has no driver for."""
        try:
            self._engine = _engine(url)
        except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
            raise UsageError(
                f"--judgements: {shown(url)} cannot be used: {error}; write it as postgresql+psycopg://HOST/NAME, and "
                "install the driver (for that: psycopg)"
            ) from error
        self.make_tables(META)

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
            where = shown(str(self._engine.url))
            raise WhodidError(f"the database of judgements {where} failed: {str(error).splitlines()[0]}") from error

    def append(self, table: Table, given: Mapping[str, object]) -> Row[Any]:
        """Add a row; it as it was stored, with its number. Rows appear in the order of their numbers, so that who reads
        on from the last number misses none."""
        with self.work() as work:
            if work.dialect.name == "postgresql":  # SQLite has one writer at a time anyway
                work.execute(text(f"LOCK TABLE {table.name} IN SHARE ROW EXCLUSIVE MODE"))
            return work.execute(insert(table).values(given).returning(*table.columns)).one()


def _engine(url: str) -> Engine:
    engine = create_engine(url, connect_args={"timeout": _WAIT_S} if url.startswith("sqlite") else {})
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _: object) -> None:
    connection.execute("PRAGMA journal_mode = WAL")  # readers do not wait for a writer
    connection.execute("PRAGMA synchronous = FULL")  # what was acknowledged stays, whatever happens to the machine


def shown(url: str) -> str:
    """An address without its password."""
    return re.sub(r"://([^:@/]*):[^@/]*@", r"://\1:…@", url)


def person_name(name: str) -> str:
    """The name of who judges, without spaces around it. Raises UsageError for an empty one."""
    plain = name.removeprefix("person:").strip()
    if not plain:
        raise UsageError("a judgement or note needs the name of a person")
    return plain


def utc(moment: dt.datetime) -> dt.datetime:
    """A moment of the database; SQLite keeps no time zone, and all were given in UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
