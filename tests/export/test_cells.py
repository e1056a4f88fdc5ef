"""Cells that no spreadsheet, R or pandas takes for something else."""

from __future__ import annotations

import csv
import datetime as dt
from io import StringIO
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from whodid.export.cells import csv_line, plain, safe, tsv_line

MISREAD = ["0831", "12e5", "1.5", "1,000", "50%", "1/2", "3-5", "12:30", "0x1f", "NA", "n/a", "NaN", "null", "None",
           "NIL", "TRUE", "false", "T", "f", "inf", "#N/A", "<NA>", "1234567890123456"]  # fmt: skip
FORMULAS = ["=1+1", "+1", "-2", "@x", "＝1", "\t=1", " =1", "\r=1", "'x"]
PLAIN = ["", "IRQ", "NAM", "NA; GOV", "nana", "8 dead", "2020-01-12", "Mayor of T", "killed 8..", "a'b"]


@pytest.mark.parametrize("text", [*MISREAD, *FORMULAS])
def test_what_would_be_misread_gets_an_apostrophe(text: str) -> None:
    assert str(safe(text)).startswith("'")
    assert str(safe(text))[1:].strip() == text.strip()


@pytest.mark.parametrize("text", PLAIN)
def test_other_words_stay(text: str) -> None:
    assert safe(text) == text


@pytest.mark.parametrize("cell", [None, 3, -2.5, True, dt.date(2020, 1, 12)])
def test_what_is_no_text_stays(cell: object) -> None:
    assert safe(cell) is cell  # type: ignore[arg-type]


def test_cells_as_text() -> None:
    assert [plain(c) for c in (None, True, False, 0, -1.5, dt.date(2020, 1, 2), "x")] == [
        "", "true", "false", "0", "-1.5", "2020-01-02", "x",
    ]  # fmt: skip


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_any_text_comes_back_from_csv_by_taking_one_apostrophe_off(texts: list[str]) -> None:
    line = csv_line(texts)
    (row,) = csv.reader(StringIO(line, newline=""))
    flat = [str.translate(t, {ord(c): " " for c in "\r\n\t\v\f\x1c\x1d\x1e\x85\u2028\u2029\0"}) for t in texts]
    assert [cell.removeprefix("'") if cell.startswith("'") else cell for cell in row] == flat
    assert line.count("\n") == 1


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_any_text_is_one_cell_of_tsv(texts: list[str]) -> None:
    line = tsv_line(texts)
    assert line.count("\t") == len(texts) - 1
    assert line.count("\n") == 1 and '"' not in line


def test_pandas_and_duckdb_read_codes_as_text_without_being_asked(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    lines = csv_line(["code", "place"]) + "".join(csv_line([c, p]) for c, p in [("0831", "NA"), ("190", "T")])
    path.write_text(lines, encoding="utf-8", newline="")
    frame = pd.read_csv(path)
    assert frame["code"].str.removeprefix("'").tolist() == ["0831", "190"]
    assert frame["place"].str.removeprefix("'").tolist() == ["NA", "T"]
    assert duckdb.sql(f"SELECT code, place FROM read_csv('{path}')").fetchall() == [("'0831", "'NA"), ("'190", "'T")]
