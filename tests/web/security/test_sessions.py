"""To come in, to stay in for a while, and to be out."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.web.conftest import csrf
from tests.web.security.conftest import PASSWORDS, MakeSite, audited, bearer, field, log_in
from whodid.dataset.accounts import SESSION_HOURS
from whodid.web.security.gate import local_name


def test_who_is_alone_on_a_machine_is_its_admin(make_site: MakeSite) -> None:
    client = make_site()
    me = client.get("/api/v1/account").json()["data"]
    assert (me["name"], me["role"], me["way"]) == (local_name(), "admin", "local")
    assert me["rights"] == ["read", "review", "admin"]
    assert client.get("/login").status_code == 303


def test_with_users_everybody_logs_in(make_site: MakeSite, with_users: str) -> None:
    client = make_site()
    assert client.get("/").headers["location"] == "/login"
    assert client.get("/audit?what=login").headers["location"] == "/login?next=/audit%3Fwhat%3Dlogin"
    assert client.get("/nowhere").status_code == 303, "who is not in is not told what there is"
    told = client.get("/api/v1/events")
    assert (told.status_code, told.json()["error"]["code"]) == (401, "log-in")
    assert told.headers["www-authenticate"] == "Bearer"
    log_in(client, "rita")
    assert client.get("/").status_code == 200
    assert "rita" in client.get("/account").text


def test_users_that_are_added_while_a_site_is_open(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    client = make_site()
    monkeypatch.setattr("whodid.web.security.gate._LOOK_EVERY_S", 0.0)
    wrong = client.post("/users", data={"name": "rita", "password": PASSWORDS["rita"], "role": "reader"} | field(
        client.get("/users").text))  # fmt: skip
    assert wrong.status_code == 400 and "the first user is an admin" in wrong.text
    added = client.post("/users", data={"name": "adam", "password": PASSWORDS["adam"], "role": "admin"} | field(
        client.get("/users").text))  # fmt: skip
    assert added.status_code == 303
    assert client.get("/users").status_code == 303, "from now on one logs in"
    log_in(client, "adam")
    assert client.get("/users").status_code == 200


def test_the_next_page_is_one_of_the_site(make_site: MakeSite, with_users: str) -> None:
    client = make_site()
    for given, meant in (("/audit", "/audit"), ("//evil.example", "/"), ("https://evil.example", "/"),
                         ("/\\evil.example", "/"), ("/\r\nX: 1", "/")):  # fmt: skip
        page = client.get("/login").text
        data = {"name": "adam", "password": PASSWORDS["adam"], "next": given, **field(page)}
        assert client.post("/login", data=data).headers["location"] == meant
        client.cookies.clear()


def test_the_cookie_of_a_session(make_site: MakeSite, with_users: str) -> None:
    client = make_site()
    page = client.get("/login")
    form = page.headers["set-cookie"]
    assert form.startswith("whodid-form=") and "HttpOnly; SameSite=Lax" in form
    answer = client.post("/login", data={"name": "rita", "password": PASSWORDS["rita"], **field(page.text)})
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("whodid-session=") and cookie.endswith("Path=/; HttpOnly; SameSite=Lax; Max-Age=43200")
    over_https = make_site(base="https://localhost")
    page = over_https.get("/login")
    answer = over_https.post("/login", data={"name": "rita", "password": PASSWORDS["rita"], **field(page.text)})
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-whodid-session=") and cookie.endswith("; Secure")


def test_a_session_ends(make_site: MakeSite, with_users: str) -> None:
    client = make_site()
    log_in(client, "rita")
    secret = client.cookies["whodid-session"]
    out = client.post("/logout", headers=csrf(client))
    assert out.status_code == 303 and out.headers["clear-site-data"] == '"cache"'
    client.cookies.set("whodid-session", secret)
    assert client.get("/").status_code == 303, "the server has forgotten it as well"


def test_a_session_ends_by_itself(make_site: MakeSite, with_users: str) -> None:
    client = make_site()
    log_in(client, "rita")
    accounts = client.app.state.site.gate.accounts  # type: ignore[attr-defined]
    now = dt.datetime.now(dt.UTC)
    accounts._now = lambda: now + dt.timedelta(hours=SESSION_HOURS, seconds=-5)
    assert client.get("/").status_code == 200
    accounts._now = lambda: now + dt.timedelta(hours=SESSION_HOURS, seconds=5)
    assert client.get("/").status_code == 303


def test_another_password_ends_all_sessions_but_this_one(make_site: MakeSite, with_users: str) -> None:
    here, there = make_site(), make_site()
    log_in(here, "rita")
    log_in(there, "rita")
    page = here.get("/account").text
    new = "a better one, of words"
    asked = {"old": PASSWORDS["rita"], "new": new, "again": new, **field(page)}
    assert "is wrong" in here.post("/account/password", data=asked | {"old": "x"}).text
    assert "differ" in here.post("/account/password", data=asked | {"again": "x"}).text
    assert "12 to 1024" in here.post("/account/password", data=asked | {"new": "short", "again": "short"}).text
    assert there.get("/").status_code == 200
    assert here.post("/account/password", data=asked).headers["location"] == "/account?done=password"
    assert here.get("/").status_code == 200 and there.get("/").status_code == 303
    log_in(there, "rita", new)
    assert ("rita", "password-failed") in audited(here) and ("rita", "user-password") in audited(here)


def test_log_ins_are_throttled(make_site: MakeSite, with_users: str) -> None:
    client = make_site()
    page = field(client.get("/login").text)
    for _ in range(5):
        wrong = client.post("/login", data={"name": "rita", "password": "guessed", **page})
        assert wrong.status_code == 401 and "Name or password is wrong" in wrong.text
    late = client.post("/login", data={"name": "rita", "password": PASSWORDS["rita"], **page})
    assert late.status_code == 429 and late.headers["retry-after"] in {"1", "2"}
    log_in(client, "vera")
    assert audited(client).count(("", "login-failed")) == 5
    assert ("vera", "login") in audited(client)


def test_an_unknown_name_is_told_as_a_wrong_password(make_site: MakeSite, with_users: str) -> None:
    client = make_site()
    page = field(client.get("/login").text)
    told = [client.post("/login", data={"name": name, "password": "guessed!", **page}) for name in ("rita", "rito")]
    assert [t.status_code for t in told] == [401, 401]
    assert (
        told[0].text.replace("rita", "rito").split("<h1>")[1].split("csrf")[0]
        == (told[1].text.split("<h1>")[1].split("csrf")[0])
    )


def test_a_role_holds_from_the_next_request_on(make_site: MakeSite, with_users: str) -> None:
    client, admin = make_site(), make_site()
    log_in(client, "rita")
    log_in(admin, "adam")
    assert client.get("/users").status_code == 403
    admin.post("/users/role", data={"name": "rita", "role": "admin", **field(admin.get("/users").text)})
    assert client.get("/users").status_code == 200
    admin.post("/users/remove", data={"name": "rita", **field(admin.get("/users").text)})
    assert client.get("/users").status_code == 303
    refused = admin.post("/users/remove", data={"name": "adam", **field(admin.get("/users").text)})
    assert refused.status_code == 400 and "last admin" in refused.text


def test_a_session_is_no_token_and_a_token_no_session(make_site: MakeSite, with_users: str) -> None:
    client = make_site()
    log_in(client, "rita")
    secret = client.cookies["whodid-session"]
    client.cookies.clear()
    assert client.get("/", headers={"Authorization": f"Bearer {secret}"}).status_code == 401
    token = bearer(client, "rita")["Authorization"].split()[1]
    client.cookies.set("whodid-session", token)
    assert client.get("/").status_code == 303
