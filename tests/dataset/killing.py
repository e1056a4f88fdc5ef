"""Work on a dataset in a process that kills itself with SIGKILL at a chosen step: just before, or just after, something
reaches the disk. Only what is bought is wrapped (Delta Lake, renames, deletions, fsync); the program is as it is."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from functools import wraps
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any

from tests.dataset.scenes import add, news
from whodid.dataset import compact, migrate, store
from whodid.dataset.writer import Writer
from whodid.run import adding, keeping, reviewing

REPORTS = 8
ACKNOWLEDGED = "acknowledged"


def _add(folder: Path) -> None:
    adding.BATCH = 1  # a version for each shard
    add(folder, news(REPORTS)[: REPORTS // 2])
    add(folder, news(REPORTS))


def _remove(folder: Path) -> None:
    keeping.remove(folder, [news(REPORTS)[0].id])


def _compact(folder: Path) -> None:
    compact.compact(folder, keep_days=0)


def _fuse(folder: Path) -> None:
    keeping.fuse_pending(folder)


def _review(folder: Path) -> None:
    reviewing.apply_pending(folder)


def _migrate(folder: Path) -> None:
    keeping.migrate(folder)


WORK: dict[str, Callable[[Path], None]] = {
    "add": _add, "remove": _remove, "compact": _compact, "fuse": _fuse, "migrate": _migrate,
    "review": _review,
}  # fmt: skip


def _context() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.dataset.killing"])
    return context


def run(verb: str, folder: Path, *, at: int) -> int:
    """Do the work in another process that dies at step ``at`` (from 0; even ones lie before a call, odd ones after).
    Returns its exit status: 0, or -SIGKILL. What it acknowledged is in the file beside the folder."""
    process = _context().Process(target=_doomed, args=(verb, str(folder), at))
    process.start()
    process.join(120)
    assert process.exitcode is not None, f"{verb} killed at {at} hangs"
    return process.exitcode


def steps(verb: str, folder: Path) -> int:
    """How many steps the work has; it is done."""
    counted = folder.with_name("steps")
    process = _context().Process(target=_doomed, args=(verb, str(folder), -1, str(counted)))
    process.start()
    process.join(120)
    assert process.exitcode == 0
    return int(counted.read_text())


def acknowledged(folder: Path) -> set[str]:
    """Ids of the reports whose storing was acknowledged."""
    file = folder.with_name(ACKNOWLEDGED)
    return set(file.read_text().split()) if file.exists() else set()


def _doomed(verb: str, name: str, at: int, counted: str | None = None) -> None:
    folder, step = Path(name), 0

    def pass_by() -> None:
        nonlocal step
        if step == at:
            os.kill(os.getpid(), signal.SIGKILL)
        step += 1

    def dangerous(call: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(call)
        def wrapped(*args: Any, **options: Any) -> Any:
            pass_by()
            result = call(*args, **options)
            pass_by()
            return result

        return wrapped

    _wrap(dangerous)
    _tell(folder.with_name(ACKNOWLEDGED))
    WORK[verb](folder)
    if counted:
        Path(counted).write_text(str(step))


def _wrap(dangerous: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    store.write_deltalake = dangerous(store.write_deltalake)
    table: Any = store.DeltaTable
    table.create = dangerous(table.create)
    table.restore = dangerous(table.restore)
    optimizer: Any = __import__("deltalake.table", fromlist=["TableOptimizer"]).TableOptimizer
    optimizer.compact = dangerous(optimizer.compact)
    path: Any = Path
    path.replace = dangerous(path.replace)
    path.unlink = dangerous(path.unlink)
    os.fsync = dangerous(os.fsync)


def _tell(file: Path) -> None:
    """After each commit write down which reports were in it, as a caller would be told."""
    commit = Writer.commit

    def told(self: Writer, **options: Any) -> Any:
        reports = [row["id"] for row in self._rows.get("reports", ())]
        data = commit(self, **options)
        with file.open("a") as out:
            out.write("".join(f"{one}\n" for one in reports))
        return data

    writer: Any = Writer
    writer.commit = told


__all__ = ["WORK", "acknowledged", "migrate", "run", "steps"]
