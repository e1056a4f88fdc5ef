"""Delta Lake tables in a folder: made, appended to, put back, read at a version."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from deltalake import DeltaTable, WriterProperties, write_deltalake
from deltalake.exceptions import DeltaError, TableNotFoundError

from whodid.dataset.heads import sync_folder
from whodid.dataset.schema import Table, tables
from whodid.errors import WhodidError

if TYPE_CHECKING:
    import pyarrow as pa

FOLDER = "tables"

_CONFIGURATION = {
    # what a version needs stays until `whodid compact` clears it: nothing goes by itself
    "delta.logRetentionDuration": "interval 36500 days",
    "delta.deletedFileRetentionDuration": "interval 36500 days",
    "delta.enableExpiredLogCleanup": "false",
    "delta.checkpointInterval": "50",
}
_ORDERED = frozenset({"int", "float", "date", "time"})


def _configuration(table: Table) -> dict[str, str]:
    """With the columns whose least and greatest values the log tells; those of long texts would only fill it."""
    told = [column.name for column in table.columns if column.kind in _ORDERED]
    return {**_CONFIGURATION, "delta.dataSkippingStatsColumns": ",".join(told)}


_COMPRESSION = WriterProperties(compression="ZSTD", max_row_group_size=65_536)


class Store:
    """The tables below one folder. Writing is for the holder of the dataset's lock."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / FOLDER
        self._files: dict[tuple[str, int], list[str]] = {}

    def path(self, name: str) -> Path:
        """Folder of a table."""
        return self.folder / name

    def create(self, table: Table) -> int:
        """Make a table unless it is there; its Delta version."""
        path = self.path(table.name)
        if DeltaTable.is_deltatable(str(path)):
            return self.newest(table.name)
        made = DeltaTable.create(
            str(path), table.arrow(), mode="ignore", configuration=_configuration(table), name=table.name,
            description=f"a row is {table.row}",
        )  # fmt: skip
        return made.version()

    def open(self, name: str, version: int | None = None) -> DeltaTable:
        """A table at a Delta version. Raises WhodidError where it is missing or damaged."""
        try:
            return DeltaTable(str(self.path(name)), version=version)
        except (TableNotFoundError, DeltaError, OSError) as error:
            at = "" if version is None else f" at version {version}"
            raise WhodidError(f"the table {self.path(name)}{at} cannot be read: {error}") from error

    def newest(self, name: str) -> int:
        """Delta version of a table as it stands, with what a killed writer may have left."""
        return self.open(name).version()

    def goes_on(self, name: str, version: int) -> bool:
        """True if a table has a Delta version after this one."""
        return (self.path(name) / "_delta_log" / f"{version + 1:020}.json").exists()

    def put_back(self, name: str, version: int) -> int:
        """The table as it was at ``version``, whatever came later; its Delta version now."""
        table = self.open(name)
        if table.version() == version:
            return version
        table.restore(version)
        return self.newest(name)

    def append(self, name: str, rows: pa.Table) -> int:
        """Append rows; the Delta version with them."""
        table = self.open(name)
        write_deltalake(table, rows, mode="append", writer_properties=_COMPRESSION)
        version = self._synced(table)
        self._files[name, version] = _files(table)
        return version

    def replace(self, name: str, rows: pa.Table | pa.RecordBatchReader) -> int:
        """Have ``rows`` in place of all that is there (a new schema too); the Delta version with them."""
        table = self.open(name)
        write_deltalake(table, rows, mode="overwrite", schema_mode="overwrite", writer_properties=_COMPRESSION)
        return self._synced(table)

    def merge_files(self, name: str) -> int:
        """Many small files made few; the rows stay. The Delta version with that."""
        table = self.open(name)
        table.optimize.compact(writer_properties=_COMPRESSION)
        return self._synced(table)

    def files(self, name: str, version: int) -> list[str]:
        """Absolute paths of the Parquet files of a version."""
        if (name, version) not in self._files:  # a version never changes
            self._files[name, version] = _files(self.open(name, version))
        return self._files[name, version]

    def _synced(self, table: DeltaTable) -> int:
        """Have on the disk what the last commit wrote, so that no head names what a power cut takes away."""
        version = table.version()
        root = Path(_local(table.table_uri))
        log = root / "_delta_log" / f"{version:020}.json"
        for path in [log, *(root / name for name in added(log))]:
            with path.open("rb") as file:
                os.fsync(file.fileno())
        sync_folder(log.parent)
        sync_folder(root)
        return version


def added(log: Path) -> list[str]:
    """Names of the Parquet files that one entry of a table's log adds."""
    lines = log.read_bytes().split(b"\n")  # only this ends a line; str.splitlines would split strings of the log too
    adds = (json.loads(line).get("add") for line in lines if line)
    return [unquote(add["path"]) for add in adds if add]


def _files(table: DeltaTable) -> list[str]:
    return [_local(uri) for uri in table.file_uris()]


def _local(uri: str) -> str:
    return unquote(uri.removeprefix("file://")) if uri.startswith("file://") else uri


def arrow_table(name: str, rows: Iterable[Mapping[str, Any]], since: int) -> pa.Table:
    """Rows of a table as Arrow, each with the version ``since`` which it is there."""
    import pyarrow as pa

    listed: Sequence[Mapping[str, Any]] = [{**row, "since": since} for row in rows]
    return pa.Table.from_pylist(listed, schema=tables()[name].arrow())
