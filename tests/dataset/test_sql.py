"""What a query in SQL may do, and that it can do nothing else."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.stored import story
from whodid.dataset import Dataset
from whodid.dataset import sql as sandbox
from whodid.dataset.sql import Limits, sql
from whodid.dataset.sql_worker import refusal
from whodid.errors import UsageError

VIEWS = ("events", "claims", "reports", "statements", "links", "rejections", "runs", "judgements", "redirects",
         "groups", "retired")  # fmt: skip


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return story(tmp_path_factory.mktemp("sql") / "data")


@pytest.fixture(autouse=True)
def unchanged(data: Dataset) -> Iterator[None]:
    """No test of this file changes a byte of the dataset."""
    before = digests(data.path)
    yield
    assert digests(data.path) == before


def digests(folder: Path) -> dict[Path, str]:
    return {p: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.rglob("*") if p.is_file()}


def test_a_query_over_every_view(data: Dataset) -> None:
    counts = " UNION ALL ".join(f"SELECT '{name}' AS name, count(*) AS n FROM {name}" for name in VIEWS)
    found = {row["name"]: row["n"] for row in sql(data, counts).table.to_pylist()}
    assert (found["events"], found["claims"], found["reports"], found["runs"]) == (5, 6, 3, 2)
    assert set(found) == set(VIEWS)


def test_rows_and_their_types(data: Dataset) -> None:
    answer = sql(data, "WITH e AS (SELECT * FROM events) SELECT type, first_day, actors FROM e ORDER BY id LIMIT 1; ")
    assert [(row["type"], str(row["first_day"]), row["actors"]) for row in answer.table.to_pylist()] == [
        ("ASSAULT", "2021-03-01", ["Avalon army"])
    ]
    assert not answer.cut


def test_no_rows_keep_their_columns(data: Dataset) -> None:
    assert sql(data, "SELECT id, score FROM events WHERE false").table.column_names == ["id", "score"]


def test_more_rows_than_are_wanted_are_cut_and_not_made(data: Dataset) -> None:
    answer = sql(data, "SELECT * FROM range(100000000000)", Limits(rows=10))
    assert answer.cut
    assert answer.table["range"].to_pylist() == list(range(10))
    assert not sql(data, "SELECT * FROM range(10)", Limits(rows=10)).cut


ATTACKS = [
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM '/etc/passwd'",
    "SELECT content FROM read_text('/etc/hostname')",
    "SELECT * FROM read_blob('{file}')",
    "SELECT * FROM '{file}'",
    "SELECT * FROM parquet_metadata('{file}')",
    "SELECT * FROM glob('/etc/*')",
    "SELECT * FROM read_json('https://example.org/x.json')",
    "SELECT * FROM 's3://bucket/x.parquet'",
    "SELECT getenv('HOME')",
    "SELECT * FROM duckdb_secrets()",
    "SELECT * FROM query('COPY events TO ''{new}''')",
    "WITH x AS (COPY (SELECT 1) TO '{new}') SELECT * FROM x",
    "WITH x AS (COPY (SELECT 1) TO '{file}' (USE_TMP_FILE false)) SELECT * FROM x",
    "WITH x AS (INSERT INTO events SELECT * FROM events RETURNING *) SELECT * FROM x",
    "WITH x AS (DELETE FROM events RETURNING *) SELECT * FROM x",
    "COPY events TO '{new}'",
    "SELECT 1; COPY events TO '{new}'",
    "SELECT * FROM asked",
    "SELECT * FROM python_arrow_scan()",
    "SELECT * FROM pandas_scan()",
    "not sql at all",
]
"""What starts like a question, or would do harm if it were taken for one."""


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_is_not_a_question_over_the_views_is_refused(data: Dataset, tmp_path: Path, attack: str) -> None:
    new = tmp_path / "new"
    with pytest.raises(UsageError) as error:
        sql(data, attack.format(file=data.files("events")[0], new=new))
    assert str(error.value).startswith("sql: ")
    assert "stopped" not in str(error.value)  # refused for what it is, not for what it costs
    assert not new.exists()


COMMANDS = [
    "COPY events TO 'x'", "COPY (SELECT 1) TO 'x' (USE_TMP_FILE false)", "EXPORT DATABASE 'x'", "IMPORT DATABASE 'x'",
    "ATTACH 'x' AS other", "ATTACH 'https://example.org/x.db'", "DETACH memory", "USE memory", "INSTALL httpfs",
    "LOAD httpfs", "LOAD 'x'", "PRAGMA database_list", "SET memory_limit = '100GB'", "RESET lock_configuration",
    "CALL pragma_version()", "CHECKPOINT", "CREATE TABLE x AS SELECT 1", "CREATE MACRO f(x) AS x",
    "CREATE SECRET (TYPE s3, KEY_ID 'a', SECRET 'b')", "DROP VIEW events", "INSERT INTO events SELECT * FROM events",
    "UPDATE events SET score = 1", "DELETE FROM events", "VACUUM", "BEGIN", "PREPARE p AS SELECT 1", "EXECUTE p",
    "EXPLAIN ANALYZE COPY events TO 'x'", "SELECT 1; SELECT 2", "", "-- nothing",
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_are_no_questions(command: str) -> None:
    with duckdb.connect() as connection:
        assert str(refusal(connection, command)).startswith("one SELECT is allowed, this is ")


@pytest.mark.parametrize("query", ["SELECT 1", "select 1;", "FROM x", "VALUES (1)", "WITH a AS (SELECT 1) FROM a"])
def test_questions_may_be_asked(query: str) -> None:
    with duckdb.connect() as connection:
        assert refusal(connection, query) is None


def test_nothing_that_is_told_of_the_views_names_a_place_on_the_disk(data: Dataset) -> None:
    told = str(sql(data, "SELECT * FROM duckdb_views()").table.to_pylist())
    settings = str(sql(data, "SELECT * FROM duckdb_settings()").table.to_pylist())
    assert str(data.path) not in told + settings


def test_the_process_has_no_environment_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHODID_ENDPOINT_KEY", "a secret")
    assert "a secret" not in sandbox._environment().values()


GREEDY = [
    "SELECT count(*) FROM range(100000000000) a, range(1000000) b",
    "WITH RECURSIVE t AS (SELECT 1 n UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t",
    "SELECT max(levenshtein(repeat('ab', 40000), repeat('ba', 40000)))",  # DuckDB cannot interrupt this one
    "SELECT count(*) FROM events a, events b, range(10000000000) c WHERE a.id < b.id",
]


@pytest.mark.parametrize("query", GREEDY)
def test_a_query_without_end_is_ended(data: Dataset, query: str) -> None:
    started = time.monotonic()
    with pytest.raises(UsageError, match=r"took longer than 0\.5 s"):
        sql(data, query, Limits(seconds=0.5))
    assert time.monotonic() - started < 25


HUNGRY = [
    "SELECT length(repeat('x', 2000000000))",  # past DuckDB's own limit: the system's holds
    "SELECT list_sort(range(400000000))",
    "SELECT list(i) FROM range(1000000000) t(i)",
    "SELECT repeat('x', 100000000) FROM range(100)",
]


@pytest.mark.parametrize("query", HUNGRY)
def test_a_query_without_measure_is_stopped(data: Dataset, query: str) -> None:
    with pytest.raises(UsageError, match=r"needs more than 128 MiB|is larger than"):
        sql(data, query, Limits(memory_mb=128))


def test_a_result_that_is_too_large_is_not_read(data: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_MAX_BYTES", 1_000_000)
    with pytest.raises(UsageError, match="the result is larger than"):
        sql(data, "SELECT repeat('x', 1000) FROM range(5000)")


@pytest.mark.parametrize("given", [{"seconds": 0}, {"memory_mb": 1}, {"rows": 0}])
def test_limits_have_limits(given: dict[str, int]) -> None:
    with pytest.raises(UsageError, match="it can be"):
        Limits(**given)
