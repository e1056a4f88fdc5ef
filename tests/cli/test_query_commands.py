"""``whodid events``, ``claims``, ``event``, ``sql``, ``timeline`` and ``panel`` as they are typed."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.cli.conftest import Command
from tests.stored import story
from whodid.dataset import Run, writing
from whodid.records import Claim, Event

FIRST = "0" * 15 + "1"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return story(tmp_path_factory.mktemp("cli") / "data").path


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def test_events_as_a_table(command: Command, data: Path) -> None:
    shown = command("events", data, "--format", "table")
    assert shown.status == 0
    lines = shown.out.splitlines()
    assert lines[0].split() == ["id", "when", "who", "did", "to", "whom", "where", "status", "reports"]
    shelled = next(line for line in lines if "ASSAULT" in line)
    assert "1 Mar" in shelled and "Avalon army" in shelled and "Reed Front" in shelled and shelled.endswith("2")
    assert next(line for line in lines if "CONSULT" in line).count("future") == 1
    assert shown.err == "5 events · version 2\n"
    assert all(len(line) <= 100 for line in lines)


def test_a_table_says_how_much_more_there_is(command: Command, data: Path) -> None:
    shown = command("events", data, "-f", "table", "--limit", "2")
    assert len(shown.out.splitlines()) == 3
    assert shown.err == "5 events · version 2; 3 more: --limit shows more of them\n"


def test_events_in_other_formats(command: Command, data: Path, tmp_path: Path) -> None:
    lines = command("events", data, "--involving", "Reed Front").out.splitlines()
    assert [Event.model_validate_json(line).id[-1] for line in lines] == ["1", "6"]
    written = command("events", data, "--type", "ASSAULT", "-o", tmp_path / "events.csv")
    assert (written.status, written.out) == (0, "")
    rows = rows_of(tmp_path / "events.csv")
    assert [(r["type"], r["actors"], r["first_day"], r["independent"]) for r in rows] == [
        ("ASSAULT", "Avalon army", "2021-03-01", "2")
    ]
    command("events", data, "-o", tmp_path / "events.parquet")
    table = pq.read_table(tmp_path / "events.parquet")
    assert table.num_rows == 5 and "record" not in table.column_names
    command("events", data, "-o", tmp_path / "events.txt")
    assert "ASSAULT" in (tmp_path / "events.txt").read_text(encoding="utf-8")


def test_claims(command: Command, data: Path, tmp_path: Path) -> None:
    lines = command("claims", data, "--type", "assault").out.splitlines()
    claims = [Claim.model_validate_json(line) for line in lines]
    assert [(c.id[-1], c.event) for c in claims] == [("1", FIRST), ("2", FIRST)]
    shown = command("claims", data, "-f", "table", "--voice", "quoted")
    assert "Island Herald reports" in shown.out and shown.err.startswith("1 claim · version 2")
    command("claims", data, "-o", tmp_path / "claims.csv")
    assert len(rows_of(tmp_path / "claims.csv")) == 6


def test_an_earlier_version(command: Command, data: Path) -> None:
    assert command("events", data, "--as-of", "1").out == ""
    assert "has no version 7" in command("events", data, "--as-of", "7").err


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["--actor", "Reed Frond"], "did you mean Reed Front"),
        (["--type", "ASALT"], "did you mean ASSAULT"),
        (["--since", "soon"], "write 2020-01-14, 2020-01 or 2020"),
        (["--format", "xml"], "there is no format 'xml'; formats: table, jsonl, csv, parquet"),
        (["--format", "parquet"], "name a file for it with -o FILE"),
        (["-o", "no/such/folder/x.csv"], "there is no folder no/such/folder"),
    ],
)
def test_wrong_use(command: Command, data: Path, args: list[str], told: str) -> None:
    for verb in ("events", "claims"):
        result = command(verb, data, *args)
        assert (result.status, result.out) == (2, "")
        assert told in result.err


def test_one_event_in_full(command: Command, data: Path) -> None:
    shown = command("event", data, FIRST)
    assert shown.status == 0
    for words in ("ASSAULT / heavy-weapons · happened", "event 0000000000000001", "at least 8", "Harbour Gazette",
                  "Island Herald", "says so: Élan Workers' Union", "“The Avalon army shelled the Reed Front",
                  "why one event"):  # fmt: skip
        assert words in shown.out
    assert all(f"\n{name}" in shown.out for name in ("type", "actors", "recipients", "when", "where", "killed"))
    assert json.loads(command("event", data, FIRST, "--format", "json").out)["id"] == FIRST


def test_an_event_that_is_not_there_or_not_alone(command: Command, data: Path) -> None:
    assert "has no event 'ffff'" in command("event", data, "ffff").err
    several = command("event", data, "0000")
    assert several.status == 2 and "several events start with '0000'" in several.err
    assert command("event", data, FIRST, "-f", "xml").status == 2


def test_an_id_that_was_given_before_leads_on(command: Command, tmp_path: Path) -> None:
    folder = story(tmp_path / "data").path
    with writing(folder, Run("fuse")) as writer:
        writer.add("redirects", [{"old_id": "abcdef0123456789", "new_id": FIRST}])
        writer.commit()
    for old in ("abcdef0123456789", "abcd"):
        shown = command("event", folder, old)
        assert f"event {FIRST}" in shown.out
        assert shown.err == f"whodid: the event {old} is part of {FIRST} now\n"


def test_sql(command: Command, data: Path, tmp_path: Path) -> None:
    query = "SELECT type, count(*) AS n FROM events GROUP BY type ORDER BY type"
    lines = command("sql", data, query).out.splitlines()
    assert json.loads(lines[0]) == {"type": "AID", "n": 1}
    table = command("sql", data, query, "-f", "table", "--limit", "2")
    assert table.out.split() == ["type", "n", "AID", "1", "ASSAULT", "1"]
    assert table.err == "whodid: only the first 2 rows; --limit gives more\n"
    command("sql", data, query, "-o", tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()[:2] == ["type,n", "AID,1"]
    refused = command("sql", data, "DROP VIEW events")
    assert (refused.status, refused.out) == (2, "")
    assert "one SELECT is allowed, this is DROP" in refused.err
    assert command("sql", data, "SELECT 1", "--seconds", "0").status == 2


def test_timeline(command: Command, data: Path, tmp_path: Path) -> None:
    told = command("timeline", data, "--involving", "Reed Front", "--until", "2021-04")
    assert told.status == 0
    assert told.out.startswith("# Timeline · Reed Front · 2021-04-30\n")
    assert "- **Avalon army attacked Reed Front with heavy weapons (Port Elm)" in told.out
    assert "CONSULT" not in command("timeline", data, "-f", "json").out  # planned, so only where it is asked for
    assert "CONSULT" in command("timeline", data, "-f", "json", "--status", "future").out
    for name, start in (("t.md", "# "), ("t.json", '{\n  "title"'), ("t.ics", "BEGIN:VCALENDAR")):
        command("timeline", data, "-o", tmp_path / name, "--title", "Days")
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)
    wrong = command("timeline", data, "-f", "pdf")
    assert wrong.status == 2 and "formats: markdown, json, timelinejs, ics" in wrong.err


def test_panel(command: Command, data: Path, tmp_path: Path) -> None:
    made = command("panel", data, "--measure", "count", "--measure", "scale")
    rows = list(csv.DictReader(made.out.splitlines()))
    assert [(r["actor_country"], r["period"], r["events"], r["scale_mean"]) for r in rows[:3]] == [
        ("IRL", "2021-M03", "1", "-9.0"), ("IRL", "2021-M04", "", ""), ("IRL", "2021-M05", "1", "7.0")
    ]  # fmt: skip
    assert made.err.startswith(
        "2 units × 3 periods; of 4 events 2 counted, 1 across periods, 1 without a day, 0 without"
    )
    command("panel", data, "--unit", "place", "--period", "year", "-o", tmp_path / "p.parquet")
    assert pq.read_table(tmp_path / "p.parquet")["period"].to_pylist() == [2021, 2021]
    assert "| `geonameid` | int64 | GeoNames id of the place |" in (tmp_path / "p.md").read_text(encoding="utf-8")
    wrong = command("panel", data, "--unit", "dyad")
    assert wrong.status == 2 and "it takes country-dyad, country, actor, actor-dyad, place" in wrong.err


def test_a_folder_without_a_dataset(command: Command, tmp_path: Path) -> None:
    for verb in (["events"], ["claims"], ["timeline"], ["panel"]):
        result = command(*verb, tmp_path)
        assert result.status == 2 and "there is no dataset in" in result.err
    assert command("event", tmp_path, "a").status == command("sql", tmp_path, "SELECT 1").status == 2
