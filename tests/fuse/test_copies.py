"""Which reports are copies or rewrites of one another; from a store as all at once."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Iterable, Mapping

import pytest

from whodid.fuse import independent, regroup, report_keys
from whodid.records import Report

WIRE = (
    "Dock workers in Port Elm walked out on Monday after talks on pay broke down, the union said. "
    "Cranes stood still along the northern quay while three grain ships waited outside the harbour. "
    "The port authority called the stoppage unlawful and asked a court to end it by the weekend. "
    "A mediator from the labour ministry is expected to meet both sides on Thursday evening."
)
REWRITE = (
    "Cranes stood still along the northern quay while three grain ships waited outside the harbour. "
    "Shopkeepers nearby complained of losses, and a bakery that buys its flour there closed for a day. "
    "Traders in the capital expect the price of bread to rise before the feast, one of them told us. "
    "The port authority called the stoppage unlawful and asked a court to end it by the weekend."
)
OTHER = (
    "The cranes of Lake Orrin have returned from the south a fortnight late, a warden counted this morning. "
    "Volunteers who watch the reed beds blame a cold spring, and hope for warmer nights in the valley."
)


def report(text: str, day: int) -> Report:
    digest = hashlib.sha256(f"{text} {day}".encode()).hexdigest()
    published = dt.date(2021, 3, 1) + dt.timedelta(days=day)
    return Report(id=digest[:16], text=text, sha256=digest, reader="test", language="en", published=published)


class Store:
    """Reports that were grouped before."""

    def __init__(self, reports: Iterable[Report]) -> None:
        self.reports = {r.id: r for r in reports}
        self.groups = independent(self.reports.values())
        self.texts_read: list[str] = []

    def near(self, keys: Collection[str]) -> Iterable[tuple[str, dt.date | None, Collection[str]]]:
        found = ((r, set(keys) & set(report_keys(r))) for r in self.reports.values())
        return [(r.id, r.published, shared) for r, shared in found if shared]

    def read(self, reports: Collection[str]) -> Iterable[Report]:
        self.texts_read += reports
        return [self.reports[id] for id in reports if id in self.reports]

    def grouped(self, reports: Collection[str]) -> Mapping[str, str]:
        return {id: self.groups[id] for id in reports if id in self.groups}

    def of_groups(self, groups: Collection[str]) -> Iterable[Report]:
        return [r for r in self.reports.values() if self.groups[r.id] in groups]


@pytest.mark.parametrize(
    ("text", "days", "one"),
    [
        (WIRE, 0, True),
        (WIRE, 90, True),  # the same article, run again
        (REWRITE, 1, True),
        (REWRITE, 90, False),  # a sentence of an old report is told again
        (OTHER, 0, False),
    ],
)
def test_what_is_one_report(text: str, days: int, one: bool) -> None:
    first, second = report(WIRE, 0), report(text, days)
    assert (len(set(independent([first, second]).values())) == 1) == one


def test_grouping_little_by_little_gives_what_grouping_at_once_gives() -> None:
    reports = [
        report(WIRE, 3),
        report(WIRE + " More follows.", 100),
        report(REWRITE, 4),
        report(OTHER, 0),
        report(WIRE, 0),
    ]
    together = independent(reports)
    for number in range(1, len(reports)):
        store = Store(reports[:number])
        assert store.groups | regroup(reports[number:], store) == together


def test_a_report_of_another_time_that_shares_but_one_key_is_not_read() -> None:
    new = report(f"{REWRITE.partition('. ')[0]}. {OTHER}", 180)
    store = Store([report(REWRITE, 0)])
    assert [len(keys) for _, _, keys in store.near(report_keys(new))] == [1]
    assert regroup([new], store) == {new.id: new.id}
    assert not store.texts_read
