"""Texts kept beside the tables: the same as the tables give, and never needed."""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path

import pytest

from tests.dataset.scenes import add, filled, news, whole
from whodid.dataset import compact, open_dataset
from whodid.dataset.finding import Finder
from whodid.dataset.texts import NAME, TEXTS, Key, Texts
from whodid.run.keeping import fuse_anew, remove


def _there(folder: Path) -> dict[str, dict[Key, str]]:
    """Every text, as the tables give it."""
    data = open_dataset(folder)
    return {
        table: {
            (row["id"], row["since"]): row["text"]
            for row in data.query(f"SELECT {id} AS id, since, {text} AS text FROM {table}").to_pylist()
        }
        for table, (id, text) in TEXTS.items()
    }


def test_what_is_added_is_kept_and_comes_back_as_it_was(tmp_path: Path) -> None:
    folder = filled(tmp_path / "data", 6)
    for table, texts in _there(folder).items():
        assert texts and Texts(folder).of(table, texts) == texts
        assert not Texts(folder).of(table, [("no such row", 2), *((id, since + 90) for id, since in texts)])


@pytest.mark.parametrize("done", ["missing", "damaged", "other"])
def test_without_the_file_all_is_read_from_the_tables(
    tmp_path: Path, done: str, caplog: pytest.LogCaptureFixture
) -> None:
    one, other = filled(tmp_path / "one", 6), filled(tmp_path / "other", 6)
    path = other / NAME
    if done == "missing":
        path.unlink()
    elif done == "damaged":
        path.write_bytes(b"no database" * 400)
    else:
        path.unlink()
        with sqlite3.connect(path) as database:
            database.execute("CREATE TABLE claims (something)")
        database.close()
    ids = sorted({id for id, _ in _there(one)["claims"]})
    with caplog.at_level(logging.INFO, "whodid.dataset.texts"):
        assert Finder(open_dataset(other)).claims(ids) == Finder(open_dataset(one)).claims(ids)
    assert str(path) in caplog.text or done == "missing"
    for folder in (one, other):
        add(folder, news(12))
    events = "SELECT * FROM events ORDER BY ALL"
    assert open_dataset(other).query(events).equals(open_dataset(one).query(events))
    whole(other)


def test_a_file_that_was_damaged_is_made_anew(tmp_path: Path) -> None:
    folder = filled(tmp_path / "data", 6)
    (folder / NAME).write_bytes(b"no database" * 400)
    ids = {id for id, _ in _there(folder)["claims"]}
    for _ in range(2):  # the first finds it damaged, the second keeps what it read
        found = Finder(open_dataset(folder)).claims(ids)
    assert set(found) == ids
    texts = _there(folder)["claims"]
    assert Texts(folder).of("claims", texts) == texts


def test_what_is_fused_anew_is_kept_anew(tmp_path: Path) -> None:
    folder = filled(tmp_path / "data", 6)
    next_version = open_dataset(folder).version + 1
    for table, texts in _there(folder).items():  # as a change of another program leaves it that was killed
        Texts(folder).keep(table, ((id, next_version, "{}") for id, _ in texts))
    fuse_anew(folder)
    for table, texts in _there(folder).items():
        assert Texts(folder).of(table, texts) == texts
    add(folder, news(9))
    whole(folder)


def test_compaction_forgets_what_was_removed(tmp_path: Path) -> None:
    folder = filled(tmp_path / "data", 6)
    before = _there(folder)
    remove(folder, [news(1)[0].id])
    for table, texts in before.items():
        assert Texts(folder).of(table, texts) == texts
    compact.compact(folder, keep_days=0)
    after = _there(folder)
    for table, texts in before.items():
        assert len(after[table]) < len(texts)
        assert Texts(folder).of(table, texts) == after[table]
