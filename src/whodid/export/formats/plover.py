"""PLOVER 2.0 as JSON Lines: one object an event, in the named fields of PLOVER.

Follows the chapter "Data Fields" of the PLOVER manual (openeventdata/PLOVER, draft version 2.0): ``id``, ``date``,
``actor`` and ``event`` are required, everything else is optional, and further fields are allowed. Auxiliary modes
(future, hypothetical, negation, historical) are in ``context``, as the manual says. ``identifier_id`` is kept for
Wikidata ids and therefore absent; Whodid's own ids are in ``whodid``, with everything else that PLOVER has no field
for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from whodid.export.format import Field, Format, Lines, nothing
from whodid.export.places import country, level
from whodid.export.told import Told
from whodid.records import Actor, Claim, Event, ReportInfo, Where

FILE = "events.plover.jsonl"
_RESOLUTION = {"country": 1, "province": 2, "district": 3, "city": 4}
_SIZES = {"killed": "dead", "injured": "injured", "arrested": "arrested"}
_NEGATION = {"negated": "negation"}
"""Statuses whose auxiliary mode has another name."""

FIELDS: tuple[Field, ...] = (
    Field("id", "text", "id of the event", "id"),
    Field("date", "day", "first day on which it may have happened", "when.first"),
    Field("enddate", "day", "last day on which it may have happened, where that is another", "when.last"),
    Field("actor", "list", "who did it; objects with the keys of entity", "actors"),
    Field("recipient", "list", "to whom; objects with the keys of entity", "recipients"),
    Field("event", "list", "PLOVER type", "type"),
    Field("mode", "list", "PLOVER mode", "mode"),
    Field("context", "list", "PLOVER contexts, and the auxiliary modes future, hypothetical, negation and historical",
          "contexts, status, historical"),
    Field("quad_code", "whole number", "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material "
          "conflict", "quad"),
    Field("event_scale", "number", "PLOVER score of type and mode, -10 to 10", "scale"),
    Field("event_loc", "object", "place; keys of location", "where"),
    Field("event_text", "list", "words that name the event, of every claim", "trigger"),
    Field("size", "object", "dead, injured, arrested: at least so many", "counts"),
    Field("text_info", "object", "start and end of the first claim's sentence in its report, in Unicode code points",
          "sentence"),
    Field("cite_info", "object", "url, title, language, publication, coder, codebook of the first claim", "report"),
    Field("coder", "text", "program that coded it", "coder"),
    Field("whodid", "object", "what PLOVER has no field for: status, historical, score, independent reports, flags, "
          "and every claim with its report, voice, stance and words", "claims"),
    Field("entity.code", "text", "ISO 3166-1 alpha-3, or PLOVER's code in its place", "actors.country"),
    Field("entity.sector", "text", "primary sector, or primary and secondary in six letters", "actors.sectors"),
    Field("entity.entity_text", "text", "the words of the report", "actors.text"),
    Field("entity.identifier_text", "text", "name, where one is known", "actors.name"),
    Field("location.extracted_place", "text", "the words for the place", "where.text"),
    Field("location.resolved_place", "text", "its name in GeoNames", "where.name"),
    Field("location.geonameid", "whole number", "GeoNames id", "where.geonameid"),
    Field("location.lat", "number", "degrees, WGS84", "where.latitude"),
    Field("location.lon", "number", "degrees, WGS84", "where.longitude"),
    Field("location.city", "text", "name, if it is a town", "where.name"),
    Field("location.district", "text", "name, if it is a second-level division", "where.name"),
    Field("location.province", "text", "name, if it is a first-level division", "where.name"),
    Field("location.country", "text", "name of the country", "where.country"),
    Field("location.country_code", "text", "ISO 3166-1 alpha-3", "where.country"),
    Field("location.resolution", "whole number", "4 town, 3 second-level division, 2 first-level division, 1 country",
          "where.geonameid"),
)  # fmt: skip


def record(told: Told) -> dict[str, Any]:
    """An event as PLOVER writes it; keys without a value are absent."""
    event = told.event
    if event.when is None:
        raise ValueError(f"event {event.id} has no day")
    first, last = event.when.first, event.when.last
    return _present(
        {
            "id": event.id,
            "date": first.isoformat(),
            "enddate": last.isoformat() if last != first else None,
            "actor": _entities(event.actors),
            "recipient": _entities(event.recipients),
            "event": [event.type],
            "mode": [event.mode] if event.mode else None,
            "context": [*event.contexts, *_auxiliary(event)],
            "quad_code": event.quad,
            "event_scale": event.scale,
            "event_loc": _location(event.where) if event.where else None,
            "event_text": list(dict.fromkeys(claim.trigger.text for claim in told.claims)),
            "size": _present({_SIZES[t.what]: t.low for t in event.counts if t.what in _SIZES}),
            "text_info": {"start": told.lead.sentence.start, "end": told.lead.sentence.end},
            "cite_info": _citation(told.lead.report, told.lead),
            "coder": told.lead.coder,
            "whodid": _more(told),
        }
    )


def _present(given: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in given.items() if value not in (None, [], {})}


def _auxiliary(event: Event) -> Iterable[str]:
    if event.status != "happened":
        yield _NEGATION.get(event.status, event.status)
    if event.historical:
        yield "historical"


def _entities(people: Sequence[Actor]) -> list[dict[str, Any]]:
    return [
        _present(
            {
                "code": actor.country,
                "sector": "".join(actor.sectors[:2]) or None,
                "entity_text": actor.text,
                "identifier_text": actor.name,
            }
        )
        for actor in people
    ]


def _location(where: Where) -> dict[str, Any]:
    of = level(where)
    home = country(where.country)
    return _present(
        {
            "extracted_place": where.text,
            "resolved_place": where.name,
            "geonameid": where.geonameid,
            "lat": where.latitude,
            "lon": where.longitude,
            "city": where.name if of == "city" else None,
            "district": where.name if of == "district" else None,
            "province": where.name if of == "province" else None,
            "country": home.name if home else None,
            "country_code": where.country,
            "resolution": _RESOLUTION.get(of),
        }
    )


def _citation(report: ReportInfo, claim: Claim) -> dict[str, Any]:
    return _present(
        {
            "url": report.url,
            "title": report.title,
            "language": report.language,
            "publication": report.publisher,
            "coder": claim.coder,
            "codebook": claim.ontology,
        }
    )


def _more(told: Told) -> dict[str, Any]:
    event = told.event
    return {
        "status": event.status,
        "historical": event.historical,
        "score": event.score,
        "independent": event.independent,
        "flags": list(event.flags),
        "actor_ids": [actor.id for actor in event.actors],
        "recipient_ids": [actor.id for actor in event.recipients],
        "claims": [_claim(claim) for claim in told.claims],
    }


def _claim(claim: Claim) -> dict[str, Any]:
    speaker = claim.said_by.speaker
    return {
        "id": claim.id,
        "report": claim.report.model_dump(mode="json"),
        "status": claim.status,
        "voice": claim.said_by.voice,
        "speaker": (speaker.name or speaker.text) if speaker else None,
        "stance": claim.said_by.stance,
        "trigger": claim.trigger.model_dump(),
        "sentence": claim.sentence.model_dump(),
        "score": claim.score,
    }


class _Sink:
    def __init__(self, folder: Path) -> None:
        self._lines = Lines(folder / FILE)

    def add(self, told: Told) -> None:
        self._lines.write(json.dumps(record(told), ensure_ascii=False) + "\n")

    def close(self) -> None:
        self._lines.close()


def _refuse(told: Told) -> str | None:
    if told.event.when is None:
        return "no-day"
    return None if told.event.actors else "no-actor"


PLOVER = Format(
    name="plover",
    title="PLOVER 2.0: one JSON object an event, JSON Lines",
    document='PLOVER manual, draft version 2.0, chapter "Data Fields" (openeventdata/PLOVER on GitHub)',
    note="Events that did not happen are in it, marked by an auxiliary mode in context (future, hypothetical, "
    "negation), as PLOVER wants it: leave them out before counting. PLOVER codes no event without an actor.",
    files={FILE: FIELDS},
    refuse=_refuse,
    reduce=nothing,
    open=_Sink,
)
"""The format."""
