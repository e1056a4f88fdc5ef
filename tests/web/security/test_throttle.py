"""Delays grow, and end."""

from __future__ import annotations

from whodid.web.security.throttle import Allowance, Failures


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_delay_grows_and_ends() -> None:
    clock = Clock()
    failures = Failures(clock)
    waits = []
    for _ in range(16):
        failures.failed("ann", "192.0.2.7")
        waits.append(failures.wait("ann", "192.0.2.7"))
    assert waits[:4] == [0, 0, 0, 0] and waits[4:9] == [1, 2, 4, 8, 16] and waits[-1] == 900
    clock.now += 899
    assert failures.wait("ann", "192.0.2.7") == 1
    clock.now += 2702
    assert failures.wait("ann", "192.0.2.7") == 0
    failures.failed("ann", "192.0.2.7")
    assert failures.wait("ann", "192.0.2.7") == 0, "an hour later it starts anew"


def test_others_are_not_locked_out() -> None:
    failures = Failures(Clock())
    for _ in range(15):
        failures.failed("ann", "192.0.2.7")
    assert failures.wait("ann", "192.0.2.8") == 0 and failures.wait("ben", "192.0.2.7") == 0
    for n in range(200):
        failures.failed("ann", f"198.51.100.{n}")
    assert failures.wait("ann", "192.0.2.8") <= 30
    for n in range(40):
        failures.failed(f"name{n}", "203.0.113.1")
    assert failures.wait("anybody", "203.0.113.1") > 30
    failures.succeeded("ann", "192.0.2.7")
    assert failures.wait("ann", "192.0.2.7") <= 30


def test_memory_does_not_grow_without_end() -> None:
    failures, allowance = Failures(Clock()), Allowance(1, 60, Clock())
    for n in range(12_000):
        failures.failed(f"name{n}", f"address{n}")
        allowance.take(str(n))
    assert len(failures._last) == len(allowance._buckets) == 10_000


def test_an_allowance_comes_back_evenly() -> None:
    clock = Clock()
    allowance = Allowance(3, 60, clock)
    assert [allowance.take("ann") for _ in range(4)] == [(2, 0), (1, 0), (0, 0), (0, 20)]
    assert allowance.take("ben") == (2, 0)
    clock.now += 20
    assert allowance.take("ann") == (0, 0)
    clock.now += 1000
    assert allowance.take("ann") == (2, 0)
