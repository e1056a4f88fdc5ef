"""One report that somebody sends, coded at once: the coder is loaded once and asked by one at a time."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from whodid.errors import WhodidError
from whodid.ingest import read_bytes
from whodid.records import Coded, Rejection, Report
from whodid.run import coder_of
from whodid.run.coder import Coder, code_shard
from whodid.settings import Settings

_MOST_REPORTS = 20
_LONGEST_S = 30.0
_WAIT_S = 20.0


class Busy(WhodidError):
    """Others are being served; it may be tried again later."""


@dataclass(frozen=True, slots=True)
class OwnText:
    """What was found: reports with their claims, and what gave none and why."""

    coded: tuple[Coded, ...]
    rejections: tuple[Rejection, ...]


class OwnTexts:
    """Codes what people send. Nothing of it is kept."""

    def __init__(
        self, settings: Settings, *, max_chars: int, make: Callable[[], Coder] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        """max_chars: of all texts that are sent at once. make: builds the coder, by default that of the settings.
        clock: seconds. Raises SettingError."""
        self.max_chars = min(max_chars, settings.max_chars)
        self._make = make or coder_of(settings)
        self._clock = clock
        self._lock = threading.Lock()
        self._coder: Coder | None = None

    def code(self, name: str, data: bytes, date: dt.date | None = None) -> OwnText:
        """Code a text, page or JSON lines. name: of the file; its suffix tells what it is, else its first bytes do.
        date: of publication, where it has none. Raises Busy, ModelError."""
        if not self._lock.acquire(timeout=_WAIT_S):
            raise Busy("other texts are being coded; try again in a minute")
        try:
            if self._coder is None:
                self._coder = self._make()
            return self._code(self._coder, read_bytes(name, data, date=date, max_chars=self.max_chars))
        finally:
            self._lock.release()

    def _code(self, coder: Coder, items: Iterable[Report | Rejection]) -> OwnText:
        coded: list[Coded] = []
        rejections: list[Rejection] = []
        ending, left = self._clock() + _LONGEST_S, self.max_chars
        for n, item in enumerate(items):
            if isinstance(item, Report) and (why := self._too_much(n, left - len(item.text), ending)):
                rejections.append(Rejection(source=item.url or name_of(item), code="too-long", message=why))
                continue
            left -= len(item.text) if isinstance(item, Report) else 0
            (output,) = code_shard([item], coder)
            if isinstance(output, Rejection):
                rejections.append(output)
            else:
                coded.append(output)
                rejections.extend(output.rejections)
        return OwnText(tuple(coded), tuple(rejections))

    def _too_much(self, n: int, left: int, ending: float) -> str:
        """Why the report after ``n`` others is not coded, empty where it is."""
        if n >= _MOST_REPORTS:
            return f"{_MOST_REPORTS} reports at once are coded here; `whodid code` has no such limit"
        if left < 0:
            return f"{self.max_chars:,} characters at once are coded here; `whodid code` has no such limit"
        if self._clock() > ending:
            return f"the reports before it took more than {_LONGEST_S:g} seconds; send fewer at once"
        return ""


def name_of(report: Report) -> str:
    """What messages call a report that has no address."""
    return report.title or report.id
