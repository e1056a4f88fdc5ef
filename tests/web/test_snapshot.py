"""A version in memory: as the dataset itself, and another one when the dataset changes."""

from __future__ import annotations

import gc
import weakref
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.dataset.scenes import add, filled, news
from whodid.dataset import open_dataset
from whodid.errors import UsageError
from whodid.run.exporting import export
from whodid.web.live import Live
from whodid.web.search import WordIndex, match_of
from whodid.web.snapshot import open_snapshot

VIEWS = ("events", "claims", "reports", "links", "groups", "redirects", "statements", "runs", "judgements")


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset with retired events and reports that were superseded."""
    folder = filled(tmp_path_factory.mktemp("snapshot") / "data", 12)
    add(folder, news(24, seed=2))
    return folder


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_has_the_rows_of_the_dataset(changed: Path, view: str) -> None:
    listed = ", ".join(f'"{name}"' for name in open_dataset(changed).table(view).column_names)
    sql = f"SELECT {listed} FROM {view} ORDER BY ALL"
    assert open_snapshot(changed).query(sql).to_pylist() == open_dataset(changed).query(sql).to_pylist()


def test_records_and_exports_are_those_of_the_dataset(changed: Path, tmp_path: Path) -> None:
    held, stored = open_snapshot(changed), open_dataset(changed)
    assert list(held.events()) == list(stored.events())
    assert list(held.claims("status = ?", ["happened"])) == list(stored.claims("status = ?", ["happened"]))
    event = next(stored.events())
    assert held.event(event.id[:8]) == event
    assert held.report(event.reports[0]).text == stored.report(event.reports[0]).text
    export(held, tmp_path / "a", format="csv")
    export(stored, tmp_path / "b", format="csv")
    assert (tmp_path / "a" / "events.csv").read_text() == (tmp_path / "b" / "events.csv").read_text()
    with pytest.raises(UsageError, match="data has no event 'zz'"):
        held.event("zz")


def test_many_threads_ask_at_once(changed: Path) -> None:
    held = open_snapshot(changed)
    ids = held.query("SELECT id FROM claims ORDER BY id")["id"].to_pylist()
    with ThreadPoolExecutor(8) as pool:
        assert [claim.id for claim in pool.map(held.claim, ids * 4)] == ids * 4


def test_a_new_version_takes_the_place_of_the_old_which_stays_as_it_was(tmp_path: Path) -> None:
    live = Live(filled(tmp_path / "data", 8))
    old = live.data
    number, words = old.rows["claims"].number, int(old.words.mask("claims", "army").sum())
    assert not live.refresh()
    add(tmp_path / "data", news(20, seed=7))
    assert live.refresh()
    assert live.data.version > old.version
    assert live.data.rows["claims"].number > number
    assert live.data.words.mask("claims", "army").sum() > words == old.words.mask("claims", "army").sum()
    assert old.query("SELECT count(*) AS n FROM claims").to_pylist() == [{"n": number}]
    gone = weakref.ref(old)
    del old
    gc.collect()
    assert gone() is None


def test_the_versions_are_followed_in_the_background(tmp_path: Path) -> None:
    live = Live(filled(tmp_path / "data", 4))
    before = live.data.version
    live.start()
    try:
        add(tmp_path / "data", news(8, seed=3))
        newest = open_dataset(tmp_path / "data").version
        for _ in range(200):
            if live.data.version == newest > before:
                break
            live._stopping.wait(0.1)
        assert live.data.version == newest
    finally:
        live.stop()


# ---------------------------------------------------------------- words


def test_words_find_what_has_all_of_them(changed: Path) -> None:
    data = open_snapshot(changed)
    claims = list(data.claims())
    wanted = {c.id for c in claims if "bombed" in c.sentence.text and "Saint Orrin" in c.sentence.text}
    ids = data.query("SELECT id FROM held_claims ORDER BY rowid")["id"].to_numpy()
    for words in ("bombed Saint Orrin", "SAINT bombing órrin", '"saint orrin" bomb*'):
        assert set(ids[data.words.mask("claims", words)]) == wanted, words
    assert not data.words.mask("claims", '"orrin saint"').any()
    events = data.query("SELECT id FROM held_events ORDER BY rowid")["id"].to_numpy()
    assert set(events[data.words.mask("events", "bombed Saint Orrin")]) == {c.event for c in claims if c.id in wanted}
    reports = data.query("SELECT id, title FROM held_reports ORDER BY rowid").to_pylist()
    found = [r["id"] for r, hit in zip(reports, data.words.mask("reports", "copied desk"), strict=True) if hit]
    assert sorted(found) == sorted(r.id for r in data.reports("text LIKE '%Copied by desk%'"))


def test_texts_are_put_in_once(changed: Path) -> None:
    index = WordIndex()
    first, second = open_snapshot(changed, index), open_snapshot(changed, index)
    assert (first.words.mask("claims", "army") == second.words.mask("claims", "army")).all()
    assert len(index.found("claims", match_of("officials OR army OR rebels"))) == 0  # OR is a word like any other
    assert len(set(index.numbers(first, "claims").tolist())) == len(index._keys["claims"])


@pytest.mark.parametrize(
    "words", ['"', "*", "a OR", "NEAR(", "words:x", "-a", 'x" OR "y', "\x00", "(", "^a", "a\u202eb"]
)
def test_nothing_that_is_typed_has_a_meaning_of_its_own(changed: Path, words: str) -> None:
    data = open_snapshot(changed)
    try:
        data.words.mask("events", words)
    except UsageError as error:
        assert "no word" in str(error)
