"""Every answer has the headers that keep a browser in bounds."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.web.security.conftest import MakeSite
from whodid.web.security.guard import LONGEST_URL

PLACES = ("/", "/nowhere", "/api/v1/events", "/api/v1/nowhere", "/account", "/login", "/api/v1/openapi.json",
          "/static/nowhere.js", "/?since=never", f"/?q={'a' * LONGEST_URL}")  # fmt: skip
ASKED = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@pytest.mark.parametrize("header", ASKED)
@pytest.mark.parametrize("place", PLACES)
def test_every_answer_has_them(client: TestClient, place: str, header: str) -> None:
    assert client.get(place, follow_redirects=False).headers[header] == ASKED[header]


@pytest.mark.parametrize("place", PLACES)
def test_what_a_page_may_not_use(client: TestClient, place: str) -> None:
    policy = client.get(place, follow_redirects=False).headers["permissions-policy"]
    assert all(f"{name}=()" in policy for name in ("camera", "microphone", "geolocation"))


@pytest.mark.parametrize(
    ("host", "status"), [("evil.example", 421), ("localhost", 405), ("localhost.evil.example", 421)]
)
def test_refusals_have_them_too(client: TestClient, host: str, status: int) -> None:
    answer = client.request("TRACE", "/", headers={"Host": host, "Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == status and answer.headers["x-content-type-options"] == "nosniff"


def test_a_failure_has_them_and_tells_nothing(make_site: MakeSite) -> None:
    client = make_site(raises=False)

    def broken() -> None:
        raise RuntimeError("the password is hunter2")

    app = client.app
    assert isinstance(app, FastAPI)
    app.add_api_route("/broken", broken)
    answer = client.get("/broken")
    assert answer.status_code == 500 and "hunter2" not in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert client.get("/").status_code == 200


def test_only_https_is_kept_to_https(make_site: MakeSite) -> None:
    assert "strict-transport-security" not in make_site().get("/").headers
    assert make_site(base="https://localhost").get("/").headers["strict-transport-security"] == "max-age=31536000"


def test_what_a_browser_may_keep(client: TestClient) -> None:
    page = client.get("/")
    assert page.headers["cache-control"] == "private, no-cache"
    assert {"Cookie", "Authorization"} <= {part.strip() for part in page.headers["vary"].split(",")}
    assert client.get("/account").headers["cache-control"] == "no-store"
    assert client.get("/nowhere").headers["cache-control"] == "no-store"
    assert client.get("/static/nowhere.js").headers["cache-control"] == "no-store"
    built = client.get(page.text.split('rel="stylesheet" href="')[1].split('"')[0])
    assert built.status_code == 200 and built.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_large_answers_are_packed(client: TestClient) -> None:
    answer = client.get("/api/v1/openapi.json", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip" and answer.json()["info"]["title"] == "Whodid"
