"""A text cut where marks begin and end, so that marks that overlap can all be seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from whodid.records import Claim, EvidenceField, evidence
from whodid.web.text import plain

Layer = Literal["event", "actor", "place", "time", "said", "number"]
LAYERS: tuple[Layer, ...] = ("event", "actor", "place", "time", "said", "number")

_LAYER_OF: dict[EvidenceField, Layer] = {
    "trigger": "event", "content": "event", "actor": "actor", "recipient": "actor", "where": "place", "when": "time",
    "speaker": "said", "cue": "said", "outer": "said", "killed": "number", "injured": "number", "arrested": "number",
    "crowd": "number",
}  # fmt: skip


class Mark(BaseModel):
    """Words that a field of a claim rests on: characters ``start`` to ``end`` (half-open) of the report. key: of the
    mark within its page."""

    model_config = ConfigDict(frozen=True)

    key: str
    field: EvidenceField
    layer: Layer
    start: int
    end: int
    text: str


class Piece(NamedTuple):
    """A stretch of text over which the same marks lie. text: as a page shows it, of as many code points."""

    text: str
    start: int
    end: int
    marks: tuple[Mark, ...]

    @property
    def classes(self) -> str:
        """A class for each layer that lies over it, in their order, with spaces between."""
        here = {mark.layer for mark in self.marks}
        return " ".join(f"l-{layer}" for layer in LAYERS if layer in here)

    def claims(self, anchors: Mapping[str, str]) -> list[str]:
        """The claims whose trigger lies over it. anchors: key of the mark of a trigger → its claim."""
        return [anchors[mark.key] for mark in self.marks if mark.key in anchors]

    def begun(self, anchors: Mapping[str, str]) -> list[str]:
        """Those of which it begins with the trigger."""
        return [anchors[mark.key] for mark in self.marks if mark.start == self.start and mark.key in anchors]

    @property
    def keys(self) -> str:
        """The keys of its marks, with spaces between."""
        return " ".join(mark.key for mark in self.marks)


def marks_of(claim: Claim) -> tuple[Mark, ...]:
    """The marks of a claim, in the order in which a reader asks for its fields."""
    return tuple(
        Mark(key=f"{claim.id}-{n}", field=e.field, layer=_LAYER_OF[e.field], start=e.start, end=e.end, text=e.text)
        for n, e in enumerate(evidence(claim))
    )


def pieces(text: str, marks: Iterable[Mark], offset: int = 0) -> list[Piece]:
    """The text in pieces, which together are the whole of it. offset: where it starts in the report; marks (in the
    offsets of the report) may reach out of it."""
    first, last = offset, offset + len(text)
    begin, stop = defaultdict(list), defaultdict(list)
    cuts = {first, last}
    for mark in marks:
        start, end = max(mark.start, first), min(mark.end, last)
        if start < end:
            begin[start].append(mark)
            stop[end].append(mark)
            cuts |= {start, end}
    shown = plain(text)
    return list(_swept(shown, sorted(cuts), first, begin, stop))


def _swept(
    shown: str, cuts: Sequence[int], offset: int, begin: dict[int, list[Mark]], stop: dict[int, list[Mark]]
) -> Iterable[Piece]:
    over: dict[str, Mark] = {}
    for start, end in pairwise(cuts):
        for mark in stop.get(start, ()):
            over.pop(mark.key, None)
        over |= {mark.key: mark for mark in begin.get(start, ())}
        yield Piece(shown[start - offset : end - offset], start, end, tuple(over.values()))
