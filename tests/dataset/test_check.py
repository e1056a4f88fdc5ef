"""Whatever is spoilt in a dataset, ``check`` finds it and says where."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.dataset.scenes import filled, whole
from whodid.dataset import Run, open_dataset, writing
from whodid.dataset.check import check, misquoted
from whodid.dataset.heads import head_path
from whodid.dataset.rows import digest_of
from whodid.dataset.schema import tables

Rows = list[dict[str, Any]]
Spoil = Callable[[Rows], Rows]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return filled(tmp_path / "data", 8)


def spoil(folder: Path, name: str, change: Spoil) -> None:
    """Write a version in which the rows of a table are changed."""
    with writing(folder, Run("spoil")) as writer:
        found = change(writer.dataset.query(f"SELECT * FROM raw_{name} ORDER BY ALL").to_pylist())
        import pyarrow as pa

        rows = pa.Table.from_pylist(found, schema=tables()[name].arrow())
        writer.replaced(name, writer.store.replace(name, rows))
        writer.commit()


def first(**values: Any) -> Spoil:
    return lambda rows: [{**rows[0], **values}, *rows[1:]]


def without_first(rows: Rows) -> Rows:
    return rows[1:]


def twice(rows: Rows) -> Rows:
    return [rows[0], *rows]


def misquote(rows: Rows) -> Rows:
    """Another word in the trigger, with a digest that fits: only the report can tell."""
    record = json.loads(rows[0]["record"])
    record["trigger"]["text"] = "x" * len(record["trigger"]["text"])
    text = json.dumps(record)
    return [{**rows[0], "record": text, "trigger": record["trigger"]["text"], "digest": digest_of(text)}, *rows[1:]]


def edited(rows: Rows) -> Rows:
    return [{**rows[0], "record": rows[0]["record"].replace('"historical":false', '"historical":true')}, *rows[1:]]


SPOILT: list[tuple[str, Spoil, str, str]] = [
    ("reports", first(text="The words of somebody else."), "reports", "its content is not what was stored"),
    ("reports", without_first, "claims", "is not there"),
    ("reports", twice, "reports", "it is there twice"),
    ("reports", first(run="none"), "reports", "its run leads nowhere"),
    ("claims", misquote, "claims", "do not stand in report"),
    ("claims", edited, "claims", "its record is not what was stored"),
    ("claims", first(type="AID"), "claims", "the columns type differ from its record"),
    ("claims", first(event_id="none"), "events", "belongs to another event"),
    ("claims", without_first, "events", "one of its claims is not there"),
    ("claims", twice, "claims", "it is there twice"),
    ("events", without_first, "events", "a claim that belongs to it is not in it"),
    ("events", first(id="none"), "events", "the columns id differ from its record"),
    ("events", edited, "events", "its record is not what was stored"),
    ("events", first(reports=["none"]), "events", "one of its reports is not there"),
    ("statements", first(words="other"), "statements", "its words do not stand"),
    ("statements", first(claim_id="none"), "statements", "its claim is not there"),
    ("members", first(claim_id="none"), "members", "its claim_id leads nowhere"),
    ("features", first(claim_id="none"), "features", "its claim_id leads nowhere"),
    ("groups", first(report_id="none"), "groups", "its report_id leads nowhere"),
    ("judgements", first(left="none"), "judgements", "its left leads nowhere"),
    ("runs", first(since=99), "runs", "rows of a later version"),
]


@pytest.mark.parametrize(("name", "change", "where", "what"), SPOILT)
def test_what_is_spoilt_is_found(folder: Path, name: str, change: Spoil, where: str, what: str) -> None:
    whole(folder)
    spoil(folder, name, change)
    found = [problem for problem in check(folder) if problem.table == where and what in problem.what]
    assert found and all(problem.todo for problem in found)


def test_a_missing_file_is_found(folder: Path) -> None:
    data = open_dataset(folder)
    Path(data.files("claims")[0]).unlink()
    assert any(p.table == "claims" and "is missing" in p.what for p in check(folder))


def test_a_missing_head_is_found(folder: Path) -> None:
    head_path(folder, 1).unlink()
    (problem,) = check(folder)
    assert (problem.table, problem.id) == ("heads", "1") and "copy" in problem.todo


def test_a_rejection_with_another_id_or_an_unknown_code(folder: Path) -> None:
    with writing(folder, Run("add")) as writer:
        writer.add(
            "rejections", [{"id": "1", "source": "a", "code": "odd", "message": "", "report_id": None, "run": "r"}]
        )
        writer.commit()
    assert {p.what for p in check(folder)} == {"its id is not the one that its content gives", "there is no code 'odd'"}


def test_ids_are_recomputed_where_the_rule_is_known(folder: Path) -> None:
    assert not list(check(folder, claim_id=lambda _: True))
    wrong = list(check(folder, claim_id=lambda _: False))
    assert len(wrong) == open_dataset(folder).table("claims").num_rows


def test_words_are_looked_for_everywhere_in_a_record() -> None:
    value = {"a": [{"text": "no", "start": 0, "end": 2}], "b": {"text": "es", "start": 1, "end": 3}, "text": None}
    assert list(misquoted(value, "yes")) == ["no"]
