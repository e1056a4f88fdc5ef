"""When: the days of an event, from the time expressions of its report.

The days are never narrower than the words, are counted from the publication date (never from today), and are left open
where nothing in the report gives them: the publication date is no default.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from whodid.ground.times.attach import is_verb, names
from whodid.ground.times.clause import Clauses, Dated
from whodid.ground.times.expression import TimeExpression
from whodid.ground.times.lexicon import data
from whodid.ground.times.matcher import find
from whodid.ground.times.story import Story
from whodid.records import Annotated, Attribution, Mention, When

__all__ = ["TimeExpression", "Timing", "days", "expressions", "timings"]


@dataclass(frozen=True, slots=True)
class Timing:
    """The days of one mention and, for a reader, why these or why none."""

    when: When | None
    why: str


def expressions(annotated: Annotated) -> tuple[TimeExpression, ...]:
    """The time expressions of a report, in order; relative ones count from its publication date, never from today."""
    return find(annotated)


def timings(
    annotated: Annotated,
    mentions: Sequence[Mention],
    times: Sequence[TimeExpression],
    attributions: Sequence[Attribution] = (),
) -> tuple[Timing, ...]:
    """The days of each mention, in the order given.

    First each mention's own sentence is asked, then the words that it is said with (for events made of words), then the
    other mentions of the same event.
    """
    clauses = Clauses(annotated, times, (m.head for m in mentions))
    found = [clauses.date(m.head) or _as_said(clauses, m, attributions) for m in mentions]
    linked = Story(clauses, mentions, found).spread()
    unknown = _why_none(annotated, times)
    return tuple(Timing(None, unknown) if d is None else Timing(_record(annotated, d), d.why) for d in linked)


def days(annotated: Annotated, tokens: Sequence[int], times: Sequence[TimeExpression]) -> tuple[When | None, ...]:
    """The days that the sentence of each token gives it, in the order given: of a verb of saying, when it was said."""
    clauses = Clauses(annotated, times, tokens)
    found = (clauses.date(i) for i in tokens)
    return tuple(_record(annotated, d) if d is not None else None for d in found)


def _record(annotated: Annotated, d: Dated) -> When:
    return When(
        first=d.first, last=d.last, precision=d.precision, basis=d.basis,
        text=annotated.report.text[d.start : d.end], start=d.start, end=d.end,
    )  # fmt: skip


def _why_none(annotated: Annotated, times: Sequence[TimeExpression]) -> str:
    if not times:
        return "no time words in the report"
    if annotated.report.published is None and not any(e.dated for e in times):
        return "the publication date is not known, and no date in the text is complete"
    return "no time words belong to this event"


def _as_said(clauses: Clauses, mention: Mention, attributions: Sequence[Attribution]) -> Dated | None:
    """Saying is doing: a demand or threat given in the present or perfect is of the day on which it is reported."""
    annotated = clauses.annotated
    token = annotated.tokens[mention.head]
    if mention.type not in data("verbs")["speech_types"] or not _at_speech_time(annotated, mention.head):
        return None
    cue = _cue(annotated, mention, attributions)
    if cue is None:
        return None
    said = clauses.date(cue)
    if said is None:
        return None
    return replace(said, why=f"{said.why}, and “{token.text}” is said there")


def _cue(annotated: Annotated, mention: Mention, attributions: Sequence[Attribution]) -> int | None:
    """The verb of saying nearest above the mention."""
    around = [a for a in attributions if a.cue_head is not None and a.holds(mention.trigger.start, mention.trigger.end)]
    if around:
        return min(around, key=lambda a: sum(q.end - q.start for q in a.content)).cue_head
    below = mention.head
    for i in annotated.ancestors(mention.head):
        if annotated.tokens[below].dep in ("ccomp", "parataxis") and annotated.tokens[i].lemma in names("saying"):
            return i
        below = i
    return None


def _at_speech_time(annotated: Annotated, head: int) -> bool:
    """Present, perfect, modal or infinitive; also "wanted" under "said": an attitude in reported words."""
    token = annotated.tokens[head]
    while token.dep == "conj" and not is_verb(token):  # "was wrong and unacceptable"
        token = annotated.tokens[token.head]
    if token.dep in ("acomp", "attr", "oprd") and not is_verb(token):
        token = annotated.tokens[token.head]
    if not is_verb(token):
        return False
    auxiliaries = {
        annotated.tokens[c].norm for c in annotated.children[token.i] if annotated.tokens[c].dep in ("aux", "auxpass")
    }
    if auxiliaries & {"had", "was", "were"} or (token.tag == "VBD" and not auxiliaries):
        return token.lemma in data("verbs")["attitudes"] and "had" not in auxiliaries
    if "did" in auxiliaries:
        return token.lemma in data("verbs")["attitudes"]
    return bool(auxiliaries) or token.tag in ("VBZ", "VBP")
