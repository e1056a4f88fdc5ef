from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whodid.errors import ReadError
from whodid.ingest import extract_page, read
from whodid.ingest.page import PageReader
from whodid.records import Rejection, Report

SENTENCE = "The army withdrew from the border town on Monday, the interior ministry said in a statement. "
BODY = "".join(f"<p>Paragraph {word} of the report. {SENTENCE * 2}</p>" for word in ("one", "two", "three"))
URL = "https://www.herald.example/world/withdrawal"


def page(head: str = "", body: str = BODY, attributes: str = "") -> bytes:
    return f"<!DOCTYPE html><html{attributes}><head>{head}</head><body>{body}</body></html>".encode()


def date_of(head: str = "", body: str = BODY, url: str | None = URL) -> tuple[str | None, str | None]:
    found = extract_page(page(head, body), url)
    return (found.published.isoformat() if found.published else None, found.published_from)


# ---------------------------------------------------------------- text


def test_the_main_text_without_what_stands_around_it() -> None:
    around = "<nav><a href='/'>Home</a> <a href='/sport'>Sport</a></nav>"
    found = extract_page(page(body=f"{around}<article><h1>Withdrawal</h1>{BODY}</article><footer>Cookies</footer>"))
    assert found.text.count(SENTENCE.strip()) == 6
    assert "Home" not in found.text
    assert "Cookies" not in found.text
    assert [p.split(" of")[0] for p in found.text.split("\n\n")][-3:] == [
        "Paragraph one",
        "Paragraph two",
        "Paragraph three",
    ]


def test_a_page_laid_out_with_tables_keeps_its_paragraphs() -> None:
    second = BODY.replace("Paragraph", "Further")
    inner = f"<table><tr><td><h1>Withdrawal</h1></td></tr><tr><td>{second}</td></tr></table>"
    layout = f"<table><tr><td>Menu</td></tr><tr><td>{BODY}</td></tr><tr><td>{inner}</td></tr></table>"
    paragraphs = extract_page(page(body=layout)).text.split("\n\n")
    starts = [p.split(" of")[0] for p in paragraphs if p.endswith(SENTENCE.strip())]
    assert starts == [f"{word} {n}" for word in ("Paragraph", "Further") for n in ("one", "two", "three")]
    assert "|" not in "".join(paragraphs)


def test_tables_of_data_are_left_out() -> None:
    found = extract_page(page(body=f"<article>{BODY}<table><tr><td>Party</td><td>12 seats</td></tr></table></article>"))
    assert "12 seats" not in found.text


def test_bullets_are_no_words_of_the_text() -> None:
    found = extract_page(
        page(body=f"<article>{BODY}<ul><li>{SENTENCE}First</li><li>{SENTENCE}Second</li></ul></article>")
    )
    assert f"\n\n{SENTENCE}First\n\n{SENTENCE}Second" in found.text


def test_the_same_page_gives_the_same_every_time() -> None:
    found = {extract_page(page()) for _ in range(6)}
    assert len(found) == 1


@pytest.mark.parametrize(
    "data",
    [b"", b"   ", b"<html", b"<html><body></body></html>", b"<p>Hi</p>", b"plain words", b"<!-- ", b"<div>" * 100_000],
)
def test_no_main_text(data: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        extract_page(data)
    assert caught.value.code == "no-main-text"


@pytest.mark.parametrize(
    "data",
    [
        b"<html><body>" + BODY.replace("</p>", "").encode(),
        b"<p>" + BODY.replace("<p>", "<p></div></td><b><i>").encode() + b"<table><tr>",
        b"<html><body><div" + b" x='" * 50 + b">" + BODY.encode() * 2,
        page()[:-40] + b"<script>if (a<b) {",
        page(body=BODY.replace("army", "ar\0my")),
        page(body=BODY).replace(b"Monday", b"Monday \xff\xfe caf\xc3\xa9 \xc3\xa9\xc3\xa9"),
        b'<?xml version="1.0" encoding="iso-8859-1"?>' + page(),
    ],
)
def test_broken_markup_is_read_or_refused_but_never_raises(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(data)
    (item,) = read([tmp_path / "a.html"])
    assert isinstance(item, Report) or item.code == "no-main-text"
    assert not isinstance(item, Report) or "interior ministry said" in item.text


@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<table>", "<td>", "<tr>", "</div>", "<div>", "<a href=x>", SENTENCE, "&#0;", "<!--"]
        )
    )
)
@settings(deadline=None, max_examples=60)
def test_any_soup_of_tags(parts: list[str]) -> None:
    try:
        assert extract_page("".join(parts).encode()).text.strip()
    except ReadError as error:
        assert error.code in ("no-main-text", "binary")


def test_a_page_of_too_many_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(page(body="<!--" + "x" * 20_000_001 + "-->" + BODY))
    (rejection,) = read([tmp_path / "a.html"])
    assert isinstance(rejection, Rejection)
    assert rejection.code == "too-long"


# ---------------------------------------------------------------- encodings


@pytest.mark.parametrize(
    ("encoding", "charset", "declared"),
    [
        ("utf-8", None, ""),
        ("utf-8", "iso-8859-1", "<meta charset='latin1'>"),  # what the bytes say wins where they are UTF-8
        ("utf-16", None, ""),
        ("cp1251", None, "<meta charset='windows-1251'>"),
        ("cp1251", None, "<meta http-equiv='Content-Type' content='text/html; charset=windows-1251'>"),
        ("cp1251", "windows-1251", "<meta charset='utf-8'>"),
        ("iso2022_jp", None, "<meta charset='iso-2022-jp'>"),
    ],
)
def test_encodings(encoding: str, charset: str | None, declared: str) -> None:
    words = "大統領は議会を解散した" if encoding == "iso2022_jp" else "Президент распустил парламент"
    markup = page(declared, f"<p>{words}. {SENTENCE}</p>" + BODY).decode()
    assert words in extract_page(markup.encode(encoding), charset=charset).text


def test_bytes_that_no_declaration_fits_are_still_read() -> None:
    assert (
        "interior ministry" in extract_page(page("<meta charset='ascii'>").replace(b"Monday", b"Monday \x81\x8d")).text
    )


# ---------------------------------------------------------------- what the page says about itself


def test_title_publisher_address_and_language() -> None:
    head = (
        "<title>Army leaves border town | The Herald</title><meta property='og:site_name' content='The Herald'>"
        "<link rel='canonical' href='https://herald.example/2020/army-leaves'>"
    )
    found = extract_page(page(head, attributes=" lang='en-GB'"), URL + "?from=feed")
    assert (found.title, found.publisher) == ("Army leaves border town", "The Herald")
    assert (found.url, found.language) == ("https://herald.example/2020/army-leaves", "en")


def test_without_a_name_the_host_is_the_publisher() -> None:
    head = "<meta property='article:publisher' content='https://social.example/herald'>"
    assert extract_page(page(head), URL).publisher == "herald.example"


def test_a_page_that_says_nothing() -> None:
    found = extract_page(page())
    assert (found.publisher, found.url, found.published, found.published_from) == (None, None, None, None)


def test_the_front_page_is_not_taken_for_the_address() -> None:
    assert extract_page(page("<link rel='canonical' href='https://herald.example/'>"), URL).url == URL


def test_the_declared_language_counts_only_where_the_words_do_not_tell() -> None:
    names = "<p>Ana Petrova</p><p>Hans Müller</p><p>José García</p><p>Moon Jae-in</p><p>Narendra Modi</p><p>Li Wei</p>"
    assert extract_page(page(body=BODY, attributes=" lang='de'")).language == "en"
    assert extract_page(page(body=f"<article>{names}</article>", attributes=" lang='pt_br'")).language == "pt-BR"


# ---------------------------------------------------------------- date


@pytest.mark.parametrize(
    ("head", "body", "url", "expected"),
    [
        ("", BODY, "https://herald.example/2020/01/14/withdrawal", ("2020-01-14", "page:url")),
        ("", BODY, "https://herald.example/world/2020/jan/04/withdrawal", ("2020-01-04", "page:url")),
        ("<meta name='pubdate' content='2020-01-14T09:00:00+03:00'>", BODY, URL, ("2020-01-14", "page:meta")),
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2020-01-14T09:00:00+03:00", '
            '"dateModified": "2020-02-01"}</script>',
            BODY,
            URL,
            ("2020-01-14", "page:json-ld"),
        ),
        ("", f"<article><span class='date'>January 14, 2020</span>{BODY}</article>", URL, ("2020-01-14", "page:text")),
        ("<meta property='article:modified_time' content='2020-01-16'>", BODY, URL, ("2020-01-16", "page:modified")),
        ("<meta property='event:start_time' content='2020-05-01'>", BODY, URL, (None, None)),
        ("", f"<aside><time datetime='2019-03-01'>1 March</time></aside>{BODY}", URL, (None, None)),
        ("", f"{BODY}<p>© 2018 The Herald</p>", URL, (None, None)),
        ("", BODY, URL, (None, None)),
    ],
)  # fmt: skip
def test_the_date_and_what_told_it(head: str, body: str, url: str, expected: tuple[str | None, str | None]) -> None:
    assert date_of(head, body, url) == expected


def test_the_day_of_publication_wins_over_that_of_a_change() -> None:
    head = (
        "<meta property='article:modified_time' content='2020-01-16'>"
        "<meta property='article:published_time' content='2020-01-14'>"
    )
    assert date_of(head) == ("2020-01-14", "page:meta")


@pytest.mark.parametrize(
    ("time", "seen", "expected"),
    [
        ("2020-01-15T01:30:00Z", "January 14, 2020", ("2020-01-14", "page:text")),
        ("2020-01-13T22:30:00+00:00", "January 14, 2020", ("2020-01-14", "page:text")),
        ("2020-01-15T18:30:00Z", "January 14, 2020", ("2020-01-15", "page:meta")),  # the 14th nowhere on earth
        ("2020-01-15T01:30:00+03:00", "January 14, 2020", ("2020-01-15", "page:meta")),  # not in UTC: the outlet's own
        ("2020-01-15T01:30:00Z", "January 2, 2020", ("2020-01-15", "page:meta")),
    ],
)
def test_the_printed_day_corrects_one_in_utc(time: str, seen: str, expected: tuple[str, str]) -> None:
    head = f"<meta property='article:published_time' content='{time}'>"
    assert date_of(head, f"<article><span class='date'>{seen}</span>{BODY}</article>") == expected


def test_a_date_of_the_page_wins_over_the_option(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(page("<meta name='date' content='2020-01-14'>"))
    (tmp_path / "b.html").write_bytes(page(body=BODY + BODY))
    day = dt.date(2020, 3, 1)
    found = [(r.published, r.published_from) for r in read([tmp_path], date=day) if isinstance(r, Report)]
    assert found == [(dt.date(2020, 1, 14), "page:meta"), (day, "option")]


@pytest.mark.parametrize(
    ("head", "answer"),
    [
        (b"<!doctype html>", True),
        (b"\n\n<HTML lang=en>", True),
        (b"<?xml version='1.0'?><rss>", True),
        (b"\xef\xbb\xbf<html>", True),
        ("<html>".encode("utf-16"), True),
        (b"<3 is no tag", False),
        (b"< 5 percent", False),
        (b"Text with <b>tags</b>", False),
        (b"", False),
    ],
)
def test_pages_are_recognised(head: bytes, answer: bool) -> None:
    assert PageReader().recognises(head) is answer
