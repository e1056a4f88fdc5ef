from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.builders import claim
from whodid.export import write_claims

from .conftest import Command


@pytest.fixture
def claims(tmp_path: Path) -> Path:
    path = tmp_path / "claims.jsonl"
    ids = ["7c1f000000000001", "7c1f000000000002", "9abc000000000003"]
    write_claims([claim(id=i, event=i) for i in ids], path, format="jsonl")
    return path


def test_show_finds_a_claim_of_the_last_run_by_the_id_in_the_table(command: Command, news: Path) -> None:
    table = command("code", news, "--format", "table").out
    short = next(line.split()[0] for line in table.splitlines() if "ASSAULT" in line)
    result = command("show", short)
    assert result.status == 0
    assert result.out.startswith("ASSAULT · happened · score 0.86")
    assert "The northern army attacked a bridge" in result.out


def test_show_reads_another_file(command: Command, claims: Path) -> None:
    assert "claim 9abc000000000003" in command("show", "9a", "--claims", claims).out
    assert "claim 7c1f000000000002" in command("show", "7c1f000000000002", "--claims", claims).out


@pytest.mark.parametrize(
    ("wanted", "error"),
    [
        ("7c1f", "several claims of"),
        ("7c1e", "no claim of"),
        ("zzzz", "near ones: 7c1f, 9abc"),
        ("", "no claim of"),
    ],
)
def test_show_tells_which_ids_are_near(command: Command, claims: Path, wanted: str, error: str) -> None:
    result = command("show", wanted, "--claims", claims)
    assert result.status == 2 and error in result.err and "7c1f" in result.err


def test_show_and_rejects_before_any_run(command: Command) -> None:
    for args in (["show", "7c1f"], ["rejects"]):
        result = command(*args)
        assert result.status == 2 and "run `whodid code PATH` first" in result.err


def test_a_run_without_claims_is_remembered_too(command: Command, news: Path) -> None:
    command("code", news)
    command("code", news / "c.txt")
    assert "there are no claims in" in command("show", "7c1f").err


def test_rejects(command: Command, news: Path) -> None:
    command("code", news)
    lines = command("rejects").out.splitlines()
    assert len(lines) == 3
    assert any("d.txt  empty  " in line for line in lines)
    rows = [json.loads(line) for line in command("rejects", "--format", "jsonl").out.splitlines()]
    assert {row["code"] for row in rows} == {"empty", "binary", "no-events"}
    assert command("rejects", "--format", "csv").status == 2
    command("code", news / "a.txt")
    assert command("rejects").out == "nothing was rejected in the last run\n"
