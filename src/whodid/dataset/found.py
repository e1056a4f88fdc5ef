"""What a query finds: counted, as tables of other libraries, or as records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from whodid.dataset import rows
from whodid.dataset.conditions import Conditions, View
from whodid.dataset.query import Query, make_query
from whodid.dataset.reader import Dataset
from whodid.errors import UsageError
from whodid.records import Claim, Event

if TYPE_CHECKING:
    import pyarrow as pa

T = TypeVar("T", Event, Claim)

_HIDDEN = "digest, machine, record, since"
_AT_ONCE = 4_096


class Found(Generic[T]):
    """What a query finds at one version of a dataset. Nothing is read before it is asked for. Iterating gives records
    in the order of the query; the tables have the columns of the view without the whole record."""

    def __init__(self, data: Dataset, view: View, query: Query) -> None:
        """Raises UsageError for a type, country or name that is not there."""
        self.data, self.view, self.query = data, view, query
        self.conditions = Conditions(data, view, query)

    @cached_property
    def _limit(self) -> str:
        return f"LIMIT {self.query.limit}" if self.query.limit else ""

    def count(self) -> int:
        """How many there are, whatever the limit."""
        sql = f"SELECT count(*) AS n FROM {self.view} WHERE {self.conditions.where}"
        return int(self.data.query(sql, self.conditions.parameters)["n"][0].as_py())

    def ids(self) -> list[str]:
        """Their ids."""
        found: list[str] = self._select("id")["id"].to_pylist()
        return found

    def arrow(self, *columns: str) -> pa.Table:
        """An Arrow table, of all columns or of some. Raises UsageError for a column that is not there."""
        from whodid.dataset.schema import tables

        there = [name for name in tables()[self.view].names if name not in _HIDDEN.split(", ")]
        for name in columns:
            if name not in there:
                raise UsageError(f"{self.view} have no column {name!r}; columns: {', '.join(there)}")
        return self._select(", ".join(f'"{name}"' for name in columns or there))

    def pandas(self) -> Any:
        """A pandas DataFrame. Raises UsageError where pandas is not installed."""
        _needed("pandas")
        return self.arrow().to_pandas()

    def polars(self) -> Any:
        """A polars DataFrame. Raises UsageError where polars is not installed."""
        return _needed("polars").from_arrow(self.arrow())

    def records(self) -> Iterator[T]:
        """The whole records."""
        columns = "id, record" if self.view == "events" else "id, record, event_id"
        sql = f"SELECT {columns} FROM {self.view} SEMI JOIN given USING (id)"
        ids = self.ids()
        for start in range(0, len(ids), _AT_ONCE):
            some = ids[start : start + _AT_ONCE]
            found = {row["id"]: row for row in self.data.query(sql, given=_table(some)).to_pylist()}
            for id in some:
                record: Any = (rows.event_of if self.view == "events" else rows.claim_of)(found[id])
                yield record

    def __iter__(self) -> Iterator[T]:
        return self.records()

    def _select(self, columns: str) -> pa.Table:
        """The columns of what is found; the rows are chosen by the conditions' own columns before others are read."""
        sql = (
            f"SELECT {columns} FROM {self.view} WHERE {self.conditions.where} "
            f"ORDER BY {self.conditions.order} {self._limit}"
        )
        return self.data.query(sql, self.conditions.parameters)


def find_events(data: Dataset, query: Query | None = None, **wanted: object) -> Found[Event]:
    """The events that fit a query, or the conditions of one by name: ``find_events(data, involving="Iran")``.

    Raises UsageError for a condition or a value that does not exist.
    """
    return Found(data, "events", query or make_query(**wanted))


def find_claims(data: Dataset, query: Query | None = None, **wanted: object) -> Found[Claim]:
    """The claims that fit a query, or the conditions of one by name. Raises as :func:`find_events`."""
    return Found(data, "claims", query or make_query(**wanted))


def claims_of(data: Dataset, events: Iterable[str]) -> list[Claim]:
    """The claims of these events, in no order."""
    sql = "SELECT record, event_id FROM claims SEMI JOIN given ON given.id = claims.event_id"
    return [rows.claim_of(row) for row in data.query(sql, given=_table(sorted(set(events)))).to_pylist()]


def _table(ids: list[str]) -> pa.Table:
    import pyarrow as pa

    return pa.table({"id": pa.array(ids, pa.string())})


def _needed(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise UsageError(f"{name} is not installed: `pip install {name}`, or take the Arrow table") from error
