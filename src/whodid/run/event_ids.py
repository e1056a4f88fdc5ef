"""Fuses the claims of one call of ``whodid code``: each claim gets the id of its event.

The claims lie in a file and are read twice, a portion at a time; what fusion has to know of them is kept in a temporary
SQLite database, so that memory does not grow with the number of reports.
"""

from __future__ import annotations

import pickle
import sqlite3
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from whodid.export import read_claims
from whodid.export.json_lines import write_json_lines
from whodid.fuse import Changes, Features, Placed, block_keys, features_of, fuse_new
from whodid.records import Claim, Judgement

PORTION = 4000
"""Claims that are fused at once."""

_ASKED = 500
"""Values of one question to the database."""

_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE claims (id TEXT PRIMARY KEY, event TEXT, component TEXT, features BLOB);
CREATE TABLE blocks (key TEXT, id TEXT, PRIMARY KEY (key, id)) WITHOUT ROWID;
CREATE INDEX components ON claims (component);
"""


def fuse_file(claims: Path, target: Path) -> int:
    """Write the claims of a JSON Lines file to another one, in the same order, each with the id of the event that
    it was fused into; the number of events. Raises UsageError for a file that holds no claims, OSError."""
    with (
        tempfile.TemporaryDirectory(prefix="whodid-") as folder,
        closing(sqlite3.connect(Path(folder, "claims.sqlite"), isolation_level=None)) as database,
    ):
        store = _Store(database)
        read = read_claims(claims)
        for portion in _portions(read):
            store.add(portion)
        write_json_lines(store.fused(read_claims(claims)), target)
        return store.events()


def _portions(claims: Iterator[Claim]) -> Iterator[list[Claim]]:
    """Whole reports, as fusion puts together what a report tells before it compares it with others."""
    portion: list[Claim] = []
    for _, of_report in groupby(claims, key=lambda claim: claim.report.id):
        portion += of_report
        if len(portion) >= PORTION:
            yield portion
            portion = []
    if portion:
        yield portion


class _Store:
    """What was fused before, as :class:`whodid.fuse.Lookup` asks for it. Nobody has judged these claims."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        database.executescript(_SCHEMA)

    def sharing(self, keys: Collection[str]) -> Iterable[Features]:
        ids = {id for (id,) in self._ask("SELECT DISTINCT id FROM blocks WHERE key IN ({})", keys)}
        return self._features("id", ids)

    def within(self, components: Collection[str]) -> Iterable[Features]:
        return self._features("component", components)

    def placed(self, claims: Collection[str]) -> Iterable[Placed]:
        return [Placed(*row) for row in self._ask("SELECT id, event, component FROM claims WHERE id IN ({})", claims)]

    def judged(self, claims: Collection[str]) -> Iterable[Judgement]:
        return []

    def _features(self, column: str, values: Collection[str]) -> list[Features]:
        rows = self._ask(f"SELECT features FROM claims WHERE {column} IN ({{}})", values)
        return [pickle.loads(data) for (data,) in rows]

    def _ask(self, question: str, values: Collection[str]) -> Iterator[tuple[Any, ...]]:
        stream = iter(values)
        while some := list(islice(stream, _ASKED)):
            yield from self._database.execute(question.format(", ".join("?" * len(some))), some)

    def add(self, claims: Iterable[Claim]) -> None:
        """Fuse claims with those that are there."""
        new = {one.claim: one for one in features_of(claims)}
        changes = fuse_new(new.values(), self)
        self._database.execute("BEGIN")
        self._keep(new, changes)
        self._database.execute("COMMIT")

    def _keep(self, new: dict[str, Features], changes: Changes) -> None:
        many: Callable[[str, Iterable[tuple[object, ...]]], object] = self._database.executemany
        rows = ((p.claim, p.event, p.component, pickle.dumps(new[p.claim])) for p in changes.placed if p.claim in new)
        many("INSERT OR IGNORE INTO claims VALUES (?, ?, ?, ?)", rows)
        many("UPDATE claims SET event = ?, component = ? WHERE id = ?", (
            (p.event, p.component, p.claim) for p in changes.placed if p.claim not in new
        ))  # fmt: skip
        many("INSERT OR IGNORE INTO blocks VALUES (?, ?)", ((k, id) for id, f in new.items() for k in block_keys(f)))

    def fused(self, claims: Iterator[Claim]) -> Iterator[Claim]:
        """The claims, each with its event."""
        while portion := list(islice(claims, PORTION)):
            event = {p.claim: p.event for p in self.placed([c.id for c in portion])}
            yield from (claim.model_copy(update={"event": event[claim.id]}) for claim in portion)

    def events(self) -> int:
        """Number of events."""
        return int(self._database.execute("SELECT count(DISTINCT event) FROM claims").fetchone()[0])
