"""What is wrong with the training data as a whole, and how it is spread over the plan."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from training.data import Example

SHINGLE = 3
TOO_NEAR = 0.6
"""Two texts are near-duplicates where they share this much (Jaccard) of their runs of three words."""

_WORD = re.compile(r"\w+")


@cache
def plan() -> dict[str, Any]:
    """plan.yaml: the least number of sentences or events of a kind."""
    text = Path(__file__).with_name("plan.yaml").read_text(encoding="utf-8")
    wanted: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return wanted


def near_duplicates(examples: Sequence[Example]) -> Iterator[str]:
    """One line for each text that an earlier one is much like."""
    shingles = [_shingles(e.text) for e in examples]
    having: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for n, own in enumerate(shingles):
        shared = Counter(k for s in own for k in having[s])
        near = [k for k, common in shared.items() if common / len(own | shingles[k]) >= TOO_NEAR]
        if near:
            a, b = examples[n], examples[near[0]]
            yield f"{a.file}:{a.line}: too much like {b.file}:{b.line}: {a.text[:70]}"
        for s in own:
            having[s].append(n)


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    found = _WORD.findall(text.casefold())
    return frozenset(tuple(found[k : k + SHINGLE]) for k in range(max(1, len(found) - SHINGLE + 1)))


def counts(examples: Iterable[Example]) -> dict[str, Counter[str]]:
    """How many there are of each kind: events by type, mode, status, and type with status; sentences by mark."""
    out: dict[str, Counter[str]] = defaultdict(Counter)
    for e in examples:
        out["sentences"]["held out" if e.held_out else "to train on"] += 1
        out["sentences"]["with an event" if e.events else "without"] += 1
        for key in ("region", "style", "no"):
            if key in e.marks:
                out[key][e.marks[key]] += 1
        for event in e.events:
            out["type"][event.type] += 1
            out["mode"][f"{event.type}/{event.mode or '–'}"] += 1
            out["status"][event.status] += 1
            out["status"]["historical"] += event.historical
            out["type and status"][f"{event.type} {event.status}"] += 1
    return out


def short_of_plan(found: dict[str, Counter[str]]) -> Iterator[str]:
    """One line for each kind of which there are fewer than the plan wants."""
    for group, wanted in plan().items():
        for name, least in wanted.items():
            have = found[group][name] if group in found else 0
            if have < least:
                yield f"{group} {name}: {have} of {least}"


def table(found: dict[str, Counter[str]]) -> Iterator[str]:
    """The counts as text, a paragraph a group."""
    for group in ("sentences", "type", "status", "mode", "type and status", "no", "region", "style"):
        rows = sorted(found[group].items()) if group in ("mode", "type and status") else found[group].most_common()
        yield f"{group}: " + ", ".join(f"{name} {n}" for name, n in rows)
