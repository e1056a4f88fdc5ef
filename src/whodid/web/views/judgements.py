"""All judgements of claims, how far reviewers agree, and what they differ on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, JsonValue

from whodid.errors import UsageError
from whodid.export.cells import csv_line
from whodid.run.agreement import agreement, disputes, views_of
from whodid.run.correcting import WHOLE, label
from whodid.run.reviewing import Reviewing
from whodid.web.views.review import Row, rows_of

COLUMNS = ("id", "claim", "field", "before", "after", "person", "made", "why", "deciding", "undoes", "stands")


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True)


class AgreementLine(_Record):
    """Agreement on one field; ``claim`` is the verdict on the whole. See :class:`whodid.run.agreement.Agreement`."""

    field: str
    alpha: float | None
    claims: int
    reviewers: int


class DisputeLine(_Record):
    """What reviewers say differently of a field of a claim. values: reviewer → the value in words."""

    claim: str
    field: str
    values: dict[str, str]
    counts: str


class AgreementView(_Record):
    """How far those agree who judged the same claims, and what nobody has decided yet."""

    fields: tuple[AgreementLine, ...]
    disputes: tuple[DisputeLine, ...]


def agreement_view(review: Reviewing) -> AgreementView:
    """Agreement of the reviewers of a dataset."""
    return AgreementView(
        fields=tuple(
            AgreementLine.model_validate(one, from_attributes=True) for one in agreement(review.data, review.people)
        ),
        disputes=tuple(
            DisputeLine(claim=one.claim, field=one.field, values=dict(one.values), counts=one.counts)
            for one in disputes(review.data, review.people)
        ),
    )


def judgement_rows(review: Reviewing, *, claim: str | None, person: str | None, field: str | None) -> list[Row]:
    """Judgements that fit, newest first. Raises UsageError for a claim that is not there."""
    return [
        row
        for row in reversed(rows_of(review.corrections(claim)))
        if person in {None, row.person} and field in {None, row.field}
    ]


def csv_lines(found: Iterable[Row]) -> Iterator[str]:
    """Judgements as CSV; values are JSON."""
    yield csv_line(COLUMNS)
    for row in found:
        cells = {**row.model_dump(mode="json"), "before": _json(row.before), "after": _json(row.after)}
        yield csv_line(cells[name] for name in COLUMNS)


def json_lines(found: Iterable[Row]) -> Iterator[str]:
    """Judgements as JSON Lines."""
    for row in found:
        yield row.model_dump_json() + "\n"


def in_words(row: Row) -> tuple[str, str]:
    """Before and after of a judgement as people read them."""
    if row.field == WHOLE:
        return str(row.before or "–"), str(row.after or "–")
    return label(row.field, row.before), label(row.field, row.after)


def _json(value: JsonValue) -> str:
    return json.dumps(value, ensure_ascii=False)


# ---------------------------------------------------------------- deciding


def said_by(review: Reviewing, wanted: str, field: str, reviewer: str) -> JsonValue:
    """What a reviewer says of a field of a claim, as a correction takes it; of the whole, the verdict. Raises
    UsageError where this one has said nothing of it."""
    machine = review.data.coded_claim(wanted)
    view = views_of(machine, review.people.corrections_of([machine.id]).get(machine.id, [])).get(reviewer)
    if field == WHOLE and view and view.verdict:
        return "reject" if view.verdict == "rejected" else "accept"
    if view is None or field not in view.values:
        raise UsageError(f"{reviewer!r} has said nothing of {field} of claim {machine.id} that stands")
    return given_of(field, view.values[field])


def given_of(field: str, value: Any) -> JsonValue:
    """A value that a claim has as a person gives it: words by their place, without what follows from them."""
    if value is None or field in {"type", "mode", "contexts", "status", "historical"}:
        return value  # type: ignore[no-any-return]
    if field in {"actors", "recipients"}:
        return [_party(one) for one in value]
    if field == "counts":
        return [{name: one[name] for name in ("what", "low", "high", "start", "end")} for one in value]
    if field == "said_by":
        return {name: _words(value[name]) if name in {"speaker", "cue"} else value[name]
                for name in ("voice", "speaker", "cue", "stance")}  # fmt: skip
    names = ("first", "last", "basis") if field == "when" else ("geonameid",)
    return {**{name: value[name] for name in names}, **(_words(value) or {})}


def _party(one: Mapping[str, Any]) -> dict[str, JsonValue]:
    known = {name: one[name] for name in ("id", "country") if one[name]}
    return {"start": one["start"], "end": one["end"], "sectors": list(one["sectors"]), **known}


def _words(of: Mapping[str, Any] | None) -> dict[str, JsonValue] | None:
    return None if of is None or of["start"] is None else {"start": of["start"], "end": of["end"]}
