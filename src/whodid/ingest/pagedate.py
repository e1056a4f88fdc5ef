"""The publication date of a page, and how it was found."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from whodid.ingest.dates import FIRST_YEAR
from whodid.ingest.formats import page_table

_TIME_IN_UTC = r"[T ](\d\d):\d\d(?::\d\d(?:\.\d+)?)?\s?(?:Z|UTC|GMT|[+-]00:?00)"


def page_date(tree: Any, url: str | None) -> tuple[dt.date | None, str | None]:
    """The day a page was published and what told it, both None where nothing does.

    ``tree`` is an lxml element and is left as it is. The parts of the page are shown to htmldate one after the other,
    so that what it finds has a known origin; its extensive search, which may fall back to any year on the page, is not
    used:

    - ``page:url``: a whole date in the address;
    - ``page:meta``, ``page:json-ld``: the machine-readable date of publication;
    - ``page:text``: a date that readers see. It also corrects a machine-readable one in UTC by one day, where the hour
      admits it: outlets print the day of their own place, and that is the one that "today" means in the text;
    - ``page:modified``: only a date of a change is given.
    """
    day = _from_url(url)
    if day:
        return day, "page:url"
    metas = list(tree.iterfind(".//meta"))
    published = [meta for meta in metas if not _is_about_another_day(meta)]
    scripts = [s for s in tree.iterfind(".//script") if "ld+json" in (s.get("type") or "")]
    for origin, elements in (("page:meta", published), ("page:json-ld", scripts)):
        day = _find(_document(elements))
        if day:
            neighbours = _days_elsewhere(day, elements)
            if neighbours and (seen := _from_text(tree)) in neighbours:
                return seen, "page:text"
            return day, origin
    day = _from_text(tree)
    if day:
        return day, "page:text"
    day = _find(_document(metas))
    return day, "page:modified" if day else None


def _find(tree: Any, url: str | None = None) -> dt.date | None:
    from htmldate import find_date

    found = find_date(tree, extensive_search=False, original_date=True, url=url, min_date=f"{FIRST_YEAR}-01-01")
    return dt.date.fromisoformat(found) if found else None


def _document(elements: Iterable[Any]) -> Any:
    """A page that has copies of ``elements`` in its head and is otherwise empty."""
    from lxml import html

    document = html.document_fromstring("<html><head></head><body></body></html>")
    for element in elements:
        copied = deepcopy(element)
        copied.tail = None
        document.head.append(copied)
    return document


def _from_url(url: str | None) -> dt.date | None:
    if url is None:
        return None
    months = page_table("months")
    digits = re.sub(
        rf"/(\d{{4}})/({'|'.join(months)})/(\d\d?)/",
        lambda m: f"/{m[1]}/{months.index(m[2]) + 1:02}/{int(m[3]):02}/",
        url,
    )
    return _find(_document(()), digits)


def _is_about_another_day(meta: Any) -> bool:
    names = " ".join(meta.get(key) or "" for key in ("name", "property", "itemprop", "http-equiv")).lower()
    return any(word in names for word in page_table("not_published"))


def _days_elsewhere(day: dt.date, elements: Iterable[Any]) -> set[dt.date]:
    """The days that it is elsewhere on earth (UTC-12 to UTC+14) at the UTC times of ``day`` that ``elements`` give."""
    text = " ".join(f"{e.get('content') or ''} {e.text or ''}" for e in elements)
    hours = [int(hour) for hour in re.findall(day.isoformat() + _TIME_IN_UTC, text)]
    before = {day - dt.timedelta(1)} if any(hour < 12 for hour in hours) else set()
    after = {day + dt.timedelta(1)} if any(hour >= 10 for hour in hours) else set()
    return before | after


def _from_text(tree: Any) -> dt.date | None:
    """A date that readers see, outside of what the page says about other stories."""
    tree = deepcopy(tree)
    aside = page_table("aside")
    for element in list(tree.iterdescendants(*aside["tags"], "meta", "script", "style")):
        _drop(element)
    for element in list(tree.xpath(".//*[@id or @class]")):
        names = f"{element.get('id') or ''} {element.get('class') or ''}".lower()
        if element.tag not in ("body", "main", "article") and any(word in names for word in aside["words"]):
            _drop(element)
    return _find(tree)


def _drop(element: Any) -> None:
    if element.getparent() is not None:
        element.drop_tree()
