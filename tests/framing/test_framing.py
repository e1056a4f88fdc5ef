"""Loaded words in real parses: which words, whose, and of whom."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Annotator
from whodid.framing import LoadedWord, framing
from whodid.ground.said_by import attributions

pytestmark = pytest.mark.model

Words = Callable[[str], tuple[LoadedWord, ...]]


@pytest.fixture(scope="module")
def words(annotated: Annotator) -> Words:
    def find(text: str) -> tuple[LoadedWord, ...]:
        a = annotated(text, publisher="Harbour Gazette")
        return framing(a, attributions(a))

    return find


def one(found: tuple[LoadedWord, ...], text: str) -> LoadedWord:
    (word,) = (w for w in found if w.quote.text == text)
    return word


@pytest.mark.parametrize(
    ("text", "words_", "term"),
    [
        ("The regime in Avalon closed two ports.", "regime", "regime"),
        ("Freedom fighters held the bridge for a week.", "Freedom fighters", "freedom fighter"),
        ("A fighter of the northern army was wounded.", "fighter", "fighter"),
        ("The brigadier was assassinated in his car on Sunday.", "assassinated", "assassination"),
        ("Seventeen conscripts were martyred near the dam.", "martyred", "martyred"),
        ("The air force neutralised six militants near the dam.", "neutralised", "neutralised"),
        ("Its special military operation began in February.", "special military operation", "special operation"),
        ("Settlers from a nearby outpost burned olive trees.", "outpost", "outpost"),
        ("They live in the occupied territories.", "occupied", "occupied"),
        ("The court freed an illegal immigrant on Monday.", "illegal immigrant", "illegal migrant"),
        ("The anti-terrorist operation went on for a week.", "anti-terrorist operation", "security operation"),
    ],
)
def test_words_are_found_by_lemma_and_the_longest_wins(text: str, words_: str, term: str, words: Words) -> None:
    word = one(words(text), words_)
    assert (word.term, word.voice) == (term, "outlet")
    assert text[word.quote.start : word.quote.end] == words_
    assert word.sentence.text == text


@pytest.mark.parametrize(
    "text",
    [
        "The sanctions regime was extended by a year.",
        "The air force lost a fighter jet over the bay.",
        "The execution of the plan took two years.",
        "They met in Martyrs' Square at noon.",
        "The Popular Liberation Front won four seats.",
        "The parties reached a settlement of the trade dispute.",
        "The club built a wall around its garden.",
        "She is an expert on extrajudicial executions.",
        "The aid group was accused of character assassination.",
        "The new rules eliminate the tariff on steel.",
    ],
)
def test_other_senses_and_names_are_left_alone(text: str, words: Words) -> None:
    assert [w.quote.text for w in words(text) if w.lean != "neutral"] == []


@pytest.mark.parametrize(
    ("text", "words_", "voice", "speaker"),
    [
        ("The terrorists fled, the colonel said.", "terrorists", "paraphrased", "the colonel"),
        ("The colonel said that the terrorists had fled.", "terrorists", "paraphrased", "The colonel"),
        ("“The regime will fall,” said Ana Torres.", "regime", "quoted", "Ana Torres"),
        ("The paper's “martyrs” were soldiers on leave.", "martyrs", "quoted", None),
        ("The so-called liberation took eleven weeks.", "liberation", "paraphrased", None),
        ("The bill designates the union's members as terrorists.", "terrorists", "paraphrased", "The bill"),
        ("The minister labelled the strikers terrorists.", "terrorists", "paraphrased", "The minister"),
        ("The premier condemned the raid as an act of aggression.", "aggression", "paraphrased", "The premier"),
        ("Avalon condemned the assassination of the envoy.", "assassination", "paraphrased", "Avalon"),
        ("The terrorists said that they would not leave.", "terrorists", "outlet", None),
        ("The assassination of the envoy shocked Avalon.", "assassination", "outlet", None),
    ],
)
def test_only_what_the_outlet_says_itself_is_its_own(
    text: str, words_: str, voice: str, speaker: str | None, words: Words
) -> None:
    word = one(words(text), words_)
    assert (word.voice, word.speaker.text if word.speaker else None) == (voice, speaker)


@pytest.mark.parametrize(
    ("text", "words_", "about"),
    [
        ("The assassination of General Omar Haddad followed.", "assassination", "General Omar Haddad"),
        ("Gunmen murdered the mayor on Sunday.", "murdered", "the mayor"),
        ("The mayor was martyred on Sunday.", "martyred", "The mayor"),
        ("The martyred general was buried on Sunday.", "martyred", "general"),
        ("Terrorist groups hold the road.", "Terrorist", "groups"),
        ("Omar Haddad, a terrorist, fled to the coast.", "terrorist", "Omar Haddad"),
        ("The men were terrorists.", "terrorists", "The men"),
        ("The Syrian regime closed two ports.", "regime", "Syrian"),
        ("They mourn the driver, whom the troops murdered at noon.", "murdered", "the driver"),
        ("Sunday's massacre shocked the valley.", "massacre", None),
        ("There was a massacre.", "massacre", None),
    ],
)
def test_of_whom_it_is_said(text: str, words_: str, about: str | None, words: Words) -> None:
    word = one(words(text), words_)
    assert (word.about.text if word.about else None) == about
    if word.about:
        assert text[word.about.start : word.about.end] == about


def test_a_headline_in_capitals_holds_words_and_no_names(words: Words) -> None:
    found = words("Regime Troops Shell Border Town\n\nThe town was quiet on Monday.")
    assert one(found, "Regime").term == "regime"


def test_neutral_words_are_found_for_the_comparison(words: Words) -> None:
    first, *_ = words("The government said nothing about the killing.")
    assert (first.term, first.lean) == ("government", "neutral")


def test_a_text_without_words_gives_none(words: Words) -> None:
    assert words("It rained.") == ()
