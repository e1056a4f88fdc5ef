from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whodid.errors import REJECTION_CODES
from whodid.ingest import read
from whodid.ingest.jsonl import JsonLinesReader
from whodid.ingest.readers import HEAD, Draft, Source
from whodid.records import Rejection, Report

TEXT = "The parliament voted on Monday to expel the foreign troops, the speaker's office said."


def items(data: bytes, max_chars: int = 1_000_000) -> list[Draft | Rejection]:
    return list(JsonLinesReader().read(Source("f.jsonl", io.BytesIO(data), data[:HEAD], max_chars)))


def line(**fields: Any) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode()


def only_rejection(data: bytes) -> Rejection:
    (item,) = items(data)
    assert isinstance(item, Rejection)
    return item


def test_every_field(tmp_path: Path) -> None:
    fields = {
        "text": TEXT,
        "id": "a-1",
        "title": "Vote",
        "date": "2020-01-05",
        "publisher": "The Herald",
        "url": "https://herald.example/vote",
        "language": "en_GB",
        "section": "ignored",
    }
    path = tmp_path / "a.jsonl"
    path.write_bytes(line(**fields) + b"\n")
    (report,) = read([path])
    assert isinstance(report, Report)
    assert report.text == TEXT
    assert (report.id, report.title, report.publisher) == ("a-1", "Vote", "The Herald")
    assert (report.url, report.language) == ("https://herald.example/vote", "en-GB")
    assert (report.published, report.published_from) == (dt.date(2020, 1, 5), "field")
    assert report.sha256 == hashlib.sha256(line(**fields)).hexdigest()
    assert report.reader == "jsonl"


def test_null_and_blank_fields_count_as_left_out() -> None:
    (item,) = items(line(text=TEXT, id=None, title="", date="  ", publisher=None, url="", language=" "))
    assert isinstance(item, Draft)
    assert (item.id, item.title, item.published, item.publisher, item.url, item.language) == (None,) * 6
    assert item.published_from is None


def test_a_number_may_be_an_id() -> None:
    (item,) = items(line(text=TEXT, id=17))
    assert isinstance(item, Draft)
    assert item.id == "17"


def test_bad_lines_do_not_stop_the_good_ones() -> None:
    data = b"\n".join(
        [line(text=TEXT), b"not json", b"", b"[1, 2]", line(title="x"), line(text="  "), line(text=TEXT + "!")]
    )
    found = items(data)
    assert [item.source for item in found] == [f"f.jsonl:{n}" for n in (1, 2, 4, 5, 6, 7)]
    codes = [item.code if isinstance(item, Rejection) else "read" for item in found]
    assert codes == ["read", "not-json", "not-json", "no-text", "no-text", "read"]


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("date", "01/02/2020", "2020-01-14"),
        ("date", "unknown", "'unknown'"),
        ("date", 1578960000, "1578960000"),
        ("date", {"year": 2020}, "allowed"),
        ("title", 5, "`title` is a number"),
        ("publisher", ["A", "B"], "`publisher` is a list"),
        ("url", "herald.example/vote", "whole http or https address"),
        ("url", "javascript:alert(1)", "whole http or https address"),
        ("url", "http://[", "whole http or https address"),
        ("language", "English", "BCP 47"),
        ("id", "x" * 300, "at most 200"),
        ("id", "two\nlines", "one line"),
        ("id", True, "`id` is true or false"),
    ],
)
def test_a_bad_field_names_value_and_what_is_allowed(field: str, value: object, told: str) -> None:
    rejection = only_rejection(line(text=TEXT, **{field: value}))
    assert rejection.code == "bad-field"
    assert told in rejection.message


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b'{"text": "x"', "character"),
        (b'"a string"', "not a JSON object"),
        (b"[" * 50_000, "cannot be read"),
        (b'{"text": "x", "n": ' + b"1" * 5000 + b"}", "cannot be read"),
    ],
)
def test_lines_that_are_no_objects(data: bytes, told: str) -> None:
    rejection = only_rejection(data)
    assert rejection.code == "not-json"
    assert told in rejection.message


@pytest.mark.parametrize("value", [5, None, [], True, ""])
def test_text_must_be_words(value: object) -> None:
    assert only_rejection(line(text=value)).code == "no-text"


def test_bytes_that_are_not_utf8() -> None:
    bad, good = items('{"text": "café"}\n'.encode("cp1252") + line(text=TEXT))
    assert isinstance(bad, Rejection)
    assert (bad.code, bad.source) == ("encoding", "f.jsonl:1")
    assert isinstance(good, Draft)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_marked_unicode(encoding: str) -> None:
    data = "\r\n".join(json.dumps({"text": f"{TEXT} „Nein“ {n}"}, ensure_ascii=False) for n in range(3)).encode(
        encoding
    )
    assert [item.text for item in items(data) if isinstance(item, Draft)] == [f"{TEXT} „Nein“ {n}" for n in range(3)]


def test_other_unicode_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes('{"text": "x"}'.encode("utf-32"))
    (rejection,) = read([tmp_path / "a.jsonl"])
    assert isinstance(rejection, Rejection)
    assert (rejection.code, rejection.source) == ("encoding", str(tmp_path / "a.jsonl"))


def test_utf16_that_breaks_off_keeps_what_was_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes((json.dumps({"text": TEXT}) + "\n").encode("utf-16") + b"\x00")
    rejection = list(read([path]))[-1]
    assert isinstance(rejection, Rejection)
    assert rejection.code == "encoding"


@pytest.mark.parametrize("document", [{"text": TEXT}, [{"text": TEXT}, {"text": TEXT}]])
def test_one_json_document_is_one_rejection(document: object, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(document, indent=2))
    (rejection,) = read([path])
    assert isinstance(rejection, Rejection)
    assert rejection.code == "not-json"
    assert "jq" in rejection.message


def test_a_huge_line_is_passed_over() -> None:
    data = line(text="x" * 3_000_000) + b"\n" + line(text=TEXT)
    found = items(data, max_chars=100)
    assert isinstance(found[0], Rejection)
    assert found[0].code == "too-long"
    assert "WHODID_MAX_CHARS" in found[0].message
    assert isinstance(found[1], Draft)
    assert found[1].source == "f.jsonl:2"


def test_half_a_character_is_refused() -> None:
    text, title = read(["-"], stdin=io.BytesIO(b'{"text": "bad \\ud83d here"}\n{"text": "good", "title": "\\udc00"}'))
    assert isinstance(text, Rejection)
    assert isinstance(title, Rejection)
    assert (text.code, title.code) == ("encoding", "bad-field")


def test_a_picture_with_the_wrong_name_is_one_rejection(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\n" * 100)
    (rejection,) = read([path])
    assert isinstance(rejection, Rejection)
    assert rejection.code == "binary"


@pytest.mark.parametrize(
    ("head", "answer"),
    [
        (b'{"text": "x"}', True),
        (b'\n\n {"text": "x"}\nfoo', True),
        (b'\xef\xbb\xbf{"text": "x"}', True),
        ('{"text": "x"}'.encode("utf-16"), True),
        (b'{"text": "' + b"x" * HEAD, True),
        (b'{\n  "text": "x"\n}', True),
        (b"{curly} words in a text", False),
        (b'{"text": "x"', False),
        (b"[2] a footnote", False),
        (b"", False),
    ],
)
def test_json_lines_are_recognised(head: bytes, answer: bool) -> None:
    assert JsonLinesReader().recognises(head[:HEAD]) is answer


@given(st.binary(max_size=500))
@settings(deadline=None)
def test_any_bytes_leave_as_reports_or_rejections(data: bytes) -> None:
    for item in read(["-"], stdin=io.BytesIO(b'{"text": "x"}\n' + data)):
        assert isinstance(item, Report) or item.code in REJECTION_CODES


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(
    st.lists(
        st.dictionaries(st.sampled_from(["text", "id", "title", "date", "publisher", "url", "language", "x"]), JSON)
    )
)
@settings(deadline=None)
def test_any_objects_are_accounted_for_one_by_one(objects: list[dict[str, Any]]) -> None:
    data = b"".join(json.dumps(o).encode() + b"\n" for o in objects)
    found = list(read(["-"], stdin=io.BytesIO(b'{"text": "first"}\n' + data)))
    assert len(found) == len(objects) + 1
    assert len({item.id for item in found if isinstance(item, Report)}) == sum(isinstance(i, Report) for i in found)
