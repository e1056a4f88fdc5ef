"""Tokens, with which programs come in."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.web.conftest import csrf
from tests.web.security.conftest import MakeSite, audited, bearer, field, log_in
from whodid.web.security.gate import local_name


def test_a_token_is_shown_once_and_works_until_it_is_revoked(
    make_site: MakeSite, with_users: str, tmp_path: Path
) -> None:
    client = make_site()
    log_in(client, "rita")
    asked = {"name": "notebook", "scope": "read", "days": "30", **field(client.get("/account").text)}
    page = client.post("/account/tokens", data=asked).text
    secret = page.split('class="secret">')[1].split("<")[0]
    assert secret.startswith("whodid_") and secret not in client.get("/account").text
    assert secret.encode() not in (tmp_path / "people.sqlite").read_bytes()
    program = make_site()
    header = {"Authorization": f"Bearer {secret}"}
    assert program.get("/api/v1/events", headers=header).status_code == 200
    (token,) = client.get("/api/v1/account").json()["data"]["tokens"]
    assert token["name"] == "notebook" and token["used"] and "secret" not in token
    client.post(f"/account/tokens/{token['id']}/revoke", data=field(client.get("/account").text))
    refused = program.get("/api/v1/events", headers=header)
    assert (refused.status_code, refused.json()["error"]["code"]) == (401, "token")
    assert [what for _, what in audited(client)] == ["login", "token-made", "token-revoked"]


def test_a_token_does_no_more_than_its_scope_and_its_person(make_site: MakeSite, with_users: str) -> None:
    client = make_site()

    def rights(person: str, scope: str) -> list[str]:
        found: list[str] = client.get("/api/v1/account", headers=bearer(client, person, scope)).json()["data"]["rights"]
        return found

    assert rights("adam", "admin") == ["read", "review", "admin"]
    assert rights("adam", "review") == ["read", "review"]
    assert rights("adam", "read") == ["read"]
    assert rights("rita", "admin") == ["read"]
    assert rights("vera", "admin") == ["read", "review"]
    told = client.get("/api/v1/users", headers=bearer(client, "adam", "read"))
    assert told.status_code == 403 and "token with the scope read" in told.json()["error"]["message"]


def test_a_token_for_less_cannot_make_one_for_more(make_site: MakeSite, with_users: str) -> None:
    client = make_site()
    asked = {"name": "more", "scope": "admin"}
    assert (
        client.post("/api/v1/account/tokens", json=asked, headers=bearer(client, "adam", "review")).status_code == 403
    )
    made = client.post("/api/v1/account/tokens", json=asked, headers=bearer(client, "adam"))
    assert made.status_code == 201 and made.json()["data"]["secret"].startswith("whodid_")


def test_tokens_end(make_site: MakeSite, with_users: str) -> None:
    client = make_site()
    gate = client.app.state.site.gate  # type: ignore[attr-defined]
    secret, _ = gate.accounts.make_token("rita", "for a day", "read", 1)
    header = {"Authorization": f"Bearer {secret}"}
    assert client.get("/", headers=header).status_code == 200
    gate.accounts._now = lambda: dt.datetime.now(dt.UTC) + dt.timedelta(days=1, seconds=1)
    assert client.get("/", headers=header).status_code == 401


def test_the_tokens_of_who_is_gone(make_site: MakeSite, with_users: str) -> None:
    client = make_site()
    header = bearer(client, "rita")
    accounts = client.app.state.site.gate.accounts  # type: ignore[attr-defined]
    accounts.remove("rita")
    accounts.add("rita", "another person of that name", "admin")
    assert client.get("/", headers=header).status_code == 401


@pytest.mark.parametrize("given", ["Bearer", "Bearer x", "Basic cml0YTpyaXRh", "nonsense", "Bearer \xff"])
def test_what_is_no_token(make_site: MakeSite, with_users: str, given: str) -> None:
    client = make_site()
    log_in(client, "rita")
    told = client.get("/api/v1/events", headers={"Authorization": given.encode("latin-1")})
    assert told.status_code == 401, "a cookie beside it does not count"
    assert told.headers["www-authenticate"] == 'Bearer error="invalid_token"'


def test_tokens_of_who_is_alone(make_site: MakeSite) -> None:
    client = make_site()
    made = client.post("/api/v1/account/tokens", json={"name": "mine"}, headers=csrf(client)).json()["data"]
    header = {"Authorization": f"Bearer {made['secret']}"}
    assert client.get("/api/v1/events", headers=header).status_code == 200
    gate = client.app.state.site.gate  # type: ignore[attr-defined]
    gate.accounts.add("adam", "adam is an admin", "admin")
    gate._users = (False, -10.0)
    assert client.get("/api/v1/events", headers=header).status_code == 401, "now there are users"
    gate.accounts.add(local_name(), "a few good words", "reader")
    assert client.get("/api/v1/events", headers=header).status_code == 401, "the user of that name is another one"


def test_only_own_tokens_are_revoked(make_site: MakeSite, with_users: str) -> None:
    client = make_site()
    number = client.app.state.site.gate.accounts.make_token("vera", "hers", "read")[1].id  # type: ignore[attr-defined]
    assert client.delete(f"/api/v1/account/tokens/{number}", headers=bearer(client, "adam")).status_code == 400
    assert client.delete(f"/api/v1/account/tokens/{number}", headers=bearer(client, "vera")).status_code == 204


@pytest.mark.parametrize(
    ("field_", "value"),
    [("scope", "all"), ("days", "0"), ("days", "-1"), ("days", "soon"), ("days", "99999"), ("name", " ")],
)
def test_tokens_that_cannot_be(make_site: MakeSite, field_: str, value: str) -> None:
    client = make_site()
    asked = {"name": "a", "scope": "read", "days": "1", **field(client.get("/account").text)} | {field_: value}
    told = client.post("/account/tokens", data=asked)
    assert told.status_code == 400 and 'role="alert"' in told.text
