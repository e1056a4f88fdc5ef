"""One version of a dataset in memory: the views that pages ask for are DuckDB tables there, in the order of the days,
so that a row has a number and a question takes milliseconds."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from whodid.dataset import Dataset, tables
from whodid.dataset.conditions import View
from whodid.dataset.heads import Head, find_head
from whodid.dataset.reader import check_schema
from whodid.dataset.store import Store
from whodid.dataset.views import make_views
from whodid.web.rows import Kept, Rows
from whodid.web.search import WordIndex, Words

if TYPE_CHECKING:
    import duckdb

_HELD: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "events": ("*", "first_day NULLS LAST, last_day, id"),
        "claims": ("*", "first_day NULLS LAST, last_day, report_id, id"),
        "reports": ("* EXCLUDE text", "published DESC NULLS LAST, id"),
        "links": ("*", "event_id, kind, to_id"),
        "groups": ("*", "report_id"),
        "redirects": ("*", "old_id"),
    }
)
"""View → the columns that are held in memory, and the order of its rows there."""


_ANSWERS = 500


class Snapshot(Dataset):
    """A dataset at one version, held in memory. What :class:`Dataset` does it does as well, and from several threads.

    The texts of reports stay on the disk: ``reports`` reads them when they are asked for, ``report_lines`` is held and
    has all other columns.
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
        """The view itself, which is a table here."""
        return view

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
        for view, (columns, order) in _HELD.items():
            made.execute(f"CREATE TABLE held AS SELECT {columns} FROM {view} ORDER BY {order}")
            if view == "reports":
                made.execute("ALTER TABLE held RENAME TO report_lines")
                continue
            # views that were made over this one look it up by its name, and find the table
            made.execute(f"DROP VIEW {view}")
            made.execute(f"ALTER TABLE held RENAME TO {view}")
        made.execute("RESET threads")
        return made


def open_snapshot(folder: Path, index: WordIndex | None = None, store: Store | None = None) -> Snapshot:
    """The newest version of a dataset in memory. index, store: of an earlier version, whose knowledge is used again.

    Raises UsageError where there is no dataset, or another version of Whodid made it.
    """
    head = find_head(folder)
    check_schema(folder, head)
    return Snapshot(folder, head, store or Store(folder), index or WordIndex())
