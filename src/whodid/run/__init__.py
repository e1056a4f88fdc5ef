"""Runs the stages over reports: the only place that names two of them.

:func:`code` gives the claims of some reports; :class:`Run` gives claims and rejections report by report, with a
summary, several processes, and a journal to go on with after a stop.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from whodid.records import Claim, Coded, Rejection
from whodid.run.coder import Coder, Output, coder_name, make_coder, parser_version, resolve
from whodid.run.finder import BOTH, chosen, weights_mark
from whodid.run.inputs import Sources, inputs
from whodid.run.journal import Entry, Journal, digest
from whodid.run.shards import Shard, in_order
from whodid.run.summary import Summary
from whodid.settings import Settings, load_settings

__all__ = ["Coded", "Run", "Sources", "Summary", "code"]

log = logging.getLogger("whodid")


def code(
    sources: Sources,
    *,
    date: dt.date | None = None,
    settings: Settings | None = None,
    rejected: Callable[[Rejection], None] | None = None,
) -> Iterator[Claim]:
    """The claims of reports, in the order of the reports and of their text.

    sources: paths of files or folders, or reports that were read already. date: publication date of the reports that
    have none. settings: by default those of the environment. rejected: is called with every input that gave no claims
    and with every claim that was rejected; by default each is logged as a warning. With more than one worker the
    calling script needs Python's ``if __name__ == "__main__":`` guard. Raises SettingError, ModelError, OntologyError.
    """
    for output in Run(sources, date=date, settings=settings):
        if isinstance(output, Coded):
            yield from output.claims
        for rejection in output.rejections if isinstance(output, Coded) else (output,):
            if rejected is not None:
                rejected(rejection)
            else:
                log.warning("%s: %s: %s", rejection.source, rejection.code, rejection.message)


def coder_of(settings: Settings) -> Callable[[], Coder]:
    """What builds the coder of the settings, and can be sent to another process. Raises SettingError at once, not when
    it is built."""
    if settings.coder != "endpoint":
        return partial(make_coder, settings.parser, settings.ontology, settings.coder, settings.min_score)
    from whodid.run.endpoint import make_endpoint_coder, options

    options(settings)
    return partial(make_endpoint_coder, settings)


class Run:
    """One pass over the sources: iterate over it once, then read ``summary``.

    stdin: where the source ``-`` is read from. make: builds the coder; picklable where there are several workers.
    """

    def __init__(
        self,
        sources: Sources,
        *,
        date: dt.date | None = None,
        settings: Settings | None = None,
        stdin: BinaryIO | None = None,
        make: Callable[[], Coder] | None = None,
    ) -> None:
        self.settings = settings or load_settings()
        self._make = make or coder_of(self.settings)
        self._inputs = inputs(sources, date, self.settings.max_chars, stdin)
        parser, small = resolve(self.settings.parser)
        self.summary = Summary(
            parser=parser,
            small_model=small,
            rules_alone=self.settings.coder == BOTH and chosen(BOTH) != BOTH,
            prices=self.settings.endpoint_prices,
        )

    def _coder_identity(self) -> tuple[object, ...]:
        """What of the coder and its settings decides the outcome."""
        if self.settings.coder != "endpoint":
            return (coder_name(self.settings.coder), self.settings.min_score, weights_mark())
        from whodid.run.endpoint import endpoint_coder_name, options

        return (endpoint_coder_name(self.settings), *options(self.settings).deciding)

    def __iter__(self) -> Iterator[Output]:
        """One Coded or Rejection for each input, in order."""
        return (output for shard in self.shards() for _, output in shard)

    def shards(self, journal: Journal | None = None) -> Iterator[Shard]:
        """The same in shards. With a journal, what it has already is counted and skipped, and what comes is written."""
        todo = journal.remaining(self._inputs, self._skipped) if journal else self._inputs
        for shard in in_order(todo, self._make, workers=self.settings.workers):
            if journal:
                journal.add(shard)
            for _, output in shard:
                self.summary.add(output)
            yield shard

    def fingerprint(self, *given: object) -> str:
        """One string for what decides the outcome of this run: coder, parser, ontology, settings, and what is
        ``given``."""
        ontology = Path(self.settings.ontology)
        return digest(
            *self._coder_identity(),
            self.summary.parser,
            parser_version(self.summary.parser),
            ontology.read_text(encoding="utf-8") if ontology.is_file() else self.settings.ontology,
            self.settings.max_chars,
            *given,
        )

    def _skipped(self, entry: Entry) -> None:
        self.summary.resumed += 1
        if entry.rejection is not None:
            self.summary.add(entry.rejection)
        else:
            self.summary.count(entry.claims, entry.rejections)
        self.summary.spend(entry.usage)
