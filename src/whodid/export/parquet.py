"""Claims as Parquet: one row a claim, nested as in JSON Lines, days as ``date32``. The schema is read off the records,
so it cannot fall behind them."""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Iterable
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from whodid.records import Claim

if TYPE_CHECKING:
    import pyarrow as pa

_ROWS_AT_ONCE = 10_000


@cache
def schema() -> pa.Schema:
    """The columns of a claims file."""
    import pyarrow as pa

    return pa.schema(list(_struct(Claim)))


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

    plain = {str: pa.string(), bool: pa.bool_(), int: pa.int64(), float: pa.float64(), dt.date: pa.date32()}
    if annotation in plain:
        return plain[annotation]
    if get_origin(annotation) is Literal:
        return pa.string()
    if get_origin(annotation) is tuple:
        return pa.list_(pa.field("item", _type(get_args(annotation)[0]), nullable=False))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _struct(annotation)
    raise TypeError(f"no Parquet type for {annotation!r}; add it to {__name__}")


def write_parquet(claims: Iterable[Claim], target: Path) -> None:
    """Write claims as one Parquet file, zstd-compressed."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    stream = iter(claims)
    with pq.ParquetWriter(target, schema(), compression="zstd") as writer:
        while rows := [claim.model_dump() for claim in islice(stream, _ROWS_AT_ONCE)]:
            writer.write_table(pa.Table.from_pylist(rows, schema=schema()))
