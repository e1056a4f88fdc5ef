"""``whodid quotes``."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import whodid.cli.quotes_table
from tests.builders import report, saying
from whodid.records import Rejection, Sayings

from .conftest import Command

DIRECT = saying(form="direct", stance="denies", who=None, id="d" * 16)


@pytest.fixture(autouse=True)
def found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two sayings in one report and one rejection, whatever is read; nothing where the path is ``nothing``."""

    def made(paths: list[str], **_: Any) -> Iterator[Sayings | Rejection]:
        if paths != ["nothing"]:
            yield Rejection(source="x.bin", code="binary", message="it is not text")
        if paths not in (["nothing"], ["x.bin"]):
            yield Sayings(report=report(), sayings=(saying(), DIRECT))

    monkeypatch.setattr(whodid.cli.quotes_table, "report_quotes", made)


def test_json_lines_go_to_standard_output(command: Command) -> None:
    result = command("quotes", "a.txt")
    rows = [json.loads(line) for line in result.out.splitlines()]
    assert result.status == 0
    assert [(row["form"], row["stance"]) for row in rows] == [("indirect", "asserts"), ("direct", "denies")]
    assert rows[0]["who"]["name"] == "Harbour Gazette" and rows[0]["to_whom"]["country"] == "AVL"
    assert "1 report read, 2 quotes, 1 rejected" in result.err and "x.bin: binary" in result.err


def test_the_table_fits_and_has_who_to_whom_cue_stance_and_words(command: Command) -> None:
    lines = command("quotes", "a.txt", "-f", "table").out.splitlines()
    assert lines[0].split() == ["when", "who", "to", "whom", "cue", "stance", "words"]
    assert lines[2] == "Strait · Harbour Gazette · 2020-01-14"
    assert lines[3].split()[:7] == ["12", "Jan", "Harbour", "Gazette", "Avalon", "said", "asserts"]
    assert lines[4].split()[:3] == ["12", "Jan", "–"]
    assert max(map(len, lines)) <= 100


def test_csv(command: Command) -> None:
    rows = list(csv.DictReader(io.StringIO(command("quotes", "a.txt", "-f", "csv").out)))
    assert [row["who"] for row in rows] == ["Harbour Gazette", ""]


@pytest.mark.parametrize(
    ("args", "forms"),
    [
        (["--speaker", "gazette"], ["indirect"]),
        (["--speaker", "org:gazette"], ["indirect"]),
        (["--direct"], ["direct"]),
        (["--direct", "--speaker", "gazette"], []),
    ],
)
def test_only_what_was_asked_for(command: Command, args: list[str], forms: list[str]) -> None:
    result = command("quotes", "a.txt", *args)
    assert [json.loads(line)["form"] for line in result.out.splitlines()] == forms
    assert f"{2 - len(forms)} left out" in result.err


@pytest.mark.parametrize(("name", "start"), [("q.jsonl", '{"id"'), ("q.csv", "id,"), ("q.txt", "when"), ("q", '{"id"')])
def test_a_file_is_written_in_one_step(command: Command, tmp_path: Path, name: str, start: str) -> None:
    result = command("quotes", "a.txt", "-o", tmp_path / name)
    assert (result.status, result.out) == (0, "")
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == [name]


@pytest.mark.parametrize(
    ("args", "error"),
    [
        (["--format", "parquet"], "there is no format 'parquet'; formats: table, jsonl, csv"),
        (["--speaker", "…"], "--speaker: '…' names nobody"),
        (["--date", "soon"], "--date: 'soon' is no date"),
        (["-o", "no/such/folder/q.csv"], "there is no folder no/such/folder"),
        (["--max-chars", "many"], "--max-chars: 'many' is not allowed"),
    ],
)
def test_wrong_usage_is_one_clear_line(command: Command, args: list[str], error: str) -> None:
    result = command("quotes", "a.txt", *args)
    assert (result.status, result.out) == (2, "") and error in result.err and result.err.count("\n") == 1


def test_status_1_where_every_input_was_rejected(command: Command) -> None:
    assert command("quotes", "x.bin").status == 1
    assert "nothing to read in nothing" in command("quotes", "nothing").err
