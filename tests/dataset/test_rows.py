"""A record comes back from its row exactly as it was."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import claim, report
from tests.dataset.scenes import claims_of, news
from whodid.dataset import Run, init_dataset, open_dataset, rows, writing
from whodid.fuse import fuse
from whodid.records import Actor, Claim, Count, Quote, Rejection, Report, SaidBy, Speaker, When, Where

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
SHARE = st.floats(0, 1)
DAYS = st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31))


@st.composite
def quotes(draw: st.DrawFn, kind: type[Any] = Quote, **fields: st.SearchStrategy[Any]) -> Any:
    text, start = draw(TEXT), draw(st.integers(0, 10**9))
    return kind(text=text, start=start, end=start + len(text), **{k: draw(v) for k, v in fields.items()})


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


ACTORS = st.lists(
    quotes(Actor, id=maybe(TEXT), name=maybe(TEXT), country=maybe(TEXT), sectors=st.tuples(TEXT), score=SHARE),
    max_size=3,
).map(tuple)
SPEAKERS = quotes(Speaker, id=maybe(TEXT), name=maybe(TEXT))
NUMBER = maybe(st.integers(-(2**62), 2**62))


@st.composite
def whens(draw: st.DrawFn) -> When:
    first, last = sorted((draw(DAYS), draw(DAYS)))
    return When(first=first, last=last, precision="range", basis="text")


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    return claim(
        report(draw(TEXT), publisher=draw(maybe(TEXT)), published=draw(maybe(DAYS)), url=draw(maybe(TEXT))),
        id=draw(st.uuids()).hex,
        mode=draw(maybe(TEXT)),
        scale=draw(st.floats(-10, 10)),
        trigger=draw(quotes()),
        sentence=draw(quotes()),
        actors=draw(ACTORS),
        recipients=draw(ACTORS),
        when=draw(maybe(whens())),
        where=draw(maybe(quotes(Where, name=maybe(TEXT), geonameid=NUMBER, latitude=maybe(st.floats(-90, 90))))),
        said_by=SaidBy(
            voice="quoted", speaker=draw(maybe(SPEAKERS)), chain=tuple(draw(st.lists(SPEAKERS, max_size=2)))
        ),
        counts=tuple(draw(st.lists(quotes(Count, what=st.just("killed"), low=NUMBER, high=NUMBER), max_size=2))),
        content=None,
        score=draw(SHARE),
        why=tuple(draw(st.lists(TEXT, max_size=2))),
    )


@given(claims())
def test_any_claim_comes_back_from_its_row(one: Claim) -> None:
    assert rows.claim_of(rows.claim_row(one, event=one.event)) == one
    moved = rows.claim_of(rows.claim_row(one, event="another"))
    assert moved == one.model_copy(update={"event": "another"})


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(claims(), min_size=1, max_size=8))
def test_any_claims_and_reports_come_back_from_the_tables(some: list[Claim]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name, "data")
        init_dataset(folder)
        texts = {c.report.id: c.report for c in some}
        reports = [
            Report(**info.model_dump(), text="x\n\u2028\x00 y", sha256="", reader="r") for info in texts.values()
        ]
        with writing(folder, Run("add")) as writer:
            writer.add("claims", [rows.claim_row(one, event=one.event) for one in some])
            writer.add("statements", rows.statement_rows(some))
            writer.add("reports", [rows.report_row(r, coded="c", run=writer.run.id) for r in reports])
            writer.commit()
        data = open_dataset(folder)
        assert {c.id: c for c in data.claims()} == {c.id: c for c in some}
        assert {r.id: r for r in data.reports()} == {r.id: r for r in reports}


def test_events_come_back_and_their_columns_say_the_same() -> None:
    reports = news(12)
    events = fuse([c for r in reports for c in claims_of(r)], reports)
    for event in events:
        row = rows.event_row(event)
        assert rows.event_of(row) == event
        assert (row["id"], row["type"], row["claims"]) == (event.id, event.type, event.claims)
        assert row["first_day"] == (event.when.first if event.when else None)
        assert [row["killed_low"], row["killed_high"]] in [[t.low, t.high] for t in event.counts if t.what == "killed"]


def test_columns_of_a_claim() -> None:
    row = rows.claim_row(claim(), event="e")
    assert row["actors"] == ["Government of Avalon"] and row["actor_ids"] == ["avl"]
    assert row["recipients"] == ["strait"] and row["recipient_ids"] == [""] == row["recipient_countries"]
    assert (row["place"], row["country"], row["first_day"]) == ("Port Elm", "AVL", dt.date(2020, 1, 12))
    assert (row["speaker"], row["voice"], row["event_id"]) == ("Harbour Gazette", "paraphrased", "e")


def test_every_value_is_a_statement_with_its_words() -> None:
    one = claim()
    told = {(s["field"], s["value"], s["words"]) for s in rows.statement_rows([one])}
    assert ("actor", "avl", "government of Avalon") in told
    assert ("recipient", "strait", "strait") in told
    assert ("when", "2020-01-12/2020-01-12", "On Sunday") in told
    assert ("killed", "8..", "Sunday") in told
    assert ("type", "THREATEN", "threatened") in told and ("status", "happened", "threatened") in told
    assert len({s["id"] for s in rows.statement_rows([one])}) == len(told)


def test_a_rejection_keeps_its_id() -> None:
    one = Rejection(source="a.bin", code="binary", message="it is not text")
    row = rows.rejection_row(one, run="1")
    assert rows.rejection_of(row) == one
    assert row["id"] == rows.rejection_row(one, run="2")["id"]
    assert row["id"] != rows.rejection_row(one.model_copy(update={"source": "b.bin"}), run="1")["id"]
