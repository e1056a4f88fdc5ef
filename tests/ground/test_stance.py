"""The speaker's stance to a claim, on real parses."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

import pytest

from whodid.ground.attribution.lexicon import lexicon
from whodid.ground.attribution.stance import stances
from whodid.ground.said_by import attributions, said_by
from whodid.records import Annotated, SaidBy, Stance

Annotator = Callable[..., Annotated]


def said(a: Annotated, word: str) -> SaidBy:
    start = a.report.text.index(word)
    head = next(t.i for t in a.tokens if t.start == start)
    return said_by(a, start, start + len(word), head, attributions(a))


STANCES = [
    ("Troops shelled the harbour.", "shelled", None),
    ("Troops shelled the harbour, officials said.", "shelled", "asserts"),
    ("“Troops shelled the harbour,” the mayor said.", "shelled", "asserts"),
    ("According to the mayor, troops shelled the harbour.", "shelled", "asserts"),
    ("The ministry denied that soldiers burned the town.", "burned", "denies"),
    ("The ministry denied burning the town.", "burning", "denies"),
    ("The ministry's denial that soldiers burned the town is old.", "burned", "denies"),
    ("The ministry rejected claims that soldiers burned the town.", "burned", "denies"),
    ("Claims that soldiers burned the town were dismissed by the ministry.", "burned", "denies"),
    ("Rebels claimed that the army had attacked the convoy.", "attacked", "doubts"),
    ("It was alleged that soldiers burned the town.", "burned", "doubts"),
    ("Soldiers purportedly burned the town.", "burned", "doubts"),
    ("Soldiers reportedly burned the town.", "burned", "doubts"),
    ("Soldiers apparently burned the town.", "burned", "doubts"),
    ("The alleged attack on the convoy shocked the valley.", "attack", "doubts"),
    ("The so-called massacre shocked the valley.", "massacre", "doubts"),
    ("The deadly attack on the convoy shocked the valley.", "attack", None),
    ("The minister doubted that rebels had attacked the convoy.", "attacked", "doubts"),
    ("The minister is not sure that rebels attacked the convoy.", "attacked", "doubts"),
    ("The minister said he doubted that rebels had attacked the convoy.", "attacked", "doubts"),
    ("The minister said he did not believe that rebels had attacked the convoy.", "attacked", "denies"),
    ("The ministry did not confirm that soldiers burned the town.", "burned", "doubts"),
    ("The ministry does not dispute that soldiers burned the town.", "burned", "asserts"),
    ("The mayor was not surprised that soldiers burned the town.", "burned", "asserts"),
    ("The mayor did not know that soldiers burned the town.", "burned", "asserts"),
    ("There is no doubt that soldiers burned the town.", "burned", "asserts"),
    ("“We condemn the killing of the farmers and the arrest of their sons,” the bishop said.", "arrest", "condemns"),
    ("“We welcome the release of the miners,” the union said.", "release", "supports"),
    ("The envoy condemned the shelling of the port.", "shelling", None),
    ("The minister said the envoy had condemned the shelling of the port.", "shelling", "asserts"),
    ("The opposition accused the police of beating boys.", "beating", "asserts"),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "word", "stance"), STANCES)
def test_stance(annotated: Annotator, text: str, word: str, stance: Stance | None) -> None:
    assert said(annotated(text), word).stance == stance


@pytest.mark.model
def test_both_sides_of_a_contradiction_keep_their_stance(annotated: Annotator) -> None:
    a = annotated("The opposition said soldiers burned the town. The ministry denied that soldiers had burnt it.")
    accuser, denier = said(a, "burned"), said(a, "burnt")
    assert accuser.speaker is not None and denier.speaker is not None
    assert (accuser.speaker.text, accuser.stance) == ("The opposition", "asserts")
    assert (denier.speaker.text, denier.stance) == ("The ministry", "denies")


@pytest.mark.model
def test_a_neutral_verb_in_place_of_a_loaded_one_changes_the_stance_alone(annotated: Annotator) -> None:
    plain, loaded = (said(annotated(f"Rebels {verb} that the army left."), "left") for verb in ("said", "claimed"))
    assert plain.stance == "asserts" and loaded.stance == "doubts"
    assert plain.voice == loaded.voice and plain.speaker == loaded.speaker


def test_every_list_is_of_words_and_every_stance_is_one() -> None:
    s = stances()
    assert set(s.words.values()) == set(get_args(Stance)) - {"asserts"}
    assert set(s.groups.values()) | set(s.negated.values()) <= set(get_args(Stance))
    words = {*s.words, *s.refusing, *s.negators, *s.negated, *s.adjectives, *s.adverbs}
    assert all(isinstance(word, str) for word in words), "quote the words that YAML takes for something else"


def test_every_group_of_the_stances_is_one_of_the_lexicon() -> None:
    words = lexicon()
    groups = {
        g.name for table in (words.verbs, words.nouns, words.adjectives) for f in table.values() for g in f.values()
    }
    groups |= {g.name for g in words.adverbs.values()} | {words.according.name, words.colon.name, words.quotation.name}
    assert set(stances().groups) <= groups
    assert stances().quoted <= groups
