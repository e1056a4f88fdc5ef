"""SQL that anybody may type: over the views of one version, in a process of its own that can touch nothing else.

Four walls, as one alone has holes (DuckDB 2 lets a common table expression write files, and cannot interrupt every
function):

1. one statement, of the kind SELECT;
2. DuckDB reads the tables as Arrow data and has no access to files, network, extensions or its own settings;
3. the process may write no file, has no environment of ours, and ends when its memory is used up (Linux, macOS);
4. the process is killed when its time is up.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from whodid.dataset import sql_worker
from whodid.dataset.reader import Dataset
from whodid.dataset.schema import Table, tables
from whodid.dataset.views import RAW
from whodid.errors import UsageError, WhodidError

if TYPE_CHECKING:
    import pyarrow as pa

_START_S = 30.0
_MAX_BYTES = 256 * 1024 * 1024
_KEPT = ("PATH", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "LANG", "LC_ALL")


@dataclass(frozen=True, slots=True)
class Limits:
    """seconds: of a query, from when the tables are open. memory_mb: of DuckDB, in MiB; the process ends at twice as
    much and what it needs to start. rows: the most that are given."""

    seconds: float = 30.0
    memory_mb: int = 1024
    rows: int = 10_000

    def __post_init__(self) -> None:
        for name, least, most in (("seconds", 0.1, 3600.0), ("memory_mb", 64, 1_048_576), ("rows", 1, 10_000_000)):
            value = getattr(self, name)
            if not least <= value <= most:
                raise UsageError(f"{name} is {value}; it can be {least:g} to {most:g}")


@dataclass(frozen=True)
class Answer:
    """The rows of a query as an Arrow table. cut: there were more than the limit."""

    table: pa.Table
    cut: bool


def sql(data: Dataset, query: str, limits: Limits | None = None) -> Answer:
    """The answer to one SELECT over the views of a dataset (docs/query.md lists them).

    Raises UsageError where the query is wrong, is not a single SELECT, asks for what is not allowed, or needs more
    time, memory or room than ``limits`` give it; WhodidError where the process cannot be started.
    """
    import pyarrow as pa

    limits = limits or Limits()
    asked = {
        "query": query,
        "tables": {
            RAW + name: {"files": data.files(name), "schema": _schema(table)} for name, table in tables().items()
        },
        "views": files("whodid.dataset").joinpath("views.sql").read_text(encoding="utf-8"),
        "memory_mb": limits.memory_mb,
        "seconds": limits.seconds,
        "rows": limits.rows,
        "bytes": _MAX_BYTES,
    }
    with pa.ipc.open_stream(_run(json.dumps(asked).encode(), limits)) as stream:
        table = stream.read_all()
    return Answer(table.slice(0, limits.rows), cut=table.num_rows > limits.rows)


def _schema(table: Table) -> str:
    return base64.b64encode(table.arrow().serialize().to_pybytes()).decode()


def _run(asked: bytes, limits: Limits) -> bytes:
    """What the process writes."""
    command = [sys.executable, "-P", sql_worker.__file__]
    try:
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=_environment()
        ) as process:
            try:
                out, told = process.communicate(asked, timeout=limits.seconds + _START_S)
            except subprocess.TimeoutExpired:
                process.kill()
                raise UsageError(_late(limits)) from None
            except BaseException:
                process.kill()
                raise
    except OSError as error:
        raise WhodidError(f"the process for SQL cannot be started: {error}") from error
    if process.returncode:
        raise _failure(process.returncode, told.decode(errors="replace").strip(), limits)
    return out


def _failure(status: int, told: str, limits: Limits) -> WhodidError:
    if status == sql_worker.REFUSED:
        return UsageError(f"sql: {told}")
    if status == sql_worker.TOO_LARGE:
        return UsageError(
            f"sql: the result is larger than {_MAX_BYTES // 1024**2} MiB: select fewer columns, or set a lower limit"
        )
    if "TIME" in told.rsplit("\n", 1)[-1]:
        return UsageError(_late(limits))
    return UsageError(
        f"sql: the query was stopped, most likely as it needs more than {limits.memory_mb} MiB of memory: select less, "
        "or give it more with --memory"
    )


def _late(limits: Limits) -> str:
    return f"sql: the query took longer than {limits.seconds:g} s: select less, or give it more time with --seconds"


def _environment() -> dict[str, str]:
    return {name: os.environ[name] for name in _KEPT if name in os.environ}
