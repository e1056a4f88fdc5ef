"""Users, sessions and tokens, and the log, in the database of people."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import text
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from whodid.dataset import accounts as module
from whodid.dataset import audit as log
from whodid.dataset.accounts import Accounts
from whodid.dataset.audit import Audit
from whodid.dataset.people import People
from whodid.errors import UsageError, WhodidError

PASSWORD = "a few good words"


@pytest.fixture
def people(tmp_path: Path) -> Iterator[People]:
    with People(f"sqlite:///{tmp_path / 'people.sqlite'}") as made:
        yield made


@pytest.fixture
def accounts(people: People) -> Accounts:
    return Accounts(people, hasher=PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def test_names_are_the_same_however_they_are_written(accounts: Accounts) -> None:
    accounts.add("Ann Ó.", PASSWORD, "reader")
    assert accounts.user("ANN O\u0301.").name == "Ann Ó."
    assert accounts.check(" ann ó. ", PASSWORD) == accounts.user("Ann Ó.")
    with pytest.raises(UsageError, match="already"):
        accounts.add("ａnn ó.", PASSWORD, "reader")


@pytest.mark.parametrize("name", ["", " ", "a" * 65, "a\u202eb", "<b>", "a/b", "a\x00", "'", "\u200b", "a\tb"])
def test_names_that_cannot_be(accounts: Accounts, name: str) -> None:
    with pytest.raises(UsageError, match="is no name of a user"):
        accounts.add(name, PASSWORD, "reader")


@pytest.mark.parametrize(
    ("password", "told"),
    [("short", "it takes 12"), ("a" * 1025, "1025"), ("abababababab", "guessed"), ("benjamin1234", "guessed")],
)
def test_passwords_that_cannot_be(accounts: Accounts, password: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        accounts.add("Benjamin", password, "reader")
    assert not accounts.any_users()


def test_nothing_secret_is_kept(accounts: Accounts, people: People, tmp_path: Path) -> None:
    accounts.add("ann", PASSWORD, "admin")
    session = accounts.open_session("ann")
    token, _ = accounts.make_token("ann", "x", "read")
    people.close()
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"$argon2id$" in kept
    assert not [s for s in (PASSWORD, session, token) if s.encode() in kept]


def test_a_hash_is_made_anew_when_it_gets_too_cheap(accounts: Accounts, people: People) -> None:
    accounts.add("ann", PASSWORD, "admin")
    later = Accounts(people, hasher=PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    with people.work() as work:
        before = work.execute(text("SELECT password FROM users")).scalar_one()
    assert later.check("ann", PASSWORD)
    with people.work() as work:
        after = work.execute(text("SELECT password FROM users")).scalar_one()
    assert "m=8,t=1" in before and "m=16,t=2" in after
    assert later.check("ann", PASSWORD) and not later.check("ann", PASSWORD.upper())


def test_an_unknown_name_takes_as_much_work(people: People) -> None:
    """The hash is looked at in both cases: counted, not timed."""
    looked: list[str] = []

    class Counting(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # type: ignore[override]
            looked.append(str(hash))
            return bool(super().verify(hash, password))

    accounts = Accounts(people, hasher=Counting(time_cost=1, memory_cost=8, parallelism=1))
    accounts.add("ann", PASSWORD, "reader")
    assert accounts.check("ann", "not the password") is None and accounts.check("nobody", "not the password") is None
    parameters = [hash.split("$")[3] for hash in looked]
    assert len(parameters) == 2 and parameters[0] == parameters[1]


def test_the_last_admin_stays(accounts: Accounts) -> None:
    accounts.add("ann", PASSWORD, "admin")
    accounts.add("ben", PASSWORD, "reader")
    for change in (lambda: accounts.set_role("ann", "reader"), lambda: accounts.remove("ann")):
        with pytest.raises(UsageError, match="last admin"):
            change()
    accounts.set_role("ben", "admin")
    accounts.set_role("ann", "reader")
    accounts.remove("ann")
    accounts.remove("ben")
    assert accounts.users() == []


def test_a_secret_of_a_server_stays(accounts: Accounts, people: People) -> None:
    assert accounts.secret("forms") == Accounts(people).secret("forms") != accounts.secret("others")
    assert len(accounts.secret("forms")) == 64


def test_the_use_of_a_token_is_written_now_and_then(accounts: Accounts) -> None:
    secret, made = accounts.make_token("ann", "x", "read")
    assert made.used is None and accounts.token(secret)
    first = accounts.tokens("ann")[0].used
    time.sleep(0.01)
    accounts.token(secret)
    assert first and accounts.tokens("ann")[0].used == first


# ---------------------------------------------------------------- the log


def test_the_log_is_read_from_its_end(people: People) -> None:
    audit = Audit(people)
    for n in range(5):
        audit.write(f"person {n % 2}", "login", {"n": n}, "192.0.2.7")
    assert [entry.about["n"] for entry in audit.entries(limit=2)] == [4, 3]
    assert [entry.about["n"] for entry in audit.entries(before=audit.entries(limit=2)[-1].id)] == [2, 1, 0]
    assert [entry.about["n"] for entry in audit.entries(person="person 1")] == [3, 1]
    assert audit.entries(what="other") == [] and audit.kinds() == ["login"]


@pytest.mark.parametrize("change", ["UPDATE audit SET person = 'x'", "DELETE FROM audit"])
def test_the_log_is_never_changed(people: People, change: str) -> None:
    audit = Audit(people)
    audit.write("ann", "login", {}, "")
    with pytest.raises(WhodidError, match="rows of audit are never changed"), people.work() as work:
        work.execute(text(change))
    assert len(Audit(people).entries()) == 1


def test_the_tables_are_made_for_postgresql_too() -> None:
    for meta in (module.META, log.META):
        for table in meta.sorted_tables:
            assert "IF NOT EXISTS" in str(CreateTable(table, if_not_exists=True).compile(dialect=postgresql.dialect()))
