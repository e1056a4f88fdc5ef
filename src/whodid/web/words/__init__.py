"""The words of the interface: a folder a language, a file a part of the site, a key a text.

A text may hold ``{name}`` for what is put in; one that depends on a number ``n`` has a text for ``one`` and for
``other``. A language needs every key of English, which a test holds to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml
from babel.core import negotiate_locale
from babel.numbers import format_decimal

from whodid.errors import UsageError


class Words:
    """The texts of one language: ``words("overview.title")``, ``words("common.reports", n=3)``."""

    def __init__(self, language: str, texts: Mapping[str, Any]) -> None:
        self.language = language
        self._texts = texts

    def __call__(self, key: str, **given: object) -> str:
        """The text of a key with what is ``given`` put in; a number ``n`` is written as the language writes numbers.
        Raises KeyError for a key that is not there."""
        text = self._texts[key]
        if isinstance(text, Mapping):
            text = text["one" if given["n"] == 1 else "other"]
        if isinstance(given.get("n"), int):
            given["n"] = self.number(given["n"])
        return str(text).format(**given) if given else str(text)

    def number(self, value: Any) -> str:
        """A number as the language writes it: ``12,345``."""
        return _number(value, self.language)

    def get(self, key: str) -> str | None:
        """The text of a key, None where there is none: for what comes from data, such as the codes of an ontology."""
        found = self._texts.get(key)
        return None if found is None else str(found)

    def parts(self, *names: str) -> dict[str, Any]:
        """The keys and texts of some files, for scripts in the browser."""
        return {key: text for key, text in self._texts.items() if key.partition(".")[0] in names}

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)


@cache
def languages() -> tuple[str, ...]:
    """The languages that the interface has."""
    return tuple(sorted(f.name for f in files(__name__).iterdir() if f.is_dir() and f.name[0] != "_"))


def best_language(accepted: str | None, default: str) -> str:
    """The language that suits the header Accept-Language of a browser best; ``default`` where none does."""
    weighed: list[tuple[float, str]] = []
    for part in (accepted or "").split(","):
        name, _, weight = part.partition(";q=")
        try:
            weighed.append((-float(weight or 1), name.strip()))
        except ValueError:  # a header that nobody can read asks for nothing
            continue
    wanted = [name for weight, name in sorted(weighed, key=lambda w: w[0]) if weight < 0]
    return negotiate_locale(wanted, languages(), sep="-") or default


@cache
def load_words(language: str) -> Words:
    """The words of a language. Raises UsageError for one that is not there."""
    if language not in languages():
        raise UsageError(f"--language: there are no words in {language!r}; languages: {', '.join(languages())}")
    texts: dict[str, Any] = {}
    for path in (files(__name__) / language).iterdir():
        part = path.name.removesuffix(".yaml")
        for key, text in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            texts[f"{part}.{key}"] = text
    return Words(language, texts)


@lru_cache(maxsize=8_192, typed=True)  # Babel takes a tenth of a millisecond, and small numbers come again and again
def _number(value: Any, language: str) -> str:
    return format_decimal(value, locale=language)
