from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.builders import SENTENCE, claim, quote, report
from whodid.errors import UsageError
from whodid.export import FORMATS, csv_lines, read_claims, write_claims
from whodid.export.csv_rows import COLUMNS, safe
from whodid.export.parquet import schema
from whodid.records import Actor, Claim, Count, SaidBy

PROMISED = [
    *("id", "report", "type", "mode", "contexts", "quad", "cameo", "scale", "status", "historical", "trigger"),
    *("sentence", "actors", "recipients", "when", "where", "said_by", "counts", "content", "event", "score", "why"),
    *("coder", "ontology", "checked", "checked_by", "corrections"),
]


def bare() -> Claim:
    """A claim with nothing in it that may be left out."""
    return claim(
        report(), id="0" * 16, mode=None, contexts=(), cameo=None, actors=(), recipients=(), when=None, where=None,
        said_by=SaidBy(voice="outlet"), counts=(), content=None, why=(),
    )  # fmt: skip


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_writes_no_claims_too(format: str, tmp_path: Path) -> None:
    write_claims([], tmp_path / "claims", format=format)
    assert (tmp_path / "claims").is_file()


def test_an_unknown_format_is_named_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"'xls'; formats: jsonl, csv, parquet"):
        write_claims([], tmp_path / "x", format="xls")


# ---------------------------------------------------------------- JSON Lines


def test_json_lines_have_the_promised_fields_in_the_promised_order(tmp_path: Path) -> None:
    write_claims([claim()], tmp_path / "c.jsonl", format="jsonl")
    row = json.loads((tmp_path / "c.jsonl").read_text())
    assert list(row) == PROMISED
    assert list(row["report"]) == ["id", "url", "publisher", "title", "published", "language"]
    assert list(row["trigger"]) == list(row["sentence"]) == ["text", "start", "end"]
    assert list(row["actors"][0]) == ["text", "start", "end", "id", "name", "country", "sectors", "score"]
    assert list(row["when"]) == ["first", "last", "precision", "basis", "text", "start", "end"]
    place = ["name", "country", "geonameid", "latitude", "longitude", "radius_km"]
    assert list(row["where"]) == ["text", "start", "end", *place]
    assert list(row["said_by"]) == ["voice", "speaker", "cue", "chain", "stance"]
    assert list(row["said_by"]["speaker"]) == ["text", "start", "end", "id", "name"]
    assert list(row["counts"][0]) == ["what", "low", "high", "text", "start", "end"]
    assert row["when"]["first"] == "2020-01-12"


def test_json_lines_are_read_back_as_they_were(tmp_path: Path) -> None:
    odd = claim(id="1" * 16, why=("a\u2028b \x85 c",))
    write_claims([claim(), bare(), odd], tmp_path / "c.jsonl", format="jsonl")
    assert list(read_claims(tmp_path / "c.jsonl")) == [claim(), bare(), odd]


def test_claims_written_before_stance_and_content_are_still_read(tmp_path: Path) -> None:
    row = json.loads(claim().model_dump_json())
    del row["content"], row["said_by"]["stance"]
    (tmp_path / "old.jsonl").write_text(json.dumps(row))
    (old,) = read_claims(tmp_path / "old.jsonl")
    assert old.content is None and old.said_by.stance is None
    assert old.model_copy(update={"content": claim().content, "said_by": claim().said_by}) == claim()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b'{"id": 1}\n', "line 1 is not a claim"),
        (b"\nno json\n", "line 2 is not a claim"),
        (b"\xff\xfe", "cannot be read"),
    ],
)
def test_a_file_that_holds_no_claims_is_refused(content: bytes, problem: str, tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=problem):
        list(read_claims(path))


def test_a_claims_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nothing\.jsonl cannot be read"):
        list(read_claims(tmp_path / "nothing.jsonl"))


# ---------------------------------------------------------------- CSV


def rows(claims: list[Claim], tmp_path: Path) -> list[dict[str, str]]:
    write_claims(claims, tmp_path / "c.csv", format="csv")
    with (tmp_path / "c.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_csv_row_has_what_the_claim_has(tmp_path: Path) -> None:
    second = Actor(**quote(SENTENCE, "strait").model_dump(), score=0.5)
    (full, empty) = rows([claim(actors=(*claim().actors, second)), bare()], tmp_path)
    assert list(full) == list(COLUMNS)
    expected = {
        "type": "THREATEN",
        "contexts": "economic",
        "scale": "-3.0",
        "historical": "false",
        "trigger": "threatened",
        "actors": "Government of Avalon; strait",
        "actor_texts": "government of Avalon; strait",
        "actor_countries": "AVL; -",
        "actor_sectors": "GOV; -",
        "recipient_countries": "",
        "when_first": "2020-01-12",
        "where_name": "Port Elm",
        "latitude": "1.5",
        "longitude": "-2.5",
        "speaker": "Harbour Gazette",
        "stance": "asserts",
        "counts": "killed 8..",
        "content": "to close the strait near Port Elm",
        "content_type": "COERCE",
        "published": "2020-01-14",
    }
    assert {name: full[name] for name in expected} == expected
    assert empty["mode"] == empty["when_first"] == empty["where_text"] == empty["actors"] == empty["speaker"] == ""


def test_counts_are_numbers_or_open_ranges(tmp_path: Path) -> None:
    words = quote(SENTENCE, "Sunday").model_dump()
    counts = tuple(Count(what="injured", low=a, high=b, **words) for a, b in [(3, 3), (3, 5), (None, 9)])
    assert rows([claim(counts=counts)], tmp_path)[0]["counts"] == "injured 3; injured 3..5; injured ..9"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "  =", "＝", "－"])
def test_no_cell_is_run_as_a_formula(start: str) -> None:
    cell = safe(f"{start}HYPERLINK(1)")
    assert isinstance(cell, str) and cell.startswith("'")


def test_numbers_and_plain_words_stay_as_they_are() -> None:
    assert [safe(cell) for cell in (-3.0, 4, None, "a-b", "")] == [-3.0, 4, None, "a-b", ""]


def test_line_ends_and_quotes_do_not_break_a_row(tmp_path: Path) -> None:
    title = 'He said "no",\nthen\r\nleft\u2028=1+1'
    odd = claim(report(title=title))
    assert rows([odd], tmp_path)[0]["title"] == 'He said "no", then  left =1+1'
    assert len((tmp_path / "c.csv").read_bytes().splitlines()) == 2
    assert len(list(csv_lines([odd, odd]))) == 3


# ---------------------------------------------------------------- Parquet


def test_parquet_is_read_back_as_the_same_claims(tmp_path: Path) -> None:
    write_claims([claim(), bare()], tmp_path / "c.parquet", format="parquet")
    table = pq.read_table(tmp_path / "c.parquet")
    assert table.schema.equals(schema())
    back = [Claim.model_validate_json(json.dumps(row, default=dt.date.isoformat)) for row in table.to_pylist()]
    assert back == [claim(), bare()]


def test_parquet_columns_are_the_fields_of_a_claim_with_their_types() -> None:
    columns = schema()
    assert columns.names == list(Claim.model_fields)
    assert columns.field("score").type == pa.float64() and not columns.field("score").nullable
    assert columns.field("mode").nullable
    assert columns.field("contexts").type == pa.list_(pa.field("item", pa.string(), nullable=False))
    assert columns.field("when").type.field("first").type == pa.date32()
    assert columns.field("where").type.field("geonameid").type == pa.int64()
    assert columns.field("report").type.field("published").type == pa.date32()
