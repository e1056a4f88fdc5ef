"""What is refused before anything else is done: other names, other sites, what is too long or too large."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.conftest import csrf
from tests.web.security.conftest import PASSWORDS, MakeSite, bearer, field, log_in
from whodid.errors import UsageError
from whodid.web import Options
from whodid.web.security.guard import LONGEST_URL
from whodid.web.security.hosts import Hosts, host_name

TOKEN = {"name": "a", "scope": "read"}


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "localhost:8000", "LOCALHOST", "[::1]:8000"])
def test_names_of_this_machine(make_site: MakeSite, host: str) -> None:
    assert make_site().get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.0.2.7", "", "[::2]", "localhost@evil"])
def test_other_names(make_site: MakeSite, host: str) -> None:
    answer = make_site().get("/api/v1/events", headers={"Host": host})
    assert (answer.status_code, answer.json()["error"]["code"]) == (421, "host")
    assert "--allow-host" in answer.json()["error"]["message"]


def test_names_that_are_given() -> None:
    assert Hosts("127.0.0.1", ["News.example"]).allow("news.EXAMPLE:443")
    assert Hosts("192.0.2.7").allow("192.0.2.7:80") and not Hosts("192.0.2.7").allow("192.0.2.8")
    everywhere = Hosts("0.0.0.0")
    assert everywhere.allow("192.0.2.8") and everywhere.allow("[2001:db8::1]:8000")
    assert not everywhere.allow("evil.example")
    assert host_name("[::1]:80") == "::1" and host_name("a.example.:80") == "a.example"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://localhost:3000"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    ],
)
def test_pages_of_other_sites_change_nothing(make_site: MakeSite, headers: dict[str, str]) -> None:
    client = make_site()
    answer = client.post("/api/v1/account/tokens", json=TOKEN, headers={**csrf(client), **headers})
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "cross-site")
    for mine in ({"Origin": "http://localhost"}, {"Origin": "null", "Sec-Fetch-Site": "same-origin"}):
        assert client.post("/api/v1/account/tokens", json=TOKEN, headers={**csrf(client), **mine}).status_code == 201
    nowhere = client.post("/api/v1/account/tokens", json=TOKEN, headers={"Origin": "null"})
    assert nowhere.json()["error"]["code"] == "csrf", "who does not say it needs the token all the same"


@pytest.mark.parametrize("given", [None, "", "x", "x.y", "é.é", "a." + "0" * 64])
def test_a_form_shows_that_it_is_of_this_site(make_site: MakeSite, given: str | None) -> None:
    client = make_site()
    headers = {} if given is None else {"X-CSRF-Token": given.encode("latin-1")}
    answer = client.post("/api/v1/account/tokens", json=TOKEN, headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "csrf")
    page = client.post("/users", data={"name": "x", "password": "y", "role": "admin", "csrf": (given or "").encode()})
    assert page.status_code == 403 and "load the page again" in page.text


def test_the_token_of_a_form_is_bound_to_its_session(make_site: MakeSite, with_users: str) -> None:
    one, other = make_site(), make_site()
    before = field(one.get("/login").text)
    log_in(one, "adam")
    log_in(other, "vera")
    assert one.post("/api/v1/account/tokens", json=TOKEN, headers=csrf(other)).status_code == 403
    assert one.post("/account/tokens", data=TOKEN | before).status_code == 403
    assert one.post("/api/v1/account/tokens", json=TOKEN, headers=csrf(one)).status_code == 201


def test_a_form_can_be_sent_after_a_start(make_site: MakeSite) -> None:
    token = csrf(make_site())
    assert make_site().post("/api/v1/account/tokens", json=TOKEN, headers=token).status_code == 201


def test_programs_with_a_token_need_no_form(make_site: MakeSite, with_users: str) -> None:
    client = make_site()
    answer = client.post("/api/v1/account/tokens", json=TOKEN, headers=bearer(client, "rita"))
    assert answer.status_code == 201


def test_the_log_in_has_a_form_as_well(make_site: MakeSite, with_users: str) -> None:
    client = make_site()
    told = client.post("/login", data={"name": "rita", "password": PASSWORDS["rita"], "next": "/"})
    assert told.status_code == 403 and "whodid-session" not in client.cookies


def test_addresses_that_are_too_long(make_site: MakeSite) -> None:
    client = make_site()
    assert client.get(f"/?q={'a' * 200}").status_code == 200
    assert client.get(f"/api/v1/events?q={'a' * LONGEST_URL}").status_code == 414


def test_requests_that_are_too_large(make_site: MakeSite) -> None:
    client = make_site(max_upload=5000)
    headers = csrf(client)
    large = TOKEN | {"name": "a" * 6000}
    told = client.post("/api/v1/account/tokens", json=large, headers=headers)
    assert (told.status_code, told.json()["error"]["code"]) == (413, "too-large")

    def parts() -> Iterator[bytes]:
        yield b'{"name": "'
        for _ in range(20):
            yield b"a" * 1000

    told = client.post("/api/v1/account/tokens", content=parts(), headers=headers)
    assert told.status_code == 413, "its length was not said before"
    assert client.post("/api/v1/account/tokens", json=TOKEN, headers=headers).status_code == 201


def test_forms_with_too_many_fields(make_site: MakeSite) -> None:
    client = make_site()
    many = {f"f{n}": "x" for n in range(3000)}
    told = client.post("/account/tokens", data=TOKEN | field(client.get("/account").text) | many)
    assert told.status_code == 400 and "Too many fields" in told.text


def test_a_proxy_that_nobody_told_of(make_site: MakeSite) -> None:
    client = make_site()
    told = client.get("/api/v1/events", headers={"X-Forwarded-For": "192.0.2.7"})
    assert (told.status_code, told.json()["error"]["code"]) == (403, "proxy")


@pytest.mark.parametrize("options", [{"host": "192.0.2.7"}, {"names": ("localhost",)}, {"proxies": ("127.0.0.1",)}])
def test_who_is_reached_by_others_has_no_local_person(make_site: MakeSite, options: dict[str, object]) -> None:
    assert make_site(**options).get("/").headers["location"] == "/login"


def test_options_that_do_not_go_together() -> None:
    with pytest.raises(UsageError, match="--public"):
        Options(folder=Path(), public=True)
    with pytest.raises(UsageError, match=r"--max-upload: 0\.0005 MB"):
        Options(folder=Path(), max_upload=500)
    with pytest.raises(UsageError, match="--texts-an-hour: -1"):
        Options(folder=Path(), texts_an_hour=-1)
