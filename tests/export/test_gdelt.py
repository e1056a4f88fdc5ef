"""GDELT 2.0, column by column against its codebook."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd
import pytest

from tests.export.stories import FARMERS, IRAQ, REPORT, SOLDIERS, TEXAS, days, disputed, exported, one_claim, told
from whodid.export.formats.cameo import cameo_actor, quad_class
from whodid.export.formats.gdelt import EVENT_COLUMNS, EVENTS, GDELT, MENTION_COLUMNS, MENTIONS
from whodid.export.told import number
from whodid.ontology import load_ontology
from whodid.records import Actor

GOLDSTEIN = load_ontology().cameo_table.codes["190"].goldstein
GEO = ["Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID"]
ACTOR = ["Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
         "Type2Code", "Type3Code"]  # fmt: skip
CODEBOOK = [
    *("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"),
    *(f"Actor1{part}" for part in ACTOR),
    *(f"Actor2{part}" for part in ACTOR),
    *("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale"),
    *("NumMentions", "NumSources", "NumArticles", "AvgTone"),
    *(f"{who}Geo_{part}" for who in ("Actor1", "Actor2", "Action") for part in GEO),
    *("DATEADDED", "SOURCEURL"),
]
"""The 61 columns of the codebook of version 2.0, in its order."""
MENTION_CODEBOOK = [
    *("GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier"),
    *("SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence"),
    *("MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras"),
]


def rows(path: Path, names: list[str]) -> list[dict[str, str]]:
    lines = path.read_text(encoding="utf-8").split("\n")
    assert lines.pop() == ""
    return [dict(zip(names, line.split("\t"), strict=True)) for line in lines]


def test_the_columns_are_those_of_the_codebook_in_its_order() -> None:
    assert len(CODEBOOK) == 61 and len(MENTION_CODEBOOK) == 16
    assert [c.name.lower() for c in EVENT_COLUMNS] == [name.lower() for name in CODEBOOK]
    assert [c.name for c in MENTION_COLUMNS] == MENTION_CODEBOOK


def test_an_event(tmp_path: Path) -> None:
    exported(tmp_path, "gdelt", told())
    (row,) = rows(tmp_path / "gdelt" / EVENTS, CODEBOOK)
    assert {name: value for name, value in row.items() if value} == {
        "GLOBALEVENTID": str(number("a000000000000001")),
        "SQLDATE": "20200103",
        "MonthYear": "202001",
        "Year": "2020",
        "FractionDate": "2020.0082",
        "Actor1Code": "IRQMIL",
        "Actor1Name": "Iraqi military",
        "Actor1CountryCode": "IRQ",
        "Actor1Type1Code": "MIL",
        "Actor2Code": "IRQAGR",
        "Actor2Name": "Iraqi farmers",
        "Actor2CountryCode": "IRQ",
        "Actor2Type1Code": "AGR",
        "IsRootEvent": "1",
        "EventCode": "190",
        "EventBaseCode": "190",
        "EventRootCode": "19",
        "QuadClass": "4",
        "GoldsteinScale": str(GOLDSTEIN),
        "NumMentions": "1",
        "NumSources": "1",
        "NumArticles": "1",
        "ActionGeo_Type": "4",
        "ActionGeo_FullName": "Kirkuk, Iraq",
        "ActionGeo_CountryCode": "IZ",
        "ActionGeo_Lat": "35.46806",
        "ActionGeo_Long": "44.39222",
        "DATEADDED": "20200114063015",
        "SOURCEURL": "https://gazette.example.org/a?b=1",
    }


def test_its_mention(tmp_path: Path) -> None:
    exported(tmp_path, "gdelt", told())
    (row,) = rows(tmp_path / "gdelt" / MENTIONS, MENTION_CODEBOOK)
    assert {name: value for name, value in row.items() if value} == {
        "GLOBALEVENTID": str(number("a000000000000001")),
        "EventTimeDate": "20200114063015",
        "MentionTimeDate": "20200114063015",
        "MentionType": "1",
        "MentionSourceName": "gazette.example.org",
        "MentionIdentifier": "https://gazette.example.org/a?b=1",
        "Actor1CharOffset": str(SOLDIERS.start),
        "Actor2CharOffset": str(FARMERS.start),
        "ActionCharOffset": str(REPORT.text.index("shot")),
        "InRawText": "1",
        "Confidence": "86",
        "MentionDocLen": str(len(REPORT.text)),
    }


def test_a_report_that_is_not_on_the_web_is_cited(tmp_path: Path) -> None:
    info = REPORT.info.model_copy(update={"url": "reports.jsonl:3"})
    exported(tmp_path, "gdelt", told((one_claim(report=info),), reports=False))
    (mention,) = rows(tmp_path / "gdelt" / MENTIONS, MENTION_CODEBOOK)
    assert mention["MentionType"] == "2" and mention["MentionSourceName"] == "Harbour Gazette"
    assert mention["MentionIdentifier"] == f"Harbour Gazette; Gunmen attack a market; 2020-01-04; {info.id}"
    assert mention["MentionTimeDate"] == mention["MentionDocLen"] == ""
    (row,) = rows(tmp_path / "gdelt" / EVENTS, CODEBOOK)
    assert row["DATEADDED"] == row["IsRootEvent"] == ""
    assert row["SOURCEURL"] == mention["MentionIdentifier"]


def test_a_claim_further_down_is_no_root_event(tmp_path: Path) -> None:
    start = REPORT.text.index("The army")
    low = one_claim(sentence=REPORT.quote(start, len(REPORT.text) - 1))
    exported(tmp_path, "gdelt", told((low,)))
    assert rows(tmp_path / "gdelt" / EVENTS, CODEBOOK)[0]["IsRootEvent"] == "0"


@pytest.mark.parametrize(
    ("where", "kind", "fips", "adm1"),
    [(IRAQ, "1", "IZ", "IZ"), (TEXAS, "2", "US", "USTX"), (None, "", "", "")],
)
def test_places(where: object, kind: str, fips: str, adm1: str, tmp_path: Path) -> None:
    exported(tmp_path, "gdelt", told(where=where))
    (row,) = rows(tmp_path / "gdelt" / EVENTS, CODEBOOK)
    assert (row["ActionGeo_Type"], row["ActionGeo_CountryCode"], row["ActionGeo_ADM1Code"]) == (kind, fips, adm1)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, None),
        ({"historical": True}, None),
        ({"type": "THREATEN", "mode": None, "cameo": "138"}, None),
        ({"status": "future"}, "future"),
        ({"status": "hypothetical"}, "hypothetical"),
        ({"status": "negated"}, "negated"),
        ({"when": None}, "no-day"),
        ({"when": days("2020-01-01", "2020-01-31", "month")}, "no-single-day"),
        ({"cameo": None}, "no-cameo"),
    ],
)
def test_what_is_left_out(fields: dict[str, object], reason: str | None) -> None:
    assert GDELT.refuse(told(**fields)) == reason


def test_what_a_row_cannot_hold_is_named() -> None:
    many = told(actors=(SOLDIERS, FARMERS), recipients=(FARMERS, SOLDIERS), fields=(disputed(),))
    assert list(GDELT.reduce(many)) == ["further-actors", "further-recipients", "disputed-values"]
    assert list(GDELT.reduce(told())) == []


def test_codes_at_three_levels(tmp_path: Path) -> None:
    exported(tmp_path, "gdelt", told(cameo="0831"))
    (row,) = rows(tmp_path / "gdelt" / EVENTS, CODEBOOK)
    assert (row["EventCode"], row["EventBaseCode"], row["EventRootCode"]) == ("0831", "083", "08")


def test_every_root_has_a_quad_class() -> None:
    found = [quad_class(f"{root:02}0") for root in range(1, 21)]
    assert found == [1] * 5 + [2] * 4 + [3] * 5 + [4] * 6


def actor(country: str | None, *sectors: str) -> Actor:
    return Actor(text="they", start=0, end=4, country=country, sectors=sectors, score=1.0)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (actor("ROU", "GOV"), "ROMGOV"),
        (actor("UNO"), "UNOIGO"),
        (actor("NGO", "MED"), "NGOHLH"),
        (actor("IRQ", "JRN"), "IRQMED"),
        (actor("IRQ", "PTY", "OPP"), "IRQOPP"),
        (actor(None, "CVL"), "CVL"),
        (None, ""),
    ],
)
def test_actors_in_cameo(given: Actor | None, code: str) -> None:
    assert cameo_actor(given).code == code


def test_two_events_with_one_number_are_not_both_written(tmp_path: Path) -> None:
    written = exported(tmp_path, "gdelt", told(), told())
    assert written.exported == 1 and dict(written.left_out) == {"same-number": 1}


@pytest.mark.parametrize("id", ["a000000000000001", "0", "ffffffffffffffff"])
def test_numbers_are_stable_and_exact_as_floats(id: str) -> None:
    assert int(float(number(id))) == number(id) == number(id)
    assert number("a000000000000001") == 8063055766904662


def test_pandas_and_duckdb_read_it(tmp_path: Path) -> None:
    exported(tmp_path, "gdelt", told())
    path = tmp_path / "gdelt" / EVENTS
    frame = pd.read_csv(path, sep="\t", header=None, names=CODEBOOK, dtype={"EventCode": str})
    assert frame.loc[0, "GLOBALEVENTID"] == number("a000000000000001")
    assert frame.loc[0, "GoldsteinScale"] == GOLDSTEIN and frame.loc[0, "EventCode"] == "190"
    (found,) = duckdb.sql(f"SELECT column00, column60 FROM read_csv('{path}', delim='\t', header=false)").fetchall()
    assert found == (number("a000000000000001"), "https://gazette.example.org/a?b=1")
