"""What a state finds at one version of a dataset, a page at a time."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from whodid.dataset import tables
from whodid.dataset.conditions import View
from whodid.dataset.query import Query
from whodid.errors import UsageError
from whodid.web.filters import Asked
from whodid.web.rows import Mask, Numbers, Rows
from whodid.web.snapshot import Snapshot

if TYPE_CHECKING:
    import pyarrow as pa

_HIDDEN = frozenset({"digest", "machine", "record", "since"})

_LATE = "coalesce({0}, DATE '9999-12-31')"
_DAY = _LATE.format("first_day")
_KEYS: dict[str, dict[str, tuple[str, ...]]] = {
    "events": {
        "day": (_DAY, _LATE.format("last_day"), "id"),
        "reports": ("-independent", _DAY, _LATE.format("last_day"), "id"),
        "score": ("-score", _DAY, _LATE.format("last_day"), "id"),
    },
    "claims": {
        "day": (_DAY, _LATE.format("last_day"), "report_id", "id"),
        "reports": (
            "-coalesce((SELECT e.independent FROM held_events e WHERE e.id = claims.event_id), 1)",
            _DAY, _LATE.format("last_day"), "report_id", "id",
        ),
        "score": ("-score", _DAY, _LATE.format("last_day"), "report_id", "id"),
    },
}  # fmt: skip
"""View → order → what tells where a row stands: the same order as that of :class:`whodid.web.rows.Rows`."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the rows that were found. first: number of its first row, from 1; 0 where there is none. next, previous:
    cursors of the pages beside it; None at an end."""

    rows: Numbers
    first: int
    next: str | None
    previous: str | None


class Chosen:
    """What a state finds. Raises UsageError for a value that does not exist."""

    def __init__(self, data: Snapshot, asked: Asked, view: View) -> None:
        self.data, self.asked, self.view = data, asked, view
        self._words = data.words.mask(view, asked.q) if asked.q else None
        self._rows: Rows = data.rows[view]
        self.mask: Mask = self._rows.fitting(asked.query, self._words)

    @property
    def total(self) -> int:
        """How many there are."""
        return int(self.mask.sum())

    @cached_property
    def rows(self) -> Numbers:
        """Their numbers in the order that was asked for."""
        return self._rows.ordered(self.mask, self.asked.query.order)

    def without(self, *names: str) -> Mask:
        """The rows that would be found if nothing were asked of these conditions."""
        query = self.asked.query
        free = {name: Query.model_fields[name].default for name in names}
        if all(getattr(query, name) == value for name, value in free.items()):
            return self.mask
        return self._rows.fitting(query.model_copy(update=free), self._words)

    def count_with(self, name: str, value: str) -> int:
        """How many there would be if of a condition this were the only value."""
        alone = self._rows.fitting(Query.model_validate({name: (value,)}))
        return int((self.without(name) & alone).sum())

    def ids(self) -> list[str]:
        """Their ids in the order that was asked for."""
        found: list[str] = self.arrow("id")["id"].to_pylist()
        return found

    def arrow(self, *columns: str, rows: Numbers | None = None) -> pa.Table:
        """Flat columns (all where none is named) of what was found, or of some rows, in order. Raises UsageError for a
        column that is not there."""
        there = [name for name in tables()[self.view].names if name not in _HIDDEN]
        for name in columns:
            if name not in there:
                raise UsageError(f"{self.view} have no column {name!r}; columns: {', '.join(there)}")
        return self.select(", ".join(f'v."{name}"' for name in columns or there), rows)

    def select(self, columns: str, rows: Numbers | None = None) -> pa.Table:
        """The same for SQL expressions over a row ``v`` of the view."""
        import pyarrow as pa

        wanted = self.rows if rows is None else rows
        given = pa.table({"row": wanted, "place": np.arange(len(wanted))})
        sql = f"SELECT {columns} FROM held_{self.view} v JOIN given ON v.rowid = given.row ORDER BY given.place"
        return self.data.query(sql, given=given)

    def records(self, rows: Numbers) -> list[dict[str, Any]]:
        """The whole records of some rows as they are stored (``record``, of a claim ``event_id`` too), in order."""
        import pyarrow as pa

        given = pa.table({"row": rows, "place": np.arange(len(rows))})
        columns = "r.record" if self.view == "events" else "r.record, v.event_id"
        sql = f"""SELECT {columns} FROM held_{self.view} v JOIN given ON v.rowid = given.row
            JOIN raw_{self.view} r ON r.id = v.id AND r.since = v.since ORDER BY given.place"""
        found: list[dict[str, Any]] = self.data.query(sql, given=given).to_pylist()
        return found

    def batches(self, size: int = 2_000) -> Iterator[Numbers]:
        """The rows in portions."""
        for start in range(0, len(self.rows), size):
            yield self.rows[start : start + size]

    # ------------------------------------------------------------ pages

    def page(self, size: int, cursor: str | None = None) -> Page:
        """``size`` rows after the place that a cursor names. Raises UsageError for a cursor that is none, or that was
        given for something else."""
        start = self._start(cursor) if cursor else 0
        rows = self.rows[start : start + size]
        end = start + len(rows)
        following = self._cursor(rows[-1]) if len(rows) and end < len(self.rows) else None
        before = None
        if start:
            before = self._cursor(self.rows[start - size - 1]) if start > size else FIRST
        return Page(rows, start + 1 if len(rows) else 0, following, before)

    def _start(self, cursor: str) -> int:
        """How many of the rows stand up to the place that the cursor names, which may be gone by now."""
        import duckdb

        if cursor == FIRST:
            return 0
        key = self._read(cursor)
        keys = _KEYS[self.view][self.asked.query.order]
        kinds = ", ".join("?::DATE" if "DATE" in sql else "?" for sql in keys)
        sql = f"SELECT rowid FROM held_{self.view} AS {self.view} WHERE ({', '.join(keys)}) <= ({kinds})"
        try:
            upto = self.data.query(sql, key)["rowid"].to_numpy()
        except duckdb.Error as error:  # whoever made the cursor made it up
            raise UsageError(_NO_CURSOR.format(cursor)) from error
        return int((self._rows.mask_of(upto) & self.mask).sum())

    def _cursor(self, row: int) -> str:
        keys = _KEYS[self.view][self.asked.query.order]
        listed = ", ".join(f"({sql}) AS k{n}" for n, sql in enumerate(keys))
        found = self.data.query(
            f"SELECT {listed} FROM held_{self.view} AS {self.view} WHERE rowid = ?", [int(row)]
        ).to_pylist()[0]
        told = json.dumps([self._mark, *found.values()], default=str, separators=(",", ":"))
        return base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")

    def _read(self, cursor: str) -> list[Any]:
        try:
            told = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        except ValueError as error:
            raise UsageError(_NO_CURSOR.format(cursor)) from error
        keys = _KEYS[self.view][self.asked.query.order]
        if not isinstance(told, list) or len(told) != len(keys) + 1 or any(isinstance(x, list | dict) for x in told):
            raise UsageError(_NO_CURSOR.format(cursor))
        if told[0] != self._mark:
            raise UsageError("cursor: it was given for other conditions; take the first page of these")
        return told[1:]

    @cached_property
    def _mark(self) -> str:
        """What a cursor must fit: the conditions and the order."""
        told = json.dumps([self.view, self.asked.options()], sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()[:12]


FIRST = "first"
"""The cursor of the first page."""

_NO_CURSOR = "cursor: {0!r} is none: take one that an answer gave as meta.next"


def choose(data: Snapshot, asked: Asked, *, view: View | None = None) -> Chosen:
    """What a state finds; ``view``: of events or of claims whatever the state says. Raises UsageError."""
    return Chosen(data, asked, view or asked.view)
