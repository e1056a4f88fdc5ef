"""The pages on querying say what there is."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from whodid.dataset.panel import tables
from whodid.dataset.query import Query
from whodid.timeline import FORMATS, LINES
from whodid.timeline.novelty import SAME

DOCS = Path(__file__).resolve().parents[2] / "docs"
QUERY, TIMELINE, PANEL = ((DOCS / name).read_text(encoding="utf-8") for name in ("query.md", "timeline.md", "panel.md"))


@pytest.mark.parametrize("name", Query.model_fields)
def test_every_condition_is_documented(name: str) -> None:
    assert f"`--{name.replace('_', '-')}`" in QUERY


def test_every_unit_period_measure_and_column_of_panels_is_documented() -> None:
    for part in ("units", "periods", "measures"):
        for name in tables()[part]:
            assert f"`{name}`" in PANEL
    columns = [c for unit in tables()["units"].values() for c in unit["columns"]]
    columns += [
        c for measure in tables()["measures"].values() for c in measure if not c.startswith(("injured", "arrested"))
    ]
    for column in columns:
        assert f"`{column}`" in PANEL, column


def test_every_format_of_timelines_is_documented_and_the_numbers_hold() -> None:
    for name in FORMATS:
        assert f"| `{name}` |" in TIMELINE
    assert f"`--lines` ({LINES})" in TIMELINE
    assert f"is {SAME} or more" in TIMELINE


def test_every_view_that_is_named_is_there() -> None:
    views = files("whodid.dataset").joinpath("views.sql").read_text(encoding="utf-8")
    named = QUERY.split("over the views ")[1].split("; their")[0].replace(" and ", ", ").split(", ")
    assert len(named) == 11
    for name in named:
        assert f"CREATE VIEW {name.strip('`')} AS" in views
