"""Whodid reads news reports and writes political event data: who did what to whom, when and where, and who says so.

    import datetime as dt
    import whodid

    for claim in whodid.code(["march.txt"], date=dt.date(2020, 1, 14)):
        print(claim.type, [actor.name for actor in claim.actors], claim.status)

What is listed in ``__all__`` is public and keeps its meaning between minor versions. Each name is imported when it is
first used, so that ``import whodid`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from whodid.dataset import open_dataset
    from whodid.dataset.found import find_claims, find_events
    from whodid.dataset.query import make_query
    from whodid.errors import (
        REJECTION_CODES,
        ModelError,
        OntologyError,
        ReadError,
        SettingError,
        UsageError,
        WhodidError,
    )
    from whodid.export import read_claims, write_claims
    from whodid.ingest import read
    from whodid.ontology import load_ontology
    from whodid.records import (
        Actor,
        Claim,
        Coded,
        Content,
        Corrected,
        Count,
        Event,
        Judgement,
        Quote,
        Rejection,
        Report,
        ReportInfo,
        SaidBy,
        Saying,
        Speaker,
        When,
        Where,
    )
    from whodid.run import Run, Summary, code
    from whodid.run.framing import LoadedWord, loaded_words
    from whodid.run.quotes import quotes
    from whodid.settings import Settings, load_settings

__all__ = [
    "REJECTION_CODES",
    "Actor",
    "Claim",
    "Coded",
    "Content",
    "Corrected",
    "Count",
    "Event",
    "Judgement",
    "LoadedWord",
    "ModelError",
    "OntologyError",
    "Quote",
    "ReadError",
    "Rejection",
    "Report",
    "ReportInfo",
    "Run",
    "SaidBy",
    "Saying",
    "SettingError",
    "Settings",
    "Speaker",
    "Summary",
    "UsageError",
    "When",
    "Where",
    "WhodidError",
    "code",
    "find_claims",
    "find_events",
    "load_ontology",
    "load_settings",
    "loaded_words",
    "make_query",
    "open_dataset",
    "quotes",
    "read",
    "read_claims",
    "write_claims",
]

_HOMES = {
    "dataset": ("open_dataset",),
    "dataset.found": ("find_claims", "find_events"),
    "dataset.query": ("make_query",),
    "errors": ("REJECTION_CODES", "ModelError", "OntologyError", "ReadError", "SettingError", "UsageError",
               "WhodidError"),
    "export": ("read_claims", "write_claims"),
    "ingest": ("read",),
    "ontology": ("load_ontology",),
    "records": ("Actor", "Claim", "Coded", "Content", "Corrected", "Count", "Event", "Judgement", "Quote", "Rejection",
                "Report", "ReportInfo", "SaidBy", "Saying", "Speaker", "When", "Where"),
    "run": ("Run", "Summary", "code"),
    "run.framing": ("LoadedWord", "loaded_words"),
    "run.quotes": ("quotes",),
    "settings": ("Settings", "load_settings"),
}  # fmt: skip


def __getattr__(name: str) -> object:
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"whodid.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
