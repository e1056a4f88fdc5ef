"""All judgements, the agreement of reviewers, what an admin decides, and what is learned from it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from whodid.errors import UsageError
from whodid.records import CorrectedField
from whodid.run.correcting import WHOLE
from whodid.run.judged import judged_sentences
from whodid.web.answers import number_cursor, read_number, streamed
from whodid.web.envelope import Envelope
from whodid.web.saying import CHANGES, REFUSALS, AReview, ASaid, Kept, envelope
from whodid.web.security import AViewer, need
from whodid.web.site import ASite
from whodid.web.views.judgements import (
    AgreementView,
    agreement_view,
    csv_lines,
    in_words,
    json_lines,
    judgement_rows,
    said_by,
)
from whodid.web.views.review import Row

_MAY = [need("review")]
pages = APIRouter(dependencies=_MAY)
api = APIRouter(prefix="/review", tags=["Review"], dependencies=_MAY)

_PAGE = 100
_Of = CorrectedField | Literal["claim"]
_ClaimOf = Annotated[str | None, Query(max_length=64, description="Of this claim: its id, or its first characters.")]
_Person = Annotated[str | None, Query(max_length=200, description="By this person.")]
_FieldOf = Annotated[_Of | None, Query(description="Of this field; `claim` for verdicts on the whole.")]
_Cursor = Annotated[str | None, Query(max_length=500, description="`meta.next` of the answer before.")]


class Decide(BaseModel):
    """What settles a field of a claim: a ``value``, or the value that the reviewer ``like`` gave. Of ``claim``, the
    whole, the value is accept or reject."""

    model_config = ConfigDict(extra="forbid")

    claim: str = Field(min_length=1, max_length=64)
    field: _Of
    value: JsonValue = None
    like: str | None = Field(default=None, max_length=200)
    why: str = Field(default="", max_length=2_000)


@pages.get("/review/agreement")
def agreement_page(request: Request, site: ASite, review: AReview, viewer: AViewer) -> HTMLResponse:
    """How far reviewers agree."""
    return site.pages.page(
        request, "agreement", view=agreement_view(review), training=judged_sentences(review.data),
        decides=viewer.may("admin"),
    )  # fmt: skip


@pages.get("/review/judgements")
def judgements_page(  # noqa: PLR0913, PLR0917  one parameter a parameter
    request: Request, site: ASite, review: AReview, claim: _ClaimOf = None, person: _Person = None,
    field: _FieldOf = None, cursor: _Cursor = None,
) -> HTMLResponse:  # fmt: skip
    """Every judgement of claims."""
    found = judgement_rows(review, claim=claim or None, person=person or None, field=field)
    first = read_number(cursor)
    every = judgement_rows(review, claim=None, person=None, field=None)
    shown = found[first : first + _PAGE]
    return site.pages.page(
        request, "judgements", rows=[(row, *in_words(row)) for row in shown], total=len(found),
        people=sorted({row.person for row in every}), fields=sorted({row.field for row in every}),
        chosen={"claim": claim or "", "person": person or "", "field": field or ""},
        next=number_cursor(first + _PAGE if first + _PAGE < len(found) else None),
    )  # fmt: skip


@api.get("/corrections", responses=REFUSALS | {200: {"content": {"text/csv": {"schema": {"type": "string"}},
         "application/jsonl": {"schema": {"type": "string"}}}}}, response_model=Envelope[list[Row]])  # fmt: skip
def corrections(
    review: AReview, claim: _ClaimOf = None, person: _Person = None, field: _FieldOf = None, cursor: _Cursor = None,
    format: Annotated[Literal["json", "csv", "jsonl"], Query(description="A page, or a file of all.")] = "json",
) -> Any:  # fmt: skip
    """Judgements of claims, newest first: who, when, before, after and why."""
    found = judgement_rows(review, claim=claim or None, person=person or None, field=field)
    if format != "json":
        return streamed((csv_lines if format == "csv" else json_lines)(found), "judgements", format, {})
    first = read_number(cursor)
    after = first + _PAGE if first + _PAGE < len(found) else None
    return envelope(review, found[first : first + _PAGE], len(found), number_cursor(after))


@api.get("/agreement", responses=REFUSALS, response_model=Envelope[AgreementView])
def agreement_twin(review: AReview) -> Envelope[Any]:
    """Krippendorff's alpha of each field, and what reviewers differ on."""
    return envelope(review, agreement_view(review))


@api.post("/adjudicate", responses=CHANGES, response_model=Envelope[Kept], dependencies=[need("admin")])
def adjudicate(body: Decide, said: ASaid) -> Envelope[Any]:
    """Settle what reviewers differ on: this counts before what they said."""

    def do() -> Any:
        review, me = said.review, said.viewer.name
        value = said_by(review, body.claim, body.field, body.like) if body.like else body.value
        if body.field != WHOLE:
            row = review.correct(body.claim, body.field, value, person=me, why=body.why, deciding=True)
        elif value in {"accept", "reject"}:
            row = review.verdict(body.claim, str(value), person=me, why=body.why, deciding=True)
        else:
            raise UsageError(f"value: {value!r} is no verdict that settles a claim; it takes accept, reject")
        return said.kept(row)

    return said.once(body, do)


@api.get("/training", responses=REFUSALS | {200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
         response_class=PlainTextResponse)  # fmt: skip
def training(review: AReview) -> Response:
    """The sentences of which every claim was judged, as `make train JUDGED=FOLDER` reads them."""
    found = judged_sentences(review.data)
    headers = {"Content-Disposition": 'attachment; filename="judged.txt"'}
    return PlainTextResponse(found.text if found.blocks else "", headers=headers)
