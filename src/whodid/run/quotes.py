"""Who said what in reports: reading, annotation and attribution wired together."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from typing import BinaryIO

from whodid.annotate import annotate
from whodid.ground.sayings import sayings
from whodid.models import Parser
from whodid.records import Rejection, Saying, Sayings
from whodid.run.coder import load_parser
from whodid.run.inputs import Sources, inputs
from whodid.settings import Settings, load_settings

log = logging.getLogger("whodid")


def quotes(
    sources: Sources,
    *,
    date: dt.date | None = None,
    settings: Settings | None = None,
    rejected: Callable[[Rejection], None] | None = None,
) -> Iterator[Saying]:
    """Every attribution in reports: who said what to whom, in the order of the reports and of the attributing words.

    The parameters and errors are those of :func:`whodid.code`; one process does the work, whatever ``workers`` is.
    """
    for output in report_quotes(sources, date=date, settings=settings):
        if isinstance(output, Sayings):
            yield from output.sayings
        elif rejected is not None:
            rejected(output)
        else:
            log.warning("%s: %s: %s", output.source, output.code, output.message)


def report_quotes(
    sources: Sources,
    *,
    date: dt.date | None = None,
    settings: Settings | None = None,
    stdin: BinaryIO | None = None,
    parser: Parser | None = None,
) -> Iterator[Sayings | Rejection]:
    """One Sayings or Rejection for each input, in order. stdin: where the source ``-`` is read from. parser: by default
    the one that the settings name. Raises SettingError, ModelError."""
    settings = settings or load_settings()
    reports = inputs(sources, date, settings.max_chars, stdin)
    return sayings(annotate(reports, parser=parser or load_parser(settings.parser)))
