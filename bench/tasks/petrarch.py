"""The claims of a text as PETRARCH-2 would write its events, for gold that keeps to the rules of that coder.

The rules are those of its own description (`petrarch2/PETRtree.py`: `Sentence.get_events`, `VerbPhrase.get_meaning`,
`VerbPhrase.get_code`) and dictionary; docs/bench.md tells them in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import permutations, product

from whodid.ontology import Ontology
from whodid.records import Actor, Annotated, Claim, Quote

_TOGETHER = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE"})
"""CAMEO 03 to 06: several actors without a target do it with each other."""

_CHAIN = frozenset({"ROOT", "conj", "xcomp", "aux", "auxpass", "prt", "acomp", "attr", "prep", "dative"})
_INSIDE = frozenset({"ccomp", "parataxis", "dobj", "pobj", "nsubj", "nsubjpass", "csubj", "dep", "compound", "nmod"})
_CAME_OF = re.compile(r"future ([A-Z]+) → ")


def dyads(claims: Sequence[Claim], a: Annotated, ontology: Ontology) -> Iterator[Claim]:
    """The events of one text as claims with one actor and one recipient each, none twice in a sentence."""
    seen: set[tuple[int, str, str, str]] = set()
    for claim in _highest(claims, a):
        type_ = _without_tense(claim)
        targets = [r for r in claim.recipients if not _in_a_clause_below(a, claim, r)]
        for source, target in _pairs(claim.actors, targets, type_):
            key = (claim.sentence.start, type_, _name(source), _name(target))
            if _name(source) != _name(target) and key not in seen:
                seen.add(key)
                yield claim.model_copy(
                    update={
                        "type": type_,
                        "quad": ontology.quad(type_),
                        "actors": (source,),
                        "recipients": (target,),
                    }
                )


def _highest(claims: Sequence[Claim], a: Annotated) -> Iterator[Claim]:
    """Those told by the highest predicate of their sentence that tells of an event."""
    depth = {c.id: _depth(a, c) for c in claims if c.status != "negated"}
    for claim in claims:
        own = depth.get(claim.id)
        same = [d for c in claims if c.sentence == claim.sentence and (d := depth.get(c.id)) is not None]
        if own is not None and own == min(same):
            yield claim


def _depth(a: Annotated, claim: Claim) -> int | None:
    """How many complements lie between the predicate and the head of its sentence; None inside a modifying clause,
    which PETRARCH-2 does not read."""
    i = _head(a, claim.trigger)
    depth = 0
    for k in (i, *a.ancestors(i)):
        dep = a.tokens[k].dep
        if dep in _INSIDE:
            depth += 1
        elif dep not in _CHAIN:
            return None
    return depth


def _head(a: Annotated, quote: Quote) -> int:
    first, last = a.token_range(quote)
    return next((k for k in range(first, last) if not first <= a.tokens[k].head < last or a.tokens[k].head == k), first)


def _in_a_clause_below(a: Annotated, claim: Claim, party: Actor) -> bool:
    """A toll that is told by a participle ("bombed the town, killing two") is not what the verb itself hits."""
    top = _head(a, claim.trigger)
    i = _head(a, a.report.quote(party.start, party.end))
    path = [i, *a.ancestors(i)]
    return top in path and any(a.tokens[k].dep == "advcl" for k in path[: path.index(top)])


def _without_tense(claim: Claim) -> str:
    """The type of the verb itself: auxiliaries carry no code there, "will meet" is what "met" is."""
    found = (_CAME_OF.match(line) for line in claim.why)
    return next((match.group(1) for match in found if match), claim.type)


def _pairs(sources: Sequence[Actor], targets: Sequence[Actor], type_: str) -> Iterable[tuple[Actor, Actor]]:
    if not targets:
        # a clash has two sides, which are both actors in our claims and source and target there
        return permutations(sources, 2) if type_ in _TOGETHER | {"ASSAULT"} else ()
    pairs = list(product(sources, targets))
    if type_ == "CONSULT":  # the dictionary has a code for each side: [040:040], [042:043]
        pairs += [(target, source) for source, target in pairs]
    return pairs


def _name(actor: Actor) -> str:
    """Actors with one code are one actor there."""
    return (actor.country or "") + "".join(actor.sectors[:1]) or actor.text.casefold()
