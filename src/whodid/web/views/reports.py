"""Reports as a list, found by words, publisher and day of publication."""

from __future__ import annotations

import datetime as dt

import numpy as np
from pydantic import BaseModel, ConfigDict

from whodid.dataset.conditions import EXACTLY
from whodid.errors import UsageError
from whodid.web.snapshot import Snapshot
from whodid.web.views.lines import ReportLine

_LINES = """SELECT l.id, l.publisher, l.title, l.url, l.published, l.language, coalesce(n.claims, 0) AS claims
FROM held_reports l JOIN given ON l.rowid = given.row
LEFT JOIN (SELECT report_id, count(*) AS claims FROM held_claims GROUP BY report_id) n ON n.report_id = l.id
ORDER BY given.place"""


class Reports(BaseModel):
    """A page of reports, newest first. total: how many fit. next: number of reports up to its end, None on the last."""

    model_config = ConfigDict(frozen=True)

    total: int
    lines: tuple[ReportLine, ...]
    next: int | None


def find_reports(  # noqa: PLR0913  one parameter a condition
    data: Snapshot, *, q: str = "", publisher: str | None = None, since: dt.date | None = None,
    until: dt.date | None = None, limit: int | None = 50, after: int = 0,
) -> Reports:  # fmt: skip
    """Reports that have all of the words ``q`` in publisher, title or text. publisher: whole name. since, until: days
    of publication. after: so many are passed over. Raises UsageError for a ``q`` without a word."""
    import pyarrow as pa

    where, given = ["true"], list[object]()
    for sql, value in (("publisher = ?", publisher and publisher.removeprefix(EXACTLY)), ("published >= ?", since),
                       ("published <= ?", until)):  # fmt: skip
        if value is not None:
            where.append(sql)
            given.append(value)
    found = data.query(f"SELECT rowid AS row FROM held_reports WHERE {' AND '.join(where)} ORDER BY rowid", given)
    rows = found["row"].to_numpy()
    if q:
        rows = rows[data.words.mask("reports", q)[rows]]
    if after > len(rows):
        raise UsageError(f"cursor: there are {len(rows)} reports now, and it stands after {after}")
    end = after + limit if limit is not None else len(rows)
    some = rows[after:end]
    table = pa.table({"row": some, "place": np.arange(len(some))})
    lines = tuple(ReportLine(**row) for row in data.query(_LINES, given=table).to_pylist())
    return Reports(total=len(rows), lines=lines, next=end if end < len(rows) else None)
