"""Gold records as reports, each text parsed once, and a failing text that does not hide the others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

import pytest

from bench.pipeline import Pipeline, report_of
from whodid.errors import ModelError
from whodid.models import Parsed
from whodid.models.spacy_parser import SpacyParser


class Counting:
    """A parser that notes the texts it is given, and breaks on one of them."""

    def __init__(self, parser: SpacyParser, broken: str = "", error: Exception | None = None) -> None:
        self.name, self.languages = parser.name, parser.languages
        self.parser, self.broken = parser, broken
        self.error = error or RuntimeError("broken on purpose")
        self.seen: list[str] = []

    def parse(self, texts: Iterable[str]) -> Iterator[Parsed]:
        for text in texts:
            if self.broken and self.broken in text:
                raise self.error
            self.seen.append(text)
            yield from self.parser.parse([text])


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ({"date": "2020-01-14"}, dt.date(2020, 1, 14)),
        ({"dct": "1998-02-13T14:26:00"}, dt.date(1998, 2, 13)),
        ({"date": "last winter"}, None),
        ({"date": None}, None),
    ],
)
def test_the_day_of_a_report(fields: dict[str, str | None], day: dt.date | None) -> None:
    assert report_of({"id": "a", "text": "x", **fields}).published == day


@pytest.mark.model
def test_a_text_is_parsed_once(parser: SpacyParser) -> None:
    counting = Counting(parser)
    pipeline = Pipeline(counting)
    rows = [{"id": "a", "text": "It rained."}, {"id": "b", "text": "It rained."}]
    first = list(pipeline.annotated(rows))
    again = list(pipeline.annotated(rows))
    assert counting.seen == ["It rained."]
    assert [a.report.id for _, a in first] == [a.report.id for _, a in again] == ["a", "b"]


@pytest.mark.model
def test_a_text_that_fails_is_named_and_the_others_are_coded(
    parser: SpacyParser, capsys: pytest.CaptureFixture[str]
) -> None:
    pipeline = Pipeline(Counting(parser, broken="curse"))
    rows = [{"id": "a", "text": "Police arrested a man."}, {"id": "b", "text": "A curse."}, {"id": "c", "text": " "}]
    coded = {row["id"]: [c.type for c in claims] for row, claims in pipeline.coded(rows)}
    assert coded == {"a": ["COERCE"]}
    assert pipeline.failed == ["b"]
    assert "failed on b: RuntimeError: broken on purpose" in capsys.readouterr().err


@pytest.mark.model
def test_what_would_fail_on_every_text_stops_the_command(parser: SpacyParser) -> None:
    pipeline = Pipeline(Counting(parser, broken="curse", error=ModelError("no model")))
    with pytest.raises(ModelError, match="no model"):
        list(pipeline.coded([{"id": "b", "text": "A curse."}]))
    assert pipeline.failed == []
