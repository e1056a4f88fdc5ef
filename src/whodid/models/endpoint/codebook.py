"""What the model is told: the codebook, made from the ontology, and the sentences of one part of a report."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from whodid.models.endpoint.answer import STATUSES, codes
from whodid.models.endpoint.parts import Part
from whodid.ontology import EventType, Ontology
from whodid.records import Annotated


@lru_cache(maxsize=1)
def _texts() -> dict[str, Any]:
    text = files(__package__).joinpath("prompt.yaml").read_text(encoding="utf-8")
    return dict(yaml.load(text, Loader=yaml.CSafeLoader))


def codebook(ontology: Ontology) -> str:
    """The system message: the same for every part of every report, so that a server can keep what it has read of it."""
    texts = _texts()
    told = {**texts["statuses"], **ontology.auxiliary}
    contexts = [f"- {c.code}: {_line(c.definition)}" for c in ontology.contexts.values()]
    text = texts["system"].format(
        statuses="; ".join(f"{s} ({_line(told.get(s, '')).rstrip('.').lower()})" for s in STATUSES),
        contexts_rule=texts["contexts_rule"] if contexts else "",
        types="\n".join(line for t in ontology.types.values() for line in _type(ontology, t)),
        contexts="\n".join(["", "The contexts", *contexts, ""]) if contexts else "",
        example=_example(ontology),
    )
    return str(text).strip() + "\n"


def _type(ontology: Ontology, t: EventType) -> Iterator[str]:
    quad = ontology.quads.get(t.quad, "").lower()
    for_instance = f" For instance: {_line(t.examples[0])}" if t.examples else ""
    yield f"- {t.code}{f' ({quad})' if quad else ''}: {_line(t.definition)}{for_instance}"
    for mode in t.modes.values():
        yield f"  - {t.code}/{mode.code}: {_line(mode.definition)}"


def _example(ontology: Ontology) -> str:
    texts = _texts()
    events = texts["example"]
    if not {e["event"] for e in events} <= set(codes(ontology)):
        return ""
    if not ontology.contexts:
        events = [{k: v for k, v in e.items() if k != "contexts"} for e in events]
    return str(texts["example_text"]).format(answer=json.dumps({"events": events}, ensure_ascii=False))


def request(a: Annotated, part: Part) -> str:
    """The user message: headline, day of publication and the numbered sentences of a part."""
    texts, report = _texts(), a.report
    about = texts["about_title"].format(title=_line(report.title)) if report.title else ""
    about += texts["about_day"].format(day=report.published) if report.published else ""
    return str(
        texts["user"].format(about=about, named=part.named, all=len(a.sentences), sentences=part.numbered(report.text))
    )


def _line(text: str) -> str:
    return " ".join(text.split())
