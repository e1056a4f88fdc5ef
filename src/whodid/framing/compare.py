"""Which words different outlets choose for the same things."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from whodid.framing.lexicon import things
from whodid.framing.model import Lean, LoadedWord
from whodid.records import Record


class TermCount(Record):
    """How often an outlet used a term, and the term's lean."""

    term: str
    lean: Lean
    count: int


class Comparison(Record):
    """One thing, and for each outlet that named it the terms that it used, the most frequent first."""

    thing: str
    name: str
    outlets: dict[str, tuple[TermCount, ...]]


def compare(words: Iterable[LoadedWord]) -> tuple[Comparison, ...]:
    """The things that some outlet named with a word that is not neutral, in the order of the lexicon.

    An outlet is the publisher of a report; a report without one stands for itself, under its title, address or id.
    Which uses count is the caller's choice (usually those of voice ``outlet``).
    """
    counts: dict[str, dict[str, Counter[tuple[str, Lean]]]] = {}
    for word in words:
        by_outlet = counts.setdefault(word.thing, {})
        by_outlet.setdefault(outlet(word), Counter())[word.term, word.lean] += 1
    return tuple(
        Comparison(
            thing=thing.key,
            name=thing.name,
            outlets={name: _ranked(c) for name, c in sorted(counts[thing.key].items())},
        )
        for thing in things()
        if thing.key in counts and any(lean != "neutral" for c in counts[thing.key].values() for _, lean in c)
    )


def outlet(word: LoadedWord) -> str:
    """What the outlet of a use is called."""
    report = word.report
    return report.publisher or report.title or report.url or report.id


def _ranked(counter: Counter[tuple[str, Lean]]) -> tuple[TermCount, ...]:
    ranked = sorted(counter.items(), key=lambda item: (-item[1], item[0]))
    return tuple(TermCount(term=term, lean=lean, count=n) for (term, lean), n in ranked)
