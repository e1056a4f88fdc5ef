from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from .conftest import Command


def test_json_lines_alone_go_to_standard_output(command: Command, news: Path) -> None:
    result = command("code", news, "--format", "jsonl")
    rows = [json.loads(line) for line in result.out.splitlines()]
    assert result.status == 0
    assert [row["type"] for row in rows] == ["ASSAULT"] * 3
    assert "3 reports read, 3 claims, 2 events, 3 without claims (" in result.err
    assert "1 no-events" in result.err and "1 empty" in result.err and "1 binary" in result.err


def test_without_a_terminal_the_format_is_json_lines(command: Command, news: Path) -> None:
    assert json.loads(command("code", news).out.splitlines()[0])["type"] == "ASSAULT"


def test_table(command: Command, news: Path) -> None:
    out = command("code", news, "--format", "table", "--date", "2020-01-14").out
    lines = out.splitlines()
    assert lines[0].split() == ["id", "when", "who", "did", "to", "whom", "status", "who", "says", "so"]
    assert "14 Jan 2020" in lines[2] and lines[2].endswith("2 claims, 1 event")
    assert sum("ASSAULT" in line for line in lines) == 3
    assert max(map(len, lines)) <= 100


def test_csv(command: Command, news: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(command("code", news, "-f", "csv").out)))
    assert [row["trigger"] for row in rows] == ["attacked"] * 3


@pytest.mark.parametrize(
    ("name", "format", "start"),
    [("c.jsonl", None, b'{"id"'), ("c.csv", None, b"id,"), ("c.parquet", None, b"PAR1"), ("c.txt", None, b"id "),
     ("c.dat", None, b'{"id"'), ("c.jsonl", "csv", b"id,")],
)  # fmt: skip
def test_the_suffix_gives_the_format(
    command: Command, news: Path, tmp_path: Path, name: str, format: str | None, start: bytes
) -> None:
    target = tmp_path / name
    result = command("code", news, "-o", target, *(["--format", format] if format else []))
    assert (result.status, result.out) == (0, "")
    assert target.read_bytes().startswith(start)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([name, "news", "state"])


def test_parquet_has_the_claims(command: Command, news: Path, tmp_path: Path) -> None:
    command("code", news, "-o", tmp_path / "c.parquet")
    assert pq.read_table(tmp_path / "c.parquet").num_rows == 3


@pytest.mark.parametrize(
    ("args", "error"),
    [
        (["--date", "2020-02-30"], "--date: '2020-02-30' is no date: day is out of range for month"),
        (
            ["--date", "yesterday"],
            "--date: 'yesterday' is no date: not of the form YYYY-MM-DD; write it as in 2020-01-14",
        ),
        (["--format", "xls"], "there is no format 'xls'; formats: table, jsonl, csv, parquet"),
        (["--format", "parquet"], "name a file for it with -o FILE"),
        (["--workers", "0"], "--workers: '0' is not allowed; it takes a number of processes from 1 to 256"),
        (["--max-chars", "many"], "--max-chars: 'many' is not allowed"),
        (["-o", "no/such/folder/c.jsonl"], "there is no folder no/such/folder"),
        (["-o", "."], "-o: . is a folder"),
    ],
)
def test_wrong_usage_is_one_clear_line(command: Command, news: Path, args: list[str], error: str) -> None:
    result = command("code", news, *args)
    assert result.status == 2
    assert error in result.err and result.err.startswith("whodid: ") and result.err.count("\n") == 1
    assert result.out == ""


def test_an_unknown_option_is_wrong_usage(command: Command, news: Path) -> None:
    result = command("code", news, "--colour")
    assert result.status == 2 and "--colour" in result.err and "Traceback" not in result.err


def test_a_wrong_setting_names_itself(command: Command, news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHODID_WORKERS", "lots")
    result = command("code", news)
    assert result.status == 2 and "WHODID_WORKERS: 'lots' is not allowed" in result.err


def test_the_output_is_never_one_of_the_inputs(command: Command, news: Path) -> None:
    for target in (news / "claims.jsonl", news / "a.txt"):
        source = news if target.name == "claims.jsonl" else target
        result = command("code", source, "-o", target)
        assert result.status == 2 and "would be read as a report" in result.err
    assert (news / "a.txt").read_text().startswith("The northern")


def test_status_1_where_every_input_was_rejected(command: Command, news: Path) -> None:
    result = command("code", news / "d.txt", news / "no-such-file.txt")
    assert result.status == 1
    assert "2 without claims" in result.err and "`whodid rejects`" in result.err


def test_status_0_where_a_report_has_no_event(command: Command, news: Path) -> None:
    result = command("code", news / "c.txt")
    assert (result.status, result.out) == (0, "")
    assert "1 report read, 0 claims, 1 without claims (1 no-events)" in result.err


def test_status_3_where_the_output_cannot_be_written(command: Command, news: Path, tmp_path: Path) -> None:
    (tmp_path / "c.jsonl.partial").mkdir()
    result = command("code", news, "-o", tmp_path / "c.jsonl")
    assert result.status == 3 and "c.jsonl.partial" in result.err


def test_a_state_folder_that_cannot_be_written_costs_no_claims(
    command: Command, news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("WHODID_STATE", str(tmp_path / "file" / "state"))
    result = command("code", news)
    assert result.status == 0 and len(result.out.splitlines()) == 3
    assert "set WHODID_STATE" in result.err


def test_the_small_model_is_warned_of(command: Command, news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("whodid.run.coder.installed", lambda: ["en_core_web_sm"])
    assert "warning: the small English model" in command("code", news).err
    monkeypatch.setattr("whodid.run.coder.installed", lambda: ["en_core_web_md"])
    assert "warning" not in command("code", news).err


def test_version_and_help(command: Command) -> None:
    assert command("--version").out.startswith("whodid 0.")
    for args in (["--help"], ["code", "-h"], ["show", "-h"], ["rejects", "-h"], ["ontology", "check", "-h"]):
        result = command(*args)
        assert result.status == 0 and "Usage: whodid" in result.out
