"""HTML pages: main text, title, publisher, address, language and date."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from whodid.errors import ReadError
from whodid.ingest.decode import damaged_utf8, decode, known_encoding, mark_of, refuse_binary
from whodid.ingest.language import language_tag, recognise
from whodid.ingest.pagedate import page_date
from whodid.ingest.readers import Draft, Source
from whodid.records import Rejection

MAX_BYTES = 20_000_000
"""Longest page that is read; trafilatura has the same limit."""

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_LOOKS_LIKE_HTML = re.compile(rb"\s*(?:<!doctype|<\?xml|<!--|<[a-z][a-z0-9:]*[\s>/])", re.IGNORECASE)
_CELL_OF_PROSE = 250
"""Characters: a cell with more holds prose; data are shorter."""

_TABLE_PARTS = ("tbody", "thead", "tfoot", "tr", "td", "th")
_SEPARATOR = re.compile(r"\s+[-–—|·•:»]\s+$")
_NO_MAIN_TEXT = (
    "no main text was found in the page: it may be an index, a video, a page that a script fills, or behind a wall; "
    "save the article's text as a .txt file, or give it as JSON Lines"
)


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds. ``text`` has a blank line between paragraphs; ``published_from`` is as in ``page_date``."""

    text: str
    title: str | None
    publisher: str | None
    url: str | None
    language: str | None
    published: dt.date | None
    published_from: str | None


class PageReader:
    """Reads a source as one HTML page."""

    name = "page"
    suffixes = (".html", ".htm", ".xhtml", ".shtml")

    def recognises(self, head: bytes) -> bool:
        """True if the bytes start with a tag, a comment, a document type or an XML declaration."""
        encoding = mark_of(head)
        return bool(
            _LOOKS_LIKE_HTML.match(head.decode(encoding, "replace").lstrip("\ufeff").encode() if encoding else head)
        )

    def read(self, source: Source) -> Iterator[Draft | Rejection]:
        """One draft."""
        refuse_binary(source.head)
        data = source.read_bytes(MAX_BYTES, "no page may have more. Save its article alone, as a .txt file")
        if not data.strip():
            raise ReadError("empty", "the page is empty")
        page = extract_page(data, url=source.url, charset=source.charset)
        yield Draft(
            text=page.text,
            source=source.name,
            sha256=hashlib.sha256(data).hexdigest(),
            reader=self.name,
            title=page.title,
            publisher=page.publisher,
            url=page.url,
            language=page.language,
            published=page.published,
            published_from=page.published_from,
        )


def extract_page(data: bytes, url: str | None = None, *, charset: str | None = None) -> Page:
    """What the page with the bytes ``data`` holds.

    url: the address it was fetched from, where known; a canonical address in the page wins. charset: what the
    server said. Raises ReadError (``binary``, ``no-main-text``).
    """
    refuse_binary(data)
    markup = _markup(data, charset)
    try:
        tree = _tree(markup)
        text = _main_text(tree) if tree is not None else ""
    except (
        RecursionError,
        ValueError,
        AssertionError,
    ) as error:  # what lxml and its users raise on markup beyond repair
        raise ReadError("no-main-text", f"the page's markup cannot be read: {error}") from error
    if not text:
        raise ReadError("no-main-text", _NO_MAIN_TEXT)
    known = _metadata(tree)
    address = _address(known.url, url)
    publisher = _publisher(known.sitename, address)
    published, published_from = page_date(tree, address)
    return Page(
        text=text,
        title=_headline(known.title, publisher),
        publisher=publisher,
        url=address,
        language=recognise(text) or language_tag(tree.get("lang") or ""),
        published=published,
        published_from=published_from,
    )


def _markup(data: bytes, charset: str | None) -> str:
    """The page's characters: by byte order mark, as UTF-8, as the server or the page declare, or by the best guess."""
    declared = _DECLARED.search(data[:4096])
    labels = (charset, declared[1].decode("ascii") if declared else None)
    encodings = [name for name in map(known_encoding, labels) if name]
    if mark_of(data):
        return decode(data).text
    data = data.replace(b"\0", b"")
    if damaged_utf8(data):
        return data.decode("utf-8", "replace")  # as browsers do: one broken character does not spoil the page
    stateful = [name for name in encodings if name.startswith("iso2022")]  # its bytes are also good UTF-8
    for encoding in [*stateful, "utf-8", *encodings]:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    try:
        return decode(data).text
    except ReadError:
        return data.decode("cp1252", "replace")


def _tree(markup: str) -> Any:
    from trafilatura.utils import load_html

    tree = load_html(markup)
    if tree is not None:
        _unfold_tables(tree)
    return tree


def _unfold_tables(tree: Any) -> None:
    """Make plain blocks of the tables that lay out a page: those with a cell of prose. Tables of data stay tables."""
    cells = tree.iterdescendants("td", "th")
    prose = [cell for cell in cells if len(cell.text_content()) > _CELL_OF_PROSE]
    tables = {table for cell in prose for table in cell.iterancestors("table")}
    parts = [e for e in tree.iterdescendants(*_TABLE_PARTS) if next(e.iterancestors("table"), None) in tables]
    for element in [*tables, *parts]:
        element.tag = "div"


def _main_text(tree: Any) -> str:
    """The paragraphs of the main text, a blank line between them; empty if there is none."""
    from trafilatura import bare_extraction

    found = bare_extraction(
        tree, fast=True, include_comments=False, include_tables=False, include_formatting=False, with_metadata=False
    )
    lines = ((found.text if found else "") or "").splitlines()
    return "\n\n".join(block for line in lines if (block := line.strip().removeprefix("- ").strip()))


def _metadata(tree: Any) -> Any:
    from trafilatura.metadata import extract_metadata

    return extract_metadata(tree, None, {"extensive_search": False, "original_date": True})


def _address(canonical: str | None, url: str | None) -> str | None:
    """The canonical address, unless it is that of the front page while the page itself is another."""
    if canonical is None or not canonical.startswith(("http://", "https://")):
        return url
    if url and urlsplit(canonical).path in ("", "/") and urlsplit(url).path not in ("", "/"):
        return url
    return canonical


def _publisher(sitename: str | None, address: str | None) -> str | None:
    """The site's name for itself, else its host without ``www.``."""
    name = _clean(sitename)
    if name and "://" not in name:
        return name
    host = urlsplit(address).hostname if address else None
    return host.removeprefix("www.") if host else None


def _headline(title: str | None, publisher: str | None) -> str | None:
    """The title without the publisher's name that many pages put behind it: "Vote delayed - The Herald"."""
    whole = _clean(title)
    if not whole or not publisher or not whole.casefold().endswith(publisher.casefold()):
        return whole
    rest = _SEPARATOR.sub("", whole[: -len(publisher)])
    return rest if rest and rest != whole[: -len(publisher)] else whole


def _clean(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None
