"""What routes of reviewing share: the database of people, reviewing on what the site reads, and what is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends, Request
from pydantic import BaseModel

from whodid.dataset.people import People
from whodid.records import Correction, Judgement
from whodid.run.reviewing import Reviewing
from whodid.web.answers import failures
from whodid.web.envelope import Envelope, Failure, Meta
from whodid.web.once import Key, once
from whodid.web.security import AViewer, Refused, record
from whodid.web.site import ASite
from whodid.web.views.review import Reviewed, ReviewItem, Row, review_item

REFUSALS = failures(400, 401, 403, 422)
CHANGES = REFUSALS | {
    409: {"model": Failure, "description": "Somebody else said something meanwhile, or the key is used."}
}


class Kept(BaseModel):
    """A judgement that was kept. item: the claim with it. meanwhile: what others said of the same field at the same
    moment; both are kept, and the last one counts."""

    row: Row
    item: ReviewItem
    meanwhile: tuple[Row, ...] = ()


class Pair(BaseModel):
    """A judgement of two claims: do they tell of one event?"""

    left: str
    right: str
    verdict: str


def people_of(site: ASite) -> People:
    """The database of people. Raises Refused where the site has none."""
    if site.people is None:
        raise Refused(403, "read-only", "nothing can be judged here: the site is served for reading only")
    return site.people


APeople = Annotated[People, Depends(people_of)]


def reviewing_of(site: ASite, people: APeople) -> Reviewing:
    """Reviewing on the version that the site reads."""
    return Reviewed(site.live, people)


AReview = Annotated[Reviewing, Depends(reviewing_of)]


def envelope(review: Reviewing, data: Any, total: int | None = None, next: str | None = None) -> Envelope[Any]:
    """An answer about the version that is read."""
    return Envelope(data=data, meta=Meta(version=review.data.version, total=total, next=next))


class Said:
    """A request that says something: who asks, on which database, and the key by which it is known."""

    def __init__(self, request: Request, review: AReview, viewer: AViewer, key: Key = None) -> None:
        self.request, self.review, self.viewer, self.key = request, review, viewer, key

    def once(self, body: BaseModel, do: Callable[[], Any]) -> Envelope[Any]:
        """The answer of ``do``, the same again for the same key."""
        asked = [self.request.url.path, body.model_dump(mode="json")]
        return envelope(self.review, once(self.review.people, self.viewer, self.key, asked, do))

    def kept(self, row: Correction, meanwhile: tuple[Row, ...] = ()) -> dict[str, Any]:
        """The answer about a judgement of a claim that was kept."""
        record(self.request, "judgement", claim=row.claim, field=row.field, id=row.id)
        own = Row(**row.model_dump(), stands=True)
        return Kept(row=own, item=review_item(self.review, row.claim), meanwhile=meanwhile).model_dump(mode="json")

    def pairs(self, what: str, judgements: list[Judgement], **about: str) -> list[dict[str, str]]:
        """The answer about judgements of pairs that were kept."""
        record(self.request, what, **about)
        return [Pair(left=j.left, right=j.right, verdict=j.verdict).model_dump() for j in judgements]


ASaid = Annotated[Said, Depends()]
