"""Every format by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from whodid.errors import UsageError
from whodid.export.format import Format
from whodid.export.formats.acled import ACLED
from whodid.export.formats.flat import CSV, CSV_EXCEL, JSONL, PARQUET
from whodid.export.formats.ftm import FTM
from whodid.export.formats.gdelt import GDELT
from whodid.export.formats.icews import ICEWS
from whodid.export.formats.network import NETWORK_GRAPHML, NETWORK_LISTS
from whodid.export.formats.plover import PLOVER
from whodid.export.formats.polecat import POLECAT

EXPORTS: Mapping[str, Format] = MappingProxyType(
    {
        format.name: format
        for format in (
            JSONL, PARQUET, CSV, CSV_EXCEL, PLOVER, GDELT, POLECAT, ICEWS, ACLED, FTM, NETWORK_GRAPHML, NETWORK_LISTS,
        )
    }
)  # fmt: skip
"""Name → format of an export of a dataset."""


def export_format(name: str) -> Format:
    """The format of this name. Raises UsageError where there is none."""
    if name not in EXPORTS:
        raise UsageError(f"--format: there is no format {name!r}; formats: {', '.join(EXPORTS)}")
    return EXPORTS[name]
