"""What people call the codes, days and countries that pages show, in the language of the page."""

from __future__ import annotations

import datetime as dt
from functools import cache

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
        known = pycountry.countries.get(alpha_3=code)
        name = self.locale.territories.get(known.alpha_2) if known else None
        return name or self.words.get(f"codes.country.{code}") or code

    def day(self, day: dt.date) -> str:
        """``3 Jan 2020`` as the language writes it."""
        return format_date(day, "medium", self.locale)

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
        return format_interval(first, last, "yMMMd", locale=self.locale)

    def interval(self, days: str) -> str:
        """The same of days as ISO 8601 writes them: one, or ``first/last``."""
        first, _, last = days.partition("/")
        return self.span(dt.date.fromisoformat(first), dt.date.fromisoformat(last or first))


def own_name(language: str) -> str:
    """What a language calls itself: ``de`` → Deutsch."""
    return str(Locale.parse(language).display_name)


@cache
def _type_names() -> dict[str, str]:
    return {code: kind.name for code, kind in load_ontology(_ONTOLOGY).types.items()}
