"""The same claims give the same events in any order and in any portions."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuse.made import BASE, DAY
from whodid.fuse import Features, Memory
from whodid.fuse.words import stems
from whodid.records import Judgement

_PARTIES = [("AVL", "AVL"), ("AVL-MIL", "AVL"), ("person:mora-quist", "AVL"), ("BOR-GOV", "BOR"), ("~gunmen", "")]
_TRIGGERS = ["bombed", "attack", "killed", "clashed with"]


@st.composite
def _claims(draw: st.DrawFn) -> list[Features]:
    """Some claims about few participants and days, so that many of them may be one event."""
    out = []
    for number in range(draw(st.integers(2, 14))):
        actor, recipient = draw(st.sampled_from(_PARTIES)), draw(st.sampled_from(_PARTIES))
        day = draw(st.one_of(st.none(), st.integers(DAY, DAY + 3)))
        out.append(
            Features.from_row(
                {
                    **{name: getattr(BASE, name) for name in BASE.__slots__},
                    "claim": f"{draw(st.integers(0, 9))}c{number:02}",
                    "report": f"r{draw(st.integers(0, 4))}",
                    "published": draw(st.one_of(st.none(), st.integers(DAY + 1, DAY + 9))),
                    "type": draw(st.sampled_from(["ASSAULT", "COERCE"])),
                    "status": draw(st.sampled_from(["happened", "happened", "happened", "negated", "future"])),
                    "actors": (actor[0],),
                    "actor_countries": (actor[1],),
                    "recipients": (recipient[0],),
                    "recipient_countries": (recipient[1],),
                    "first": day,
                    "last": day,
                    "sentence": f"s{draw(st.integers(0, 20))}",
                    "sentence_start": 100 * draw(st.integers(0, 3)),
                    "trigger": stems(draw(st.sampled_from(_TRIGGERS))),
                }
            )
        )
    return out


def _groups(store: Memory) -> set[frozenset[str]]:
    return {frozenset(ids) for ids in store.events.values()}


@settings(max_examples=50, deadline=None)
@given(data=st.data(), claims=_claims())
def test_any_order_and_any_portions_give_the_same_events(data: st.DataObject, claims: list[Features]) -> None:
    at_once = Memory()
    at_once.add(claims)

    bit_by_bit = Memory()
    shuffled = data.draw(st.permutations(claims))
    given_ids: set[str] = set()
    while shuffled:
        size = data.draw(st.integers(1, len(shuffled)))
        bit_by_bit.add(shuffled[:size])
        shuffled = shuffled[size:]
        given_ids |= set(bit_by_bit.events)

    assert bit_by_bit.events == at_once.events
    assert bit_by_bit.places == at_once.places
    for id in given_ids:  # every id that ever named an event leads to the event in which its first claim is now
        assert id in bit_by_bit.events[bit_by_bit.event(id)]


@settings(max_examples=25, deadline=None)
@given(data=st.data(), claims=_claims())
def test_claims_that_are_taken_out_leave_no_trace(data: st.DataObject, claims: list[Features]) -> None:
    out = data.draw(st.sets(st.sampled_from([c.claim for c in claims])))
    store = Memory()
    store.add(claims)
    store.remove(sorted(out))
    never = Memory()
    never.add([c for c in claims if c.claim not in out])
    assert store.events == never.events
    assert store.places == never.places


@settings(max_examples=25, deadline=None)
@given(data=st.data(), claims=_claims())
def test_what_people_judge_counts_whenever_it_is_said(data: st.DataObject, claims: list[Features]) -> None:
    ids = sorted({c.claim for c in claims})
    pairs = st.tuples(st.sampled_from(ids), st.sampled_from(ids)).filter(lambda p: p[0] < p[1])
    said = data.draw(st.dictionaries(pairs, st.sampled_from(["same", "different"]), max_size=3)) if len(ids) > 1 else {}
    judgements = [
        Judgement(left=a, right=b, verdict=v, score=float(v == "same"), by="person:ada", why=())  # type: ignore[arg-type]
        for (a, b), v in said.items()
    ]
    after, before = Memory(), Memory()
    after.add(claims)
    for judgement in judgements:
        after.judge(judgement)
        before.judge(judgement)
    half = data.draw(st.integers(0, len(claims)))
    before.add(claims[:half])
    before.add(claims[half:])
    assert after.events == before.events
    apart = [pair for pair, verdict in said.items() if verdict == "different"]
    if len(said) == len(apart):
        for a, b in apart:
            assert after.places[a].event != after.places[b].event
    if not apart:
        for a, b in said:
            assert after.places[a].event == after.places[b].event


@given(claims=_claims())
@settings(max_examples=15, deadline=None)
def test_adding_again_changes_nothing(claims: list[Features]) -> None:
    store = Memory()
    store.add(claims)
    again = store.add(reversed(claims))
    assert (again.placed, again.events, dict(again.redirects), again.judgements) == ((), (), {}, ())


@given(claims=_claims())
@settings(max_examples=15, deadline=None)
def test_no_event_mixes_what_happened_with_what_is_planned_or_denied(claims: list[Features]) -> None:
    store = Memory()
    store.add(claims)
    status = defaultdict(set)
    for id, placed in store.places.items():
        status[placed.event].add(store.claims[id].status)
    assert all(len(found) == 1 for found in status.values())


def test_some_claims_do_fuse_and_some_do_not() -> None:
    """The properties above would hold of a program that never joins anything."""
    store = Memory()
    rows = {name: getattr(BASE, name) for name in BASE.__slots__}
    other = {**rows, "claim": "b", "report": "r2", "sentence": "s2"}
    later = {**rows, "claim": "c", "report": "r3", "sentence": "s3", "first": DAY + 9, "last": DAY + 9}
    store.add([BASE, Features.from_row(other), Features.from_row(later)])
    assert _groups(store) == {frozenset({"a", "b"}), frozenset({"c"})}
