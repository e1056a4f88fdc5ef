"""A dataset → an export: hands the events of one version, with their claims and reports, to a format."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from whodid.dataset import Dataset
from whodid.dataset.found import find_events
from whodid.dataset.query import Query
from whodid.errors import OntologyError, UsageError
from whodid.export.bundle import Source, Written, write_export
from whodid.export.formats.table import export_format
from whodid.export.told import Told
from whodid.ontology import Ontology, load_ontology
from whodid.records import Claim, Event, Report

_AT_ONCE = 2_000
_OF_THE_MACHINE = frozenset({"sources", "endpoint_url"})
"""Settings of a run that say where files lay and servers stand; they are nobody else's business."""


def export(data: Dataset, folder: str | Path, *, format: str, query: Query | None = None) -> Written:
    """Export the events of a dataset that fit a query, all of them by default, into a new folder.

    Raises UsageError for an unknown format or condition and where something else is in the folder; OSError.
    """
    chosen = export_format(format)
    wanted = query or Query()
    events = find_events(data, wanted)
    return write_export(
        stories(data, events), Path(folder), format=chosen, ontology=_ontology(data), source=_source(data, wanted)
    )


def stories(data: Dataset, events: Iterable[Event]) -> Iterator[Told]:
    """The events with their claims and reports, in the order given."""
    stream = iter(events)
    while some := list(islice(stream, _AT_ONCE)):
        claims = {c.id: c for c in data.claims("id IN (SELECT unnest(?))", [[i for e in some for i in e.claims]])}
        ids = sorted({claim.report.id for claim in claims.values()})
        reports = {r.id: r for r in data.reports("id IN (SELECT unnest(?))", [ids])}
        yield from (_told(event, claims, reports) for event in some)


def _told(event: Event, claims: Mapping[str, Claim], reports: Mapping[str, Report]) -> Told:
    own = tuple(claims[id] for id in event.claims)
    return Told(event, own, {c.report.id: reports[c.report.id] for c in own if c.report.id in reports})


# ---------------------------------------------------------------- what manifest and citation tell


def _source(data: Dataset, query: Query) -> Source:
    models: dict[str, None] = {}
    runs: dict[str, list[str]] = defaultdict(list)
    for run in _runs(data):
        settings = _settings(run)
        if run["coder"]:
            runs[json.dumps({"coder": run["coder"], "settings": settings}, sort_keys=True)].append(run["id"])
            parser = " ".join(str(settings[k]) for k in ("parser", "parser_version") if settings.get(k))
            models |= dict.fromkeys(filter(None, (run["coder"], parser)))
    return Source(
        name=data.path.resolve().name,
        version=data.version,
        made=data.head.made,
        models=tuple(models),
        settings={
            "query": query.options(),
            "runs": [{**json.loads(alike), "ids": ids} for alike, ids in runs.items()],
        },
    )


def _runs(data: Dataset) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = data.query("SELECT id, coder, settings FROM runs ORDER BY started, id").to_pylist()
    return found


def _settings(run: Mapping[str, Any]) -> dict[str, Any]:
    given: dict[str, Any] = json.loads(run["settings"] or "{}")
    return {name: value for name, value in given.items() if name not in _OF_THE_MACHINE}


def _ontology(data: Dataset) -> Ontology:
    """The ontology of the events, where the last run that named it can still be followed; else PLOVER."""
    names = set(data.query("SELECT DISTINCT ontology FROM events")["ontology"].to_pylist())
    for run in reversed(_runs(data)):
        try:
            found = load_ontology(str(_settings(run).get("ontology") or ""))
        except (UsageError, OntologyError):
            continue
        if found.name in names:
            return found
    return load_ontology()
