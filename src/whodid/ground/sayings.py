"""Annotated → Sayings: every attribution of a report, with who and to whom tied to the world."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from whodid.ground.said_by import attributions, said_by, source_words
from whodid.ground.when import days, expressions
from whodid.ground.who import Who
from whodid.records import Actor, Annotated, Attribution, Form, Quote, Rejection, Saying, Sayings, When


def sayings(items: Iterable[Annotated | Rejection]) -> Iterator[Sayings | Rejection]:
    """The attributions of each report, in the order of their cues; rejections pass through."""
    who = Who()
    for item in items:
        yield item if isinstance(item, Rejection) else _all(item, who)


def _all(a: Annotated, who: Who) -> Sayings:
    found = attributions(a)
    heads = [_head(a, x) for x in found]
    dated = days(a, heads, expressions(a))
    return Sayings(
        report=a.report,
        sayings=tuple(_saying(a, x, head, day, found, who) for x, head, day in zip(found, heads, dated, strict=True)),
    )


def _head(a: Annotated, x: Attribution) -> int:
    return x.cue_head if x.cue_head is not None else a.token_range((*x.cue, *x.content)[0])[0]


def _saying(
    a: Annotated, x: Attribution, head: int, day: When | None, found: Sequence[Attribution], who: Who
) -> Saying:
    source = source_words(a, x)
    token = a.tokens[head]
    sentence = a.sentence_of(head)
    return Saying(
        id=_id(a, x),
        report=a.report.info,
        who=who.resolve(a, *source) if source else None,
        to_whom=_actor(a, x.addressee, who),
        cue=x.cue,
        words=x.content,
        form=_form(a, x),
        stance=x.stance,
        when=day,
        said_by=said_by(a, token.start, token.end, head, found, lambda first, last: who.resolve(a, first, last)),
        sentence=a.report.quote(sentence.start, sentence.end),
    )


def _actor(a: Annotated, words: Quote | None, who: Who) -> Actor | None:
    return who.resolve(a, *a.token_range(words)) if words is not None else None


def _form(a: Annotated, x: Attribution) -> Form:
    """Direct where all of it is in quotation marks, mixed where some is, else indirect."""
    within = [any(m.start <= q.start and q.end <= m.end for m in a.quotations) for q in x.content]
    if all(within):
        return "direct"
    partly = any(q.start <= m.start and m.end <= q.end for q in x.content for m in a.quotations)
    return "mixed" if any(within) or partly else "indirect"


def _id(a: Annotated, x: Attribution) -> str:
    """Sixteen hexadecimal digits from where the words stand, so that a re-run gives the same."""
    parts = (a.report.id, *((q.start, q.end) for q in (*x.cue, *x.content)))
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]
