"""The tables of actors: every line is well formed, and what is read from packages is what they print."""

from __future__ import annotations

import datetime as dt

import pycountry
import pytest

from whodid.ground.actors.cities import country_of_city
from whodid.ground.actors.countries import adjective_of, gec_codes, name_of, sovereign
from whodid.ground.actors.factbook import factbook
from whodid.ground.actors.people import load_people
from whodid.ground.actors.tables import code_and_sectors, named, roles, slug, table, term
from whodid.ground.actors.words import key_of, skeleton, words
from whodid.ontology import load_ontology

CODES = {c.alpha_3 for c in pycountry.countries} | set(load_ontology().countries)


@pytest.mark.parametrize("file", ["organisations.yaml", "groups.yaml", "bodies.yaml", "parties.yaml"])
def test_codes_of_named_things_exist(file: str) -> None:
    entries = [entry for _, entry in named(file, "organisation")]
    assert len(entries) > 100
    assert {e.country for e in entries} <= CODES
    assert all(t.first is None or t.last is None or t.first <= t.last for e in entries for t in e.terms)


def test_every_person_has_well_formed_terms() -> None:
    people = table("people.yaml")
    assert set(people) <= CODES
    for country, members in people.items():
        for name, value in members.items():
            terms = [term(t.strip()) for t in value.partition("|")[0].split(",") if t.strip()]
            assert terms, f"{name} of {country} has no term"
            for t in terms:
                assert t.sectors, f"{name}: a term without a sector"
                assert t.country is None or t.country in CODES, f"{name}: unknown code {t.country}"
                assert t.first is not None, f"{name}: a term without a beginning"
                assert t.last is None or t.first <= t.last, f"{name}: {t.first} is after {t.last}"


def test_a_term_reads_years_months_and_days() -> None:
    assert term("GOV MIL 1996-09..2001-11-13").first == dt.date(1996, 9, 1)
    assert term("GOV 1996..1998-02").last == dt.date(1998, 2, 28)
    assert term("GOV 2017..").last is None
    assert term("EUR:GOV 2014-11..2019").country == "EUR"


@pytest.mark.parametrize("text", ["GVO 1990..1991", "GOV soon..1991", "GOV 1990/1991"])
def test_a_malformed_term_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"sector|is not a day"):
        term(text)


def test_a_malformed_code_is_an_error() -> None:
    with pytest.raises(ValueError, match="country code"):
        code_and_sectors("Iraq GOV")


def test_role_nouns_have_their_plurals_and_do_not_clash() -> None:
    by_key: dict[str, set[tuple[str, ...]]] = {}
    for noun, entry in roles():
        by_key.setdefault(key_of(noun), set()).add(entry.sectors)
    assert {"policemen", "parties", "judges", "militiamen", "armies", "deputy ministers"} <= set(by_key)
    clashes = {k: v for k, v in by_key.items() if len(v) > 1}
    assert not clashes


def test_dependencies_are_coded_as_their_state() -> None:
    assert (sovereign("BMU"), sovereign("XKX"), sovereign("MLT")) == ("GBR", "KOS", "MLT")
    assert (name_of("PRK"), adjective_of("IRQ"), adjective_of("IGO")) == ("North Korea", "Iraqi", "IGO")


def test_the_factbook_gives_leaders_parties_and_legislatures() -> None:
    found = {gec_codes()[c.gec]: c for c in factbook() if c.gec in gec_codes()}
    estonia = found["EST"]
    assert "Riigikogu" in estonia.legislatures
    assert estonia.adjectives == ("Estonian",)
    assert any(p[0] == "Estonian Reform Party" for p in estonia.parties)
    assert all(leader.since is not None for leader in found["FRA"].leaders)
    assert sum(len(c.leaders) for c in found.values()) > 300


def test_a_leader_of_the_factbook_is_known_in_office_without_his_title() -> None:
    found = load_people().find(["alar", "karis"], day=dt.date(2024, 1, 1))
    assert found is not None
    assert found.entries[0].country == "EST"
    assert found.entries[0].at(dt.date(2024, 1, 1)) == ("GOV",)


def test_towns_of_one_name_in_several_countries_are_refused() -> None:
    assert country_of_city("Gdansk") == ("POL", pytest.approx(0.75, abs=0.06))
    assert country_of_city("San Fernando") is None
    assert country_of_city("Vantongerenville") is None


def test_words_fold_case_accents_points_and_possessives() -> None:
    found = words("the U.N.'s Côte-d'Ivoire mission, Iraq’s")
    assert [w.key for w in found] == ["the", "un", "cote", "divoire", "mission", ",", "iraq"]
    assert [w.possessive for w in found] == [False, True, False, False, False, False, True]
    assert [w.glued for w in found][2] is True
    assert slug("Médecins Sans Frontières") == "medecins-sans-frontieres"


def test_common_transliterations_have_one_skeleton() -> None:
    assert len({skeleton(n) for n in ("mohammed", "muhammad", "mohamed")}) == 1
    assert skeleton("alexander") == skeleton("aleksandr")
    assert skeleton("merkel") != skeleton("macron")
