from __future__ import annotations

from itertools import chain

import pytest

from whodid.errors import OntologyError
from whodid.framing import things
from whodid.framing.lexicon import patterns, read_things

CONTESTED = {
    "government": {"regime", "administration", "government"},
    "armed_opponents": {"terrorist", "militant", "insurgent", "fighter", "freedom fighter"},
    "killing": {"assassination", "killing", "targeted killing", "execution", "murder"},
    "dying": {"martyred", "killed", "died", "neutralised", "eliminated"},
    "settlements": {"settler", "settlement", "neighbourhood", "outpost"},
    "barrier": {"wall", "barrier", "fence"},
    "gaining_territory": {"annexation", "reunification", "incorporation"},
    "invasion": {"invasion", "special operation", "intervention", "liberation"},
    "taking_power": {"coup", "uprising", "change of power"},
    "policing": {"crackdown", "security operation", "pacification"},
    "migrants": {"illegal migrant", "irregular migrant", "undocumented migrant"},
    "captives": {"hostage", "prisoner", "detainee"},
}


@pytest.mark.parametrize("key", CONTESTED)
def test_a_contested_thing_has_every_sides_words(key: str) -> None:
    (thing,) = (t for t in things() if t.key == key)
    assert CONTESTED[key] <= {term.term for term in thing.terms}


@pytest.mark.parametrize("thing", things(), ids=lambda t: t.key)
def test_an_entry_is_whole(thing: object) -> None:
    (entry,) = (t for t in things() if t is thing)
    assert len({t.term for t in entry.terms}) == len(entry.terms)
    assert any(t.lean == "neutral" for t in entry.terms), "there is no neutral word"
    assert len({t.lean for t in entry.terms}) > 1, "nothing is contested"
    for term in entry.terms:
        assert (term.by is None) == (term.lean == "neutral"), f"{term.term}: who prefers it?"


def test_no_words_stand_for_two_things() -> None:
    seen: dict[tuple[tuple[str, ...], str | None], str] = {}
    for pattern in chain.from_iterable(patterns().values()):
        key = (pattern.words, pattern.pos)
        assert key not in seen, f"{' '.join(pattern.words)}: {seen[key]} and {pattern.term.term}"
        seen[key] = pattern.term.term


def test_the_longest_pattern_comes_first() -> None:
    lengths = [len(p.words) for p in patterns()["security"]]
    assert len(lengths) > 2 and lengths == sorted(lengths, reverse=True)


ENTRY = """
bridge:
  name: a bridge
  sources: [a guide]
  terms:
    - {term: span, lean: neutral, words: [span]}
    - {term: eyesore, lean: LEAN, by: neighbours, words: [eyesore], unless: [open-air], with: [river], near: [town]}
"""


def test_an_entry_is_read() -> None:
    (thing,) = read_things("x.yaml", ENTRY.replace("LEAN", "condemns"))
    span, eyesore = thing.terms
    assert (thing.key, thing.name, thing.sources, span.by) == ("bridge", "a bridge", ("a guide",), None)
    assert (eyesore.unless, eyesore.beside, eyesore.near) == ({"open-air"}, {"river"}, {"town"})


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("LEAN", "ugly", r"framing/lexicon/x.yaml: bridge.terms.1.lean: .*'neutral'.*; found 'ugly'"),
        ("sources: [a guide]", "sources: []", r"x.yaml: bridge.sources: .*at least 1"),
        ("near: [town]", "far: [town]", r"x.yaml: bridge.terms.1.far: Extra inputs"),
    ],
)
def test_an_entry_of_another_shape_says_where(old: str, new: str, message: str) -> None:
    text = ENTRY.replace(old, new).replace("LEAN", "condemns")
    with pytest.raises(OntologyError, match=message):
        read_things("x.yaml", text)
