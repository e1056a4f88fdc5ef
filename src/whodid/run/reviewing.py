"""Reviewing: what people say of claims and events is kept at once, as rows, and taken into the dataset afterwards.

When :func:`correct`, :func:`verdict`, :func:`undo`, :func:`split`, :func:`merge` or :func:`note` returns, the judgement
is in the database of people and will not be lost. :func:`apply_pending` makes one version of the dataset with all that
it has not seen yet; until then claims and events show the state before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from pydantic import JsonValue

from whodid.dataset import Dataset, Run, Writer, open_dataset, writing
from whodid.dataset.check import Problem
from whodid.dataset.compact import tidy
from whodid.dataset.corrections import settled, standing
from whodid.dataset.people import Kind, Note, People, open_people
from whodid.dataset.rows import correction_row, report_of
from whodid.errors import UsageError
from whodid.records import Claim, ClaimVerdict, Correction, Report
from whodid.run.coder import coder_name
from whodid.run.correcting import WHOLE, Judged, judged, judged_all, label, value_of, with_value
from whodid.run.correction_values import Values
from whodid.run.fusing_stored import SEEN, Change, fuse_into
from whodid.run.storing import add_rejected, claims_of_change

if TYPE_CHECKING:
    import pyarrow as pa

TAKEN = "corrections"
"""The mark of a head that tells the number of the last judgement of a claim which the dataset has."""

VERDICTS: tuple[str, ...] = get_args(ClaimVerdict)
"""What can be said of a claim as a whole."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What was taken in. version: of the dataset after it. corrections: judgements of claims. claims: how many look
    other than before or are gone. events: built or changed. unfit: judgements that count and do not fit their claim."""

    version: int
    corrections: int = 0
    claims: int = 0
    events: int = 0
    unfit: tuple[Correction, ...] = ()


class Reviewing:
    """A dataset and the people who judge what is in it, open as long as it is used: a context manager. Several may be
    open at once, in one process or many.

    data: what is there; :meth:`look` takes the newest version. judgements: address of the database of people.
    """

    def __init__(self, folder: str | Path, *, judgements: str | None = None) -> None:
        """Raises UsageError where there is no dataset, WhodidError where the database cannot be reached."""
        self.folder = Path(folder)
        self.data = open_dataset(folder)
        self.people = open_people(self.folder, judgements)

    def __enter__(self) -> Reviewing:
        return self

    def __exit__(self, *_: object) -> None:
        self.people.close()

    def look(self) -> Dataset:
        """The newest version of the dataset, for all that follows."""
        now = open_dataset(self.folder)
        if now.version != self.data.version:
            self.data = now
        return self.data

    # ------------------------------------------------------------ claims

    def claim(self, wanted: str) -> Judged:
        """A claim with all that people have said of it by now, whether the dataset has it yet or not. Raises
        UsageError for an id that is not there."""
        machine = self.data.coded_claim(wanted)
        rows = self.people.corrections_of([machine.id]).get(machine.id, [])
        return judged(machine, rows, self._report(machine).text)

    def _report(self, claim: Claim) -> Report:
        return next(self.data.reports("id = ?", [claim.report.id]))

    def correct(
        self, wanted: str, field: str, value: JsonValue, *, person: str, why: str = "", deciding: bool = False
    ) -> Correction:
        """Say what a field of a claim really is; shapes of values: docs/review.md.

        wanted: id of the claim, or its first characters. deciding: settles what reviewers differ on. Raises UsageError
        for a value that is not allowed or that counts already.
        """
        now = self.claim(wanted)
        claim = now.claim
        made = Values(claim, self._report(claim), self.data).made(field, value)
        before = value_of(claim, field)
        with_value(claim, field, made)
        if made == before and not deciding:
            raise UsageError(
                f"{field} of claim {claim.id} is {label(field, made)} already; to say that it is right, accept it"
            )
        return self.people.correct(claim.id, field, before, made, person=person, why=why, deciding=deciding)

    def verdict(
        self, wanted: str, verdict: str, *, person: str, why: str = "", deciding: bool = False
    ) -> Correction:  # fmt: skip
        """Judge a claim as a whole: ``accept`` it as it is now, ``reject`` it (it leaves views, events and exports) or
        ``restore`` one that was rejected. Raises UsageError."""
        if verdict not in VERDICTS:
            raise UsageError(f"{verdict!r} is no verdict on a claim; verdicts: {', '.join(VERDICTS)}")
        machine = self.data.coded_claim(wanted)
        counting = settled(self.people.corrections_of([machine.id]).get(machine.id, [])).get(WHOLE)
        before = counting.after if counting else None
        if verdict == "restore" and before != "reject":
            raise UsageError(f"claim {machine.id} is not rejected: there is nothing to restore")
        return self.people.correct(machine.id, WHOLE, before, verdict, person=person, why=why, deciding=deciding)

    def undo(self, number: int, *, person: str, why: str = "") -> Correction:
        """Take back a judgement by its number; one that takes back can be taken back too. Raises UsageError for one
        that is not there or was taken back before."""
        row = self.people.correction(number)
        every = self.people.corrections_of([row.claim]).get(row.claim, [])
        for later in every:
            if later.undoes == number and _counts(later, every):
                raise UsageError(
                    f"correction {number} was taken back before, by {later.person} (correction {later.id})"
                )
        return self.people.correct(
            row.claim, row.field, row.after, row.before, person=person, why=why, undoes=number
        )  # fmt: skip

    def note(self, kind: Kind, wanted: str, words: str, *, person: str) -> Note:
        """Write a note beside a claim, event or report, by its id or the beginning of it. Raises UsageError."""
        id = wanted
        if kind == "claim":
            id = self.data.coded_claim(wanted).id
        elif kind == "event":
            id = self.data.event(wanted).id
        elif kind == "report":
            id = self.data.report(wanted).id
        return self.people.note(kind, id, words, person=person)

    def corrections(self, wanted: str | None = None) -> list[tuple[Correction, bool]]:
        """Every judgement of claims, or of one claim, oldest first, and whether it still stands: it was not taken back.
        Raises UsageError for a claim that is not there."""
        if wanted is None:
            rows = self.people.corrections()
        else:
            id = self.data.coded_claim(wanted).id
            rows = self.people.corrections_of([id]).get(id, [])
        of: dict[str, list[Correction]] = {}
        for row in rows:
            of.setdefault(row.claim, []).append(row)
        stands = {row.id for some in of.values() for row in standing(some)}
        stands |= {row.id for some in of.values() for row in some if row.undoes is not None and _counts(row, some)}
        return [(row, row.id in stands) for row in rows]


def _counts(row: Correction, every: Sequence[Correction]) -> bool:
    """True if nobody took the row back, or that was taken back itself."""
    return not any(later.undoes == row.id and _counts(later, every) for later in every)


# ---------------------------------------------------------------- taking in


def apply_pending(folder: str | Path, *, judgements: str | None = None) -> Applied:
    """Take everything that people said, and that the dataset has not seen, into it: one version, none where there is
    nothing. Several may do it at once. Raises UsageError where there is no dataset or another version of Whodid made
    it, WhodidError where it or the database cannot be reached."""
    run = Run("review", coder=coder_name())
    with open_people(Path(folder), judgements) as people:
        if not pending(open_dataset(folder).head.marks, people):
            return Applied(open_dataset(folder).version)
        with writing(folder, run) as writer:
            if not pending(writer.marks, people):
                return Applied(writer.dataset.version)
            rows = people.corrections(after=writer.marks.get(TAKEN, 0))
            change, claims, misfits = take_in(writer, rows, people)
            events = fuse_into(writer, change, people)
            tidy(writer)
            data = writer.commit(note=f"{len(rows)} corrections, {claims} claims changed")
    return Applied(data.version, len(rows), claims, events, misfits)


def unfit(folder: str | Path, *, judgements: str | None = None) -> Iterator[Problem]:
    """What people said and what does not fit, or not any longer: claims that are nowhere in the dataset, words that do
    not stand in the report as it is now."""
    with Reviewing(folder, judgements=judgements) as review:
        rows = review.corrections()
        stand: dict[str, list[Correction]] = {}
        for row, stands in rows:
            if stands and row.undoes is None:
                stand.setdefault(row.claim, []).append(row)
        known = review.data.query(
            "SELECT DISTINCT id FROM raw_claims WHERE id IN (SELECT id FROM given)", given=_ids(stand)
        )
        for claim in sorted(stand.keys() - set(known["id"].to_pylist())):
            for row in stand[claim]:
                yield Problem("corrections", str(row.id), f"there is no claim {claim}, of which it is", _TAKE_BACK)
        there = review.data.query("SELECT id FROM coded_claims WHERE id IN (SELECT id FROM given)", given=_ids(stand))
        for claim in there["id"].to_pylist():
            for row in review.claim(claim).unfit:
                yield Problem(
                    "corrections", str(row.id), f"its value does not fit claim {claim} any longer", _TAKE_BACK
                )


_TAKE_BACK = "take it back with `whodid undo`, and correct the claim that is meant"


def pending(marks: Mapping[str, int], people: People) -> int:
    """How many judgements of claims and of pairs a dataset with these ``marks`` has not taken in yet."""
    judgements = people.judgements(after=marks.get(SEEN, 0))
    after = marks.get(TAKEN, 0)
    return len(judgements) + (len(people.corrections(after=after)) if people.last_correction() > after else 0)


def take_in(
    writer: Writer, rows: Sequence[Correction], people: People
) -> tuple[Change, int, tuple[Correction, ...]]:  # fmt: skip
    """Stage judgements of claims and what becomes of the claims, for :func:`fuse_into`. Returns the change, the number
    of claims that look other than before, and the judgements that do not fit."""
    if not rows:
        return Change(), 0, ()
    writer.add("corrections", map(correction_row, rows))
    writer.marks[TAKEN] = rows[-1].id
    there = _reports_of(writer.dataset, {row.claim for row in rows})
    if not there:
        return Change(), 0, ()
    sql = "SELECT id, record, machine, checked FROM stored_claims WHERE report_id IN (SELECT id FROM given) ORDER BY id"
    stored = {row["id"]: row for row in writer.dataset.query(sql, given=_ids(there)).to_pylist()}
    coded = [Claim.model_validate_json(row["machine"] or row["record"]) for row in stored.values()]
    claims = judged_all(coded, there, people)
    other = {j.claim.id for j in claims if _differs(j, stored[j.claim.id])}
    reports = {j.claim.report.id for j in claims if j.claim.id in other}
    fresh = [j for j in claims if j.claim.report.id in reports]
    writer.retire("claims", sorted(reports), "corrected")
    add_rejected(writer, fresh)
    misfits = tuple(row for j in claims for row in j.unfit)
    return Change(changed=reports, **claims_of_change(fresh)), len(other), misfits


def _reports_of(data: Dataset, claims: Iterable[str]) -> dict[str, Report]:
    """The reports that make these claims, those that count."""
    of = data.query("SELECT report_id FROM stored_claims WHERE id IN (SELECT id FROM given)", given=_ids(claims))
    found = data.query(
        "SELECT * FROM reports WHERE id IN (SELECT id FROM given)", given=_ids(of["report_id"].to_pylist())
    )
    return {row["id"]: report_of(row) for row in found.to_pylist()}


def _differs(judged: Judged, row: Mapping[str, Any]) -> bool:
    """True if the claim is stored otherwise than it is to be."""
    return bool(row["record"] != judged.claim.model_dump_json() or (row["checked"] == "rejected") != judged.rejected)


def _ids(ids: Iterable[str]) -> pa.Table:
    import pyarrow as pa

    return pa.table({"id": pa.array(sorted(set(ids)), pa.string())})
