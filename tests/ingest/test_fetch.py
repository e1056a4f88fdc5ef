"""Addresses and lists of addresses, with a server on this machine."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from whodid.errors import ReadError
from whodid.ingest import fetch, read
from whodid.records import Rejection, Report

TEXT = "The army withdrew from the border town on Monday, the interior ministry said in a statement."
PAGE = f"<html><head><title>Café</title></head><body><p>{TEXT} {TEXT}</p><p>{TEXT} Café.</p></body></html>"
ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/2020/01/14/page": (200, {"Content-Type": "text/html; charset=iso-8859-1"}, PAGE.encode("cp1252")),
    "/text": (200, {"Content-Type": "text/plain"}, TEXT.encode()),
    "/lines": (200, {"Content-Type": "application/x-ndjson"}, b'{"text": "one"}\n{"text": "two"}'),
    "/packed": (200, {"Content-Encoding": "gzip"}, gzip.compress(TEXT.encode())),
    "/badly-packed": (200, {"Content-Encoding": "gzip"}, gzip.compress(TEXT.encode())[:-9]),
    "/moved": (302, {"Location": "/text"}, b""),
    "/away": (302, {"Location": "ftp://localhost/x"}, b""),
    "/for-ever": (302, {"Location": "/for-ever"}, b""),
    "/pdf": (200, {"Content-Type": "application/pdf"}, b"%PDF-1.7"),
    "/caf%C3%A9": (200, {}, TEXT.encode()),
    "/broken": (500, {}, b"sorry"),
    "/short": (200, {"Content-Length": "1000"}, TEXT.encode()),
    "/big": (200, {}, TEXT.encode() * 100),
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        code, headers, body = ANSWERS.get(self.path, (404, {}, b""))
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.setenv(name, "127.0.0.1")


def only_report(name: str) -> Report:
    (item,) = read([name])
    assert isinstance(item, Report), item
    return item


def test_a_page_with_its_address_date_and_charset(site: str) -> None:
    report = only_report(f"{site}/2020/01/14/page")
    assert (report.reader, report.title, report.publisher) == ("page", "Café", "127.0.0.1")
    assert report.url == f"{site}/2020/01/14/page"
    assert (str(report.published), report.published_from) == ("2020-01-14", "page:url")
    assert report.text.endswith("Café.")


def test_text_and_compressed_text_and_other_letters(site: str) -> None:
    for path in ("/text", "/packed", "/café"):
        assert only_report(site + path).text == TEXT


def test_a_redirection_gives_the_last_address(site: str) -> None:
    assert only_report(f"{site}/moved").url == f"{site}/text"


def test_json_lines(site: str) -> None:
    assert [item.text for item in read([f"{site}/lines"]) if isinstance(item, Report)] == ["one", "two"]


@pytest.mark.parametrize(
    ("path", "code", "told"),
    [
        ("/gone", "unreadable", "404"),
        ("/broken", "unreadable", "500"),
        ("/away", "unreadable", "not a web address"),
        ("/for-ever", "unreadable", "redirect"),
        ("/badly-packed", "unreadable", "end early"),
        ("/short", "unreadable", "bytes early"),
        ("/pdf", "binary", "PDF"),
    ],
)
def test_what_cannot_be_read(site: str, path: str, code: str, told: str) -> None:
    (rejection,) = read([site + path])
    assert isinstance(rejection, Rejection)
    assert (rejection.code, rejection.source) == (code, site + path)
    assert told in rejection.message


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/x", "http://127.0.0.1:99999999/", "http://[::bad/", "https://é..x/é"]
)
def test_addresses_where_nobody_answers(url: str) -> None:
    (rejection,) = read([url])
    assert isinstance(rejection, Rejection)
    assert rejection.code == "unreadable"


def test_limits_of_size_and_time(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "MAX_BYTES", 1000)
    with pytest.raises(ReadError, match="more than 1,000 bytes"):
        fetch.fetch(f"{site}/big")
    monkeypatch.undo()
    monkeypatch.setattr(fetch, "DEADLINE", -1.0)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with pytest.raises(ReadError, match="longer than"):
        fetch.fetch(f"{site}/text")


@pytest.mark.parametrize("name", ["list.urls", "list.txt", "list"])
def test_a_list_of_addresses(site: str, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(f"# to read\n\n{site}/text\r\n{site}/gone\n{site}/lines\n")
    found = list(read([path]))
    assert [item.text if isinstance(item, Report) else item.code for item in found] == [
        TEXT,
        "unreadable",
        "one",
        "two",
    ]


def test_a_list_names_the_line_that_is_no_address(site: str, tmp_path: Path) -> None:
    path = tmp_path / "a.urls"
    path.write_text(f"{site}/text\nherald.example/vote\n")
    report, rejection = read([path])
    assert isinstance(report, Report)
    assert isinstance(rejection, Rejection)
    assert (rejection.source, rejection.code) == (f"{path}:2", "unreadable")


def test_a_text_that_starts_with_an_address_is_a_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"http://127.0.0.1:1/x\n{TEXT}\n" * 300)
    assert only_report(str(path)).text == path.read_text()
