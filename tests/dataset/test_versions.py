"""Versions: one commit point, nothing seen of what is not committed, everything readable as it was."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from tests.builders import claim, report
from tests.dataset.scenes import add, filled, news, whole
from whodid.dataset import Run, init_dataset, open_dataset, rows, tables, writing
from whodid.dataset.heads import find_head, head_path, versions, write_head
from whodid.dataset.store import Store
from whodid.errors import UsageError, WhodidError


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset of three versions; nobody changes it."""
    made = filled(tmp_path_factory.mktemp("versions") / "data", 4)
    add(made, news(6))
    return made


def stage(writer: Any) -> None:
    one = report("x", id="x")
    writer.add("reports", [rows.report_row(one, coded="c", run=writer.run.id)])
    writer.add("claims", [rows.claim_row(claim(one), event="e")])


def test_a_version_can_be_read_as_it_was(folder: Path) -> None:
    now = open_dataset(folder)
    then = open_dataset(folder, as_of=2)
    assert (then.version, now.version) == (2, 3)
    assert len(list(then.reports())) == 4 and len(list(now.reports())) == 6
    assert open_dataset(folder, as_of=1).table("claims").num_rows == 0
    assert [head.version for head in now.history()] == [3, 2, 1]
    assert [head.version for head in then.history()] == [2, 1]


def test_as_of_a_moment_or_a_day(folder: Path) -> None:
    second = open_dataset(folder, as_of=2).head.made
    assert open_dataset(folder, as_of=second).version == 2
    assert open_dataset(folder, as_of=second - dt.timedelta(microseconds=1)).version == 1
    assert open_dataset(folder, as_of=second.replace(tzinfo=None)).version == 2, "without a zone it is UTC"
    assert open_dataset(folder, as_of=dt.date.today() + dt.timedelta(days=1)).version == 3
    with pytest.raises(UsageError, match="nothing from 2001-01-01"):
        open_dataset(folder, as_of=dt.date(2001, 1, 1))
    with pytest.raises(UsageError, match="no version 9 to read; versions: 1 to 3"):
        open_dataset(folder, as_of=9)


def test_nothing_is_seen_of_what_is_not_committed(tmp_path: Path) -> None:
    init_dataset(tmp_path / "d")
    with writing(tmp_path / "d", Run("add")) as writer:
        stage(writer)
        assert not list(open_dataset(tmp_path / "d").reports())
    assert open_dataset(tmp_path / "d").version == 1


def test_rows_that_no_head_names_are_not_seen_and_go_with_the_next_change(tmp_path: Path) -> None:
    init_dataset(tmp_path / "d")
    store = Store(tmp_path / "d")
    with writing(tmp_path / "d", Run("add")) as writer:
        stage(writer)
        parts = writer._parts("reports")
        assert parts is not None
        store.append("reports", parts)  # and the writer dies here
    data = open_dataset(tmp_path / "d")
    assert store.newest("reports") > data.head.tables["reports"] and not list(data.reports())
    whole(tmp_path / "d")
    with writing(tmp_path / "d", Run("add")) as writer:
        writer.commit()
    assert not list(open_dataset(tmp_path / "d").reports())
    assert not store.files("reports", store.newest("reports"))


def test_a_reader_keeps_its_version(tmp_path: Path) -> None:
    folder = filled(tmp_path / "d", 2)
    data = open_dataset(folder)
    before = data.table("reports")
    add(folder, news(4))
    assert data.table("reports").equals(before) and open_dataset(folder).version == 3


def test_one_writes_and_the_other_waits(tmp_path: Path) -> None:
    init_dataset(tmp_path / "d")
    with (
        writing(tmp_path / "d", Run("add")),
        pytest.raises(WhodidError, match="another program has been writing"),
        writing(tmp_path / "d", Run("add"), patience=0.1),
    ):
        pass


def test_a_version_is_made_once(tmp_path: Path) -> None:
    head = init_dataset(tmp_path / "d").head
    with pytest.raises(WhodidError, match="there already"):
        write_head(tmp_path / "d", head)


def test_times_rise_even_where_a_clock_goes_back(tmp_path: Path) -> None:
    data = init_dataset(tmp_path / "d")
    future = data.head.model_copy(update={"version": 2, "made": dt.datetime(2999, 1, 1, tzinfo=dt.UTC)})
    write_head(tmp_path / "d", future)
    with writing(tmp_path / "d", Run("add")) as writer:
        assert writer.commit().head.made > future.made


def test_a_damaged_head_is_named(tmp_path: Path) -> None:
    init_dataset(tmp_path / "d")
    head_path(tmp_path / "d", 1).write_text("{")
    with pytest.raises(WhodidError, match="put it back from a copy"):
        open_dataset(tmp_path / "d")


@pytest.mark.parametrize(("schema", "says"), [(99, "newer version of Whodid"), (1, "whodid migrate")])
def test_other_schemas_are_refused(tmp_path: Path, schema: int, says: str) -> None:
    head = init_dataset(tmp_path / "d").head
    write_head(tmp_path / "d", head.model_copy(update={"version": 2, "schema_version": schema}))
    with pytest.raises(UsageError, match=says):
        open_dataset(tmp_path / "d")
    with pytest.raises(UsageError, match=says), writing(tmp_path / "d", Run("add")):
        pass


def test_where_no_dataset_can_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "notes.txt").write_text("x")
    with pytest.raises(UsageError, match="is a file"):
        init_dataset(tmp_path / "file")
    with pytest.raises(UsageError, match=r"notes\.txt"):
        init_dataset(tmp_path / "full")
    with pytest.raises(UsageError, match="whodid init"):
        open_dataset(tmp_path / "none")
    assert versions(tmp_path / "none") == []


def test_init_goes_on_where_it_was_killed(tmp_path: Path) -> None:
    Store(tmp_path / "d").create(tables()["reports"])
    init_dataset(tmp_path / "d")
    whole(tmp_path / "d")
    assert find_head(tmp_path / "d").version == 1


def test_an_id_can_be_short_and_must_be_clear(folder: Path) -> None:
    data = open_dataset(folder)
    some = next(data.claims())
    assert data.claim(some.id[:10]) == some and data.claim(some.id) == some
    with pytest.raises(UsageError, match="several claims start with"):
        data.claim(_shared([c.id for c in data.claims()]))
    with pytest.raises(UsageError, match="no claim 'zzzz'; near ones"):
        data.claim("zzzz")
    with pytest.raises(UsageError, match="no event ''"):
        data.event("")


def _shared(ids: list[str]) -> str:
    """The first character of two of the ids."""
    firsts = [i[0] for i in ids]
    return next(f for f in firsts if firsts.count(f) > 1)


def test_every_view_can_be_read_when_empty(tmp_path: Path) -> None:
    data = init_dataset(tmp_path / "d")
    for view in ("reports", "claims", "events", "statements", "links", "rejections", "judgements", "redirects",
                 "groups", "retired", "features"):  # fmt: skip
        assert data.table(view).num_rows == 0
    for name, table in tables().items():
        assert data.query(f"SELECT * FROM raw_{name}").schema.names == list(table.names)


def test_polars_and_plain_delta_read_the_tables(folder: Path) -> None:
    import polars

    data = open_dataset(folder)
    frame = polars.read_delta(str(data.store.path("claims")), version=data.head.tables["claims"])
    assert set(frame["id"]) == {c.id for c in data.claims()}
