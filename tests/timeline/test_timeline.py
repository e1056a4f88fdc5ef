from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import icalendar
import pytest

from tests.stored import ARMY, AVALON, CROWD, REBELS, actor, days, killed, place, said, source, telling
from whodid.errors import UsageError
from whodid.fuse.event import event_of
from whodid.ontology import load_ontology
from whodid.records import Claim, Event, Span
from whodid.timeline import FORMATS, Timeline, timeline
from whodid.timeline.novelty import candidates, choose, likeness
from whodid.timeline.wording import days as in_words
from whodid.timeline.wording import differ, headline, phrases

SNAPSHOT = Path(__file__).parent / "story.md"

GAZETTE = source("On Monday the Avalon army shelled the Reed Front near Port Elm; at least eight fighters died.",
                 "Harbour Gazette", "2021-03-02", id="r1")  # fmt: skip
HERALD = source("Avalon's army shelled Reed Front fighters at Port Elm on 1 March and killed ten, the union said.",
                "Island Herald", "2021-03-03", id="r2")  # fmt: skip
WIRE = source("The [union] marched in Lowmarsh in early March; <talks> with the government are planned, and some fled.",
              "Coast Wire", "2021-03-04", id="r3", url="file:march.txt")  # fmt: skip


def events() -> tuple[list[Event], list[Claim]]:
    """A shelling that two reports tell, with a further claim from one of the sentences; a march; planned talks; and a
    flight without a day."""
    shelled = {
        "actors": (ARMY,),
        "recipients": (REBELS,),
        "when": days("2021-03-01"),
        "where": place("Port Elm", "IRL", 1),
    }
    fighters = actor("The fighters", name=None, country="ISL", sectors=("REB",))
    groups = [
        [telling(GAZETTE, 1, "shelled", mode="heavy-weapons", counts=(killed(8, None),), **shelled),
         telling(HERALD, 2, "shelled", counts=(killed(10, 10),), said_by=said("the union"), **shelled)],
        [telling(GAZETTE, 3, "died", recipients=(fighters,), when=days("2021-03-01"))],
        [telling(WIRE, 4, "marched", type="PROTEST", mode="demo", quad=3, actors=(CROWD,), recipients=(AVALON,),
                 when=days("2021-02-25", "2021-03-05"))],
        [telling(WIRE, 5, "talks", type="CONSULT", quad=1, status="future", actors=(AVALON,), recipients=(CROWD,),
                 when=days("2021-04-01", "2021-04-30", "month"), score=0.4)],
        [telling(WIRE, 6, "fled", type="RETREAT", quad=2)],
    ]  # fmt: skip
    return [event_of(group) for group in groups], [claim for group in groups for claim in group]


def made(**options: Any) -> Timeline:
    every, claims = events()
    return timeline(every, claims, title="Spring *2021*", **options)


def test_lines_stand_in_the_order_of_days_and_no_two_tell_the_same() -> None:
    told = made()
    assert [line.event[-1] for line in told.lines] == ["4", "1", "5"]
    assert told.lines[1].also == ("0" * 15 + "3",)  # from a sentence of the shelling
    assert (told.events, told.told, told.undated, told.left_out) == (5, 4, 1, 0)
    assert {line.event[-1]: line.rank for line in told.lines} == {"1": 1, "4": 2, "5": 3}


def test_every_line_has_its_sources() -> None:
    for line in made().lines:
        assert line.sources
        for given in line.sources:
            assert given.words in (GAZETTE.text, HERALD.text, WIRE.text)
    shelled = made().lines[1]
    assert [s.publisher for s in shelled.sources] == ["Island Herald", "Harbour Gazette"]
    assert [s.speaker for s in shelled.sources] == ["the union", None]
    assert shelled.differ == ()  # at least eight and ten agree
    assert shelled.independent == 2


def test_the_first_words_are_a_plain_sentence_in_an_outlets_own_voice() -> None:
    fields: dict[str, Any] = {"actors": (ARMY,), "recipients": (REBELS,), "when": days("2021-03-01")}
    plain = telling(HERALD, 2, "shelled", **fields)
    for other in (
        [telling(GAZETTE, 1, "shelled", said_by=said("the union"), **fields)],
        [telling(GAZETTE, 1, "shelled", **fields), telling(GAZETTE, 3, "died", **{**fields, "actors": ()})],
    ):
        groups = [[other[0], plain], other[1:]]
        told = timeline([event_of(group) for group in groups if group], [c for group in groups for c in group])
        line = next(line for line in told.lines if len(line.sources) == 2)
        assert line.sources[0].claim == plain.id


def test_the_order_of_events_and_claims_does_not_matter() -> None:
    every, claims = events()
    assert timeline(every[::-1], claims[::-1]) == timeline(every, claims)


def test_few_lines_are_those_with_most_reports_and_what_is_left_out_is_counted() -> None:
    told = made(lines=1)
    assert [line.event[-1] for line in told.lines] == ["1"]
    assert (told.told, told.left_out) == (2, 2)
    assert told.summary == (
        "1 line, which tell 2 of 5 events; 2 left out, as fewer reports tell them or they add little; 1 left out, as "
        "their day is not known."
    )
    with pytest.raises(UsageError, match="at least one line, not 0"):
        made(lines=0)


def test_nothing_gives_an_empty_timeline() -> None:
    empty = timeline([], [])
    assert empty.lines == ()
    for write in FORMATS.values():
        assert write(empty)


def test_likeness() -> None:
    every, claims = events()
    told = {e.id: [c for c in claims if c.id in e.claims] for e in every}
    shelled, died, march, talks = candidates(every, told)
    assert likeness(shelled, shelled) == 1
    assert likeness(shelled, died) == 1  # told in one sentence
    assert likeness(shelled, march) == likeness(march, shelled) < 0.3
    assert likeness(march, talks) == 0  # what is planned is another thing than what happened, in one sentence too


def test_an_event_that_two_lines_are_like_goes_to_the_one_it_is_more_like() -> None:
    one = source("Avalon sent aid to Lowmarsh.", "A", "2021-03-02", id="a")
    two = source("Avalon sent aid to the Reed Front in Lowmarsh with ships.", "B", "2021-03-02", id="b")
    day = days("2021-03-01")
    groups = [
        [telling(one, 1, "aid", type="AID", actors=(AVALON,), when=day, score=0.9)],
        [telling(two, 2, "aid", type="AID", actors=(AVALON,), recipients=(REBELS,), when=day, score=0.8)],
        [telling(two, 3, "sent", type="AID", actors=(AVALON,), recipients=(REBELS,), when=day, score=0.7)],
    ]
    every = [event_of(g) for g in groups]
    chosen, left = choose(candidates(every, dict(zip([e.id for e in every], groups, strict=True))), 10)
    assert left == []
    assert sum(1 + len(c.also) for c in chosen) == 3
    home = next(c for c in chosen if "0" * 15 + "3" in {e.id for e in c.also})
    assert home.candidate.event.id[-1] in {"1", "2"}
    assert all(likeness(a.candidate, b.candidate) < 0.55 for a in chosen for b in chosen if a is not b)


# ---------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"actors": (ARMY,), "recipients": (REBELS,)}, "Avalon army attacked Reed Front"),
        ({"mode": "drone", "recipients": (REBELS,)}, "Drone attack on Reed Front"),
        ({"actors": (ARMY, AVALON, CROWD), "type": "PROTEST", "mode": "demo"},
         "Demonstration by Government of Avalon, Avalon army and 1 more"),
        ({"status": "future", "actors": (ARMY,), "recipients": (REBELS,)},
         "Planned or promised: attack on Reed Front by Avalon army"),
        ({"status": "negated", "recipients": (actor("them", name=None),)}, "Denied or did not happen: attack"),
        ({"recipients": (actor("The old bridge", name=None),), "where": place("Port Elm", "IRL", 1)},
         "Attack on the old bridge (Port Elm)"),
        ({"actors": (ARMY,), "counts": (killed(3, 5),)}, "Attack by Avalon army; 3 to 5 killed"),
        ({"counts": (killed(1200, None),)}, "Attack; at least 1,200 killed"),
        ({"type": "SING", "mode": "loud", "actors": (ARMY,), "recipients": (REBELS,)},
         "SING loud: Avalon army → Reed Front"),
    ],
)  # fmt: skip
def test_headlines(fields: dict[str, Any], words: str) -> None:
    assert headline(event_of([telling(GAZETTE, 1, "shelled", **fields)])) == words


def test_a_headline_names_whom_most_reports_name() -> None:
    fields: dict[str, Any] = {"recipients": (REBELS,), "when": days("2021-03-01")}
    claims = [
        telling(GAZETTE, 1, "shelled", actors=(ARMY,), **fields),
        telling(HERALD, 2, "shelled", actors=(ARMY, CROWD), **fields),
    ]
    event = event_of(claims)
    assert {actor.name for actor in event.actors} == {ARMY.name, CROWD.name}
    assert headline(event) == "Avalon army attacked Reed Front"


def test_a_headline_has_no_toll_that_reports_dispute() -> None:
    fields: dict[str, Any] = {"recipients": (REBELS,), "when": days("2021-03-01")}
    claims = [
        telling(GAZETTE, 1, "shelled", counts=(killed(80, None),), **fields),
        telling(HERALD, 2, "shelled", counts=(killed(0, 0),), **fields),
    ]
    assert headline(event_of(claims)) == "Attack on Reed Front"
    assert differ(event_of(claims)) == ("killed: 0 (1 report), at least 80 (1 report)",)
    third = source("Eighty fighters at least were killed, a third paper said.", "Third Paper", None, id="r9")
    more = [*claims, telling(third, 3, "killed", counts=(killed(80, None),), **fields)]
    assert headline(event_of(more)) == "Attack on Reed Front; at least 80 killed"


def test_every_type_and_mode_of_plover_has_its_phrase() -> None:
    ontology = load_ontology()
    wanted = {t.code for t in ontology.types.values()}
    wanted |= {f"{t.code}-{mode}" for t in ontology.types.values() for mode in t.modes}
    assert set(phrases()["types"]) == wanted
    for phrase in phrases()["types"].values():
        assert set(phrase) == {"did", "noun", "of"}
        assert "{whom}" in phrase["did"]
        assert all(isinstance(part, str) for part in phrase.values())


@pytest.mark.parametrize(
    ("first", "last", "precision", "words"),
    [
        ("2021-03-01", "2021-03-01", "day", "1 March 2021"),
        ("2021-03-01", "2021-03-05", "range", "between 1 and 5 March 2021"),
        ("2021-02-25", "2021-03-05", "range", "between 25 February and 5 March 2021"),
        ("2020-12-30", "2021-01-05", "week", "between 30 December 2020 and 5 January 2021"),
        ("2021-02-01", "2021-02-28", "month", "in February 2021"),
        ("2021-02-01", "2021-02-27", "month", "between 1 and 27 February 2021"),
        ("2021-01-01", "2021-12-31", "year", "in 2021"),
        ("2021-01-01", "2021-12-31", "range", "between 1 January and 31 December 2021"),
    ],
)
def test_days_in_words(first: str, last: str, precision: Any, words: str) -> None:
    span = Span(first=dt.date.fromisoformat(first), last=dt.date.fromisoformat(last), precision=precision)
    assert in_words(span) == words


# ---------------------------------------------------------------- formats


def test_markdown_is_as_it_was() -> None:
    assert FORMATS["markdown"](made()) == SNAPSHOT.read_text(encoding="utf-8")


def test_json_gives_the_timeline_again() -> None:
    assert Timeline.model_validate_json(FORMATS["json"](made())) == made()


def test_timelinejs_has_the_keys_of_its_documentation() -> None:
    """Title slide without a date; slides with ``start_date``, ``display_date``, ``text``, ``group``, ``unique_id``."""
    told = json.loads(FORMATS["timelinejs"](made()))
    assert set(told) == {"title", "events"}
    assert told["title"]["text"]["headline"] == "Spring *2021*"
    march, shelled, talks = told["events"]
    assert shelled["start_date"] == {"year": 2021, "month": 3, "day": 1}
    assert "end_date" not in shelled
    assert march["end_date"] == {"year": 2021, "month": 3, "day": 5}
    assert march["display_date"] == "between 25 February and 5 March 2021"
    assert (talks["group"], shelled["unique_id"]) == ("CONSULT", "event-0000000000000001")
    assert "&lt;talks&gt;" in march["text"]["text"] and "<talks>" not in march["text"]["text"]
    assert '<a href="https://island.example.org/1" rel="noopener">Island Herald</a>' in shelled["text"]["text"]
    assert "file:march.txt" not in march["text"]["text"]


def test_icalendar_follows_rfc_5545() -> None:
    text = FORMATS["ics"](made(made=dt.datetime(2021, 3, 5, 12, tzinfo=dt.UTC)))
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))  # section 3.1
    assert "\n" not in text.replace("\r\n", "")
    calendar = icalendar.Calendar.from_ical(text)
    assert (calendar["version"], calendar["prodid"]) == ("2.0", "-//Whodid//Timeline//EN")
    march, shelled, talks = calendar.walk("VEVENT")
    assert shelled["uid"] == "0000000000000001@whodid"
    assert shelled["dtstart"].params["VALUE"] == "DATE"
    assert (shelled["dtstart"].dt, shelled["dtend"].dt) == (dt.date(2021, 3, 1), dt.date(2021, 3, 2))
    assert (march["dtstart"].dt, march["dtend"].dt) == (dt.date(2021, 2, 25), dt.date(2021, 3, 6))
    assert str(march["summary"]).endswith("[between 25 February and 5 March 2021]")
    assert str(march["description"]).startswith("On a day that is not known exactly: between 25 February")
    assert "At" not in str(shelled["description"])[:2]
    assert (
        str(talks["summary"])
        == "Planned or promised: talks with Élan Workers' Union by Government of Avalon [in April 2021]"
    )
    assert {e["transp"] for e in (march, shelled, talks)} == {"TRANSPARENT"}
    assert shelled["dtstamp"].dt == dt.datetime(2021, 3, 5, 12, tzinfo=dt.UTC)
    assert "url" in shelled and "url" not in march


def test_addresses_cannot_leave_their_link() -> None:
    bad = source("The army shelled it.", "X](http://evil.example)", "2021-03-02", url="https://a.example/ >b)<c")
    claim = telling(bad, 1, "shelled", when=days("2021-03-01"))
    text = FORMATS["markdown"](timeline([event_of([claim])], [claim]))
    assert "[X\\](http://evil.example)](<https://a.example/%20%3Eb)%3Cc>)" in text
