"""One version of a dataset in memory: the views that pages ask for are DuckDB tables there, in the order of the days,
so that a row has a number and a question takes milliseconds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from whodid.dataset import Dataset, tables
from whodid.dataset.conditions import View
from whodid.dataset.heads import Head, find_head
from whodid.dataset.reader import check_schema
from whodid.dataset.store import Store
from whodid.dataset.views import RAW, make_views
from whodid.web.rows import Kept, Rows
from whodid.web.search import WordIndex, Words

if TYPE_CHECKING:
    import duckdb

HELD = "held_"
"""Before the name of a view: the table in memory with its rows, without the long texts that stay on the disk."""

_ORDERS: Mapping[str, str] = MappingProxyType(
    {
        "events": "first_day NULLS LAST, last_day NULLS LAST, id",
        "claims": "first_day NULLS LAST, last_day NULLS LAST, report_id, id",
        "reports": "published DESC NULLS LAST, id",
        "links": "event_id, kind, to_id",
        "groups": "report_id",
        "redirects": "old_id",
    }
)
"""View that is held → the order of its rows."""

_NAMES = f"""CREATE TABLE {HELD}names AS
SELECT kind, label, strip_accents(lower(label)) AS folded, count(*)::INTEGER AS number FROM (
  SELECT 'actor' AS kind, unnest(list_distinct(actors || recipients)) AS label FROM {HELD}events
  UNION ALL SELECT 'place', place FROM {HELD}events
) WHERE label <> '' GROUP BY ALL"""
"""The names in the events, with the number of events that have each."""

_LONG = frozenset({"record", "machine", "text"})


_ANSWERS = 200
"""Answers that are kept for as long as the version is read."""


class Snapshot(Dataset):
    """A dataset at one version, held in memory. What :class:`Dataset` does it does as well, and from several threads.

    The texts of reports and the whole records stay on the disk, and are read where they are asked for. The tables
    ``held_events``, ``held_claims`` and ``held_reports`` have everything else; their ``rowid`` is the place of a row.
    """

    def __init__(self, path: Path, head: Head, store: Store, index: WordIndex) -> None:
        super().__init__(path, head, store)
        self._database = self._loaded()
        self.rows: Mapping[View, Rows] = MappingProxyType({view: Rows(self, view) for view in ("events", "claims")})
        self.words = Words(self, index)
        self.kept = Kept[Any](_ANSWERS, lambda _: 1)

    @property
    def name(self) -> str:
        """The folder's own name: where it lies is nobody's business who reads it from afar."""
        return self.path.resolve().name

    def values_of(self, view: str) -> str:
        """The table in memory."""
        return HELD + view

    def connect(self) -> duckdb.DuckDBPyConnection:
        """A connection to what is held in memory. The caller closes it."""
        return self._database.cursor()

    @cached_property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        return self._database

    def _loaded(self) -> duckdb.DuckDBPyConnection:
        import duckdb

        made = duckdb.connect(config={"threads": 1})  # loading leaves the other cores to the requests
        made.execute("SET GLOBAL TimeZone = 'UTC'")
        make_views(made, {name: self.files(name) for name in tables()})
        for view, order in _ORDERS.items():
            long = [name for name in tables()[view].names if name in _LONG] if view in tables() else []
            short = f"* EXCLUDE ({', '.join(long)})" if long else "*"
            made.execute(f"CREATE TABLE {HELD}{view} AS SELECT {short} FROM {view} ORDER BY {order}")
            # views that were made over this one look it up by its name, and find the new one
            made.execute(f"CREATE OR REPLACE VIEW {view} AS {_whole(view, long)}")
        made.execute(_NAMES)
        made.execute("RESET threads")
        return made


def _whole(view: str, long: Sequence[str]) -> str:
    """A view with what is held of it and, where they are asked for, its long texts: DuckDB reads no column that is not
    asked for, and looks only for the rows that are."""
    if not long:
        return f"SELECT * FROM {HELD}{view}"
    columns = ", ".join(f"r.{name}" for name in long)
    return f"SELECT h.*, {columns} FROM {HELD}{view} h LEFT JOIN {RAW}{view} r ON r.id = h.id AND r.since = h.since"


def open_snapshot(folder: Path, index: WordIndex | None = None, store: Store | None = None) -> Snapshot:
    """The newest version of a dataset in memory. index, store: of an earlier version, whose knowledge is used again.

    Raises UsageError where there is no dataset, or another version of Whodid made it.
    """
    head = find_head(folder)
    check_schema(folder, head)
    return Snapshot(folder, head, store or Store(folder), index or WordIndex())
