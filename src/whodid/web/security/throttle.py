"""How often something may be done: log-ins that fail, and texts to be coded. Kept in memory, and forgotten in time."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

_MOST_KEYS = 10_000


@dataclass(frozen=True, slots=True)
class Growing:
    """free: failures without a delay. longest: seconds that a delay grows to, doubling from one second."""

    free: int
    longest: float


class Failures:
    """A delay that grows with every failure: of a name from an address, of an address, of a name.

    That of a name alone is short, so that nobody can lock another one out for long.
    """

    RULES = (Growing(4, 900), Growing(20, 900), Growing(50, 30))
    FORGOTTEN_S = 3600

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._last: OrderedDict[tuple[str, ...], tuple[int, float]] = OrderedDict()

    @staticmethod
    def _keys(name: str, address: str) -> tuple[tuple[str, ...], ...]:
        return (("both", name, address), ("address", address), ("name", name))

    def wait(self, name: str, address: str) -> float:
        """Seconds until this may be tried; 0 for now."""
        now, longest = self._clock(), 0.0
        with self._lock:
            for rule, key in zip(self.RULES, self._keys(name, address), strict=True):
                count, last = self._last.get(key, (0, 0.0))
                if count > rule.free and now - last < self.FORGOTTEN_S:
                    delay = min(2.0 ** min(count - rule.free - 1, 30), rule.longest)
                    longest = max(longest, last + delay - now)
        return longest

    def failed(self, name: str, address: str) -> None:
        """Count a failure."""
        now = self._clock()
        with self._lock:
            for key in self._keys(name, address):
                count, last = self._last.pop(key, (0, now))
                self._last[key] = (1 if now - last >= self.FORGOTTEN_S else count + 1, now)
            while len(self._last) > _MOST_KEYS:
                self._last.popitem(last=False)

    def succeeded(self, name: str, address: str) -> None:
        """Forget the failures of this name from this address."""
        with self._lock:
            self._last.pop(("both", name, address), None)


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float = field(default=0.0)


class Allowance:
    """``number`` of something in ``seconds``, for each key; what is used comes back evenly."""

    def __init__(self, number: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.number = number
        self.seconds = seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def take(self, key: str) -> tuple[int, float]:
        """Use one: how many are left, and the seconds until there is one again, 0 where this one was there."""
        now = self._clock()
        with self._lock:
            bucket = self._buckets.pop(key, None) or _Bucket(float(self.number), now)
            bucket.left = min(self.number, bucket.left + (now - bucket.at) * self.number / self.seconds)
            bucket.at = now
            self._buckets[key] = bucket
            while len(self._buckets) > _MOST_KEYS:
                self._buckets.popitem(last=False)
            if bucket.left < 1:
                return 0, (1 - bucket.left) * self.seconds / self.number
            bucket.left -= 1
            return int(bucket.left), 0.0
