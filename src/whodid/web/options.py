"""What can be chosen when a dataset is served."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """folder: the dataset. judgements: address of the database of people's judgements, as for ``whodid init``."""

    folder: Path
    judgements: str | None = None
