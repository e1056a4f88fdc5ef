from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import whodid.run
from tests.builders import word_coder
from whodid.cli import main


@dataclass
class Result:
    """What a command gave."""

    status: int
    out: str
    err: str


Command = Callable[..., Result]


@pytest.fixture
def whodid_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty state folder of its own."""
    folder = tmp_path / "state"
    monkeypatch.setenv("WHODID_STATE", str(folder))
    return folder


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], whodid_state: Path) -> Command:
    """``command("code", …)``: a command line with a coder that needs no model."""
    monkeypatch.setattr(whodid.run, "make_coder", lambda *_: word_coder)

    def run(*args: str | Path) -> Result:
        with pytest.raises(SystemExit) as ended:
            main([str(a) for a in args])
        out, err = capfdbinary.readouterr()
        return Result(int(ended.value.code or 0), out.decode(), err.decode())

    return run


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder with five reports: two with claims, one without, one empty, one binary."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text("The northern army attacked a bridge. It attacked again.")
    (folder / "b.txt").write_text("The southern army attacked nobody.")
    (folder / "c.txt").write_text("A quiet day on the river, the mayor said in a long speech.")
    (folder / "d.txt").write_text("")
    (folder / "e.bin").write_bytes(bytes(range(256)) * 8)
    return folder
