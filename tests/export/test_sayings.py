"""Who said what as JSON Lines and CSV."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest

from tests.builders import report, saying
from whodid.export.sayings import COLUMNS, saying_csv, saying_line
from whodid.records import Saying

OUTPUT = (Path(__file__).resolve().parents[2] / "docs" / "output.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [*COLUMNS, *Saying.model_fields])
def test_every_column_and_key_is_documented(name: str) -> None:
    assert f"`{name}`" in OUTPUT.partition("## Quotes")[2].partition("\n## ")[0]


def bare() -> Saying:
    """A saying with nothing in it that may be left out."""
    return saying(report(), who=None, to_whom=None, stance=None, when=None)


def test_a_line_has_every_field_in_order_and_is_read_back() -> None:
    line = saying_line(saying())
    fields = ["id", "report", "who", "to_whom", "cue", "words", "form", "stance", "when", "said_by", "sentence"]
    assert list(json.loads(line)) == fields
    assert line.endswith("\n") and line.count("\n") == 1
    assert [Saying.model_validate_json(saying_line(s)) for s in (saying(), bare())] == [saying(), bare()]


def test_a_csv_row_has_what_the_saying_has() -> None:
    full, empty = csv.DictReader(StringIO("".join(saying_csv([saying(), bare()])), newline=""))
    assert list(full) == list(COLUMNS)
    expected = {
        "who": "Harbour Gazette",
        "who_text": "the Harbour Gazette",
        "who_id": "org:gazette",
        "who_sectors": "MED",
        "to_whom": "Avalon",
        "cue": "said",
        "words": "the government of Avalon … has threatened to close the strait",
        "form": "indirect",
        "stance": "asserts",
        "when_first": "2020-01-12",
        "told_by": "outlet",
        "published": "2020-01-14",
    }
    assert {name: full[name] for name in expected} == expected
    assert empty["who"] == empty["to_whom"] == empty["stance"] == empty["when_first"] == empty["publisher"] == ""


def test_no_cell_is_run_as_a_formula() -> None:
    odd = saying(report(title="=1+1"))
    assert next(csv.DictReader(StringIO("".join(saying_csv([odd])))))["title"] == "'=1+1"
