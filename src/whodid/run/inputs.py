"""What a run reads: paths, or reports that were read already."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO, cast

from whodid.errors import UsageError
from whodid.ingest import read
from whodid.records import Rejection, Report
from whodid.run.coder import Input

Sources = str | Path | Report | Iterable[str | Path] | Iterable[Report | Rejection]
"""A file, folder or ``-``; a report; or several of one of these kinds."""


def inputs(sources: Sources, date: dt.date | None, max_chars: int, stdin: BinaryIO | None) -> Iterator[Input]:
    """The reports of the sources, in order; ``date`` is given to those that have none. Raises UsageError for a mix."""
    several = iter([sources] if isinstance(sources, str | Path | Report) else sources)
    first = next(several, None)
    if first is None:
        return
    every = chain([first], several)
    if isinstance(first, Report | Rejection):
        yield from (_dated(item, date) for item in every)
    else:
        yield from read(cast(Iterator[str | Path], every), date=date, max_chars=max_chars, stdin=stdin)


def _dated(item: object, date: dt.date | None) -> Input:
    if not isinstance(item, Report | Rejection):
        raise UsageError(f"the sources mix reports with {type(item).__name__}: give reports or paths, not both")
    if date is None or isinstance(item, Rejection) or item.published is not None:
        return item
    return item.model_copy(update={"published": date, "published_from": "option"})
