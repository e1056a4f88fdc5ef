"""Which event a time expression belongs to, by the parse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from whodid.ground.times.expression import TimeExpression
from whodid.ground.times.lexicon import data
from whodid.ground.times.tense import governor
from whodid.records import Annotated, Token

_PREMODIFIERS = frozenset({"poss", "compound", "nmod", "amod", "nummod", "det"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM"})
_VERBAL = frozenset({"VERB", "AUX"})


@dataclass(frozen=True, slots=True)
class Host:
    """A word that an expression dates: ``token``, how many words lie between (``distance``, 0 is the nearest), and the
    preposition that the expression itself stands behind ("" for none)."""

    token: int
    distance: int
    preposition: str


@cache
def names(key: str) -> frozenset[str]:
    """A word list of ``attach`` in verbs.yaml."""
    return frozenset(data("verbs")["attach"][key])


def is_verb(token: Token) -> bool:
    """True for verbs, and for participles that the tagger calls adjectives."""
    return token.pos in _VERBAL


def is_event_noun(token: Token, heads: frozenset[int]) -> bool:
    """True for a noun that names something that happens: one of another mention, or of the list."""
    return token.pos in ("NOUN", "PROPN") and (token.i in heads or token.lemma in names("event_nouns"))


def hosts(annotated: Annotated, e: TimeExpression, heads: frozenset[int]) -> Iterator[Host]:
    """The words that ``e`` dates, nearest first, up to the verb of its clause.

    A time climbs from a noun to what the noun stands in only where that happens at the same time: through prepositions
    of place and circumstance, and through objects that are no events of their own. ``heads``: the tokens that are
    predicates of mentions.
    """
    tokens = annotated.tokens
    i = governor(annotated, e.first_token, e.last_token)
    premodifier = tokens[i].dep in _PREMODIFIERS and tokens[i].head >= e.last_token
    preposition, distance = "", 0
    before = tokens[e.first_token - 1] if e.first_token else None
    if premodifier and before is not None and before.pos == "ADP" and not is_event_noun(tokens[tokens[i].head], heads):
        i, preposition, premodifier = (
            before.i,
            before.norm,
            False,
        )  # "On Thursday Peru's Congress": no Thursday of Peru's
    if (noun := _noun_beside(annotated, e, i, heads)) is not None:
        yield Host(noun, 0, preposition)
        return
    while tokens[i].head != i:
        above = tokens[tokens[i].head]
        if above.pos in ("ADP", "SCONJ") or above.dep == "prep":
            if distance == 0:
                preposition = preposition or above.norm
            elif above.norm not in names("transparent_premodified" if premodifier else "transparent"):
                return
        elif is_verb(above) and above.dep == "pcomp":  # "in rioting on Sunday": a gerund stands like a noun
            yield Host(above.i, distance, preposition)
            distance += 1
        elif is_verb(above):
            if distance == 0 or _climbs_to_verb(tokens[i], above, premodifier, heads):
                yield Host(above.i, distance, preposition)
            return
        elif above.pos in _NOMINAL and (distance == 0 or tokens[i].dep not in ("conj", "appos", "compound")):
            yield Host(above.i, distance, preposition)
            distance += 1
        i = above.i


def _noun_beside(annotated: Annotated, e: TimeExpression, at: int, heads: frozenset[int]) -> int | None:
    """ "This was an answer to a strike in Basra a week ago": the event noun whose phrase ends at the time, where the
    parser hangs the time (its token ``at``) on a verb that tells of nothing."""
    tokens = annotated.tokens
    above = tokens[tokens[at].head]
    if e.reading != "ago" or above.lemma != "be" or above.i == at or above.i > e.first_token:
        return None
    i = e.first_token - 1
    while above.i < i:
        if is_event_noun(tokens[i], heads):
            return i
        i = tokens[i].head if tokens[i].head < i else -1
    return None


def _climbs_to_verb(token: Token, verb: Token, premodifier: bool, heads: frozenset[int]) -> bool:
    """Does the time of ``token``, an argument or phrase of ``verb``, also date the verb?"""
    if token.pos == "ADP" or token.dep in ("prep", "agent"):
        return True
    event = is_event_noun(token, heads)
    if premodifier:
        return event and verb.lemma in names("carriers")
    return not event or verb.lemma in names("carriers")


def spans_by_preposition(
    annotated: Annotated, e: TimeExpression, times: Sequence[TimeExpression]
) -> TimeExpression | None:
    """The end of "from Monday to Wednesday", "between 5 May and 8 May"; None if ``e`` opens no such span."""
    tokens = annotated.tokens
    before = tokens[e.first_token - 1].norm if e.first_token else ""
    if before not in ("from", "between"):
        return None
    for other in times:
        gap = [t.norm for t in tokens[e.last_token : other.first_token] if t.text != ","]
        if other.first_token > e.last_token and len(gap) == 1:
            return other if gap[0] in (("to", "until", "till", "through") if before == "from" else ("and",)) else None
    return None
