"""From one schema to the next. A migration changes the tables of a dataset whose head still names the old schema; the
head that names the new one comes last, so that a migration which was killed is made again from the start."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from whodid.dataset.heads import Head, find_head, write_head
from whodid.dataset.reader import Dataset
from whodid.dataset.rows import Row
from whodid.dataset.schema import schema_version, tables
from whodid.dataset.store import Store, arrow_table
from whodid.dataset.writer import Run, locked, recover
from whodid.errors import UsageError

Migration = Callable[[Store, dict[str, int]], None]
"""Changes the tables; the second argument names their Delta versions, and is changed with them."""


def _to_2(store: Store, there: dict[str, int]) -> None:
    """Events came, and what fusion needs. The claims that are there are fused afterwards, as new ones are."""
    for table in tables().values():
        if table.name not in there:
            there[table.name] = store.create(table)


def _to_3(store: Store, there: dict[str, int]) -> None:
    """People's judgements of claims came: columns for them, and three keys of a claim and one of an event, with what
    they are where nobody has said anything."""
    import duckdb

    keys = {"claims": ',"checked":"none","checked_by":[],"corrections":[]}', "events": ',"checked":"none"}'}
    for name, added in keys.items():
        table = tables()[name]
        with duckdb.connect() as connection:
            connection.execute("SET TimeZone = 'UTC'")
            paths = store.files(name, there[name])
            if not paths:
                there[name] = store.replace(name, table.arrow().empty_table())
                continue
            rows = connection.read_parquet(paths)
            if "checked" in rows.columns:
                continue  # made with this schema, by the migration before
            columns = [_AS_OF_3.get(column, f'"{column}"') for column in table.names]
            record = f"left(record, length(record) - 1) || '{added}'"
            listed = ", ".join(columns)
            sql = f"SELECT {listed} FROM (SELECT * REPLACE ({record} AS record) FROM rows)"
            stream = connection.sql(sql).to_arrow_reader(_ROWS_AT_ONCE)
            there[name] = store.replace(name, stream.cast(table.arrow()))
    if "corrections" not in there:
        there["corrections"] = store.create(tables()["corrections"])


_ROWS_AT_ONCE = 65_536
_AS_OF_3 = {"checked": "'none' AS checked", "machine": "NULL::VARCHAR AS machine",
            "digest": "left(sha256(record), 32) AS digest"}  # fmt: skip

MIGRATIONS: Mapping[int, Migration] = MappingProxyType({1: _to_2, 2: _to_3})
"""Schema version → what makes the next one of it."""


def migrate(path: str | Path, *, migrations: Mapping[int, Migration] = MIGRATIONS) -> Dataset:
    """Bring a dataset to the schema of this program; one that has it is left as it is.

    Raises UsageError where there is no dataset, or its schema is newer or so old that no migration starts from it.
    """
    folder = Path(path)
    find_head(folder)
    with locked(folder):
        head = find_head(folder)
        ours = schema_version()
        if head.schema_version == ours:
            return Dataset(folder, head)
        if head.schema_version > ours or any(n not in migrations for n in range(head.schema_version, ours)):
            raise UsageError(
                f"{folder} has schema {head.schema_version}; this program migrates schemas "
                f"{min(migrations, default=ours)} to {ours}: take another version of Whodid"
            )
        store, run = Store(folder), Run("migrate", settings={"from": head.schema_version, "to": ours})
        there = recover(store, head)
        for number in range(head.schema_version, ours):
            migrations[number](store, there)
        rows: list[Row] = [run.row("done")]
        there["runs"] = store.append("runs", arrow_table("runs", rows, head.version + 1))
        new = Head(
            version=head.version + 1,
            schema_version=ours,
            made=max(dt.datetime.now(dt.UTC), head.made + dt.timedelta(microseconds=1)),
            verb="migrate",
            run=run.id,
            note=f"schema {head.schema_version} to {ours}",
            tables=there,
            marks=head.marks,
            fusion=head.fusion,
            oldest=head.version + 1,  # earlier versions are of a schema that this program does not read
        )
        data = Dataset(folder, new)
        data.texts.delete()  # rows of the same versions hold other texts now
        write_head(folder, new)
        data.texts.fill(data)
    return data
