"""``whodid serve`` and ``whodid user``, as a person types them."""

from __future__ import annotations

import io
import os
import re
import signal
import socket
import subprocess
import sys
from functools import partial
from pathlib import Path

import argon2
import httpx
import pytest
from typer.main import get_command

from tests.cli.conftest import Command
from tests.dataset.scenes import filled
from whodid.cli import app
from whodid.dataset.accounts import Accounts
from whodid.dataset.audit import Audit
from whodid.dataset.people import open_people
from whodid.web import Options, serving

PASSWORD = "a few good words"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return filled(tmp_path / "data", 4)


@pytest.fixture(autouse=True)
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that looks like the built browser side."""
    folder = tmp_path / "static"
    folder.mkdir()
    (folder / "manifest.json").write_text("{}")
    monkeypatch.setattr(serving, "STATIC", folder)
    cheap = partial(argon2.PasswordHasher, time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(argon2, "PasswordHasher", cheap)
    return folder


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A password on standard input."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSWORD}\n"))


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[Options]:
    """The options with which a site would have been served."""
    found: list[Options] = []

    class Serving:
        url = "http://127.0.0.1:1/"

        def __init__(self, options: Options, port: int) -> None:
            found.append(options)

        def __enter__(self) -> Serving:
            return self

        def __exit__(self, *_: object) -> None: ...

        def run(self) -> None: ...

    monkeypatch.setattr(serving, "Serving", Serving)
    return found


def test_every_option_arrives(command: Command, data: Path, taken: list[Options]) -> None:
    done = command(
        "serve", data, "--host", "0.0.0.0", "--port", "8123", "--allow-host", "news.example", "--allow-host",
        "n.example", "--proxy", "192.0.2.1", "--read-only", "--public", "--max-upload", "2.5", "--texts-an-hour", "7",
        "--language", "de", "--judgements", "sqlite:///x",
    )  # fmt: skip
    assert done.status == 0 and f"{data} is open at http://127.0.0.1:1/" in done.out
    assert taken == [
        Options(
            folder=data,
            judgements="sqlite:///x",
            language="de",
            host="0.0.0.0",
            names=("news.example", "n.example"),
            proxies=("192.0.2.1",),
            read_only=True,
            public=True,
            max_upload=2_500_000,
            texts_an_hour=7,
        )
    ]  # fmt: skip


def test_the_options_that_nobody_gives(command: Command, data: Path, taken: list[Options]) -> None:
    command("serve", data)
    assert taken == [Options(folder=data)] and taken[0].local


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("--host", "0.0.0.0"), "whodid user add"),
        (("--allow-host", "news.example"), "whodid user add"),
        (("--proxy", "127.0.0.1"), "whodid user add"),
        (("--port", "99999"), "--port: 99999 is no port"),
        (("--public",), "goes with --read-only alone"),
        (("--max-upload", "0"), "--max-upload: 0 MB is too little"),
        (("--texts-an-hour", "-1"), "--texts-an-hour: -1"),
        (("--language", "xx"), "--language: there are no words in 'xx'"),
        (("--host", "no.such.host.example"), "--host: 'no.such.host.example' is no address"),
    ],
)
def test_what_cannot_be_served(command: Command, data: Path, given: tuple[str, ...], told: str) -> None:
    if "no.such" in given[-1]:
        with open_people(data) as people:
            Accounts(people).add("ann", PASSWORD, "admin")
    done = command("serve", data, *given)
    assert done.status == 2 and told in done.err and done.err.count("\n") == 1


def test_no_dataset_no_browser_side_no_port(command: Command, data: Path, built: Path, tmp_path: Path) -> None:
    none = command("serve", tmp_path / "none")
    assert none.status == 2 and "there is no dataset in" in none.err
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = command("serve", data, "--port", str(port))
        assert done.status == 3 and f"cannot listen on 127.0.0.1, port {port}" in done.err and "--port 0" in done.err
    (built / "manifest.json").unlink()
    done = command("serve", data)
    assert done.status == 3 and "make web" in done.err


def test_every_option_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "serving.md").read_text(encoding="utf-8")
    options = [option for param in get_command(app).commands["serve"].params for option in param.opts]  # type: ignore[attr-defined]
    documented = [option for option in options if option.startswith("--") and option != "--help"]
    assert len(documented) == 10 and all(f"| `{option}" in page for option in documented)


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_told_to_end(data: Path, ending: signal.Signals) -> None:
    root = Path(__file__).parents[2]
    program = (
        "import sys; from pathlib import Path; from whodid.web import serving; from whodid.cli import main; "
        "serving.STATIC = Path(sys.argv[2]); main(['serve', sys.argv[1], '--port', '0'])"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(data), str(serving.STATIC)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, env=os.environ | {"PYTHONPATH": str(root / "src")},
    )  # fmt: skip
    assert process.stdout is not None
    url = re.search(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())
    assert url
    answer = httpx.get(f"{url[0]}api/v1/account", trust_env=False, timeout=30)
    assert answer.json()["data"]["way"] == "local" and "server" not in answer.headers
    process.send_signal(ending)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")


# ---------------------------------------------------------------- users


def users(folder: Path) -> list[tuple[str, str]]:
    with open_people(folder) as people:
        return [(user.name, user.role) for user in Accounts(people).users()]


@pytest.mark.usefixtures("typed")
def test_users_come_and_go(command: Command, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "there are no users; add one" in command("user", "list", data).out
    assert command("user", "add", data, "ann", "--role", "admin").out == "ann may come in as admin\n"
    monkeypatch.setattr(sys, "stdin", io.StringIO("other good words\r\n"))
    assert command("user", "add", data, "ben").status == 0
    assert users(data) == [("ann", "admin"), ("ben", "reader")]
    assert command("user", "role", data, "ben", "--role", "reviewer").out == "ben is reviewer now\n"
    assert [line.split()[:2] for line in command("user", "list", data).out.splitlines()] == [
        ["ann", "admin"], ["ben", "reviewer"]]  # fmt: skip
    monkeypatch.setattr(sys, "stdin", io.StringIO("a third good one\n"))
    assert "must log in again" in command("user", "password", data, "ben").out
    with open_people(data) as people:
        assert Accounts(people).check("ben", "a third good one") and not Accounts(people).check("ben", PASSWORD)
        whats = [entry.what for entry in Audit(people).entries()][::-1]
    assert whats == ["user-added", "user-added", "user-role", "user-password"]
    assert command("user", "remove", data, "ben").status == 0
    assert users(data) == [("ann", "admin")]


@pytest.mark.usefixtures("typed")
def test_what_cannot_be_of_a_user(
    command: Command, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command("user", "add", data, "ann", "--role", "admin")
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSWORD}\n{PASSWORD}\n{PASSWORD}\nshort\n"))
    for given, told in (
        (("add", data, "Ann"), "there is a user 'Ann' already"),
        (("add", data, "a\nb"), "is no name of a user"),
        (("add", data, "ben", "--role", "king"), "--role: 'king' is no role; roles: reader, reviewer, admin"),
        (("add", data, "ben"), "it takes 12 to 1024"),
        (("role", data, "ben", "--role", "admin"), "there is no user 'ben'; users: ann"),
        (("role", data, "ann", "--role", "reader"), "ann is the last admin"),
        (("password", data, "ben"), "there is no user 'ben'"),
        (("remove", data, "ben"), "there is no user 'ben'"),
        (("list", tmp_path / "none"), "there is no dataset in"),
    ):
        done = command("user", *given)
        assert done.status == 2 and told in done.err, done.err
    assert users(data) == [("ann", "admin")]
    assert command("user", "remove", data, "ann").status == 0, "the last user may go, and all is local again"


def test_a_password_is_typed_twice(command: Command, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Terminal())
    answers = iter([PASSWORD, "another one here", PASSWORD, PASSWORD])
    monkeypatch.setattr("getpass.getpass", lambda _: next(answers))
    assert "the two passwords differ" in command("user", "add", data, "ann").err
    assert command("user", "add", data, "ann").status == 0


def test_users_of_another_database(
    command: Command, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSWORD}\n"))
    url = f"sqlite:///{tmp_path / 'elsewhere.sqlite'}"
    assert command("user", "add", data, "ann", "--judgements", url).status == 0
    assert users(data) == [] and "ann" in command("user", "list", data, "--judgements", url).out
