"""Which words the learned coder is asked about: those that can tell of an event, and those that can have a part in it.

The same words are asked about in training and at run time.
"""

from __future__ import annotations

from whodid.extract.tree import RELATIVE, is_verb
from whodid.records import Annotated, Sentence, Token

_EMPTY = frozenset({"be", "have", "do", "say", "go", "get", "make", "include"})
_NEVER = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "ORDINAL", "QUANTITY", "CARDINAL", "GPE", "NORP", "PERSON"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_NO_PART = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "ORDINAL", "QUANTITY"})
_PLACEHOLDERS = frozenset({"it", "there", "this", "that", "what", "these", "those"})


def can_tell(t: Token) -> bool:
    """True for a word that can tell of an event: a verb, a noun or adjective outside names and amounts."""
    if is_verb(t):
        return t.lemma not in _EMPTY
    if t.entity in _NEVER:
        return False
    return t.pos in ("NOUN", "ADJ") or (t.pos == "PROPN" and not t.entity)


def can_take_part(t: Token) -> bool:
    """True for the head of a phrase that can name a party: nouns, names, pronouns, "Israeli" in front of a noun."""
    if t.entity in _NO_PART or t.norm in RELATIVE or t.norm in _PLACEHOLDERS:
        return False
    if t.pos == "PRON":
        return True
    return t.pos in _NOMINAL or (t.pos == "ADJ" and t.entity == "NORP")


def predicates(a: Annotated, s: Sentence) -> list[int]:
    """The tokens of a sentence that can tell of an event."""
    return [i for i in range(s.first, s.last) if can_tell(a.tokens[i])]


def parties(a: Annotated, s: Sentence) -> list[int]:
    """The tokens of a sentence that can name a party; of a name of several words its last only."""
    out = []
    for i in range(s.first, s.last):
        t = a.tokens[i]
        inside_name = t.dep == "compound" and t.entity and a.tokens[t.head].entity == t.entity
        if can_take_part(t) and not (inside_name and a.entity_of.get(i) is a.entity_of.get(t.head)):
            out.append(i)
    return out
