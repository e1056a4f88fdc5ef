"""Looks through a whole dataset for what cannot be: words that are not in their report, ids that lead nowhere or that
their content does not give, heads and tables that do not fit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError

from whodid.dataset import rows
from whodid.dataset.heads import read_head, versions
from whodid.dataset.reader import Dataset, open_dataset
from whodid.dataset.schema import tables
from whodid.errors import REJECTION_CODES, WhodidError
from whodid.records import Claim, CorrectedField

_MEND = {
    "table": "put the folder back from a copy",
    "words": "remove the report with `whodid remove` and add it again with --restore",
    "id": "remove the report with `whodid remove` and add it again with --restore",
    "lost": "put the folder back from a copy; if there is none, remove the reports that it names and add them again",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong: where (table and id), what, and what to do."""

    table: str
    id: str
    what: str
    todo: str


Row = Mapping[str, Any]
_Check = Callable[[Dataset], Iterator[Problem]]


def check(path: str | Path, *, claim_id: Callable[[Claim], bool] | None = None) -> Iterator[Problem]:
    """Everything that is wrong with the newest version of a dataset; nothing where all is well.

    claim_id: whether a claim's id is the one that its content gives, for coders whose rule is known. Raises UsageError
    where there is no dataset or its schema is another.
    """
    data = open_dataset(path)
    bad_heads = list(_heads(data))
    yield from bad_heads
    if any(problem.table in data.head.tables for problem in bad_heads):
        return  # what cannot be opened cannot be looked through
    for one in (_reports, partial(_claims, claim_id=claim_id), _machine, _events, _statements, _rejections, _keys):
        yield from one(data)


def _heads(data: Dataset) -> Iterator[Problem]:
    """Heads without gaps, in order, whose tables are there."""
    before: dt.datetime | None = None
    for version in range(data.head.oldest, data.version + 1):
        try:
            head = read_head(data.path, version)
        except WhodidError as error:
            yield Problem("heads", str(version), str(error), _MEND["table"])
            continue
        if head.version != version or (before and head.made <= before):
            yield Problem("heads", str(version), "its number or its time does not fit the one before", _MEND["table"])
        before = head.made
    if versions(data.path)[-1] != data.version:
        return  # somebody has written meanwhile: what follows is about the version that was opened
    for name in tables():
        try:
            missing = [path for path in data.files(name) if not Path(path).is_file()]
        except WhodidError as error:
            yield Problem(name, "", str(error), _MEND["table"])
            continue
        for path in missing:
            yield Problem(name, "", f"the file {path} is missing", _MEND["table"])


def _reports(data: Dataset) -> Iterator[Problem]:
    for row in _rows(data, "SELECT * FROM reports"):
        if rows.content_digest(rows.report_of(row)) != row["digest"]:
            yield Problem("reports", row["id"], "its content is not what was stored", _MEND["lost"])
    yield from _found(data, "reports", "SELECT id FROM reports GROUP BY id HAVING count(*) > 1", "it is there twice")


_WITH_TEXT = """
SELECT c.*, r.text, r.id IS NULL AS alone FROM claims c LEFT JOIN reports r ON r.id = c.report_id"""


def _claims(data: Dataset, claim_id: Callable[[Claim], bool] | None = None) -> Iterator[Problem]:
    for row in _rows(data, _WITH_TEXT):
        problem = partial(Problem, "claims", row["id"])
        if row["alone"]:
            yield problem(f"its report {row['report_id']} is not there", _MEND["lost"])
            continue
        if rows.digest_of(row["record"]) != row["digest"]:
            yield problem("its record is not what was stored", _MEND["id"])
            continue
        try:
            claim = Claim.model_validate_json(row["record"])
        except ValidationError as error:
            yield problem(f"its record is no claim: {error.errors()[0]['msg']}", _MEND["id"])
            continue
        for words in misquoted(claim.model_dump(exclude={"report"}), row["text"]):
            yield problem(
                f"the words {words!r} do not stand in report {row['report_id']} where it says", _MEND["words"]
            )
        again = rows.claim_row(claim, event=row["event_id"], machine=row["machine"])
        if wrong := [name for name, value in again.items() if not _same(value, row[name])]:
            yield problem(f"the columns {', '.join(wrong)} differ from its record", _MEND["id"])
        if claim_id and not claim_id(claim):
            yield problem("its id is not the one that its content gives", _MEND["id"])
    yield from _found(data, "claims", "SELECT id FROM claims GROUP BY id HAVING count(*) > 1", "it is there twice")


def _machine(data: Dataset) -> Iterator[Problem]:
    """What people said is in the claims: those that nobody corrected are as the coder made them, and the others can be
    that again."""
    for row in _rows(
        data, "SELECT id, record, machine, checked FROM stored_claims WHERE checked <> 'none' OR machine IS NOT NULL"
    ):
        problem = partial(Problem, "claims", row["id"])
        if row["machine"] is None:
            yield problem("the coder's record of it is not there, and people had a say", _MEND["id"])
            continue
        try:
            coder, claim = (Claim.model_validate_json(row[name]) for name in ("machine", "record"))
        except ValidationError as error:
            yield problem(f"a record of it is no claim: {error.errors()[0]['msg']}", _MEND["id"])
            continue
        named = {correction.field for correction in claim.corrections}
        changed = {name for name in get_args(CorrectedField) if getattr(coder, name) != getattr(claim, name)}
        if named != changed or coder.checked != "none":
            yield problem("what people corrected is not what differs from the coder's record", _MEND["id"])


def misquoted(value: object, text: str) -> Iterator[str]:
    """The words anywhere in a dumped record (``text``, ``start``, ``end``) that are not those of ``text`` there."""
    if isinstance(value, Mapping):
        words, start, end = value.get("text"), value.get("start"), value.get("end")
        if words is not None and start is not None and text[start:end] != words:
            yield str(words)
        for part in value.values():
            yield from misquoted(part, text)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from misquoted(part, text)


def _same(value: object, stored: object) -> bool:
    return list(value) == stored if isinstance(value, tuple) else value == stored


def _events(data: Dataset) -> Iterator[Problem]:
    for row in _rows(data, "SELECT * FROM events"):
        problem = partial(Problem, "events", row["id"])
        if rows.digest_of(row["record"]) != row["digest"]:
            yield problem("its record is not what was stored", "run `whodid check` on a copy of the dataset")
            continue
        again = rows.event_row(rows.event_of(row))
        if wrong := [name for name, value in again.items() if not _same(value, row[name])]:
            yield problem(f"the columns {', '.join(wrong)} differ from its record", _MEND["lost"])
    for sql, what in _EVENT_RULES:
        yield from _found(data, "events", sql, what)


_MEMBERS = "SELECT e.id, unnest(e.claims) AS claim FROM events e"
_EVENT_RULES = (
    ("SELECT id FROM events GROUP BY id HAVING count(*) > 1", "it is there twice"),
    (f"SELECT m.id FROM ({_MEMBERS}) m ANTI JOIN claims c ON c.id = m.claim", "one of its claims is not there"),
    (
        f"SELECT m.id FROM ({_MEMBERS}) m JOIN claims c ON c.id = m.claim WHERE c.event_id <> m.id",
        "one of its claims belongs to another event",
    ),
    (
        f"SELECT c.event_id AS id FROM claims c SEMI JOIN features f ON f.claim_id = c.id "
        f"ANTI JOIN ({_MEMBERS}) m ON m.claim = c.id AND m.id = c.event_id",
        "a claim that belongs to it is not in it",
    ),
    (
        f"""SELECT m.id FROM ({_MEMBERS}) m JOIN claims c ON c.id = m.claim GROUP BY m.id
        HAVING m.id <> arg_min(c.id, (c.published IS NULL, coalesce(c.published, DATE '0001-01-01'), c.id))""",
        "its id is not that of its first claim",
    ),
    (
        """SELECT r.id FROM (SELECT id, unnest(reports) AS report FROM events) r
        ANTI JOIN reports ON reports.id = r.report""",
        "one of its reports is not there",
    ),
)


def _statements(data: Dataset) -> Iterator[Problem]:
    sql = """SELECT s.id FROM statements s JOIN reports r ON r.id = s.report_id
        WHERE substring(r.text, (s."start" + 1)::INTEGER, (s."end" - s."start")::INTEGER) <> s.words"""
    yield from _found(data, "statements", sql, "its words do not stand in the report where it says")
    sql = "SELECT s.id FROM statements s ANTI JOIN claims c ON c.id = s.claim_id AND c.report_id = s.report_id"
    yield from _found(data, "statements", sql, "its claim is not there")


def _rejections(data: Dataset) -> Iterator[Problem]:
    for row in _rows(data, "SELECT * FROM rejections"):
        again = rows.rejection_row(rows.rejection_of(row), run=row["run"])
        if again["id"] != row["id"]:
            yield Problem("rejections", row["id"], "its id is not the one that its content gives", _MEND["lost"])
        if row["code"] not in REJECTION_CODES:
            yield Problem("rejections", row["id"], f"there is no code {row['code']!r}", "use a newer version of Whodid")


_KEYS = (
    ("corrections", "claim_id", "SELECT claim_id FROM raw_corrections ANTI JOIN raw_claims c ON c.id = claim_id"),
    ("members", "claim_id", "SELECT claim_id FROM raw_members ANTI JOIN raw_claims c ON c.id = claim_id"),
    ("features", "claim_id", "SELECT claim_id FROM features ANTI JOIN claims c ON c.id = claim_id"),
    ("blocks", "claim_id", "SELECT DISTINCT claim_id FROM raw_blocks ANTI JOIN raw_features f USING (claim_id)"),
    ("groups", "report_id", "SELECT report_id FROM groups ANTI JOIN raw_reports r ON r.id = report_id"),
    ("ties", "claim_id", "SELECT claim_id FROM raw_ties ANTI JOIN raw_claims c ON c.id = claim_id"),
    ("judgements", "left", 'SELECT "left" FROM judgements ANTI JOIN raw_claims c ON c.id = "left"'),
    ("judgements", "right", 'SELECT "right" FROM judgements ANTI JOIN raw_claims c ON c.id = "right"'),
    ("reports", "run", "SELECT run FROM raw_reports ANTI JOIN raw_runs r ON r.id = run"),
)


def _keys(data: Dataset) -> Iterator[Problem]:
    """Keys that lead nowhere."""
    for table, column, sql in _KEYS:
        for row in _rows(data, sql):
            yield Problem(table, row[column], f"its {column} leads nowhere", _MEND["lost"])
    newest = "SELECT '' AS id FROM raw_{} HAVING max(since) > {}"
    for name in tables():
        what = "it has rows of a later version than its head"
        yield from _found(data, name, newest.format(name, data.version), what)


def _found(data: Dataset, table: str, sql: str, what: str) -> Iterable[Problem]:
    return (Problem(table, row["id"], what, _MEND["lost"]) for row in _rows(data, sql))


def _rows(data: Dataset, sql: str) -> Iterator[Row]:
    for batch in data.batches(sql):
        yield from batch
