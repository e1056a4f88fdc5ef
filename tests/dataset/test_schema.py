from __future__ import annotations

from pathlib import Path

import pytest

from whodid.dataset.schema import Table, dictionary, tables
from whodid.records import Claim, Report

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "dataset.md").read_text(encoding="utf-8")


def test_the_page_has_the_dictionary_of_the_tables() -> None:
    assert dictionary() in PAGE, "put the output of whodid.dataset.schema.dictionary() into docs/dataset.md"


@pytest.mark.parametrize("table", tables().values(), ids=lambda t: t.name)
def test_every_table_has_a_version_and_no_column_twice(table: Table) -> None:
    assert table.names[-1] == "since" and len(set(table.names)) == len(table.names)
    assert all(column.meaning for column in table.columns)
    assert [field.name for field in table.arrow()] == list(table.names)


def test_the_columns_of_a_report_are_its_fields() -> None:
    assert set(Report.model_fields) <= set(tables()["reports"].names)


def test_what_people_filter_by_is_a_column_of_claims() -> None:
    assert {"type", "mode", "status", "historical", "scale", "score", "ontology"} <= set(Claim.model_fields)
    assert {"type", "mode", "status", "historical", "scale", "score", "ontology"} <= set(tables()["claims"].names)
