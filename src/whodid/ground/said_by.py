"""Who says so: the voice and the speaker of a claim.

A claim is in the *outlet's* voice, or it is somebody else's: *quoted* if its trigger stands in quotation marks,
*paraphrased* if it stands in reported words. The speaker is the source of the innermost attribution whose content holds
the trigger; the sources around it are the chain ("an official told Reuters that the ministry had confirmed …").
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from whodid.ground.attribution import find, record
from whodid.ground.attribution.sources import same_source
from whodid.ground.stance import stance
from whodid.records import Actor, Annotated, Attribution, Quotation, SaidBy, Speaker

_SCRAP = 3
"""A quotation of so many words that nobody is named for is the outlet's own (scare quotes, a title)."""
_RELATIVES = frozenset({"who", "which", "whom", "whose", "where"})
_ASIDES = frozenset({",", "—", "–", "("})
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
    half-open). A trigger that is itself the cue of an attribution ("urged") is the outlet's unless another holds it.
    """
    quotation = _quotation(annotated, start, end)
    around = [x for x in attributions if _holds(annotated, x, start, end, head)]
    around.sort(key=_size)
    told = _speaking(annotated, [x for x in around if x.reported])
    if told and not quotation and _own_explanation(annotated, head, told[0]):
        told = []
    if not told and quotation:
        told = [x for x in around if _covers(x, quotation)]
        if not told and _words(annotated, quotation) > _SCRAP:
            return SaidBy(voice="quoted")
    if not told:
        return SaidBy(voice="outlet", stance=stance(annotated, head, around, None))
    speakers = [_speaker(annotated, x, who) for x in told]
    inner = told[0]
    return SaidBy(
        voice="quoted" if quotation else "paraphrased",
        speaker=speakers[0],
        cue=inner.cue[0] if inner.cue else None,
        chain=tuple(s for s in speakers[1:] if s is not None),
        stance=stance(annotated, head, around, inner),
    )


def outermost(annotated: Annotated, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Those that stand in no other one's content: the layer that PolNeAR annotates ("univocal", without nesting)."""

    def inside(x: Attribution) -> bool:
        cue = annotated.tokens[x.cue_head] if x.cue_head is not None else None
        return cue is not None and any(y is not x and y.holds(cue.start, cue.end) for y in attributions)

    return tuple(x for x in attributions if not inside(x))


def _quotation(a: Annotated, start: int, end: int) -> Quotation | None:
    """The innermost quotation around the whole trigger; marks at its own ends may belong to it."""
    around = [q for q in a.quotations if q.start <= start and end <= q.end]
    return min(around, key=lambda q: q.end - q.start) if around else None


def _speaking(a: Annotated, told: list[Attribution]) -> list[Attribution]:
    """``told`` (innermost first) without those that add no speaker: nobody is named, or the one around it is the same
    ("She said she did not believe that …")."""
    out: list[Attribution] = []
    for n, x in enumerate(told):
        outer = told[n + 1] if n + 1 < len(told) else None
        if outer is None or (x.source_head is not None and not same_source(a, x, outer)):
            out.append(x)
    return out


def _holds(a: Annotated, x: Attribution, start: int, end: int, head: int) -> bool:
    token = a.tokens[head]
    if not x.content or token.start < x.content[0].start or x.content[-1].end < token.end or x.cue_head == head:
        return False  # most of a report's attributions are elsewhere
    return x.holds(token.start, token.end) and not any(q.start < end and start < q.end for q in x.cue)


def _size(x: Attribution) -> tuple[int, int]:
    return x.content[-1].end - x.content[0].start, -x.content[0].start


def _covers(x: Attribution, quotation: Quotation) -> bool:
    return any(q.start < quotation.inner_end and quotation.inner_start < q.end for q in x.content)


def _words(a: Annotated, quotation: Quotation) -> int:
    return len(a.report.text[quotation.inner_start : quotation.inner_end].split())


def _own_explanation(a: Annotated, head: int, x: Attribution) -> bool:
    """True in the outlet's own explanation within reported words: who somebody is, or an aside in another tense.

    An apposition to a name, behind a comma, tells the reader who is meant. Reported words shift their tense back ("said
    they had provided arms"); a relative clause behind a comma that does not ("…, which have provided arms") is one.
    """
    for clause in (head, *a.ancestors(head)):
        token = a.tokens[clause]
        if not x.holds(token.start, token.end):
            return False
        if token.dep == "appos" and clause != head and a.tokens[token.head].pos == "PROPN":
            return a.tokens[a.subtree(clause)[0] - 1].text in _ASIDES
        if token.dep == "relcl" and _aside(a, clause):
            verb = next((c for c in a.children[clause] if a.tokens[c].dep in {"aux", "auxpass"}), clause)
            past = x.cue_head is not None and a.tokens[x.cue_head].tag in {"VBD", "VBN"}
            return past and a.tokens[verb].tag in _PRESENT
    return False


def _aside(a: Annotated, clause: int) -> bool:
    first = a.subtree(clause)[0]
    return a.tokens[first].norm in _RELATIVES and first > 0 and a.tokens[first - 1].text in _ASIDES


def _speaker(a: Annotated, x: Attribution, who: Who | None) -> Speaker | None:
    """The source as a speaker."""
    words = source_words(a, x)
    if words is None:
        return None
    quote = a.quote(*words)
    actor = who(*words) if who else None
    return Speaker(
        text=quote.text,
        start=quote.start,
        end=quote.end,
        id=actor.id if actor else None,
        name=actor.name if actor else None,
    )


def source_words(a: Annotated, x: Attribution) -> tuple[int, int] | None:
    """The tokens (half-open) of the source; behind a relative "who" stands the word that the clause hangs on."""
    if not x.source or x.source_head is None:
        return None
    first, last = a.token_range(x.source[0])
    head = a.tokens[x.source_head]
    if head.tag in {"WP", "WDT"}:
        noun = next((k for k in a.ancestors(head.i) if a.tokens[k].pos in {"NOUN", "PROPN", "PRON"}), None)
        phrase = a.phrase_of.get(noun) if noun is not None else None
        if phrase is not None:
            first, last = phrase.first, phrase.last
    return first, last
