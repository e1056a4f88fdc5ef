"""Reports → claims → stored in a dataset and fused, a batch at a time. Each batch is one version of the dataset: what a
stopped run had stored is skipped when the same reports are given again."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from whodid.dataset import Dataset, Run, open_dataset, writing
from whodid.dataset.compact import tidy
from whodid.dataset.identity import Placement, place
from whodid.dataset.people import People, open_people
from whodid.records import Rejection, Report
from whodid.run import Run as Coding
from whodid.run.coder import Coder, Input, Output, coder_name, parser_version
from whodid.run.fusing_stored import check_fusion
from whodid.run.inputs import Sources, inputs
from whodid.run.storing import Placed, is_read, stage
from whodid.run.summary import Summary
from whodid.settings import Settings, load_settings

BATCH = 512
"""Reports after which what was coded is stored."""

_SECONDS = 30.0
"""Time after which it is stored at the latest."""

_AT_ONCE = 64


@dataclass
class Added:
    """What adding did. summary: of what was coded. known: reports that were there already. kept_out: reports that were
    removed before. superseded: ids of older versions that count no longer. events: how many were built or changed.
    version: of the dataset."""

    summary: Summary
    known: int = 0
    kept_out: int = 0
    superseded: list[str] = field(default_factory=list)
    events: int = 0
    version: int = 0


class Adding:
    """Adds the sources to the dataset in a folder: call :meth:`run` once.

    date, settings, stdin, make: as for :class:`whodid.run.Run`. recode: also code again what another coder or other
    settings coded. restore: take in again what was removed. judgements: address of the database of people's judgements.
    """

    def __init__(  # noqa: PLR0913
        self,
        folder: str | Path,
        sources: Sources,
        *,
        date: dt.date | None = None,
        settings: Settings | None = None,
        stdin: BinaryIO | None = None,
        make: Callable[[], Coder] | None = None,
        recode: bool = False,
        restore: bool = False,
        judgements: str | None = None,
    ) -> None:
        settings = settings or load_settings()
        self._folder = Path(folder)
        self._data = open_dataset(folder)
        check_fusion(self._data)
        self._people = partial(open_people, self._folder, judgements)
        self._inputs = inputs(sources, date, settings.max_chars, stdin)
        self._coding = Coding(self._new(), settings=settings, make=make)
        self._coded = self._coding.fingerprint()
        self._recode, self._restore = recode, restore
        parser = self._coding.summary.parser
        shown = settings.model_dump(mode="json", exclude={"state", "workers", "endpoint_key"})
        told = {**shown, "parser": parser, "parser_version": parser_version(parser), "date": date}
        self._run = Run("add", coder=coder_name(), settings={**told, "sources": _named(sources)})
        self.result = Added(self._coding.summary, version=self._data.version)

    def run(self, progress: Callable[[Summary], None] | None = None) -> Added:
        """Add everything. ``progress`` is told after each shard. Raises WhodidError where the dataset cannot be
        written, ModelError, OntologyError, and whatever ``progress`` raises; what was stored by then stays."""
        with self._people() as people:
            waiting: list[tuple[Input, Output]] = []
            last = time.monotonic()
            try:
                for shard in self._coding.shards():
                    waiting += shard
                    if progress:
                        progress(self.result.summary)
                    if len(waiting) >= BATCH or time.monotonic() - last > _SECONDS:
                        self._store(waiting, people, done=False)
                        waiting, last = [], time.monotonic()
            except KeyboardInterrupt:
                self._store(waiting, people, done=False)
                raise
            self._store(waiting, people, done=True)
        return self.result

    def _new(self) -> Iterator[Input]:
        """The inputs that the dataset does not have."""
        while some := list(islice(self._inputs, _AT_ONCE)):
            standings = iter(self._place(self._data, [item for item in some if isinstance(item, Report)]))
            for item in some:
                if isinstance(item, Rejection) or self._wanted(next(standings)):
                    yield item

    def _place(self, data: Dataset, reports: Sequence[Report]) -> list[Placement]:
        return place(data, reports, coded=self._coded, recode=self._recode, restore=self._restore)

    def _wanted(self, placement: Placement) -> bool:
        self.result.known += placement.standing == "known"
        self.result.kept_out += placement.standing == "removed"
        return placement.standing in {"new", "recode"}

    def _store(self, coded: Sequence[tuple[Input, Output]], people: People, *, done: bool) -> None:
        """Make what was coded a version; nothing where there is nothing new."""
        if not coded and not (done and any(self._run.counts.values())):
            return
        with writing(self._folder, self._run, store=self._data.store) as writer:
            stored = stage(writer, self._placed(writer.dataset, coded), people, coded=self._coded)
            if stored.anything or (done and any(self._run.counts.values())):
                tidy(writer)
                self._data = writer.commit(done=done)
                self.result.version = self._data.version
                self.result.superseded += stored.superseded
                self.result.events += stored.events

    def _placed(self, data: Dataset, coded: Sequence[tuple[Input, Output]]) -> list[Placed]:
        """Every output with what its report is to the dataset by now: another writer may have been faster."""
        read = [item for item, output in coded if isinstance(item, Report) and is_read(output)]
        placements = iter(self._place(data, read))
        return [
            (next(placements) if isinstance(item, Report) and is_read(output) else None, output)
            for item, output in coded
        ]


def _named(sources: Sources) -> list[str]:
    """The sources as they were given, for the table of runs; reports that were read already are only counted."""
    if isinstance(sources, str | Path):
        return [str(sources)]
    if isinstance(sources, list | tuple) and all(isinstance(s, str | Path) for s in sources):
        return [str(s) for s in sources]
    return []
