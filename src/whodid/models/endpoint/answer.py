"""What an answer must look like, and the reading of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from whodid.ontology import Coding, Ontology
from whodid.records import Status

STATUSES: tuple[Status, ...] = get_args(Status)


class BadAnswer(Exception):
    """An answer, or one event in it, that does not follow the schema; the message says where."""


class Named(BaseModel):
    """One event as the model names it: nothing here has been looked up in the text yet. ``sentence`` is the number that
    the prompt gave it."""

    model_config = ConfigDict(strict=True, frozen=True)

    sentence: int
    trigger: str = Field(min_length=1)
    actors: list[str]
    recipients: list[str]
    event: str
    status: Status
    historical: bool
    contexts: list[str] = Field(default_factory=list)


def codes(ontology: Ontology) -> Mapping[str, Coding]:
    """Every type, alone and with each of its modes: ``THREATEN``, ``THREATEN/restrict``."""
    out = {}
    for t in ontology.types.values():
        out[t.code] = Coding(type=t.code)
        out |= {f"{t.code}/{mode}": Coding(type=t.code, mode=mode) for mode in t.modes}
    return out


def schema(ontology: Ontology) -> dict[str, Any]:
    """The JSON schema of an answer, as the strict mode of OpenAI wants it: every field required, none besides.

    Words come before codes, as a model writes what it has read first and decides then.
    """
    words = {"type": "array", "items": {"type": "string"}}
    fields: dict[str, Any] = {
        "sentence": {"type": "integer"},
        "trigger": {"type": "string"},
        "actors": words,
        "recipients": words,
        "event": {"type": "string", "enum": list(codes(ontology))},
        "status": {"type": "string", "enum": list(STATUSES)},
        "historical": {"type": "boolean"},
    }
    if ontology.contexts:
        fields["contexts"] = {"type": "array", "items": {"type": "string", "enum": list(ontology.contexts)}}
    event = _object(fields)
    return _object({"events": {"type": "array", "items": event}})


def _object(fields: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


def events(text: str) -> list[object]:
    """The events of an answer, each still to be checked by :func:`named`. Raises BadAnswer.

    What servers without a schema put around the object is skipped: a chain of thought, a code fence.
    """
    text = text.rpartition("</think>")[2]
    start = text.find("{")
    if start < 0:
        raise BadAnswer(f"no JSON object in the answer {clipped(text)!r}")
    try:
        found, _ = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError) as error:
        raise BadAnswer(f"the answer is no JSON: {error}") from error
    listed = found.get("events")
    if not isinstance(listed, list):
        raise BadAnswer(f"the answer {clipped(text)!r} has no list of events")
    return listed


def named(event: object, ontology: Ontology) -> tuple[Named, Coding]:
    """An event of the answer with its coding, checked against the schema and the ontology. Raises BadAnswer."""
    try:
        one = Named.model_validate(event)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "event"
        raise BadAnswer(f"{where}: {clipped(repr(first['input']))}: {first['msg']}") from error
    coding = codes(ontology).get(one.event)
    if coding is None:
        raise BadAnswer(f"event: there is no {clipped(one.event)!r} in {ontology.name}")
    if unknown := [c for c in one.contexts if c not in ontology.contexts]:
        raise BadAnswer(f"contexts: there is no {clipped(unknown[0])!r} in {ontology.name}")
    return one, coding


def clipped(text: str, most: int = 80) -> str:
    """A line of at most ``most`` characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"
