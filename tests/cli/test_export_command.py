"""``whodid export``: its options reach the export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from tests.builders import make_word_coder, report
from whodid.cli.export import export
from whodid.dataset import Dataset, init_dataset
from whodid.dataset.query import Query
from whodid.errors import UsageError
from whodid.export.bundle import Written
from whodid.export.formats.table import EXPORTS
from whodid.run.adding import Adding

app = typer.Typer()
app.command()(export)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset with one event."""
    folder = tmp_path_factory.mktemp("data") / "news"
    init_dataset(folder)
    Adding(folder, [report("Raiders attacked Port Elm.")], make=make_word_coder).run()
    return folder


def test_an_export_is_written_and_counted(folder: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, [str(folder), "--format", "gdelt", "--out", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    assert done.stderr == f"0 of 1 events written to {tmp_path / 'out'}; left out: 1 no-day\n" and done.stdout == ""
    assert (tmp_path / "out" / "events.export.CSV").read_text() == ""


OPTIONS = [
    "--actor=Raiders", "--recipient=Elm", "--involving=Elm", "--type=ASSAULT", "--mode=aerial", "--where=Elm",
    "--country=Iraq", "--since=2020-01", "--until=2020-02", "--within", "--status=happened", "--voice=outlet",
    "--speaker=Raiders", "--publisher=Gazette", "--no-historical", "--min-reports=2", "--min-score=0.5",
]  # fmt: skip


def test_every_option_reaches_the_query(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, Any] = {}

    def taken(data: Dataset, out: Path, *, format: str, query: Query) -> Written:
        asked.update(query.options(), version=data.version, format=format)
        return Written(out)

    monkeypatch.setattr("whodid.run.exporting.export", taken)
    done = CliRunner().invoke(app, [str(folder), "-f", "csv", "-o", str(tmp_path / "out"), "--as-of", "1", *OPTIONS])
    assert done.exit_code == 0, done.output
    assert asked == {
        "actor": ["Raiders"], "recipient": ["Elm"], "involving": ["Elm"], "type": ["ASSAULT"], "mode": ["aerial"],
        "where": ["Elm"], "country": ["Iraq"], "since": "2020-01-01", "until": "2020-02-29", "within": True,
        "status": ["happened"], "voice": ["outlet"], "speaker": ["Raiders"], "publisher": ["Gazette"],
        "historical": False, "min_reports": 2, "min_score": 0.5, "version": 1, "format": "csv",
    }  # fmt: skip


@pytest.mark.parametrize("wrong", [["-f", "stata"], ["-f", "csv", "--type", "NOTHING"], ["-f", "csv", "--as-of", "99"]])
def test_wrong_usage_is_refused(wrong: list[str], folder: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, [str(folder), "-o", str(tmp_path / "out"), *wrong])
    assert isinstance(done.exception, UsageError) and not (tmp_path / "out").exists()


def test_the_help_names_every_format() -> None:
    words = " ".join(CliRunner().invoke(app, ["--help"], env={"COLUMNS": "200"}).output.replace(",", " ").split())
    assert all(f" {name} " in words or f" {name}." in words for name in EXPORTS)
