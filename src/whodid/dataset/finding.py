"""What fusing asks of a dataset: claims by block key, by component, by event; where they stand."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from whodid.dataset.reader import Dataset
from whodid.dataset.rows import claim_of, report_of
from whodid.dataset.texts import TEXTS
from whodid.records import Claim, Report

if TYPE_CHECKING:
    import pyarrow as pa

Place = tuple[str, str, str]
"""Claim, event, component."""


def key_hash(key: str) -> int:
    """64 bits of a block key, as a signed number."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)


class Finder:
    """Looks things up at one version, as if the reports ``without`` were not there.

    A feature set is the dict that was stored with the claim. What a question costs beside what it finds grows with the
    dataset, if slowly; what was answered once is therefore not asked again.
    """

    def __init__(self, dataset: Dataset, without: Collection[str] = ()) -> None:
        self._dataset = dataset
        self._without = frozenset(without)
        self._places: dict[str, Place | None] = {}
        self._members: dict[str, list[Place]] = {}
        self._reports_of: dict[str, str | None] = {}

    def sharing(self, keys: Iterable[str]) -> Iterator[dict[str, Any]]:
        """The features of the claims that have at least one of these block keys."""
        return self._features(
            "SELECT claim_id FROM raw_blocks SEMI JOIN given USING (key)", _hashes(map(key_hash, keys))
        )

    def within(self, components: Iterable[str]) -> Iterator[dict[str, Any]]:
        """The features of the claims that stand in these components."""
        standing = [_place(row) for row in self._rows(_STANDING.format("component"), _ids(components))]
        there = self._there(standing)
        self._places |= {place[0]: place for place in there}
        return self._features("SELECT id FROM given", _ids(place[0] for place in there))

    def _features(self, claims: str, given: pa.Table) -> Iterator[dict[str, Any]]:
        sql = f"SELECT claim_id AS id, since, report_id FROM features WHERE claim_id IN ({claims})"
        rows = self._rows(sql, given)
        self._reports_of |= {row["id"]: row["report_id"] for row in rows}
        wanted = [row for row in rows if row["report_id"] not in self._without]
        return (json.loads(text) for _, text in self._texts("features", wanted))

    def _rows(self, sql: str, given: pa.Table) -> list[dict[str, Any]]:
        """The rows of a query about what is given. Where that is nothing, nothing is asked."""
        rows: list[dict[str, Any]] = self._dataset.query(sql, given=given).to_pylist() if given.num_rows else []
        return rows

    def _found(self, sql: str, given: pa.Table) -> list[dict[str, Any]]:
        """The same without those of the reports that are left out."""
        return [row for row in self._rows(sql, given) if row["report_id"] not in self._without]

    def _texts(self, table: str, rows: Sequence[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], str]]:
        """The rows, each with its text; what is not kept beside the tables is read from them, and kept."""
        texts = self._dataset.texts.of(table, ((row["id"], row["since"]) for row in rows))
        if missing := {row["id"] for row in rows if (row["id"], row["since"]) not in texts}:
            id, text = TEXTS[table]
            sql = f"SELECT {id} AS id, since, {text} AS text FROM raw_{table} WHERE {id} IN (SELECT id FROM given)"
            read = self._rows(sql, _ids(missing))
            self._dataset.texts.keep(table, ((row["id"], row["since"], row["text"]) for row in read))
            texts |= {(row["id"], row["since"]): row["text"] for row in read}
        return ((row, texts[row["id"], row["since"]]) for row in rows)

    def placed(self, claims: Iterable[str]) -> list[Place]:
        """Where these claims stand; nothing of those that are not there."""
        wanted = list(claims)
        asked = set(wanted) - self._places.keys()
        found = [_place(row) for row in self._rows(_LATEST.format("SELECT id FROM given"), _ids(asked))]
        self._places |= dict.fromkeys(asked)
        self._places |= {place[0]: place for place in self._there(found)}
        return [place for claim in dict.fromkeys(wanted) if (place := self._places[claim])]

    def members(self, events: Iterable[str]) -> list[Place]:
        """Where the claims of these events stand."""
        wanted = list(dict.fromkeys(events))
        asked = set(wanted) - self._members.keys()
        found = [_place(row) for row in self._rows(_STANDING.format("event_id"), _ids(asked))]
        self._members |= {event: [] for event in asked}
        for place in self._there(found):
            self._members[place[1]].append(place)
        return [place for event in wanted for place in self._members[event]]

    def _there(self, places: Sequence[Place]) -> list[Place]:
        """Those of claims that count, of other reports than ``without``."""
        unknown = {claim for claim, _, _ in places} - self._reports_of.keys()
        sql = "SELECT claim_id, report_id FROM features WHERE claim_id IN (SELECT id FROM given)"
        self._reports_of |= dict.fromkeys(unknown)
        self._reports_of |= {row["claim_id"]: row["report_id"] for row in self._rows(sql, _ids(unknown))}
        gone = {None, *self._without}
        return [place for place in places if self._reports_of[place[0]] not in gone]

    def of_reports(self, reports: Iterable[str]) -> list[Place]:
        """Where the claims of these reports stand, whatever ``without`` is."""
        sql = f"""WITH f AS (SELECT claim_id, report_id FROM features WHERE report_id IN (SELECT id FROM given))
            SELECT p.claim_id, p.event_id, p.component FROM ({_LATEST.format("SELECT claim_id FROM f")}) p"""
        return [_place(row) for row in self._rows(sql, _ids(reports))]

    def claims(self, ids: Iterable[str]) -> dict[str, Claim]:
        """These claims by id; nothing of those that are not there."""
        sql = "SELECT id, since, report_id, event_id FROM claims WHERE id IN (SELECT id FROM given)"
        found = self._texts("claims", self._found(sql, _ids(ids)))
        return {row["id"]: claim_of({**row, "record": record}) for row, record in found}

    def ties(self, claims: Iterable[str], end: str = "claim_id") -> list[dict[str, Any]]:
        """The rows of ``ties`` that start at these claims or, with ``other_id``, that lead to them; none that are older
        than what fusion knows of a claim, as they were found for what it told before."""
        sql = f"""SELECT DISTINCT t.* EXCLUDE since FROM raw_ties t
            JOIN features c ON c.claim_id = t.claim_id AND c.since <= t.since
            JOIN features o ON o.claim_id = t.other_id AND o.since <= t.since
            WHERE t.{end} IN (SELECT id FROM given)"""
        return self._rows(sql, _ids(claims))

    # ------------------------------------------------------------ reports

    def near(self, keys: Iterable[str]) -> list[tuple[str, dt.date | None, list[str]]]:
        """The reports that have at least one of these keys: id, day of publication, and the keys."""
        named = {key_hash(key): key for key in keys}
        sql = """SELECT b.report_id, r.published, list(DISTINCT b.key) AS keys
            FROM (SELECT report_id, key FROM raw_report_blocks SEMI JOIN given USING (key)) b
            JOIN reports r ON r.id = b.report_id GROUP BY ALL"""
        rows = self._found(sql, _hashes(named))
        return [(row["report_id"], row["published"], [named[key] for key in row["keys"]]) for row in rows]

    def read(self, reports: Iterable[str]) -> list[Report]:
        """The reports of these ids, of those that are there."""
        return self._reports("SELECT id FROM given", _ids(reports))

    def grouped(self, reports: Iterable[str]) -> dict[str, str]:
        """Report → its group, of those of the reports that are there and in one."""
        sql = "SELECT report_id, group_id FROM groups WHERE report_id IN (SELECT id FROM given)"
        return {row["report_id"]: row["group_id"] for row in self._found(sql, _ids(reports))}

    def of_groups(self, groups: Iterable[str]) -> list[Report]:
        """The reports of these groups."""
        return self._reports("SELECT report_id FROM groups WHERE group_id IN (SELECT id FROM given)", _ids(groups))

    def _reports(self, ids: str, given: pa.Table) -> list[Report]:
        sql = f"SELECT *, id AS report_id FROM reports WHERE id IN ({ids})"
        return [report_of(row) for row in self._found(sql, given)]

    def existing_events(self, ids: Iterable[str]) -> set[str]:
        """Those of the ids that are events."""
        sql = "SELECT id FROM events WHERE id IN (SELECT id FROM given)"
        return {row["id"] for row in self._rows(sql, _ids(ids))}


_LATEST = """
SELECT claim_id, arg_max(event_id, since) AS event_id, arg_max(component, since) AS component
FROM raw_members WHERE claim_id IN ({}) GROUP BY claim_id"""

_STANDING = """
SELECT claim_id, arg_max(event_id, since) AS event_id, arg_max(component, since) AS component
FROM raw_members WHERE claim_id IN (SELECT claim_id FROM raw_members WHERE {0} IN (SELECT id FROM given))
GROUP BY claim_id HAVING arg_max({0}, since) IN (SELECT id FROM given)"""


def _place(row: Mapping[str, Any]) -> Place:
    return row["claim_id"], row["event_id"], row["component"]


def _hashes(keys: Iterable[int]) -> pa.Table:
    import pyarrow as pa

    return pa.table({"key": pa.array(sorted(set(keys)), pa.int64())})


def _ids(ids: Iterable[str]) -> pa.Table:
    import pyarrow as pa

    return pa.table({"id": pa.array(sorted(set(ids)), pa.string())})
