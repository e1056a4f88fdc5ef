"""Place names of a report, and the place of an event, with the real parser."""

from __future__ import annotations

import pytest

from tests.conftest import Annotator
from whodid.ground.where import Toponym, locate, toponyms, where
from whodid.records import Annotated, Mention, Where

pytestmark = pytest.mark.model


def at_word(a: Annotated, word: str) -> int:
    return next(t.i for t in a.tokens if t.text == word)


def mention(a: Annotated, word: str, type_: str = "ASSAULT") -> Mention:
    head = at_word(a, word)
    sentence = a.sentence_of(head)
    return Mention(
        head=head, trigger=a.quote(head, head + 1), sentence=a.report.quote(sentence.start, sentence.end), type=type_,
        mode=None, contexts=(), roles=(), status="happened", historical=False, score=1.0, why=(),
    )  # fmt: skip


def place_of(a: Annotated, word: str, type_: str = "ASSAULT") -> Where | None:
    return where(a, mention(a, word, type_), toponyms(a))


def named(names: tuple[Toponym, ...], text: str) -> Toponym:
    return next(n for n in names if n.text == text)


def test_names_are_found_with_their_offsets(annotated: Annotator) -> None:
    a = annotated("Farmers from Punjab blocked roads near Amritsar on Friday.")
    names = toponyms(a)
    assert [n.text for n in names] == ["Punjab", "Amritsar"]
    assert all(a.report.text[n.start : n.end] == n.text for n in names)
    assert all(a.quote(n.first, n.last).text == n.text for n in names)


def test_the_words_beside_a_name_make_it_a_place(annotated: Annotator) -> None:
    names = toponyms(annotated("Soldiers searched the village of Qorvanabad and burned crops in the Zilmak district."))
    assert {"Qorvanabad", "Zilmak"} <= {n.text for n in names}
    assert named(names, "Qorvanabad").place is None  # an honest gap: no package has it


def test_adjectives_of_peoples_are_no_place_names(annotated: Annotator) -> None:
    assert toponyms(annotated("The Italian minister praised Chilean miners.")) == ()


@pytest.mark.parametrize(
    ("text", "country", "code"),
    [
        ("A fire destroyed two warehouses in Paris, Texas, the sheriff said.", "USA", "US.TX.277"),
        ("A fire destroyed two warehouses in Paris, the French interior ministry said.", "FRA", "FR.11.75"),
    ],
)
def test_the_name_behind_the_comma_and_the_country_decide(
    annotated: Annotator, text: str, country: str, code: str
) -> None:
    place = named(toponyms(annotated(text)), "Paris").place
    assert place is not None
    assert (place.country, place.code) == (country, code)


def test_names_of_one_report_are_resolved_together(annotated: Annotator) -> None:
    us = named(
        toponyms(annotated("Storms hit Georgia. Roads near Atlanta, Macon and Savannah were closed.")), "Georgia"
    )
    caucasus = named(toponyms(annotated("Protesters in Georgia marched through Tbilisi and Batumi.")), "Georgia")
    assert us.place is not None
    assert caucasus.place is not None
    assert (us.place.kind, us.place.country) == ("admin", "USA")
    assert (caucasus.place.kind, caucasus.place.country) == ("country", "GEO")


def test_one_sense_a_report(annotated: Annotator) -> None:
    names = toponyms(annotated("A bus crashed in London, Ontario. Two people died. London buried them on Monday."))
    assert len({n.place for n in names if n.text == "London"}) == 1
    assert named(names, "London").place.country == "CAN"  # type: ignore[union-attr]


def test_part_of_a_country_is_in_the_country(annotated: Annotator) -> None:
    names = toponyms(annotated("Floods cut off towns in eastern Kenya on Sunday."))
    assert [n.place.country for n in names if n.place] == ["KEN"]


def test_the_locative_of_the_predicate(annotated: Annotator) -> None:
    found = place_of(annotated("A gunman killed three shopkeepers in Quetta on Sunday."), "killed")
    assert found is not None
    assert (found.text, found.country, found.name) == ("Quetta", "PAK", "Quetta")
    assert found.geonameid is not None
    assert found.latitude == pytest.approx(30.2, abs=0.3)
    assert found.radius_km is not None
    assert 3 <= found.radius_km <= 30


def test_the_quote_takes_in_the_feature_noun(annotated: Annotator) -> None:
    found = place_of(annotated("Drones struck hangars near the Erbil international airport."), "struck")
    assert found is not None
    assert found.text == "Erbil international airport"
    assert found.country == "IRQ"


def test_the_object_of_taking_is_the_place(annotated: Annotator) -> None:
    found = place_of(annotated("Rebels captured the town of Bambari after a siege."), "captured")
    assert found is not None
    assert (found.text, found.country) == ("Bambari", "CAF")


def test_a_happening_takes_the_place_before_it_and_of_its_verb(annotated: Annotator) -> None:
    a = annotated("The Nairobi bombing shocked investors. Unions staged a protest in Mombasa.")
    bombing, protest = place_of(a, "bombing"), place_of(a, "protest", "PROTEST")
    assert bombing is not None
    assert protest is not None
    assert (bombing.text, protest.text) == ("Nairobi", "Mombasa")


def test_a_continuing_clause_shares_the_place(annotated: Annotator) -> None:
    found = place_of(annotated("Gunmen attacked a bus in Cali, wounding six passengers."), "wounding")
    assert found is not None
    assert found.text == "Cali"


@pytest.mark.parametrize(
    ("text", "word", "type_"),
    [
        ("Washington rejected the offer.", "rejected", "REJECT"),  # a government, not a place
        ("Ankara police arrested a reporter.", "arrested", "COERCE"),  # whose police, not where
        ("The minister called on Moscow to leave.", "called", "REQUEST"),
        ("Lawmakers condemned the attack in Nice.", "condemned", "ACCUSE"),  # where the attack was
        ("Speaking in Geneva, the envoy said rebels had killed two drivers.", "killed", "ASSAULT"),
        ("Anger over the war in Yemen grew as unions rejected the budget.", "rejected", "REJECT"),
    ],
)
def test_no_place_where_none_is_plain(annotated: Annotator, text: str, word: str, type_: str) -> None:
    assert place_of(annotated(text), word, type_) is None


def test_an_embassy_is_not_in_the_country_that_it_is_of(annotated: Annotator) -> None:
    a = annotated("Demonstrators attacked the Kenya embassy on Tuesday. Rebels attacked the Baghdad airport on Friday.")
    first, second = (t.i for t in a.tokens if t.text == "attacked")
    found = [
        where(a, mention(a, "attacked").model_copy(update={"head": head}), toponyms(a)) for head in (first, second)
    ]
    assert [place and place.name for place in found] == [None, "Baghdad"]


def test_an_unknown_place_keeps_its_words_only(annotated: Annotator) -> None:
    text = "Militiamen killed nine herders in the village of Qorvanabad."
    start = text.index("Qorvanabad")
    assert place_of(annotated(text), "killed") == Where(text="Qorvanabad", start=start, end=start + 10)


def test_locate_gives_all_places_in_coordination_and_no_containers(annotated: Annotator) -> None:
    a = annotated("Shells hit houses in Kharkiv and Sumy in northern Ukraine.")
    assert [n.text for n in locate(a, at_word(a, "hit"), toponyms(a))] == ["Kharkiv", "Sumy"]


def test_an_empty_report(annotated: Annotator) -> None:
    assert toponyms(annotated("It rained.")) == ()
