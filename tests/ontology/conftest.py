"""A whole ontology of two types in one YAML file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

TINY = """
name: tiny-1
quads: {1: Peace, 2: War}
types:
  TALK:
    name: Talk
    quad: 1
    scale: 3
    definition: People speak with one another.
    examples: [The two mayors met., The envoys spoke with the king.]
    modes:
      phone: {scale: 1, definition: By telephone., examples: [The mayors telephoned., The king phoned the envoy.]}
      "no": {definition: Refused., examples: [The king refused to talk., The mayor declined a meeting.]}
  FIGHT:
    name: Fight
    quad: 2
    scale: -8
    definition: People use force.
    examples: [The army attacked the town., Rebels shot a soldier.]
contexts:
  sea: {definition: At sea., cues: [ship, at sea], examples: [The ships collided., They met at sea.]}
recode:
  - {status: future, types: [FIGHT], to: TALK, mode: phone}
cameo:
  codes:
    "040": {label: Consultation, goldstein: 3, type: TALK}
    "041": {label: Telephone, goldstein: 2.5, type: TALK, mode: phone}
    "010": {label: Statement, goldstein: 0}
    "190": {label: Force, goldstein: -8, type: FIGHT}
  back:
    - {type: TALK, mode: "no", code: "040"}
    - {type: FIGHT, contexts: [sea], code: "190"}
"""

Writer = Callable[..., str]


@pytest.fixture
def tiny() -> str:
    """The text of a YAML file without problems."""
    return TINY


@pytest.fixture
def write(tmp_path: Path) -> Writer:
    """``write(text, name="tiny.yaml")``: the path of a file with this text."""

    def to_file(text: str, name: str = "tiny.yaml") -> str:
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return str(file)

    return to_file
