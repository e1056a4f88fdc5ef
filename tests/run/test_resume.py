"""A run that is killed goes on where it stopped: with a real process and a real SIGKILL."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

REPORTS = 120

SLOW = """
import signal, sys, time
import whodid.run
from tests.builders import word_coder
from whodid.cli import main

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it

def slow(items):
    time.sleep({seconds})
    yield from word_coder(items)

whodid.run.make_coder = lambda *_: slow
main(sys.argv[1:])
"""


def start(folder: Path, target: Path, seconds: float) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SLOW.format(seconds=seconds), "code", str(folder), "-o", str(target)],
        env={**os.environ, "WHODID_STATE": str(target.parent / "state"), "PYTHONPATH": os.pathsep.join(sys.path)},
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(folder: Path, target: Path) -> str:
    run = start(folder, target, 0)
    _, error = run.communicate(timeout=60)
    assert run.returncode == 0, error
    return error


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for n in range(REPORTS):
        (folder / f"{n:03}.txt").write_text(f"Report {n}: the northern army attacked a bridge.")
    return folder


def lines(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.exists() else 0


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT])
def test_a_killed_run_goes_on(news: Path, tmp_path: Path, sent: signal.Signals) -> None:
    target = tmp_path / "claims.jsonl"
    run = start(news, target, 0.3)
    deadline = time.monotonic() + 300
    while lines(tmp_path / "claims.jsonl.journal") < 2 + 16 and time.monotonic() < deadline:
        assert run.poll() is None
        time.sleep(0.01)
    run.send_signal(sent)
    _, error = run.communicate(timeout=60)
    assert run.returncode == (-sent if sent == signal.SIGKILL else 130)
    assert ("the same command goes on from there" in error) == (sent == signal.SIGINT)
    assert not target.exists()
    done = lines(tmp_path / "claims.jsonl.journal") - 1
    assert 16 < done < REPORTS

    error = finish(news, target)
    assert f"{done} done before" in error and f"{REPORTS} reports read, {REPORTS} claims" in error
    finish(news, tmp_path / "whole.jsonl")
    assert target.read_bytes() == (tmp_path / "whole.jsonl").read_bytes()
    assert {p.name for p in tmp_path.iterdir()} == {"claims.jsonl", "whole.jsonl", "news", "state"}
