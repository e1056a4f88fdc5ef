"""The dataset as it is now: one version is read until a newer one is ready, so that no request waits for another's
change."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from whodid.dataset.heads import versions
from whodid.errors import WhodidError
from whodid.web.search import WordIndex
from whodid.web.snapshot import Snapshot, open_snapshot

log = logging.getLogger("whodid.web")

_POLL_S = 0.5


class Live:
    """Gives the newest version of a dataset. :meth:`start` has a thread look for newer ones until :meth:`stop`."""

    def __init__(self, folder: Path) -> None:
        """Raises UsageError where there is no dataset that can be read."""
        self.folder = folder
        self._index = WordIndex()
        self._data = open_snapshot(folder, self._index)
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._refreshing = threading.Lock()

    @property
    def data(self) -> Snapshot:
        """The version that is read now. Take it once a request, so that all of its answers fit together; it stays as it
        is for as long as somebody holds it."""
        return self._data

    def refresh(self) -> bool:
        """Read the newest version from now on; whether there was one. Requests go on while it is loaded."""
        with self._refreshing:
            newest = max(versions(self.folder), default=0)
            if newest <= self._data.version:
                return False
            self._data = open_snapshot(self.folder, self._index, self._data.store)
            return True

    def start(self) -> None:
        """Look for newer versions in the background."""
        self._stopping.clear()
        self._thread = threading.Thread(target=self._watch, name="whodid-live", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop looking."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def _watch(self) -> None:
        while not self._stopping.wait(_POLL_S):
            try:
                self.refresh()
            except (WhodidError, OSError):  # the version that was read stays; the next look may succeed
                log.exception("the newest version of %s cannot be read", self.folder)
