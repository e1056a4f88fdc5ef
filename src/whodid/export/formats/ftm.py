"""Statements as FollowTheMoney entities: JSON Lines of entities of the schema of FollowTheMoney 4.

Follows the data dictionary of followthemoney 4 (followthemoney.tech). An event is an ``Event``, an actor a ``Person``,
``PublicBody``, ``Organization`` or, where its kind is not known, a ``LegalEntity``, a report an ``Article``. Each
claim is a ``Documentation`` of the event by its article, with the sentence, the status and the voice; who did it, and
to whom, is an ``UnknownLink`` with that role, as FollowTheMoney's ``Event`` has one list of those involved. Properties
of an event have every value that its claims give, as FollowTheMoney keeps all of them. Countries without an ISO code
(UNO, NGO) are left out. Ids begin with ``whodid-``; entities are written once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from whodid.export.format import Field, Format, Lines, nothing, only_happened
from whodid.export.places import country
from whodid.export.told import Told, is_web
from whodid.records import Actor, Claim, ReportInfo

FILE = "entities.ftm.json"
_PUBLIC = frozenset({"GOV", "LEG", "JUD", "MIL", "COP", "SPY"})
"""Sectors of the state: an actor that is no person and in one of these is a PublicBody."""

FIELDS: tuple[Field, ...] = (
    Field("id", "text", "whodid- and the id of what the entity stands for", "id"),
    Field("schema", "text", "Event, Person, PublicBody, Organization, LegalEntity, Article, Documentation, UnknownLink",
          ""),
    Field("properties", "object", "name → list of texts", ""),
    Field("Event: name", "list", "type, mode and who", "type, mode, actors, recipients"),
    Field("Event: date, startDate, endDate", "list", "the day; of longer times first and last day", "when"),
    Field("Event: location, country", "list", "names and ISO 3166-1 alpha-2 codes of every place given", "where"),
    Field("Event: involved", "list", "ids of actors and recipients", "actors, recipients"),
    Field("Event: keywords", "list", "PLOVER type, mode and contexts", "type, mode, contexts"),
    Field("Event: summary", "list", "the sentences of the claims", "sentence"),
    Field("Event: publisher, sourceUrl", "list", "of the reports", "report"),
    Field("actor: name, alias", "list", "name; the words of reports", "actors.name, actors.text"),
    Field("actor: country", "list", "ISO 3166-1 alpha-2", "actors.country"),
    Field("Article: title, publisher, publishedAt, sourceUrl, language", "list", "the report", "report"),
    Field("Documentation: document, entity", "list", "ids of article and event", "claims"),
    Field("Documentation: role", "list", "voice: outlet, quoted or paraphrased, with the speaker", "said_by"),
    Field("Documentation: status", "list", "status of the claim", "status"),
    Field("Documentation: summary", "list", "the sentence", "sentence"),
    Field("Documentation: recordId", "list", "id of the claim", "id"),
    Field("UnknownLink: subject, object", "list", "ids of actor and event", "actors, recipients"),
    Field("UnknownLink: role", "list", "actor or recipient", "actors, recipients"),
)  # fmt: skip


def entities(told: Told) -> Iterator[dict[str, Any]]:
    """Every entity of an event: actors and articles first, then the event, then what ties them."""
    event = told.event
    people = {_actor_id(a): a for claim in told.claims for a in (*claim.actors, *claim.recipients)}
    people |= {_actor_id(a): a for a in (*event.actors, *event.recipients)}
    yield from (_actor(id, actor) for id, actor in people.items())
    yield from {c.report.id: _article(c.report) for c in told.claims}.values()
    yield _event(told)
    yield from (_documentation(told, claim) for claim in told.claims)
    for role, side in (("actor", event.actors), ("recipient", event.recipients)):
        for id in dict.fromkeys(map(_actor_id, side)):
            link = {"subject": [id], "object": [_id(event.id)], "role": [role]}
            yield _entity(_hashed("link", event.id, id, role), "UnknownLink", link)


def _entity(id: str, schema: str, properties: Mapping[str, Iterable[str | None]]) -> dict[str, Any]:
    kept = {name: list(dict.fromkeys(v for v in values if v)) for name, values in properties.items()}
    return {"id": id, "schema": schema, "properties": {name: values for name, values in kept.items() if values}}


def _id(of: str) -> str:
    return f"whodid-{of}"


def _hashed(*parts: str) -> str:
    return _id(hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:24])


def _actor_id(actor: Actor) -> str:
    """An id of the actor's own id, else of name or words, and country: two that nothing tells apart are one."""
    if actor.id:
        return _hashed("actor", actor.id)
    return _hashed("actor", (actor.name or actor.text).casefold(), actor.country or "")


def _schema(actor: Actor) -> str:
    kind = (actor.id or "").partition(":")[0]
    if kind == "person":
        return "Person"
    if _PUBLIC.intersection(actor.sectors) and actor.id:
        return "PublicBody"
    return "Organization" if kind == "org" else "LegalEntity"


def _alpha2(alpha3: str | None) -> str | None:
    known = country(alpha3)
    return known.alpha2.lower() if known else None


def _actor(id: str, actor: Actor) -> dict[str, Any]:
    name = actor.name or actor.text
    words = actor.text if actor.name and actor.text != actor.name else None
    return _entity(id, _schema(actor), {"name": [name], "alias": [words], "country": [_alpha2(actor.country)]})


def _article(report: ReportInfo) -> dict[str, Any]:
    return _entity(
        _id(f"report-{report.id}"),
        "Article",
        {
            "title": [report.title],
            "name": [report.title],
            "publisher": [report.publisher],
            "publishedAt": [report.published.isoformat() if report.published else None],
            "sourceUrl": [report.url if is_web(report.url) else None],
            "language": [_alpha3_language(report.language)],
        },
    )


def _alpha3_language(tag: str | None) -> str | None:
    """ISO 639-3 code of a BCP 47 tag, as FollowTheMoney wants it."""
    import pycountry

    known = pycountry.languages.get(alpha_2=tag.partition("-")[0]) if tag else None
    return known.alpha_3 if known else None


def _event(told: Told) -> dict[str, Any]:
    event = told.event
    whens = [event.when, *(c.when for c in told.claims)]
    places = [where for where in (event.where, *(c.where for c in told.claims)) if where]
    code = f"{event.type}-{event.mode}" if event.mode else event.type
    return _entity(
        _id(event.id),
        "Event",
        {
            "name": [f"{code}: {_named(event.actors)} → {_named(event.recipients)}"],
            "date": [w.first.isoformat() for w in whens if w and w.first == w.last],
            "startDate": [w.first.isoformat() for w in whens if w and w.first != w.last],
            "endDate": [w.last.isoformat() for w in whens if w and w.first != w.last],
            "location": [where.name or where.text for where in places],
            "country": [_alpha2(where.country) for where in places],
            "involved": [_actor_id(a) for a in (*event.actors, *event.recipients)],
            "keywords": [event.type, event.mode, *event.contexts],
            "summary": [claim.sentence.text for claim in told.claims],
            "publisher": event.publishers,
            "sourceUrl": told.urls,
            "recordId": [event.id],
        },
    )


def _named(people: Sequence[Actor]) -> str:
    return ", ".join(actor.name or actor.text for actor in people) or "–"


def _documentation(told: Told, claim: Claim) -> dict[str, Any]:
    speaker = claim.said_by.speaker
    voice = f"{claim.said_by.voice}: {speaker.name or speaker.text}" if speaker else claim.said_by.voice
    return _entity(
        _id(f"claim-{claim.id}"),
        "Documentation",
        {
            "document": [_id(f"report-{claim.report.id}")],
            "entity": [_id(told.event.id)],
            "role": [voice],
            "status": [claim.status],
            "summary": [claim.sentence.text],
            "date": [claim.report.published.isoformat() if claim.report.published else None],
            "recordId": [claim.id],
        },
    )


class _Sink:
    """Writes each entity once; what a later event adds to an actor (another spelling) is a line with the same id, which
    FollowTheMoney merges."""

    def __init__(self, folder: Path) -> None:
        self._lines = Lines(folder / FILE)
        self._written: set[bytes] = set()

    def add(self, told: Told) -> None:
        for entity in entities(told):
            line = json.dumps(entity, ensure_ascii=False) + "\n"
            key = hashlib.blake2b(line.encode(), digest_size=12).digest()
            if key not in self._written:
                self._written.add(key)
                self._lines.write(line)

    def close(self) -> None:
        self._lines.close()


FTM = Format(
    name="ftm",
    title="Statements as FollowTheMoney entities, JSON Lines",
    document="followthemoney 4, data dictionary (followthemoney.tech)",
    note="FollowTheMoney's events have no status: only events that happened are in it. Lines with one id are parts of "
    "one entity, to be merged as FollowTheMoney's own tools do.",
    files={FILE: FIELDS},
    refuse=only_happened,
    reduce=nothing,
    open=_Sink,
)
"""The format."""
