"""A report that somebody sent, coded at once, as the page of a report shows it."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from whodid.records import Coded, Rejection, ReportInfo
from whodid.run.own_text import OwnText
from whodid.web.text import short
from whodid.web.views.claim import TITLE, ClaimView, claim_view, short_info
from whodid.web.views.marks import Piece, pieces
from whodid.web.views.report import paragraphs


class OwnReport(BaseModel):
    """A report and its claims, in the order of the text. text: as it was read; offsets count its code points."""

    model_config = ConfigDict(frozen=True)

    report: ReportInfo
    text: str
    claims: tuple[ClaimView, ...]

    @property
    def anchors(self) -> dict[str, str]:
        """The key of the mark of each trigger → its claim."""
        return {claim.marks[0].key: claim.claim.id for claim in self.claims}

    @property
    def paragraphs(self) -> list[list[Piece]]:
        """The text in pieces, a list a paragraph."""
        return list(paragraphs(pieces(self.text, [mark for claim in self.claims for mark in claim.marks])))


class OwnPage(BaseModel):
    """What was made of what was sent. rejections: what gave no claims, and why."""

    model_config = ConfigDict(frozen=True)

    reports: tuple[OwnReport, ...]
    rejections: tuple[Rejection, ...]

    @property
    def number(self) -> int:
        """How many claims there are."""
        return sum(len(report.claims) for report in self.reports)


def own_page(found: OwnText) -> OwnPage:
    """What was found as a page shows it."""
    return OwnPage(
        reports=tuple(map(_report, found.coded)),
        rejections=tuple(one.model_copy(update={"source": short(one.source, TITLE)}) for one in found.rejections),
    )


def _report(coded: Coded) -> OwnReport:
    claims = sorted(coded.claims, key=lambda c: (c.trigger.start, c.trigger.end, c.id))
    return OwnReport(
        report=short_info(coded.report.info), text=coded.report.text, claims=tuple(map(claim_view, claims))
    )
