"""Compaction changes what lies on the disk, and nothing of what is read."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.dataset.scenes import add, filled, news, whole
from whodid.dataset import Dataset, compact, open_dataset
from whodid.dataset.compact import clear
from whodid.dataset.heads import head_path, read_head
from whodid.errors import UsageError
from whodid.run.keeping import remove

VIEWS = ("reports", "claims", "events", "statements", "groups", "redirects", "links", "judgements", "runs")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = filled(tmp_path / "data", 3)
    for number in (5, 8, 11):
        add(made, news(number))
    remove(made, [news(1)[0].id])
    return made


def shown(data: Dataset) -> dict[str, object]:
    runs = "SELECT * EXCLUDE since FROM runs WHERE verb <> 'compact' ORDER BY ALL"
    return {v: data.query(runs if v == "runs" else f"SELECT * FROM {v} ORDER BY ALL").to_pylist() for v in VIEWS}


def test_what_is_shown_stays_and_the_files_become_few(folder: Path) -> None:
    before = shown(open_dataset(folder))
    done = compact.compact(folder)
    assert shown(open_dataset(folder)) == before
    assert done.files[1] < done.files[0] and done.cleared == 0
    assert max(len(open_dataset(folder).files(name)) for name in open_dataset(folder).head.tables) <= 2
    whole(folder)
    assert open_dataset(folder, as_of=2).table("reports").num_rows == 3
    add(folder, news(14))
    whole(folder)


def test_old_versions_are_cleared_only_when_their_time_is_over(folder: Path) -> None:
    for version in (1, 2, 3):  # as if they were of another month
        head = read_head(folder, version)
        old = head.model_copy(update={"made": head.made - dt.timedelta(days=60 - version)})
        head_path(folder, version).write_text(old.model_dump_json())
    before = shown(open_dataset(folder))
    size = sum(f.stat().st_size for f in folder.rglob("*.parquet"))
    assert compact.compact(folder, keep_days=30).cleared == 2, "version 3 was the newest one until the 4th came"
    assert [h.version for h in open_dataset(folder).history()] == [7, 6, 5, 4, 3]
    assert open_dataset(folder, as_of=3).table("reports").num_rows == 5
    with pytest.raises(UsageError, match="no version 2 to read; versions: 3 to 7"):
        open_dataset(folder, as_of=2)
    done = compact.compact(folder, keep_days=0)
    assert done.cleared == 4 and done.bytes > 0
    assert sum(f.stat().st_size for f in folder.rglob("*.parquet")) < size
    assert shown(open_dataset(folder)) == before
    assert clear(folder) == (1, 0) or clear(folder) == (0, 0)
    whole(folder)


def test_a_dataset_tidies_itself_as_it_grows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compact, "_EVERY", 4)
    folder = filled(tmp_path / "data", 1)
    for number in range(2, 12):
        add(folder, news(number))
    data = open_dataset(folder)
    assert data.version == 12
    assert max(len(data.files(name)) for name in data.head.tables) <= 5
    whole(folder)
