"""What reviewers judged, as sentences for training: the block format of training/GUIDE.md.

In such a sentence every event is marked, and a word without a mark is no event. So only sentences are given of which
every claim was judged, and of which all can be said in the format; the others are counted by the reason.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from whodid.dataset import Dataset
from whodid.ontology import load_ontology
from whodid.records import Actor, Claim

ONTOLOGY = "plover-2.0"
"""What the training sentences are coded in."""

_FORBIDDEN = re.compile(r"[;|]|->|#\d$")


class _Unfit(Exception):
    """Why a sentence cannot be said in the format."""


@dataclass(frozen=True, slots=True)
class Sentences:
    """blocks: the sentences, each as its lines. left_out: reason → number of sentences that were judged, at least in
    part, and are not among them."""

    blocks: tuple[str, ...]
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """A file of them, as ``python -m training`` reads it."""
        return "\n\n".join(self.blocks) + "\n"


def judged_sentences(data: Dataset) -> Sentences:
    """The sentences of a dataset of which people judged every claim, by report and place; of a rejected claim its words
    tell of no event. The type, mode, status and parties are those that count now."""
    sql = """SELECT s.record, s.checked FROM stored_claims s
        WHERE s.report_id IN (SELECT report_id FROM stored_claims WHERE checked <> 'none') ORDER BY s.report_id, s.id"""
    of: dict[tuple[str, int], list[tuple[Claim, str]]] = defaultdict(list)
    for batch in data.batches(sql):
        for row in batch:
            claim = Claim.model_validate_json(row["record"])
            of[claim.report.id, claim.sentence.start].append((claim, row["checked"]))
    blocks, left_out, seen = [], Counter[str](), set[str]()
    for _, told in sorted(of.items()):
        if all(checked == "none" for _, checked in told):
            continue
        try:
            block = _block(told)
        except _Unfit as reason:
            left_out[str(reason)] += 1
            continue
        text = block.split("\n", 1)[0]
        if text in seen:
            left_out["the same sentence was given before"] += 1
        else:
            blocks.append(block)
        seen.add(text)
    return Sentences(tuple(blocks), dict(left_out))


def _block(told: Sequence[tuple[Claim, str]]) -> str:
    if any(checked == "none" for _, checked in told):
        raise _Unfit("not every claim of the sentence was judged")
    sentence = _Sentence(told[0][0])
    claims = [claim for claim, checked in told if checked != "rejected"]
    events: dict[str, str] = {}
    for claim in sorted(claims, key=lambda c: (c.trigger.start, c.id)):
        trigger, line = sentence.event(claim)
        events.setdefault(trigger, line)  # of several events in one word the first is marked
    marks = "m region=unknown style=judged" + ("" if events else " no=judged")
    return "\n".join([f"t {sentence.text}", *events.values(), marks])


class _Sentence:
    """The sentence of a claim on one line, and words of the report found in it."""

    def __init__(self, claim: Claim) -> None:
        self._first, self._last = claim.sentence.start, claim.sentence.end
        self._words = claim.sentence.text
        self.text = " ".join(self._words.split())

    def event(self, claim: Claim) -> tuple[str, str]:
        """The trigger of a claim, and its line."""
        if claim.ontology != ONTOLOGY:
            raise _Unfit(f"it is not coded in {ONTOLOGY}")
        if len(claim.trigger.text.split()) != 1:
            raise _Unfit("a trigger is several words, and the format takes the one that tells of the event")
        if claim.status == "future" and load_ontology(ONTOLOGY).recode_rule(claim.type, "future"):
            raise _Unfit("a type that is another one for what is to come")
        trigger = self._told(claim.trigger.start, claim.trigger.end)
        if {(a.start, a.end) for a in claim.actors} & {(r.start, r.end) for r in claim.recipients}:
            raise _Unfit("the same words are actor and recipient")
        sides = [self._side(claim.actors), self._side(claim.recipients)]
        type = f"{claim.type}/{claim.mode}" if claim.mode else claim.type
        status = f"{claim.status} historical" if claim.historical else claim.status
        return trigger, f"e {type} {status} | {trigger} | {sides[0]} -> {sides[1]}".rstrip()

    def _side(self, actors: Sequence[Actor]) -> str:
        return "; ".join(dict.fromkeys(self._told(a.start, a.end) for a in actors))

    def _told(self, start: int, end: int) -> str:
        """Words of the report as the format names them: with ``#2`` where they stand there for the second time."""
        if not self._first <= start < end <= self._last:
            raise _Unfit("words of a party stand in another sentence")
        words = " ".join(self._words[start - self._first : end - self._first].split())
        if _FORBIDDEN.search(words):
            raise _Unfit("the words have a sign that parts fields in the format")
        before = " ".join(self._words[: start - self._first].split())
        at = len(before) + bool(before and self._words[: start - self._first][-1].isspace())
        places = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", self.text)]
        if at not in places:
            raise _Unfit("the words are not whole words")
        number = places.index(at) + 1
        if number > 9:
            raise _Unfit("the words stand there more than nine times")
        return words if number == 1 else f"{words}#{number}"
