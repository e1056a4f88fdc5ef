""" "I" and "we" in a quotation: who speaks it, as far as the sentence around the quotation shows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from whodid.annotate.linking.mentions import Mention, Thing
from whodid.annotate.linking.words import people
from whodid.records import Annotated, Link, Quotation


def first_person_links(a: Annotated, mentions: Sequence[Mention]) -> Iterator[Link]:
    """Links of the first person to the speaker: the subject of the verb that the quotation hangs on.

    A quotation without a verb of its own is the speaker's of the one before it in the same paragraph. "We" is linked to
    the person who says it, who speaks for the others.
    """
    starts = [t.start for t in a.tokens]
    by_head = {m.head: m.thing for m in mentions}
    speaker: Thing | None = None
    paragraph, outer_end = -1, -1
    for q in a.quotations:
        first, last = bisect_left(starts, q.inner_start), bisect_left(starts, q.inner_end)
        if first >= last or q.start < outer_end:
            continue  # an inner quotation has a speaker of its own, whom the outer one names
        outer_end = q.end
        if a.sentence_of(first).paragraph != paragraph:
            speaker, paragraph = None, a.sentence_of(first).paragraph
        speaker = _speaker(a, first, last, by_head) or speaker
        if speaker is not None:
            yield from _within(a, q, first, last, speaker)


def _within(a: Annotated, q: Quotation, first: int, last: int, speaker: Thing) -> Iterator[Link]:
    inner = [x for x in a.quotations if q.start < x.start and x.end < q.end]
    for i in range(first, last):
        token = a.tokens[i]
        first_person = token.norm in people().first_person and token.pos in {"PRON", "DET"}
        if first_person and not any(x.start <= token.start < x.end for x in inner):
            yield Link(i, i + 1, *speaker.span, "pronoun")


def _speaker(a: Annotated, first: int, last: int, by_head: dict[int, Thing]) -> Thing | None:
    """The subject of the verb outside the quotation that a clause inside it hangs on."""
    for i in range(first, last):
        verb = a.tokens[i].head
        if first <= verb < last or a.tokens[i].dep not in {"ccomp", "parataxis"} or a.tokens[verb].pos != "VERB":
            continue
        for c in a.children[verb]:
            if a.tokens[c].dep == "nsubj" and not first <= c < last and c in by_head:
                return by_head[c]
    return None
