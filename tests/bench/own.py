"""What the tests of the bench share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Row = dict[str, Any]
Predict = Callable[..., list[Row]]


def span(text: str, words: str) -> Row:
    """Where ``words`` first stand in ``text``."""
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words}
