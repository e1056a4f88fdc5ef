"""Writing: under one lock, many tables in one change."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from whodid.dataset.heads import FOLDER, Head, find_head, versions, write_head
from whodid.dataset.reader import Dataset, check_schema
from whodid.dataset.rows import Row
from whodid.dataset.schema import schema_version, tables
from whodid.dataset.store import Store, arrow_table
from whodid.dataset.texts import TEXTS
from whodid.errors import UsageError, WhodidError

if TYPE_CHECKING:
    import pyarrow as pa

LOCK = "lock"
_PATIENCE = 600.0


@contextmanager
def locked(folder: Path, patience: float = _PATIENCE) -> Iterator[None]:
    """Hold the lock of a dataset; a process that dies lets go of it. Raises WhodidError after ``patience`` seconds."""
    lock = FileLock(folder / LOCK, timeout=patience)
    try:
        lock.acquire()
    except Timeout as error:
        raise WhodidError(
            f"another program has been writing to {folder} for {patience:.0f} s; try again later"
        ) from error
    try:
        yield
    finally:
        lock.release()


def recover(store: Store, head: Head) -> dict[str, int]:
    """Put back the tables in which a killed writer left rows that no head names; table → its Delta version."""
    return {name: store.put_back(name, v) if store.goes_on(name, v) else v for name, v in head.tables.items()}


class Run:
    """What is told of a run in the table ``runs``. settings: what would be needed to do it again."""

    def __init__(self, verb: str, *, coder: str | None = None, settings: Mapping[str, object] | None = None) -> None:
        self.started = dt.datetime.now(dt.UTC)
        self.id = f"{self.started:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
        self.verb = verb
        self.coder = coder
        self.settings = dict(settings or {})
        self.counts = {"reports": 0, "claims": 0, "rejections": 0}

    def row(self, state: str) -> Row:
        """Its row as of now. state: going or done."""
        return {"id": self.id, "verb": self.verb, "state": state, "started": self.started,
                "at": dt.datetime.now(dt.UTC), "coder": self.coder, "settings": json.dumps(self.settings, default=str),
                **self.counts}  # fmt: skip


class Writer:
    """A change to a dataset while its lock is held: rows are collected, and :meth:`commit` makes them a version.

    ``dataset`` is what is there before the change. Nothing of a change that was not committed is ever seen.
    """

    def __init__(self, folder: Path, head: Head, run: Run, store: Store | None = None) -> None:
        self.run = run
        self.store = store or Store(folder)
        self.dataset = Dataset(folder, head, self.store)
        self.marks = dict(head.marks)
        self.fusion = head.fusion
        self._rows: dict[str, list[Row]] = defaultdict(list)
        self._there = recover(self.store, head)

    @property
    def version(self) -> int:
        """The version that :meth:`commit` will make."""
        return self.dataset.version + 1

    def add(self, name: str, rows: Iterable[Row]) -> None:
        """Rows for a table, without ``since``."""
        self._rows[name] += rows

    def retire(
        self, kind: str, ids: Iterable[str], reason: str, *, by: str | None = None, note: str | None = None,
        new_too: bool = False,
    ) -> None:  # fmt: skip
        """Rows about these ids that are there no longer count; ``new_too``: nor do those of this change."""
        before = self.version + (1 if new_too else 0)
        self.add("retired", ({"kind": kind, "id": i, "before": before, "reason": reason, "by": by, "note": note}
                             for i in ids))  # fmt: skip

    def replaced(self, name: str, version: int) -> None:
        """Take ``version`` for that of a table which was rewritten (compaction, migration)."""
        self._there[name] = version

    def commit(self, *, note: str = "", done: bool = True, oldest: int | None = None) -> Dataset:
        """Make the change a version, and go on from it. done: the run ends with it."""
        self.add("runs", [self.run.row("done" if done else "going")])
        for name in tables():
            if parts := self._parts(name):
                self._there[name] = self.store.append(name, parts)
        for name, (id, text) in TEXTS.items():
            if rows := self._rows.get(name):
                self.dataset.texts.keep(name, ((row[id], self.version, row[text]) for row in rows))
        before = self.dataset.head
        head = Head(
            version=self.version, schema_version=schema_version(), made=self._now(before), verb=self.run.verb,
            run=self.run.id, note=note, tables=self._there, marks=self.marks, fusion=self.fusion,
            oldest=oldest or before.oldest,
        )  # fmt: skip
        write_head(self.dataset.path, head)
        self._rows.clear()
        self.dataset = Dataset(self.dataset.path, head, self.store)
        return self.dataset

    def _parts(self, name: str) -> pa.Table | None:
        rows = self._rows.get(name)
        return arrow_table(name, rows, self.version) if rows else None

    @staticmethod
    def _now(before: Head) -> dt.datetime:
        """The present moment, or just after the version before where a clock went back: times rise with versions."""
        return max(dt.datetime.now(dt.UTC), before.made + dt.timedelta(microseconds=1))


@contextmanager
def writing(path: str | Path, run: Run, *, patience: float = _PATIENCE, store: Store | None = None) -> Iterator[Writer]:
    """A writer for the dataset in a folder, with its lock. Raises UsageError where there is none or its schema is
    another, WhodidError where somebody else writes for longer than ``patience`` seconds. store: of a dataset that was
    opened before, whose knowledge of files is used again."""
    folder = Path(path)
    find_head(folder)  # a folder without a dataset gets no lock file
    with locked(folder, patience):
        head = find_head(folder)
        check_schema(folder, head)
        yield Writer(folder, head, run, store)


def init_dataset(path: str | Path, *, settings: Mapping[str, object] | None = None) -> Dataset:
    """Make an empty dataset in a folder that does not exist or is empty; what a killed call began is finished.

    Raises UsageError where there is a dataset or anything else.
    """
    folder = Path(path)
    _check_free(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder):
        _check_free(folder)
        store, run = Store(folder), Run("init", settings=settings)
        there = {name: store.create(table) for name, table in tables().items()}
        there["runs"] = store.put_back("runs", 0)
        there["runs"] = store.append("runs", arrow_table("runs", [run.row("done")], 1))
        (folder / FOLDER).mkdir(exist_ok=True)
        made = dt.datetime.now(dt.UTC)
        head = Head(version=1, schema_version=schema_version(), made=made, verb="init", run=run.id, tables=there)
        write_head(folder, head)
    return Dataset(folder, head)


_BEGUN = frozenset({"tables", LOCK, FOLDER})


def _check_free(folder: Path) -> None:
    if versions(folder):
        raise UsageError(f"{folder} has a dataset already: add to it with `whodid add {folder} PATH`")
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file; name a folder for the dataset")
    if folder.is_dir() and (others := sorted({p.name for p in folder.iterdir()} - _BEGUN)):
        some: Sequence[Any] = others[:3]
        raise UsageError(f"{folder} is not empty ({', '.join(some)}, …): name a folder of its own for the dataset")
