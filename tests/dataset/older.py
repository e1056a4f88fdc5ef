"""A dataset as the first schema had it: reports and claims, and nothing of events."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.dataset.scenes import filled
from whodid.dataset import open_dataset, tables
from whodid.dataset.heads import FOLDER, Head, write_head
from whodid.dataset.store import Store


def older(folder: Path, scratch: Path, number: int = 8) -> Path:
    """Make a dataset of schema 1 in ``folder`` with the reports of :func:`tests.dataset.scenes.news`."""
    present = open_dataset(filled(scratch, number))
    (folder / FOLDER).mkdir(parents=True)
    store, there = Store(folder), {}
    for table in tables().values():
        if table.since == 1:
            store.create(table)
            rows = present.query(f"SELECT * REPLACE (1::BIGINT AS since) FROM raw_{table.name}")
            if table.name == "claims":  # each claim was its own event
                rows = present.query("SELECT * REPLACE (1::BIGINT AS since, id AS event_id) FROM raw_claims")
            if table.name == "retired":
                rows = rows.slice(0, 0)
            there[table.name] = store.append(table.name, rows.cast(table.arrow()))
    made = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
    run = str(present.table("runs")["id"][0])
    write_head(folder, Head(version=1, schema_version=1, made=made, verb="add", run=run, tables=there))
    return folder
