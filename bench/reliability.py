"""Is a claim with score 0.7 right seven times out of ten? Ten bins of the score, over sets that mark every event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bench.pipeline import Pipeline
from bench.shared import Row, read_gold, shared_folder
from whodid.records import Claim

SETS = ("events_cameo_conflibert", "events_petr2_gsr", "events_wikievents")
"""Gold sets of which every event of a text is marked."""
BINS = 10

Bin = dict[str, float]


def reliability(pipeline: Pipeline, sets: Sequence[str] = SETS) -> list[Bin]:
    """For each tenth of the score: how many claims, their mean score, and the share of right types.

    A claim is right if an event of the text that no claim with a higher score was paired with admits its type. Texts
    that are not marked in full, and claims that only pair with an event that the gold leaves open, do not count. The
    sets say nothing of parties that can be compared, so what is measured is the type; the score promises parties too
    and should lie below the share.
    """
    judged: list[tuple[float, bool]] = []
    for name in sets:
        rows = read_gold(shared_folder() / "bench" / "dev" / f"{name}.jsonl")
        for row, claims in pipeline.coded([row for row in rows if row.get("complete")]):
            judged += _judged(row, claims)
    return bins(judged)


def _judged(row: Row, claims: Iterable[Claim]) -> list[tuple[float, bool]]:
    gold: list[Mapping[str, Any]] = list(row["gold"])
    optional: list[Mapping[str, Any]] = list(row.get("optional") or ())
    out: list[tuple[float, bool]] = []
    best: dict[tuple[str, str], Claim] = {}
    for claim in claims:
        known = best.get((claim.event, claim.type))
        if known is None or claim.score > known.score:
            best[claim.event, claim.type] = claim
    for claim in sorted(best.values(), key=lambda c: -c.score):
        fits = next((g for g in gold if claim.type in g["accept"]), None)
        if fits is not None:
            gold.remove(fits)
            out.append((claim.score, True))
        elif not any(claim.type in g["accept"] for g in optional):
            out.append((claim.score, False))
    return out


def bins(judged: Iterable[tuple[float, bool]]) -> list[Bin]:
    """Count, mean score and share right of each tenth of the score; tenths without a claim are left out."""
    table: dict[int, list[tuple[float, bool]]] = {}
    for score, right in judged:
        table.setdefault(min(BINS - 1, int(score * BINS)), []).append((score, right))
    return [
        {
            "from": k / BINS,
            "claims": len(some),
            "mean_score": round(sum(s for s, _ in some) / len(some), 3),
            "right": round(sum(r for _, r in some) / len(some), 3),
        }
        for k, some in sorted(table.items())
    ]
