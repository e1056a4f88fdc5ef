"""The rows of a view as numbers: which ones fit a condition, and how many there are of each value.

A row is known by its place in the table, which is in the order of the days. What fits a condition is an array of truth
values over the rows, so conditions are joined, left out and counted without asking the database again.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from threading import Lock
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import numpy.typing as npt

from whodid.dataset import Dataset
from whodid.dataset.conditions import Conditions, View
from whodid.dataset.query import Query

if TYPE_CHECKING:
    import pyarrow as pa

Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]
T = TypeVar("T")

TOGETHER: tuple[tuple[str, ...], ...] = (
    ("type",), ("mode",), ("actor",), ("recipient",), ("involving",), ("where",), ("country",),
    ("since", "until", "within"), ("status",), ("voice", "speaker"), ("publisher",), ("historical",), ("checked",),
    ("min_reports",), ("min_score",),
)  # fmt: skip
"""Conditions that are asked of one and the same thing: one claim is told in this voice by that speaker."""

_LISTED: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "events": {
            "type": "SELECT rowid, type FROM held_events",
            "status": "SELECT rowid, status FROM held_events",
            "actor": "SELECT rowid, unnest(list_distinct(actors)) FROM held_events",
            "recipient": "SELECT rowid, unnest(list_distinct(recipients)) FROM held_events",
            "country": "SELECT rowid, country FROM held_events",
            "where": "SELECT rowid, place FROM held_events",
            "publisher": "SELECT rowid, unnest(publishers) FROM held_events",
            "voice": "SELECT DISTINCT e.rowid, c.voice FROM held_events e JOIN held_claims c ON c.event_id = e.id",
        },
        "claims": {
            "type": "SELECT rowid, type FROM held_claims",
            "status": "SELECT rowid, status FROM held_claims",
            "actor": "SELECT rowid, unnest(list_distinct(actors)) FROM held_claims",
            "recipient": "SELECT rowid, unnest(list_distinct(recipients)) FROM held_claims",
            "country": "SELECT rowid, country FROM held_claims",
            "where": "SELECT rowid, place FROM held_claims",
            "publisher": "SELECT rowid, publisher FROM held_claims",
            "voice": "SELECT rowid, voice FROM held_claims",
        },
    }
)
"""View → facet → a query for the row and one of its values."""

LISTED = tuple(_LISTED["events"])
"""Facets whose values are listed."""

EXACT = frozenset({"actor", "recipient", "where", "publisher"})
"""Those whose values are names: ``=`` before one makes a condition of it that finds it and no other."""

_INDEPENDENT = {
    "events": "SELECT independent FROM held_events ORDER BY rowid",
    "claims": """SELECT coalesce(e.independent, 1) FROM held_claims c LEFT JOIN held_events e ON e.id = c.event_id
        ORDER BY c.rowid""",
}
_BYTES = 64 * 2**20
_DEFAULTS = {name: field.default for name, field in Query.model_fields.items()}


class Kept(OrderedDict[Any, T]):
    """What was worked out last, by what it was asked for; the oldest goes where there is more than ``room``."""

    def __init__(self, room: int, size: Callable[[T], int]) -> None:
        super().__init__()
        self._room, self._size, self._lock, self._full = room, size, Lock(), 0

    def get_or(self, key: object, make: Callable[[], T]) -> T:
        """What is kept for a key, else what ``make`` gives; two threads may make it at the same time."""
        with self._lock:
            if key in self:
                self.move_to_end(key)
                return self[key]
        made = make()
        with self._lock:
            if key not in self:
                self[key] = made
                self._full += self._size(made)
            while self._full > self._room and len(self) > 1:
                self._full -= self._size(self.popitem(last=False)[1])
        return made


@dataclass(frozen=True, slots=True)
class Values:
    """The values of a facet. labels: each once. rows, codes: a row and the number of a label it has, side by side."""

    labels: list[str]
    rows: Numbers
    codes: Numbers

    def counts(self, mask: Mask) -> Numbers:
        """How many of the rows have each of the labels."""
        return np.bincount(self.codes[mask[self.rows]], minlength=len(self.labels))

    def having(self, labels: Collection[str]) -> Numbers | None:
        """The rows that have one of these labels; None where one of them is not among those that there are."""
        codes = [self.labels.index(label) for label in labels if label in self.labels]
        return self.rows[np.isin(self.codes, codes)] if len(codes) == len(labels) else None


class Rows:
    """The rows of one view of a snapshot."""

    def __init__(self, data: Dataset, view: View) -> None:
        self._data, self._view = data, view
        self.number = int(self._column(f"SELECT count(*) FROM held_{view}")[0])
        self._masks = Kept[Mask](_BYTES, lambda mask: mask.nbytes)
        self._orders: dict[str, Numbers] = {}
        self._tables: dict[str, pa.Table] = {}
        self._making = Lock()
        self.values = {name: self._values(sql) for name, sql in _LISTED[view].items()}

    def _column(self, sql: str, parameters: Any = ()) -> npt.NDArray[Any]:
        found: npt.NDArray[Any] = self._data.query(sql, parameters).column(0).to_numpy()
        return found

    def _values(self, sql: str) -> Values:
        found = self._data.query(f"SELECT * FROM ({sql}) AS f(row, label) WHERE label <> ''")
        coded: pa.DictionaryArray = found["label"].combine_chunks().dictionary_encode()
        return Values(
            labels=coded.dictionary.to_pylist(),
            rows=found["row"].to_numpy(),
            codes=coded.indices.to_numpy().astype(np.int64),
        )

    # ------------------------------------------------------------ which rows fit

    def fitting(self, query: Query, words: Mask | None = None) -> Mask:
        """The rows that fit a query. words: those that have the words that are looked for.

        Raises UsageError for a value that does not exist.
        """
        if query.type and query.mode:
            Conditions(self._data, self._view, Query(type=query.type, mode=query.mode))  # a mode is one of a type
        mask = np.ones(self.number, dtype=np.bool_) if words is None else words.copy()
        for part in _parts(query):
            mask &= self._masks.get_or(part, partial(self._mask, part))
        return mask

    def _mask(self, query: Query) -> Mask:
        known = self._known(query)
        if known is not None:
            return known
        conditions = Conditions(self._data, self._view, query)
        found = self._column(
            f"SELECT rowid FROM held_{self._view} AS {self._view} WHERE {conditions.where}", conditions.parameters
        )
        return self.mask_of(found)

    def _known(self, query: Query) -> Mask | None:
        """The rows that fit a single condition as facets offer it, for which the database need not be asked; None for
        any other."""
        given = {name: value for name in Query.model_fields if (value := getattr(query, name)) != _DEFAULTS[name]}
        name, wanted = given.popitem()
        if given:
            return None
        if name in {"min_reports", "min_score"}:
            fit: Mask = (self.independent if name == "min_reports" else self.scores) >= wanted
            return fit
        mark = "=" if name in EXACT else ""
        if name not in self.values or not all(value.startswith(mark) for value in wanted):
            return None
        rows = self.values[name].having([value.removeprefix(mark) for value in wanted])
        return None if rows is None else self.mask_of(rows)

    def mask_of(self, rows: npt.NDArray[Any]) -> Mask:
        """Truth values from the numbers of rows."""
        mask = np.zeros(self.number, dtype=np.bool_)
        mask[rows] = True
        return mask

    # ------------------------------------------------------------ what they say

    def table(self, columns: str) -> pa.Table:
        """SQL expressions over every row ``v`` of the view. The table is kept: to take some rows from it costs less
        than a hundredth of a query."""
        with self._making:
            if columns not in self._tables:
                found = self._data.query(f"SELECT {columns} FROM held_{self._view} v ORDER BY v.rowid")
                self._tables[columns] = found.combine_chunks()
            return self._tables[columns]

    # ------------------------------------------------------------ in which order

    def ordered(self, mask: Mask, order: str) -> Numbers:
        """The rows of a mask by day, by most independent reports or by best score; those that are equal by day."""
        if order == "day":
            return np.flatnonzero(mask)
        if order not in self._orders:
            by = self.independent if order == "reports" else self.scores
            self._orders[order] = np.argsort(-by, kind="stable")
        rows = self._orders[order]
        return rows[mask[rows]]

    @cached_property
    def independent(self) -> Numbers:
        """Independent reports of each row, of a claim those of its event."""
        return self._column(_INDEPENDENT[self._view])

    @cached_property
    def scores(self) -> npt.NDArray[np.float64]:
        """Score of each row."""
        return self._column(f"SELECT score FROM held_{self._view} ORDER BY rowid")

    @cached_property
    def first_days(self) -> npt.NDArray[np.datetime64]:
        """First possible day of each row, not-a-time where none is known."""
        return self._column(f"SELECT first_day FROM held_{self._view} ORDER BY rowid").astype("datetime64[D]")


@lru_cache(maxsize=1_024)
def _parts(query: Query) -> tuple[Query, ...]:
    """The conditions that are asked for, each as a query of its own."""
    asked = ({name: getattr(query, name) for name in names} for names in TOGETHER)
    return tuple(
        Query.model_construct(**some) for some in asked if any(value != _DEFAULTS[name] for name, value in some.items())
    )
