"""The application on a real socket, behind a proxy that is told of and behind one that is not."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import argon2
import httpx
import pytest

from whodid.dataset.accounts import Accounts
from whodid.dataset.audit import Audit
from whodid.dataset.people import open_people
from whodid.errors import UsageError
from whodid.web import Options, serving
from whodid.web.serving import Serving

PASSWORD = "a few good words"
FORWARDED = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.99"}


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database with one user."""
    (tmp_path / "manifest.json").write_text("{}")
    monkeypatch.setattr(serving, "STATIC", tmp_path)
    cheap = partial(argon2.PasswordHasher, time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(argon2, "PasswordHasher", cheap)
    address = f"sqlite:///{tmp_path / 'people.sqlite'}"
    with open_people(Path(), address) as people:
        Accounts(people).add("ann", PASSWORD, "admin")
    return address


@contextmanager
def served(folder: Path, url: str, **options: Any) -> Iterator[httpx.Client]:
    with Serving(Options(folder=folder, judgements=url, **options), 0) as serving_:
        thread = threading.Thread(target=serving_.run, daemon=True)
        thread.start()
        while not serving_._server.started:
            time.sleep(0.01)
        with httpx.Client(base_url=serving_.url, trust_env=False, timeout=60) as client:
            yield client
        serving_._server.should_exit = True
        thread.join()


def failed_from(url: str) -> str:
    with open_people(Path(), url) as people:
        return Audit(people).entries(what="login-failed")[0].address


def try_in(client: httpx.Client) -> httpx.Response:
    page = client.get("/login", headers=FORWARDED)
    form = page.headers["set-cookie"].split(";")[0]
    token = page.text.split('name="csrf" value="')[1].split('"')[0]
    data = {"name": "ann", "password": "not the password", "csrf": token}
    assert client.post("/login", data=data, headers={**FORWARDED, "Cookie": form}).status_code == 401
    return page


def test_a_proxy_that_is_told_of_is_believed(folder: Path, url: str) -> None:
    with served(folder, url, proxies=("127.0.0.1",)) as client:
        page = try_in(client)
    assert page.headers["set-cookie"].startswith("__Host-") and "strict-transport-security" in page.headers
    assert failed_from(url) == "192.0.2.99"


def test_another_one_is_not(folder: Path, url: str) -> None:
    with served(folder, url, names=("news.example",)) as client:
        page = try_in(client)
    assert not page.headers["set-cookie"].startswith("__Host-") and "strict-transport-security" not in page.headers
    assert failed_from(url) == "127.0.0.1"


def test_all_addresses_of_a_machine(folder: Path, url: str) -> None:
    with served(folder, url, host="0.0.0.0") as client:
        port = client.base_url.port
        here = f"http://127.0.0.1:{port}/login"
        assert httpx.get(here, trust_env=False).status_code == 200
        assert httpx.get(here, trust_env=False, headers={"Host": "evil.example"}).status_code == 421


def test_nobody_could_come_in(folder: Path, url: str, tmp_path: Path) -> None:
    nobody = f"sqlite:///{tmp_path / 'nobody.sqlite'}"
    with pytest.raises(UsageError, match=r"whodid user add .* NAME --role admin"):
        Serving(Options(folder=folder, judgements=nobody, host="0.0.0.0"), 0)
    with served(folder, nobody, host="0.0.0.0", read_only=True, public=True) as client:
        here = f"http://127.0.0.1:{client.base_url.port}/api/v1/account"
        assert httpx.get(here, trust_env=False).json()["data"]["way"] == "public"


def test_no_part_of_an_answer_waits_for_the_one_before() -> None:
    async def delays() -> bool:
        found: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

        def came(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            accepted = writer.get_extra_info("socket")
            found.set_result(not accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        listening = serving.listen("127.0.0.1", 0)
        async with await asyncio.start_server(came, sock=listening):
            _, writer = await asyncio.open_connection(*listening.getsockname())
            writer.close()
            return await found

    with ThreadPoolExecutor(1) as other:  # the browser's tests leave a loop running in this one
        assert not other.submit(lambda: asyncio.run(delays())).result(timeout=60)
