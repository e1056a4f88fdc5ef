"""The tables of ``formats.yaml`` and ``page.yaml``, loaded once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Signature:
    """First bytes of a kind of file that is no text, and what to do with such a file."""

    kind: str
    starts: bytes
    advice: str


def table(name: str) -> Any:
    """One table of ``formats.yaml`` as plain lists and dicts."""
    return _file("formats.yaml")[name]


def page_table(name: str) -> Any:
    """One table of ``page.yaml`` as plain lists and dicts."""
    return _file("page.yaml")[name]


@cache
def _file(name: str) -> Any:
    return yaml.load(files("whodid.ingest").joinpath(name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


@cache
def signatures() -> tuple[Signature, ...]:
    """Every known kind of binary file."""
    return tuple(Signature(s["kind"], bytes.fromhex(s["starts"]), s["advice"]) for s in table("signatures"))


@cache
def marks() -> tuple[tuple[bytes, str], ...]:
    """Byte order marks with their encodings, longest first."""
    return tuple((bytes.fromhex(m["starts"]), str(m["encoding"])) for m in table("marks"))
