"""States of lists: what an address asks for, what it finds, and how many there are of what."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from whodid.dataset import open_dataset
from whodid.dataset.found import find_claims, find_events
from whodid.dataset.query import make_query


def get(client: TestClient, path: str, **params: Any) -> Any:
    answer = client.get(f"/api/v1{path}", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


CONDITIONS: list[dict[str, Any]] = [
    {},
    {"type": ["ASSAULT", "CONSULT"], "status": ["happened"]},
    {"mode": "aerial"},
    {"actor": "rebels"},
    {"involving": "=The Harbour Union", "order": "reports"},
    {"recipient": "name:harbour union", "order": "score"},
    {"publisher": ["=Elm Wire", "=Harbour Gazette"], "voice": "paraphrased"},
    {"where": "Port Elm", "since": "2020-03-03", "until": "2020-03-04", "within": True},
    {"min_reports": 3, "min_score": 0.1},
    {"historical": False, "actor": ["sector:MIL", "id:LYO-REB"]},
]


@pytest.mark.parametrize("asked", CONDITIONS, ids=str)
@pytest.mark.parametrize("view", ["events", "claims"])
def test_the_pages_together_are_what_a_query_finds(
    client: TestClient, folder: Any, view: str, asked: dict[str, Any]
) -> None:
    find = find_events if view == "events" else find_claims
    wanted = find(open_dataset(folder), make_query(**asked))
    ids: list[str] = []
    cursor = None
    while True:
        given = asked | ({"cursor": cursor} if cursor else {})
        answer = get(client, f"/{view}", limit=7, **given)
        assert answer["meta"]["total"] == wanted.count()
        ids += [line["id"] for line in answer["data"]]
        cursor = answer["meta"]["next"]
        if cursor is None:
            break
    assert ids == wanted.ids()
