"""ACLED-like, column by column, and the mapping of types."""

from __future__ import annotations

import csv
from importlib.resources import files
from pathlib import Path

import pandas as pd
import pytest
import yaml

from tests.export.stories import FARMERS, IRAQ, KIRKUK, SOLDIERS, TEXAS, days, exported, told
from whodid.export.formats.acled import ACLED, COLUMNS, FILE, acled_type, kind
from whodid.export.told import number
from whodid.ontology import load_ontology
from whodid.records import Actor, Tally

CODEBOOK = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
]
TYPES = {
    "Battles": {"Government regains territory", "Non-state actor overtakes territory", "Armed clash"},
    "Protests": {"Excessive force against protesters", "Protest with intervention", "Peaceful protest"},
    "Riots": {"Violent demonstration", "Mob violence"},
    "Explosions/Remote violence": {
        "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED", "Grenade",
    },
    "Violence against civilians": {"Sexual violence", "Attack", "Abduction/forced disappearance"},
    "Strategic developments": {
        "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use",
        "Headquarters or base established", "Looting/property destruction", "Non-violent transfer of territory",
        "Other",
    },
}  # fmt: skip
"""The six types and 25 sub-types of the codebook."""
KINDS = {"State forces", "Rebel group", "Political militia", "Identity militia", "Rioters", "Protesters", "Civilians",
         "External/Other forces"}  # fmt: skip
MAPPING = yaml.safe_load(files("whodid.export.formats").joinpath("acled.yaml").read_text(encoding="utf-8"))


def one_row(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    return row


def test_a_row(tmp_path: Path) -> None:
    exported(tmp_path, "acled", told())
    row = one_row(tmp_path / "acled" / FILE)
    assert list(row) == CODEBOOK == [c.name for c in COLUMNS]
    assert {name: value for name, value in row.items() if value} == {
        "event_id_cnty": f"IRQ{number('a000000000000001')}",
        "event_date": "2020-01-03",
        "year": "2020",
        "time_precision": "1",
        "disorder_type": "Political violence",
        "event_type": "Violence against civilians",
        "sub_event_type": "Attack",
        "actor1": "Iraqi military",
        "inter1": "State forces",
        "actor2": "Iraqi farmers",
        "inter2": "Civilians",
        "interaction": "State forces-Civilians",
        "civilian_targeting": "Civilian targeting",
        "iso": "368",
        "country": "Iraq",
        "location": "Kirkuk",
        "latitude": "35.46806",
        "longitude": "44.39222",
        "geo_precision": "1",
        "source": "Harbour Gazette",
        "notes": "Soldiers of Iraq shot eight farmers in Kirkuk on 3 January, the Harbour Gazette said.",
        "fatalities": "8",
        "timestamp": "1578983415",
    }


def test_what_no_report_tells_is_empty_and_not_nought(tmp_path: Path) -> None:
    exported(tmp_path, "acled", told(counts=(), reports=False))
    row = one_row(tmp_path / "acled" / FILE)
    assert row["fatalities"] == row["timestamp"] == ""


@pytest.mark.parametrize(
    ("low", "high", "tag"),
    [(200, None, "crowd size=at least 200"), (None, 50, "crowd size=at most 50"), (3, 3, "crowd size=3"),
     (10, 20, "crowd size=10 to 20")],
)  # fmt: skip
def test_a_demonstration(low: int | None, high: int | None, tag: str, tmp_path: Path) -> None:
    march = told(
        type="PROTEST", mode="demo", actors=(FARMERS, SOLDIERS), recipients=(), where=TEXAS,
        counts=(Tally(what="crowd", low=low, high=high),), when=days("2020-01-01", "2020-01-31", "month"),
    )  # fmt: skip
    exported(tmp_path, "acled", march)
    row = one_row(tmp_path / "acled" / FILE)
    wanted = {
        "disorder_type": "Demonstrations", "event_type": "Protests", "sub_event_type": "Peaceful protest",
        "inter1": "Protesters", "inter2": "", "interaction": "Protesters only", "time_precision": "3",
        "geo_precision": "3", "admin1": "Texas", "admin2": "", "assoc_actor_1": "Iraqi military", "tags": tag,
        "civilian_targeting": "",
    }  # fmt: skip
    assert {name: row[name] for name in wanted} == wanted


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, None),
        ({"status": "hypothetical"}, "hypothetical"),
        ({"type": "CONSULT", "mode": None}, "no-acled-type"),
        ({"when": None}, "no-day"),
        ({"when": days("2020-01-06", "2020-01-12", "week")}, None),
        ({"when": days("2020-01-01", "2020-03-31", "quarter")}, "no-month"),
        ({"where": None}, "no-place"),
        ({"where": KIRKUK.model_copy(update={"geonameid": None})}, "no-place"),
        ({"where": IRAQ}, "place-too-wide"),
        ({"actors": (), "mode": "explosives"}, "no-actor"),
    ],
)
def test_what_is_left_out(fields: dict[str, object], reason: str | None) -> None:
    assert ACLED.refuse(told(**fields)) == reason


def actor(country: str | None, *sectors: str) -> Actor:
    return Actor(text="they", start=0, end=4, country=country, sectors=sectors, score=1.0)


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (actor("IRQ", "MIL"), "State forces"),
        (actor("USA", "MIL"), "External/Other forces"),
        (actor(None, "COP"), "State forces"),
        (actor("IRQ", "REB"), "Rebel group"),
        (actor("IMG", "REB"), "External/Other forces"),
        (actor("UNO", "CVL"), "Civilians"),
        (actor("USA", "JRN"), "Civilians"),
        (actor("IRQ", "REL", "PTY"), "Civilians"),
        (actor("IRQ"), ""),
        (None, ""),
    ],
)
def test_kinds_of_actors_in_iraq(given: Actor | None, found: str) -> None:
    assert kind(given, "IRQ") == found


@pytest.mark.parametrize(
    ("fields", "sub_event"),
    [
        ({"recipients": (actor("IRQ", "REB"),)}, "Armed clash"),
        ({"recipients": (actor(None),)}, None),
        ({"recipients": ()}, None),
        ({"actors": (FARMERS,)}, "Mob violence"),
        ({"mode": "drone", "recipients": ()}, "Air/drone strike"),
        ({"mode": "crowd-control"}, "Protest with intervention"),
        ({"type": "PROTEST", "mode": "riot"}, "Violent demonstration"),
        ({"type": "PROTEST", "mode": "boycott"}, None),
        ({"type": "COERCE", "mode": "arrest"}, "Arrests"),
        ({"type": "MOBILIZE", "mode": "troops"}, "Other"),
        ({"type": "MOBILIZE", "mode": None}, "Other"),
    ],
)
def test_types(fields: dict[str, object], sub_event: str | None) -> None:
    found = acled_type(told(**fields))
    assert (found[1] if found else None) == sub_event


def test_the_mapping_has_only_codes_that_exist() -> None:
    ontology = load_ontology()
    for rule in MAPPING["rules"]:
        assert rule["sub_event"] in TYPES[rule["event"]]
        assert set(rule.get("modes", ())) <= set(ontology.types[rule["type"]].modes)
        assert {*rule.get("actors", ()), *rule.get("recipients", ())} <= KINDS | {"armed"}
    assert set(MAPPING["kinds"]) == set(ontology.sectors) - {"PRE", "UNK"}
    assert set(MAPPING["kinds"].values()) | set(MAPPING["armed"]) <= KINDS
    assert set(MAPPING["order"]) == KINDS
    assert set(MAPPING["external"]) <= set(ontology.countries)


def test_pandas_reads_it(tmp_path: Path) -> None:
    exported(tmp_path, "acled", told())
    frame = pd.read_csv(tmp_path / "acled" / FILE, parse_dates=["event_date"])
    assert frame.loc[0, "event_date"] == pd.Timestamp("2020-01-03") and frame.loc[0, "fatalities"] == 8
