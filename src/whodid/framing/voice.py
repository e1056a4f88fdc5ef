"""Whose a loaded word is. Quotation marks decide first, even around one word: scare quotes keep a distance as well."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources

import yaml

from whodid.framing.find import Match
from whodid.records import Annotated, Attribution, Quote, Voice

_NAMED = frozenset({"oprd", "attr", "ccomp", "xcomp", "acomp"})
"""How the name hangs on the verb that gives it."""
_RELATIVE = frozenset({"WP", "WDT"})


@cache
def words() -> dict[str, frozenset[str]]:
    """The lists of ``words.yaml``, read once."""
    text = resources.files(__package__).joinpath("words.yaml").read_text(encoding="utf-8")
    return {name: frozenset(group) for name, group in yaml.load(text, Loader=yaml.CSafeLoader).items()}


def voice(a: Annotated, match: Match, attributions: Sequence[Attribution]) -> tuple[Voice, Quote | None]:
    """The voice of a match, and the speaker's words where it is somebody else's and a source is named.

    Every content of an attribution counts, also an object ("condemned the assassination"), as nobody can tell there
    whose word it is: what is left is what an outlet can be held to.
    """
    start, end = a.tokens[match.first].start, a.tokens[match.last - 1].end
    held = [x for x in attributions if x.holds(start, end) and not _is_cue(x, start, end)]
    inner = min(held, key=lambda x: sum(q.end - q.start for q in x.content), default=None)
    speaker = inner.source[0] if inner is not None and inner.source else None
    if a.quotation_at(start) is not None:
        return "quoted", speaker
    if inner is not None:
        return "paraphrased", speaker
    if _kept_at_a_distance(a, match):
        return "paraphrased", None
    namer = _namer(a, match)
    if namer is not None:
        return "paraphrased", _subject(a, namer)
    return "outlet", None


def _is_cue(x: Attribution, start: int, end: int) -> bool:
    return any(q.start < end and start < q.end for q in x.cue)


def _kept_at_a_distance(a: Annotated, match: Match) -> bool:
    s = a.sentence_of(match.first)
    before = a.tokens[max(s.first, match.first - 3) : match.first]
    return any(t.norm in words()["distance"] for t in before) or "so - called" in " ".join(t.norm for t in before)


def _namer(a: Annotated, match: Match) -> int | None:
    """The verb that gives the words as a name, None where none does."""
    i = match.head
    while _belongs(a, i):
        i = a.tokens[i].head
    token = a.tokens[i]
    above = a.tokens[token.head]
    if token.dep == "pobj" and above.norm == "as" and above.dep == "prep":
        above = a.tokens[above.head]
        if above.dep == "dobj":  # the parser hung "as …" on the object
            above = a.tokens[above.head]
    elif token.dep == "dobj":
        return above.i if above.lemma in words()["calling"] else None
    elif token.dep not in _NAMED:
        return None
    return above.i if above.lemma in words()["naming"] and above.i != match.head else None


def _belongs(a: Annotated, i: int) -> bool:
    """True where the word above is part of the name too: "a terrorist GROUP", "an ACT of aggression"."""
    token = a.tokens[i]
    if token.dep == "prep":
        return token.norm == "of"
    return token.dep in {"compound", "amod", "conj"} or (token.dep == "pobj" and a.tokens[token.head].norm == "of")


def _subject(a: Annotated, verb: int) -> Quote | None:
    subject = next((k for k in a.children[verb] if a.tokens[k].dep == "nsubj"), None)
    if subject is None:
        return None
    if a.tokens[subject].tag in _RELATIVE and a.tokens[verb].dep == "relcl":
        subject = a.tokens[verb].head  # "who" is the noun that its clause hangs on
    phrase = a.phrase_of.get(subject)
    return a.quote(phrase.first, phrase.last) if phrase else a.quote(subject, subject + 1)
