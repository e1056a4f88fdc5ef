"""The loaded words of reports: reading, annotation, attribution and framing wired together."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from typing import BinaryIO

from whodid.annotate import annotate
from whodid.framing import Comparison, LoadedWord, TermCount, compare, framing
from whodid.ground.said_by import attributions
from whodid.models import Parser
from whodid.records import Rejection
from whodid.run.coder import load_parser
from whodid.run.inputs import Sources, inputs
from whodid.settings import Settings, load_settings

__all__ = ["Comparison", "LoadedWord", "TermCount", "compare", "loaded_words"]

log = logging.getLogger("whodid")


def loaded_words(
    sources: Sources,
    *,
    date: dt.date | None = None,
    settings: Settings | None = None,
    stdin: BinaryIO | None = None,
    rejected: Callable[[Rejection], None] | None = None,
    parser: Parser | None = None,
) -> Iterator[LoadedWord]:
    """Every use of a word of the framing lexicon in reports, in every voice, in the order of the reports and their text.

    sources, date, settings, rejected: as in :func:`whodid.code`. stdin: where the source ``-`` is read from. parser: by
    default the one that the settings name. Raises SettingError, ModelError.
    """
    settings = settings or load_settings()
    reports = inputs(sources, date, settings.max_chars, stdin)
    for item in annotate(reports, parser=parser or load_parser(settings.parser)):
        if not isinstance(item, Rejection):
            yield from framing(item, attributions(item))
        elif rejected is not None:
            rejected(item)
        else:
            log.warning("%s: %s: %s", item.source, item.code, item.message)
