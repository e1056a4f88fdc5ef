"""Annotated → LoadedWord: the words that a report uses for contested things, and whose they are.

Who calls a government a regime, a killing an assassination, a fighter a terrorist? The lexicon has every side's terms;
nothing of the coding depends on them.
"""

from __future__ import annotations

from collections.abc import Sequence

from whodid.framing.about import about
from whodid.framing.compare import Comparison, TermCount, compare
from whodid.framing.find import Match, find
from whodid.framing.lexicon import patterns, things
from whodid.framing.model import Lean, LoadedWord, Term, Thing
from whodid.framing.voice import voice
from whodid.records import Annotated, Attribution

__all__ = ["Comparison", "Lean", "LoadedWord", "Term", "TermCount", "Thing", "compare", "framing", "things"]


def framing(annotated: Annotated, attributions: Sequence[Attribution]) -> tuple[LoadedWord, ...]:
    """Every use of a word of the lexicon in a report, neutral ones too, in the order of the text.

    ``attributions`` are those of the report (``ground`` finds them): a word in their contents is not the outlet's own.
    """
    return tuple(_use(annotated, match, attributions) for match in find(annotated, patterns()))


def _use(a: Annotated, match: Match, attributions: Sequence[Attribution]) -> LoadedWord:
    thing, term = match.pattern.thing, match.pattern.term
    said, speaker = voice(a, match, attributions)
    s = a.sentence_of(match.first)
    return LoadedWord(
        report=a.report.info,
        thing=thing.key,
        name=thing.name,
        term=term.term,
        lean=term.lean,
        quote=a.quote(match.first, match.last),
        sentence=a.report.quote(s.start, s.end),
        voice=said,
        speaker=speaker,
        about=about(a, match),
    )
