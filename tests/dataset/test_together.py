"""Two writers and three readers at once: no error, no half of a change, no lost claim."""

from __future__ import annotations

import multiprocessing
import time
from pathlib import Path
from queue import Empty
from typing import Any

import pytest

from tests.dataset.scenes import add, claims_of, news, whole
from whodid.dataset import init_dataset, open_dataset
from whodid.dataset.compact import compact

CONTEXT = multiprocessing.get_context("spawn")


def write(folder: str, seed: int, seconds: float, start: Any, out: Any) -> None:
    """Add small portions, some of them of the other writer's reports too, until the time is over: two at least."""
    added: list[str] = []
    portion = 0
    start.wait()
    until = time.monotonic() + seconds
    while portion < 2 or time.monotonic() < until:
        reports = news(4, seed=100 * seed + portion)
        shared = news(2, seed=7000 + portion)
        add(Path(folder), [*reports, *shared])
        added += [r.id for r in (*reports, *shared)]
        if portion % 5 == 4:
            compact(folder)
        portion += 1
    out.put(("written", added))


def read(folder: str, seconds: float, start: Any, out: Any) -> None:
    """Open the newest version again and again: what it holds fits together, and nothing ever goes away."""
    before, looks = 0, 0
    start.wait()
    until = time.monotonic() + seconds
    while not looks or time.monotonic() < until:
        data = open_dataset(folder)
        claims = {c.id: c.event for c in data.claims()}
        events = {e.id: e.claims for e in data.events()}
        assert {c for e in events.values() for c in e} == set(claims)
        assert all(claims[c] == e for e, some in events.items() for c in some)
        reports = {r.id for r in data.reports()}
        assert {c.report.id for c in data.claims()} <= reports
        assert len(claims) >= before
        before, looks = len(claims), looks + 1
    out.put(("read", [str(looks)]))


def together(folder: Path, seconds: float) -> None:
    init_dataset(folder)
    out: Any = CONTEXT.Queue()
    start = CONTEXT.Barrier(5)
    workers = [CONTEXT.Process(target=write, args=(str(folder), seed, seconds, start, out)) for seed in (1, 2)]
    workers += [CONTEXT.Process(target=read, args=(str(folder), seconds, start, out)) for _ in range(3)]
    for worker in workers:
        worker.start()
    told = []
    for _ in workers:
        try:
            told.append(out.get(timeout=seconds + 60))
        except Empty:
            break
    for worker in workers:
        worker.join(60)
    assert [w.exitcode for w in workers] == [0] * 5
    written = {one for what, some in told if what == "written" for one in some}
    looks = [int(some[0]) for what, some in told if what == "read"]
    data = open_dataset(folder)
    assert {r.id for r in data.reports()} == written and len(written) > 8
    assert min(looks) >= 1 and data.version >= 5
    assert {c.id for c in data.claims()} == {c.id for r in data.reports() for c in claims_of(r)}
    whole(folder)


def test_two_writers_and_three_readers(tmp_path: Path) -> None:
    together(tmp_path / "data", 5)


@pytest.mark.endurance
def test_two_writers_and_three_readers_for_a_minute(tmp_path: Path) -> None:
    together(tmp_path / "data", 60)
