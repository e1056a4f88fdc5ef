"""ICEWS-like and POLECAT-like, column by column."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd
import pytest

from tests.export.stories import FARMERS, REPORT, SOLDIERS, TEXAS, days, exported, told
from whodid.export.formats.icews import FILE as ICEWS_FILE
from whodid.export.formats.icews import ICEWS
from whodid.export.formats.polecat import FILE as POLECAT_FILE
from whodid.export.formats.polecat import POLECAT
from whodid.export.told import number
from whodid.ontology import load_ontology

CODES = load_ontology().cameo_table.codes
ICEWS_COLUMNS = [
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
]
POLECAT_COLUMNS = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
]


def one_row(path: Path) -> dict[str, str]:
    head, line, end = path.read_text(encoding="utf-8").split("\n")
    assert end == ""
    return dict(zip(head.split("\t"), line.split("\t"), strict=True))


def test_an_icews_row(tmp_path: Path) -> None:
    exported(tmp_path, "icews", told())
    row = one_row(tmp_path / "icews" / ICEWS_FILE)
    assert list(row) == ICEWS_COLUMNS
    assert row == {
        "Event ID": str(number("a000000000000001")),
        "Event Date": "2020-01-03",
        "Source Name": "Iraqi military",
        "Source Sectors": "Military",
        "Source Country": "Iraq",
        "Event Text": CODES["190"].label,
        "CAMEO Code": "190",
        "Intensity": str(CODES["190"].goldstein),
        "Target Name": "Iraqi farmers",
        "Target Sectors": load_ontology().sectors["AGR"].name,
        "Target Country": "Iraq",
        "Story ID": str(number(REPORT.id)),
        "Sentence Number": "",
        "Publisher": "Harbour Gazette",
        "City": "Kirkuk",
        "District": "",
        "Province": "",
        "Country": "Iraq",
        "Latitude": "35.46806",
        "Longitude": "44.39222",
    }


def test_a_code_in_place_of_a_country_stands_for_it(tmp_path: Path) -> None:
    nato = SOLDIERS.model_copy(update={"country": "IGO", "name": 'The "Alliance"'})
    exported(tmp_path, "icews", told(actors=(nato,), where=TEXAS))
    row = one_row(tmp_path / "icews" / ICEWS_FILE)
    assert row["Source Country"] == "IGO" and row["Source Name"] == "The 'Alliance'"
    assert (row["City"], row["Province"], row["Country"]) == ("", "Texas", "United States")


def test_a_polecat_row(tmp_path: Path) -> None:
    exported(tmp_path, "polecat", told())
    row = one_row(tmp_path / "polecat" / POLECAT_FILE)
    assert list(row) == POLECAT_COLUMNS and len(row) == 40
    assert {name: value for name, value in row.items() if value} == {
        "Event ID": "a000000000000001",
        "Event Date": "2020-01-03",
        "Event Type": "ASSAULT",
        "Event Mode": "firearms",
        "Intensity": "-9.0",
        "Quad Code": "Material conflict",
        "Contexts": "military",
        "Actor Name": "Iraqi military",
        "Actor Country": "IRQ",
        "Primary Actor Sector": "MIL",
        "Actor Sectors": "MIL",
        "Actor Name Raw": "Soldiers of Iraq",
        "Recipient Name": "Iraqi farmers",
        "Recipient Country": "IRQ",
        "Primary Recipient Sector": "AGR",
        "Recipient Sectors": "AGR",
        "Recipient Name Raw": "eight farmers",
        "Placename": "Kirkuk",
        "City": "Kirkuk",
        "Country": "Iraq",
        "Latitude": "35.46806",
        "Longitude": "44.39222",
        "GeoNames ID": "94787",
        "Raw Placename": "Kirkuk",
        "Feature Type": "city",
        "Source": "Harbour Gazette",
        "Publication Date": "2020-01-04",
        "Language": "en",
        "Version": "whodid 0.1.0",
    }


def test_several_actors_stand_in_one_polecat_row(tmp_path: Path) -> None:
    nobody = FARMERS.model_copy(update={"name": None, "country": None})
    exported(tmp_path, "polecat", told(actors=(SOLDIERS, nobody), recipients=()))
    row = one_row(tmp_path / "polecat" / POLECAT_FILE)
    assert row["Actor Name"] == "Iraqi military; None" and row["Actor Country"] == "IRQ; None"
    assert row["Actor Sectors"] == "MIL; AGR" and row["Actor Name Raw"] == "Soldiers of Iraq; eight farmers"
    assert row["Recipient Name"] == row["Recipient Name Raw"] == ""


LEFT_OUT = [
    ({}, None, None),
    ({"status": "negated"}, "negated", "negated"),
    ({"status": "future"}, "future", "future"),
    ({"when": None}, "no-day", "no-day"),
    ({"when": days("2020-01-06", "2020-01-12", "week")}, "no-single-day", "no-single-day"),
    ({"actors": ()}, "no-actor", "no-actor"),
    ({"recipients": ()}, "no-recipient", None),
    ({"cameo": None}, "no-cameo", None),
]


@pytest.mark.parametrize(("fields", "icews", "polecat"), LEFT_OUT)
def test_what_is_left_out(fields: dict[str, object], icews: str | None, polecat: str | None) -> None:
    assert (ICEWS.refuse(told(**fields)), POLECAT.refuse(told(**fields))) == (icews, polecat)


@pytest.mark.parametrize(("format", "file"), [("icews", ICEWS_FILE), ("polecat", POLECAT_FILE)])
def test_pandas_and_duckdb_read_it(format: str, file: str, tmp_path: Path) -> None:
    exported(tmp_path, format, told())
    path = tmp_path / format / file
    frame = pd.read_csv(path, sep="\t", parse_dates=["Event Date"])
    assert frame.loc[0, "Event Date"] == pd.Timestamp("2020-01-03") and frame.loc[0, "Latitude"] == 35.46806
    (found,) = duckdb.sql(f"SELECT \"Event Date\", Country FROM read_csv('{path}', delim='\t')").fetchall()
    assert (str(found[0]), found[1]) == ("2020-01-03", "Iraq")
