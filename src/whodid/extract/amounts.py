"""Numbers as reports write them: "at least eight", "8 to 10", "tens of thousands", "two dozen", as ranges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources
from typing import Any, NamedTuple, cast

import yaml

from whodid.records import Annotated

_LONGEST = 4  # words of the longest qualifier


class Amount(NamedTuple):
    """Tokens ``first`` to ``last`` (half-open) with the range that they give; None is an open end."""

    first: int
    last: int
    low: int | None
    high: int | None


@lru_cache(maxsize=1)
def table() -> Mapping[str, Any]:
    """``numbers.yaml``."""
    text = resources.files(__package__).joinpath("lexicon", "numbers.yaml").read_text(encoding="utf-8")
    return cast(Mapping[str, Any], yaml.load(text, Loader=yaml.CSafeLoader))


def is_number(word: str) -> bool:
    """True for figures and number words: "1,700", "twelve", "dozen", "thousands"."""
    t = table()
    return _figure(word) is not None or word in t["units"] or word in t["scales"] or word in t["vague"]


def amount_at(a: Annotated, i: int) -> Amount | None:
    """The number of which token ``i`` is part, with the words that open its range; None where it is no number."""
    s = a.sentence_of(i)
    norms = [a.tokens[k].norm for k in range(s.first, s.last)]
    first, last = _run(norms, i - s.first)
    values, vague = _values(norms[first:last])
    if not values:
        return None
    low, high = min(values), max(values)
    start, kind = _qualifier(norms, first)
    if kind is None and " ".join(norms[last : last + 2]) in table()["after_at_least"]:
        kind, last = "at_least", last + 2
    first, last = start + s.first, last + s.first
    if kind == "at_most":
        return Amount(first, last, None, high)
    return Amount(first, last, low, None if vague or kind == "at_least" else high)


def _figure(word: str) -> float | None:
    clean = word.replace(",", "")
    return float(clean) if clean.replace(".", "", 1).isdecimal() and clean[0].isdecimal() else None


def _run(norms: Sequence[str], i: int) -> tuple[int, int]:
    """The words of the number around ``i``: number words, and those of ``inside`` with a number on either side."""
    inside = set(str(table()["inside"]).split())
    first = last = i
    while first > 0 and is_number(norms[first - 1]):
        first -= 1
    while first > 1 and norms[first - 1] in inside and is_number(norms[first - 2]):
        first -= 2
        while first > 0 and is_number(norms[first - 1]):
            first -= 1
    if first > 0 and norms[first - 1] in ("a", "an") and norms[first] in table()["scales"]:
        first -= 1
    while last + 1 < len(norms) and is_number(norms[last + 1]):
        last += 1
    while (
        last + 2 < len(norms)
        and norms[last + 1] in inside
        and is_number(norms[last + 2])
        and norms[last] not in ("and",)
    ):
        last += 2
        while last + 1 < len(norms) and is_number(norms[last + 1]):
            last += 1
    return first, last + 1


def _values(norms: Sequence[str]) -> tuple[list[int], bool]:
    """The numbers of a run: one, or the ends of "8 to 10"; and whether one is vague."""
    t = table()
    values: list[int] = []
    total: float | None = None
    part = 0.0  # below the last thousand or million
    vague = False
    for word in norms:
        value = _figure(word)
        if word in ("to", "-", "–", "—", "or") or (word == "and" and norms[0] != "half" and not _joins(norms)):
            values, total, part = _closed(values, total, part)
        elif value is not None:
            part += value
            total = total or 0
        elif word in t["units"]:
            part += t["units"][word]
            total = total or 0
        elif word in t["scales"] or word in t["vague"]:
            multiplier = t["scales"].get(word) or t["vague"][word]
            if word in t["vague"]:
                multiplier = multiplier / 2 if vague else multiplier  # "tens of thousands": 20 × 1,000
                vague = True
            if multiplier >= 1000 and part:
                total, part = (total or 0) + part * multiplier, 0.0
            else:
                part, total = (part or 1) * multiplier, total or 0
    values, _, _ = _closed(values, total, part)
    return values, vague


def _closed(values: list[int], total: float | None, part: float) -> tuple[list[int], None, float]:
    return ([*values, int(total + part)] if total is not None else values), None, 0.0


def _joins(norms: Sequence[str]) -> bool:
    """ "two hundred and ten" is one number, "8 and 10" are two."""
    return any(w in table()["scales"] for w in norms)


def _qualifier(norms: Sequence[str], first: int) -> tuple[int, str | None]:
    """Where the words in front of a number that open its range begin, and which way."""
    for kind in ("at_least", "at_most", "about"):
        for words in table()[kind]:
            n = len(words.split())
            if n <= min(first, _LONGEST) and " ".join(norms[first - n : first]) == words:
                return first - n, kind
    return first, None
