"""What people said is taken into the dataset behind their backs: it is acknowledged once it is in the database of
people, and one version is made of all that came meanwhile."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from whodid.dataset import open_dataset
from whodid.dataset.people import People
from whodid.errors import WhodidError

log = logging.getLogger("whodid.web")

_GATHER_S = 0.25
"""How long one judgement waits for more, so that a quick reviewer does not make a version with every key."""
_LOOK_EVERY_S = 10.0
"""How often what came by other ways, such as the command line, is looked for."""
_LONGEST_WAIT_S = 60.0


class Applying:
    """Takes pending judgements in, in a thread between :meth:`start` and :meth:`stop`; also those that a killed server
    left. What fails is logged and tried again, later every time up to a minute."""

    def __init__(
        self, folder: Path, people: People, judgements: str | None = None, done: Callable[[], object] = lambda: None
    ) -> None:
        """people: their database, at the address ``judgements``. done: is called after every new version."""
        self._folder = folder
        self._people = people
        self._judgements = judgements
        self._done = done
        self._wake = threading.Event()
        self._stopping = False
        self._thread: threading.Thread | None = None

    def waiting(self) -> int:
        """Judgements that the dataset has not taken in yet."""
        from whodid.run.reviewing import pending

        return pending(open_dataset(self._folder).head.marks, self._people)

    def wake(self) -> None:
        """Say that something was judged."""
        self._wake.set()

    def start(self) -> None:
        """Begin, with what is pending already."""
        self._stopping = False
        self._wake.set()
        self._thread = threading.Thread(target=self._work, name="whodid-applying", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End; a version that is being made is finished first."""
        self._stopping = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        pause, failures = _LOOK_EVERY_S, 0
        while True:
            self._wake.wait(pause)
            if self._stopping:
                return
            if self._wake.is_set():
                self._wake.clear()
                time.sleep(_GATHER_S)
            try:
                self._apply()
                pause, failures = _LOOK_EVERY_S, 0
            except (WhodidError, OSError):
                failures += 1
                pause = min(2.0 ** (failures - 1), _LONGEST_WAIT_S)
                log.exception("judgements cannot be taken into %s now; next try in %g s", self._folder, pause)

    def _apply(self) -> None:
        from whodid.run.reviewing import apply_pending

        before = open_dataset(self._folder).version
        applied = apply_pending(self._folder, judgements=self._judgements)
        if applied.version != before:
            self._done()
