"""Claims as predictions: events, protest yes or no, police actions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bench.pipeline import Pipeline
from bench.shared import Row
from bench.tasks.petrarch import dyads
from whodid.records import Actor, Claim


def events(rows: Iterable[Row], pipeline: Pipeline) -> Iterator[Row]:
    """Every event that a text tells of, whatever its status: PLOVER codes what is planned, possible or denied too and
    marks it so (its auxiliary modes). Claims that were fused into one event and have one type are one prediction."""
    for row, claims in pipeline.coded(rows):
        first = {(c.event, c.type): c for c in reversed(claims)}
        yield {"id": row["id"], "events": [_event(c) for c in claims if first[c.event, c.type] is c]}


def petrarch_events(rows: Iterable[Row], pipeline: Pipeline) -> Iterator[Row]:
    """The events of a text by the rules of PETRARCH-2."""
    kept = list(rows)
    parses = {row["id"]: a for row, a in pipeline.annotated(kept)}
    for row, claims in pipeline.coded(kept):
        found = dyads(claims, parses[row["id"]], pipeline.ontology)
        yield {"id": row["id"], "events": [_event(c) for c in found]}


def _event(claim: Claim) -> Row:
    return {
        "event_type": claim.type,
        "quad": claim.quad,
        "trigger": {"start": claim.trigger.start, "end": claim.trigger.end},
        "source": [_actor(a) for a in claim.actors],
        "target": [_actor(a) for a in claim.recipients],
        "status": claim.status,
        "historical": claim.historical,
    }


def _actor(actor: Actor) -> Row:
    """Country, then first sector: USAGOV; an actor without a country begins with its sector: IGO. CAMEO, in which the
    gold is coded, files the bodies of the UN and of Europe under IGO."""
    country = actor.country or ""
    code = ("IGO" if country in ("UNO", "EUR") else "") + country + (actor.sectors[0] if actor.sectors else "")
    return {"text": actor.text, "start": actor.start, "end": actor.end, "code": code}


def binary(rows: Iterable[Row], pipeline: Pipeline) -> Iterator[Row]:
    """1 where a text claims a protest that was not denied, past ones and calls for one included."""
    for row, claims in pipeline.coded(rows):
        yield {"id": row["id"], "label": int(any(c.type == "PROTEST" and c.status != "negated" for c in claims))}


def police(rows: Iterable[Row], pipeline: Pipeline) -> Iterator[Row]:
    """Sentences in which police act. FAIL (police who stand by) is no event type and is never predicted."""
    for row, claims in pipeline.coded(rows):
        labels: dict[tuple[int, int], set[str]] = {}
        for claim in claims:
            if claim.status == "happened" and any("COP" in actor.sectors for actor in claim.actors):
                found = labels.setdefault((claim.sentence.start, claim.sentence.end), set())
                found |= _police_labels(claim)
        yield {
            "id": row["id"],
            "sentences": [{"start": s, "end": e, "labels": sorted(found)} for (s, e), found in labels.items()],
        }


def _police_labels(claim: Claim) -> set[str]:
    labels = {"ANY_ACTION"}
    if claim.type == "ASSAULT":
        labels.add("FORCE")
        if any(count.what == "killed" for count in claim.counts) or claim.mode in {"assassinate", "execute"}:
            labels.add("KILL")
    if claim.type == "COERCE" and claim.mode == "arrest":
        labels.add("ARREST")
    return labels
