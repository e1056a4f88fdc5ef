"""Long texts of single rows, found without reading a table.

What is asked for a few thousand rows of a table of millions, all over it, costs Parquet a reading of the whole column.
Of the columns of :data:`TEXTS` each text is therefore kept once more, in ``texts.sqlite`` beside the tables, under the
id of its row and the version that wrote it, which together never mean another text. The file is a convenience: what it
lacks is read from the tables, and it may be deleted at any time.
"""

from __future__ import annotations

import logging
import re
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from itertools import chain, islice
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from whodid.dataset.reader import Dataset

_log = logging.getLogger(__name__)

NAME = "texts.sqlite"

TEXTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"claims": ("id", "record"), "features": ("claim_id", "features")}
)
"""Table → the column with the id of a row, and the column with the text."""

Key = tuple[str, int]
"""Id of a row, and the version that wrote it."""

_VALUES = re.compile(r'"(?:[^"\\]|\\.)*"(?!\s*:)')
_PATIENCE = 30.0
_CACHE_KIB = 65_536


class Texts:
    """The file of one dataset's folder. Where it cannot be read or written, nothing is found and nothing kept."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME

    def of(self, table: str, keys: Iterable[Key]) -> dict[Key, str]:
        """The texts of these rows, of those that are there."""
        found: dict[Key, str] = {}
        if not self._path.is_file():
            return found
        with self._excused(), closing(self._open()) as database:
            like = _shape_of(database, table)
            for key in sorted(keys):  # in the order of their index, which is read once then
                row = database.execute(f"SELECT text FROM {table} WHERE id = ? AND since = ?", key).fetchone()
                if row:
                    found[key] = zlib.decompressobj(zdict=like).decompress(row[0]).decode()
        return found

    def keep(self, table: str, texts: Iterable[tuple[str, int, str]]) -> None:
        """Keep texts of rows: id, version, text."""
        stream = iter(texts)
        for first in islice(stream, 1):
            with self._excused(), closing(self._open()) as database, database:
                database.execute("INSERT OR IGNORE INTO shapes VALUES (?, ?)", (table, _shape(first[2])))
                like = _shape_of(database, table)
                rows = ((id, since, _packed(text, like)) for id, since, text in chain([first], stream))
                database.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?)", rows)

    def fill(self, data: Dataset) -> None:
        """Keep the texts of all rows that count in the dataset."""
        for table, (id, text) in TEXTS.items():
            rows = data.batches(f"SELECT {id} AS id, since, {text} AS text FROM {table}")
            self.keep(table, ((row["id"], row["since"], row["text"]) for batch in rows for row in batch))

    def prune(self, data: Dataset) -> None:
        """Forget the texts of all rows that do not count in the dataset."""
        if not self._path.is_file():
            return
        with self._excused(), closing(self._open()) as database:
            for table, (id, _) in TEXTS.items():
                with database:
                    database.execute("CREATE TEMP TABLE kept (id TEXT, since INTEGER, UNIQUE (id, since))")
                    for batch in data.batches(f"SELECT {id} AS id, since FROM {table}"):
                        database.executemany("INSERT OR IGNORE INTO kept VALUES (:id, :since)", batch)
                    database.execute(f"DELETE FROM {table} WHERE (id, since) NOT IN (SELECT id, since FROM kept)")
                    database.execute("DROP TABLE kept")
            database.execute("VACUUM")

    def delete(self) -> None:
        """Take the file away."""
        for end in ("", "-journal"):
            self._path.with_name(NAME + end).unlink(missing_ok=True)

    def _open(self) -> sqlite3.Connection:
        database = sqlite3.connect(self._path, timeout=_PATIENCE)
        database.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")  # ids are in no order: their index has to fit
        database.execute("CREATE TABLE IF NOT EXISTS shapes (of TEXT PRIMARY KEY, text BLOB)")
        for table in TEXTS:
            database.execute(
                f"CREATE TABLE IF NOT EXISTS {table} (id TEXT, since INTEGER, text BLOB, UNIQUE (id, since))"
            )
        return database

    @contextmanager
    def _excused(self) -> Iterator[None]:
        """A file that is damaged goes; one that is in use or may not be written is left."""
        try:
            yield
        except (sqlite3.OperationalError, OSError) as error:
            _log.info("%s is not used: %s", self._path, error)
        except (sqlite3.DatabaseError, zlib.error, UnicodeDecodeError) as error:
            _log.warning("%s is damaged (%s) and is made anew", self._path, error)
            with suppress(OSError):
                self.delete()


def _shape_of(database: sqlite3.Connection, table: str) -> bytes:
    row = database.execute("SELECT text FROM shapes WHERE of = ?", (table,)).fetchone()
    return bytes(row[0]) if row else b""


def _shape(text: str) -> bytes:
    """A JSON text without its values: what all of a table share, so that each need only say what is its own."""
    return _VALUES.sub('""', text).encode()


def _packed(text: str, like: bytes) -> bytes:
    packer = zlib.compressobj(zdict=like)
    return packer.compress(text.encode()) + packer.flush()
