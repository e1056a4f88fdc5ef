"""What can be set: by ``WHODID_…`` environment variables, by options of the command line, or by keyword in Python.

A value given by keyword (or option) wins over the environment, which wins over the default.
"""

from __future__ import annotations

import os
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from whodid.errors import SettingError

PREFIX = "WHODID_"

CoderName = Literal["both", "rules", "weights", "endpoint"]


class Settings(BaseSettings):
    """Every setting with its default; ``description`` says what is allowed. Make one with :func:`load_settings`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="forbid")

    coder: CoderName = Field(
        default="both",
        description=" or ".join(f"`{name}`" for name in get_args(CoderName))
        + " (both: lexicon and learned weights together)",
    )
    min_score: float | None = Field(
        default=None, ge=0, le=1, description="a probability from 0 to 1; claims with a lower score are left out"
    )
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

    endpoint_url: str | None = Field(
        default=None, description="the base of an OpenAI-compatible API, such as http://localhost:8080/v1"
    )
    endpoint_model: str | None = Field(default=None, description="the name of a model that the endpoint has")
    endpoint_key: SecretStr | None = Field(default=None, description="the key of the endpoint's API")
    endpoint_timeout: float = Field(default=120, gt=0, description="seconds above 0 for one try of a request")
    endpoint_patience: float = Field(
        default=300, gt=0, description="seconds above 0 for a request with all its tries; then its report is rejected"
    )
    endpoint_parallel: int = Field(
        default=4, ge=1, le=256, description="a number of reports from 1 to 256 that each worker sends side by side"
    )
    endpoint_chunk: int = Field(default=6000, ge=200, description="a number of characters from 200 for one request")
    endpoint_max_tokens: int = Field(default=4096, ge=64, description="a number of tokens from 64 for one answer")
    endpoint_seed: int = Field(default=0, ge=0, description="a whole number from 0, the seed of the model's sampling")
    endpoint_extra: str = Field(
        default="", description='a JSON object with more fields for each request, such as {"reasoning_effort": "low"}'
    )
    endpoint_price_in: float | None = Field(default=None, ge=0, description="the price of a million tokens read")
    endpoint_price_out: float | None = Field(default=None, ge=0, description="the price of a million tokens written")

    @property
    def endpoint_prices(self) -> tuple[float, float] | None:
        """The prices of a million tokens read and written; one that is not given counts as 0, None if neither is."""
        if self.endpoint_price_in is None and self.endpoint_price_out is None:
            return None
        return self.endpoint_price_in or 0.0, self.endpoint_price_out or 0.0

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
