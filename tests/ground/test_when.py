"""The days of events. 16 June 2021, the day of the reports, was a Wednesday."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from whodid.ground.when import Timing, expressions, timings
from whodid.records import Annotated, Attribution, Mention, Role, RoleKind, Status

PUBLISHED = "2021-06-16"
Annotator = Callable[..., Annotated]

pytestmark = pytest.mark.model


def event(
    a: Annotated,
    word: str,
    kind: str = "ASSAULT",
    *,
    nth: int = 0,
    status: Status = "happened",
    roles: tuple[tuple[RoleKind, str], ...] = (),
) -> Mention:
    """The mention whose head is the ``nth`` token ``word``; ``roles`` name tokens of its sentence."""
    head = [t for t in a.tokens if t.text == word][nth]
    sentence = a.sentence_of(head.i)
    found = []
    for role, name in roles:
        token = next(t for t in a.tokens[sentence.first : sentence.last] if t.text == name)
        found.append(Role(kind=role, quote=a.quote(token.i, token.i + 1), head=token.i, why="test"))
    return Mention(
        head=head.i,
        trigger=a.quote(head.i, head.i + 1),
        sentence=a.report.quote(sentence.start, sentence.end),
        type=kind,
        mode=None,
        contexts=(),
        roles=tuple(found),
        status=status,
        historical=False,
        score=1.0,
        why=(),
    )


def dates(a: Annotated, *mentions: Mention, attributions: tuple[Attribution, ...] = ()) -> list[str | None]:
    """ "first/last", one where both are the same, for each mention."""
    return [shown(t) for t in timings(a, mentions, expressions(a), attributions)]


def shown(timing: Timing) -> str | None:
    w = timing.when
    if w is None:
        return None
    return f"{w.first}" if w.first == w.last else f"{w.first}/{w.last}"


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Soldiers attacked the village on Sunday.", "attacked", "2021-06-13"),
        ("On Sunday, soldiers attacked the village.", "attacked", "2021-06-13"),
        ("The minister condemned Sunday's attack.", "attack", "2021-06-13"),
        ("Ten villagers were killed in Sunday's attack.", "killed", "2021-06-13"),
        ("Gunmen carried out an attack on Sunday.", "attack", "2021-06-13"),
        ("Soldiers fired into the crowd on Sunday, killing four.", "killing", "2021-06-13"),
        ("Soldiers began shelling the town on Sunday.", "shelling", "2021-06-13"),
        ("Four people were killed when a bomb exploded on Sunday.", "killed", "2021-06-13"),
        ("Soldiers attacked the village on Sunday and killed four farmers.", "killed", "2021-06-13"),
        ("The army has killed 20 rebels since Sunday.", "killed", "2021-06-13/2021-06-16"),
        ("Rebels shelled the town from Friday to Sunday.", "shelled", "2021-06-11/2021-06-13"),
        ("Four men were wounded after police attacked the camp on Tuesday.", "wounded", "2021-06-15/2021-06-16"),
    ],
)
def test_time_words_of_the_clause(annotated: Annotator, text: str, word: str, expected: str) -> None:
    a = annotated(text, PUBLISHED)
    assert dates(a, event(a, word)) == [expected]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Police said on Sunday that soldiers had attacked the village.", "attacked"),
        ("The minister condemned Sunday's attack.", "condemned"),
        ("Soldiers attacked the village.", "attacked"),
        ("Soldiers attacked the village for three days.", "attacked"),
        ("Soldiers attacked the village before Sunday.", "attacked"),
        ("Police on Sunday arrested a man who killed two farmers.", "killed"),
    ],
)
def test_time_words_of_another_clause_do_not_leak(annotated: Annotator, text: str, word: str) -> None:
    a = annotated(text, PUBLISHED)
    kind = "ACCUSE" if word == "condemned" else "ASSAULT"
    assert dates(a, event(a, word, kind)) == [None]


def test_a_saying_has_its_own_time(annotated: Annotator) -> None:
    a = annotated("The minister warned on Sunday that rebels had attacked the village.", PUBLISHED)
    assert dates(a, event(a, "warned", "THREATEN"), event(a, "attacked")) == ["2021-06-13", None]


def test_an_event_dated_by_another(annotated: Annotator) -> None:
    a = annotated("On 5 June the assembly voted, two days after rebels killed the governor.", PUBLISHED)
    assert dates(a, event(a, "voted", "REQUEST"), event(a, "killed")) == ["2021-06-05", "2021-06-03"]
    a = annotated("Rebels killed the governor two days before the election on 5 June.", PUBLISHED)
    assert dates(a, event(a, "killed")) == ["2021-06-03"]


def test_a_length_without_a_number_dates_nothing(annotated: Annotator) -> None:
    a = annotated("On 5 June the assembly voted, days after rebels killed the governor.", PUBLISHED)
    assert dates(a, event(a, "killed")) == [None]


def test_a_reported_threat_is_of_the_day_of_the_report(annotated: Annotator) -> None:
    a = annotated("On Sunday, the newspaper said the ministry has threatened the rebels.", PUBLISHED)
    assert dates(a, event(a, "threatened", "THREATEN")) == ["2021-06-13"]
    a = annotated("On Sunday, the newspaper said the army has attacked the rebels.", PUBLISHED)
    assert dates(a, event(a, "attacked")) == [None]


def test_a_verdict_is_of_the_day_on_which_it_is_given(annotated: Annotator) -> None:
    a = annotated("On Sunday, the envoy said: “It is cruel and unacceptable that they shell the harbour.”", PUBLISHED)
    assert dates(a, event(a, "unacceptable", "ACCUSE")) == ["2021-06-13"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On Sunday, deputies voted for a resolution that asks the army to leave.", "2021-06-13"),
        ("On Sunday, the council adopted a resolution that asks the army to leave.", "2021-06-13"),
        ("A letter that asks the army to leave was published on Sunday.", "2021-06-13"),
        ("On Sunday, deputies discussed a resolution that asks the army to leave.", None),
        ("On Sunday, the council sent a delegation that asks the army to leave.", None),
    ],
)
def test_a_paper_speaks_on_the_day_on_which_it_is_made(annotated: Annotator, text: str, expected: str | None) -> None:
    a = annotated(text, PUBLISHED)
    assert dates(a, event(a, "asks", "REQUEST")) == [expected]


def test_another_mention_of_the_same_event_takes_its_day(annotated: Annotator) -> None:
    text = "Rebels killed Governor Adan on Sunday. He had ruled for ten years. The killing of Adan shocked the region."
    a = annotated(text, PUBLISHED)
    first = event(a, "killed", roles=(("actor", "Rebels"), ("recipient", "Adan")))
    again = event(a, "killing", roles=(("recipient", "Adan"),))
    found = timings(a, (first, again), expressions(a))
    assert [shown(t) for t in found] == ["2021-06-13", "2021-06-13"]
    assert found[1].when is not None
    assert found[1].when.text == "Sunday"


def test_an_event_of_another_person_does_not(annotated: Annotator) -> None:
    a = annotated("Rebels killed Adan on Sunday. Rebels have killed Barre.", PUBLISHED)
    first = event(a, "killed", roles=(("recipient", "Adan"),))
    other = event(a, "killed", nth=1, roles=(("recipient", "Barre"),))
    assert dates(a, first, other) == ["2021-06-13", None]


def test_another_attack_is_another_event(annotated: Annotator) -> None:
    a = annotated("The camp was hit by an attack on Sunday. Villagers feared another attack.", PUBLISHED)
    assert dates(a, event(a, "attack"), event(a, "attack", nth=1)) == ["2021-06-13", None]


def test_another_name_points_back_to_the_last_such_event(annotated: Annotator) -> None:
    a = annotated("Soldiers shelled the town on Sunday. Officials said the attack lasted three hours.", PUBLISHED)
    assert dates(a, event(a, "shelled"), event(a, "attack")) == ["2021-06-13", "2021-06-13"]
    assert dates(a, event(a, "shelled"), event(a, "attack", "PROTEST")) == ["2021-06-13", None]


def test_a_story_is_told_on(annotated: Annotator) -> None:
    a = annotated("Thousands protested in the capital on Sunday. Protesters threw stones at the police.", PUBLISHED)
    assert dates(a, event(a, "protested", "PROTEST"), event(a, "threw", "PROTEST")) == ["2021-06-13", "2021-06-13"]


def test_background_is_not_part_of_the_story(annotated: Annotator) -> None:
    a = annotated("Thousands protested in the capital on Sunday. Protesters had thrown stones before.", PUBLISHED)
    assert dates(a, event(a, "protested", "PROTEST"), event(a, "thrown", "PROTEST")) == ["2021-06-13", None]


def test_a_visit_of_four_days(annotated: Annotator) -> None:
    a = annotated("The president began a four-day visit on Monday.", PUBLISHED)
    assert dates(a, event(a, "visit", "CONSULT")) == ["2021-06-14/2021-06-17"]
    a = annotated("The president ended a four-day visit on Monday.", PUBLISHED)
    assert dates(a, event(a, "visit", "CONSULT")) == ["2021-06-11/2021-06-14"]


def test_the_words_of_a_day_are_kept_with_their_place(annotated: Annotator) -> None:
    a = annotated("Soldiers attacked the village on Sunday.", PUBLISHED)
    (timing,) = timings(a, (event(a, "attacked"),), expressions(a))
    found = timing.when
    assert found is not None
    assert (found.text, found.basis, found.precision) == ("Sunday", "published", "day")
    assert a.report.text[found.start : found.end] == "Sunday"


def test_why_there_is_no_day(annotated: Annotator) -> None:
    a = annotated("Soldiers attacked the village.", PUBLISHED)
    (timing,) = timings(a, (event(a, "attacked"),), expressions(a))
    assert timing == Timing(None, "no time words in the report")
    a = annotated("Soldiers attacked the village on Sunday.")
    (timing,) = timings(a, (event(a, "attacked"),), expressions(a))
    assert timing.when is None
    assert "publication date is not known" in timing.why


def test_a_time_behind_an_event_noun_is_not_that_of_a_verb_that_tells_of_nothing(annotated: Annotator) -> None:
    a = annotated("The attack was an answer to a strike in Basra eight days ago.", published=PUBLISHED)
    assert dates(a, event(a, "strike"), event(a, "attack")) == ["2021-06-08", None]


def test_what_follows_happens_when_it_follows(annotated: Annotator) -> None:
    a = annotated("The killing of the judge followed on 3 June.", published=PUBLISHED)
    assert dates(a, event(a, "killing")) == ["2021-06-03"]


def test_an_opening_until_with_a_past_behind_it_is_over(annotated: Annotator) -> None:
    a = annotated("Until Monday, officials had rejected the claim.", published=PUBLISHED)
    assert dates(a, event(a, "rejected", "REJECT")) == [None]


def test_a_noun_points_back_to_what_its_modifier_tells_of(annotated: Annotator) -> None:
    text = (
        "Rebels died in an attack by drones on 3 June. Rebels fired missiles at a base on 8 June. "
        "The leader called the missile attack an answer."
    )
    a = annotated(text, published=PUBLISHED)
    found = dates(a, event(a, "attack"), event(a, "fired"), event(a, "attack", nth=1))
    assert found == ["2021-06-03", "2021-06-08", "2021-06-08"]
