"""What fusing asks of a dataset: claims by block key, by component, by event; where they stand."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from whodid.dataset.reader import Dataset
from whodid.dataset.rows import claim_of, report_of
from whodid.records import Claim, Report

if TYPE_CHECKING:
    import pyarrow as pa


def key_hash(key: str) -> int:
    """64 bits of a block key, as a signed number."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)


class Finder:
    """Looks things up at one version, as if the reports ``without`` were not there.

    Places are (claim, event, component). A feature set is the dict that was stored with the claim.
    """

    def __init__(self, dataset: Dataset, without: Collection[str] = ()) -> None:
        self._dataset = dataset
        self._without = frozenset(without)

    def sharing(self, keys: Iterable[str]) -> Iterator[dict[str, Any]]:
        """The features of the claims that have at least one of these block keys."""
        return self._features("SELECT claim_id FROM raw_blocks SEMI JOIN given USING (key)", _hashes(keys))

    def within(self, components: Iterable[str]) -> Iterator[dict[str, Any]]:
        """The features of the claims that stand in these components."""
        return self._features(_STANDING.format("component"), _ids(components))

    def _features(self, claims: str, given: pa.Table) -> Iterator[dict[str, Any]]:
        sql = f"SELECT report_id, features FROM features WHERE claim_id IN ({claims})"
        for row in self._dataset.query(sql, given=given).to_pylist():
            if row["report_id"] not in self._without:
                yield json.loads(row["features"])

    def placed(self, claims: Iterable[str]) -> list[tuple[str, str, str]]:
        """Where these claims stand; nothing of those that are not there."""
        sql = f"""SELECT p.claim_id, p.event_id, p.component, f.report_id
            FROM ({_LATEST.format("SELECT id FROM given")}) p JOIN features f ON f.claim_id = p.claim_id"""
        return self._places(sql, _ids(claims))

    def members(self, events: Iterable[str]) -> list[tuple[str, str, str]]:
        """Where the claims of these events stand."""
        sql = f"""SELECT p.claim_id, p.event_id, p.component, f.report_id
            FROM ({_LATEST.format(_STANDING.format("event_id"))}) p JOIN features f ON f.claim_id = p.claim_id"""
        return self._places(sql, _ids(events))

    def of_reports(self, reports: Iterable[str]) -> list[tuple[str, str, str]]:
        """Where the claims of these reports stand, whatever ``without`` is."""
        sql = f"""WITH f AS (SELECT claim_id, report_id FROM features WHERE report_id IN (SELECT id FROM given))
            SELECT p.claim_id, p.event_id, p.component, '' AS report_id
            FROM ({_LATEST.format("SELECT claim_id FROM f")}) p"""
        return self._places(sql, _ids(reports))

    def _places(self, sql: str, given: pa.Table) -> list[tuple[str, str, str]]:
        found = self._dataset.query(sql, given=given).to_pylist()
        return [
            (row["claim_id"], row["event_id"], row["component"])
            for row in found
            if row["report_id"] not in self._without
        ]

    def claims(self, ids: Iterable[str]) -> dict[str, Claim]:
        """These claims by id; nothing of those that are not there."""
        sql = "SELECT report_id, record, event_id FROM claims WHERE id IN (SELECT id FROM given)"
        found = self._dataset.query(sql, given=_ids(ids)).to_pylist()
        return {claim.id: claim for row in found if row["report_id"] not in self._without for claim in [claim_of(row)]}

    def ties(self, claims: Iterable[str], end: str = "claim_id") -> list[dict[str, Any]]:
        """The rows of ``ties`` that start at these claims or, with ``other_id``, that lead to them; none that are older
        than what fusion knows of a claim, as they were found for what it told before."""
        sql = f"""SELECT DISTINCT t.* EXCLUDE since FROM raw_ties t
            JOIN features c ON c.claim_id = t.claim_id AND c.since <= t.since
            JOIN features o ON o.claim_id = t.other_id AND o.since <= t.since
            WHERE t.{end} IN (SELECT id FROM given)"""
        found: list[dict[str, Any]] = self._dataset.query(sql, given=_ids(claims)).to_pylist()
        return found

    # ------------------------------------------------------------ reports

    def alike(self, keys: Iterable[str]) -> list[Report]:
        """The reports that have at least one of these keys."""
        return self._reports("SELECT report_id FROM raw_report_blocks SEMI JOIN given USING (key)", _hashes(keys))

    def grouped(self, reports: Iterable[str]) -> dict[str, str]:
        """Report → its group, of those of the reports that are there and in one."""
        sql = "SELECT report_id, group_id FROM groups WHERE report_id IN (SELECT id FROM given)"
        found = self._dataset.query(sql, given=_ids(reports)).to_pylist()
        return {row["report_id"]: row["group_id"] for row in found if row["report_id"] not in self._without}

    def of_groups(self, groups: Iterable[str]) -> list[Report]:
        """The reports of these groups."""
        return self._reports("SELECT report_id FROM groups WHERE group_id IN (SELECT id FROM given)", _ids(groups))

    def _reports(self, ids: str, given: pa.Table) -> list[Report]:
        found = self._dataset.query(f"SELECT * FROM reports WHERE id IN ({ids})", given=given).to_pylist()
        return [report_of(row) for row in found if row["id"] not in self._without]

    def events_of(self, reports: Iterable[str]) -> set[str]:
        """The events that these reports tell of."""
        sql = "SELECT id FROM events WHERE list_has_any(reports, (SELECT list(id) FROM given))"
        return set(self._dataset.query(sql, given=_ids(reports))["id"].to_pylist())

    def existing_events(self, ids: Iterable[str]) -> set[str]:
        """Those of the ids that are events."""
        sql = "SELECT id FROM events WHERE id IN (SELECT id FROM given)"
        return set(self._dataset.query(sql, given=_ids(ids))["id"].to_pylist())


_LATEST = """
SELECT claim_id, arg_max(event_id, since) AS event_id, arg_max(component, since) AS component
FROM raw_members WHERE claim_id IN ({}) GROUP BY claim_id"""

_STANDING = """
SELECT claim_id FROM raw_members
WHERE claim_id IN (SELECT claim_id FROM raw_members WHERE {0} IN (SELECT id FROM given))
GROUP BY claim_id HAVING arg_max({0}, since) IN (SELECT id FROM given)"""


def _hashes(keys: Iterable[str]) -> pa.Table:
    import pyarrow as pa

    return pa.table({"key": pa.array(sorted({key_hash(key) for key in keys}), pa.int64())})


def _ids(ids: Iterable[str]) -> pa.Table:
    import pyarrow as pa

    return pa.table({"id": pa.array(sorted(set(ids)), pa.string())})
