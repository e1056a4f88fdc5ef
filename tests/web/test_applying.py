"""What people judge reaches the dataset without being asked for, also after a failure and after a kill."""

from __future__ import annotations

import logging
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.dataset.scenes import filled, whole
from whodid.dataset import open_dataset
from whodid.dataset.people import open_people
from whodid.errors import WhodidError
from whodid.run import reviewing
from whodid.run.reviewing import Reviewing
from whodid.web import applying as module
from whodid.web.applying import Applying


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return filled(tmp_path / "data", 8)


@pytest.fixture
def applying(data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Applying]:
    monkeypatch.setattr(module, "_GATHER_S", 0.02)
    monkeypatch.setattr(module, "_LOOK_EVERY_S", 0.05)
    with open_people(data) as people:
        made = Applying(data, people)
        yield made
        made.stop()


def until(true: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.02)


def correct(folder: Path, n: int = 1) -> list[str]:
    """Correct the status of some claims; their ids."""
    with Reviewing(folder) as review:
        claims = [claim for claim in open_dataset(folder).claims() if claim.status == "happened"][:n]
        for claim in claims:
            review.correct(claim.id, "status", "negated", person="Ann")
    return [claim.id for claim in claims]


def test_what_was_left_and_what_comes(data: Path, applying: Applying) -> None:
    (left,) = correct(data)
    assert applying.waiting() == 1
    applying.start()
    until(lambda: applying.waiting() == 0)
    assert open_dataset(data).claim(left).status == "negated"
    version = open_dataset(data).version
    (next_one,) = correct(data)
    until(lambda: applying.waiting() == 0)
    until(lambda: open_dataset(data).claim(next_one).status == "negated")
    assert open_dataset(data).version == version + 1
    whole(data)


def test_many_make_one_version(data: Path, applying: Applying) -> None:
    version = open_dataset(data).version
    assert len(correct(data, 3)) == 3
    applying.start()
    until(lambda: applying.waiting() == 0)
    assert open_dataset(data).version == version + 1


def test_what_fails_is_logged_and_tried_again(
    data: Path, applying: Applying, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real, tries = reviewing.apply_pending, []

    def failing(folder: Path, **given: str | None) -> object:
        tries.append(folder)
        if len(tries) == 1:
            raise WhodidError("the disk is full")
        return real(folder, **given)

    monkeypatch.setattr(reviewing, "apply_pending", failing)
    correct(data)
    with caplog.at_level(logging.ERROR, "whodid.web"):
        applying.start()
        until(lambda: applying.waiting() == 0)
    assert len(tries) >= 2 and "the disk is full" in caplog.text


# ---------------------------------------------------------------- killed


class Killed:
    """``whodid serve`` as a process of its own, with a route that corrects a claim; killed without warning."""

    def __init__(self, folder: Path) -> None:
        root = Path(__file__).parents[2]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.web.reviewed", str(folder)], stdout=subprocess.PIPE, text=True, cwd=root,
            env=os.environ | {"PYTHONPATH": os.pathsep.join([str(root), str(root / "src")])},
        )  # fmt: skip
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        found = re.search(r"http://\S+", line)
        assert found, f"it did not start: {line!r}"
        self.client = httpx.Client(base_url=found[0], timeout=30, trust_env=False)
        token = re.search(r'name="csrf" content="([^"]+)"', self.client.get("/account").text)
        assert token
        self.client.headers["X-CSRF-Token"] = token[1]

    def correct(self, claim: str, status: str) -> bool:
        """Whether it was acknowledged."""
        try:
            answer = self.client.post("/corrected", params={"claim": claim, "status": status})
        except httpx.TransportError:
            return False
        return answer.status_code == 200

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)

    def close(self) -> int:
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.client.close()
        return self.process.wait()


@pytest.mark.slow
def test_a_kill_loses_nothing_that_was_acknowledged(data: Path) -> None:
    with Reviewing(data) as review:
        claims = [claim.id for claim in review.data.claims()]
    chance, kept, statuses = random.Random(7), list[tuple[str, str]](), ("happened", "future", "negated")
    for _ in range(4):
        server = Killed(data)
        enough, dying = len(kept) + chance.randint(2, 6), None
        while server.process.poll() is None:
            asked = (chance.choice(claims), chance.choice(statuses))
            if server.correct(*asked):
                kept.append(asked)
            if len(kept) >= enough and dying is None:  # in the middle of what comes next
                dying = threading.Timer(chance.uniform(0, 0.6), server.kill)
                dying.start()
        assert server.close() == -signal.SIGKILL
    assert len(kept) >= 8
    server = Killed(data)
    with open_people(data) as people:
        rows = [(row.claim, row.after) for row in people.corrections()]
        positions = iter(rows)
        assert all(any(row == asked for row in positions) for asked in kept), "all of it, in its order"
        until(lambda: not reviewing.pending(open_dataset(data).head.marks, people))
    server.process.send_signal(signal.SIGTERM)
    assert server.close() == 0
    last = dict(rows)
    assert {claim.id: claim.status for claim in open_dataset(data).claims() if claim.id in last} == last
    whole(data)
