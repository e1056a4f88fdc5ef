"""A claim as pages show it: with what its codes mean, and its words marked in their sentence."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, ConfigDict

from whodid.errors import WhodidError
from whodid.ontology import Ontology, load_ontology
from whodid.records import Claim, Corrected, Count, ReportInfo, evidence
from whodid.web.text import short, web_link
from whodid.web.views.marks import Mark, Piece, marks_of, pieces

TITLE = 300
"""Characters of a report's title that a view holds; the report has the whole of it."""


_ROLE = frozenset({"actor", "recipient", "when", "where", "speaker"})
"""Fields of which a reason may speak by their words; others share them with the type."""


class Kind(BaseModel):
    """What the codes of a claim or event mean, in the words of its ontology; empty where it is not at hand."""

    model_config = ConfigDict(frozen=True)

    name: str = ""
    definition: str = ""
    mode_definition: str = ""
    quad: str = ""


class CorrectionLine(BaseModel):
    """What a person made of a field of a claim: before and after in words."""

    model_config = ConfigDict(frozen=True)

    field: str
    before: str
    after: str
    by: str
    made: dt.datetime
    why: str


class ClaimView(BaseModel):
    """A claim, what its codes mean, and the words of its fields. The title of its report is cut to 300 characters."""

    model_config = ConfigDict(frozen=True)

    claim: Claim
    kind: Kind
    marks: tuple[Mark, ...]
    corrections: tuple[CorrectionLine, ...] = ()

    @property
    def checked(self) -> str:
        """What people did to it: ``none``, ``accepted`` or ``corrected``."""
        return self.claim.checked

    @property
    def sentence(self) -> list[Piece]:
        """The sentence of the claim in pieces."""
        return pieces(self.claim.sentence.text, self.marks, self.claim.sentence.start)

    @property
    def elsewhere(self) -> list[Mark]:
        """Marks that no part of the sentence has: a name that a pronoun in it stands for."""
        of = self.claim.sentence
        return [mark for mark in self.marks if mark.end <= of.start or mark.start >= of.end]

    def reasons(self, mark: Mark) -> list[str]:
        """The reasons of the claim that name the words of a mark."""
        return [reason for reason in self.claim.why if f"“{mark.text}”" in reason and mark.field in _ROLE]

    @property
    def counted(self) -> list[tuple[Mark, Count]]:
        """The numbers of the claim, each with its mark."""
        counts = [e.of for e in evidence(self.claim)]
        return [(mark, of) for mark, of in zip(self.marks, counts, strict=True) if isinstance(of, Count)]

    def marks_for(self, field: str) -> list[Mark]:
        """The marks of a field."""
        return [mark for mark in self.marks if mark.field == field]


def claim_view(claim: Claim) -> ClaimView:
    """A claim as pages show it."""
    return ClaimView(
        claim=claim.model_copy(update={"report": short_info(claim.report)}),
        kind=kind_of(claim.ontology, claim.type, claim.mode),
        marks=marks_of(claim),
        corrections=tuple(_correction(claim, one) for one in claim.corrections),
    )


def _correction(claim: Claim, one: Corrected) -> CorrectionLine:
    after = claim.model_dump(mode="json", include={str(one.field)})[one.field]
    before = in_words(json.loads(one.before))
    return CorrectionLine(
        field=one.field, before=before, after=in_words(after), by=one.by, made=one.made, why=one.why
    )  # fmt: skip


def in_words(value: Any) -> str:
    """The value of a field of a claim, as JSON has it, in words: names rather than ids, days rather than records."""
    match value:
        case None | [] | "":
            return "–"
        case bool():
            return "yes" if value else "no"
        case list():
            return ", ".join(map(in_words, value))
        case {"first": first, "last": last}:
            return str(first) if first == last else f"{first} – {last}"
        case {"voice": voice, "speaker": speaker}:
            return f"{voice}: {in_words(speaker)}" if speaker else str(voice)
        case {"what": what, "low": low, "high": high}:
            ends = ["?" if end is None else str(end) for end in (low, high)]
            return f"{what} {'–'.join(dict.fromkeys(ends))}"
        case {"text": text}:
            return str(value.get("name") or text)
    return str(value)


def in_order(claims: Iterable[Claim]) -> list[Claim]:
    """Claims by day of publication, report and place in it."""
    return sorted(claims, key=lambda c: (str(c.report.published or "9999"), c.report.id, c.trigger.start, c.id))


def short_info(report: ReportInfo) -> ReportInfo:
    """What a view holds of a report: its title and address may be of any length."""
    link = web_link(report.url)
    changed = {"title": short(report.title, TITLE) or None, "url": link or (short(report.url, TITLE) or None)}
    return ReportInfo(**{name: getattr(report, name) for name in ReportInfo.model_fields} | changed)


def report_name(report: ReportInfo) -> str:
    """What people call a report: its title, else the last part of its address, else its id."""
    last = (report.url or "").rstrip("/").rpartition("/")[2]
    return short(report.title or last, TITLE) or report.id


@lru_cache(maxsize=4_096)
def kind_of(ontology: str, type: str, mode: str | None) -> Kind:
    """What a type and a mode mean."""
    found = _ontology(ontology)
    known = found.types.get(type) if found else None
    if found is None or known is None:
        return Kind(name=type)
    how = known.modes.get(mode) if mode else None
    return Kind(
        name=known.name,
        definition=known.definition,
        mode_definition=how.definition if how else "",
        quad=found.quads.get(known.quad, ""),
    )


@lru_cache(maxsize=8)
def _ontology(name: str) -> Ontology | None:
    """An ontology that comes with the program; that of a file is not at hand where a dataset is served."""
    try:
        return load_ontology(name)
    except (WhodidError, OSError):
        return None
