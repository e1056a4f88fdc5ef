"""Judged claims as training sentences: training's own reader takes them, and they say what was judged."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from tests.builders import quote, report
from tests.stored import store, telling
from training.data import read_files
from whodid.records import Actor, Report
from whodid.run.judged import judged_sentences
from whodid.run.reviewing import Reviewing, apply_pending

TEXT = (
    "Police fired tear gas at  students\nwho had blocked the road; the students left. "
    "The minister attacked the budget. Troops and Police met Troops."
)
SENTENCES = ("Police fired tear gas at  students\nwho had blocked the road; the students left.",
             "The minister attacked the budget.", "Troops and Police met Troops.")  # fmt: skip


def actor(words: str, nth: int = 1) -> Actor:
    at = -1
    for _ in range(nth):
        at = TEXT.index(words, at + 1)
    return Actor(text=words, start=at, end=at + len(words), score=0.9)


def dataset(folder: Path) -> Report:
    of = report(TEXT, id="r1", publisher="Harbour Gazette", published=dt.date(2020, 1, 14), title="Road")
    first, second, third = (quote(TEXT, s) for s in SENTENCES)

    def claim(number: int, trigger: str, sentence: Any, **fields: Any) -> Any:
        return telling(of, number, trigger, sentence=sentence, **fields)

    fired = claim(1, "fired", first, mode="crowd-control", actors=(actor("Police"),), recipients=(actor("students"),))
    blocked = claim(2, "blocked", first, type="PROTEST", mode="obstruct", actors=(actor("students", 2),), quad=3)
    budget = claim(3, "attacked", second, actors=(actor("The minister"),))
    met = claim(4, "met", third, type="CONSULT", quad=1, actors=(actor("Troops"), actor("Police", 2)),
                recipients=(actor("Troops", 2),))  # fmt: skip
    store(folder, [[fired], [blocked], [budget], [met]], [of])
    return of


def exported(folder: Path, tmp_path: Path) -> list[Any]:
    file = tmp_path / "judged.txt"
    file.write_text(judged_sentences_of(folder).text, encoding="utf-8")
    examples, faults = read_files([file])
    assert faults == []
    return examples


def judged_sentences_of(folder: Path) -> Any:
    from whodid.dataset import open_dataset

    return judged_sentences(open_dataset(folder))


def test_what_was_judged_is_read_by_training(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    dataset(folder)
    assert judged_sentences_of(folder).blocks == ()
    ids = [f"{n:016x}" for n in range(1, 5)]
    with Reviewing(folder) as review:
        review.verdict(ids[0], "accept", person="Ana")
        apply_pending(folder)
        found = judged_sentences_of(folder)
        assert found.blocks == () and found.left_out == {"not every claim of the sentence was judged": 1}
        review.correct(ids[1], "status", "negated", person="Ana")
        review.verdict(ids[2], "reject", person="Ana", why="a figure of speech")
        review.verdict(ids[3], "accept", person="Ana")
        apply_pending(folder)
    protest, figure, meeting = exported(folder, tmp_path)
    assert protest.text == "Police fired tear gas at students who had blocked the road; the students left."
    shot, stood = protest.events
    assert (shot.type, shot.mode, shot.status) == ("ASSAULT", "crowd-control", "happened")
    assert (stood.type, stood.mode, stood.status) == ("PROTEST", "obstruct", "negated")
    (who,) = stood.actors
    assert protest.text[who.start : who.end] == "students" and who.start == protest.text.rindex("students")
    assert figure.events == () and figure.marks["no"] == "judged"
    (talk,) = meeting.events
    assert [meeting.text[s.start : s.end] for s in talk.actors] == ["Troops", "Police"]
    assert talk.recipients[0].start == meeting.text.rindex("Troops")


def test_what_the_format_cannot_say_is_counted(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    dataset(folder)
    with Reviewing(folder) as review:
        for number in (3, 4):
            review.verdict(f"{number:016x}", "accept", person="Ana")
        review.correct(f"{4:016x}", "status", "future", person="Ana")
        review.correct(f"{3:016x}", "recipients", [{"words": "Troops and Police"}], person="Ana")
        apply_pending(folder)
    found = judged_sentences_of(folder)
    assert found.blocks == () and found.left_out == {
        "a type that is another one for what is to come": 1,
        "words of a party stand in another sentence": 1,
    }
