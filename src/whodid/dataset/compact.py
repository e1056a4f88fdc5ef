"""Keeping a dataset small and quick: few files, no rows that later ones made needless, no files of cleared versions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from whodid.dataset.heads import head_path, read_head, versions
from whodid.dataset.reader import Dataset
from whodid.dataset.schema import tables
from whodid.dataset.store import Store, added
from whodid.dataset.writer import Run, Writer, locked, writing

_EVERY = 32
"""Versions after which files are made few in passing."""

KEPT_DAYS = 7.0
"""How long versions can be read after a newer one came, unless told otherwise."""

_FOLDS = {
    "events": "SELECT * FROM events",
    "retired": "SELECT * FROM raw_retired WHERE kind <> 'event'",
    "members": "SELECT * FROM raw_members QUALIFY row_number() OVER (PARTITION BY claim_id ORDER BY since DESC) = 1",
    "runs": "SELECT * FROM runs",
    "blocks": "SELECT DISTINCT ON (b.key, b.claim_id) b.* FROM raw_blocks b SEMI JOIN features USING (claim_id)",
    "features": "SELECT * FROM features",
}
"""Tables in which later rows make earlier ones needless, and the rows that are needed."""


@dataclass(frozen=True, slots=True)
class Compacted:
    """What compaction did. files: number before and after; cleared: versions that cannot be read any longer; bytes:
    of the files that were deleted."""

    version: int
    files: tuple[int, int]
    cleared: int
    bytes: int


def compact(path: str | Path, *, keep_days: float = KEPT_DAYS) -> Compacted:
    """Rewrite what has grown untidy, and clear the versions that were the newest more than ``keep_days`` ago.

    Readers of a version that is cleared fail from then on; those of later ones see no difference. Raises UsageError
    where there is no dataset.
    """
    folder = Path(path)
    with writing(folder, Run("compact", settings={"keep_days": keep_days})) as writer:
        before = _count(writer.store, writer.dataset.head.tables)
        fold(writer)
        for name in tables():
            writer.replaced(name, writer.store.merge_files(name))
        data = writer.commit(oldest=_oldest(folder, keep_days))
        after = _count(writer.store, data.head.tables)
        data.texts.prune(data)
    cleared, freed = clear(folder)
    return Compacted(data.version, (before, after), cleared, freed)


def fold(writer: Writer, names: Iterable[str] = tuple(_FOLDS)) -> None:
    """Rewrite tables without the rows that later ones made needless. What the views show stays the same."""
    data = writer.dataset
    for name in names:
        if _rows(data, f"({_FOLDS[name]})") < _rows(data, f"raw_{name}"):
            rows = data.stream(_FOLDS[name]).cast(tables()[name].arrow())
            writer.replaced(name, writer.store.replace(name, rows))


def tidy(writer: Writer) -> None:
    """Now and then, as a change begins: make small files few, and fold the events where half of their rows are old.

    Each row is rewritten about as often as the logarithm of the number of rows says, however long the dataset grows.
    """
    if writer.version % _EVERY:
        return
    data = writer.dataset
    if _rows(data, "raw_events") > 2 * _rows(data, "events"):
        fold(writer, ("events", "retired", "members"))
    for name in tables():
        writer.replaced(name, writer.store.merge_files(name))


def _rows(data: Dataset, source: str) -> int:
    return int(data.query(f"SELECT count(*) AS n FROM {source}")["n"][0].as_py())


def _count(store: Store, there: Mapping[str, int]) -> int:
    return sum(len(store.files(name, version)) for name, version in there.items())


def _oldest(folder: Path, keep_days: float) -> int:
    """The first version that was still the newest one ``keep_days`` ago, or was made since."""
    since = dt.datetime.now(dt.UTC) - dt.timedelta(days=keep_days)
    there = versions(folder)
    newest = read_head(folder, there[-1])
    kept = newest.version
    for version in reversed(there[:-1]):
        if version < newest.oldest or read_head(folder, kept).made < since:
            break
        kept = version
    return kept


def clear(path: str | Path) -> tuple[int, int]:
    """Delete the heads that are older than the oldest readable version, and the files that only they need.

    Returns the number of versions and of bytes. Made again, it goes on where it was stopped.
    """
    folder = Path(path)
    with locked(folder):
        there = versions(folder)
        head = read_head(folder, there[-1])
        oldest = read_head(folder, head.oldest)
        gone = [v for v in there if v < head.oldest]
        for version in gone:
            head_path(folder, version).unlink()
        store = Store(folder)
        freed = sum(_clear_table(store, name, oldest.tables.get(name, 0)) for name in head.tables)
    return len(gone), freed


def _clear_table(store: Store, name: str, oldest: int) -> int:
    """Delete the Parquet files that no Delta version from ``oldest`` on has: those that were not there then and were
    not added since."""
    root = store.path(name)
    kept = {Path(path).name for path in store.files(name, oldest)}
    for log in sorted((root / "_delta_log").glob("*.json")):
        if log.stem.isdigit() and int(log.stem) > oldest:
            kept |= {Path(name).name for name in added(log)}
    freed = 0
    for path in root.glob("*.parquet"):
        if path.name not in kept:
            freed += path.stat().st_size
            path.unlink()
    return freed
