"""The verbs that make a dataset and keep it, as a person types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.dataset.older import older
from tests.dataset.scenes import filled, whole
from whodid.cli.found import parse_as_of
from whodid.dataset import open_dataset
from whodid.dataset.people import open_people
from whodid.errors import UsageError


@pytest.fixture
def data(tmp_path: Path, command: Command) -> Path:
    assert command("init", tmp_path / "data").status == 0
    return tmp_path / "data"


def test_init_add_check(command: Command, data: Path, news: Path) -> None:
    added = command("add", data, news, "--date", "2020-01-14")
    assert added.status == 0, added.err
    assert "3 reports added, 3 claims, 2 events new or changed" in added.out and "version 2" in added.out
    assert "3 without claims (" in added.out and f"`whodid rejects {data}` lists" in added.err
    again = command("add", data, news, "--date", "2020-01-14")
    assert again.status == 0 and "0 reports added, 0 claims, 3 there already" in again.out and "version 2" in again.out
    assert "nothing is wrong" in command("check", data).out
    assert {r.published.isoformat() for r in open_dataset(data).reports() if r.published} == {"2020-01-14"}


def test_rejects_of_a_dataset(command: Command, data: Path, news: Path) -> None:
    assert "nothing was rejected in" in command("rejects", data).out
    command("add", data, news)
    shown = command("rejects", data, "--format", "jsonl").out
    assert {json.loads(line)["code"] for line in shown.splitlines()} == {"no-events", "empty", "binary"}


def test_add_tells_what_cannot_be(command: Command, data: Path, news: Path, tmp_path: Path) -> None:
    assert "there is no dataset in" in command("add", tmp_path / "none", news).err
    assert command("add", tmp_path / "none", news).status == 2
    assert command("add", data, news, "--date", "yesterday").status == 2
    assert command("add", data, news / "e.bin").status == 1, "all was rejected"
    assert command("init", data).status == 2


def test_remove_and_restore(command: Command, data: Path, news: Path) -> None:
    command("add", data, news)
    report = next(open_dataset(data).reports("text LIKE '%southern%'")).id
    done = command("remove", data, report[:8], "--by", "Ann", "--note", "not ours")
    assert done.status == 0 and "1 report removed" in done.out
    assert "nothing to do" in command("remove", data, report).out
    assert command("remove", data, "zzzz").status == 2
    assert "1 removed before (--restore takes them in again)" in command("add", data, news).out
    assert "1 report added" in command("add", data, news, "--restore").out
    retired = open_dataset(data).query('SELECT "by", note FROM retired WHERE reason = ?', ["removed"]).to_pylist()
    assert retired == [{"by": "Ann", "note": "not ours"}]
    whole(data)


def test_recode(command: Command, data: Path, news: Path) -> None:
    command("add", data, news)
    assert "3 there already" in command("add", data, news, "--max-chars", "5000").out
    assert "3 reports added" in command("add", data, news, "--max-chars", "5000", "--recode").out


def test_history(command: Command, data: Path, news: Path) -> None:
    command("add", data, news)
    shown = command("history", data).out.splitlines()
    assert "add" in shown[0] and "3 reports, 3 claims, 3 rejections" in shown[0] and "init" in shown[1]
    heads = [json.loads(line) for line in command("history", data, "--format", "jsonl").out.splitlines()]
    assert [(h["version"], h["verb"]) for h in heads] == [(2, "add"), (1, "init")]
    assert command("history", data, "--format", "csv").status == 2


def test_history_of_a_run_that_was_stopped(
    command: Command, data: Path, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("whodid.cli.dataset.meter", lambda *_, **__: _Meter(stopped))
    done = command("add", data, news)
    assert done.status == 130 and "the same command goes on from there" in done.err
    assert "not finished" in command("history", data).out


class _Meter:
    def __init__(self, call: object) -> None:
        self.call = call

    def __enter__(self) -> object:
        return self.call

    def __exit__(self, *_: object) -> None:
        pass


def test_judge_joins_two_events(command: Command, tmp_path: Path) -> None:
    folder = filled(tmp_path / "made", 8)
    one, other = (e.id for e in list(open_dataset(folder).events())[:2])
    done = command("judge", folder, one[:10], other, "same", "--by", "Ann", "--why", "one raid")
    assert done.status == 0, done.err
    assert "new or changed · version 3" in done.out
    assert open_dataset(folder).event(other).id == open_dataset(folder).event(one).id
    assert command("judge", folder, one, other, "perhaps", "--by", "Ann").status == 2
    assert command("judge", folder, one, one, "same", "--by", "Ann").status == 2
    with open_people(folder) as people:
        people.judge(one, other, "different", person="Ben")
    assert "events new or changed" in command("fuse", folder).out
    assert "0 events" in command("fuse", folder).out


def test_judgements_elsewhere(command: Command, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'people.sqlite'}"
    assert command("init", tmp_path / "data", "--judgements", url).status == 0
    with open_people(tmp_path / "data") as people:
        people.note("claim", "a", "look again", person="Ann")
    assert (tmp_path / "people.sqlite").exists() and not (tmp_path / "data" / "people.sqlite").exists()
    refused = command("init", tmp_path / "other", "--judgements", "odd://ann:secret@host/x")
    assert refused.status == 2 and "secret" not in refused.err


def test_compact_and_migrate(command: Command, tmp_path: Path, data: Path, news: Path) -> None:
    command("add", data, news)
    done = command("compact", data, "--keep", "0")
    assert done.status == 0 and "1 old version cleared" in done.out
    assert command("compact", data, "--keep", "-1").status == 2
    old = older(tmp_path / "old", tmp_path / "scratch", 3)
    assert "whodid migrate" in command("check", old).err
    assert "up to date" in command("migrate", old).out
    whole(old)


def test_check_says_what_is_wrong(command: Command, data: Path, news: Path) -> None:
    command("add", data, news)
    Path(open_dataset(data).files("claims")[0]).unlink()
    found = command("check", data)
    assert found.status == 1 and "claims: the file" in found.out and "put the folder back" in found.out


@pytest.mark.parametrize(("given", "meant"), [("12", "12"), ("2020-01-14", "2020-01-14"), (None, "None")])
def test_as_of(given: str | None, meant: str) -> None:
    assert str(parse_as_of(given)) == meant
    assert str(parse_as_of("2020-01-14T12:30")) == "2020-01-14 12:30:00"
    with pytest.raises(UsageError, match="--as-of: 'soon'"):
        parse_as_of("soon")
