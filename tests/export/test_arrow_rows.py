from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from whodid.errors import UsageError
from whodid.export.arrow_rows import cell_text, csv_of, jsonl_of, write_rows

TABLE = pa.table(
    {
        "name": ["=1+1", "Namibia\nNA", None],
        "n": pa.array([1, None, -3], pa.int64()),
        "day": [dt.date(2021, 3, 1), None, dt.date(2021, 3, 3)],
        "many": [["a", "", "c"], ["", ""], []],
        "deep": [{"x": dt.date(2021, 3, 1)}, None, {"x": None}],
        "yes": [True, False, None],
    }
)


def test_csv_is_safe_and_keeps_lists_in_step() -> None:
    assert list(csv_of(TABLE)) == [
        "name,n,day,many,deep,yes\r\n",
        '\'=1+1,1,2021-03-01,a; -; c,"{""x"": ""2021-03-01""}",true\r\n',
        "Namibia NA,,,,,false\r\n",
        ',-3,2021-03-03,,"{""x"": null}",\r\n',
    ]


def test_json_lines_keep_values() -> None:
    rows = [json.loads(line) for line in jsonl_of(TABLE)]
    assert rows[0] == {"name": "=1+1", "n": 1, "day": "2021-03-01", "many": ["a", "", "c"], "deep": {"x": "2021-03-01"},
                       "yes": True}  # fmt: skip
    assert rows[2]["name"] is None


@pytest.mark.parametrize("format", ["csv", "jsonl", "parquet"])
def test_files_are_read_back(tmp_path: Path, format: str) -> None:
    target = tmp_path / "rows"
    write_rows(TABLE, target, format=format)
    read = {"csv": lambda: pd.read_csv(target), "jsonl": lambda: pd.read_json(target, lines=True),
            "parquet": lambda: pq.read_table(target).to_pandas()}[format]()  # fmt: skip
    assert list(read.columns) == TABLE.column_names
    assert len(read) == 3
    if format == "parquet":
        assert pq.read_table(target).equals(TABLE)


def test_a_format_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no format 'xml'; formats: jsonl, csv, parquet"):
        write_rows(TABLE, tmp_path / "x", format="xml")


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (True, "true"), (1.5, "1.5"), (["a", None], "a; -"), (b"\x00\xff", "00ff"), ("x", "x")],
)
def test_cells_of_tables(value: object, text: str) -> None:
    assert cell_text(value) == text
