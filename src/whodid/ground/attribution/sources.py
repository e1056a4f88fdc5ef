"""Whether two attributions have the same source."""

from __future__ import annotations

from whodid.records import Annotated, Attribution

_FIRST_PERSON = frozenset({"i", "we"})
_THIRD_PERSON = frozenset({"he", "she", "it", "they"})


def same_source(a: Annotated, inner: Attribution, outer: Attribution) -> bool:
    """True if the source of ``inner`` is a pronoun for that of ``outer``: "She said she doubted", “I doubt it”."""
    if inner.source_head is None or outer.source_head is None:
        return False
    mine, other = a.tokens[inner.source_head], a.tokens[outer.source_head]
    if mine.norm in _FIRST_PERSON:
        return a.quotation_at(mine.start) is not None and a.quotation_at(other.start) is None
    if mine.norm not in _THIRD_PERSON:
        return False
    return mine.norm == other.norm or _referent(a, mine.i) == _referent(a, other.i)


def _referent(a: Annotated, i: int) -> tuple[int, int]:
    link = a.link_of.get(i)
    if link is not None:
        return link.to_first, link.to_last
    entity = a.entity_of.get(i)
    if entity is not None:
        return entity.first, entity.last
    phrase = a.phrase_of.get(i)
    return (phrase.first, phrase.last) if phrase is not None else (i, i + 1)
