"""A dataset → an export."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import whodid.run.exporting
from tests.builders import make_word_coder, report
from whodid.cli.export import summary
from whodid.dataset import Dataset, init_dataset, open_dataset
from whodid.dataset.query import make_query
from whodid.errors import UsageError
from whodid.export.formats.table import EXPORTS
from whodid.records import Event
from whodid.run.adding import Adding
from whodid.run.exporting import export, stories


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """A dataset with three claims of two reports."""
    folder = tmp_path_factory.mktemp("data") / "news"
    init_dataset(folder)
    texts = ("Raiders attacked Port Elm, then they attacked again.", "Nobody was hurt where they attacked.")
    Adding(folder, [report(text, publisher="Harbour Gazette") for text in texts], make=make_word_coder).run()
    return open_dataset(folder)


def manifest(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return found


def exported(folder: Path) -> list[Event]:
    return [Event.model_validate_json(line) for line in (folder / "events.jsonl").read_text().splitlines()]


def test_events_come_with_their_claims_and_reports(data: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whodid.run.exporting, "_AT_ONCE", 1)
    events = list(data.events())
    found = list(stories(data, events))
    assert [told.event for told in found] == events
    for told in found:
        assert tuple(claim.id for claim in told.claims) == told.event.claims
        assert set(told.reports) == {claim.report.id for claim in told.claims}
        assert all(told.reports[c.report.id].quote(c.trigger.start, c.trigger.end) == c.trigger for c in told.claims)


def test_all_events_are_exported_and_the_manifest_tells_from_what(data: Dataset, tmp_path: Path) -> None:
    written = export(data, tmp_path / "out", format="jsonl")
    assert exported(tmp_path / "out") == list(data.events()) and written.exported == written.events > 0
    told = manifest(tmp_path / "out")["dataset"]
    assert (told["name"], told["version"]) == ("news", data.version)
    assert told["made"] == data.head.made.isoformat() and told["settings"]["query"] == {}
    (run,) = told["settings"]["runs"]
    assert run["coder"] == told["models"][0] and run["ids"] and "sources" not in run["settings"]


def test_a_query_chooses_and_is_kept(data: Dataset, tmp_path: Path) -> None:
    written = export(data, tmp_path / "out", format="jsonl", query=make_query(type="THREATEN"))
    assert written.events == 0 and exported(tmp_path / "out") == []
    assert manifest(tmp_path / "out")["dataset"]["settings"]["query"] == {"type": ["THREATEN"]}


@pytest.mark.parametrize("format", EXPORTS)
def test_every_format_takes_a_dataset(format: str, data: Dataset, tmp_path: Path) -> None:
    written = export(data, tmp_path / "out", format=format)
    assert written.exported + sum(written.left_out.values()) == written.events
    assert manifest(tmp_path / "out")["ontology"]["name"] == "plover-2.0"


def test_an_unknown_format_is_refused_before_anything_is_written(data: Dataset, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no format 'stata'"):
        export(data, tmp_path / "out", format="stata")
    assert not (tmp_path / "out").exists()


def test_the_summary_names_what_was_left_out(data: Dataset, tmp_path: Path) -> None:
    written = export(data, tmp_path / "out", format="icews")
    assert summary(written) == f"0 of {written.events} events written to {tmp_path / 'out'}; " + (
        f"left out: {written.events} no-day"
    )
    assert "left out" not in summary(export(data, tmp_path / "all", format="csv"))
