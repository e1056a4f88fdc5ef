"""The YAML files of this package, read once."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml


@cache
def knowledge(name: str) -> dict[str, Any]:
    """The file ``name``.yaml of this package."""
    return dict(yaml.load(text(name), yaml.CSafeLoader))


@cache
def text(name: str) -> str:
    """The words of the file ``name``.yaml."""
    return resources.files(__package__).joinpath(f"{name}.yaml").read_text(encoding="utf-8")
