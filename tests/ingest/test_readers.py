"""The seam for readers: the table, installed packages, and the conformance check."""

from __future__ import annotations

import io
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

from whodid.errors import UsageError
from whodid.ingest import Draft, Reader, Source, check_reader, read, readers
from whodid.ingest.jsonl import JsonLinesReader
from whodid.ingest.page import PageReader
from whodid.ingest.textfile import TextReader
from whodid.records import Rejection, Report

TEXT = b"The army withdrew from the border town on Monday, the interior ministry said in a statement."
PAGE = (
    b"<html><head><title>Withdrawal</title></head><body><p>" + TEXT * 2 + b"</p><p>" + TEXT * 3 + b"</p></body></html>"
)


class MemoReader:
    """Reads files that start with ``MEMO:``."""

    name = "memo"
    suffixes: tuple[str, ...] = (".memo",)

    def recognises(self, head: bytes) -> bool:
        return head.startswith(b"MEMO:")

    def read(self, source: Source) -> Iterator[Draft | Rejection]:
        text = source.read_text_bytes().removeprefix(b"MEMO:").decode()
        yield Draft(text=text, source=source.name, sha256="0" * 64, reader=self.name)


class BrokenReader(MemoReader):
    def read(self, source: Source) -> Iterator[Draft | Rejection]:
        yield from super().read(source)
        raise KeyError("oops")


class StrayReader(MemoReader):
    suffixes = ("memo", ".MEMO")

    def read(self, source: Source) -> Iterator[Draft | Rejection]:
        yield Draft(text="x", source="elsewhere", sha256="0", reader="other", published_from="field")


broken = BrokenReader()
memo = MemoReader()
stray = StrayReader()
no_reader = object()


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    def put(value: str) -> None:
        point = EntryPoint("extra", value, readers.GROUP)
        monkeypatch.setattr(readers, "entry_points", lambda group: [point] if group == readers.GROUP else [])
        readers.reader_table.cache_clear()

    yield put
    readers.reader_table.cache_clear()


@pytest.mark.parametrize(
    ("reader", "sample"),
    [
        (TextReader(), TEXT),
        (PageReader(), PAGE),
        (JsonLinesReader(), b'{"text": "x"}\n{}'),
        (MemoReader(), b"MEMO:hello"),
    ],
)
def test_our_readers_conform(reader: Reader, sample: bytes) -> None:
    assert check_reader(reader, sample) == []
    assert reader.recognises(sample)


def test_the_check_names_every_fault() -> None:
    assert check_reader(no_reader) == ["it has no name, suffixes, recognises, read"]  # type: ignore[arg-type]
    assert len(check_reader(stray)) == 2
    stray_but_for_suffixes = StrayReader()
    stray_but_for_suffixes.suffixes = ()
    assert len(check_reader(stray_but_for_suffixes, b"MEMO:")) == 4


def test_the_check_refuses_a_sample_without_report() -> None:
    assert check_reader(TextReader(), b"%PDF-1.4") == ["it finds no report in the sample"]


@pytest.mark.parametrize("name", ["a.memo", "a"])
def test_an_installed_reader_is_used(tmp_path: Path, install: Any, name: str) -> None:
    install(f"{__name__}:memo")
    (tmp_path / name).write_bytes(b"MEMO:The army withdrew.")
    (tmp_path / "b.txt").write_bytes(TEXT)
    assert [item.reader for item in read([tmp_path]) if isinstance(item, Report)] == ["memo", "text"]


def test_a_reader_that_fails_does_not_stop_the_run(tmp_path: Path, install: Any) -> None:
    install(f"{__name__}:broken")
    (tmp_path / "a.memo").write_bytes(b"MEMO:The army withdrew.")
    (tmp_path / "b.txt").write_bytes(TEXT)
    first, failure, last = read([tmp_path])
    assert isinstance(first, Report)
    assert isinstance(failure, Rejection)
    assert isinstance(last, Report)
    assert failure.code == "failed"
    assert "'memo'" in failure.message
    assert "KeyError" in failure.message


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("no_such_module_at_all:x", "does not load: ModuleNotFoundError"),
        (f"{__name__}:no_reader", "has no name"),
        (f"{__name__}:stray", "lower-case with a dot"),
    ],
)
def test_a_reader_that_does_not_fit_is_named(install: Any, value: str, told: str) -> None:
    install(value)
    with pytest.raises(UsageError, match=told):
        list(read(["-"], stdin=io.BytesIO(TEXT)))


def test_two_readers_cannot_claim_a_suffix() -> None:
    other = MemoReader()
    other.suffixes = (".txt",)
    with pytest.raises(UsageError, match=r"'\.txt'.*'memo'.*'text'"):
        readers.ReaderTable([other], fallback=TextReader())
