"""A dataset that grew in any way holds the events that fusing everything at once gives."""

from __future__ import annotations

import random
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.dataset.scenes import add, claims_of, filled, news, whole
from whodid.dataset import Run, init_dataset, open_dataset, tables, writing
from whodid.dataset.people import open_people
from whodid.errors import UsageError
from whodid.fuse import fuse
from whodid.records import Event, Report
from whodid.run import keeping
from whodid.run.keeping import fuse_pending, remove


def grouped(events: dict[str, Event]) -> dict[str, Event]:
    """Without the links: of the pairs that a claim could be tied to only the strongest are kept, as they come."""
    flags = {"planned", "denied"}
    return {
        key: event.model_copy(update={"links": (), "flags": tuple(f for f in event.flags if f not in flags)})
        for key, event in events.items()
    }


def expected(reports: list[Report]) -> dict[str, Event]:
    return {e.id: e for e in fuse([c for r in reports for c in claims_of(r)], reports)}


def stored(folder: Path) -> dict[str, Event]:
    return {event.id: event for event in open_dataset(folder).events()}


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10_000), cuts=st.lists(st.integers(1, 15), max_size=2), gone=st.integers(0, 3))
def test_any_order_and_any_portions_give_the_same_events(seed: int, cuts: list[int], gone: int) -> None:
    reports = news(16, seed=seed)
    shuffled = random.Random(seed).sample(reports, len(reports))
    with TemporaryDirectory() as name:
        folder = Path(name, "data")
        init_dataset(folder)
        for first, last in zip([0, *sorted(cuts)], [*sorted(cuts), len(shuffled)], strict=True):
            add(folder, shuffled[first:last])
        if gone:
            remove(folder, [r.id for r in shuffled[:gone]])
        assert grouped(stored(folder)) == grouped(expected(shuffled[gone:]))
        whole(folder)


def test_claims_know_their_events_and_old_ids_lead_on(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    init_dataset(folder)
    reports = news(16)
    ids: set[str] = set()
    for first in range(0, 16, 3):
        add(folder, reports[first : first + 3])
        ids |= set(stored(folder))
    data = open_dataset(folder)
    now = stored(folder)
    assert len(ids) > len(now), "no event was ever merged into another: the test shows nothing"
    for old in ids:
        assert data.event(old).id in now
    assert {c.event for c in data.claims()} == set(now)
    assert {c.id for c in data.claims("event_id = ?", [next(iter(now))])} == set(now[next(iter(now))].claims)


def test_links_lead_to_the_events_that_are_there_now(tmp_path: Path) -> None:
    folder = filled(tmp_path / "data", 24)
    now = stored(folder)
    links = open_dataset(folder).table("links").to_pylist()
    assert links and {x["to_id"] for x in links} | {x["event_id"] for x in links} <= set(now)
    told = {(e.id, link.kind, link.event) for e in now.values() for link in e.links}
    assert {(x["event_id"], x["kind"], x["to_id"]) for x in links} == told


def test_fusion_holds_to_what_people_say(tmp_path: Path) -> None:
    folder = filled(tmp_path / "data", 16)
    before = stored(folder)
    event = max(before.values(), key=lambda e: len(e.claims))
    other = next(e for e in before.values() if e.id != event.id)
    apart, joined = event.claims[:2], (event.claims[0], other.claims[0])
    with open_people(folder) as people:
        people.judge(*apart, "different", person="Ann")
        people.judge(*joined, "same", person="Ann", why="one and the same convoy")
    done = fuse_pending(folder)
    assert done.events >= 2 and done.version == 3
    homes = {c: e.id for e in stored(folder).values() for c in e.claims}
    assert homes[apart[0]] != homes[apart[1]] and homes[joined[0]] == homes[joined[1]]
    whole(folder)
    assert fuse_pending(folder).version == 3, "there was nothing to do"
    with open_people(folder) as people:  # a later word counts
        people.judge(*apart, "same", person="Ben")
    fuse_pending(folder)
    homes = {c: e.id for e in stored(folder).values() for c in e.claims}
    assert homes[apart[0]] == homes[apart[1]]


def test_judgements_and_reasons_are_kept(tmp_path: Path) -> None:
    data = open_dataset(filled(tmp_path / "data", 16))
    judged = data.table("judgements").to_pylist()
    assert judged and all(j["left"] < j["right"] and j["why"] and 0 <= j["score"] <= 1 for j in judged)


def aged(folder: Path) -> None:
    """As another version of Whodid would have left it: other features, other events, another fingerprint."""
    with writing(folder, Run("old")) as writer:
        for name, columns in {
            "features": "'{}' AS features",
            "blocks": "0::BIGINT AS key",
            "members": "claim_id AS event_id, claim_id AS component",
        }.items():
            rows = writer.dataset.query(f"SELECT * REPLACE ({columns}) FROM raw_{name}")
            writer.replaced(name, writer.store.replace(name, rows.cast(tables()[name].arrow())))
        writer.fusion = "another"
        writer.commit()


def test_what_another_version_fused_is_fused_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "_REPORTS_AT_ONCE", 5)
    folder = filled(tmp_path / "data", 12)
    add(folder, news(16))
    with open_people(folder) as people:
        one, other = (e.id for e in list(open_dataset(folder).events())[:2])
        people.judge(one, other, "same", person="Ann")
    fuse_pending(folder)
    before = stored(folder)
    aged(folder)
    with pytest.raises(UsageError, match="whodid migrate"):
        add(folder, news(17))
    done = keeping.migrate(folder)
    assert grouped(stored(folder)) == grouped(before) and done.events == len(before)
    assert {c.event for c in open_dataset(folder).claims()} == set(before)
    assert not (folder / keeping.SCRATCH).exists()
    whole(folder)
    add(folder, news(18))
    whole(folder)
    assert keeping.migrate(folder).reports == ()
