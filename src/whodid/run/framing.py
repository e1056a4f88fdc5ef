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
from whodid.records import Record, Rejection, ReportInfo
from whodid.run.coder import load_parser
from whodid.run.inputs import Sources, inputs
from whodid.settings import Settings, load_settings

__all__ = ["Comparison", "Framed", "LoadedWord", "TermCount", "compare", "framed", "loaded_words"]

log = logging.getLogger("whodid")


class Framed(Record):
    """A report and every use of a word of the framing lexicon in it."""

    report: ReportInfo
    words: tuple[LoadedWord, ...]


def loaded_words(
    sources: Sources,
    *,
    date: dt.date | None = None,
    settings: Settings | None = None,
    rejected: Callable[[Rejection], None] | None = None,
) -> Iterator[LoadedWord]:
    """Every use of a word of the framing lexicon, neutral ones too, in every voice, in the order of reports and text.

    The parameters and errors are those of :func:`whodid.code`.
    """
    for output in framed(sources, date=date, settings=settings):
        if isinstance(output, Framed):
            yield from output.words
        elif rejected is not None:
            rejected(output)
        else:
            log.warning("%s: %s: %s", output.source, output.code, output.message)


def framed(
    sources: Sources,
    *,
    date: dt.date | None = None,
    settings: Settings | None = None,
    stdin: BinaryIO | None = None,
    parser: Parser | None = None,
) -> Iterator[Framed | Rejection]:
    """One Framed or Rejection for each input, in order. stdin: where the source ``-`` is read from. parser: by default
    the one that the settings name. Raises SettingError, ModelError."""
    settings = settings or load_settings()
    reports = inputs(sources, date, settings.max_chars, stdin)
    for item in annotate(reports, parser=parser or load_parser(settings.parser)):
        if isinstance(item, Rejection):
            yield item
        else:
            yield Framed(report=item.report.info, words=framing(item, attributions(item)))
