"""What stands beside the data: dictionary, codebook, citation, manifest; and that an export is whole or not there."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.export.stories import READ, disputed, exported, told
from whodid.errors import UsageError
from whodid.export.bundle import Source, write_export
from whodid.export.codebook import codebook
from whodid.export.format import LEFT_OUT, REDUCED
from whodid.export.formats.table import EXPORTS, export_format
from whodid.export.told import Told
from whodid.ontology import load_ontology

DOCS = (Path(__file__).resolve().parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")
BESIDE = {"manifest.json", "dictionary.csv", "codebook.md", "CITATION.cff"}


def manifest(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("name", EXPORTS)
def test_every_export_has_its_files_and_all_that_stands_beside_them(name: str, tmp_path: Path) -> None:
    exported(tmp_path, name, told())
    there = {path.name for path in (tmp_path / name).iterdir()}
    assert there == set(EXPORTS[name].files) | BESIDE
    assert not list(tmp_path.glob("*.partial"))


@pytest.mark.parametrize("name", EXPORTS)
def test_the_dictionary_has_every_column_of_every_table(name: str, tmp_path: Path) -> None:
    exported(tmp_path, name, told())
    with (tmp_path / name / "dictionary.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(row["meaning"] and row["type"] and row["source"] for row in rows)
    assert [(r["file"], r["column"].removeprefix("'")) for r in rows] == [
        (file, column.name) for file, columns in EXPORTS[name].files.items() for column in columns
    ]
    for file in EXPORTS[name].files:
        if file.endswith((".csv", ".tab", ".txt")):
            head = (tmp_path / name / file).read_text(encoding="utf-8-sig").splitlines()[0]
            assert head.split("," if file.endswith(".csv") else "\t") == [
                r["column"] for r in rows if r["file"] == file
            ]


def test_a_manifest(tmp_path: Path) -> None:
    stories = [told(), told(id="b2", status="negated"), told(id="c3", when=None), told(id="d4", fields=(disputed(),))]
    exported(tmp_path, "gdelt", *stories)
    found = manifest(tmp_path / "gdelt")
    assert found["kind"] == "whodid export" and found["format"]["name"] == "gdelt"
    assert found["format"]["follows"] == "The GDELT Event Database Data Format Codebook V2.0, 19 February 2015"
    assert found["program"] == {"name": "whodid", "version": version("whodid")}
    assert found["dataset"] == {
        "name": "harbour", "version": 3, "made": "2020-01-14T06:30:15+00:00", "models": ["whodid 0.1.0"],
        "settings": {"query": {}},
    }  # fmt: skip
    assert found["ontology"]["name"] == "plover-2.0"
    assert found["events"] == {
        "given": 4,
        "exported": 2,
        "claims": 2,
        "left_out": {code: {"events": 1, "meaning": LEFT_OUT[code]} for code in ("negated", "no-day")},
        "reduced": {"disputed-values": {"events": 1, "meaning": REDUCED["disputed-values"]}},
    }
    assert set(found["files"]) == {path.name for path in (tmp_path / "gdelt").iterdir()} - {"manifest.json"}
    for name, file in found["files"].items():
        data = (tmp_path / "gdelt" / name).read_bytes()
        assert file == {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def test_the_same_events_give_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        exported(tmp_path / folder, "csv", told())
    for path in (tmp_path / "one" / "csv").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / "csv" / path.name).read_bytes()


def test_a_citation_has_what_the_citation_file_format_requires(tmp_path: Path) -> None:
    exported(tmp_path, "acled", told())
    found = yaml.safe_load((tmp_path / "acled" / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= set(found)
    assert found["cff-version"] == "1.2.0" and found["type"] == "dataset"
    assert found["title"].startswith("harbour, version 3: ")
    assert found["version"] == "3" and found["date-released"] == READ.date()
    (program,) = found["references"]
    assert program["title"] == "Whodid" and {"type", "title", "authors"} <= set(program)


def test_a_source_without_versions_is_cited_without(tmp_path: Path) -> None:
    write_export([told()], tmp_path / "x", format=EXPORTS["csv"], ontology=load_ontology(), source=Source("claims"))
    found = yaml.safe_load((tmp_path / "x" / "CITATION.cff").read_text(encoding="utf-8"))
    assert found["title"].startswith("claims: ") and not {"version", "date-released"} & set(found)
    assert manifest(tmp_path / "x")["dataset"]["made"] is None


# ---------------------------------------------------------------- whole or not there


def test_an_earlier_export_is_replaced(tmp_path: Path) -> None:
    exported(tmp_path, "csv", told())
    write_export([], tmp_path / "csv", format=EXPORTS["graphml"], ontology=load_ontology(), source=Source("harbour"))
    assert {path.name for path in (tmp_path / "csv").iterdir()} == {"actors.graphml"} | BESIDE


def test_nothing_else_is_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "csv"
    folder.mkdir()
    (folder / "manifest.json").write_text('{"kind": "mine"}')
    with pytest.raises(UsageError, match="is not empty and no earlier export"):
        exported(tmp_path, "csv", told())
    (tmp_path / "plover").write_text("a file")
    with pytest.raises(UsageError, match="is a file"):
        exported(tmp_path, "plover", told())
    assert (folder / "manifest.json").read_text() == '{"kind": "mine"}'


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "csv").mkdir()
    assert exported(tmp_path, "csv", told()).exported == 1


@pytest.mark.parametrize("name", EXPORTS)
def test_a_broken_stream_leaves_nothing_and_the_earlier_export(name: str, tmp_path: Path) -> None:
    exported(tmp_path, name, told())
    before = (tmp_path / name / "manifest.json").read_bytes()

    def broken() -> Iterator[Told]:
        yield told()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_export(
            broken(), tmp_path / name, format=EXPORTS[name], ontology=load_ontology(), source=Source("harbour")
        )
    assert (tmp_path / name / "manifest.json").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_what_a_killed_export_left_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / "csv.partial").mkdir()
    (tmp_path / "csv.partial" / "half").write_text("x")
    exported(tmp_path, "csv", told())
    assert [path.name for path in tmp_path.iterdir()] == ["csv"]


def test_an_event_without_claims_is_no_story() -> None:
    with pytest.raises(ValueError, match="has no claims"):
        Told(told().event, ())


# ---------------------------------------------------------------- formats and their documentation


def test_an_unknown_format_is_named_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"'stata'; formats: jsonl, parquet, csv, csv-excel, plover, gdelt, polecat"):
        export_format("stata")


@pytest.mark.parametrize("name", EXPORTS)
def test_every_format_is_documented_with_what_it_follows(name: str) -> None:
    assert f"| `{name}` |" in DOCS
    assert all(f"`{file}`" in DOCS for file in EXPORTS[name].files)


@pytest.mark.parametrize(("code", "meaning"), [*LEFT_OUT.items(), *REDUCED.items()])
def test_every_reason_is_documented(code: str, meaning: str) -> None:
    assert f"| `{code}` | {meaning} |" in DOCS


def test_the_codebook_has_every_code_of_the_ontology() -> None:
    ontology = load_ontology()
    text = codebook(ontology)
    for event_type in ontology.types.values():
        section = text.partition(f"### {event_type.code}\n")[2].partition("\n### ")[0]
        assert all(f"| {mode} | " in section for mode in event_type.modes)
        assert f"score {event_type.scale:g}" in section
    codes = [*ontology.contexts, *ontology.sectors, *ontology.countries, *ontology.cameo_table.codes]
    assert all(f"\n| {code} | " in text for code in codes)
    assert all(f"| {name} | " in text for name in ("happened", *ontology.auxiliary))
    assert all(reading.about in text for reading in ontology.readings)
    assert ontology.licence in text


def test_a_codebook_of_a_small_ontology_has_no_empty_tables() -> None:
    small = load_ontology().model_copy(
        update={"contexts": {}, "sectors": {}, "countries": {}, "recodes": (), "readings": ()}
    )
    assert not {"## Contexts", "## Sectors", "## Codes in place of a country"} & set(codebook(small).splitlines())
