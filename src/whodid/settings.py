"""What can be set: by ``WHODID_…`` environment variables, by options of the command line, or by keyword in Python.

A value given by keyword (or option) wins over the environment, which wins over the default.
"""

from __future__ import annotations

import os
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from whodid.errors import SettingError

PREFIX = "WHODID_"


class Settings(BaseSettings):
    """Every setting with its default; ``description`` says what is allowed. Make one with :func:`load_settings`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="forbid")

    parser: str = Field(
        default="auto",
        min_length=1,
        description="`auto` (the best English pipeline that is installed), an installed spaCy pipeline, or a folder",
    )
    ontology: str = Field(
        default="plover-2.0", min_length=1, description="the name of an ontology that comes with Whodid, or a YAML file"
    )
    max_chars: int = Field(
        default=1_000_000, ge=1, description="a whole number of characters from 1; longer texts are rejected"
    )
    workers: int = Field(default=1, ge=1, le=256, description="a number of processes from 1 to 256")
    state: Path | None = Field(
        default=None, description="a folder for the claims of the last run; by default in the user's state folder"
    )

    @property
    def state_folder(self) -> Path:
        """Where the last run is kept."""
        if self.state is not None:
            return self.state
        from platformdirs import user_state_path

        return user_state_path("whodid", appauthor=False)


def load_settings(**given: Any) -> Settings:
    """Settings from the environment, with what is ``given`` (None: not given) put over them.

    Raises SettingError for a value that is not allowed and for a ``WHODID_…`` variable that does not exist.
    """
    _check_names()
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        raise SettingError("; ".join(_explain(problem, given) for problem in error.errors())) from error


def _check_names() -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for name in sorted(os.environ):
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            near = get_close_matches(name.upper(), known, n=1)
            hint = f"did you mean {near[0]}? " if near else ""
            raise SettingError(f"there is no setting {name}: {hint}Settings: {', '.join(sorted(known))}")


def _explain(problem: Any, given: dict[str, Any]) -> str:
    name = str(problem["loc"][0]) if problem["loc"] else "?"
    field = Settings.model_fields.get(name)
    if field is None:
        return f"there is no setting {name!r}; settings: {', '.join(Settings.model_fields)}"
    shown = f"--{name.replace('_', '-')}" if given.get(name) is not None else PREFIX + name.upper()
    return f"{shown}: {problem['input']!r} is not allowed; it takes {field.description}"
