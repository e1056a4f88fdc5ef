"""``whodid code --voice --speaker --status``."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

import whodid.run
from tests.builders import claim
from whodid.records import Coded, Rejection, Report, SaidBy

from .conftest import Command


def two_voices(items: Iterable[Report | Rejection]) -> Iterator[Coded | Rejection]:
    """Makes of each report one claim of the outlet's and one, negated, of the Harbour Gazette's."""
    for item in items:
        if isinstance(item, Rejection):
            yield item
            continue
        own = claim(item, id="a" * 16, said_by=SaidBy(voice="outlet"))
        yield Coded(report=item, claims=(own, claim(item, id="b" * 16, status="negated")))


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Command) -> Path:
    """A file of one report, and a coder that finds two claims in it."""
    monkeypatch.setattr(whodid.run, "make_coder", lambda *_: two_voices)
    path = tmp_path / "news.txt"
    path.write_text("The mayor of the harbour town spoke to the council about the strait for an hour.")
    return path


def ids(result: Any) -> list[str]:
    return [json.loads(line)["id"][0] for line in result.out.splitlines()]


@pytest.mark.parametrize(
    ("args", "left"),
    [
        ([], "ab"),
        (["--voice", "outlet"], "a"),
        (["--voice", "outlet", "--voice", "paraphrased"], "ab"),
        (["--voice", "quoted"], ""),
        (["--speaker", "harbour gazette"], "b"),
        (["--speaker", "Nobody", "--speaker", "Gazette"], "b"),
        (["--status", "negated"], "b"),
        (["--voice", "paraphrased", "--status", "happened"], ""),
    ],
)
def test_only_what_was_asked_for_is_printed(command: Command, source: Path, args: list[str], left: str) -> None:
    result = command("code", source, "-f", "jsonl", *args)
    assert result.status == 0 and ids(result) == list(left)
    named = " ".join(dict.fromkeys(args[::2]))
    assert f"2 claims, {2 - len(left)} left out by {named}" in result.err if args else "left out" not in result.err


def test_the_summary_names_the_options(command: Command, source: Path) -> None:
    result = command("code", source, "--status", "negated", "--voice", "outlet")
    assert "2 claims, 2 left out by --voice --status" in result.err


def test_every_format_leaves_the_same_out(command: Command, source: Path, tmp_path: Path) -> None:
    asked = ("--speaker", "harbour gazette")
    rows = list(csv.DictReader(io.StringIO(command("code", source, "-f", "csv", *asked).out)))
    assert [row["voice"] for row in rows] == ["paraphrased"]
    assert "1 claim, 1 event" in command("code", source, "-f", "table", *asked).out
    for name in ("c.parquet", "c.jsonl"):
        result = command("code", source, "-o", tmp_path / name, *asked)
        assert "1 left out by --speaker" in result.err
    assert pq.read_table(tmp_path / "c.parquet")["id"].to_pylist() == ["b" * 16]
    assert [json.loads(line)["id"] for line in (tmp_path / "c.jsonl").read_text().splitlines()] == ["b" * 16]


def test_show_knows_the_claims_that_were_left_out(command: Command, source: Path) -> None:
    command("code", source, "--voice", "outlet")
    assert "claim bbbb" in command("show", "bbbb").out


@pytest.mark.parametrize(
    ("args", "error"),
    [
        (["--voice", "loud"], "--voice: 'loud' is not allowed; it takes outlet, quoted, paraphrased"),
        (["--status", "past"], "--status: 'past' is not allowed; it takes happened, future, hypothetical, negated"),
        (["--speaker", " "], "--speaker: ' ' names nobody; give an id or a name"),
    ],
)
def test_wrong_values_are_one_clear_line(command: Command, source: Path, args: list[str], error: str) -> None:
    result = command("code", source, *args)
    assert (result.status, result.out) == (2, "") and error in result.err and result.err.count("\n") == 1
