"""What people call the codes, days and countries that pages show, in the language of the page."""

from __future__ import annotations

import datetime as dt
from functools import cache, lru_cache

import pycountry
from babel import Locale
from babel.dates import format_date, format_datetime, format_interval, format_skeleton

from whodid.ontology import load_ontology
from whodid.web.words import Words

_ONTOLOGY = "plover-2.0"
_WRITTEN = {"en": "en_GB"}  # days as 3 Jan 2020, which everyone reads alike


class Names:
    """The names in one language."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.locale = Locale.parse(_WRITTEN.get(words.language, words.language))

    def type(self, code: str) -> str:
        """``ASSAULT`` → Assault. A code of another ontology than PLOVER's stands for itself."""
        return self.words.get(f"codes.type.{code}") or _type_names().get(code) or code

    def mode(self, code: str) -> str:
        """``suicide-attack`` → suicide attack."""
        return self.words.get(f"codes.mode.{code}") or code.replace("-", " ").replace("_", " ")

    def context(self, code: str) -> str:
        """``human_rights`` → human rights."""
        return self.words.get(f"codes.context.{code}") or code.replace("_", " ")

    def sector(self, code: str) -> str:
        """``MIL`` → military."""
        return self.words.get(f"codes.sector.{code}") or code

    def country(self, code: str | None) -> str:
        """ISO 3166-1 alpha-3, or the ontology's code for what is of no country, → its name; empty for None."""
        if not code:
            return ""
        return _territory(code, self.locale) or self.words.get(f"codes.country.{code}") or code

    def day(self, day: dt.date) -> str:
        """``3 Jan 2020`` as the language writes it."""
        return _day(day, self.locale)

    def moment(self, moment: dt.datetime) -> str:
        """A day with the minute."""
        return format_datetime(moment, "medium", locale=self.locale)

    def span(self, first: dt.date | None, last: dt.date | None, precision: str | None = None) -> str:
        """The days from first to last in words, never narrower than they are; empty where no day is known."""
        if first is None or last is None:
            return self.words("common.no_day")
        if first == last:
            return self.day(first)
        whole_years = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
        if whole_years:
            return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
        next_day = last + dt.timedelta(days=1) if last < dt.date.max else last
        if (first.year, first.month) == (last.year, last.month) and first.day == 1 and next_day.day == 1:
            return format_skeleton("yMMM", first, locale=self.locale)
        return _interval(first, last, self.locale)

    def interval(self, days: str) -> str:
        """The same of days as ISO 8601 writes them: one, or ``first/last``."""
        first, _, last = days.partition("/")
        return self.span(dt.date.fromisoformat(first), dt.date.fromisoformat(last or first))


@cache
def own_name(language: str) -> str:
    """What a language calls itself: ``de`` → Deutsch."""
    return str(Locale.parse(language).display_name)


@cache
def _type_names() -> dict[str, str]:
    return {code: kind.name for code, kind in load_ontology(_ONTOLOGY).types.items()}


# Babel takes a tenth of a millisecond for each, and a page has hundreds of which most are alike


@lru_cache(maxsize=8_192)
def _day(day: dt.date, locale: Locale) -> str:
    return format_date(day, "medium", locale)


@lru_cache(maxsize=8_192)
def _interval(first: dt.date, last: dt.date, locale: Locale) -> str:
    return format_interval(first, last, "yMMMd", locale=locale)


@lru_cache(maxsize=1_024)
def _territory(code: str, locale: Locale) -> str | None:
    known = pycountry.countries.get(alpha_3=code)
    return locale.territories.get(known.alpha_2) if known else None
