"""Numbers of people killed, injured, arrested or gathered, as ranges with their words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib import resources
from typing import Any, cast

import yaml

from whodid.extract.tree import children, prepositional
from whodid.records import Annotated, Count, Token


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    text = resources.files(__package__).joinpath("lexicon", "numbers.yaml").read_text(encoding="utf-8")
    return cast(dict[str, Any], yaml.load(text, Loader=yaml.CSafeLoader))


def counts(a: Annotated, head: int, people: Iterable[int], type_: str) -> tuple[Count, ...]:
    """The counts that the predicate at ``head`` gives of ``people`` (head tokens of its recipients; of a protest, its actors)."""
    what = _what(a.tokens[head], type_)
    if what is None:
        return ()
    found = []
    for i in people:
        number = _number_of(a, i)
        if number is not None:
            first, last, low, high = number
            quote = a.quote(first, last)
            found.append(Count(what=what, low=low, high=high, text=quote.text, start=quote.start, end=quote.end))
    return tuple(found)


def _what(t: Token, type_: str) -> Any:
    table = _table()
    by_word = next((what for what, lemmas in table["what"].items() if t.lemma in lemmas.split()), None)
    return by_word or table["what_of_type"].get(type_)


def _number_of(a: Annotated, i: int) -> tuple[int, int, int | None, int | None] | None:
    """First and last token of the number of ``i``, and its range."""
    numbers = [c for c in children(a, i, "nummod", "amod", "quantmod") if _is_number(c)]
    if not numbers and _is_number(a.tokens[i]):
        numbers = [a.tokens[i]]
    if not numbers and prepositional(a, i, "of") and a.tokens[i].lemma in _table()["vague"]:
        numbers = [a.tokens[i]]
    if not numbers:
        return None
    last = numbers[-1].i
    first = min(a.subtree(numbers[0].i)[0] if numbers[0].i != i else _start_of_number(a, i), numbers[0].i)
    return _read(a, first, last + 1)


def _start_of_number(a: Annotated, i: int) -> int:
    return min([c.i for c in children(a, i, "quantmod", "nummod", "advmod", "compound", "det") if c.i < i] or [i])


def _is_number(t: Token) -> bool:
    return t.pos == "NUM" or t.lemma in _table()["vague"]


def _read(a: Annotated, first: int, last: int) -> tuple[int, int, int | None, int | None] | None:
    table = _table()
    words = [a.tokens[k].norm for k in range(first, last)]
    text = " ".join(words)
    low, high = _value(words)
    if low is None:
        return None
    if any(cue in text for cue in table["at_least"]):
        return first, last, low, None
    if any(cue in text for cue in table["at_most"]):
        return first, last, None, high if high is not None else low
    return first, last, low, high


def _value(words: list[str]) -> tuple[int | None, int | None]:
    """Range of a number in words or figures: "two dozen", "8,000", "1.5 million", "dozens", "20 to 30"."""
    table = _table()
    total: float | None = None
    values: list[float] = []
    vague = False
    for word in words:
        clean = word.replace(",", "")
        if clean.replace(".", "", 1).isdigit():
            if total is not None:
                values.append(total)
            total = float(clean)
        elif word in table["units"]:
            value = table["units"][word]
            total = total + value if total is not None and value < 10 <= total < 100 and total % 10 == 0 else value
        elif word in table["scales"]:
            total = (total or 1) * table["scales"][word]
        elif word in table["vague"]:
            vague = True
            total = (total or 1) * table["vague"][word] if total is None or total > 1 else table["vague"][word]
    if total is not None:
        values.append(total)
    if not values:
        return None, None
    if vague:
        return int(values[0]), None
    return int(min(values)), int(max(values))
