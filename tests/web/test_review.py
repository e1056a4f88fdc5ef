"""Reviewing over the API: who may, what is kept, what is told of what others said, and that nothing is done twice."""

from __future__ import annotations

import csv
import io
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.dataset.scenes import filled
from tests.web.conftest import csrf
from tests.web.security.conftest import bearer
from whodid.dataset.accounts import Accounts
from whodid.dataset.people import open_people
from whodid.web import Options, make_app

API = "/api/v1/review"
PEOPLE = {"Ana": "reviewer", "Ben": "reviewer", "Cleo": "admin", "Rita": "reader"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset with two reviewers, an admin and a reader; tests work on copies of it."""
    folder = filled(tmp_path_factory.mktemp("review") / "data", 8)
    with open_people(folder) as people:
        for name, role in PEOPLE.items():
            Accounts(people).add(name, f"{name} has a long password", role)
    return folder


@pytest.fixture
def client(made: Path, tmp_path: Path) -> Iterator[TestClient]:
    """A site on a copy of the dataset."""
    folder = Path(shutil.copytree(made, tmp_path / "data"))
    with TestClient(make_app(Options(folder=folder)), base_url="http://localhost") as asking:
        yield asking


class Person:
    """Somebody who asks with a token."""

    def __init__(self, client: TestClient, name: str) -> None:
        self._client, self.headers = client, bearer(client, name)

    def get(self, path: str, **query: Any) -> Any:
        answer = self._client.get(f"{API}/{path}", params=query, headers=self.headers)
        assert answer.status_code == 200, answer.text
        return answer.json()["data"]

    def post(self, path: str, body: object, status: int = 200, key: str | None = None) -> Any:
        headers = self.headers | ({"Idempotency-Key": key} if key else {})
        answer = self._client.post(f"{API}/{path}", json=body, headers=headers)
        assert answer.status_code == status, answer.text
        return answer.json()["data" if status == 200 else "error"]

    def taken(self, after: int = 0) -> None:
        """Wait until the dataset has taken it in."""
        for _ in range(200):
            if self.get("state", after=after)["taken"]:
                return
            time.sleep(0.05)
        raise AssertionError("not taken in within ten seconds")


@pytest.fixture
def ana(client: TestClient) -> Person:
    return Person(client, "Ana")


@pytest.fixture
def ben(client: TestClient) -> Person:
    return Person(client, "Ben")


def first(person: Person) -> Any:
    """The first claim of the random sample, as it is reviewed."""
    return person.get("claims/" + person.get("queue", kind="random")[0]["id"])


def other_words(item: Any) -> dict[str, int]:
    """The recipient's words, for an actor who is somebody else."""
    return {name: item["claim"]["recipients"][0][name] for name in ("start", "end")}


def exported(client: TestClient, person: Person, claim: str) -> str:
    """The actor of a claim in the CSV of all claims."""
    answer = client.get("/api/v1/claims", params={"format": "csv"}, headers=person.headers)
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(answer.text))}
    return str(next((row for id, row in rows.items() if id == claim), {}).get("actor_1_text") or rows.get(claim))


def test_a_correction_is_in_the_export_and_an_undo_takes_it_out(client: TestClient, ana: Person) -> None:
    item = first(ana)
    claim = item["claim"]["id"]
    before = exported(client, ana, claim)
    kept = ana.post("corrections", {"claim": claim, "field": "actors", "value": [other_words(item)], "why": "misread"})
    assert kept["item"]["pending"] and kept["row"]["person"] == "Ana" and kept["row"]["why"] == "misread"
    assert kept["item"]["claim"]["actors"][0]["text"] == item["claim"]["recipients"][0]["text"]
    ana.taken(kept["row"]["id"])
    changed = exported(client, ana, claim)
    assert changed != before
    undone = ana.post("undo", {"id": kept["row"]["id"]})
    ana.taken(undone["row"]["id"])
    assert exported(client, ana, claim) == before
    rows = ana.get(f"claims/{claim}")["rows"]
    assert [(row["field"], row["undoes"], row["stands"]) for row in rows] == [
        ("actors", None, False), ("actors", kept["row"]["id"], True),
    ]  # fmt: skip


def test_before_and_after_are_shown_and_nothing_is_kept(ana: Person) -> None:
    item = first(ana)
    wanted = "THREATEN" if item["claim"]["type"] != "THREATEN" else "ASSAULT"
    seen = ana.post("preview", {"claim": item["claim"]["id"], "field": "type", "value": wanted})
    assert (seen["before"], seen["after"]) == (item["claim"]["type"], wanted)
    assert seen["further"]["quad"][1] == 3
    assert first(ana)["rows"] == []


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("type", "DANCE", "unknown type 'DANCE'"),
        ("actors", [{"start": 0, "end": 10_000}], "actors"),
        ("when", "yesterday", "when"),
        ("counts", [{"what": "killed", "low": 3, "high": 1, "start": 0, "end": 4}], "low comes first"),
    ],
)
def test_what_is_not_allowed_is_named(ana: Person, field: str, value: object, told: str) -> None:
    body = {"claim": first(ana)["claim"]["id"], "field": field, "value": value}
    for path in ("preview", "corrections"):
        assert told in ana.post(path, body, status=400)["message"]
    assert first(ana)["rows"] == []


def test_a_request_that_is_sent_again_adds_no_second_row(ana: Person, ben: Person) -> None:
    item = first(ana)
    body = {"claim": item["claim"]["id"], "why": "read twice"}
    once = ana.post("accept", body, key="my-key-0001")
    assert ana.post("accept", body, key="my-key-0001")["row"] == once["row"]
    assert len(ana.get(f"claims/{item['claim']['id']}")["rows"]) == 1
    assert ana.post("reject", body, status=409, key="my-key-0001")["code"] == "key-used"
    assert ben.post("accept", body, key="my-key-0001")["row"]["person"] == "Ben"


def test_a_refused_request_frees_its_key(ana: Person) -> None:
    claim = first(ana)["claim"]["id"]
    ana.post("corrections", {"claim": claim, "field": "type", "value": "DANCE"}, status=400, key="my-key-0002")
    ana.post("corrections", {"claim": claim, "field": "status", "value": "hypothetical"}, key="my-key-0002")


def test_two_reviewers_on_one_field_are_told(ana: Person, ben: Person) -> None:
    item = first(ana)
    claim = {"claim": item["claim"]["id"], "field": "status", "seen": item["seen"]}
    own = {"claim": claim["claim"], "field": "historical", "seen": item["seen"]}
    ana.post("corrections", claim | {"value": "hypothetical"})
    told = ben.post("corrections", claim | {"value": "future"}, status=409)
    assert told["code"] == "said-meanwhile" and "Ana" in told["message"]
    ben.post("corrections", own | {"value": True})  # another field is nobody's business
    ben.post("corrections", claim | {"value": "future", "over": True})
    assert ben.get(f"claims/{claim['claim']}")["claim"]["status"] == "future"
    assert [row["person"] for row in ben.get(f"claims/{claim['claim']}")["rows"]] == ["Ana", "Ben", "Ben"]


def test_an_admin_settles_what_reviewers_differ_on(client: TestClient, ana: Person, ben: Person) -> None:
    claim = first(ana)["claim"]["id"]
    ana.post("corrections", {"claim": claim, "field": "status", "value": "hypothetical"})
    ben.post("corrections", {"claim": claim, "field": "status", "value": "future"})
    seen = ana.get("agreement")
    assert {"claim": claim, "field": "status", "values": {"Ana": "hypothetical", "Ben": "future"},
            "counts": "future"} in seen["disputes"]  # fmt: skip
    body = {"claim": claim, "field": "status", "like": "Ana", "why": "it is feared"}
    assert ben.post("adjudicate", body, status=403)["code"] == "not-allowed-to"
    cleo = Person(client, "Cleo")
    assert cleo.post("adjudicate", body)["row"]["deciding"]
    assert cleo.get(f"claims/{claim}")["claim"]["status"] == "hypothetical"
    assert [d for d in cleo.get("agreement")["disputes"] if d["field"] == "status"] == []


def test_a_split_and_a_merge_are_taken_in(client: TestClient, ana: Person) -> None:
    sql = client.app.state.site.live.data.query  # type: ignore[attr-defined]
    event = sql("SELECT id, claims FROM events WHERE len(claims) > 1 ORDER BY id").to_pylist()[0]
    assert ana.post("split", {"event": event["id"], "claims": event["claims"]}, status=400)
    ana.post("split", {"event": event["id"], "claims": event["claims"][-1:], "why": "another day"})
    ana.taken()
    apart = {ana.get(f"claims/{claim}")["event"] for claim in event["claims"]}
    assert len(apart) == 2
    ana.post("merge", {"events": sorted(apart)})
    ana.taken()
    assert len({ana.get(f"claims/{claim}")["event"] for claim in event["claims"]}) == 1


def test_the_sample_gives_an_estimate_with_its_interval(ana: Person) -> None:
    assert ana.get("precision")["share"] is None
    some = [line["id"] for line in ana.get("queue", kind="random")][:4]
    for claim in some[:3]:
        ana.post("accept", {"claim": claim})
    ana.post("reject", {"claim": some[3]})
    told = ana.get("precision")
    assert (told["judged"], told["right"], told["share"]) == (4, 3, 0.75)
    assert told["low"] < 0.75 < told["high"]
    assert not {line["id"] for line in ana.get("queue", kind="random")} & set(some)


def test_notes_stand_beside_the_claim(ana: Person, ben: Person) -> None:
    claim = first(ana)["claim"]["id"]
    ana.post("notes", {"target": claim, "text": "<b>look</b> at the date"})
    assert ben.get(f"claims/{claim}")["notes"][0]["person"] == "Ana"
    assert [note["text"] for note in ben.get("notes", target=claim)] == ["<b>look</b> at the date"]


def test_judgements_are_listed_and_downloaded(client: TestClient, ana: Person, ben: Person) -> None:
    claim = first(ana)["claim"]["id"]
    ana.post("accept", {"claim": claim})
    ben.post("corrections", {"claim": claim, "field": "status", "value": "future"})
    assert [row["person"] for row in ana.get("corrections")] == ["Ben", "Ana"]
    assert [row["field"] for row in ana.get("corrections", person="Ana", field="claim", claim=claim[:8])] == ["claim"]
    answer = client.get(f"{API}/corrections?format=csv", headers=ana.headers)
    assert [row["after"] for row in csv.DictReader(io.StringIO(answer.text))] == ['"future"', '"accept"']
    page = client.get("/review/judgements", headers=ana.headers).text
    assert page.count(claim[:8]) >= 2


def test_training_sentences_are_those_that_were_judged_whole(client: TestClient, ana: Person) -> None:
    item = first(ana)
    ana.taken(ana.post("accept", {"claim": item["claim"]["id"]})["row"]["id"])
    answer = client.get(f"{API}/training", headers=ana.headers)
    assert answer.status_code == 200
    assert answer.text == "" or f"t {item['claim']['sentence']['text'].split()[0]}" in answer.text


def test_readers_see_nothing_of_it(client: TestClient) -> None:
    rita = bearer(client, "Rita")
    for path in ("/review", "/review/agreement", "/review/judgements", f"{API}/queue"):
        assert client.get(path, headers=rita).status_code == 403
    assert client.post(f"{API}/accept", json={"claim": "1"}, headers=rita).status_code == 403
    event = client.get("/api/v1/events", headers=rita).json()["data"][0]["id"]
    assert "regroup" not in client.get(f"/events/{event}", headers=rita).text


def test_a_script_needs_the_token_of_the_page(tmp_path: Path) -> None:
    folder = filled(tmp_path / "alone", 4)
    with TestClient(make_app(Options(folder=folder)), base_url="http://localhost") as alone:
        claim = alone.get(f"{API}/queue?kind=random").json()["data"][0]["id"]
        assert alone.post(f"{API}/accept", json={"claim": claim}).json()["error"]["code"] == "csrf"
        assert alone.post(f"{API}/accept", json={"claim": claim}, headers=csrf(alone, "/review")).status_code == 200


def test_pages_hold_what_is_hostile_as_text(client: TestClient, ana: Person) -> None:
    claim = first(ana)["claim"]["id"]
    ana.post("corrections", {"claim": claim, "field": "historical", "value": True, "why": "<script>alert(1)</script>"})
    for path in (f"/review?claim={claim}", "/review/judgements", "/review/agreement"):
        page = client.get(path, headers=ana.headers)
        assert page.status_code == 200 and "<script>alert(1)" not in page.text
