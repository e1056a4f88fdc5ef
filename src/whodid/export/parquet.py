"""Records as Parquet: one row a claim or an event, nested as in JSON Lines, days as ``date32``. The schema is read off
the records, so it cannot fall behind them."""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from whodid.records import Claim

if TYPE_CHECKING:
    import pyarrow as pa

_ROWS_AT_ONCE = 10_000


@cache
def schema(model: type[BaseModel] = Claim) -> pa.Schema:
    """The columns of a file of these records."""
    import pyarrow as pa

    return pa.schema(list(_struct(model)))


def _struct(model: type[BaseModel]) -> Any:
    import pyarrow as pa

    return pa.struct([_field(name, info.annotation) for name, info in model.model_fields.items()])


def _field(name: str, annotation: Any) -> Any:
    import pyarrow as pa

    optional = get_origin(annotation) in {Union, types.UnionType} and type(None) in get_args(annotation)
    if optional:
        (annotation,) = (a for a in get_args(annotation) if a is not type(None))
    return pa.field(name, _type(annotation), nullable=optional)


def _type(annotation: Any) -> Any:
    import pyarrow as pa

    plain = {str: pa.string(), bool: pa.bool_(), int: pa.int64(), float: pa.float64(), dt.date: pa.date32(),
             dt.datetime: pa.timestamp("us", "UTC")}  # fmt: skip
    if annotation in plain:
        return plain[annotation]
    if get_origin(annotation) is Literal:
        return pa.string()
    if get_origin(annotation) is tuple:
        return pa.list_(pa.field("item", _type(get_args(annotation)[0]), nullable=False))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _struct(annotation)
    raise TypeError(f"no Parquet type for {annotation!r}; add it to {__name__}")


class ParquetFile:
    """A Parquet file of records of one kind, zstd-compressed, to which records are added one by one."""

    def __init__(self, path: Path, model: type[BaseModel]) -> None:
        import pyarrow.parquet as pq

        self._schema = schema(model)
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[dict[str, Any]] = []

    def add(self, record: BaseModel) -> None:
        """Add a record; some thousand are written at once."""
        self._rows.append(record.model_dump())
        if len(self._rows) >= _ROWS_AT_ONCE:
            self._flush()

    def close(self) -> None:
        """Write what is left and close the file."""
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        import pyarrow as pa

        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, schema=self._schema))
            self._rows = []


def write_parquet(claims: Iterable[Claim], target: Path) -> None:
    """Write claims as one Parquet file."""
    file = ParquetFile(target, Claim)
    try:
        for claim in claims:
            file.add(claim)
    finally:
        file.close()
