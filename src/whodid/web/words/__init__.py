"""The words of the interface: a folder a language, a file a part of the site, a key a text.

A text may hold ``{name}`` for what is put in; one that depends on a number ``n`` has a text for ``one`` and for
``other``. A language needs every key of English, which a test holds to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

import yaml

from whodid.errors import UsageError


class Words:
    """The texts of one language: ``words("overview.title")``, ``words("common.reports", n=3)``."""

    def __init__(self, language: str, texts: Mapping[str, Any]) -> None:
        self.language = language
        self._texts = texts

    def __call__(self, key: str, **given: object) -> str:
        """The text of a key with what is ``given`` put in. Raises KeyError for a key that is not there."""
        text = self._texts[key]
        if isinstance(text, Mapping):
            text = text["one" if given["n"] == 1 else "other"]
        return str(text).format(**given) if given else str(text)

    def part(self, name: str) -> dict[str, Any]:
        """The keys and texts of one file, for scripts in the browser."""
        return {key: text for key, text in self._texts.items() if key.startswith(f"{name}.")}

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)


def languages() -> list[str]:
    """The languages that the interface has."""
    return sorted(folder.name for folder in files(__name__).iterdir() if folder.is_dir() and folder.name[0] != "_")


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
