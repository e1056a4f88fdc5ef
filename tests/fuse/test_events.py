"""Claims built by hand: what is one event, what is not, and what is kept where they differ."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.builders import claim, quote, report
from whodid.fuse import fuse, independent
from whodid.records import Claim, Count, Report, When, Where

TEXT = "On Sunday rebels bombed the market of Port Elm and killed {dead} people, officials said late in the evening."


def _report(number: int, *, day: int = 14, dead: str = "eight", text: str | None = None) -> Report:
    return report(
        text or TEXT.format(dead=dead),
        id=f"r{number}",
        url=f"https://{number}.example.org",
        publisher=f"Paper {number}",
        published=dt.date(2020, 1, day),
    )


def _claim(of: Report, number: int, **fields: Any) -> Claim:
    day = dt.date(2020, 1, 12)
    given: dict[str, Any] = {
        "id": f"{number:016d}",
        "type": "ASSAULT",
        "mode": "explosives",
        "event": f"{number:016d}",
        "when": When(first=day, last=day, precision="day", basis="published", text="On Sunday", start=0, end=9),
        "content": None,
        **fields,
    }
    return claim(of, **given)


def _dead(low: int) -> tuple[Count, ...]:
    return (Count(what="killed", low=low, high=low, text=f"killed {low}", start=0, end=len(f"killed {low}")),)


def test_two_reports_of_one_day_are_one_event_and_their_numbers_differ() -> None:
    first, second = (
        _report(1),
        _report(2, dead="ten", text="Ten died on Sunday as insurgents blew up a market hall in Port Elm."),
    )
    claims = [_claim(first, 1, counts=_dead(8)), _claim(second, 2, counts=_dead(10))]
    (event,) = fuse(claims, [first, second])
    assert (event.id, event.claims) == ("0000000000000001", ("0000000000000001", "0000000000000002"))
    assert event.independent == 2
    killed = next(f for f in event.fields if f.name == "killed")
    assert killed.disputed and {v.value for v in killed.values} == {"8..8", "10..10"}
    assert "killed-disputed" in event.flags


@pytest.mark.parametrize(("score", "place"), [(0.6, "Port Elm"), (0.1, "Avalon")])
def test_a_smaller_place_is_taken_from_a_claim_that_is_sure_enough(score: float, place: str) -> None:
    reports = [_report(n, text=f"Paper {n}: {TEXT.format(dead=n)}") for n in (1, 2, 3)]
    wide, narrow = (
        Where(text=name, start=0, end=len(name), name=name, country="AVL", geonameid=id, latitude=10.0, longitude=20.0,
              radius_km=radius)
        for name, id, radius in (("Avalon", 1, 300.0), ("Port Elm", 2, 5.0))
    )  # fmt: skip
    given = [(wide, 0.9), (wide, 0.8), (narrow, score)]
    claims = [_claim(of, n, where=at, score=s) for n, (of, (at, s)) in enumerate(zip(reports, given, strict=True), 1)]
    (event,) = fuse(claims, reports)
    assert event.where and event.where.name == place


def test_what_is_denied_is_another_event_and_linked() -> None:
    first, second = _report(1), _report(2)
    events = fuse([_claim(first, 1), _claim(second, 2, status="negated")], [first, second])
    assert len(events) == 2
    kinds = {link.kind for event in events for link in event.links}
    assert kinds == {"denied_by"}
    assert any("denied" in event.flags for event in events)


def test_a_month_later_is_another_event() -> None:
    first, second = _report(1), _report(2, day=28)
    later = dt.date(2020, 2, 20)
    when = When(first=later, last=later, precision="day", basis="text", text="20 February", start=0, end=11)
    other = quote("Gunmen shelled the harbour of Port Elm.", "Gunmen shelled the harbour of Port Elm.")
    assert len(fuse([_claim(first, 1), _claim(second, 2, when=when, sentence=other)], [first, second])) == 2


def test_a_reprint_is_no_second_independent_report() -> None:
    first, second = _report(1), _report(2)
    assert len(set(independent([first, second]).values())) == 1
    (event,) = fuse([_claim(first, 1), _claim(second, 2)], [first, second])
    assert (len(event.reports), event.independent) == (2, 1)
