"""A dataset of an older schema is brought to the present one, and then is as if it had been made now."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dataset.older import older
from tests.dataset.scenes import add, filled, news, whole
from whodid.dataset import migrate, open_dataset, schema_version, tables
from whodid.dataset.heads import find_head, write_head
from whodid.dataset.migrate import MIGRATIONS
from whodid.dataset.store import Store
from whodid.errors import UsageError
from whodid.run import keeping
from whodid.run.reviewing import Reviewing, apply_pending


def test_the_first_schema_becomes_the_present_one(tmp_path: Path) -> None:
    folder = older(tmp_path / "old", tmp_path / "new")
    with pytest.raises(UsageError, match="whodid migrate"):
        open_dataset(folder)
    done = keeping.migrate(folder)
    assert find_head(folder).schema_version == schema_version() and done.events > 0
    expected = {e.id: e for e in open_dataset(tmp_path / "new").events()}
    data = open_dataset(folder)
    assert {e.id: e for e in data.events()} == expected
    assert {c.id: c for c in data.claims()} == {c.id: c for c in open_dataset(tmp_path / "new").claims()}
    whole(folder)
    assert add(folder, news(8)).known == 8
    assert keeping.migrate(folder).version == done.version, "there is nothing more to do"


def test_claims_of_the_second_schema_get_what_people_may_say(tmp_path: Path) -> None:
    folder = older(tmp_path / "old", tmp_path / "new", schema=2)
    assert '"checked"' not in find_stored(folder)
    keeping.migrate(folder)
    data, present = open_dataset(folder), open_dataset(tmp_path / "new")
    assert {e.id: e for e in data.events()} == {e.id: e for e in present.events()}
    assert {c.id: c for c in data.claims()} == {c.id: c for c in present.claims()}
    records = "SELECT record, digest FROM raw_claims ORDER BY id"
    assert data.query(records).equals(present.query(records)), "to the letter"
    whole(folder)
    one = min(c.id for c in data.claims())
    with Reviewing(folder) as review:
        review.correct(one, "type", "PROTEST", person="Ana")
    apply_pending(folder)
    assert open_dataset(folder).claim(one).checked == "corrected"
    whole(folder)


def find_stored(folder: Path) -> str:
    """The records of the claims as they lie in the files."""
    import duckdb

    paths = Store(folder).files("claims", find_head(folder).tables["claims"])
    return str(duckdb.read_parquet(paths).select("record").fetchall())


def test_every_schema_up_to_now_has_a_migration() -> None:
    assert set(MIGRATIONS) == set(range(1, schema_version()))
    assert {table.since for table in tables().values()} == set(range(1, schema_version() + 1))


def test_steps_are_made_one_after_another(tmp_path: Path) -> None:
    folder = older(tmp_path / "old", tmp_path / "new", 2)
    head = find_head(folder)
    write_head(
        folder, head.model_copy(update={"version": 2, "schema_version": 0, "made": head.made.replace(year=2026)})
    )
    with pytest.raises(UsageError, match="this program migrates schemas 1 to 3"):
        migrate.migrate(folder)
    made: list[int] = []
    steps = {0: lambda *_: made.append(0), 1: lambda *given: (made.append(1), MIGRATIONS[1](*given)), 2: MIGRATIONS[2]}
    migrate.migrate(folder, migrations=steps)  # type: ignore[arg-type]
    assert made == [0, 1] and open_dataset(folder).version == 3


def test_a_dataset_of_now_is_left_alone(tmp_path: Path) -> None:
    folder = filled(tmp_path / "data", 1)
    assert migrate.migrate(folder).version == 2
