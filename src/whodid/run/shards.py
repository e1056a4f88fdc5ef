"""Shards of reports, coded here or by several processes; the results come in the order of the inputs either way."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context, parent_process

from whodid.errors import WhodidError
from whodid.run.coder import Coder, Input, Output, code_shard

SHARD = 16
"""Reports in a shard: the parser is fastest with 8 to 32 texts at once."""

Shard = list[tuple[Input, Output]]
"""Inputs of one shard, each with its output."""

_coder: Coder | None = None


def in_order(inputs: Iterable[Input], make: Callable[[], Coder], *, workers: int = 1) -> Iterator[Shard]:
    """Each shard with its outputs, in order, whatever ``workers`` is.

    ``make`` builds the coder; with more than one worker each process builds its own, so it has to be picklable. No more
    than two shards a worker are read ahead. Raises what ``make`` raises, and WhodidError where a process dies.
    """
    shards = _shards(inputs)
    if workers == 1:
        coder = None
        for shard in shards:
            coder = coder or make()
            yield list(zip(shard, code_shard(shard, coder), strict=True))
    else:
        yield from _by_processes(shards, make, workers)


def _shards(inputs: Iterable[Input]) -> Iterator[list[Input]]:
    stream = iter(inputs)
    while shard := list(islice(stream, SHARD)):
        yield shard


def _by_processes(shards: Iterator[list[Input]], make: Callable[[], Coder], workers: int) -> Iterator[Shard]:
    # spawned, not forked: a fork copies the locks of the threads that the progress bar and the model's libraries run
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_prepare)
    waiting: deque[tuple[list[Input], Future[list[Output]]]] = deque()
    try:
        while True:
            for shard in islice(shards, 2 * workers - len(waiting)):
                waiting.append((shard, pool.submit(_work, make, shard)))
            if not waiting:
                return
            shard, future = waiting.popleft()
            yield list(zip(shard, future.result(), strict=True))
    except BrokenProcessPool as error:
        raise WhodidError(
            "a worker process died, perhaps for want of memory; take fewer with --workers (what is already "
            "written to a file is kept, and the same command goes on from there)"
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _prepare() -> None:
    """In a worker: leave Ctrl-C to the parent, and do not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    assert parent is not None

    def follow() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


def _work(make: Callable[[], Coder], shard: list[Input]) -> list[Output]:
    global _coder  # noqa: PLW0603  one coder a process: loading it takes longer than coding a shard
    if _coder is None:
        _coder = make()
    return code_shard(shard, _coder)
