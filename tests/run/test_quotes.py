"""Who said what, from reports to sayings, with the real parser."""

from __future__ import annotations

import logging

import pytest

import whodid.run.quotes as quotes_module
from tests.builders import report
from whodid.models.spacy_parser import SpacyParser
from whodid.records import Rejection, Sayings
from whodid.run.quotes import quotes, report_quotes

pytestmark = pytest.mark.model

TEXT = "The minister told reporters on Monday that rebels had left the port. “We stay,” the general said."


def test_quotes_come_in_order_and_rejections_are_told(
    parser: SpacyParser, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(quotes_module, "load_parser", lambda _: parser)
    refused = Rejection(source="x.bin", code="binary", message="it is not text")
    told: list[Rejection] = []
    found = list(quotes([report(TEXT), refused], rejected=told.append))
    assert [(s.who.text, s.form) for s in found if s.who] == [("The minister", "indirect"), ("the general", "direct")]
    assert told == [refused]
    with caplog.at_level(logging.WARNING, "whodid"):
        assert list(quotes([refused])) == []
    assert "x.bin: binary" in caplog.text


def test_a_report_in_which_nobody_speaks_is_accounted_for(parser: SpacyParser) -> None:
    (only,) = report_quotes(report("Troops crossed the river and took the bridge."), parser=parser)
    assert isinstance(only, Sayings) and only.sayings == ()
