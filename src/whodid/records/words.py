"""The words that the fields of a claim rest on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from whodid.records.base import Quote
from whodid.records.claims import Actor, Claim, Speaker, When, Where
from whodid.records.mentions import Content, Count

EvidenceField = Literal[
    "trigger", "actor", "recipient", "when", "where", "speaker", "cue", "outer", "content",
    "killed", "injured", "arrested", "crowd",
]  # fmt: skip


class Evidence(NamedTuple):
    """Words of a report, characters ``start`` to ``end`` (half-open), and the part of a claim that rests on them.
    ``outer`` is a speaker of the chain around the innermost one."""

    field: EvidenceField
    start: int
    end: int
    text: str
    of: Quote | Actor | When | Where | Speaker | Content | Count


def evidence(claim: Claim) -> Iterator[Evidence]:
    """The words of every field of a claim, in the order in which a reader asks for them."""
    yield _words("trigger", claim.trigger)
    yield from (_words("actor", actor) for actor in claim.actors)
    yield from (_words("recipient", actor) for actor in claim.recipients)
    if (when := claim.when) and when.text is not None and when.start is not None and when.end is not None:
        yield Evidence("when", when.start, when.end, when.text, when)
    if claim.where:
        yield _words("where", claim.where)
    said = claim.said_by
    if said.speaker:
        yield _words("speaker", said.speaker)
    if said.cue:
        yield _words("cue", said.cue)
    yield from (_words("outer", speaker) for speaker in said.chain)
    if claim.content:
        yield _words("content", claim.content)
    yield from (_words(count.what, count) for count in claim.counts)


def _words(field: EvidenceField, of: Quote | Actor | Where | Speaker | Content | Count) -> Evidence:
    return Evidence(field, of.start, of.end, of.text, of)
