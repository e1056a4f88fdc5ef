"""Sites with users of every role, each with a database of people of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import argon2
import pytest
from fastapi.testclient import TestClient

from whodid.dataset.accounts import Accounts
from whodid.dataset.people import open_people
from whodid.web import Options, make_app

PASSWORDS = {"rita": "rita reads a lot", "vera": "vera reviews them", "adam": "adam is an admin"}
ROLES = {"rita": "reader", "vera": "reviewer", "adam": "admin"}
MakeSite = Callable[..., TestClient]


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes of passwords that cost nothing."""
    cheap = partial(argon2.PasswordHasher, time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(argon2, "PasswordHasher", cheap)


@pytest.fixture
def url(tmp_path: Path) -> str:
    """Address of a database of people."""
    return f"sqlite:///{tmp_path / 'people.sqlite'}"


@pytest.fixture
def with_users(url: str) -> str:
    """The same with a user of every role."""
    with open_people(Path(), url) as people:
        for name, password in PASSWORDS.items():
            Accounts(people).add(name, password, ROLES[name])
    return url


@pytest.fixture
def make_site(folder: Path, url: str) -> Iterator[MakeSite]:
    """``make_site(read_only=True, …)``: a client of a site with those options."""
    with ExitStack() as stack:

        def make(*, raises: bool = True, base: str = "http://localhost", **options: Any) -> TestClient:
            app = make_app(Options(folder=folder, judgements=url, **options))
            return stack.enter_context(
                TestClient(app, base_url=base, follow_redirects=False, raise_server_exceptions=raises)
            )

        yield make


def log_in(client: TestClient, name: str, password: str | None = None) -> None:
    """Log a user in."""
    page = client.get("/login")
    answer = client.post(
        "/login",
        data={"name": name, "password": password or PASSWORDS[name], **field(page.text)},
    )
    assert answer.status_code == 303, answer.text


def field(page: str) -> dict[str, str]:
    """The hidden field of a page's form."""
    return {"csrf": page.split('name="csrf" value="')[1].split('"', maxsplit=1)[0]}


def bearer(client: TestClient, person: str, scope: str = "admin") -> dict[str, str]:
    """The header of a token of a person."""
    accounts = client.app.state.site.gate.accounts  # type: ignore[attr-defined]
    return {"Authorization": f"Bearer {accounts.make_token(person, 'a test', scope)[0]}"}


def audited(client: TestClient) -> list[tuple[str, str]]:
    """Who did what, oldest first."""
    entries = client.app.state.site.gate.audit.entries(limit=1000)  # type: ignore[attr-defined]
    return [(entry.person, entry.what) for entry in reversed(entries)]
