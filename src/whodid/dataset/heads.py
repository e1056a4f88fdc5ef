"""The one commit point: a head names the versions of all tables that belong together.

``heads/00000000000000000007.json`` is the dataset's version 7. It is written beside its place and put there by one
rename, after every table that it names is on the disk: a reader that opens the highest head sees all of a change or
nothing of it, and what a killed writer left in a table is in no head.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from whodid.errors import UsageError, WhodidError

FOLDER = "heads"
_DIGITS = 20


class Head(BaseModel):
    """A version of a dataset.

    schema_version: of the tables. tables: name → Delta version. made: UTC. verb, run: what made it. note: for people.
    marks: how far something has come, such as the last of people's judgements that fusion has seen. fusion: fingerprint
    of the fusion that made the events, empty where there are none. oldest: the oldest version that can be read.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int
    schema_version: int
    made: dt.datetime
    verb: str
    run: str
    note: str = ""
    tables: Mapping[str, int]
    marks: Mapping[str, int] = {}
    fusion: str = ""
    oldest: int = 1


def head_path(folder: Path, version: int) -> Path:
    """The file of a version."""
    return folder / FOLDER / f"{version:0{_DIGITS}}.json"


def versions(folder: Path) -> list[int]:
    """Every version of the dataset in ``folder``, oldest first; empty where there is no dataset."""
    try:
        names = [path.name for path in (folder / FOLDER).iterdir()]
    except (FileNotFoundError, NotADirectoryError):
        return []
    return sorted(int(n[:_DIGITS]) for n in names if n.endswith(".json") and n[:_DIGITS].isdigit())


def read_head(folder: Path, version: int) -> Head:
    """The head of one version. Raises WhodidError where it cannot be read."""
    path = head_path(folder, version)
    try:
        return Head.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise WhodidError(f"the head {path} cannot be read: {error}; put it back from a copy of the dataset") from error


def find_head(folder: Path, as_of: int | dt.datetime | dt.date | None = None) -> Head:
    """The newest head, the head of a version, or the last one that was made up to a moment (a day: up to its end, UTC).

    Raises UsageError where there is no dataset, or no such version.
    """
    there = versions(folder)
    if not there:
        raise UsageError(f"there is no dataset in {folder}: make one with `whodid init {folder}`")
    newest = read_head(folder, there[-1])
    if as_of is None:
        return newest
    readable = [v for v in there if v >= newest.oldest]
    if isinstance(as_of, int):
        if as_of not in readable:
            raise UsageError(
                f"{folder} has no version {as_of} to read; versions: {readable[0]} to {readable[-1]}. "
                f"`whodid history {folder}` lists them"
            )
        return read_head(folder, as_of)
    return _until(folder, readable, _moment(as_of))


def _moment(given: dt.date) -> dt.datetime:
    if isinstance(given, dt.datetime):
        return given if given.tzinfo else given.replace(tzinfo=dt.UTC)
    return dt.datetime.combine(given, dt.time.max, tzinfo=dt.UTC)


def _until(folder: Path, readable: list[int], moment: dt.datetime) -> Head:
    """The last of the ``readable`` versions made up to a moment; times rise with versions, so halves are tried."""
    low, high = 0, len(readable)
    while low < high:
        middle = (low + high) // 2
        if read_head(folder, readable[middle]).made <= moment:
            low = middle + 1
        else:
            high = middle
    if not low:
        first = read_head(folder, readable[0])
        raise UsageError(f"{folder} has nothing from {moment:%Y-%m-%d %H:%M}; its first version is of {first.made}")
    return read_head(folder, readable[low - 1])


def write_head(folder: Path, head: Head) -> None:
    """Make a version: the moment at which the change exists. The caller holds the lock.

    Raises WhodidError where the version is there already, as another writer would have to have broken the lock.
    """
    path = head_path(folder, head.version)
    if path.exists():
        raise WhodidError(f"{path} is there already: another program wrote to {folder} without its lock")
    new = path.with_suffix(".new")
    with new.open("wb") as file:
        file.write(head.model_dump_json(indent=1).encode())
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk. Does nothing where the system has no such thing (Windows)."""
    if os.name == "posix":
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
