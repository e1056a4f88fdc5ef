"""The one shape of every answer of the API, and the one shape of every error."""

from __future__ import annotations

from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from whodid.errors import UsageError

T = TypeVar("T")


class Meta(BaseModel):
    """About an answer. version: of the dataset that it was read from. total: how many there are whatever the page
    holds. next: the cursor of the next page, null on the last."""

    model_config = ConfigDict(frozen=True)

    version: int
    total: int | None = None
    next: str | None = None


class Envelope(BaseModel, Generic[T]):
    """An answer: the ``data`` that was asked for, and ``meta`` about it."""

    model_config = ConfigDict(frozen=True)

    data: T
    meta: Meta


class Problem(BaseModel):
    """What went wrong. code: short and stable, for programs. message: names the thing, its value, and what is
    allowed."""

    model_config = ConfigDict(frozen=True)

    code: str
    message: str


class Failure(BaseModel):
    """An answer that is an error."""

    model_config = ConfigDict(frozen=True)

    error: Problem


class NotThere(UsageError):
    """What a path names is not in the dataset."""
