from __future__ import annotations

import datetime as dt
import io

import pytest
from rich.console import Console

from tests.builders import claim, report
from whodid.cli.table import id_length, print_table
from whodid.cli.text import clean, console, day, fit, report_name
from whodid.records import Actor, Claim, SaidBy, When


def drawn(claims: list[Claim], width: int = 100) -> list[str]:
    file = io.StringIO()
    print_table(claims, Console(file=file, width=width))
    return file.getvalue().splitlines()


def test_a_row_has_what_a_reader_asks_for() -> None:
    lines = drawn([claim()])
    assert lines[2].startswith("Strait · Harbour Gazette · 14 Jan 2020 ") and lines[2].endswith(" 1 claim, 1 event")
    assert " ".join(lines[3].split()) == (
        "7c1f 12 Jan Government of Avalon AVL GOV THREATEN restrict strait happened Harbour Gazet…"
    )


def test_long_names_are_cut_and_their_codes_stay() -> None:
    long = claim().actors[0].model_copy(update={"name": "The Ministry of Roads and Bridges of Avalon and the Isles"})
    lines = drawn([claim(actors=(long, *claim().actors), recipients=(long,))])
    assert "… AVL +1  " in lines[3] and "… AVL GOV  " in lines[3]
    assert max(map(len, lines)) <= 100


@pytest.mark.parametrize("width", [60, 80, 100, 160])
def test_lines_fit_the_width(width: int) -> None:
    lines = drawn([claim(), claim(id="8" * 16, status="hypothetical", historical=True)], width)
    assert max(map(len, lines)) <= max(width, 82)


def test_what_is_not_known_is_a_dash() -> None:
    empty = claim(actors=(), recipients=(), when=None, mode=None, said_by=SaidBy(voice="outlet"))
    assert drawn([empty])[3].split() == ["7c1f", "–", "–", "THREATEN", "–", "happened", "outlet"]


def test_no_claims_is_no_table() -> None:
    assert drawn([]) == []


def test_reports_are_headed_once_in_their_order() -> None:
    other = report("Another text.", publisher="B")
    lines = drawn([claim(id="1" * 16), claim(id="2" * 16), claim(other, id="3" * 16)])
    assert [line.split(" · ")[0] for line in lines if " · " in line] == ["Strait", other.id]
    assert "B · no date" in lines[-2]


@pytest.mark.parametrize(
    ("historical", "status", "shown"),
    [(True, "happened", "earlier"), (True, "future", "future"), (False, "hypothetical", "hypothet…")],
)
def test_status(historical: bool, status: str, shown: str) -> None:
    assert shown in drawn([claim(historical=historical, status=status)])[3]


def test_colours_only_on_a_terminal_and_not_against_the_users_wish(monkeypatch: pytest.MonkeyPatch) -> None:
    def escaped(**options: bool) -> bool:
        file = io.StringIO()
        print_table([claim()], Console(file=file, width=100, **options))
        return "\x1b[" in file.getvalue()

    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    assert escaped(force_terminal=True)
    assert not escaped()


def test_what_is_no_terminal_has_100_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    assert console(io.StringIO()).width == 100
    monkeypatch.setenv("COLUMNS", "70")
    assert console(io.StringIO()).width == 70


def test_text_cannot_steer_the_terminal() -> None:
    assert clean("a\x1b[31mb\u202ec\nd\x9be") == "a [31mb c d e"
    evil = Actor(text="x\x1b]0;y\x07", start=0, end=7, score=0.5)
    assert "\x1b" not in "".join(drawn([claim(report(title="t\x1b[2J"), actors=(evil,))]))


@pytest.mark.parametrize(
    ("first", "last", "precision", "shown"),
    [
        ("2020-01-03", "2020-01-03", "day", "3 Jan"),
        ("2019-12-31", "2019-12-31", "day", "31 Dec 2019"),
        ("2020-01-06", "2020-01-12", "week", "6–12 Jan"),
        ("2019-10-01", "2019-10-31", "month", "Oct 2019"),
        ("2020-02-01", "2020-02-29", "month", "Feb 2020"),
        ("2019-12-30", "2020-01-05", "week", "30 Dec–5 Jan"),
        ("2018-12-30", "2019-01-05", "week", "30 Dec 2018–5 Jan 2019"),
        ("2020-01-28", "2020-02-03", "range", "28 Jan–3 Feb"),
        ("2014-01-01", "2014-12-31", "year", "2014"),
        ("2014-01-01", "2016-12-31", "range", "2014–2016"),
    ],
)
def test_days_are_short_and_clear(first: str, last: str, precision: str, shown: str) -> None:
    when = When.model_validate_json(
        f'{{"first": "{first}", "last": "{last}", "precision": "{precision}", "basis": "text"}}'
    )
    assert day(when, 2020) == shown


def test_the_year_is_told_where_the_report_has_no_date() -> None:
    when = When(first=dt.date(2020, 1, 3), last=dt.date(2020, 1, 3), precision="day", basis="text")
    assert day(when, None) == "3 Jan 2020"
    assert day(None, 2020) == "–"


def test_ids_are_cut_where_they_differ() -> None:
    assert id_length(["aaaa1", "aaab1", "aaaa1"]) == 4
    assert id_length(["aaaaaa1x", "aaaaaa2x"]) == 7
    assert id_length([]) == id_length(["aaaa1111"]) == 4
    assert id_length(["ab", "abc"]) == 3


def test_cutting() -> None:
    assert [fit("river", n) for n in (5, 4, 1, 0)] == ["river", "riv…", "…", ""]
    assert fit("東京都庁", 5) == "東京…"


def test_report_names() -> None:
    assert report_name(report(title="T", url="https://a.example/x/y.html")) == "T"
    assert report_name(report(url="https://a.example/x/y.html")) == "y.html"
    assert report_name(report(id="r1")) == "r1"
