"""PLOVER 2.0 JSON Lines, field by field against the manual's chapter on data fields."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from tests.export.stories import FARMERS, KIRKUK, REPORT, SOLDIERS, TEXT, days, exported, told
from whodid.export.formats.plover import FIELDS, FILE, PLOVER, record
from whodid.records import Tally

REQUIRED = {"id", "date", "actor", "event"}
OPTIONAL = {
    "has_event", "time", "enddate", "endtime", "recipient", "event_loc", "event_text", "quad_code", "event_scale",
    "mode", "context", "link", "text", "text_info", "cite_info", "coder", "coded_date", "coded_time", "comment", "size",
}  # fmt: skip
ENTITY = {"code", "sector", "entity_text", "identifier_id", "identifier_text", "religion", "ethnicity", "office",
          "gender", "age"}  # fmt: skip
LOCATION = {"extracted_place", "resolved_place", "geonameid", "lat", "lon", "city", "district", "province", "country",
            "country_code", "feature_class", "feature_code", "resolution"}  # fmt: skip
CITATION = {"corpus", "citation", "url", "title", "language", "publication", "license", "copyright", "coder",
            "codebook", "version"}  # fmt: skip


def written(tmp_path: Path, **fields: Any) -> dict[str, Any]:
    exported(tmp_path, "plover", told(**fields))
    (line,) = (tmp_path / "plover" / FILE).read_text(encoding="utf-8").splitlines()
    row: dict[str, Any] = json.loads(line)
    return row


def test_a_record(tmp_path: Path) -> None:
    row = written(tmp_path)
    assert row.pop("whodid")["status"] == "happened"
    assert row == {
        "id": "a000000000000001",
        "date": "2020-01-03",
        "actor": [
            {"code": "IRQ", "sector": "MIL", "entity_text": "Soldiers of Iraq", "identifier_text": "Iraqi military"}
        ],
        "recipient": [
            {"code": "IRQ", "sector": "AGR", "entity_text": "eight farmers", "identifier_text": "Iraqi farmers"}
        ],
        "event": ["ASSAULT"],
        "mode": ["firearms"],
        "context": ["military"],
        "quad_code": 4,
        "event_scale": -9.0,
        "event_loc": {
            "extracted_place": "Kirkuk", "resolved_place": "Kirkuk", "geonameid": 94787, "lat": 35.46806,
            "lon": 44.39222, "city": "Kirkuk", "country": "Iraq", "country_code": "IRQ", "resolution": 4,
        },
        "event_text": ["shot"],
        "size": {"dead": 8},
        "text_info": {"start": TEXT.index("Soldiers"), "end": TEXT.index("Soldiers") + 85},
        "cite_info": {
            "url": "https://gazette.example.org/a?b=1", "title": "Gunmen attack a market", "language": "en",
            "publication": "Harbour Gazette", "coder": "whodid 0.1.0", "codebook": "plover-2.0",
        },
        "coder": "whodid 0.1.0",
    }  # fmt: skip


def test_fields_have_the_names_of_the_manual(tmp_path: Path) -> None:
    row = written(tmp_path)
    assert REQUIRED <= set(row) <= REQUIRED | OPTIONAL | {"whodid"}
    assert set(row["actor"][0]) <= ENTITY and set(row["event_loc"]) <= LOCATION
    assert set(row["cite_info"]) <= CITATION and set(row["size"]) <= {"dead", "injured", "arrested"}
    parts = {f"entity.{name}" for name in ENTITY} | {f"location.{name}" for name in LOCATION}
    assert {field.name for field in FIELDS} <= REQUIRED | OPTIONAL | {"whodid"} | parts


@pytest.mark.parametrize(
    ("status", "historical", "auxiliary"),
    [
        ("happened", False, []),
        ("happened", True, ["historical"]),
        ("future", False, ["future"]),
        ("hypothetical", False, ["hypothetical"]),
        ("negated", True, ["negation", "historical"]),
    ],
)
def test_what_did_not_happen_is_marked(status: str, historical: bool, auxiliary: list[str], tmp_path: Path) -> None:
    row = written(tmp_path, status=status, historical=historical)
    assert row["context"] == ["military", *auxiliary] and row["whodid"]["status"] == status


def test_a_longer_time_has_its_last_day_too(tmp_path: Path) -> None:
    row = written(tmp_path, when=days("2020-01-01", "2020-01-31", "month"))
    assert (row["date"], row["enddate"]) == ("2020-01-01", "2020-01-31")


def test_every_claim_keeps_its_words_and_its_source(tmp_path: Path) -> None:
    (claim,) = written(tmp_path)["whodid"]["claims"]
    assert claim["report"]["id"] == REPORT.id and claim["voice"] == "paraphrased"
    for words in (claim["trigger"], claim["sentence"]):
        assert TEXT[words["start"] : words["end"]] == words["text"]


def test_keys_without_a_value_are_absent() -> None:
    bare = SOLDIERS.model_copy(update={"name": None, "country": None, "sectors": ()})
    empty = record(told(actors=(bare,), recipients=(), mode=None, contexts=(), where=None, counts=()))
    assert empty["actor"] == [{"entity_text": "Soldiers of Iraq"}]
    assert not {"recipient", "mode", "context", "event_loc", "size", "enddate"} & set(empty)


def test_two_sectors_are_six_letters_and_open_ends_are_left_out() -> None:
    both = SOLDIERS.model_copy(update={"sectors": ("REL", "PTY", "OPP")})
    row = record(told(actors=(both,), counts=(Tally(what="injured", low=None, high=9),)))
    assert row["actor"][0]["sector"] == "RELPTY" and "size" not in row


@pytest.mark.parametrize(
    ("fields", "reason"),
    [({}, None), ({"status": "negated"}, None), ({"when": None}, "no-day"), ({"actors": ()}, "no-actor"),
     ({"recipients": ()}, None)],
)  # fmt: skip
def test_what_is_left_out(fields: dict[str, object], reason: str | None) -> None:
    assert PLOVER.refuse(told(**fields)) == reason


def test_pandas_and_duckdb_read_it(tmp_path: Path) -> None:
    exported(tmp_path, "plover", told(), told(id="b000000000000002", where=KIRKUK, recipients=(FARMERS, SOLDIERS)))
    path = tmp_path / "plover" / FILE
    assert pd.read_json(path, lines=True, dtype={"id": str})["id"].tolist() == ["a000000000000001", "b000000000000002"]
    found = duckdb.sql(f"SELECT event[1], event_loc.city, len(recipient) FROM read_json('{path}')").fetchall()
    assert found == [("ASSAULT", "Kirkuk", 1), ("ASSAULT", "Kirkuk", 2)]
