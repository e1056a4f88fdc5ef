"""Claims on disk as JSON Lines while a run goes on, and a journal that lets a killed run go on where it stopped.

For an output ``FILE`` a run writes ``FILE.partial`` (the claims) and ``FILE.journal``: a first line with the
fingerprint of the run, then one line for each finished input with the number of bytes of claims up to there. A run with
the same fingerprint drops what stands after the last whole line and skips the inputs that are done, as long as they are
the same ones; an input that has changed, and all that follow it, are coded again.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from pydantic import BaseModel, ConfigDict, ValidationError

from whodid.errors import UsageError
from whodid.export.json_lines import json_line
from whodid.records import Rejection, Usage
from whodid.run.coder import Input, Output
from whodid.run.shards import Shard

if sys.platform != "win32":
    import fcntl


class Entry(BaseModel):
    """One finished input. ``key`` identifies it; ``end`` is the size in bytes of the claims file after it; ``claims``
    is their number; ``rejections`` were rejected beside them."""

    model_config = ConfigDict(frozen=True)

    key: str
    end: int
    claims: int
    rejection: Rejection | None = None
    rejections: tuple[Rejection, ...] = ()
    usage: Usage | None = None


class Journal:
    """The two files of a run. A context manager: leaving it closes them and keeps both for the next try; call
    :meth:`finish` when all is done."""

    def __init__(self, output: Path, fingerprint: str) -> None:
        self.output = output
        self.claims_path = output.with_name(output.name + ".partial")
        self._journal_path = output.with_name(output.name + ".journal")
        self._fingerprint = fingerprint
        self.entries: list[Entry] = []

    def __enter__(self) -> Self:
        """Open or create the files. Raises UsageError where another run is writing them, OSError where they cannot be
        written."""
        self._journal = self._journal_path.open("a+b")
        self._lock()
        try:
            self._claims = self.claims_path.open("a+b")
        except OSError:
            self._journal.close()
            raise
        self._journal.seek(0)
        self.entries, self._ends = _entries(self._journal, self._fingerprint, self._claims.seek(0, os.SEEK_END))
        if not self._ends:
            self._journal.truncate(0)
            self._write([json.dumps({"fingerprint": self._fingerprint})])
        self._keep(len(self.entries))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._claims.close()
        self._journal.close()
        if not self.entries:
            self._remove()

    def _remove(self) -> None:
        self.claims_path.unlink(missing_ok=True)
        self._journal_path.unlink(missing_ok=True)

    def _lock(self) -> None:
        if sys.platform != "win32":
            try:
                fcntl.flock(self._journal, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                self._journal.close()
                raise UsageError(
                    f"another run is writing {self.output}; wait for it or take another -o FILE"
                ) from error

    def _keep(self, number: int) -> None:
        """Keep the first ``number`` entries and their claims, drop the rest."""
        del self.entries[number:]
        del self._ends[number + 1 :]
        self._journal.truncate(self._ends[-1])
        self._claims.truncate(self.entries[-1].end if self.entries else 0)

    def _write(self, lines: Iterable[str]) -> None:
        """Append lines to the journal, on the disk before this returns."""
        position = self._ends[-1] if self._ends else 0
        for line in lines:
            position += self._journal.write((line + "\n").encode())
            self._ends.append(position)
        self._journal.flush()
        os.fsync(self._journal.fileno())

    def remaining(self, inputs: Iterable[Input], skipped: Callable[[Entry], None]) -> Iterator[Input]:
        """The inputs that are not done yet; ``skipped`` is called with the entry of each that is."""
        stream = iter(inputs)
        done = 0
        for item in stream:
            if done == len(self.entries) or key(item) != self.entries[done].key:
                self._keep(done)
                yield item
                yield from stream
                return
            skipped(self.entries[done])
            done += 1
        self._keep(done)

    def add(self, shard: Shard) -> None:
        """Write the claims of a shard, then that it is done."""
        entries = []
        for item, output in shard:
            lines = claim_lines(output)
            self._claims.write("".join(lines).encode())
            entry = Entry(key=key(item), end=self._claims.tell(), claims=len(lines), usage=output.usage)
            rejected: dict[str, object] = (
                {"rejection": output} if isinstance(output, Rejection) else {"rejections": output.rejections}
            )
            entries.append(entry.model_copy(update=rejected))
        self._claims.flush()
        os.fsync(self._claims.fileno())  # a journal line must never speak of claims that are not on the disk
        self._write(entry.model_dump_json(exclude_defaults=True) for entry in entries)
        self.entries += entries

    def finish(self, convert: Callable[[Path, Path], None] | None = None) -> None:
        """Put the output in its place, in one step, and remove the journal. ``convert(claims, target)`` makes another
        format of the claims first."""
        self._claims.close()
        ready = self.claims_path
        if convert is not None:
            ready = self.output.with_name(self.output.name + ".converted")
            convert(self.claims_path, ready)
        ready.replace(self.output)
        self._remove()


def _entries(journal: Iterable[bytes], fingerprint: str, size: int) -> tuple[list[Entry], list[int]]:
    """The entries of a journal that speak of claims which are there, and where its kept lines end (the first line's
    end first); nothing if it is of another run."""
    out: list[Entry] = []
    ends: list[int] = []
    position = 0
    for line in journal:
        position += len(line)
        if not line.endswith(b"\n"):  # it was being written when the run was killed
            break
        if not ends:
            if line != json.dumps({"fingerprint": fingerprint}).encode() + b"\n":
                break
        else:
            try:
                entry = Entry.model_validate_json(line)
            except ValidationError:
                break
            if entry.end > size:
                break
            out.append(entry)
        ends.append(position)
    return out, ends


def claim_lines(output: Output) -> list[str]:
    """The claims of one output as JSON Lines, each with its line end: the promised format."""
    return [] if isinstance(output, Rejection) else [json_line(claim) for claim in output.claims]


def key(item: Input) -> str:
    """What identifies an input: its content, without the moment at which it was read."""
    return hashlib.sha256(item.model_dump_json(exclude={"retrieved"}).encode()).hexdigest()[:24]


def digest(*parts: object) -> str:
    """One string for everything that decides what a run gives."""
    return hashlib.sha256(json.dumps([str(part) for part in parts]).encode()).hexdigest()[:24]
