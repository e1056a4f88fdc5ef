"""Attributions of a report: who is given as the source of which words, and by which cue."""

from __future__ import annotations

from collections.abc import Iterable

from whodid.ground.attribution.addressee import addressee
from whodid.ground.attribution.direct import direct
from whodid.ground.attribution.lexicon import Lexicon, lexicon
from whodid.ground.attribution.nominal import nominal
from whodid.ground.attribution.spans import Found, Span, is_verb, runs
from whodid.ground.attribution.stance import cue_stance
from whodid.ground.attribution.verbs import indirect
from whodid.records import Annotated, Attribution

__all__ = ["find", "record"]


def find(a: Annotated) -> list[Found]:
    """Every attribution of the report, in the order of their cues."""
    words = lexicon()
    found = direct(a, words)
    with_quotation = {f.cue_head for f in found}
    found += (f for i in range(len(a.tokens)) if i not in with_quotation and (f := at(a, i, words)))
    return sorted((f for f in found if f.content), key=lambda f: f.cue_head)


def at(a: Annotated, i: int, words: Lexicon) -> Found | None:
    """The attribution without a direct quotation that token ``i`` makes as its cue."""
    if is_verb(a.tokens[i]) and a.tokens[i].norm != "according":
        return indirect(a, i, words)
    return nominal(a, i, words)


def record(a: Annotated, found: Found) -> Attribution:
    """The record of an attribution that was found."""
    quote = a.report.quote
    whom = addressee(a, found)
    return Attribution(
        source=(a.quote(*found.source),) if found.source else (),
        cue=tuple(a.quote(first, last) for first, last in runs(set(found.cue))),
        content=tuple(quote(start, end) for start, end in merged(_with_marks(a, span) for span in found.content)),
        source_head=found.source_head,
        cue_head=found.cue_head,
        direct=found.direct,
        reported=found.direct or found.group.reported,
        addressee=a.quote(*whom) if whom else None,
        stance=cue_stance(a, found),
    )


def _with_marks(a: Annotated, span: Span) -> Span:
    """The span with both marks of a quotation that it holds but for one mark, which the parser hung elsewhere."""
    start, end = span
    for q in a.quotations:
        if q.inner_end == end and start <= q.start:
            end = q.end
        elif q.inner_start == start and q.end <= end:
            start = q.start
    return start, end


def merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that touch or overlap as one."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out
