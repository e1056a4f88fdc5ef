"""One report: its text with the words of every claim marked, its claims, and the versions and copies of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from whodid.dataset.people import People
from whodid.dataset.rows import report_of
from whodid.records import Claim, Report, ReportInfo
from whodid.web.envelope import NotThere
from whodid.web.snapshot import Snapshot
from whodid.web.text import UNSEEN, plain, short
from whodid.web.views.citation import Citation, cite_report
from whodid.web.views.claim import TITLE, ClaimView, claim_view, short_info
from whodid.web.views.event import EventInWords, event_lines
from whodid.web.views.marks import LAYERS, Layer, Mark, Piece, pieces
from whodid.web.views.notes import NoteView, notes_beside

WHOLE = 40
"""Claims of a long report that its page shows whole; of the others it has a line, until they are asked for."""


class VersionLine(BaseModel):
    """A version of a report. digest: of its content, by which it is asked for. counts: whether it is the one whose
    claims count."""

    model_config = ConfigDict(frozen=True)

    id: str
    digest: str
    title: str | None
    published: dt.date | None
    retrieved: dt.datetime | None
    counts: bool


class CopyLine(BaseModel):
    """Another report of the same wire story. first: whether the group has its name from it."""

    model_config = ConfigDict(frozen=True)

    report: ReportInfo
    first: bool


class ReportPage(BaseModel):
    """A report with all that a page shows of it. The title in ``report`` is cut to 300 characters.

    was: an id that led here, of a version whose place this one took. version: digest of an older version that is shown,
    None for the one that counts; the claims of an older one do not count and are left out. text: as it was read;
    offsets of all words count its code points. claims: in the order of the text. events: those that the claims belong
    to, by id. versions: all there are, the one that counts last.
    """

    model_config = ConfigDict(frozen=True)

    report: ReportInfo
    was: str | None
    version: str | None
    text: str
    published_from: str | None
    retrieved: dt.datetime | None
    reader: str
    sha256: str
    claims: tuple[ClaimView, ...]
    events: dict[str, EventInWords]
    versions: tuple[VersionLine, ...]
    copies: tuple[CopyLine, ...]
    notes: tuple[NoteView, ...]
    citation: Citation

    @property
    def marks(self) -> list[Mark]:
        """The marks of all claims."""
        return [mark for claim in self.claims for mark in claim.marks]

    @property
    def anchors(self) -> dict[str, str]:
        """The key of the mark of each trigger → its claim."""
        return {claim.marks[0].key: claim.claim.id for claim in self.claims}

    @property
    def hidden(self) -> int:
        """How many characters of the text are shown by a sign, as they would not be seen."""
        return plain(self.text).count(UNSEEN) - self.text.count(UNSEEN)

    @property
    def paragraphs(self) -> list[list[Piece]]:
        """The text in pieces, a list a paragraph; together they are the whole text, line ends included."""
        return list(paragraphs(pieces(self.text, self.marks)))

    @property
    def layers(self) -> list[tuple[Layer, int]]:
        """Every layer and how many marks are in it."""
        found = [mark.layer for mark in self.marks]
        return [(layer, found.count(layer)) for layer in LAYERS]


def paragraphs(every: Iterable[Piece]) -> Iterable[list[Piece]]:
    """The pieces parted behind each line end."""
    line: list[Piece] = []
    for piece in every:
        at = piece.start
        for part in piece.text.splitlines(keepends=True):
            line.append(Piece(part, at, at + len(part), piece.marks))
            at += len(part)
            if part.endswith("\n"):
                yield line
                line = []
    if line:
        yield line


def report_id(data: Snapshot, wanted: str) -> str:
    """The id of the report that counts for an id: itself, the version that stands in its place, or the only one whose
    id starts so. Raises NotThere."""
    found = _ids(data, "SELECT id FROM held_reports WHERE id = ?", wanted)
    found = found or _ids(data, _LATER, wanted)
    if not found and len(wanted) >= 4:
        found = _ids(data, "SELECT id FROM held_reports WHERE starts_with(id, ?) ORDER BY id LIMIT 5", wanted)
    if len(found) == 1:
        return found[0]
    if found:
        raise NotThere(f"several reports start with {wanted!r}: {', '.join(found)}; give more of the id")
    raise NotThere(f"there is no report {wanted!r} in version {data.version} of this dataset; look for it in the list")


# the report at the end of the chain of those that took each other's place; a later link has a greater number
_LATER = """
WITH RECURSIVE gone AS (
  SELECT id, arg_max("by", before) AS later, max(before) AS before FROM retired
  WHERE kind = 'report' AND reason = 'superseded' AND "by" <> id GROUP BY id
), step AS (
  SELECT id, later, before, 1 AS n FROM gone WHERE id = ?
  UNION ALL
  SELECT g.id, g.later, g.before, s.n + 1 FROM step s JOIN gone g ON g.id = s.later WHERE s.n < 100
)
SELECT r.id FROM step JOIN held_reports r ON r.id = step.later ORDER BY n DESC LIMIT 1
"""


def _ids(data: Snapshot, sql: str, wanted: str) -> list[str]:
    found: list[str] = data.query(sql, [wanted])["id"].to_pylist()
    return found


def one_report(data: Snapshot, id: str) -> Report:
    """The report with this very id. Raises NotThere."""
    found = next(iter(data.reports("id = ?", [id])), None)
    if found is None:
        raise NotThere(f"there is no report {id!r} in version {data.version} of this dataset")
    return found


def one_claim(data: Snapshot, id: str) -> Claim:
    """The claim with this very id. Raises NotThere."""
    found = next(iter(data.claims("id = ?", [id])), None)
    if found is None:
        raise NotThere(f"there is no claim {id!r} in version {data.version} of this dataset")
    return found


class Wanted(NamedTuple):
    """What of a report is wanted. was: an id that was asked for before it, shown only if it led here. version: digest
    of an older version in its place. first: number of a claim, 0 for the first; the events are those of :data:`WHOLE`
    claims from it on, of all where it is None."""

    was: str | None = None
    version: str | None = None
    first: int | None = None


def report_page(data: Snapshot, id: str, *, address: str, wanted: Wanted, people: People | None = None) -> ReportPage:
    """The report with this very id. address: of its page. people: whose notes are shown. Raises NotThere."""
    was, version, first = wanted
    versions = tuple(_versions(data, id))
    older = _older(data, versions, version) if version else None
    report = older or one_report(data, id)
    found = [] if older else data.claims("report_id = ?", [id])
    claims = sorted(found, key=lambda c: (c.trigger.start, c.trigger.end, c.id))
    whole = claims if first is None else claims[first : first + WHOLE]
    return ReportPage(
        report=short_info(report),
        was=was if was and was != id and _ids(data, _LATER, was) == [id] else None,
        version=version if older else None,
        text=report.text,
        published_from=report.published_from,
        retrieved=report.retrieved,
        reader=report.reader,
        sha256=report.sha256,
        claims=tuple(map(claim_view, claims)),
        events=event_lines(data, (claim.event for claim in whole)),
        versions=versions,
        copies=tuple(_copies(data, id)),
        notes=notes_beside(people, [id]),
        citation=cite_report(data, report, address),
    )


_VERSIONS = """
WITH RECURSIVE kin AS (
  SELECT $id AS id
  UNION
  SELECT x.id FROM kin JOIN retired x ON x."by" = kin.id WHERE x.kind = 'report' AND x.reason = 'superseded'
)
SELECT r.id, r.digest, any_value(r.title) AS title, any_value(r.published) AS published,
  max(r.retrieved) AS retrieved, bool_or(l.id IS NOT NULL) AS counts
FROM raw_reports r JOIN kin USING (id) LEFT JOIN held_reports l ON l.id = r.id AND l.digest = r.digest
GROUP BY r.id, r.digest ORDER BY counts, published NULLS FIRST, retrieved NULLS FIRST, r.digest
"""


def _versions(data: Snapshot, id: str) -> Iterable[VersionLine]:
    for row in data.query(_VERSIONS, {"id": id}).to_pylist():
        yield VersionLine(**{**row, "title": short(row["title"], TITLE) or None})


def _older(data: Snapshot, versions: Iterable[VersionLine], digest: str) -> Report | None:
    """The report of an older version, None where it is the one that counts. Raises NotThere."""
    wanted = next((version for version in versions if version.digest == digest), None)
    if wanted is None:
        raise NotThere(f"the report has no version {digest!r}")
    sql = "SELECT * FROM raw_reports WHERE id = ? AND digest = ? ORDER BY since DESC LIMIT 1"
    return None if wanted.counts else report_of(data.query(sql, [wanted.id, digest]).to_pylist()[0])


_COPIES = """
SELECT r.id, r.url, r.publisher, r.title, r.published, r.language, g.group_id
FROM groups g JOIN held_reports r ON r.id = g.report_id
WHERE g.group_id = (SELECT group_id FROM groups WHERE report_id = $id) AND g.report_id <> $id
ORDER BY r.published NULLS LAST, r.id
"""


def _copies(data: Snapshot, id: str) -> Iterable[CopyLine]:
    for row in data.query(_COPIES, {"id": id}).to_pylist():
        group = row.pop("group_id")
        yield CopyLine(report=short_info(ReportInfo(**row)), first=group == row["id"])
