"""A dataset as earlier schemas had it: the first reports and claims, and nothing of events; the second nothing of what
people say of claims."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pyarrow as pa

from tests.dataset.scenes import filled
from whodid.dataset import open_dataset, tables
from whodid.dataset.heads import FOLDER, Head, write_head
from whodid.dataset.rows import digest_of
from whodid.dataset.store import Store

_OF_3 = {"claims": ("checked", "checked_by", "corrections"), "events": ("checked",)}
"""Keys of the records that came with the third schema."""


def older(folder: Path, scratch: Path, number: int = 8, schema: int = 1) -> Path:
    """Make a dataset of schema 1 or 2 in ``folder`` with the reports of :func:`tests.dataset.scenes.news`."""
    present = open_dataset(filled(scratch, number))
    (folder / FOLDER).mkdir(parents=True)
    store, there = Store(folder), {}
    for table in tables().values():
        if table.since <= schema:
            store.create(table)
            rows = present.query(f"SELECT * REPLACE (1::BIGINT AS since) FROM raw_{table.name}")
            if table.name == "claims" and schema == 1:  # each claim was its own event
                rows = present.query("SELECT * REPLACE (1::BIGINT AS since, id AS event_id) FROM raw_claims")
            if table.name == "retired":
                rows = rows.slice(0, 0)
            there[table.name] = store.replace(table.name, _without_later(table.name, rows))
    made = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
    run = str(present.table("runs")["id"][0])
    write_head(folder, Head(version=1, schema_version=schema, made=made, verb="add", run=run, tables=there))
    return folder


def _without_later(name: str, rows: Any) -> Any:
    """Rows as they were before people could say anything of claims."""
    if name not in _OF_3:
        return rows.cast(tables()[name].arrow())
    listed = rows.to_pylist()
    for row in listed:
        record = json.loads(row["record"])
        row["record"] = json.dumps(
            {k: v for k, v in record.items() if k not in _OF_3[name]}, ensure_ascii=False, separators=(",", ":")
        )
        row["digest"] = digest_of(row["record"])
    kept = [column for column in tables()[name].arrow() if column.name not in {"checked", "machine"}]
    return pa.Table.from_pylist(listed, schema=pa.schema(kept))
