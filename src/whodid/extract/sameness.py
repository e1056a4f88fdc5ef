"""Mentions of one event within a report, as far as the extractor needs to know: repeats, and nouns that look back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from whodid.extract.lexicon import words
from whodid.extract.tree import children, is_verb
from whodid.records import Annotated, Mention

_OPEN = ("future", "hypothetical")


def without_repeats(a: Annotated, mentions: Iterable[Mention]) -> list[Mention]:
    """Coordinated verbs of one type with the same people ("killed and wounded") are one event, and so are an attack and
    its toll ("opened fire, wounding two"): the first is kept."""
    kept: list[Mention] = []
    for m in mentions:
        same = [k for k, earlier in enumerate(kept) if earlier.sentence.start == m.sentence.start]
        attack = next((k for k in same if _is_toll(a, kept[k], m)), None)
        if attack is not None:
            kept[attack] = _with_toll(kept[attack], m)
        elif not any(_repeats(a, kept[k], m) for k in same):
            kept.append(m)
    return kept


def _is_toll(a: Annotated, attack: Mention, m: Mention) -> bool:
    """True for a participle that hangs on an attack and says whom it hit: "…, killing three"."""
    t = a.tokens[m.head]
    if not attack.type == m.type == "ASSAULT" or attack.status != m.status:
        return False
    if t.dep != "advcl" or t.tag != "VBG" or t.lemma not in words()["toll"] or children(a, t.i, "nsubj", "mark"):
        return False
    first, last = a.token_range(attack.trigger)
    actors = [{r.quote.start for r in x.roles if r.kind == "actor"} for x in (attack, m)]
    return first <= t.head < last and (not actors[1] or actors[0] == actors[1])


def _with_toll(attack: Mention, toll: Mention) -> Mention:
    known = {r.quote.start for r in attack.roles}
    more = tuple(r for r in toll.roles if r.kind == "recipient" and r.quote.start not in known)
    note = f"“{toll.trigger.text}” tells its toll"
    return attack.model_copy(
        update={
            "roles": (*attack.roles, *more),
            "counts": (*attack.counts, *(c for c in toll.counts if c not in attack.counts)),
            "why": (*attack.why, note, *(f"{r.kind} “{r.quote.text}”: {r.why}" for r in more)),
        }
    )


def _repeats(a: Annotated, first: Mention, later: Mention) -> bool:
    if first.type != later.type or (first.counts and later.counts):
        return False  # "two were killed and a hundred wounded" are two numbers, and two claims
    path = [later.head, *a.ancestors(later.head)]
    if first.head not in path[1:] or any(a.tokens[k].dep != "conj" for k in path[: path.index(first.head)]):
        return False
    return {r.quote.start for r in later.roles} <= {r.quote.start for r in first.roles}


def settle(a: Annotated, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """A noun that looks back ("the march") takes the status of the event that it looks back to, where that is still to
    come and the words around the noun do not say that it took place."""
    seen: list[Mention] = []
    for mention in mentions:
        earlier = next((k for k in reversed(seen) if k.type == mention.type), None)
        if earlier and earlier.status in _OPEN and mention.status == "happened" and _looks_back(a, mention):
            note = f"status {earlier.status}: “{mention.trigger.text}” looks back to “{earlier.trigger.text}”"
            seen.append(mention.model_copy(update={"status": earlier.status, "why": (*mention.why, note)}))
        else:
            seen.append(mention)
        yield seen[-1]


def _looks_back(a: Annotated, m: Mention) -> bool:
    t = a.tokens[m.head]
    if is_verb(t) or any(r.kind == "actor" for r in m.roles):
        return False
    if not any(c.norm in words()["definite"] for c in children(a, t.i, "det", "poss")):
        return False
    verb = a.tokens[t.head]
    if t.dep == "pobj" and verb.norm in words()["takes_place"]:
        return False  # "after the meeting"
    took_place = (
        t.dep in ("nsubj", "nsubjpass") and verb.tag in ("VBD", "VBN") and verb.lemma not in words()["says_no_more"]
    )
    return not took_place
