"""Records as rows of the tables, and back. The whole record stands in ``record`` as JSON, so a row gives it exactly;
the other columns are for finding it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from whodid.records import Actor, Claim, Correction, Event, Judgement, Rejection, Report

Row = dict[str, Any]

_ID = 16
_DIGEST = 32
_REJECTION = frozenset({"source", "code", "message", "report_id"})


def digest_of(text: str) -> str:
    """32 hexadecimal digits of the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGEST]


def content_digest(report: Report) -> str:
    """What makes two readings of a report the same: id, publisher, address, title, day and text."""
    day = report.published.isoformat() if report.published else None
    return digest_of(json.dumps([report.id, report.publisher, report.url, day, report.title, report.text]))


def _made_id(*parts: object) -> str:
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:_ID]


# ---------------------------------------------------------------- records → rows


def report_row(report: Report, *, coded: str, run: str) -> Row:
    """A row of ``reports``. coded: fingerprint of the coder that read it."""
    return {**report.model_dump(), "digest": content_digest(report), "coded": coded, "run": run}


def rejection_row(rejection: Rejection, *, run: str) -> Row:
    """A row of ``rejections``; its id is that of every rejection like it."""
    key = _made_id(rejection.source, rejection.code, rejection.message, rejection.report_id)
    return {"id": key, **rejection.model_dump(include=set(_REJECTION)), "run": run}


def judgement_row(judgement: Judgement) -> Row:
    """A row of ``judgements``."""
    return judgement.model_dump(exclude={"made"})


def correction_row(correction: Correction) -> Row:
    """A row of ``corrections``."""
    given = correction.model_dump()
    values = {name: json.dumps(given[name], ensure_ascii=False) for name in ("before", "after")}
    return {**given, **values, "claim_id": given.pop("claim")}


def claim_row(claim: Claim, *, event: str, machine: str | None = None, rejected: bool = False) -> Row:
    """A row of ``claims``. event: the event that it belongs to. machine: the record as the coder made it, where people
    had a say. rejected: by people."""
    record = claim.model_dump_json()
    speaker = claim.said_by.speaker
    return {
        "id": claim.id,
        "report_id": claim.report.id,
        "event_id": event,
        **_coded(claim),
        **_place(claim),
        **_days(claim),
        "basis": claim.when.basis if claim.when else None,
        "voice": claim.said_by.voice,
        "speaker": (speaker.name or speaker.text) if speaker else None,
        "speaker_id": speaker.id if speaker else None,
        "stance": claim.said_by.stance,
        "trigger": claim.trigger.text,
        "sentence": claim.sentence.text,
        "publisher": claim.report.publisher,
        "published": claim.report.published,
        "url": claim.report.url,
        "score": claim.score,
        "coder": claim.coder,
        "ontology": claim.ontology,
        "checked": "rejected" if rejected else claim.checked,
        "machine": machine,
        "digest": digest_of(record),
        "record": record,
    }


def event_row(event: Event) -> Row:
    """A row of ``events``."""
    record = event.model_dump_json()
    counts: Row = {f"{what}_{end}": None for what in _COUNTED for end in ("low", "high")}
    for tally in event.counts:
        counts |= {f"{tally.what}_low": tally.low, f"{tally.what}_high": tally.high}
    return {
        "id": event.id,
        **_coded(event),
        **_place(event),
        **_days(event),
        **counts,
        "independent": event.independent,
        "claims": event.claims,
        "reports": event.reports,
        "publishers": event.publishers,
        "flags": event.flags,
        "score": event.score,
        "ontology": event.ontology,
        "checked": event.checked,
        "digest": digest_of(record),
        "record": record,
    }


_COUNTED = ("killed", "injured", "arrested", "crowd")
_CODES = ("type", "mode", "contexts", "quad", "cameo", "scale", "status", "historical")


def _coded(of: Claim | Event) -> Row:
    return {
        **{name: getattr(of, name) for name in _CODES},
        **_people("actor", of.actors),
        **_people("recipient", of.recipients),
    }


def _people(role: str, people: Sequence[Actor]) -> Row:
    return {
        f"{role}s": [p.name or p.text for p in people],
        f"{role}_ids": [p.id or "" for p in people],
        f"{role}_countries": [p.country or "" for p in people],
        f"{role}_sectors": sorted({sector for p in people for sector in p.sectors}),
    }


def _days(of: Claim | Event) -> Row:
    when = of.when
    return {
        "first_day": when.first if when else None,
        "last_day": when.last if when else None,
        "precision": when.precision if when else None,
    }


def _place(of: Claim | Event) -> Row:
    where = of.where
    return {
        "place": (where.name or where.text) if where else None,
        "country": where.country if where else None,
        "geonameid": where.geonameid if where else None,
        "latitude": where.latitude if where else None,
        "longitude": where.longitude if where else None,
    }


# ---------------------------------------------------------------- rows → records


def report_of(row: Mapping[str, Any]) -> Report:
    """The report of a row of ``reports``."""
    return Report(**{name: row[name] for name in Report.model_fields})


def claim_of(row: Mapping[str, Any]) -> Claim:
    """The claim of a row of the view ``claims`` (``record``, ``event_id``), with its present event."""
    claim = Claim.model_validate_json(row["record"])
    return claim if claim.event == row["event_id"] else claim.model_copy(update={"event": row["event_id"]})


def event_of(row: Mapping[str, Any]) -> Event:
    """The event of a row of ``events`` (``record``)."""
    return Event.model_validate_json(row["record"])


def rejection_of(row: Mapping[str, Any]) -> Rejection:
    """The rejection of a row of ``rejections``."""
    return Rejection(**{name: row[name] for name in _REJECTION})


# ---------------------------------------------------------------- statements


def statement_rows(claims: Iterable[Claim]) -> list[Row]:
    """Rows of ``statements``: every value that the claims give, with the words it rests on."""
    return [row for claim in claims for row in _statements(claim)]


def _statements(claim: Claim) -> Iterable[Row]:
    speaker = claim.said_by.speaker
    shared = {
        "claim_id": claim.id,
        "report_id": claim.report.id,
        "speaker": (speaker.name or speaker.text) if speaker else None,
        "publisher": claim.report.publisher,
        "published": claim.report.published,
    }
    for field, value, label, words in _values(claim):
        text, start, end = words
        key = _made_id(claim.id, field, value, start, end)
        yield {"id": key, "field": field, "value": value, "label": label, "words": text, "start": start, "end": end,
               **shared}  # fmt: skip


Words = tuple[str | None, int | None, int | None]
_NO_WORDS: Words = (None, None, None)


def _words(of: Any) -> Words:
    return (of.text, of.start, of.end)


def _values(claim: Claim) -> Iterable[tuple[str, str, str, Words]]:
    """Field, canonical value, label, words."""
    trigger = _words(claim.trigger)
    yield "type", claim.type, claim.type, trigger
    if claim.mode is not None:
        yield "mode", claim.mode, claim.mode, trigger
    yield "status", claim.status, claim.status, trigger
    yield from (("context", context, context, _NO_WORDS) for context in claim.contexts)
    for field, people in (("actor", claim.actors), ("recipient", claim.recipients)):
        yield from ((field, p.id or p.name or p.text, p.name or p.text, _words(p)) for p in people)
    if (when := claim.when) is not None:
        days = f"{when.first}/{when.last}"
        yield "when", days, str(when.first) if when.first == when.last else days, _words(when)
    if (where := claim.where) is not None:
        value = str(where.geonameid) if where.geonameid is not None else where.text
        yield "where", value, where.name or where.text, _words(where)
    for count in claim.counts:
        low, high = ("" if n is None else str(n) for n in (count.low, count.high))
        yield count.what, f"{low}..{high}", low if low == high else f"{low}–{high}", _words(count)
