"""Mention → Claim: who, when, where and said by whom, each tied to the world as far as the words allow."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version

from whodid.ground.content import content
from whodid.ground.said_by import attributions, said_by
from whodid.ground.when import expressions, timings
from whodid.ground.where import Toponym, toponyms, where
from whodid.ground.who import Who
from whodid.ontology import Ontology
from whodid.records import Actor, Annotated, Claim, Coded, Extraction, Mention, Rejection, Role

CODER = f"whodid {version('whodid')}"
_ON_THE_SPOT = frozenset({"ASSAULT", "MOBILIZE", "RETREAT"})
_DENIED = "status negated: the speaker denies it"
_OWN = "“{}” is no recipient: the actor governs it"


def ground(
    items: Iterable[Extraction | Rejection], *, ontology: Ontology, coder: str = CODER
) -> Iterator[Coded | Rejection]:
    """The claims of each report, in order; rejections pass through. A report without mentions has no claims. ``coder``
    is what the claims call their coder."""
    who = Who()
    for item in items:
        if isinstance(item, Rejection):
            yield item
        else:
            claims = _claims(item.annotated, item.mentions, who, ontology, coder)
            yield Coded(report=item.annotated.report, claims=claims, rejections=item.rejections, usage=item.usage)


def _claims(a: Annotated, mentions: Sequence[Mention], who: Who, ontology: Ontology, coder: str) -> tuple[Claim, ...]:
    if not mentions:
        return ()
    times, names, attributed = expressions(a), toponyms(a), attributions(a)
    dated = timings(a, mentions, times, attributed)
    claims = []
    for m, timing in zip(mentions, dated, strict=True):
        said = said_by(
            a, m.trigger.start, m.trigger.end, m.head, attributed, lambda first, last: who.resolve(a, first, last)
        )
        denied = said.stance == "denies" and m.status == "happened"
        actors = _actors(a, who, (r for r in m.roles if r.kind == "actor"))
        recipients = _actors(a, who, (r for r in m.roles if r.kind == "recipient"))
        own = [r for r in recipients if any(_own_country(x, r) for x in actors)]
        notes = [*(_OWN.format(r.text) for r in own), *([_DENIED] if denied else [])]
        claims.append(
            Claim(
                id=(key := _id(a, m)),
                report=a.report.info,
                type=m.type,
                mode=m.mode,
                contexts=m.contexts,
                quad=(quad := ontology.quad(m.type)),
                cameo=ontology.cameo(m.type, m.mode, m.contexts),
                scale=ontology.scale(m.type, m.mode),
                status="negated" if denied else m.status,
                historical=m.historical,
                trigger=m.trigger,
                sentence=m.sentence,
                actors=actors,
                recipients=tuple(r for r in recipients if r not in own),
                when=timing.when,
                where=where(a, m, _places(m, names)),
                said_by=said,
                counts=m.counts,
                content=content(a, m, quad, attributed, mentions),
                event=key,
                score=m.score,
                why=(*m.why, *notes, f"when: {timing.why}"),
                coder=coder,
                ontology=ontology.name,
            )
        )
    return tuple(claims)


def _places(m: Mention, names: Sequence[Toponym]) -> list[Toponym]:
    """The place names that do not stand for a side of the mention ("a U.S. strike", "sanctions on Belarus"); what is
    attacked, occupied or left is a side and the place."""
    acting = [r.quote for r in m.roles if r.kind == "actor" or m.type not in _ON_THE_SPOT]
    return [n for n in names if not any(q.start < n.end and n.start < q.end for q in acting)]


def _own_country(actor: Actor, recipient: Actor) -> bool:
    """True where a recipient is the country, named bare, for which the actor governs ("the president warned that the
    United States would strike …"): such a name stands for the government, which is no recipient of its own act."""
    bare = recipient.country is not None and recipient.id == recipient.country
    return bare and recipient.country == actor.country and "GOV" in actor.sectors


def _id(a: Annotated, m: Mention) -> str:
    """Sixteen hexadecimal digits from what the claim says and where it stands, so that a re-run gives the same."""
    parts: Sequence[object] = (a.report.id, m.type, m.mode, m.trigger.start, m.trigger.end, a.tokens[m.head].start)
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]


def _actors(a: Annotated, who: Who, roles: Iterable[Role]) -> tuple[Actor, ...]:
    return tuple(who.resolve(a, *a.token_range(role.quote)) for role in roles)
