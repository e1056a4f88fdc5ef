"""Reviewing as a person types it."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.dataset.scenes import filled, whole
from training.data import read_files
from whodid.dataset import open_dataset


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return filled(tmp_path / "data", 6)


def first(data: Path) -> str:
    return min(claim.id for claim in open_dataset(data).claims())


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_round_of_reviewing(command: Command, data: Path, tmp_path: Path) -> None:
    one = first(data)
    before = command("claims", data, "--format", "jsonl").out
    done = command("correct", data, one[:8], "actors", "people = IRQ CVL", "--by", "Ana", "--why", "they did it")
    assert done.status == 0, done.err
    assert f"correction 1: {one} actors" in done.out and "→ “people” (IRQ CVL)" in done.out
    assert "version 3" in done.out
    (shown,) = lines(command("claims", data, "--checked", "corrected", "--format", "jsonl").out)
    assert (shown["id"], shown["checked_by"]) == (one, ["Ana"])
    (row,) = csv.DictReader(StringIO(command("claims", data, "--checked", "corrected", "--format", "csv").out))
    assert (row["checked"], row["corrected"], row["actor_countries"]) == ("corrected", "actors", "IRQ")
    assert command("export", data, "--format", "csv", "--checked", "corrected", "-o", tmp_path / "csv").status == 0
    (event,) = csv.DictReader(StringIO((tmp_path / "csv" / "events.csv").read_text(encoding="utf-8")))
    assert event["checked"] == "corrected"
    assert "correction 1 is taken back, by correction 2" in command("undo", data, "1", "--by", "Ben").out
    assert command("claims", data, "--format", "jsonl").out == before
    assert command("check", data).status == 0
    told = command("corrections", data, "--format", "table").out
    assert "takes back 1" in told and "they did it" in told
    listed = lines(command("corrections", data, "--claim", one[:8], "--format", "jsonl").out)
    assert [(row["person"], row["stands"]) for row in listed] == [("Ana", False), ("Ben", True)]
    assert json.loads(str(listed[0]["after"]))[0]["text"] == "people"


def test_verdicts(command: Command, data: Path) -> None:
    one = first(data)
    assert f"{one} reject" in command("correct", data, one, "reject", "--by", "Ana").out
    assert one not in command("claims", data, "--format", "jsonl").out
    assert command("correct", data, one, "restore", "--by", "Ana").status == 0
    assert command("correct", data, one, "accept", "--by", "Ana").status == 0
    assert [c["id"] for c in lines(command("claims", data, "--checked", "accepted", "--format", "jsonl").out)] == [one]
    whole(data)


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("colour", "red"), "'colour' cannot be corrected; fields: type"),
        (("accept", "yes"), "to accept a claim takes no value; 'yes' was given"),
        (("type",), "what is type really? Give a value, or none"),
        (("type", "MARCH"), "unknown type 'MARCH'"),
        (("actors", "the navy"), "does not stand in report"),
    ],
)
def test_what_is_refused(command: Command, data: Path, args: tuple[str, ...], says: str) -> None:
    done = command("correct", data, first(data), *args, "--by", "Ana")
    assert done.status == 2 and says in done.err
    assert command("corrections", data, "--format", "jsonl").out == ""


def test_others_are_refused(command: Command, data: Path) -> None:
    assert "there is no correction 7" in command("undo", data, "7", "--by", "Ana").err
    assert "queues: lowest" in command("review", data, "--queue", "best").err
    assert "formats: table, jsonl, csv" in command("agreement", data, "--format", "xls").err
    assert "has no claim 'zz'" in command("corrections", data, "--claim", "zz").err
    assert "there is no folder" in command("judged", data, "-o", "none/judged.txt").err
    assert "'yes' is not allowed; it takes none, accepted, corrected" in command("claims", data, "--checked", "yes").err


def test_queues_and_precision(command: Command, data: Path) -> None:
    listed = lines(command("review", data, "--limit", "2", "--format", "jsonl").out)
    assert [row["kind"] for row in listed] == ["claim", "claim"] and listed[0]["words"]
    random = command("review", data, "--queue", "random", "--sample", "4", "--format", "jsonl")
    assert "sample of 4 claims: nothing of it was judged yet" in random.err
    for row in lines(random.out)[:2]:
        command("correct", data, str(row["id"]), "accept", "--by", "Ana")
    again = command("review", data, "--queue", "random", "--sample", "4", "--format", "table")
    assert "2 judged, 2 right in type and parties: 1.00 (0.34 to 1.00 with 95 %)" in again.err
    assert "3 of a random sample of 4" in again.out and "1 of a random sample" not in again.out
    assert "claims" in command("review", data, "--queue", "disagreement", "--format", "table").out


def test_agreement(command: Command, data: Path) -> None:
    one = first(data)
    command("correct", data, one, "accept", "--by", "Ana")
    command("correct", data, one, "historical", "yes", "--by", "Ben")
    done = command("agreement", data, "--format", "csv")
    rows = {row["field"]: row for row in csv.DictReader(StringIO(done.out))}
    assert rows["verdict"]["claims"] == "1" and float(rows["historical"]["alpha"]) == 0
    assert f"to decide: {one} historical: Ana: no; Ben: yes; yes counts until then" in done.err
    command("correct", data, one, "historical", "no", "--by", "Eve", "--decide")
    assert "historical:" not in command("agreement", data, "--format", "csv").err


def test_judged_sentences(command: Command, data: Path, tmp_path: Path) -> None:
    ids = [claim.id for claim in open_dataset(data).claims()]
    for id in ids:
        command("correct", data, id, "accept", "--by", "Ana")
    done = command("judged", data, "-o", tmp_path / "judged.txt")
    examples, faults = read_files([tmp_path / "judged.txt"])
    assert done.status == 0 and faults == [] and f"{len(examples)} sentences" in done.err
    assert examples and all(event.type in {"ASSAULT", "CONSULT"} for e in examples for event in e.events)
    assert "left out" in done.err, "some of the verbs are several words"
