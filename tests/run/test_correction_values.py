"""What may be given for each field of a claim, and what is refused with what is allowed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import SENTENCE, claim, report
from tests.stored import store
from whodid.dataset import open_dataset
from whodid.errors import UsageError
from whodid.run.correction_text import parse_value
from whodid.run.correction_values import Values


@pytest.fixture(scope="module")
def values(tmp_path_factory: pytest.TempPathFactory) -> Values:
    of = report(SENTENCE + " The Harbour Gazette asked the police. Police, it said.", publisher="Harbour Gazette")
    told = claim(of)
    folder = tmp_path_factory.mktemp("values") / "data"
    store(folder, [[told]], [of])
    return Values(told, of, open_dataset(folder))


def made(values: Values, field: str, given: Any) -> Any:
    return values.made(field, given)


def test_codes(values: Values) -> None:
    assert made(values, "type", "protest") == "PROTEST"
    assert made(values, "mode", "VIOLENCE") == "violence" and made(values, "mode", None) is None
    assert made(values, "contexts", ["military", "economic", "military"]) == ["military", "economic"]
    assert made(values, "status", "negated") == "negated" and made(values, "historical", True) is True


def test_words_are_those_of_the_report(values: Values) -> None:
    start = SENTENCE.index("the strait")
    (one,) = made(values, "recipients", [{"start": start - 1, "end": start + 10, "country": None}])
    assert (one["text"], one["start"], one["end"]) == ("the strait", start, start + 10)
    (same,) = made(values, "actors", [{"words": "government of Avalon"}])
    assert same["id"] == "avl" and same["score"] == 0.9, "the words stand for whom they stood for"
    (read,) = made(values, "actors", [{"words": "the police"}])
    assert read["sectors"] == ["COP"] and read["country"] is None
    assert made(values, "actors", []) == []


def test_codes_of_parties_are_chosen(values: Values) -> None:
    (one,) = made(values, "actors", [{"words": "the police", "country": "Iraq", "sectors": ["cop"]}])
    assert (one["id"], one["country"], one["sectors"], one["score"]) == ("IRQ-COP", "IRQ", ["COP"], 1.0)
    assert one["name"] == "Iraqi police"
    (one,) = made(values, "actors", [{"words": "the police", "id": "avl"}])
    assert (one["id"], one["name"], one["country"], one["sectors"]) == ("avl", "Government of Avalon", "AVL", ["GOV"])
    (one,) = made(values, "actors", [{"words": "the police", "sectors": ["COP"]}])
    assert (one["id"], one["country"]) == (None, None)


def test_days(values: Values) -> None:
    def days(given: Any) -> tuple[str, str, str]:
        when = made(values, "when", given)
        return when["first"], when["last"], when["precision"]

    assert days("2020-01-12") == ("2020-01-12", "2020-01-12", "day")
    assert days("2020-02") == ("2020-02-01", "2020-02-29", "month")
    assert days("2020-04/2020-06") == ("2020-04-01", "2020-06-30", "quarter")
    assert days("2020") == ("2020-01-01", "2020-12-31", "year")
    assert days("2020-01-06/2020-01-12") == ("2020-01-06", "2020-01-12", "week")
    assert days("2020-01-07/2020-01-12") == ("2020-01-07", "2020-01-12", "range")
    told = made(values, "when", {"first": "2020-01-12", "words": "On Sunday", "basis": "published"})
    assert (told["text"], told["start"], told["basis"]) == ("On Sunday", 0, "published")
    assert made(values, "when", "2020-01-12")["text"] is None and made(values, "when", None) is None


def test_places(values: Values) -> None:
    assert made(values, "where", {"words": "Port Elm"})["latitude"] == 1.5, "that of the claim"
    known = made(values, "where", {"words": "Port Elm", "geonameid": 99532})
    assert (known["text"], known["country"], known["geonameid"]) == ("Port Elm", "IRQ", 99532)
    assert made(values, "where", {"words": "Avalon", "geonameid": None})["name"] is None
    assert made(values, "where", None) is None


def test_who_says_so(values: Values) -> None:
    outlet = made(values, "said_by", "outlet")
    assert outlet == {"voice": "outlet", "speaker": None, "cue": None, "chain": [], "stance": None}
    quoted = made(values, "said_by", {"voice": "quoted", "speaker": {"words": "the police"}, "stance": "denies"})
    assert (
        quoted["speaker"]["text"] == "the police" and quoted["cue"]["text"] == "said" and quoted["stance"] == "denies"
    )
    assert made(values, "said_by", {"speaker": None})["voice"] == "paraphrased"


def test_counts(values: Values) -> None:
    (one,) = made(values, "counts", [{"what": "killed", "low": 8, "high": None, "words": "Sunday"}])
    assert (one["low"], one["high"], one["text"]) == (8, None, "Sunday")


@pytest.mark.parametrize(
    ("field", "given", "says"),
    [
        ("colour", "red", "'colour' cannot be corrected; fields: type, mode"),
        ("type", "PROTESTS", "unknown type 'PROTESTS' in plover-2.0; did you mean PROTEST"),
        ("type", 7, "unknown type '7'"),
        ("mode", "drone", "unknown mode of THREATEN 'drone'"),
        ("contexts", "military", "contexts: 'military' is no list"),
        ("contexts", ["war"], "unknown context 'war'"),
        ("status", "likely", "it takes happened, future, hypothetical, negated"),
        ("historical", "yes", "give true or false"),
        ("actors", "the police", "actors: 'the police' is no list"),
        ("actors", ["the police"], "give an object with start, end, words, id, country, sectors"),
        ("actors", [{"text": "the police"}], "there is no key text"),
        ("actors", [{"words": "the navy"}], "does not stand in report"),
        ("actors", [{"words": "Harbour Gazette", "start": 1}], "not both"),
        ("recipients", [{"words": ""}], "'' are no words"),
        ("actors", [{"start": 5, "end": 9_999}], "are no place in the text of report"),
        ("actors", [{"start": True, "end": 9}], "are no place in the text of report"),
        ("actors", [{"start": 9, "end": 10}], "are no words; mark the words that say it"),
        ("actors", [{"words": "the police"}, {"words": "the police"}], "the same words are given twice"),
        ("actors", [{"words": "the police", "country": "Avalonia"}], "there is no country 'Avalonia'"),
        ("actors", [{"words": "the police", "sectors": ["ARMY"]}], "unknown sector 'ARMY'"),
        ("actors", [{"words": "the police", "id": "org:invented"}], "no claim of .* has an actor with the id"),
        ("when", {"last": "2020-01-12"}, "give the first possible day"),
        ("when", "yesterday", "'yesterday' is no day"),
        ("when", "2020-01-12/2020-01-11", "2020-01-11 is before 2020-01-12"),
        ("when", {"first": "2020-01-12", "basis": "guess"}, "it takes text, published"),
        ("where", {"words": "Port Elm", "geonameid": 1}, "there is no place 1 in the gazetteer"),
        ("where", {"geonameid": 99532}, "are no place in the text of report"),
        ("said_by", "whispered", "it takes outlet, quoted, paraphrased"),
        ("said_by", {"voice": "outlet", "speaker": {"words": "the police"}}, "there is no speaker"),
        ("said_by", {"voice": "outlet", "stance": "denies"}, "it takes doubts"),
        ("counts", [{"what": "killed", "low": None, "high": None, "words": "Sunday"}], "is no number of people"),
        ("counts", [{"what": "killed", "low": 9, "high": 8, "words": "Sunday"}], "8 is less than 9"),
        ("counts", [{"what": "missing", "low": 9, "high": 9, "words": "Sunday"}], "it takes killed, injured"),
        ("counts", [{"what": "killed", "low": -1, "high": 9, "words": "Sunday"}], "is no number of people"),
    ],
)  # fmt: skip
def test_what_is_refused(values: Values, field: str, given: Any, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        made(values, field, given)


def test_words_that_stand_several_times_need_a_place(values: Values) -> None:
    with pytest.raises(UsageError, match=r"'it' stands|does not stand"):
        made(values, "actors", [{"words": "it"}, {"words": "nobody"}])
    (one,) = made(values, "actors", [{"words": "Harbour Gazette"}])
    assert one["start"] == SENTENCE.index("Harbour Gazette"), "that in the sentence of the claim"


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("type", "PROTEST", "PROTEST"),
        ("mode", "none", None),
        ("contexts", "military, elections", ["military", "elections"]),
        ("contexts", "none", []),
        ("historical", "no", False),
        ("historical", "true", True),
        ("actors", "the police; the army = IRQ MIL", [
            {"words": "the police"}, {"words": "the army", "country": "IRQ", "sectors": ["MIL"]}]),
        ("recipients", "none", []),
        ("actors", '[{"start": 1, "end": 2}]', [{"start": 1, "end": 2}]),
        ("where", "Port Elm = 99532", {"words": "Port Elm", "geonameid": 99532}),
        ("where", "Port Elm = none", {"words": "Port Elm", "geonameid": None}),
        ("where", "Port Elm", {"words": "Port Elm"}),
        ("when", "2020-01", "2020-01"),
        ("said_by", "outlet", "outlet"),
        ("said_by", "quoted: the minister", {"voice": "quoted", "speaker": {"words": "the minister"}}),
        ("counts", "killed 8..10 = eight; injured 3.. = three; arrested ..5 = five; crowd 9 = nine", [
            {"what": "killed", "low": 8, "high": 10, "words": "eight"},
            {"what": "injured", "low": 3, "high": None, "words": "three"},
            {"what": "arrested", "low": None, "high": 5, "words": "five"},
            {"what": "crowd", "low": 9, "high": 9, "words": "nine"}]),
    ],
)  # fmt: skip
def test_what_is_typed(field: str, text: str, value: Any) -> None:
    assert parse_value(field, text) == value


@pytest.mark.parametrize(
    ("field", "text", "says"),
    [
        ("actors", "[{", "is no JSON"),
        ("actors", "the police = IRQ FRA", "several countries"),
        ("where", "Port Elm = here", "is no GeoNames id"),
        ("counts", "killed = eight", "write: killed 8..10 = WORDS"),
        ("counts", "killed 8", "write: killed 8..10 = WORDS"),
    ],
)
def test_what_is_typed_wrongly(field: str, text: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        parse_value(field, text)
