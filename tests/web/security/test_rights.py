"""Who may do what, by route: a route that is not in the table fails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import APIRouter
from fastapi.routing import APIRoute

from tests.web.security.conftest import ROLES, MakeSite, audited, bearer, field, log_in
from whodid.web.app import API
from whodid.web.routes import routers
from whodid.web.security import check_routes, need
from whodid.web.security.rights import SAFE

TABLE: dict[str, str] = {
    # pages that are read
    "GET /": "read",
    "GET /account": "read",
    "GET /login": "all",
    "GET /review": "review",
    "GET /review/agreement": "review",
    "GET /review/judgements": "review",
    "GET /network": "read",
    "GET /map": "read",
    "GET /timeline": "read",
    "GET /actors": "read",
    "GET /actors/{id:path}": "read",
    "GET /compare": "read",
    "GET /api": "read",
    "GET /views": "read",
    "POST /views": "review, writes",
    "GET /events/{id}": "read",
    "GET /reports/{id}": "read",
    "GET /try": "read",
    # asks for work, and keeps nothing
    "POST /try": "read",
    "POST /api/v1/try": "read",
    # pages that change something
    "POST /login": "all",
    "POST /logout": "all",
    "POST /account/password": "read, writes",
    "POST /account/tokens": "read, writes",
    "POST /account/tokens/{number}/revoke": "read, writes",
    "GET /users": "admin",
    "POST /users": "admin, writes",
    "POST /users/role": "admin, writes",
    "POST /users/password": "admin, writes",
    "POST /users/remove": "admin, writes",
    "GET /audit": "admin",
    # the API
    "GET /api/v1/events": "read",
    "GET /api/v1/claims": "read",
    "GET /api/v1/facets": "read",
    "GET /api/v1/review/queue": "review",
    "GET /api/v1/review/precision": "review",
    "GET /api/v1/review/claims/{claim}": "review",
    "GET /api/v1/review/codes/{ontology}": "review",
    "GET /api/v1/review/state": "review",
    "GET /api/v1/review/notes": "review",
    "GET /api/v1/review/corrections": "review",
    "GET /api/v1/review/agreement": "review",
    "GET /api/v1/review/training": "review",
    "POST /api/v1/review/preview": "review",
    "POST /api/v1/review/corrections": "review, writes",
    "POST /api/v1/review/accept": "review, writes",
    "POST /api/v1/review/reject": "review, writes",
    "POST /api/v1/review/restore": "review, writes",
    "POST /api/v1/review/undo": "review, writes",
    "POST /api/v1/review/split": "review, writes",
    "POST /api/v1/review/merge": "review, writes",
    "POST /api/v1/review/notes": "review, writes",
    "POST /api/v1/review/adjudicate": "admin, writes",
    "GET /api/v1/network": "read",
    "GET /api/v1/timeline": "read",
    "GET /api/v1/actors": "read",
    "GET /api/v1/actors/{id:path}": "read",
    "GET /api/v1/compare": "read",
    "GET /api/v1/map": "read",
    "GET /api/v1/reports": "read",
    "GET /api/v1/story": "read",
    "GET /api/v1/suggest": "read",
    "GET /api/v1/views": "read",
    "POST /api/v1/views": "review, writes",
    "GET /api/v1/network/{download}": "read",
    "GET /api/v1/events/{id}": "read",
    "GET /api/v1/events/{id}/record": "read",
    "GET /api/v1/reports/{id}": "read",
    "GET /api/v1/reports/{id}/record": "read",
    "GET /api/v1/claims/{id}": "read",
    "GET /api/v1/account": "read",
    "POST /api/v1/account/tokens": "read, writes",
    "DELETE /api/v1/account/tokens/{number}": "read, writes",
    "GET /api/v1/users": "admin",
    "POST /api/v1/users": "admin, writes",
    "PATCH /api/v1/users/{name}": "admin, writes",
    "DELETE /api/v1/users/{name}": "admin, writes",
    "GET /api/v1/audit": "admin",
}
"""Method and path → the right that it demands, and whether it is closed where the site is read-only."""


def routes() -> Iterator[str]:
    for pages, api in routers():
        for router, prefix in ((pages, ""), (api, API)):
            for route in router.routes:
                assert isinstance(route, APIRoute)
                yield from (f"{method} {prefix}{route.path}" for method in sorted(route.methods - {"HEAD"}))


def demanded(route: str) -> tuple[str, bool]:
    right, _, writes = TABLE[route].partition(", ")
    return right, bool(writes)


def ask(client: Any, route: str, **given: Any) -> Any:
    method, path = route.split(" ")
    path = re.sub(r"\{\w+(:path)?\}", "1", path)
    return client.request(method, path, **given)


def refused(answer: Any) -> str:
    """The code of a refusal by right; empty where the route was reached, whatever it said then."""
    if answer.status_code == 303 and answer.headers["location"].startswith("/login"):
        return "" if answer.request.url.path == "/logout" and "clear-site-data" in answer.headers else "log-in"
    if answer.status_code not in {401, 403}:
        return ""
    if answer.headers["content-type"].startswith("application/json"):
        return str(answer.json()["error"]["code"])
    for code, words in (("read-only", "served with --read-only"), ("not-allowed-to", "lacks the right"),
                        ("log-in", "this needs a log-in"), ("csrf", "load the page again")):  # fmt: skip
        if words in answer.text:
            return code
    return "other" if answer.status_code == 403 else ""


def test_the_table_has_every_route_and_no_other() -> None:
    there = set(routes())
    assert there - set(TABLE) == set(), "say in TABLE who may use the new route"
    assert set(TABLE) - there == set()


RIGHTS = {"reader": {"all", "read"}, "reviewer": {"all", "read", "review"}, "admin": {"all", "read", "review", "admin"}}


@pytest.mark.parametrize("name", ROLES)
def test_every_role_at_every_route(make_site: MakeSite, with_users: str, name: str) -> None:
    client = make_site()
    wrong = []
    for route in TABLE:
        answer = ask(client, route, headers=bearer(client, name))
        may = demanded(route)[0] in RIGHTS[ROLES[name]]
        if bool(refused(answer)) == may:
            wrong.append(f"{route}: {answer.status_code} {refused(answer)}")
    assert wrong == []


def test_nobody_comes_in_without_a_log_in(make_site: MakeSite, with_users: str) -> None:
    client = make_site()
    for route in TABLE:
        expected = "csrf" if route in {"POST /login"} else "" if route == "GET /login" else "log-in"
        assert refused(ask(client, route)) == expected, route


def test_every_change_needs_its_form(make_site: MakeSite, with_users: str) -> None:
    client = make_site()
    log_in(client, "adam")
    for route in TABLE:
        if route.split()[0] not in SAFE:
            assert refused(ask(client, route)) == "csrf", route


def test_nothing_that_writes_works_where_a_site_is_only_read(make_site: MakeSite, with_users: str) -> None:
    client = make_site(read_only=True)
    admin = bearer(client, "adam")
    for route in TABLE:
        right, writes = demanded(route)
        if writes or right == "review":
            assert refused(ask(client, route, headers=admin)) == "read-only", route
    log_in(client, "adam")
    assert client.get("/").status_code == 200
    assert client.post("/logout", data=field(client.get("/account").text)).status_code == 303


def test_a_public_site_is_read_by_everybody_and_changed_by_nobody(make_site: MakeSite, with_users: str) -> None:
    client = make_site(read_only=True, public=True, host="192.0.2.7")
    assert client.get("/").status_code == 200
    assert "/users" not in client.get("/").text
    for route in TABLE:
        right, writes = demanded(route)
        if writes or right in {"review", "admin"}:
            assert refused(ask(client, route)) in {"read-only", "csrf"}, route
    token = field(client.get("/login").text)
    assert client.post("/login", data={"name": "adam", "password": "adam is an admin", **token}).status_code == 403


def test_a_route_that_does_not_say_who_may_stops_the_start() -> None:
    router = APIRouter()
    router.add_api_route("/x", lambda: None, methods=["POST"])
    with pytest.raises(RuntimeError, match=r"POST /x does not say who may"):
        check_routes([router])
    fine = APIRouter(dependencies=[need("review")])
    fine.add_api_route("/x", lambda: None, methods=["POST"])
    check_routes([fine])


def test_every_change_is_in_the_log(make_site: MakeSite, with_users: str) -> None:
    client = make_site()
    header = bearer(client, "adam")
    client.post("/api/v1/users", json={"name": "new", "password": "a few good words"}, headers=header)
    client.patch("/api/v1/users/new", json={"role": "reviewer", "password": "other good words"}, headers=header)
    client.delete("/api/v1/users/new", headers=header)
    whats = ["user-added", "user-role", "user-password", "user-removed"]
    assert audited(client) == [("adam", what) for what in whats]
    log = client.get("/api/v1/audit?limit=2", headers=header).json()["data"]
    assert [line["what"] for line in log["lines"]] == whats[:1:-1]
    assert log["lines"][0]["address"] == "testclient" and log["lines"][0]["about"] == {"user": "new"}
    older = client.get(f"/api/v1/audit?before={log['next']}&person=adam", headers=header).json()["data"]
    assert [line["what"] for line in older["lines"]] == whats[1::-1] and older["next"] is None
    page = client.get("/audit?what=user-role", headers=header).text
    assert page.count("<time") == 1 and "reviewer" in page


def test_a_change_of_which_a_route_says_nothing(make_site: MakeSite) -> None:
    client = make_site()

    def silent() -> None: ...

    client.app.add_api_route("/silent", silent, methods=["POST"])  # type: ignore[attr-defined]
    assert client.post("/silent").status_code == 200
    assert audited(client)[-1][1] == "change"
