"""What was coded, as one change to a dataset: reports, claims, rejections, what they supersede, and the events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypedDict

from whodid.dataset import Run, Writer
from whodid.dataset.identity import Placement
from whodid.dataset.people import People
from whodid.dataset.rows import claim_row, rejection_row, report_row, statement_rows
from whodid.records import Claim, Coded, Rejection
from whodid.run.coder import Output
from whodid.run.correcting import Judged, judged_all
from whodid.run.fusing_stored import Change, fuse_into


class ClaimsOfChange(TypedDict):
    """The fields of a :class:`Change` that hold claims."""

    claims: list[Claim]
    machine: dict[str, str]


Placed = tuple[Placement | None, Output]
"""An output and what its report is to the dataset; None for what was not read to its end."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What a change holds: whether anything at all, ids of reports that were superseded, events built or changed."""

    anything: bool
    superseded: tuple[str, ...] = ()
    events: int = 0


def is_read(output: Output) -> bool:
    """True if the report was read to its end, with or without claims."""
    return isinstance(output, Coded) or output.code == "no-events"


def stage(writer: Writer, placed: Sequence[Placed], people: People, *, coded: str) -> Stored:
    """Put everything that is new to the dataset into the change. coded: fingerprint of the coder."""
    taken = {p.report.id: (p, output) for p, output in placed if p and p.standing in {"new", "recode"}}
    refused = [r for p, output in placed if not p or p.report.id in taken for r in _rejections(output)]
    rejections = _new_rejections(writer, refused, taken)
    if not taken and not rejections:
        return Stored(False)
    late = {p.report.id for p, _ in taken.values() if p.superseded_by}
    late |= {old for p, _ in taken.values() for old in p.supersedes if old in taken and old != p.report.id}
    gone = _retire(writer, [p for p, _ in taken.values()], late)
    writer.add("reports", (report_row(p.report, coded=coded, run=writer.run.id) for p, _ in taken.values()))
    coded_claims = [claim for _, output in taken.values() if isinstance(output, Coded) for claim in output.claims]
    claims = judged_all(coded_claims, {key: p.report for key, (p, _) in taken.items()}, people)
    _add_late(writer, [j for j in claims if j.claim.report.id in late])
    counting = [j for j in claims if j.claim.report.id not in late]
    add_rejected(writer, counting)
    change = Change(
        reports=[p.report for p, _ in taken.values() if p.report.id not in late],
        gone=gone,
        **claims_of_change(counting),
    )
    events = fuse_into(writer, change, people)
    _count(writer.run, reports=len(taken), claims=len(claims), rejections=rejections)
    superseded = {old for p, _ in taken.values() for old in p.supersedes}
    return Stored(True, tuple(sorted(superseded | late)), events)


def _rejections(output: Output) -> tuple[Rejection, ...]:
    return (output,) if isinstance(output, Rejection) else output.rejections


def _new_rejections(writer: Writer, refused: Iterable[Rejection], taken: Iterable[str]) -> int:
    """Stage the rejections that are not there yet, and retire those of reports that are read now. Their number."""
    rows = {row["id"]: row for row in (rejection_row(r, run=writer.run.id) for r in refused)}
    read = set(taken)
    reports = sorted({*read, *(r["report_id"] for r in rows.values() if r["report_id"])})
    sql = "SELECT id, report_id FROM rejections WHERE list_contains($ids, id) OR list_contains($reports, report_id)"
    there = writer.dataset.query(sql, {"ids": list(rows), "reports": reports}).to_pylist()
    writer.retire("rejections", sorted({t["report_id"] for t in there} & read), "read")
    known = {t["id"] for t in there if t["report_id"] not in read}
    fresh = [row for key, row in rows.items() if key not in known]
    writer.add("rejections", fresh)
    return len(fresh)


def _retire(writer: Writer, placements: Sequence[Placement], late: set[str]) -> set[str]:
    """Retire what no longer counts: the superseded, old rows of what is coded anew, and what came too late to count.
    Returns the ids of those that are in the dataset."""
    gone = set()
    for p in placements:
        if p.standing == "recode":
            writer.retire("report", [p.report.id], "recoded")
            gone.add(p.report.id)
        for old in p.supersedes:
            if old not in late:
                writer.retire("report", [old], "superseded", by=p.report.id)
                gone.add(old)
        if p.superseded_by:
            writer.retire("report", [p.report.id], "superseded", by=p.superseded_by, new_too=True)
    newer = {old: p.report.id for p in placements for old in p.supersedes if old in late}
    for old, by in newer.items():
        writer.retire("report", [old], "superseded", by=by, new_too=True)
    return gone


def _add_late(writer: Writer, claims: Sequence[Judged]) -> None:
    """Claims of reports that are superseded as they come: kept, and in no event."""
    kept = [j for j in claims if not j.rejected]
    writer.add("claims", (claim_row(j.claim, event=j.claim.id, machine=j.stored) for j in kept))
    writer.add("statements", statement_rows(j.claim for j in kept))
    add_rejected(writer, claims)


def add_rejected(writer: Writer, claims: Iterable[Judged]) -> None:
    """Stage those that people rejected: kept, and in no view and no event."""
    writer.add("claims", (
        claim_row(j.claim, event=j.claim.id, machine=j.stored, rejected=True) for j in claims if j.rejected
    ))  # fmt: skip


def claims_of_change(claims: Iterable[Judged]) -> ClaimsOfChange:
    """What a change holds of the claims that people did not reject."""
    kept = [j for j in claims if not j.rejected]
    return {"claims": [j.claim for j in kept], "machine": {j.claim.id: j.stored for j in kept if j.stored}}


def _count(run: Run, **new: int) -> None:
    for name, number in new.items():
        run.counts[name] += number
