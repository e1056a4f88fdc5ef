"""What ``ground`` knows, asked one question at a time: actors, attributions, times, places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

import pycountry

from bench.pipeline import Pipeline
from bench.shared import Row
from whodid.ground.said_by import attributions, outermost
from whodid.ground.when import expressions
from whodid.ground.where import Toponym, locate, toponyms
from whodid.ground.who import Who, split
from whodid.records import Annotated, Quote

_WRITTEN_AS = {"KOS": "XKX"}  # PLOVER's code of Kosovo, and the one that the gold uses


def actors(rows: Iterable[Row], pipeline: Pipeline) -> Iterator[Row]:
    """Country and sectors of single phrases. ``wiki`` is never predicted: no source of the program has such titles."""
    who = Who()
    for row in rows:
        day = dt.date.fromisoformat(row["query_date"][:10]) if row.get("query_date") else None
        found = who.lookup(row["text"], context=row.get("context") or "", day=day)
        if found is None or not (found.country or found.sectors):
            yield {"id": row["id"], "none": True}
            continue
        sectors = [*found.sectors, "", ""]
        yield {
            "id": row["id"],
            "country": _WRITTEN_AS.get(found.country or "", found.country or ""),
            "country_name": _country_name(found.country),
            "code_1": sectors[0],
            "code_2": sectors[1],
        }


def _country_name(code: str | None) -> str:
    country = pycountry.countries.get(alpha_3=code) if code else None
    return str(getattr(country, "common_name", country.name)) if country else ""


def actors_split(rows: Iterable[Row], pipeline: Pipeline) -> Iterator[Row]:
    """The actors of the coordination that the phrase which is asked about is, or is part of."""
    for row, annotated in pipeline.annotated(rows):
        first, last = annotated.token_range(annotated.report.quote(row["start"], row["end"]))
        ranges = split(annotated, first, last, whole=True)
        yield {"id": row["id"], "actors": [annotated.quote(a, b).text for a, b in ranges]}


def attribution(rows: Iterable[Row], pipeline: Pipeline) -> Iterator[Row]:
    """Source, cue and content of everything that somebody is said to have said. PolNeAR annotates no attribution inside
    the content of another, so the outermost are predicted."""
    for row, annotated in pipeline.annotated(rows):
        found = [
            {"source": _spans(x.source), "cue": _spans(x.cue), "content": _spans(x.content)}
            for x in outermost(annotated, attributions(annotated))
        ]
        yield {"id": row["id"], "attributions": found}


def _spans(quotes: Sequence[Quote]) -> Row | None:
    return {"spans": [[q.start, q.end] for q in quotes]} if quotes else None


def timex(rows: Iterable[Row], pipeline: Pipeline) -> Iterator[Row]:
    """Time expressions with TIMEX3 type and value."""
    for row, annotated in pipeline.annotated(rows):
        found = [
            {"start": x.start, "end": x.end, "type": x.timex_type, "value": x.value} for x in expressions(annotated)
        ]
        yield {"id": row["id"], "timexes": found}


def places(rows: Iterable[Row], pipeline: Pipeline) -> Iterator[Row]:
    """Every place name of a text and where it is."""
    for row, annotated in pipeline.annotated(rows):
        yield {"id": row["id"], "toponyms": [_toponym(t) for t in toponyms(annotated)]}


def _toponym(name: Toponym) -> Row:
    found: Row = {"start": name.start, "end": name.end}
    if name.place:
        found |= {
            "lat": name.place.latitude,
            "lon": name.place.longitude,
            "geonames_id": name.place.geonameid,
        }
    return found


def eventloc(rows: Iterable[Row], pipeline: Pipeline) -> Iterator[Row]:
    """The places that belong to the one event word that the record asks about."""
    for row, annotated in pipeline.annotated(rows):
        head = _head(annotated, row["event"])
        found = locate(annotated, head, toponyms(annotated)) if head is not None else []
        yield {"id": row["id"], "locations": [{"start": t.start, "end": t.end} for t in found]}


def _head(annotated: Annotated, event: Row) -> int | None:
    """The token of an event span that the others hang on."""
    inside = [t for t in annotated.tokens if t.start < event["end"] and event["start"] < t.end]
    return next((t.i for t in inside if t.head not in {x.i for x in inside} - {t.i}), None)
