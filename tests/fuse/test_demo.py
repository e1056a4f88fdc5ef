"""Fusion against a reader's marks on the example reports."""

from __future__ import annotations

import pytest

from tests.fuse.demo import coded, expected, joined, pairwise
from whodid.fuse import fuse
from whodid.models import Parser

pytestmark = pytest.mark.model


def test_events_of_the_examples(parser: Parser) -> None:
    claims, reports = coded(parser)
    marks = expected(claims, reports)
    assert len(marks.unheld) <= 6, marks.unheld
    found = joined(claims, reports)
    assert set(found) == {claim.id for claim in claims}
    score, _ = pairwise(marks.event, found)
    assert score >= 0.85


def test_the_order_of_the_reports_changes_no_event(parser: Parser) -> None:
    claims, reports = coded(parser)
    assert {e.id: set(e.claims) for e in fuse(claims, reports)} == {
        e.id: set(e.claims) for e in fuse(claims[::-1], reports[::-1])
    }
