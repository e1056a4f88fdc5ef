"""Who "he" or "the cleric" is, where that is safe."""

from __future__ import annotations

from collections.abc import Iterator

from whodid.records import Annotated, Link


def links(annotated: Annotated) -> Iterator[Link]:
    """Links of later mentions to the fuller one."""
    yield from ()
