"""``whodid user``: who may come in where a dataset is served for others."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whodid.cli.keeping import Folder, Judgements
from whodid.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from whodid.dataset.accounts import Accounts
    from whodid.dataset.audit import Audit

app = typer.Typer(help="Say who may come in where a dataset is served for others.", no_args_is_help=True,
                  rich_markup_mode=None, context_settings={"help_option_names": ["-h", "--help"]})  # fmt: skip

Name = Annotated[str, typer.Argument(metavar="NAME", help="The user's name.")]
Role = Annotated[
    str, typer.Option(metavar="ROLE", help="reader, reviewer (judges as well) or admin (users and the log as well).")
]


@app.command("add")
def add(folder: Folder, name: Name, role: Role = "reader", judgements: Judgements = None) -> None:
    """Add a user. The password is asked for, or read from standard input."""
    with _opened(folder, judgements) as (accounts, audit):
        user = accounts.add(name, _password(), role)
        audit.write(_me(), "user-added", {"user": user.name, "role": user.role}, "")
    typer.echo(f"{user.name} may come in as {user.role}")


@app.command("list")
def list_users(folder: Folder, judgements: Judgements = None) -> None:
    """List the users."""
    with _opened(folder, judgements) as (accounts, _):
        users = accounts.users()
    width = max((len(user.name) for user in users), default=0)
    for user in users:
        typer.echo(f"{user.name:<{width}}  {user.role:<8}  since {user.made:%Y-%m-%d}")
    if not users:
        typer.echo(f"there are no users; add one with `whodid user add {folder} NAME --role admin`")


@app.command("role")
def role(folder: Folder, name: Name, role: Role, judgements: Judgements = None) -> None:
    """Give a user another role; it holds from the next request on."""
    with _opened(folder, judgements) as (accounts, audit):
        user = accounts.set_role(name, role)
        audit.write(_me(), "user-role", {"user": user.name, "role": user.role}, "")
    typer.echo(f"{user.name} is {user.role} now")


@app.command("password")
def password(folder: Folder, name: Name, judgements: Judgements = None) -> None:
    """Give a user another password; it is asked for, or read from standard input. All sessions of the user end."""
    with _opened(folder, judgements) as (accounts, audit):
        accounts.user(name)
        accounts.set_password(name, _password())
        audit.write(_me(), "user-password", {"user": name}, "")
    typer.echo(f"{name} has another password, and must log in again")


@app.command("remove")
def remove(folder: Folder, name: Name, judgements: Judgements = None) -> None:
    """Remove a user with all sessions and tokens. What the user judged stays."""
    with _opened(folder, judgements) as (accounts, audit):
        accounts.remove(name)
        audit.write(_me(), "user-removed", {"user": name}, "")
    typer.echo(f"{name} may not come in any more")


def _opened(folder: Path, judgements: str | None) -> AbstractContextManager[tuple[Accounts, Audit]]:
    from contextlib import contextmanager

    from whodid.dataset import open_dataset
    from whodid.dataset.accounts import Accounts
    from whodid.dataset.audit import Audit
    from whodid.dataset.people import open_people

    @contextmanager
    def opened() -> Iterator[tuple[Accounts, Audit]]:
        open_dataset(folder)  # a folder without one is told now
        with open_people(folder, judgements) as people:
            yield Accounts(people), Audit(people)

    return opened()


def _password() -> str:
    """Never from the command line, which everybody on a machine can read."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    given = getpass.getpass("password: ")
    if getpass.getpass("once more: ") != given:
        raise UsageError("the two passwords differ: nothing was changed")
    return given


def _me() -> str:
    from whodid.web.security.gate import local_name

    return local_name()
