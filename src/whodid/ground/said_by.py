"""Who says so: the voice and the speaker of a claim.

A claim is in the *outlet's* voice, or it is somebody else's: *quoted* if its trigger stands in quotation marks,
*paraphrased* if it stands in reported words. The speaker is the source of the innermost attribution whose content holds
the trigger; the sources around it are the chain ("an official told Reuters that the ministry had confirmed …").
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from whodid.ground.attribution import find, record, reported
from whodid.records import Actor, Annotated, Attribution, Quotation, SaidBy, Speaker

_SCRAP = 3
"""A quotation of so many words that nobody is named for is the outlet's own (scare quotes, a title)."""
_RELATIVES = frozenset({"who", "which", "whom", "whose", "where"})
_PRESENT = frozenset({"VBZ", "VBP"})

Who = Callable[[int, int], Actor]


def attributions(annotated: Annotated) -> tuple[Attribution, ...]:
    """Every attribution of the report, in the order of their cues; also those without a named source."""
    return tuple(record(annotated, found) for found in find(annotated))


def said_by(
    annotated: Annotated,
    start: int,
    end: int,
    head: int,
    attributions: Sequence[Attribution],
    who: Who | None = None,
) -> SaidBy:
    """Whose words the trigger at characters ``start`` to ``end`` with head token ``head`` are.

    ``attributions`` are those of :func:`attributions`; ``who`` gives the actor of a speaker's tokens (first and last,
    half-open). A trigger that is itself the cue of an attribution ("urged") is the outlet's unless another one holds it.
    """
    quotation = _quotation(annotated, head)
    around = [x for x in attributions if _holds(annotated, x, start, end, head)]
    around.sort(key=_size)
    told = [x for x in around if reported(annotated, x)]
    if told and not quotation and _own_explanation(annotated, head, told[0]):
        told = []
    if not told and quotation:
        told = [x for x in around if _covers(x, quotation)]
        if not told and _words(annotated, quotation) > _SCRAP:
            return SaidBy(voice="quoted")
    if not told:
        return SaidBy(voice="outlet")
    speakers = [_speaker(annotated, x, who) for x in told]
    inner = told[0]
    return SaidBy(
        voice="quoted" if quotation else "paraphrased",
        speaker=speakers[0],
        cue=inner.cue[0] if inner.cue else None,
        chain=tuple(s for s in speakers[1:] if s is not None),
    )


def _quotation(a: Annotated, head: int) -> Quotation | None:
    return a.quotation_at(a.tokens[head].start)


def _holds(a: Annotated, x: Attribution, start: int, end: int, head: int) -> bool:
    token = a.tokens[head]
    if x.cue_head == head or any(q.start < end and start < q.end for q in x.cue):
        return False
    return x.holds(token.start, token.end)


def _size(x: Attribution) -> tuple[int, int]:
    return x.content[-1].end - x.content[0].start, -x.content[0].start


def _covers(x: Attribution, quotation: Quotation) -> bool:
    return any(q.start < quotation.inner_end and quotation.inner_start < q.end for q in x.content)


def _words(a: Annotated, quotation: Quotation) -> int:
    return len(a.report.text[quotation.inner_start : quotation.inner_end].split())


def _own_explanation(a: Annotated, head: int, x: Attribution) -> bool:
    """True in a relative clause behind a comma that keeps the present tense where the reporting verb is past.

    Reported words shift their tense back ("said they had provided arms"); an aside that does not ("…, which have
    provided arms") is the outlet's explanation.
    """
    if x.cue_head is None or a.tokens[x.cue_head].tag not in {"VBD", "VBN"}:
        return False
    for clause in (head, *a.ancestors(head)):
        token = a.tokens[clause]
        if token.start < x.content[0].start:
            return False
        if token.dep == "relcl" and _aside(a, clause):
            verb = next((c for c in a.children[clause] if a.tokens[c].dep in {"aux", "auxpass"}), clause)
            return a.tokens[verb].tag in _PRESENT
    return False


def _aside(a: Annotated, clause: int) -> bool:
    first = a.subtree(clause)[0]
    return a.tokens[first].norm in _RELATIVES and first > 0 and a.tokens[first - 1].text in {",", "—", "–"}


def _speaker(a: Annotated, x: Attribution, who: Who | None) -> Speaker | None:
    if not x.source or x.source_head is None:
        return None
    quote, tokens = x.source[0], _source_tokens(a, x)
    actor = who(*tokens) if who else None
    return Speaker(
        text=quote.text, start=quote.start, end=quote.end,
        id=actor.id if actor else None, name=actor.name if actor else None,
    )  # fmt: skip


def _source_tokens(a: Annotated, x: Attribution) -> tuple[int, int]:
    assert x.source_head is not None
    first = last = x.source_head
    while first > 0 and a.tokens[first - 1].start >= x.source[0].start:
        first -= 1
    while last + 1 < len(a.tokens) and a.tokens[last + 1].end <= x.source[0].end:
        last += 1
    return first, last + 1
