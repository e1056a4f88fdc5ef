from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from whodid.extract.ahead import one_ahead, side_by_side


@pytest.mark.parametrize("at_once", [1, 3, 50])
def test_results_come_in_order(at_once: int) -> None:
    assert list(side_by_side(range(20), lambda n: n * n, at_once=at_once)) == [n * n for n in range(20)]


def test_as_many_are_begun_as_may_be_and_no_more() -> None:
    together = threading.Barrier(4)
    read: list[int] = []

    def items() -> Iterator[int]:
        for n in range(8):
            read.append(n)
            yield n

    def work(n: int) -> int:
        together.wait(timeout=20)  # nobody gets past it alone
        return n

    results = side_by_side(items(), work, at_once=4)
    assert next(results) == 0
    assert len(read) == 4
    assert list(results) == list(range(1, 8))


@pytest.mark.parametrize("at_once", [1, 4])
def test_an_error_is_raised_in_its_turn(at_once: int) -> None:
    def work(n: int) -> float:
        return 1 / (2 - n)

    results = side_by_side([0, 1, 2, 3], work, at_once=at_once)
    assert [next(results), next(results)] == [0.5, 1.0]
    with pytest.raises(ZeroDivisionError):
        next(results)


@pytest.mark.parametrize("n", [0, 1, 5])
def test_ahead_the_results_come_in_order(n: int) -> None:
    assert list(one_ahead(iter(range(n)), lambda n: n * n)) == [n * n for n in range(n)]


def test_the_next_is_worked_at_while_a_result_is_made_use_of_and_no_other() -> None:
    begun = [threading.Event() for _ in range(3)]

    def work(n: int) -> int:
        begun[n].set()
        return n

    results = one_ahead(range(3), work)
    assert next(results) == 0
    assert begun[1].wait(timeout=20)  # though nobody has asked for it yet
    assert not begun[2].is_set()
    assert list(results) == [1, 2]


def test_an_error_ahead_is_raised_in_its_turn() -> None:
    results = one_ahead([0, 1, 2], lambda n: 1 / (1 - n))
    assert next(results) == 1.0
    with pytest.raises(ZeroDivisionError):
        next(results)


def test_what_has_begun_ahead_is_finished_before_the_results_are_left() -> None:
    wanted, finished = threading.Event(), threading.Event()

    def work(n: int) -> int:
        if n:
            wanted.wait(timeout=20)
            time.sleep(0.2)
            finished.set()
        return n

    for n in one_ahead(range(3), work):
        assert n == 0
        wanted.set()
        break
    assert finished.is_set()
