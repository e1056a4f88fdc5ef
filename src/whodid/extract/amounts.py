"""Numbers as reports write them: "at least eight", "8 to 10", "tens of thousands", "two dozen", as ranges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources
from typing import Any, NamedTuple, cast

import yaml

from whodid.records import Annotated

_RANGE = ("to", "-", "–", "—", "or")
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
    if not values or min(values) < 1:  # "half of them"
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
    first = last = i
    while first > 0 and (is_number(norms[first - 1]) or _joins(norms, first - 1)):
        first -= 1
    if first > 0 and norms[first - 1] in ("a", "an") and norms[first] in table()["scales"]:
        first -= 1
    while last + 1 < len(norms) and (is_number(norms[last + 1]) or _joins(norms, last + 1)):
        last += 1
    return first, last + 1


def _joins(norms: Sequence[str], k: int) -> bool:
    """The "of" of "tens of thousands" (not of "one of three"), the "to" of "8 to 10", the "a" of "half a dozen"."""
    if not 0 < k < len(norms) - 1 or norms[k] not in str(table()["inside"]).split():
        return False
    if norms[k] == "of" and not {norms[k - 1], norms[k + 1]} <= set(table()["vague"]):
        return False
    return is_number(norms[k - 1]) and is_number(norms[k + 1])


def _values(norms: Sequence[str]) -> tuple[list[int], bool]:
    """The numbers of a run: one, or the ends of "8 to 10"; and whether one is vague."""
    t = table()
    parts = [p for p in _parts(norms) if any(is_number(w) for w in p)]
    values = [_value(p) for p in parts]
    if len(values) > 1 and parts[-1][-1] in t["scales"] and not any(w in t["scales"] for w in parts[0]):
        values[0] *= t["scales"][parts[-1][-1]]  # "two to three thousand"
    return [int(v) for v in values], any(w in t["vague"] for w in norms)


def _parts(norms: Sequence[str]) -> list[list[str]]:
    """A run cut at the words that make it a range; "twenty-five" and "two hundred and ten" are one number."""
    units = table()["units"]
    joined = any(w in table()["scales"] for w in norms)
    parts: list[list[str]] = [[]]
    for k, word in enumerate(norms):
        tens = 0 < k < len(norms) - 1 and units.get(norms[k - 1], 0) >= 20 and units.get(norms[k + 1], 10) < 10
        if (word in _RANGE and not tens) or (word == "and" and not joined):
            parts.append([])
        else:
            parts[-1].append(word)
    return parts


def _value(words: Sequence[str]) -> float:
    """One number: figures and number words multiplied and added up as they are spoken."""
    t = table()
    total = part = 0.0  # thousands and millions already closed; what is below them
    vague = False
    for word in words:
        if (plain := _figure(word) if word not in t["units"] else t["units"][word]) is not None:
            part += plain
            continue
        multiplier = t["scales"].get(word) or t["vague"].get(word)
        if multiplier is None:
            continue
        if word in t["vague"]:
            multiplier = multiplier / 2 if vague else multiplier  # "tens of thousands": 20 × 1,000
            vague = True
        if multiplier >= 1000 and part:
            total, part = total + part * multiplier, 0.0
        else:
            part = (part or 1) * multiplier
    return total + part


def _qualifier(norms: Sequence[str], first: int) -> tuple[int, str | None]:
    """Where the words in front of a number that open its range begin, and which way."""
    for kind in ("at_least", "at_most", "about"):
        for words in table()[kind]:
            n = len(words.split())
            if n <= min(first, _LONGEST) and " ".join(norms[first - n : first]) == words:
                return first - n, kind
    return first, None
