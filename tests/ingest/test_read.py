"""Sources of every kind, and the checks that hold for all of them."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import io
import json
import os
import time
from pathlib import Path

import pytest

from whodid.errors import REJECTION_CODES
from whodid.ingest import read, read_bytes
from whodid.records import Rejection, Report

TEXT = "The army withdrew from the border town on Monday, the interior ministry said in a statement."
GERMAN = "Die Armee zog sich am Montag aus der Grenzstadt zurück, wie das Innenministerium mitteilte."
NAMES = "Ana Petrova\nHans Müller\nJosé García\nMoon Jae-in\nNarendra Modi\nLi Wei\nUwe Marx\n"
DAY = dt.date(2020, 1, 14)


def reports(found: list[Report | Rejection]) -> list[Report]:
    return [item for item in found if isinstance(item, Report)]


def codes(found: list[Report | Rejection]) -> list[str]:
    return ["read" if isinstance(item, Report) else item.code for item in found]


# ---------------------------------------------------------------- text files


def test_a_text_is_kept_exactly_as_it_is(tmp_path: Path) -> None:
    text = f"  BAGHDAD, Jan 13 –\r\n\r\n{TEXT}\r“Never”, he said.\n\n"
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    before = dt.datetime.now(dt.UTC)
    (report,) = reports(list(read([path])))
    assert report.text == text
    assert (report.title, report.publisher, report.published, report.published_from) == (None,) * 4
    assert report.url is not None and report.url.endswith("a.txt")
    assert (report.language, report.reader) == ("en", "text")
    assert report.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert report.retrieved is not None
    assert before <= report.retrieved <= dt.datetime.now(dt.UTC)
    assert report.retrieved.utcoffset() == dt.timedelta(0)


def test_a_guessed_encoding_is_in_the_readers_name(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(f"“{TEXT}”".encode("cp1252"))
    (report,) = reports(list(read([path])))
    assert report.reader == "text (cp1252)"


@pytest.mark.parametrize("data", [b"", b"\n \t\r\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_nothing_in_it(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    assert codes(list(read([tmp_path / "a.txt"]))) == ["empty"]


@pytest.mark.parametrize("name", ["a.txt", "a", "a.html", "a.jsonl"])
@pytest.mark.parametrize("data", [b"%PDF-1.7\n1 0 obj", b"PK\x03\x04....", b"\x7fELF\x02\x01"])
def test_binary_files(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    (rejection,) = read([tmp_path / name])
    assert isinstance(rejection, Rejection)
    assert (rejection.code, rejection.source) == ("binary", str(tmp_path / name))


def test_a_text_of_five_megabytes_on_one_line(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text((TEXT + " ") * (5_000_000 // (len(TEXT) + 1) + 1))
    length = path.stat().st_size
    start = time.perf_counter()
    (rejection,) = read([path])
    (report,) = read([path], max_chars=length)
    assert time.perf_counter() - start < 60  # not in time that grows with the square of the length
    assert isinstance(rejection, Rejection)
    assert rejection.code == "too-long"
    assert all(part in rejection.message for part in (f"{length:,}", "1,000,000", "WHODID_MAX_CHARS"))
    assert isinstance(report, Report)
    assert len(report.text) == length


def test_a_text_far_over_the_limit_is_not_read_to_its_end() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
            self.given += len(buffer)
            buffer[:] = b"a" * len(buffer)
            return len(buffer)

    stream = Endless()
    (rejection,) = read(["-"], stdin=io.BufferedReader(stream), max_chars=1000)
    assert isinstance(rejection, Rejection)
    assert rejection.code == "too-long"
    assert "WHODID_MAX_CHARS" in rejection.message
    assert stream.given < 20_000_000


def test_a_text_of_just_the_limit_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    assert codes(list(read([tmp_path / "a.txt"], max_chars=len(TEXT)))) == ["read"]
    assert codes(list(read([tmp_path / "a.txt"], max_chars=len(TEXT) - 1))) == ["too-long"]


def test_other_languages_go_through_with_their_code(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GERMAN, encoding="utf-8")
    (report,) = reports(list(read([tmp_path / "a.txt"])))
    assert report.language == "de"


def test_a_text_of_only_names_is_read_and_has_no_language(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NAMES, encoding="utf-8")
    (report,) = reports(list(read([tmp_path / "a.txt"])))
    assert (report.text, report.language) == (NAMES, None)


# ---------------------------------------------------------------- folders, names, streams


def test_a_folder_is_read_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/c.story", ".hidden.txt", ".git/x.txt", "page.html"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{TEXT} {name}")
    found = list(read([tmp_path]))
    assert [r.text.split()[-1] for r in reports(found)] == ["b.txt", "a/c.story", "a/z.txt"]
    (rejection,) = (item for item in found if isinstance(item, Rejection))
    assert (rejection.source, rejection.code) == (str(tmp_path / "page.html"), "no-main-text")


def test_an_empty_folder_is_accounted_for(tmp_path: Path) -> None:
    assert codes(list(read([tmp_path]))) == ["empty"]


def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "a.txt").write_text(TEXT)
    assert codes(list(read([tmp_path]))) == ["read", "unreadable"]


def test_a_broken_link_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert codes(list(read([tmp_path]))) == ["unreadable"]


@pytest.mark.parametrize("name", ["missing.txt", "x" * 5000, "nul\0byte", "a.txt/b"])
def test_what_does_not_exist_does_not_stop_the_rest(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    found = list(read([f"{tmp_path}/{name}", tmp_path / "a.txt"]))
    assert codes(found) == ["unreadable", "read"]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read every file")
def test_files_and_folders_without_the_right_to_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.txt").chmod(0)
    (tmp_path / "sub").chmod(0)
    try:
        assert codes(list(read([tmp_path]))) == ["unreadable", "unreadable"]
    finally:
        (tmp_path / "sub").chmod(0o700)


def test_a_refused_file_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(TEXT)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    (rejection,) = read([tmp_path / "a.txt"])
    assert isinstance(rejection, Rejection)
    assert rejection.code == "unreadable"
    assert "Permission denied; ask for the right to read it" in rejection.message


def test_one_source_may_be_given_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    assert codes(list(read(tmp_path / "a.txt"))) == ["read"]  # type: ignore[arg-type]
    assert codes(list(read(str(tmp_path / "a.txt")))) == ["read"]


@pytest.mark.parametrize(
    ("data", "reader"),
    [
        (TEXT.encode(), "text"),
        (b'\n{"text": "%s"}\n{"text": "two"}' % TEXT.encode(), "jsonl"),
        (f"<!DOCTYPE html><html><body><p>{TEXT} {TEXT}</p><p>{TEXT} {TEXT}</p></body></html>".encode(), "page"),
    ],
)
def test_standard_input_is_looked_at(data: bytes, reader: str) -> None:
    found = reports(list(read(["-"], stdin=io.BytesIO(data))))
    assert {report.reader for report in found} == {reader}


def test_standard_input_may_be_empty() -> None:
    (rejection,) = read(["-"], stdin=io.BytesIO(b""))
    assert isinstance(rejection, Rejection)
    assert (rejection.source, rejection.code) == ("-", "empty")


def test_a_stream_that_gives_little_at_a_time() -> None:
    reader, writer = os.pipe()
    with os.fdopen(writer, "wb") as out:
        for n in range(50):
            out.write(json.dumps({"text": f"{TEXT} {n}"}).encode() + b"\n")
            out.flush()
    with os.fdopen(reader, "rb") as stream:
        assert len(reports(list(read(["-"], stdin=stream)))) == 50


@pytest.mark.parametrize("name", ["a.txt.gz", "a.gz", "a.txt"])
def test_gzip(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(gzip.compress(TEXT.encode()))
    (report,) = reports(list(read([tmp_path / name])))
    assert report.text == TEXT
    assert report.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()


def test_gzip_of_json_lines_that_breaks_off_keeps_the_good_lines(tmp_path: Path) -> None:
    lines = b"".join(json.dumps({"text": f"{TEXT} {os.urandom(40).hex()}"}).encode() + b"\n" for _ in range(2000))
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(lines)[:-2000])
    found = list(read([tmp_path / "a.jsonl.gz"]))
    assert codes(found)[-1] == "unreadable"
    assert set(codes(found)[:-1]) == {"read"}
    assert len(found) > 1000


@pytest.mark.parametrize("data", [b"\x1f\x8b", b"\x1f\x8bnonsense", gzip.compress(b"word " * 500, mtime=0)[:20]])
def test_damaged_gzip(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.txt.gz").write_bytes(data)
    assert codes(list(read([tmp_path / "a.txt.gz"]))) == ["unreadable"]


# ---------------------------------------------------------------- dates, ids, duplicates


def lines(*items: dict[str, object]) -> io.BytesIO:
    return io.BytesIO(b"".join(json.dumps(item).encode() + b"\n" for item in items))


def test_the_option_fills_only_a_missing_date() -> None:
    given, filled = reports(
        list(read(["-"], date=DAY, stdin=lines({"text": TEXT, "date": "2020-01-05"}, {"text": TEXT + "!"})))
    )
    assert (given.published, given.published_from) == (dt.date(2020, 1, 5), "field")
    assert (filled.published, filled.published_from) == (DAY, "option")


def test_a_dateline_is_not_taken_for_a_date(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"BAGHDAD, January 13, 2020 - {TEXT}")
    (report,) = reports(list(read([tmp_path / "a.txt"])))
    assert (report.published, report.published_from) == (None, None)


def test_ids_come_from_the_content() -> None:
    first, again = (reports(list(read(["-"], stdin=io.BytesIO(TEXT.encode()))))[0] for _ in range(2))
    assert first.id == again.id
    assert len(first.id) == 16
    variants = [
        {"text": TEXT},
        {"text": TEXT, "publisher": "A"},
        {"text": TEXT, "date": "2020-01-05"},
        {"text": TEXT + " "},
    ]
    found = reports(list(read(["-"], stdin=lines(*variants))))
    assert len({report.id for report in found}) == len(variants)
    assert found[0].id == first.id


def test_a_duplicate_names_the_first(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT)
    report, rejection = read([tmp_path])
    assert isinstance(report, Report)
    assert isinstance(rejection, Rejection)
    assert (rejection.code, rejection.source) == ("duplicate", str(tmp_path / "b.txt"))
    assert report.id in rejection.message
    assert str(tmp_path / "a.txt") in rejection.message


def test_another_publisher_or_day_is_no_duplicate() -> None:
    items = [{"text": TEXT, "publisher": p, "date": d} for p in ("A", "B") for d in ("2020-01-05", "2020-01-06")]
    assert codes(list(read(["-"], stdin=lines(*items)))) == ["read"] * 4


def test_an_id_that_is_given_twice_to_different_texts_is_refused() -> None:
    first, second, same = read(["-"], stdin=lines(*({"text": t, "id": "7"} for t in (TEXT, TEXT + "!", TEXT))))
    assert isinstance(first, Report)
    assert isinstance(second, Rejection)
    assert isinstance(same, Rejection)
    assert (second.code, second.report_id) == ("bad-field", "7")
    assert "-:1" in second.message
    assert (same.code, same.report_id) == ("duplicate", "7")


def test_every_code_is_documented() -> None:
    page = Path(__file__).parents[2] / "docs" / "reading.md"
    text = page.read_text(encoding="utf-8")
    of_the_coder = {"no-events", "endpoint-failed", "endpoint-refused", "endpoint-answer", "span-not-found"}
    made_here = set(REJECTION_CODES) - of_the_coder - {"language"}
    assert [code for code in sorted(made_here) if f"`{code}`" not in text] == []


def test_bytes_that_somebody_sent(tmp_path: Path) -> None:
    """They are read as what their name or they themselves say; nothing that they name is opened."""
    lines = b'{"text": "One report."}\n{"title": "no text"}\n'
    report, rejection = read_bytes("a.jsonl", lines, date=dt.date(2020, 1, 14))
    assert isinstance(report, Report) and report.published == dt.date(2020, 1, 14)
    assert isinstance(rejection, Rejection) and rejection.code == "no-text"
    (tmp_path / "secret.txt").write_text("The army attacked a town.")
    for text in (str(tmp_path / "secret.txt"), "http://127.0.0.1:1/a\nhttp://127.0.0.1:1/b", "-"):
        (found,) = read_bytes("text", text.encode())
        assert isinstance(found, Report) and found.text == text
    for name, data, code in (
        ("a.svg", b"<svg/>", "binary"),
        ("a.txt.gz", b"\x1f\x8b", "binary"),
        ("a.txt", b"", "empty"),
        ("a", b"\0\1\2" * 99, "binary"),
        ("a.txt", b"a" * 50, "too-long"),
    ):
        (found,) = read_bytes(name, data, max_chars=40)
        assert isinstance(found, Rejection) and found.code == code
