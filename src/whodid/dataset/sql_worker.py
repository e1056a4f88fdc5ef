"""The process in which :func:`whodid.dataset.sql.sql` runs a query: told what on its standard input, as JSON; the rows
go to standard output as an Arrow stream, what is wrong to standard error.

It is started as a file and imports nothing of Whodid, so that it starts soon and holds nothing of ours.
"""

from __future__ import annotations

import base64
import json
import os
import sys
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn

if TYPE_CHECKING:
    import duckdb

REFUSED, TOO_LARGE, FAILED = 2, 4, 5
"""Exit statuses: the query is at fault; the result is too large; time or memory is used up."""

_GRACE_S = 2.0
_BATCH = 2_048
_ROOM_MB = 1_024

_WALLS = (
    "SET temp_directory = ''",
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET allow_community_extensions = false",
    "SET python_enable_replacements = false",
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)


def main() -> None:
    """Answer the question on standard input; ends the process."""
    asked = json.loads(sys.stdin.buffer.read())
    connection = _open(asked)
    _limit(asked["memory_mb"])
    _stop_after(asked["seconds"], connection)
    try:
        _answer(connection, asked, sys.stdout.buffer)
    except MemoryError:
        _end(FAILED, "MEMORY")
    _end(0)


def _answer(connection: duckdb.DuckDBPyConnection, asked: Mapping[str, Any], out: BinaryIO) -> None:
    import duckdb
    import pyarrow as pa

    try:
        if why := refusal(connection, asked["query"]):
            _end(REFUSED, why)
        # one row more than is wanted tells that there are more
        reader = connection.sql(asked["query"]).limit(asked["rows"] + 1).to_arrow_reader(_BATCH)
        with pa.ipc.new_stream(out, reader.schema) as stream:
            size = 0
            for batch in reader:
                size += batch.nbytes
                if size > asked["bytes"]:
                    _end(TOO_LARGE)
                stream.write_batch(batch)
        out.flush()
    except duckdb.InterruptException:
        _end(FAILED, "TIME")
    except duckdb.OutOfMemoryException:
        _end(FAILED, "MEMORY")
    except (duckdb.Error, pa.ArrowException) as error:
        _end(REFUSED, str(error))


def refusal(connection: duckdb.DuckDBPyConnection, query: str) -> str | None:
    """Why a query may not be asked, None where it is one SELECT. Raises duckdb.Error where it is no SQL."""
    import duckdb

    statements = connection.extract_statements(query)
    if len(statements) == 1 and statements[0].type == duckdb.StatementType.SELECT:
        return None
    kinds = ", ".join(s.type.name for s in statements) or "nothing"
    return f"one SELECT is allowed, this is {kinds}; the data cannot be changed here"


def _open(asked: Mapping[str, Any]) -> duckdb.DuckDBPyConnection:
    """A connection that has the views and nothing else; Arrow reads the files, so that DuckDB needs no right to."""
    import duckdb
    import pyarrow as pa
    import pyarrow.dataset

    connection = duckdb.connect(config={"threads": max(1, min(4, os.cpu_count() or 1))})
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute(f"SET memory_limit = '{int(asked['memory_mb'])}MiB'")
    for name, given in asked["tables"].items():
        schema = pa.ipc.read_schema(pa.py_buffer(base64.b64decode(given["schema"])))
        connection.register(name, pyarrow.dataset.dataset(given["files"], schema=schema, format="parquet"))
    connection.execute(asked["views"])
    for wall in _WALLS:
        connection.execute(wall)
    return connection


def _limit(memory_mb: int) -> None:
    """Have the system hold the process to its memory and forbid it to write files."""
    try:
        import resource
    except ImportError:  # Windows: the other walls stand
        return
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    most = (2 * memory_mb + used + _ROOM_MB) * 1024**2
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def _stop_after(seconds: float, connection: duckdb.DuckDBPyConnection) -> None:
    """Interrupt the query when its time is up, and end the process where that does not help soon."""
    for after, act in ((seconds, connection.interrupt), (seconds + _GRACE_S, lambda: _end(FAILED, "TIME"))):
        timer = threading.Timer(after, act)
        timer.daemon = True
        timer.start()


def _end(status: int, told: str = "") -> NoReturn:
    """End at once, whatever else runs in the process."""
    sys.stderr.write(told)
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    main()
