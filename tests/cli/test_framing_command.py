from __future__ import annotations

import csv
import datetime as dt
import json
from io import StringIO
from pathlib import Path

import pytest

import whodid
import whodid.run.framing
from tests.cli.conftest import Command
from whodid.cli.framing_table import COLUMNS
from whodid.models.spacy_parser import SpacyParser

pytestmark = pytest.mark.model


@pytest.fixture(autouse=True)
def _one_parser(parser: SpacyParser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whodid.run.framing, "load_parser", lambda _: parser)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """Two outlets on one killing, and a file that is not text."""
    folder = tmp_path / "reports"
    folder.mkdir()
    texts = {
        "Sarv News": "The governor was martyred on Sunday. The terrorists fled. “The regime fell,” said Ana Torres.",
        "Potomac Ledger": "The governor was killed on Sunday. The militants fled, an officer said.",
    }
    lines = (json.dumps({"text": text, "publisher": name, "date": "2021-03-15"}) for name, text in texts.items())
    (folder / "reports.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def rows(out: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(out)))


def test_each_word_of_the_outlets_own_is_a_json_line(command: Command, reports: Path) -> None:
    result = command("framing", reports)
    assert result.status == 0 and "2 reports read, 2 words" in result.err
    found = [json.loads(line) for line in result.out.splitlines()]
    assert [(w["quote"]["text"], w["thing"], w["lean"], w["report"]["publisher"]) for w in found] == [
        ("martyred", "dying", "honours", "Sarv News"),
        ("terrorists", "armed_opponents", "condemns", "Sarv News"),
    ]


def test_csv_has_the_columns_and_other_voices_on_demand(command: Command, reports: Path) -> None:
    result = command("framing", reports, "-f", "csv", "--voice", "any", "--neutral")
    found = rows(result.out)
    assert list(found[0]) == list(COLUMNS)
    assert {(r["text"], r["voice"], r["speaker"]) for r in found} >= {
        ("regime", "quoted", "Ana Torres"),
        ("killed", "outlet", ""),
        ("militants", "paraphrased", "an officer"),
    }
    assert {r["text"] for r in rows(command("framing", reports, "-f", "csv", "--voice", "quoted").out)} == {"regime"}


def test_a_table_shows_each_report_with_its_words(command: Command, reports: Path) -> None:
    lines = command("framing", reports, "-f", "table").out.splitlines()
    assert "Sarv News · 2021-03-15" in lines[0]
    assert lines[1].split() == ["martyred", "honours", *["The", "governor", "was", "martyred", "on", "Sunday."]]
    assert "Potomac Ledger" in lines[3] and lines[4].strip() == "none"


def test_outlets_are_compared_by_thing(command: Command, reports: Path) -> None:
    table = command("framing", reports, "--compare", "-f", "table").out
    assert "martyred 1" in table and "killed 1" in table and "Potomac Ledger" in table
    found = {r["thing"]: r for r in rows(command("framing", reports, "--compare", "-f", "csv").out)}
    assert found["dying"] == {"thing": "dying", "Potomac Ledger": "killed 1", "Sarv News": "martyred 1"}
    lines = [json.loads(line) for line in command("framing", reports, "--compare").out.splitlines()]
    assert {line["thing"] for line in lines} == set(found)


def test_what_cannot_be_read_is_named(command: Command, tmp_path: Path) -> None:
    (tmp_path / "x.bin").write_bytes(bytes(range(256)) * 8)
    result = command("framing", tmp_path / "x.bin")
    assert result.status == 1 and "x.bin: binary" in result.err and result.out == ""


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--voice", "mine", "--voice: 'mine' is not allowed; it takes outlet, quoted, paraphrased, any"),
        ("--format", "parquet", "--format: 'parquet' is not allowed; it takes table, jsonl, csv"),
        ("--date", "14 January", "--date: '14 January' is no date"),
    ],
)
def test_a_wrong_option_says_what_is_allowed(
    option: str, value: str, message: str, command: Command, reports: Path
) -> None:
    result = command("framing", reports, option, value)
    assert result.status == 2 and message in result.err


def test_the_public_function_gives_every_voice(reports: Path) -> None:
    refused: list[whodid.Rejection] = []
    (reports / "empty.txt").write_text("")
    found = list(whodid.loaded_words(reports, date=dt.date(2021, 3, 16), rejected=refused.append))
    assert {w.voice for w in found} == {"outlet", "quoted", "paraphrased"}
    assert {w.report.published for w in found} == {dt.date(2021, 3, 15)}
    assert [r.code for r in refused] == ["empty"]
