"""The claims of ``examples/`` against the committed expectations of a reader: which of them are one event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import yaml

from whodid.fuse import fuse
from whodid.models import Parser
from whodid.models.spacy_parser import SpacyParser
from whodid.records import Claim, Coded, Report
from whodid.run import Run
from whodid.run.coder import wire

HERE = Path(__file__).parent
EXAMPLES = HERE.parent.parent / "examples"
EXPECTATIONS = HERE / "demo_expectations.yaml"
DATE = dt.date(2020, 1, 14)
"""The day that docs/examples.md gives to the files without one."""


@dataclass(frozen=True, slots=True)
class Expected:
    """Claim id → the event that a reader gives it; and words of the file that hold no claim's trigger."""

    event: Mapping[str, str]
    unheld: tuple[str, ...]


def coded(parser: Parser) -> tuple[list[Claim], list[Report]]:
    """The claims of the examples and the reports that make them."""
    run = Run([EXAMPLES], date=DATE, make=lambda: wire(parser, "plover-2.0"))
    outputs = [output for output in run if isinstance(output, Coded)]
    return [claim for o in outputs for claim in o.claims], [o.report for o in outputs]


def expected(claims: Sequence[Claim], reports: Sequence[Report]) -> Expected:
    """What the file says of these claims. Raises AssertionError for a report or words that are not there."""
    event: dict[str, str] = {}
    unheld = []
    for entry in yaml.safe_load(EXPECTATIONS.read_text(encoding="utf-8")):
        for name, phrases in entry["claims"].items():
            found = [r for r in reports if name in f"{r.id} {r.url}"]
            assert len(found) == 1, f"{name!r} is part of {len(found)} addresses"
            for phrase in phrases:
                start = found[0].text.find(phrase)
                assert start >= 0, f"{phrase!r} is not in {name}"
                held = [c for c in claims if c.report.id == found[0].id and _within(c, start, start + len(phrase))]
                event.update({claim.id: entry["event"] for claim in held[:1]})
                unheld += [] if held else [f"{name}: {phrase}"]
    return Expected(event, tuple(unheld))


def _within(claim: Claim, start: int, end: int) -> bool:
    return start <= claim.trigger.start and claim.trigger.start < end


def pairwise(gold: Mapping[str, str], found: Mapping[str, str]) -> tuple[float, list[tuple[str, str, bool]]]:
    """F1 of the pairs that are joined, and the pairs that are wrong (True: joined and should not be)."""
    right = wrong = missed = 0
    errors = []
    for a, b in combinations(sorted(gold), 2):
        one, joined = gold[a] == gold[b], found[a] == found[b]
        right += one and joined
        wrong += joined and not one
        missed += one and not joined
        if one != joined:
            errors.append((a, b, joined))
    return 2 * right / max(2 * right + wrong + missed, 1), errors


def joined(claims: Sequence[Claim], reports: Sequence[Report]) -> dict[str, str]:
    """Claim id → the event that fusion gives it."""
    return {claim: event.id for event in fuse(claims, reports) for claim in event.claims}


def main() -> None:
    """Print the figure, and every pair that is wrong."""
    claims, reports = coded(SpacyParser())
    by_id = {claim.id: claim for claim in claims}
    score, errors = pairwise(expected(claims, reports).event, joined(claims, reports))
    for a, b, wrong in errors:
        print("joined" if wrong else "apart", *(f"“{by_id[i].trigger.text}” in {by_id[i].report.url}" for i in (a, b)))
    print(f"F1 of pairs {score:.3f}")


if __name__ == "__main__":
    main()
