"""``whodid ontology show`` and ``whodid ontology check``."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Collection, Sequence

from whodid.ontology import check as problems
from whodid.ontology import load_ontology, render
from whodid.records import Coded, Report
from whodid.run import Run
from whodid.settings import Settings, load_settings


def show(code: str | None, ontology: str | None) -> None:
    """Print an ontology or one code of it. Raises UsageError for a code or an ontology that does not exist."""
    print(render(load_ontology(load_settings(ontology=ontology).ontology), code))


def check(ontology: str | None) -> int:
    """Print what is wrong with an ontology; 1 if there is anything, else 0.

    Raises UsageError where there is no such ontology, OntologyError where its file has the wrong shape.
    """
    settings = load_settings(ontology=ontology)
    loaded = load_ontology(settings.ontology)
    found = problems(loaded, lambda texts: types_in(texts, settings))
    for problem in found:
        print(problem)
    print(f"{loaded.name}: {len(found)} problem{'' if len(found) == 1 else 's'}", file=sys.stderr)
    return 1 if found else 0


def types_in(texts: Sequence[str], settings: Settings) -> list[Collection[str]]:
    """For each text the types of the events that the real pipeline finds in it."""
    outputs = Run(map(_report, texts), settings=settings)
    return [{claim.type for claim in output.claims} if isinstance(output, Coded) else set() for output in outputs]


def _report(text: str) -> Report:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Report(id=digest[:16], text=text, language="en", sha256=digest, reader="example")
