"""Reviewing: what is looked at next, and what reviewers say of it. A judgement is a row, and never overwrites one."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from whodid.dataset.people import Kind as NotedKind
from whodid.records import CorrectedField, Correction
from whodid.run import regrouping
from whodid.run.review_queue import SAMPLE, Kind, Precision, precision
from whodid.run.reviewing import TAKEN, pending
from whodid.web.envelope import Envelope
from whodid.web.saying import CHANGES, REFUSALS, AReview, ASaid, Kept, Pair, Said, envelope
from whodid.web.security import AViewer, Refused, need, record
from whodid.web.site import ASite
from whodid.web.views.codes import Codes, codes_of
from whodid.web.views.review import (
    Proposed,
    QueueLine,
    ReviewItem,
    ReviewNote,
    Row,
    conflicts,
    proposed,
    queue_lines,
    review_item,
)

_MAY = [need("review")]
pages = APIRouter(dependencies=_MAY)
api = APIRouter(prefix="/review", tags=["Review"], dependencies=_MAY)


_Why = Annotated[str, Field(max_length=2_000, description="Why, for whoever reads it later.")]
_Claim = Annotated[str, Field(min_length=1, max_length=64, description="Id of the claim, or its first characters.")]
_Queue = Annotated[Kind, Query(description="Lowest score, events that contradict themselves, or a random sample.")]
_Limit = Annotated[int, Query(ge=1, le=200, description="How many at most.")]
_Seed = Annotated[int, Query(ge=0, le=2**31 - 1, description="Of the random sample: the same seed draws the same.")]
_Sample = Annotated[int, Query(ge=1, le=10_000, description="Claims in the random sample.")]
_Mine = Annotated[bool, Query(description="Also what others have judged, and not oneself.")]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class OfClaim(_Body):
    """Something that is said of a claim."""

    claim: _Claim
    why: _Why = ""


class Value(_Body):
    """A value of a field of a claim; its shapes: docs/review.md."""

    claim: _Claim
    field: CorrectedField
    value: JsonValue


class Correct(Value):
    """seen: number of the newest judgement of the claim that was seen; where others said something else of the field
    after it, nothing is kept and the answer is 409. over: keep it all the same."""

    why: _Why = ""
    seen: int | None = Field(default=None, ge=0)
    over: bool = False


class Undo(_Body):
    """The number of the judgement that is taken back."""

    id: int = Field(ge=1, le=2**31 - 1)
    why: _Why = ""


class Split(_Body):
    """The claims of an event that tell of another one."""

    event: _Claim
    claims: list[_Claim] = Field(min_length=1, max_length=1_000)
    why: _Why = ""


class Merge(_Body):
    """Events that are one."""

    events: list[_Claim] = Field(min_length=2, max_length=50)
    why: _Why = ""


class AddNote(_Body):
    """A note beside a claim, event or report."""

    kind: Literal["claim", "event", "report"] = "claim"
    target: _Claim
    text: str = Field(min_length=1, max_length=5_000)


class State(BaseModel):
    """taken: the dataset has taken in the judgement that was asked for, or all of them. waiting: how many it has
    not."""

    taken: bool
    waiting: int


# ---------------------------------------------------------------- pages


@pages.get("/review")
def review_page(  # noqa: PLR0913, PLR0917  one parameter a parameter
    request: Request, site: ASite, review: AReview, viewer: AViewer, queue: _Queue = "lowest", seed: _Seed = 0,
    claim: Annotated[str | None, Query(max_length=64)] = None,
) -> HTMLResponse:  # fmt: skip
    """The queue, and the claim that is looked at."""
    lines = queue_lines(site.live.data, review.people, kind=queue, limit=50, seed=seed, reviewer=None, sample=SAMPLE)
    told = precision(site.live.data, review.people, seed=seed)
    first = review_item(review, claim) if claim else None
    return site.pages.page(
        request, "review", queue=queue, seed=seed, lines=lines, precision=told, first=first,
        data={
            "queue": queue, "seed": seed, "me": viewer.name,
            "lines": [line.model_dump(mode="json") for line in lines],
            "item": first.model_dump(mode="json") if first else None,
        },
    )  # fmt: skip


# ---------------------------------------------------------------- what is looked at


@api.get("/queue", responses=REFUSALS, response_model=Envelope[list[QueueLine]])
def queue_twin(  # noqa: PLR0913, PLR0917
    site: ASite, review: AReview, viewer: AViewer, kind: _Queue = "lowest", limit: _Limit = 50, seed: _Seed = 0,
    sample: _Sample = SAMPLE, mine: _Mine = False,
) -> Envelope[Any]:  # fmt: skip
    """What to look at next, without what was judged."""
    reviewer = viewer.name if mine else None
    return envelope(
        review,
        queue_lines(site.live.data, review.people, kind=kind, limit=limit, seed=seed, reviewer=reviewer, sample=sample),
    )


@api.get("/precision", responses=REFUSALS, response_model=Envelope[Precision])
def precision_twin(review: AReview, seed: _Seed = 0, sample: _Sample = SAMPLE) -> Envelope[Any]:
    """The share of claims whose type, actors and recipients are right, by the random sample, with its interval of
    95 %."""
    return envelope(review, precision(review.data, review.people, seed=seed, sample=sample))


@api.get("/claims/{claim}", responses=REFUSALS, response_model=Envelope[ReviewItem])
def item_twin(
    claim: str, review: AReview, whole: Annotated[bool, Query(description="The whole text of a long report.")] = False
) -> Envelope[Any]:
    """A claim with the text that it rests on and all that people said of it."""
    return envelope(review, review_item(review, claim, whole=whole))


@api.get("/codes/{ontology}", responses=REFUSALS, response_model=Envelope[Codes])
def codes(ontology: str, review: AReview) -> Envelope[Any]:
    """The codes of an ontology with their definitions, such as plover-2.0."""
    return envelope(review, codes_of(ontology))


@api.get("/state", responses=REFUSALS, response_model=Envelope[State])
def state(
    review: AReview, after: Annotated[int, Query(ge=0, le=2**31 - 1, description="Number of a judgement.")] = 0
) -> Envelope[Any]:
    """Whether the dataset that pages are made of has taken in what was judged."""
    marks = review.data.head.marks
    waiting = pending(marks, review.people)
    return envelope(review, State(taken=not waiting or 0 < after <= marks.get(TAKEN, 0), waiting=waiting))


@api.post("/preview", responses=REFUSALS, response_model=Envelope[Proposed],
          dependencies=[need("review", writes=False)])  # fmt: skip
def preview(body: Value, review: AReview) -> Envelope[Any]:
    """What a correction would change; nothing is kept."""
    return envelope(review, proposed(review, body.claim, body.field, body.value))


# ---------------------------------------------------------------- what is said


@api.post("/corrections", responses=CHANGES, response_model=Envelope[Kept])
def correct(body: Correct, said: ASaid) -> Envelope[Any]:
    """Say what a field of a claim really is."""
    return said.once(body, lambda: said.kept(*_corrected(body, said)))


def _corrected(body: Correct, said: Said) -> tuple[Correction, tuple[Row, ...]]:
    review, me = said.review, said.viewer.name
    seen = body.seen
    if seen is not None and not body.over:
        if others := conflicts(review, body.claim, body.field, seen=seen, person=me):
            last = others[-1]
            raise Refused(
                409, "said-meanwhile", f"{last.person} has said something else of {body.field} meanwhile (judgement "
                f"{last.id}); nothing of yours was kept: look at it, then send yours again with over=true",
            )  # fmt: skip
        seen = max([seen, *(row.id for row, _ in review.corrections(body.claim))])
    row = review.correct(body.claim, body.field, body.value, person=me, why=body.why)
    if seen is None or body.over:
        return row, ()
    return row, conflicts(review, row.claim, body.field, seen=seen, person=me)


def _judged(verdict: str, body: OfClaim, said: Said) -> Envelope[Any]:
    def do() -> Any:
        return said.kept(said.review.verdict(body.claim, verdict, person=said.viewer.name, why=body.why))

    return said.once(body, do)


@api.post("/accept", responses=CHANGES, response_model=Envelope[Kept])
def accept(body: OfClaim, said: ASaid) -> Envelope[Any]:
    """Say that a claim is right as it is now."""
    return _judged("accept", body, said)


@api.post("/reject", responses=CHANGES, response_model=Envelope[Kept])
def reject(body: OfClaim, said: ASaid) -> Envelope[Any]:
    """Say that there is no such claim: it leaves views, events and exports."""
    return _judged("reject", body, said)


@api.post("/restore", responses=CHANGES, response_model=Envelope[Kept])
def restore(body: OfClaim, said: ASaid) -> Envelope[Any]:
    """Take back that a claim was rejected."""
    return _judged("restore", body, said)


@api.post("/undo", responses=CHANGES, response_model=Envelope[Kept])
def undo(body: Undo, said: ASaid) -> Envelope[Any]:
    """Take back a judgement; that can be taken back too."""
    return said.once(body, lambda: said.kept(said.review.undo(body.id, person=said.viewer.name, why=body.why)))


@api.post("/split", responses=CHANGES, response_model=Envelope[list[Pair]])
def split(body: Split, said: ASaid) -> Envelope[Any]:
    """Make an event of its own of some claims of an event."""

    def do() -> Any:
        made = regrouping.split(said.review, body.event, body.claims, person=said.viewer.name, why=body.why)
        return said.pairs("split", made, event=body.event, claims=" ".join(body.claims)[:500])

    return said.once(body, do)


@api.post("/merge", responses=CHANGES, response_model=Envelope[list[Pair]])
def merge(body: Merge, said: ASaid) -> Envelope[Any]:
    """Make one event of several."""

    def do() -> Any:
        made = regrouping.merge(said.review, body.events, person=said.viewer.name, why=body.why)
        return said.pairs("merge", made, events=" ".join(body.events)[:500])

    return said.once(body, do)


@api.post("/notes", responses=CHANGES, response_model=Envelope[ReviewNote])
def note(body: AddNote, said: ASaid) -> Envelope[Any]:
    """Write a note beside a claim, event or report."""

    def do() -> Any:
        made = said.review.note(body.kind, body.target, body.text, person=said.viewer.name)
        record(said.request, "note", kind=body.kind, target=made.target)
        return ReviewNote(text=made.text, person=made.person, made=made.made).model_dump(mode="json")

    return said.once(body, do)


@api.get("/notes", responses=REFUSALS, response_model=Envelope[list[ReviewNote]])
def notes(
    review: AReview,
    target: Annotated[str, Query(min_length=1, max_length=64, description="Id of the thing.")],
    kind: Annotated[NotedKind | None, Query(description="What the id is of; by default whatever has it.")] = None,
) -> Envelope[Any]:
    """The notes beside a claim, event or report, oldest first."""
    found = review.people.notes(target, kind)
    return envelope(review, [ReviewNote(text=n.text, person=n.person, made=n.made) for n in found], len(found))
