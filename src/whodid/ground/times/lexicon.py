"""The vocabulary of time (``words.yaml``): the symbol that a token stands for and what its word means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from whodid.records import Token

_FIRST_CODE = 0xE000  # Unicode's private use area: no text has these characters
_OTHER = chr(_FIRST_CODE)
_MAY_HAVE_FORM = re.compile(r"[0-9']|[qfjsmaondel][a-z]*[-.]?[0-9]")
"""Every word that one of ``forms`` describes matches this at its start; cheaper than trying them all."""


@cache
def data(name: str) -> Mapping[str, Any]:
    """The content of the YAML file ``name`` of this package."""
    text = files(__package__).joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    content: Mapping[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return content


@cache
def codes() -> Mapping[str, str]:
    """Symbol → the one character that stands for it in :func:`spell`."""
    words = data("words")
    names = [*words["values"], *words["lists"], *words["forms"], "HOLIDAY"]
    return {name: chr(_FIRST_CODE + 1 + n) for n, name in enumerate(names)}


@cache
def _symbol_of_word() -> Mapping[str, str]:
    words = data("words")
    found = {
        word: symbol for part in ("values", "lists") for symbol, members in words[part].items() for word in members
    }
    return {**found, **dict.fromkeys(words["holidays"], "HOLIDAY")}


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((symbol, re.compile(form)) for symbol, form in data("words")["forms"].items())


def value(symbol: str, word: str) -> Any:
    """What ``word`` means as ``symbol``; KeyError if the file does not say."""
    return data("words")["values"][symbol][word]


@cache
def _code(norm: str, capital: bool, tag: str) -> str:
    words = data("words")
    symbol = _symbol_of_word().get(norm)
    if symbol is None and _MAY_HAVE_FORM.match(norm):
        symbol = next((s for s, form in _forms() if form.fullmatch(norm)), None)
    if symbol is None or (not capital and (symbol in words["capital"] or norm in words["capital_words"])):
        return _OTHER
    if symbol in words["tags"] and tag not in words["tags"][symbol]:
        return _OTHER
    return codes()[symbol]


def spell(tokens: Iterable[Token]) -> str:
    """One character a token: the code of its symbol."""
    return "".join(_code(t.norm, t.text[0].isupper(), t.tag) for t in tokens)


def number(tokens: Iterable[Token]) -> int | None:
    """What number words or digits say ("twenty-five", "25", "a", "a hundred"); None for "several" or "1.5"."""
    values = data("words")["values"]["NUMBER"]
    total: int | None = None
    for token in tokens:
        word = token.norm.replace(",", "")
        if word.isdigit():
            total = int(word)
        elif word in values:
            amount: int = values[word]
            total = (total or 1) * amount if amount >= 100 or word == "dozen" else (total or 0) + amount
        elif word in ("a", "an"):
            total = 1
        elif word not in ("-", "and"):
            return None
    return total


def ordinal(word: str) -> int | None:
    """What "third", "second" or "21st" says; None for a word that is no ordinal."""
    if word == "second":
        return 2
    if m := re.match(r"([0-9]+)(?:st|nd|rd|th)", word):
        return int(m.group(1))
    found: int | None = data("words")["values"]["ORDINAL"].get(word)
    return found
