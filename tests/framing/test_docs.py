"""docs/framing.md says what the lexicon has."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from whodid.framing import Lean, LoadedWord, things

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "framing.md").read_text(encoding="utf-8")


def test_the_page_lists_the_lexicon() -> None:
    rows = ["| thing | is | neutral | loaded |", "|---|---|---|---|"]
    for thing in things():
        neutral = ", ".join(t.term for t in thing.terms if t.lean == "neutral")
        loaded = ", ".join(t.term for t in thing.terms if t.lean != "neutral")
        rows.append(f"| `{thing.key}` | {thing.name} | {neutral} | {loaded} |")
    assert "\n".join(rows) in PAGE


@pytest.mark.parametrize("lean", get_args(Lean))
def test_every_lean_is_explained(lean: str) -> None:
    assert f"| `{lean}` |" in PAGE


@pytest.mark.parametrize("field", LoadedWord.model_fields)
def test_every_field_is_explained(field: str) -> None:
    assert f"`{field}`" in PAGE
