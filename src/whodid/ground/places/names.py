"""How place names are compared: one spelling for "Côte d'Ivoire", "COTE D’IVOIRE" and "Cote d'Ivoire"."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
_DROPPED = re.compile(r"[.'’‘`´ʻʼʿʾ\"“”]")
_SPACES = re.compile(r"[\s\-‐‑–—_/,()]+")
_SAINT = re.compile(r"^(?:st|saint) ")
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ .'’‘ʻʼʿʾ\-–,()]+")


def fold(name: str) -> str:
    """``name`` in lower case, without marks, dots, apostrophes and hyphens; "St." and "Saint" are one word."""
    plain = name.casefold().translate(_LETTERS)
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return _SAINT.sub("saint ", _SPACES.sub(" ", _DROPPED.sub("", plain)).strip())


def is_latin(name: str) -> bool:
    """True for a name in Latin letters: the others cannot stand in a text that the English parser reads."""
    return bool(_LATIN.fullmatch(name))
