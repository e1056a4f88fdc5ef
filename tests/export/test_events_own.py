"""Whodid's own formats, read back: by pandas, DuckDB, pyarrow, and R where it is there."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest

from tests.export.stories import FARMERS, SOLDIERS, disputed, event, exported, one_claim, told
from whodid.export.formats.flat import COLUMNS, CSV, PARQUET
from whodid.export.parquet import schema
from whodid.export.told import Told
from whodid.records import Claim, Event, Tally

NAMIBIA = SOLDIERS.model_copy(update={"id": None, "name": "NA", "country": "NAM", "text": '=HYPERLINK("x")\n'})


def events() -> list[Told]:
    """Namibia's forces, a code that starts with 0, a formula, an id that looks like a number, and an empty event."""
    claim = one_claim(id="12345678901234e5")
    odd = told((claim,), id="12345678901234e5", cameo="0831", actors=(NAMIBIA, FARMERS), fields=(disputed(),),
               flags=("killed-disputed",))  # fmt: skip
    bare = told(
        id="00000000000000b0", mode=None, contexts=(), cameo=None, actors=(), recipients=(), when=None, where=None,
        counts=(Tally(what="injured", low=None, high=3),), publishers=(), status="negated",
    )  # fmt: skip
    return [odd, bare]


def text(cell: str) -> str:
    """A cell as it was before it was made safe."""
    return cell.removeprefix("'")


def test_a_row_has_every_column(tmp_path: Path) -> None:
    exported(tmp_path, "csv", *events())
    with (tmp_path / "csv" / "events.csv").open(encoding="utf-8", newline="") as file:
        odd, bare = csv.DictReader(file)
    assert list(odd) == [c.name for c in COLUMNS]
    wanted = {
        "id": "12345678901234e5", "cameo": "0831", "historical": "false", "actors": "NA; Iraqi farmers",
        "actor_ids": "-; IRQ-AGR", "actor_countries": "NAM; IRQ", "first_day": "2020-01-03", "place": "Kirkuk",
        "killed_low": "8", "killed_high": "", "claims": "1", "publishers": "Harbour Gazette",
        "disputed": "killed: 8 (2), 10 (1)", "flags": "killed-disputed",
    }  # fmt: skip
    assert {name: text(odd[name]) for name in wanted} == wanted
    assert bare["status"] == "negated" and bare["injured_high"] == "3"
    empty = ("mode", "actors", "recipients", "first_day", "place", "latitude", "killed_low", "injured_low", "cameo")
    assert {bare[name] for name in empty} == {""}


def test_pandas_reads_text_as_text_and_numbers_as_numbers(tmp_path: Path) -> None:
    exported(tmp_path, "csv", *events())
    frame = pd.read_csv(tmp_path / "csv" / "events.csv", parse_dates=["first_day"])
    assert frame["id"].map(text).tolist() == ["12345678901234e5", "00000000000000b0"]
    assert text(frame.loc[0, "cameo"]) == "0831"
    assert frame["actor_countries"].tolist()[0] == "NAM; IRQ"
    assert frame.loc[0, "first_day"] == pd.Timestamp("2020-01-03") and frame["scale"].tolist() == [-9.0, -9.0]
    assert frame["historical"].tolist() == [False, False]


def test_namibia_alone_is_not_missing(tmp_path: Path) -> None:
    exported(tmp_path, "csv", told(actors=(NAMIBIA,)))
    frame = pd.read_csv(tmp_path / "csv" / "events.csv")
    assert frame.loc[0, "actors"] == "'NA" and frame.loc[0, "actor_countries"] == "NAM"
    assert duckdb.sql(f"SELECT actors FROM read_csv('{tmp_path / 'csv' / 'events.csv'}')").fetchall() == [("'NA",)]


def test_excel_gets_a_byte_order_mark_and_nobody_else(tmp_path: Path) -> None:
    for format in ("csv", "csv-excel"):
        exported(tmp_path, format, *events())
    plain, excel = ((tmp_path / f / "events.csv").read_bytes() for f in ("csv", "csv-excel"))
    assert excel == b"\xef\xbb\xbf" + plain and not plain.startswith(b"\xef\xbb\xbf")
    with_mark = tmp_path / "csv-excel" / "events.csv"
    assert pd.read_csv(with_mark).columns[0] == "id"
    assert duckdb.sql(f"SELECT id FROM read_csv('{with_mark}') LIMIT 1").fetchall() == [("'12345678901234e5",)]


def test_json_lines_give_the_records_back(tmp_path: Path) -> None:
    exported(tmp_path, "jsonl", *events())
    lines = (tmp_path / "jsonl" / "events.jsonl").read_text(encoding="utf-8").splitlines()
    assert [Event.model_validate_json(line) for line in lines] == [t.event for t in events()]
    claims = (tmp_path / "jsonl" / "claims.jsonl").read_text(encoding="utf-8").splitlines()
    assert [Claim.model_validate_json(line) for line in claims] == [c for t in events() for c in t.claims]


def test_parquet_gives_the_records_back(tmp_path: Path) -> None:
    exported(tmp_path, "parquet", *events())
    table = pq.read_table(tmp_path / "parquet" / "events.parquet")
    assert table.schema.equals(schema(Event))
    assert [Event.model_validate_json(json.dumps(row, default=str)) for row in table.to_pylist()] == [
        t.event for t in events()
    ]
    assert pq.read_table(tmp_path / "parquet" / "claims.parquet").num_rows == 2


def test_many_events_are_written_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("whodid.export.parquet._ROWS_AT_ONCE", 2)
    exported(tmp_path, "parquet", *(told(id=f"{n:016x}") for n in range(5)))
    file = pq.ParquetFile(tmp_path / "parquet" / "events.parquet")
    assert file.metadata.num_rows == 5 and file.metadata.num_row_groups == 3


def test_pandas_and_duckdb_read_parquet(tmp_path: Path) -> None:
    exported(tmp_path, "parquet", *events())
    path = tmp_path / "parquet" / "events.parquet"
    assert pd.read_parquet(path)["cameo"].tolist()[0] == "0831"
    found = duckdb.sql(f"SELECT actors[1].country, \"when\".first FROM '{path}' WHERE status = 'happened'").fetchall()
    assert found == [("NAM", event().when.first)]  # type: ignore[union-attr]


@pytest.mark.parametrize("status", ["happened", "future", "hypothetical", "negated"])
def test_every_event_has_a_place_in_them(status: str) -> None:
    assert CSV.refuse(told(status=status)) is PARQUET.refuse(told(status=status)) is None


def test_the_dictionary_knows_every_field_of_the_records() -> None:
    for file, model in (("events.parquet", Event), ("claims.parquet", Claim)):
        assert [field.name for field in PARQUET.files[file]] == list(model.model_fields)


R = shutil.which("Rscript")


@pytest.mark.skipif(R is None, reason="Rscript is not installed")
def test_r_reads_the_csv(tmp_path: Path) -> None:
    exported(tmp_path, "csv", *events())
    script = (
        "d <- read.csv(commandArgs(TRUE)[1]); cat(class(d$cameo), d$actor_countries[1], class(d$scale), "
        'is.na(d$actors[1]), sub("^\'", "", d$cameo[1]))'
    )
    done = subprocess.run(
        [str(R), "-e", script, tmp_path / "csv" / "events.csv"], capture_output=True, text=True, check=True
    )
    assert done.stdout == "character NAM; IRQ numeric FALSE 0831"


def _r_has(package: str) -> bool:
    asked = [str(R), "-e", f'quit(status = !requireNamespace("{package}", quietly = TRUE))']
    return R is not None and subprocess.run(asked, check=False, capture_output=True).returncode == 0


@pytest.mark.skipif(not _r_has("arrow"), reason="R's package arrow is not installed")
def test_r_reads_parquet(tmp_path: Path) -> None:
    exported(tmp_path, "parquet", *events())
    script = "d <- arrow::read_parquet(commandArgs(TRUE)[1]); cat(d$cameo[1], nrow(d))"
    done = subprocess.run(
        [str(R), "-e", script, tmp_path / "parquet" / "events.parquet"], capture_output=True, text=True, check=True
    )
    assert done.stdout == "0831 2"
