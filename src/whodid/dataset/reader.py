"""One version of a dataset, to be read: as SQL views, Arrow tables or records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whodid.dataset import rows
from whodid.dataset.heads import Head, find_head, read_head, versions
from whodid.dataset.schema import schema_version, tables
from whodid.dataset.store import Store
from whodid.dataset.texts import Texts
from whodid.dataset.views import RAW, make_views
from whodid.errors import UsageError, WhodidError
from whodid.records import Claim, Event, Rejection, Report

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

_ROWS_AT_ONCE = 2_048
_ROWS_STREAMED = 65_536
_AMBIGUOUS = 8


class Dataset:
    """A dataset at one version. What others write later is not seen; open it again for that.

    Views (for :meth:`connect`, :meth:`query`, :meth:`table`): reports, claims, events, statements, links, rejections,
    runs, judgements, corrections, redirects, groups, retired. Columns: docs/dataset.md.
    """

    def __init__(self, path: Path, head: Head, store: Store | None = None) -> None:
        self.path = path
        self.head = head
        self.store = store or Store(path)

    @property
    def version(self) -> int:
        """The version that is read, from 1."""
        return self.head.version

    @property
    def name(self) -> str:
        """What messages call it: its folder, as it was given."""
        return str(self.path)

    @cached_property
    def texts(self) -> Texts:
        """Long texts of single rows, beside the tables."""
        return Texts(self.path)

    def values_of(self, view: str) -> str:
        """The relation in which the values of a view's columns are looked up: its table, which may have a few more rows
        than the view and is read quicker."""
        return RAW + view

    def files(self, name: str) -> list[str]:
        """The Parquet files of a table at this version."""
        return self.store.files(name, self.head.tables[name])

    # ------------------------------------------------------------ SQL and Arrow

    def connect(self) -> duckdb.DuckDBPyConnection:
        """A new DuckDB connection in memory with the views of this version. The caller closes it."""
        import duckdb

        connection = duckdb.connect()
        connection.execute("SET TimeZone = 'UTC'")
        make_views(connection, {name: self.files(name) for name in tables()})
        return connection

    @cached_property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        return self.connect()

    def query(self, sql: str, parameters: Sequence[object] | Mapping[str, object] = (), **given: pa.Table) -> pa.Table:
        """The result of a query over the views as an Arrow table. For SQL of our own: nothing is sandboxed.

        given: more tables, by the names that the query calls them.
        """
        cursor = self._connection.cursor()
        for name, table in given.items():
            cursor.register(name, table)
        return cursor.sql(sql, params=parameters or None).to_arrow_table()

    def batches(self, sql: str, parameters: Sequence[object] = ()) -> Iterator[list[dict[str, Any]]]:
        """The same as lists of rows, some thousand at a time."""
        found = self._connection.cursor().sql(sql, params=parameters or None)
        for batch in found.to_arrow_reader(_ROWS_AT_ONCE):
            yield batch.to_pylist()

    def stream(self, sql: str) -> pa.RecordBatchReader:
        """The result of a query as Arrow batches, for what does not fit into memory."""
        return self._connection.cursor().sql(sql).to_arrow_reader(_ROWS_STREAMED)

    def table(self, name: str) -> pa.Table:
        """A whole view as an Arrow table."""
        return self.query(f"SELECT * FROM {name}")

    # ------------------------------------------------------------ records

    def reports(self, where: str = "true", parameters: Sequence[object] = ()) -> Iterator[Report]:
        """Reports by an SQL condition over the view ``reports``, by day of publication and id."""
        return map(rows.report_of, self._rows("reports", "*", where, "published, id", parameters))

    def claims(self, where: str = "true", parameters: Sequence[object] = ()) -> Iterator[Claim]:
        """Claims by an SQL condition over the view ``claims``, by day, report and id; each with its present event."""
        order = "first_day, report_id, id"
        return map(rows.claim_of, self._rows("claims", "record, event_id", where, order, parameters))

    def events(self, where: str = "true", parameters: Sequence[object] = ()) -> Iterator[Event]:
        """Events by an SQL condition over the view ``events``, by day and id."""
        return map(rows.event_of, self._rows("events", "record", where, "first_day, id", parameters))

    def rejections(self, where: str = "true", parameters: Sequence[object] = ()) -> Iterator[Rejection]:
        """Rejections by an SQL condition over the view ``rejections``, in the order in which they came."""
        return map(rows.rejection_of, self._rows("rejections", "*", where, "since, source, id", parameters))

    def _rows(
        self, view: str, columns: str, where: str, order: str, given: Sequence[object]
    ) -> Iterator[dict[str, Any]]:
        for batch in self.batches(f"SELECT {columns} FROM {view} WHERE {where} ORDER BY {order}", given):
            yield from batch

    def report(self, wanted: str) -> Report:
        """The report with this id, or the only one whose id starts so. Raises UsageError."""
        return next(self.reports("id = ?", [self._full_id("reports", wanted)]))

    def claim(self, wanted: str) -> Claim:
        """The claim with this id, or the only one whose id starts so. Raises UsageError."""
        return next(self.claims("id = ?", [self._full_id("claims", wanted)]))

    def coded_claim(self, wanted: str) -> Claim:
        """The same as the coder made it, whatever people say of it; also one that they rejected. Raises UsageError."""
        sql = "SELECT record FROM coded_claims WHERE id = ?"
        found = self.query(sql, [self._full_id("coded_claims", wanted)])["record"].to_pylist()
        return Claim.model_validate_json(found[0])

    def event(self, wanted: str) -> Event:
        """The event with this id, or the only one whose id starts so; an id that was given before leads to the event
        that it became part of. Raises UsageError."""
        return next(self.events("id = ?", [self._full_id("events", self.event_id(wanted))]))

    def event_id(self, old: str) -> str:
        """The id that an event's id leads to now; itself where it leads nowhere else."""
        there = self.query("SELECT 1 FROM events WHERE id = ?", [old])
        if there.num_rows:
            return old
        found = self.query("SELECT new_id FROM redirects WHERE old_id = ?", [old])["new_id"].to_pylist()
        return str(found[0]) if found else old

    def _full_id(self, view: str, wanted: str) -> str:
        sql = f"SELECT id FROM {view} WHERE starts_with(id, ?) ORDER BY id = ? DESC, id LIMIT {_AMBIGUOUS}"
        found: list[str] = self.query(sql, [wanted, wanted])["id"].to_pylist() if wanted else []
        if found and (found[0] == wanted or len(found) == 1):
            return found[0]
        what = view.removeprefix("coded_").removesuffix("s")
        if found:
            raise UsageError(f"several {what}s start with {wanted!r}: {', '.join(found)}; give more of the id")
        some: list[str] = self.query(f"SELECT id FROM {view} LIMIT 10000")["id"].to_pylist()
        short = list(dict.fromkeys(i[: max(len(wanted), 4)] for i in some))
        near = get_close_matches(wanted, short, n=5, cutoff=0.4) or short[:5]
        known = f"near ones: {', '.join(near)}" if near else f"there is no {what} in it yet"
        raise UsageError(f"{self.name} has no {what} {wanted!r}; {known}")

    # ------------------------------------------------------------ versions

    def history(self) -> Iterator[Head]:
        """The heads of every version up to this one whose files are still there, newest first."""
        for version in reversed(versions(self.path)):
            if self.head.oldest <= version <= self.version:
                yield read_head(self.path, version)


def open_dataset(path: str | Path, *, as_of: int | dt.datetime | dt.date | None = None) -> Dataset:
    """The dataset in a folder, as it is now or as it was: at a version, or at a moment (a day: at its end, UTC).

    Raises UsageError where there is none or no such version, and where another version of Whodid made it.
    """
    folder = Path(path)
    head = find_head(folder, as_of)
    check_schema(folder, head)
    return Dataset(folder, head)


def check_schema(folder: Path, head: Head) -> None:
    """Raises UsageError where this program cannot read the tables of ``head``, and says what to do."""
    ours = schema_version()
    if head.schema_version > ours:
        raise UsageError(
            f"{folder} has schema {head.schema_version}, and this program knows schemas up to {ours}: "
            "read it with a newer version of Whodid"
        )
    if head.schema_version < ours:
        raise UsageError(
            f"{folder} has schema {head.schema_version}, and this program reads schema {ours}: "
            f"run `whodid migrate {folder}`"
        )
    if missing := [name for name in tables() if name not in head.tables]:
        raise WhodidError(
            f"version {head.version} of {folder} names no table {', '.join(missing)}: its head is damaged"
        )
