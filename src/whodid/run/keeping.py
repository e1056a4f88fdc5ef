"""What is done to a dataset besides adding: reports removed, judgements of people and unfused claims taken in."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from whodid.dataset import Dataset, Run, Writer, init_dataset, open_dataset, tables, writing
from whodid.dataset.compact import tidy
from whodid.dataset.migrate import migrate as migrate_tables
from whodid.dataset.people import open_people
from whodid.dataset.rows import claim_of, report_of
from whodid.errors import UsageError
from whodid.run.coder import coder_name
from whodid.run.fusing_stored import FUSED, SEEN, Change, fuse_into, fusion
from whodid.run.reviewing import apply_pending

SCRATCH = "fusing"
"""Where in a dataset all is fused anew."""

_REPORTS_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Kept:
    """What was done: the version of the dataset after it, ids of the reports it was about, events built or changed."""

    version: int
    reports: tuple[str, ...]
    events: int


def remove(
    folder: str | Path, wanted: Sequence[str], *, by: str | None = None, note: str | None = None,
    judgements: str | None = None,
) -> Kept:  # fmt: skip
    """Remove reports, given by id or the beginning of one, with all that was claimed in them. Their rows stay, marked
    as removed, so that adding them again does not bring them back.

    Raises UsageError for an id that is not there; reports that were removed before are left as they are.
    """
    ids = [full_report_id(open_dataset(folder), one) for one in wanted]
    run = Run("remove", coder=coder_name(), settings={"reports": ids, "by": by, "note": note})
    with open_people(Path(folder), judgements) as people, writing(folder, run) as writer:
        removed = _states(writer.dataset, ids)
        todo = [one for one in dict.fromkeys(ids) if removed[one] != "removed"]
        if not todo:
            return Kept(writer.dataset.version, (), 0)
        writer.retire("report", todo, "removed", by=by, note=note)
        events = fuse_into(writer, Change(gone={one for one in todo if removed[one] is None}), people)
        data = writer.commit(note=f"{len(todo)} removed")
    return Kept(data.version, tuple(todo), events)


def full_report_id(data: Dataset, wanted: str) -> str:
    """The id of the only report, whether it counts or not, whose id is or starts with ``wanted``. Raises UsageError."""
    sql = "SELECT DISTINCT id FROM raw_reports WHERE starts_with(id, ?) ORDER BY id = ? DESC, id LIMIT 5"
    found: list[str] = data.query(sql, [wanted, wanted])["id"].to_pylist() if wanted else []
    if not found:
        raise UsageError(f"{data.path} has no report {wanted!r}; `whodid claims {data.path}` shows the ids of reports")
    if len(found) > 1 and found[0] != wanted:
        raise UsageError(f"several reports start with {wanted!r}: {', '.join(found)}; give more of the id")
    return found[0]


def _states(data: Dataset, ids: Sequence[str]) -> dict[str, str | None]:
    """Report → why its newest row does not count, None where it does."""
    sql = """SELECT r.id, arg_max(CASE WHEN x.before > r.since THEN x.reason END, r.since) FILTER (true) AS state,
          bool_or(x.before IS NULL OR x.before <= r.since) AS counts
        FROM raw_reports r LEFT JOIN (
          SELECT id, max(before) AS before, arg_max(reason, since) AS reason FROM raw_retired WHERE kind = 'report'
          GROUP BY id) x ON x.id = r.id
        WHERE list_contains(?, r.id) GROUP BY r.id"""
    return {row["id"]: None if row["counts"] else row["state"] for row in data.query(sql, [list(ids)]).to_pylist()}


def fuse_pending(folder: str | Path, *, judgements: str | None = None) -> Kept:
    """Take in what has not been seen yet: what people said of claims and of pairs of claims, and claims of a dataset
    that came from an older schema, which are not fused.

    Changes nothing where there is nothing such.
    """
    events, reports = apply_pending(folder, judgements=judgements).events, list[str]()
    run = Run("fuse", coder=coder_name())
    with open_people(Path(folder), judgements) as people:
        while True:
            with writing(folder, run) as writer:
                change = _unfused(writer.dataset)
                if not change.reports and not people.judgements(after=writer.marks.get(SEEN, 0)):
                    return Kept(writer.dataset.version, tuple(reports), events)
                events += fuse_into(writer, change, people)
                reports += [r.id for r in change.reports]
                writer.commit(note=f"{len(change.stored)} claims fused")


def _unfused(data: Dataset) -> Change:
    """Some reports that no group was found for yet, with their claims: those that fusion has not seen."""
    sql = (
        f"SELECT * FROM reports ANTI JOIN groups ON groups.report_id = reports.id ORDER BY id LIMIT {_REPORTS_AT_ONCE}"
    )
    reports = [report_of(row) for row in data.query(sql).to_pylist()]
    sql = """SELECT record, event_id FROM claims ANTI JOIN features ON features.claim_id = claims.id
        WHERE list_contains(?, claims.report_id) ORDER BY claims.id"""
    claims = [claim_of(row) for row in data.query(sql, [[r.id for r in reports]]).to_pylist()] if reports else []
    return Change(reports=reports, stored=claims)


def migrate(folder: str | Path, *, judgements: str | None = None) -> Kept:
    """Bring a dataset to the present schema, and fuse anew what another version of Whodid fused. Raises UsageError."""
    data = migrate_tables(folder)
    if data.head.fusion not in {"", fusion()}:
        anew = fuse_anew(folder, judgements=judgements)
        taken = apply_pending(folder, judgements=judgements)
        return replace(anew, version=taken.version, events=anew.events + taken.events)
    return fuse_pending(folder, judgements=judgements)


def fuse_anew(folder: str | Path, *, judgements: str | None = None) -> Kept:
    """Forget all that was fused and fuse every claim, in one version; ids of events that are no more lead to the new
    ones. Nobody else can write meanwhile; readers go on.

    It is done in a dataset of its own within the folder, which is thrown away.
    """
    run = Run("fuse", coder=coder_name(), settings={"anew": True})
    with open_people(Path(folder), judgements) as people, writing(folder, run) as writer:
        scratch = Path(folder, SCRATCH)
        shutil.rmtree(scratch, ignore_errors=True)
        init_dataset(scratch)
        _copy(writer.dataset, scratch)
        while True:
            with writing(scratch, Run("fuse")) as inner:
                change = _unfused(inner.dataset)
                if not change.reports:
                    break
                fuse_into(inner, change, people)
                tidy(inner)
                inner.commit()
        fused = open_dataset(scratch)
        _take_over(writer, fused)
        seen = people.judgements()
        writer.marks[SEEN] = seen[-1][0] if seen else 0
        writer.fusion = fusion()
        writer.dataset.texts.delete()  # a killed change may have left some of this version
        data = writer.commit(note="all claims fused anew")
        data.texts.fill(data)
        shutil.rmtree(scratch)
    return Kept(data.version, (), int(data.query("SELECT count(*) AS n FROM events")["n"][0].as_py()))


def _copy(data: Dataset, scratch: Path) -> None:
    """Put the reports and claims that count, as if fusion had not seen them, into an empty dataset."""
    with writing(scratch, Run("copy")) as inner:
        for name, columns in (("reports", ""), ("claims", ", id AS event_id")):
            sql = f"SELECT * REPLACE ({inner.version}::BIGINT AS since{columns}) FROM {name}"
            inner.replaced(name, inner.store.replace(name, data.stream(sql).cast(tables()[name].arrow())))
        inner.commit()


def _take_over(writer: Writer, fused: Dataset) -> None:
    """Have what was fused elsewhere in place of what is there."""
    before = writer.dataset.query("SELECT id FROM events")["id"].to_pylist()
    for name in FUSED:
        places = ', false AS "first"' if name == "members" else ""
        source = "events" if name == "events" else f"raw_{name}"
        sql = f"SELECT * REPLACE ({writer.version}::BIGINT AS since{places}) FROM {source}"
        if name == "members":
            sql += " QUALIFY row_number() OVER (PARTITION BY claim_id ORDER BY since DESC) = 1"
        if name == "groups":
            sql += " QUALIFY row_number() OVER (PARTITION BY report_id ORDER BY since DESC) = 1"
        writer.replaced(name, writer.store.replace(name, fused.stream(sql).cast(tables()[name].arrow())))
    now = fused.query("SELECT id, event_id FROM claims").to_pylist()
    home = {row["id"]: row["event_id"] for row in now}
    writer.add(
        "redirects",
        ({"old_id": old, "new_id": home[old]} for old in before if home.get(old, old) != old),
    )
