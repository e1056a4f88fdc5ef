"""The figures of the held-out tenth in docs/model-card.md, between its two marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

CARD = Path(__file__).resolve().parent.parent / "docs" / "model-card.md"
START, END = "<!-- figures: written by `python -m training fit` -->", "<!-- end of figures -->"
_COLUMNS = ("precision", "recall", "F1", "mode", "status", "historical", "actor F1", "recipient F1")


def write_figures(about: Mapping[str, Any], card: Path = CARD) -> None:
    """Put the figures of coder.json into the card. Raises ValueError where the card has not both marks."""
    text = card.read_text(encoding="utf-8")
    if START not in text or END not in text:
        raise ValueError(f"{card} has no {START!r} and {END!r}")
    before, rest = text.split(START, 1)
    after = rest.split(END, 1)[1]
    card.write_text(f"{before}{START}\n\n" + "\n".join(_lines(about)) + f"\n\n{END}{after}", encoding="utf-8")


def _lines(about: Mapping[str, Any]) -> Iterator[str]:
    found = about["held_out"]
    events = found["both"]["events"]
    yield f"Trained on {about['sentences']:,} sentences; measured on {events} events of those held out."
    yield ""
    yield "| coder | " + " | ".join(_COLUMNS) + " |"
    yield "|---|" + "---:|" * len(_COLUMNS)
    for name, row in found.items():
        yield f"| {name} | " + " | ".join(f"{row[c]:.3f}" for c in _COLUMNS) + " |"
    yield ""
    yield "Claims by score (lexicon and weights together), and the share whose type and parties are right:"
    yield ""
    yield "| score | claims | mean score | right |"
    yield "|---|---:|---:|---:|"
    for k, row in enumerate(found["both"]["reliability"]):
        if row["claims"]:
            score = f"{k / 10:.1f}–{(k + 1) / 10:.1f}"
            yield f"| {score} | {row['claims']} | {row['mean score']:.3f} | {row['right']:.3f} |"
