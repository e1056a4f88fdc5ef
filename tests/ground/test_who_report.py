"""Actors in a report: noun phrase, apposition, fuller mentions, the report's country, coordination."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from whodid.ground.who import Who, split
from whodid.records import Actor, Annotated, Link

pytestmark = pytest.mark.model
Annotator = Callable[..., Annotated]


def span(a: Annotated, text: str, nth: int = 0) -> tuple[int, int]:
    start = -1
    for _ in range(nth + 1):
        start = a.report.text.index(text, start + 1)
    inside = [t.i for t in a.tokens if t.start < start + len(text) and start < t.end]
    return inside[0], inside[-1] + 1


def actor(a: Annotated, text: str, nth: int = 0) -> Actor:
    return Who().resolve(a, *span(a, text, nth))


def parts(a: Annotated, text: str, *, whole: bool = False) -> list[str]:
    return [a.quote(*s).text for s in split(a, *span(a, text), whole=whole)]


def test_the_quote_is_that_of_the_span(annotated: Annotator) -> None:
    a = annotated("Peruvian miners blocked a road on Friday.")
    found = actor(a, "Peruvian miners")
    assert (found.text, a.report.text[found.start : found.end]) == ("Peruvian miners", "Peruvian miners")
    assert (found.country, found.sectors) == ("PER", ("LAB",))


def test_the_head_alone_is_read_with_its_noun_phrase(annotated: Annotator) -> None:
    a = annotated("The Danish parliament rejected the bill. The president of Ghana arrived in Oslo.")
    assert (actor(a, "parliament").country, actor(a, "parliament").sectors) == ("DNK", ("LEG",))
    assert (actor(a, "president").country, actor(a, "president").sectors) == ("GHA", ("GOV",))


def test_an_apposition_says_who_somebody_is(annotated: Annotator) -> None:
    a = annotated("Orla Vantongeren, the Irish energy minister, resigned on Monday. Vantongeren blamed her party.")
    first, later = actor(a, "Orla Vantongeren"), actor(a, "Vantongeren", 1)
    assert (first.id, first.country, first.sectors) == ("person:orla-vantongeren", "IRL", ("GOV",))
    assert (later.id, later.country, later.sectors) == (first.id, first.country, first.sectors)


def test_an_unknown_person_keeps_the_name_of_the_report_and_no_more(annotated: Annotator) -> None:
    a = annotated("Margaret Thornbury told reporters on Tuesday that she would not resign.")
    found = actor(a, "Margaret Thornbury")
    assert (found.name, found.country, found.sectors) == ("Margaret Thornbury", None, ())


def test_the_surname_is_that_of_the_report_not_of_somebody_famous(annotated: Annotator) -> None:
    a = annotated("Kenneth Merkel, a baker from Ohio, sued the city. Merkel said he had lost his shop.")
    assert actor(a, "Merkel", 1).id != "person:angela-merkel"


def test_a_link_leads_to_the_fuller_mention(annotated: Annotator) -> None:
    a = annotated("Emmanuel Macron met farmers in Lyon. He promised help.", published="2019-02-01")
    who, he = span(a, "Emmanuel Macron"), span(a, "He")
    linked = a.model_copy(update={"links": (Link(*he, *who, "pronoun"),)})
    found = Who().resolve(linked, *he)
    assert (found.id, found.country, found.sectors) == ("person:emmanuel-macron", "FRA", ("GOV",))
    unlinked = Who().resolve(a.model_copy(update={"links": ()}), *he)
    assert (unlinked.id, unlinked.country) == (None, None)


def test_links_in_a_circle_end(annotated: Annotator) -> None:
    a = annotated("The mayor met her. She left.")
    one, two = span(a, "her"), span(a, "She")
    circle = a.model_copy(update={"links": (Link(*one, *two, "pronoun"), Link(*two, *one, "pronoun"))})
    assert Who().resolve(circle, *one).id is None


def test_the_institution_of_an_earlier_mention_is_taken_up(annotated: Annotator) -> None:
    a = annotated(
        "Peru's parliament debated the treaty with Chile and Bolivia. Chile has protested, and so has Bolivia. "
        "The parliament voted on Friday."
    )
    assert actor(a, "The parliament").country == "PER"


def test_the_report_country_is_taken_only_where_it_is_plain(annotated: Annotator) -> None:
    plain = annotated(
        "ATHENS - Greece saw a second day of strikes. Greek unions closed the ports, and Greek airports stood still. "
        "Police arrested ten people."
    )
    assert actor(plain, "Police").country == "GRC"
    mixed = annotated("Greece, Turkey, Italy and Spain signed the text. Police arrested ten people.")
    assert actor(mixed, "Police").country is None


def test_police_and_crowds_are_of_the_last_place_that_the_report_tells_of(annotated: Annotator) -> None:
    a = annotated(
        "The United States and Peru have talked for days, U.S. officials said. U.S. diplomats hope for a treaty. "
        "In Lima, crowds cheered the American envoy. Police kept them away from the palace. "
        "In Quito and in Rome, police arrested ten people. The talks were held for a fifth time. "
        "They have been difficult so far. Nobody has left the table. Protesters called them a farce."
    )
    assert actor(a, "Police").country == "PER"
    assert actor(a, "police").country is None, "two countries in one sentence"
    assert actor(a, "Protesters").country is None, "the report is about the United States, where nothing happens"


def test_security_forces_are_not_those_of_the_only_foreign_forces(annotated: Annotator) -> None:
    a = annotated("American forces left the valley. Security forces took over their camp.")
    assert actor(a, "Security forces").country is None
    a = annotated("Chilean security forces left the valley. The security forces burned their camp.")
    assert actor(a, "The security forces").country == "CHL"


def test_coordinated_actors_are_taken_apart(annotated: Annotator) -> None:
    a = annotated("Merkel and Hollande met in Minsk. U.S. and Iraqi forces entered Tikrit.")
    assert parts(a, "Merkel and Hollande") == ["Merkel", "Hollande"]
    assert parts(a, "Hollande", whole=True) == ["Merkel", "Hollande"]
    assert parts(a, "Hollande") == ["Hollande"]
    assert parts(a, "U.S. and Iraqi forces") == ["U.S.", "Iraqi forces"]
    american = actor(a, "U.S.")
    assert (american.country, american.sectors) == ("USA", ("MIL",))


def test_a_name_with_and_in_it_stays_whole(annotated: Annotator) -> None:
    a = annotated("Bosnia and Herzegovina signed the agreement in Paris.")
    assert parts(a, "Bosnia and Herzegovina") == ["Bosnia and Herzegovina"]


def test_reports_are_kept_apart(annotated: Annotator) -> None:
    who = Who()
    one, two = annotated("Spanish judges met. The judges agreed."), annotated("Czech judges met. The judges agreed.")
    assert who.resolve(one, *span(one, "The judges")).country == "ESP"
    assert who.resolve(two, *span(two, "The judges")).country == "CZE"
    assert who.resolve(one, *span(one, "The judges")).country == "ESP"
