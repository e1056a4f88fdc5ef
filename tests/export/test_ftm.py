"""FollowTheMoney entities: valid by its data dictionary, and by the package itself where it is installed."""

from __future__ import annotations

import json
from importlib import import_module, util
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.export.stories import FARMERS, REPORT, SOLDIERS, days, exported, one_claim, told
from whodid.export.formats.ftm import FILE, FTM, entities
from whodid.export.told import Told
from whodid.records import When

SCHEMATA: dict[str, dict[str, str]] = yaml.safe_load(
    Path(__file__).with_name("ftm_schemata.yaml").read_text(encoding="utf-8")
)
PERSON = SOLDIERS.model_copy(update={"id": "person:ali-noor", "name": "Ali Noor", "country": None})
PARTY = FARMERS.model_copy(update={"id": "org:the-party", "name": "The Party", "country": "UNO", "sectors": ("PTY",)})
NOBODY = FARMERS.model_copy(update={"id": None, "name": None, "country": "KOS", "sectors": ("CVL",)})


def story() -> Told:
    """An event with every kind of actor, and a claim that gives another day."""
    span = days("2020-01-01", "2020-01-07", "week")
    week = When(first=span.first, last=span.last, precision="week", basis="text")
    claims = (one_claim(), one_claim(id="a000000000000002", when=week))
    return told(claims, actors=(SOLDIERS, PERSON), recipients=(PARTY, NOBODY))


def by_schema(told: Told) -> dict[str, list[dict[str, Any]]]:
    out: dict[str, list[dict[str, Any]]] = {}
    for entity in entities(told):
        out.setdefault(entity["schema"], []).append(entity)
    return out


def test_kinds_of_actors() -> None:
    found = by_schema(story())
    names = {schema: [e["properties"]["name"] for e in found[schema]] for schema in ("Person", "Organization")}
    assert names == {"Person": [["Ali Noor"]], "Organization": [["The Party"]]}
    assert [e["properties"]["name"] for e in found["PublicBody"]] == [["Iraqi military"]]
    assert found["PublicBody"][0]["properties"] == {
        "name": ["Iraqi military"], "alias": ["Soldiers of Iraq"], "country": ["iq"],
    }  # fmt: skip
    unknown = {e["properties"]["name"][0]: e["properties"].get("country") for e in found["LegalEntity"]}
    assert unknown == {"Iraqi farmers": ["iq"], "eight farmers": ["xk"]}
    assert "country" not in found["Organization"][0]["properties"], "UNO is no country"


def test_an_event_has_every_value_that_its_claims_give() -> None:
    (event,) = by_schema(story())["Event"]
    assert event["id"] == "whodid-a000000000000001"
    properties = event["properties"]
    assert properties["name"] == ["ASSAULT-firearms: Iraqi military, Ali Noor → The Party, eight farmers"]
    assert properties["date"] == ["2020-01-03", "2020-01-12"]
    assert (properties["startDate"], properties["endDate"]) == (["2020-01-01"], ["2020-01-07"])
    assert properties["location"] == ["Kirkuk"] and properties["country"] == ["iq"]
    assert properties["keywords"] == ["ASSAULT", "firearms", "military"]
    assert len(properties["involved"]) == 4


def test_who_did_it_and_to_whom_is_told_apart() -> None:
    found = by_schema(story())
    roles = {e["properties"]["role"][0]: 0 for e in found["UnknownLink"]}
    for link in found["UnknownLink"]:
        roles[link["properties"]["role"][0]] += 1
        assert link["properties"]["object"] == ["whodid-a000000000000001"]
    assert roles == {"actor": 2, "recipient": 2}


def test_each_claim_documents_the_event_in_its_own_words() -> None:
    found = by_schema(story())
    (article,) = found["Article"]
    assert article["properties"]["language"] == ["eng"] and article["properties"]["publishedAt"] == ["2020-01-04"]
    assert [e["id"] for e in found["Documentation"]] == [
        "whodid-claim-a000000000000001", "whodid-claim-a000000000000002",
    ]  # fmt: skip
    properties = found["Documentation"][0]["properties"]
    assert properties["document"] == [article["id"]] and properties["entity"] == ["whodid-a000000000000001"]
    assert properties["role"] == ["paraphrased: Harbour Gazette"] and properties["status"] == ["happened"]
    assert properties["summary"] == [REPORT.text.splitlines()[2]]


def test_every_entity_is_valid_by_the_data_dictionary() -> None:
    every = list(entities(story()))
    ids = {e["id"] for e in every}
    assert len(ids) == len(every)
    assert {e["schema"] for e in every} == set(SCHEMATA)
    for entity in every:
        known = SCHEMATA[entity["schema"]]
        for name, values in entity["properties"].items():
            assert name in known and values and all(isinstance(v, str) for v in values)
            if known[name] == "entity":
                assert set(values) <= ids


def test_an_entity_is_written_once_and_another_spelling_again(tmp_path: Path) -> None:
    other = SOLDIERS.model_copy(update={"text": "Soldiers of Irak"})
    claim = one_claim(id="b000000000000002", actors=(other,))
    second = told((claim,), id="b000000000000002", actors=(other,))
    exported(tmp_path, "ftm", told(), told(id="c000000000000003"), second)
    lines = (tmp_path / "ftm" / FILE).read_text(encoding="utf-8").splitlines()
    assert len(set(lines)) == len(lines)
    soldiers = [e for e in map(json.loads, lines) if e["schema"] == "PublicBody"]
    assert len(soldiers) == 2 and len({e["id"] for e in soldiers}) == 1
    assert sum(e["schema"] == "Article" for e in map(json.loads, lines)) == 1


@pytest.mark.parametrize("status", ["future", "hypothetical", "negated"])
def test_what_did_not_happen_is_left_out(status: str) -> None:
    assert FTM.refuse(told(status=status)) == status and FTM.refuse(told()) is None


@pytest.mark.skipif(not util.find_spec("followthemoney"), reason="followthemoney is not installed")
def test_followthemoney_itself_takes_every_value_as_it_is() -> None:
    model = import_module("followthemoney").model
    for entity in entities(story()):
        schema = model.get(entity["schema"])
        schema.validate(entity)
        for name, values in entity["properties"].items():
            kind = schema.get(name).type
            assert [kind.clean(value) for value in values] == values, (entity["schema"], name)
