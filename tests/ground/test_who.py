"""Actor phrases without a parse: countries, roles, bodies, groups, persons, and what is not known."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from whodid.ground.actors.reading import knowledge
from whodid.ground.actors.tables import SECTORS
from whodid.ground.who import Identity, Who


def look(text: str, day: str | None = None, context: str = "") -> Identity:
    found = Who().lookup(text, context=context, day=dt.date.fromisoformat(day) if day else None)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Portugal", "PRT"), ("the U.S.", "USA"), ("The Netherlands", "NLD"), ("Côte d’Ivoire", "CIV"),
        ("Norwegians", "NOR"),
        ("South Korea", "KOR"), ("West Germany", "DEU"), ("Kosovo", "KOS"), ("Taiwanese", "TWN"), ("Greenland", "DNK"),
        ("Soviet Union", "RUS"), ("Catalonia", "ESP"), ("the Gaza Strip", "PSE"), ("Viet Nam", "VNM"),
    ],
)  # fmt: skip
def test_a_country_or_people_is_the_country_and_has_no_sector(text: str, country: str) -> None:
    found = look(text)
    assert (found.country, found.sectors, found.id, found.kind) == (country, (), country, "country")


@pytest.mark.parametrize(
    ("text", "country", "sector"),
    [
        ("the Danish parliament", "DNK", "LEG"), ("Kenya's police", "KEN", "COP"),
        ("three Peruvian soldiers", "PER", "MIL"),
        ("the president of Chile", "CHL", "GOV"), ("Bolivian coca growers", "BOL", "AGR"),
        ("striking miners in Zambia", "ZMB", "LAB"),
        ("Thai students", "THA", "EDU"), ("Nepalese journalists", "NPL", "JRN"), ("rebels in Chad", "TCD", "REB"),
        ("Portuguese judge", "PRT", "JUD"), ("a Lebanese Shiite cleric", "LBN", "REL"), ("Irish nurses", "IRL", "MED"),
        ("the Uruguayan opposition leader", "URY", "OPP"), ("refugees from Eritrea", "ERI", "REF"),
        ("Canberra", "AUS", "GOV"),
        ("Citizens (Finland)", "FIN", "CVL"), ("Downing Street", "GBR", "GOV"), ("the Bundestag", "DEU", "LEG"),
        ("Mossad", "ISR", "SPY"), ("Greek state television", "GRC", "GOV"), ("a former Italian minister", "ITA", "ELI"),
        ("Polish foreign ministry spokesman", "POL", "GOV"), ("Kharkiv", "UKR", "CVL"), ("Lyon police", "FRA", "COP"),
    ],
)  # fmt: skip
def test_country_and_sector_come_from_head_modifier_and_complement(text: str, country: str, sector: str) -> None:
    found = look(text)
    assert (found.country, found.sectors[0]) == (country, sector)
    assert found.id == f"{country}-{sector}"
    assert found.name


@pytest.mark.parametrize(
    ("text", "sector"),
    [("protesters", "CVL"), ("the police", "COP"), ("anti-government demonstrators", "OPP"),
     ("an opposition lawmaker", "LEG"),
     ("masked gunmen", "UAF"), ("union leaders", "LAB"), ("a police officer", "COP"), ("rebel soldiers", "REB"),
     ("villagers", "CVL"),
     ("Muslim leaders", "REL"), ("army generals", "MIL"), ("smugglers", "CRM"), ("she", "UNK")],
)  # fmt: skip
def test_a_role_alone_gives_a_sector_and_nothing_else(text: str, sector: str) -> None:
    found = look(text)
    assert found.sectors[0] == sector
    assert (found.id, found.name, found.country) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "id_", "country"),
    [("NATO", "org:nato", "IGO"), ("the U.N. Security Council", "org:un-security-council", "UNO"),
     ("the European Commission", "org:european-commission", "EUR"),
     ("Amnesty International", "org:amnesty-international", "NGO"),
     ("Boko Haram", "org:boko-haram", "NGA"), ("al-Shabaab militants", "org:al-shabaab", "SOM"),
     ("Al Qaeda", "org:al-qaeda", "IMG"),
     ("the Red Cross", "org:red-cross", "NGO"),
     ("members of the ELN", "org:national-liberation-army-of-colombia", "COL"),
     ("the African National Congress", "org:african-national-congress", "ZAF"), ("Toyota", "org:toyota", "JPN")],
)  # fmt: skip
def test_organisations_and_groups_have_an_id_of_their_own(text: str, id_: str, country: str) -> None:
    found = look(text)
    assert (found.id, found.country) == (id_, country)


@pytest.mark.parametrize(
    ("text", "day", "sectors"),
    [("Jimmy Carter", "1979-05-01", ("GOV",)), ("Jimmy Carter", "1995-05-01", ("ELI",)),
     ("Nelson Mandela", "1985-01-01", ("OPP", "REB")),
     ("Nelson Mandela", "1996-01-01", ("GOV",)), ("the Taliban", "1999-01-01", ("GOV",)),
     ("the Taliban", "2010-01-01", ("REB",)),
     ("Lech Walesa", "1983-01-01", ("LAB",)), ("Kofi Annan", "2003-01-01", ("GOV",))],
)  # fmt: skip
def test_the_day_decides_what_somebody_was(text: str, day: str, sectors: tuple[str, ...]) -> None:
    assert look(text, day).sectors == sectors


def test_an_office_elsewhere_gives_that_code_for_its_time() -> None:
    assert look("Kofi Annan", "2003-01-01").country == "UNO"
    assert look("Romano Prodi", "2002-01-01").country == "EUR"
    assert look("Romano Prodi", "2007-01-01").country == "ITA"


def test_a_person_keeps_the_sectors_of_a_term_for_some_weeks_after_it() -> None:
    assert look("Anwar Sadat", "1981-10-20").sectors == ("GOV",)
    assert look("Anwar Sadat", "1982-10-20").sectors == ("ELI",)


@pytest.mark.parametrize(
    "text",
    [
        "Muammar Gaddafi",
        "Moammar Gadhafi",
        "Muammar al-Qaddafi",
        "Colonel Moamer Kadhafi",
        "Libyan leader Muammar Gaddafi",
    ],
)
def test_spellings_of_a_name_are_one_person(text: str) -> None:
    assert look(text, "1990-01-01").id == "person:muammar-gaddafi"


def test_a_title_wins_over_what_is_known_of_the_day() -> None:
    found = look("Senator Hillary Clinton", "2003-01-01")
    assert (found.id, found.sectors[0]) == ("person:hillary-clinton", "LEG")


def test_an_unknown_name_behind_a_title_is_a_person_without_a_country() -> None:
    found = look("Deputy Prime Minister Orla Vantongeren")
    assert (found.id, found.country, found.sectors) == ("person:orla-vantongeren", None, ("GOV",))


@pytest.mark.parametrize("text", ["Orla Vantongeren", "a bargain", "", "the", "was, attended", "42", "...", "Zzyzx"])
def test_what_is_not_known_is_none(text: str) -> None:
    assert Who().lookup(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Iran-backed militia",
        "pro-Russian activists",
        "anti-Cuban columnist",
        "troops in Mali",
        "the ambassador to Iraq",
    ],
)
def test_a_country_that_is_not_the_actors_own_is_not_taken(text: str) -> None:
    assert look(text).country is None


def test_members_of_an_ethnic_group_have_the_country_that_they_live_in() -> None:
    assert look("ethnic Hungarians").country is None
    assert look("ethnic Hungarians in Slovakia").country == "SVK"


def test_persons_of_one_surname_and_country_give_the_country_only() -> None:
    found = look("Gandhi", "1980-06-01", context="")
    assert found.country == "IND"
    both = look("Papandreou")
    assert (both.country, both.id) == ("GRC", None)


def test_context_gives_the_country_only_if_it_names_one() -> None:
    assert look("the defence minister", context="a Belgian newspaper wrote").country == "BEL"
    assert look("the defence minister", context="talks between Belgium and Spain").country is None


def test_a_party_of_several_countries_has_none() -> None:
    assert look("the Green Party").country is None
    assert look("the Swedish Green Party").country == "SWE"


def test_lower_case_words_are_no_countries() -> None:
    assert Who().lookup("turkey") is None
    assert look("Turkey").country == "TUR"
    assert Who().lookup("us") is None


def test_every_code_and_score_is_allowed() -> None:
    sectors = SECTORS
    for text in (
        "Cuba",
        "the Knesset",
        "WHO",
        "Sinaloa Cartel",
        "human rights groups",
        "Abkhazia",
        "Wagner",
        "Fidel Castro",
    ):
        found = look(text, "2000-01-01")
        assert set(found.sectors) <= sectors
        assert 0 < found.score <= 1
        assert found.why


def test_a_lookup_is_fast_once_the_tables_are_read() -> None:
    knowledge()
    who = Who()
    who.lookup("Nowhereville police")  # reads the towns
    start = time.perf_counter()
    for _ in range(50):
        who.lookup("the former deputy foreign minister of the Republic of Austria and leader of a small party")
    assert (time.perf_counter() - start) / 50 < 0.2
