"""Finding speakers by name, and leaving claims out."""

from __future__ import annotations

import pytest

from tests.builders import claim
from whodid.records import SaidBy, Speaker
from whodid.run.speakers import Choice, is_named

REUTERS = Speaker(text="the agency", start=0, end=10, id="org:reuters", name="Reuters")
LEE = Speaker(text="Ann Lee's", start=0, end=9)


@pytest.mark.parametrize(
    ("who", "wanted", "found"),
    [
        (REUTERS, "Reuters", True),
        (REUTERS, "reuters", True),
        (REUTERS, "ORG:Reuters", True),
        (REUTERS, "Reut", False),
        (REUTERS, "the agency", False),
        (LEE, "ann lee", True),
        (LEE, "Lee", True),
        (LEE, "Lee Ann", False),
        (LEE, " ", False),
        (None, "Lee", False),
    ],
)
def test_a_name_or_an_id_finds_the_speaker(who: Speaker | None, wanted: str, found: bool) -> None:
    assert is_named(who, wanted) is found


def test_a_claim_has_to_fit_every_set() -> None:
    outlet = claim(said_by=SaidBy(voice="outlet"), status="future")
    told = claim()  # paraphrased, the Harbour Gazette, happened
    everything = [outlet, told]

    def kept(choice: Choice) -> tuple[list[str], int]:
        return [c.said_by.voice for c in choice.of(everything)], choice.left_out

    assert Choice().everything and kept(Choice()) == (["outlet", "paraphrased"], 0)
    assert kept(Choice(voices=frozenset({"outlet"}))) == (["outlet"], 1)
    assert kept(Choice(voices=frozenset({"outlet", "paraphrased"}))) == (["outlet", "paraphrased"], 0)
    assert kept(Choice(speakers=("nobody", "harbour gazette"))) == (["paraphrased"], 1)
    assert kept(Choice(statuses=frozenset({"future"}))) == (["outlet"], 1)
    assert kept(Choice(speakers=("harbour gazette",), statuses=frozenset({"future"}))) == ([], 2)


def test_the_options_that_were_given_are_named() -> None:
    assert Choice(speakers=("x",), voices=frozenset({"quoted"})).named == "--voice --speaker"
