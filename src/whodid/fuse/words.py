"""Words of claims and reports in the form in which they are compared: folded, without endings, without empty ones."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import yaml

_TOKEN = re.compile(r"\w+(?:[.'’&]\w+)*(?:-\w+(?:[.'’&]\w+)*)*|[$€£]")
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class WordLists:
    """Closed classes of words. empty: carry no content. nobody: stand for a participant without telling who it is.
    calendar: names of months and days. irregular: word form → stem. families: stem of an event word → the family
    of words that tell of one kind of happening. family_kin: family → those that tell of another side of the same
    happening. rewrites: spelling → the spelling that it is compared in."""

    empty: frozenset[str]
    nobody: frozenset[str]
    calendar: frozenset[str]
    irregular: dict[str, str]
    families: dict[str, str]
    family_kin: dict[str, tuple[str, ...]]
    rewrites: dict[str, str]


def load_yaml(name: str) -> dict[str, Any]:
    """A YAML file beside this module."""
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return loaded


@cache
def word_lists() -> WordLists:
    """The lists of ``words.yaml``, read once."""
    data = load_yaml("words.yaml")
    irregular = {form: base for base, forms in data["irregular"].items() for form in forms.split()}
    families = {_cut(w, irregular): name for name, words in data["families"].items() for w in words.split()}
    return WordLists(
        empty=frozenset(data["empty"].split()),
        nobody=frozenset(data["nobody"].split()),
        calendar=frozenset(data["calendar"].split()),
        irregular=irregular,
        families=families,
        family_kin=_both_ways(data["family_kin"]),
        rewrites=data["rewrites"],
    )


def _both_ways(pairs: list[list[str]]) -> dict[str, tuple[str, ...]]:
    every = [(a, b) for pair in pairs for a, b in (pair, pair[::-1])]
    return {a: tuple(b for one, b in every if one == a) for a, _ in every}


def fold(text: str) -> str:
    """Lower case, without accents, curly quotes made straight."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("‘", "'")).lower()
    return "".join(c for c in plain if not unicodedata.combining(c))


def tokens(text: str) -> list[str]:
    """The words and numbers of a text as they stand, without a possessive ending."""
    words: list[str] = _TOKEN.findall(text)
    return [t for t in (_POSSESSIVE.sub("", w) if "'" in w or "’" in w else w for w in words) if t]


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The part of a word by which its forms are known as one; "" for an empty word.

    A light suffix stripper in the manner of Porter's first step (Porter 1980), after a list of irregular forms: it
    serves to compare, not to show.
    """
    lists = word_lists()
    plain = _POSSESSIVE.sub("", fold(word)).replace(".", "")
    plain = lists.rewrites.get(plain, plain)
    return "" if plain in lists.empty else _cut(plain, lists.irregular)


def _cut(word: str, irregular: dict[str, str]) -> str:
    if word in irregular:
        return irregular[word]
    if len(word) <= 3 or not word.isalpha():
        return word
    for ending, put, least in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return _undouble(word[: -len(ending)]) + put
    return word.removesuffix("e") if len(word) > 4 else word


_ENDINGS = (
    ("ations", "", 3), ("ation", "", 3), ("ments", "", 4), ("ment", "", 4), ("ions", "", 4), ("ion", "", 4),
    ("ings", "", 3), ("ing", "", 3), ("sses", "ss", 2), ("ies", "y", 2), ("ied", "y", 2), ("ers", "", 4),
    ("ed", "", 3), ("er", "", 4), ("es", "", 4), ("s", "", 3),
)  # fmt: skip


def _undouble(word: str) -> str:
    word = word.removesuffix("e") if len(word) > 4 else word
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl":
        return word[:-1]
    return word


def names(text: str) -> tuple[str, ...]:
    """The capitalised words within a sentence, folded, each once, in order; not its first word, nor days and months."""
    lists = word_lists()
    found = (fold(word).replace(".", "") for word in tokens(text)[1:] if word[0].isupper())
    return tuple(dict.fromkeys(n for n in found if len(n) > 2 and n not in lists.calendar and n not in lists.empty))


@lru_cache(maxsize=65536)
def sound(name: str) -> str:
    """A name as its spellings from other alphabets have it in common: "Moqtada", "Muqtada"; "Assad", "Asad"."""
    return _DOUBLED.sub(r"\1", name.translate(_ALIKE))


_ALIKE = str.maketrans("oeqy", "uiki")
_DOUBLED = re.compile(r"([a-z])\1")


def stems(text: str) -> tuple[str, ...]:
    """The stems of the words of a text that carry content, each once, in order."""
    return tuple(dict.fromkeys(s for s in map(stem, tokens(_joined(text))) if s))


def _joined(text: str) -> str:
    """The text with phrases that tell of one thing only together as one word."""
    pattern, table = _phrases()
    return pattern.sub(lambda match: table[" ".join(match[0].lower().split())], text)


@cache
def _phrases() -> tuple[re.Pattern[str], dict[str, str]]:
    table: dict[str, str] = load_yaml("words.yaml")["phrases"]
    parts = (re.escape(phrase).replace(r"\ ", r"\s+") for phrase in table)
    return re.compile(rf"\b(?:{'|'.join(parts)})\b", re.IGNORECASE), table


def sentences(text: str) -> list[str]:
    """A text cut at full stops and line ends, roughly: an abbreviation may end a piece too soon."""
    return [piece.strip() for piece in _SENTENCE.split(text) if piece.strip()]


_SENTENCE = re.compile(r"(?<=[.!?])[\"”’')]*\s+(?=[A-Z\"“‘'(])|\n+")
