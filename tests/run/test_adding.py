"""Reports into a dataset: once, anew, removed, superseded, in two goes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.builders import make_word_coder, report
from tests.dataset.scenes import add, filled, news, whole
from whodid.dataset import init_dataset, open_dataset
from whodid.errors import UsageError
from whodid.records import Rejection, Report
from whodid.run import adding
from whodid.run.adding import Adding
from whodid.run.keeping import remove
from whodid.settings import Settings

URL = "https://gazette.example/strait"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    init_dataset(tmp_path / "data")
    return tmp_path / "data"


def story(words: str, day: int = 5, **fields: object) -> Report:
    text = f"The army of Avalon attacked a convoy in Port Elm on March 3, and {words} people died."
    text = text.replace("The army", "the army")
    return report(text, **{"published": dt.date(2020, 3, day), "publisher": "Gazette", **fields})


def ids(folder: Path) -> set[str]:
    return {r.id for r in open_dataset(folder).reports()}


def test_adding_twice_changes_nothing(folder: Path) -> None:
    first = add(folder, news(8))
    assert (first.version, first.known, first.summary.read) == (2, 0, 8) and first.events > 0
    before = {name: open_dataset(folder).files(name) for name in open_dataset(folder).head.tables}
    again = add(folder, news(8))
    assert (again.version, again.known, again.summary.inputs, again.events) == (2, 8, 0, 0)
    assert {name: open_dataset(folder).files(name) for name in open_dataset(folder).head.tables} == before
    more = add(folder, news(9))
    assert (more.version, more.known, more.summary.inputs) == (3, 8, 1)


def test_nothing_is_coded_that_is_there(folder: Path) -> None:
    add(folder, news(4))

    def never() -> None:
        raise AssertionError("a coder was made for nothing")

    assert Adding(folder, news(4), make=never).run().known == 4  # type: ignore[arg-type]


@pytest.mark.parametrize("both_at_once", [False, True])
@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("fields", [{"url": URL}, {"title": "Strait"}], ids=["address", "title"])
def test_a_corrected_article_supersedes_the_old(
    folder: Path, fields: dict[str, object], late: bool, both_at_once: bool
) -> None:
    day = 6 if "url" in fields else 5  # title, publisher and day are the key of the second kind
    old = story("8", retrieved=dt.datetime(2020, 3, 6, tzinfo=dt.UTC), **fields)
    new = story("9", day, retrieved=dt.datetime(2020, 3, 7, tzinfo=dt.UTC), **fields)
    order = [new, old] if late else [old, new]
    for portion in [order] if both_at_once else [[one] for one in order]:
        add(folder, portion)
    data = open_dataset(folder)
    assert ids(folder) == {new.id}
    (event,) = data.events()
    assert [t.low for t in event.counts] == [9] and event.reports == (new.id,)
    assert [c.report.id for c in data.claims()] == [new.id]
    (retired,) = data.query("SELECT * FROM retired WHERE kind = 'report'").to_pylist()
    assert (retired["id"], retired["reason"], retired["by"]) == (old.id, "superseded", new.id)
    assert data.query("SELECT count(*) AS n FROM raw_reports")["n"][0].as_py() == 2, "the old version is kept"
    version = data.version
    assert add(folder, order).known == 2 and open_dataset(folder).version == version
    whole(folder)


def test_another_text_under_a_given_id_is_a_new_version(folder: Path) -> None:
    add(folder, [story("8", id="a1")])
    add(folder, [story("9", id="a1")])
    (only,) = open_dataset(folder).reports()
    assert "9 people" in only.text
    assert next(open_dataset(folder, as_of=2).reports()).text != only.text
    assert add(folder, [story("8", id="a1")]).known == 1, "the old text is known"
    whole(folder)


def test_files_of_one_name_are_not_versions_of_one_report(folder: Path) -> None:
    add(folder, [story("8", url="news.jsonl:1", publisher=None), story("9", url="news.jsonl:1", publisher=None)])
    assert len(ids(folder)) == 2


def test_what_was_removed_stays_out_until_it_is_asked_for(folder: Path) -> None:
    reports = news(6)
    add(folder, reports)
    done = remove(folder, [reports[0].id[:8]], by="Ann", note="not for us")
    assert done.reports == (reports[0].id,)
    assert ids(folder) == {r.id for r in reports[1:]}
    assert not list(open_dataset(folder).claims("report_id = ?", [reports[0].id]))
    assert all(reports[0].id not in e.reports for e in open_dataset(folder).events())
    assert reports[0].id in {r.id for r in open_dataset(folder, as_of=2).reports()}
    assert remove(folder, [reports[0].id]).reports == (), "it was removed before"
    assert add(folder, reports).kept_out == 1 and reports[0].id not in ids(folder)
    again = add(folder, reports, restore=True)
    assert (again.kept_out, again.summary.read) == (0, 1) and ids(folder) == {r.id for r in reports}
    whole(folder)


def test_removing_what_is_not_there(folder: Path) -> None:
    with pytest.raises(UsageError, match="no report 'zz'"):
        remove(folder, ["zz"])


def test_other_settings_code_anew_only_when_asked(folder: Path) -> None:
    reports = news(6)
    add(folder, reports)
    other = Settings(max_chars=5_000)
    before = {e.id: e for e in open_dataset(folder).events()}
    assert add(folder, reports, settings=other).known == 6
    assert add(folder, reports, settings=other, recode=True).summary.read == 6
    assert {e.id: e for e in open_dataset(folder).events()} == before
    assert add(folder, reports, settings=other, recode=True).known == 6, "they are coded so by now"
    whole(folder)


def test_rejections_are_kept_once_and_go_when_the_report_is_read(folder: Path) -> None:
    refused = Rejection(source="x.bin", code="binary", message="it is not text")
    silent, broken = report("A quiet day."), report("It will explode; the army attacked.")

    def put() -> None:
        Adding(folder, [refused, silent, broken], make=make_word_coder).run()

    put()
    assert {r.code for r in open_dataset(folder).rejections()} == {"binary", "no-events", "failed"}
    assert ids(folder) == {silent.id}, "a report that failed is tried again"
    put()
    assert open_dataset(folder).version == 2
    add(folder, [broken])  # the other coder does not fail
    assert {r.code for r in open_dataset(folder).rejections()} == {"binary", "no-events"} | {"no-events"}
    assert {r.report_id for r in open_dataset(folder).rejections()} == {None, silent.id, broken.id}
    whole(folder)


def test_a_run_is_stored_in_portions(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adding, "BATCH", 16)
    told: list[int] = []
    result = Adding(folder, news(40), make=__import__("tests.dataset.scenes", fromlist=["x"]).make_coder).run(
        lambda summary: told.append(summary.inputs)
    )
    assert told == [16, 32, 40] and result.version == 4
    (run,) = open_dataset(folder).query("SELECT * FROM runs WHERE verb = 'add'").to_pylist()
    assert (run["state"], run["reports"]) == ("done", 40)
    assert open_dataset(folder, as_of=2).query("SELECT state, reports FROM runs WHERE verb = 'add'").to_pylist() == [
        {"state": "going", "reports": 16}
    ]


def test_a_stopped_run_keeps_what_was_coded(folder: Path) -> None:
    def stop(_: object) -> None:
        raise KeyboardInterrupt

    run = Adding(folder, news(20), make=__import__("tests.dataset.scenes", fromlist=["x"]).make_coder)
    with pytest.raises(KeyboardInterrupt):
        run.run(stop)
    assert len(ids(folder)) == 16
    assert add(folder, news(20)).known == 16
    whole(folder)


def test_copies_count_as_one_independent_report(folder: Path) -> None:
    text = "the army of Avalon attacked a convoy in Port Elm on March 3, and 8 people died."
    lead = (
        "Villagers near the old mill spoke of smoke over the road for most of the morning and of trucks that burned. "
    )
    same = [report(lead + text, id=f"c{n}", publisher=f"Paper {n}", published=dt.date(2020, 3, 4)) for n in range(3)]
    for one in same:
        add(folder, [one])
    (event,) = open_dataset(folder).events()
    assert (len(event.reports), event.independent) == (3, 1)
    remove(folder, ["c0"])
    (event,) = open_dataset(folder).events()
    assert (len(event.reports), event.independent) == (2, 1)
    whole(folder)


def test_there_must_be_a_dataset(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="whodid init"):
        Adding(tmp_path / "none", [report()])
    with pytest.raises(UsageError, match="has a dataset already"):
        init_dataset(filled(tmp_path / "data", 1))
