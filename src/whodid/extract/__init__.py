"""Annotated → Extraction: event predicates with type, mode, roles and status."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from whodid.extract.ahead import side_by_side
from whodid.extract.coder import RuleCoder
from whodid.extract.learned import LearnedCoder
from whodid.extract.status import status
from whodid.models import EventCoder
from whodid.ontology import Ontology
from whodid.records import Annotated, Extraction, Rejection

__all__ = ["LearnedCoder", "RuleCoder", "extract", "status"]


def extract(
    items: Iterable[Annotated | Rejection], *, ontology: Ontology, coder: EventCoder | None = None, at_once: int = 1
) -> Iterator[Extraction | Rejection]:
    """One Extraction for each annotated report, in order; rejections pass through. By default the rule coder codes.

    at_once: reports that the coder works at side by side, each in a thread; more than 1 is for a coder that waits.
    """
    chosen = coder or RuleCoder(ontology)

    def one(item: Annotated | Rejection) -> Extraction | Rejection:
        if isinstance(item, Rejection):
            return item
        found = chosen.code(item)
        return found if isinstance(found, Extraction | Rejection) else Extraction(annotated=item, mentions=found)

    return side_by_side(items, one, at_once=at_once)
