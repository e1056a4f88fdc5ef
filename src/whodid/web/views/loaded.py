"""The words that publishers use in their own voice for contested things, in the reports of a comparison."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

from pydantic import BaseModel, ConfigDict

from whodid.run.framing import Framed as FramedReport
from whodid.run.framing import LoadedWord, TermCount, compare, framed
from whodid.web.rows import Kept
from whodid.web.snapshot import Snapshot

READ = 40
"""Reports that are read for one page: a report takes a fifth of a second."""

_KEPT: Kept[tuple[LoadedWord, ...]] = Kept(5_000, lambda _: 1)
_READING = Lock()


class Thing(BaseModel):
    """A contested thing that some publisher names with a word that is not neutral, and the words of each that names it,
    the most frequent first."""

    model_config = ConfigDict(frozen=True)

    thing: str
    name: str
    words: dict[str, tuple[TermCount, ...]]


class Loaded(BaseModel):
    """reports: how many there are; read: how many of them were read."""

    model_config = ConfigDict(frozen=True)

    reports: int
    read: int
    things: tuple[Thing, ...]


def loaded_words(data: Snapshot, ids: Sequence[str]) -> Loaded:
    """The loaded words of these reports, of :data:`READ` at most. What was read once is kept; one request reads at a
    time. Raises ModelError where the parser is not installed."""
    reports = list(data.reports("list_contains(?, id)", [list(ids[:READ])]))
    found: list[LoadedWord] = []
    with _READING:
        new = {report.id: report for report in reports if (report.id, report.sha256) not in _KEPT}
        for output in framed(list(new.values())):
            if isinstance(output, FramedReport):
                report = new.pop(output.report.id)
                _KEPT.get_or((report.id, report.sha256), lambda output=output: output.words)  # type: ignore[misc]
        for report in new.values():  # in a language that is not read
            _KEPT.get_or((report.id, report.sha256), lambda: ())
        for report in reports:
            found += _KEPT.get_or((report.id, report.sha256), lambda: ())
    things = compare(word for word in found if word.voice == "outlet")
    return Loaded(
        reports=len(ids), read=len(reports),
        things=tuple(Thing(thing=one.thing, name=one.name, words=one.outlets) for one in things),
    )  # fmt: skip
