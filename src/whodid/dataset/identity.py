"""Which reports are there already, and which are new versions of those that are.

A report is known by its id and its content. Another content under the same id, under the same http(s) address, or of
the same publisher with the same title on the same day is another version of it, and the newer one counts: that with the
later day of publication or, of one day, the one that was read later. The older one is kept, and no longer counts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from whodid.dataset.reader import Dataset
from whodid.dataset.rows import content_digest
from whodid.records import Report

Standing = Literal["new", "known", "removed", "recode"]


@dataclass(frozen=True, slots=True)
class Placement:
    """What a report is to a dataset.

    standing: ``new``; ``known``, with the same content; ``removed``, by a person; ``recode``, known but coded by
    another coder. supersedes: ids of older versions that count no longer. superseded_by: the newer version that is
    there already. again: rows with its id are there, of another content or removed.
    """

    report: Report
    standing: Standing
    supersedes: tuple[str, ...] = ()
    superseded_by: str | None = None
    again: bool = False


@dataclass(slots=True)
class _Version:
    id: str
    digest: str
    coded: str
    published: dt.date | None
    retrieved: dt.datetime | None
    keys: tuple[str, ...]
    retired: str | None


def place(
    dataset: Dataset, reports: Sequence[Report], *, coded: str, recode: bool = False, restore: bool = False
) -> list[Placement]:
    """What each of the reports is to the dataset and to those before it.

    coded: fingerprint of the present coder. recode: reports that another coder coded are to be coded again. restore:
    reports that were removed are to be new.
    """
    index: dict[str, list[_Version]] = {}
    for version in _versions(dataset, reports):
        _enter(index, version)
    out = []
    for report in reports:
        placement = _place(index, report, coded=coded, recode=recode, restore=restore)
        out.append(placement)
        if placement.standing in {"new", "recode"}:
            _accept(index, placement, coded)
    return out


def _place(index: dict[str, list[_Version]], report: Report, *, coded: str, recode: bool, restore: bool) -> Placement:
    digest = content_digest(report)
    same = [v for v in index.get(_id_key(report.id), ()) if v.digest == digest]
    again = bool(index.get(_id_key(report.id)))
    if same:
        last = same[-1]
        if last.retired == "removed":
            return Placement(report, "new", again=True) if restore else Placement(report, "removed")
        stale = recode and last.retired is None and last.coded != coded
        return Placement(report, "recode" if stale else "known")
    others = {v.id: v for key in _keys(report) for v in index.get(key, ()) if v.retired is None}
    older = tuple(v.id for v in others.values() if _not_newer(v, report))
    newer = next((v.id for v in others.values() if not _not_newer(v, report)), None)
    return Placement(report, "new", supersedes=older, superseded_by=newer, again=again)


def _accept(index: dict[str, list[_Version]], placement: Placement, coded: str) -> None:
    for old in placement.supersedes:
        for version in index[_id_key(old)]:
            version.retired = version.retired or "superseded"
    report = placement.report
    retired = "superseded" if placement.superseded_by else None
    _enter(index, _Version(report.id, content_digest(report), coded, report.published, report.retrieved,
                           _keys(report), retired))  # fmt: skip


def _enter(index: dict[str, list[_Version]], version: _Version) -> None:
    for key in version.keys:
        index.setdefault(key, []).append(version)


def _not_newer(version: _Version, report: Report) -> bool:
    """True if the version is older than the report, or as old and not read later."""
    first = dt.date.min
    if version.published != report.published:
        return (version.published or first) < (report.published or first)
    if version.retrieved is None or report.retrieved is None:
        return True
    return version.retrieved <= report.retrieved


def _id_key(report_id: str) -> str:
    return f"id\x1f{report_id}"


def _keys(report: Report) -> tuple[str, ...]:
    return tuple(_all_keys(report.id, report.url, report.publisher, report.title, report.published))


def _all_keys(
    report_id: str, url: str | None, publisher: str | None, title: str | None, published: dt.date | None
) -> Iterator[str]:
    yield _id_key(report_id)
    if url and url.startswith(("http://", "https://")):
        yield f"url\x1f{url}"
    if publisher and title and published:
        yield f"title\x1f{publisher}\x1f{title}\x1f{published}"


_VERSIONS = """
SELECT r.id, r.digest, r.coded, r.published, r.retrieved, r.url, r.publisher, r.title,
  CASE WHEN x.before > r.since THEN x.reason END AS retired
FROM raw_reports r
LEFT JOIN (
  SELECT id, max(before) AS before, arg_max(reason, before) AS reason FROM raw_retired WHERE kind = 'report' GROUP BY id
) x ON x.id = r.id
WHERE r.id IN (SELECT id FROM given) OR r.url IN (SELECT url FROM given)
  OR (r.publisher, r.title, r.published) IN (SELECT (publisher, title, published) FROM given)
ORDER BY r.since
"""


def _versions(dataset: Dataset, reports: Iterable[Report]) -> Iterator[_Version]:
    """What the dataset has under any key of the reports, oldest first."""
    import pyarrow as pa

    given = pa.table(
        {name: pa.array([getattr(r, name) for r in reports], kind) for name, kind in (
            ("id", pa.string()), ("url", pa.string()), ("publisher", pa.string()), ("title", pa.string()),
            ("published", pa.date32()))}
    )  # fmt: skip
    for row in dataset.query(_VERSIONS, given=given).to_pylist():
        keys = tuple(_all_keys(row["id"], row["url"], row["publisher"], row["title"], row["published"]))
        yield _Version(row["id"], row["digest"], row["coded"], row["published"], row["retrieved"], keys, row["retired"])
