"""Fixtures that several test folders share."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Callable

import pytest

from whodid.annotate import annotate
from whodid.models.spacy_parser import SpacyParser
from whodid.records import Annotated, Report

for _name in ("COLUMNS", "LINES"):  # of the terminal of whoever runs the tests, which workers are told of
    os.environ.pop(_name, None)

Annotator = Callable[..., Annotated]


def make_report(text: str, published: str | None = None, publisher: str | None = None) -> Report:
    """A report as ``ingest`` would make it."""
    return Report(
        id=hashlib.sha256(text.encode()).hexdigest()[:12],
        text=text,
        published=dt.date.fromisoformat(published) if published else None,
        publisher=publisher,
        language="en",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        reader="test",
    )


@pytest.fixture(scope="session")
def parser() -> SpacyParser:
    """The real parser, loaded once."""
    return SpacyParser()


@pytest.fixture(scope="session")
def annotated(parser: SpacyParser) -> Annotator:
    """``annotated(text, published=None)``: the real annotation of a text."""

    def build(text: str, published: str | None = None, publisher: str | None = None) -> Annotated:
        result = next(annotate([make_report(text, published, publisher)], parser=parser))
        assert isinstance(result, Annotated)
        return result

    return build
