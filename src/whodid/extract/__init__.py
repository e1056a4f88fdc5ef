"""Annotated → Extraction: event predicates with type, mode, roles and status."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from whodid.extract.coder import RuleCoder
from whodid.extract.status import status
from whodid.models import EventCoder
from whodid.ontology import Ontology
from whodid.records import Annotated, Extraction, Rejection

__all__ = ["RuleCoder", "extract", "status"]


def extract(
    items: Iterable[Annotated | Rejection], *, ontology: Ontology, coder: EventCoder | None = None
) -> Iterator[Extraction | Rejection]:
    """One Extraction for each annotated report, in order; rejections pass through. By default the rule coder codes."""
    coder = coder or RuleCoder(ontology)
    for item in items:
        if isinstance(item, Rejection):
            yield item
        else:
            yield Extraction(annotated=item, mentions=coder.code(item))
