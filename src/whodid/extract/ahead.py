"""Several things done side by side, for work that waits for others; the results come in order."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")


def side_by_side(items: Iterable[A], work: Callable[[A], B], *, at_once: int) -> Iterator[B]:
    """``work`` of each item, in order, with up to ``at_once`` of them begun. Raises what ``work`` raises, in its turn.

    Each has a thread of its own that ends with the program: whoever stops a run need not wait for answers that are
    still to come, as with a pool of threads.
    """
    if at_once == 1:
        yield from map(work, items)
        return
    stream = iter(items)
    waiting: deque[Future[B]] = deque(_begin(work, item) for item in islice(stream, at_once))
    while waiting:
        yield waiting.popleft().result()
        waiting.extend(_begin(work, item) for item in islice(stream, 1))


def one_ahead(items: Iterable[A], work: Callable[[A], B]) -> Iterator[B]:
    """``work`` of each item, in order and one at a time, that of the next item while the last result is made use of.
    Raises what ``work`` raises, in its turn.

    A second core is made use of as far as either side lets go of the interpreter, as numeric libraries do. What has
    begun is finished before the results are left: such libraries abort a program that ends while they are at work, and
    nobody else may use them meanwhile.
    """
    stream = iter(items)
    with ThreadPoolExecutor(1) as worker:
        begun = [worker.submit(work, item) for item in islice(stream, 1)]
        for item in stream:
            result = begun.pop().result()
            begun.append(worker.submit(work, item))
            yield result
        for last in begun:
            yield last.result()


def _begin(work: Callable[[A], B], item: A) -> Future[B]:
    future: Future[B] = Future()

    def run() -> None:
        try:
            future.set_result(work(item))
        except BaseException as error:
            future.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return future
