"""A phrase as words, folded so that "the U.N.'s Côte-d'Ivoire mission" matches however it is written."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:[.'’ʼ&][^\W_]+)*\.?|['’]s\b|[,;()/–—:\"“”]|--+")
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$", re.IGNORECASE)
_PLAIN = re.compile(r"[A-Za-z ]*")
_DROP = re.compile(r"[.'’ʼ‘`ʻ]")
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
_BREAKS = frozenset(',;()/–—:"“”')


@dataclass(frozen=True, slots=True)
class Word:
    """One word. ``key`` is its folded form; ``glued`` is True where a hyphen ties it to the next word."""

    text: str
    key: str
    glued: bool = False
    possessive: bool = False

    @property
    def capital(self) -> bool:
        """True if it begins with a capital letter."""
        return self.text[:1].isupper()

    @property
    def mark(self) -> bool:
        """True if it is a punctuation mark that ends a part of a phrase."""
        return self.key in _BREAKS or self.key.startswith("--")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case, without accents, apostrophes and full stops."""
    if text.isascii():
        return _DROP.sub("", text.lower())
    plain = unicodedata.normalize("NFKD", text.lower())
    return _DROP.sub("", "".join(c for c in plain if not unicodedata.combining(c)).translate(_LETTERS))


def words(text: str) -> list[Word]:
    """The words of ``text``; hyphenated words are taken apart, possessive endings removed and noted."""
    out: list[Word] = []
    for match in _WORD.finditer(text):
        raw = match.group()
        if raw in ("'s", "’s"):
            if out:
                out[-1] = Word(out[-1].text, out[-1].key, out[-1].glued, possessive=True)
            continue
        end = match.end()
        following = text[end : end + 2]
        if following.startswith(("'", "’")) and raw[-1] in "sS" and not following[1:2].isalnum():
            bare, possessive = raw, True
        else:
            bare = _POSSESSIVE.sub("", raw)
            possessive = bare != raw
        glued = following.startswith(("-", "‐", "‑")) and following[1:2].isalnum()
        key = fold(bare)
        if key or bare in _BREAKS:
            out.append(Word(bare, key or bare, glued, possessive))
    return out


@lru_cache(maxsize=65536)
def key_of(name: str) -> str:
    """The key under which ``name`` is kept: its folded words with single spaces."""
    if _PLAIN.fullmatch(name):  # most of the 30,000 names that are read at the start
        return " ".join(name.lower().split())
    return " ".join(w.key for w in words(name) if not w.mark)


_SOUNDS = (
    ("kh", "k"), ("gh", "g"), ("ph", "f"), ("qu", "k"), ("ck", "k"), ("cz", "c"), ("sz", "s"), ("sch", "s"),
    ("sh", "s"), ("ch", "s"), ("zh", "s"), ("dj", "j"), ("dh", "d"), ("th", "t"), ("x", "ks"), ("q", "k"),
    ("c", "k"), ("z", "s"), ("w", "v"), ("j", "i"), ("y", "i"),
)  # fmt: skip
_VOWELS = re.compile(r"[aeiouh]")
_TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=65536)
def skeleton(key: str) -> str:
    """The consonants of a folded name: the same for the common ways to transliterate it ("Qaddafi", "Gadhafi" differ in
    the first letter only and are listed; "Mohammed", "Muhammad" and "Mohamed" are one)."""
    first, rest = key[:1], key[1:]
    for old, new in _SOUNDS:
        rest = rest.replace(old, new)
    first = {"q": "k", "c": "k", "y": "i", "j": "i", "w": "v", "z": "s"}.get(first, first)
    return _TWICE.sub(r"\1", first + _VOWELS.sub("", rest))
