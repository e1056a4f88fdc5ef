"""Whole reports, claim by claim, against what a careful reader found in them."""

from __future__ import annotations

import json
import statistics
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from bench.errors import BenchError, SharedMissing
from bench.pipeline import Pipeline
from bench.shared import Figures, Row, run_scorer, shared_folder
from whodid.export.json_lines import write_json_lines
from whodid.fuse import Memory, features_of
from whodid.records import Claim

FIGURES = (
    "recall_core", "recall_all", "precision", "actors", "recipients", "status", "voice", "speaker", "when",
    "evidence", "events",
)  # fmt: skip
"""What ``score_claims.py`` gives as shares; each is averaged over the reports that have it."""

Scored = tuple[str, Figures]
"""The id of a report and its figures."""


def claims(folder: Path, *, scorer: Path | None = None, pipeline: Pipeline | None = None) -> Iterator[Scored]:
    """Code each text of ``folder`` that has a ``*.gold.json`` and score it, in the order of the file names.

    Date and publisher are those that the gold's ``report`` gives. scorer: ``score_claims.py``, looked for by default
    around the folder. Raises BenchError for a folder without gold, SharedMissing without a scorer.
    """
    golds = sorted(folder.glob("*.gold.json"))
    if not golds:
        raise BenchError(f"{folder} has no file that ends in .gold.json; give a folder with ID.txt and ID.gold.json")
    scorer = scorer or find_scorer(folder)
    rows = [_row(path) for path in golds]
    coded = {row["id"]: fused(found) for row, found in (pipeline or Pipeline()).coded(rows)}
    with tempfile.TemporaryDirectory() as temporary:
        out = Path(temporary, "claims.jsonl")
        for path, row in zip(golds, rows, strict=True):
            write_json_lines(coded.get(row["id"], ()), out)
            yield row["id"], run_scorer([str(scorer), str(path), str(out), "--json"])


def fused(claims: Iterable[Claim]) -> list[Claim]:
    """The claims of one report with the events that ``whodid code`` gives them."""
    every = list(claims)
    store = Memory()
    store.add(features_of(every))
    return [claim.model_copy(update={"event": store.places[claim.id].event}) for claim in every]


def _row(gold: Path) -> Row:
    try:
        report = json.loads(gold.read_text(encoding="utf-8"))["report"]
        text = (gold.parent / report["file"]).read_text(encoding="utf-8")
    except (OSError, ValueError, KeyError) as error:
        raise BenchError(f"the gold file {gold} cannot be used: {type(error).__name__}: {error}") from error
    return {
        "id": report["id"],
        "text": text,
        "date": report.get("published"),
        "publisher": report.get("publisher"),
        "title": report.get("title"),
    }


def find_scorer(folder: Path) -> Path:
    """``score_claims.py`` in a folder above ``folder``, in the ``bench`` folder of one, or with the shared data."""
    for above in (folder.resolve(), *folder.resolve().parents):
        for path in (above / "score_claims.py", above / "bench" / "score_claims.py"):
            if path.is_file():
                return path
    path = shared_folder() / "bench" / "score_claims.py"
    if not path.is_file():
        raise SharedMissing(f"there is no score_claims.py above {folder} nor at {path}; name it with --scorer")
    return path


def mean(scored: list[Scored]) -> Figures:
    """The mean of each figure over the reports that have it, with the sums of claims and paired claims."""
    out: Figures = {"documents": len(scored)}
    for name in ("claims", "paired"):
        out[name] = sum(figures[name] for _, figures in scored)
    for name in FIGURES:
        values = [figures[name] for _, figures in scored if figures.get(name) is not None]
        out[name] = round(statistics.mean(values), 4) if values else None
    return out


def line(name: str, figures: Figures) -> str:
    """One report's figures, or the means, as a line of the table."""
    shares = (figures.get(key) for key in FIGURES)
    cells = " ".join(f"{value:>7.3f}" if value is not None else f"{'–':>7}" for value in shares)
    return f"{name[:34]:34} {figures['paired']:>4}/{figures['claims']:<4} {cells}"


HEADING = f"{'report':34} {'paired':>9} " + " ".join(f"{name.replace('recall_', 'r.')[:7]:>7}" for name in FIGURES)
"""The heading over the lines of :func:`line`."""
