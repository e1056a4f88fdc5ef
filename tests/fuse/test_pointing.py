"""What the words of one report say of its claims, by claims built by hand."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from tests.builders import claim, quote, report
from whodid.fuse import features_of
from whodid.fuse.pointing import form_of, pointings
from whodid.records import Claim, Quote


def told(text: str, *triggers: str, **fields: object) -> list[Claim]:
    """A claim of an attack for each trigger, ids 0, 1, …; a trigger is looked for after the one before it."""
    of, found, at = report(text), [], 0
    for number, words in enumerate(triggers):
        at = text.index(words, at)
        start = max(text.rfind(end, 0, at) for end in (". ", "\n\n")) + 2 if re.search(r"\. |\n\n", text[:at]) else 0
        stop = min(n for n in (text.find(".", at) + 1, text.find("\n\n", at), len(text)) if n > 0)
        sentence = Quote(text=text[start:stop], start=start, end=stop)
        trigger = Quote(text=words, start=at, end=at + len(words))
        given = {"type": "ASSAULT", "mode": None, "content": None, "when": None, "where": None, "counts": (),
                 "actors": (), "recipients": (), "historical": False}  # fmt: skip
        found.append(claim(of, id=f"{number:016d}", sentence=sentence, trigger=trigger, **{**given, **fields}))
    return found


@pytest.mark.parametrize(
    ("text", "trigger", "form"),
    [
        ("The attack lasted an hour.", "attack", "bare"),
        ("He described the missile attack as a crime.", "attack", "bare"),
        ("The attack on the base lasted an hour.", "attack", "definite"),
        ("Four died in an air raid.", "raid", "one"),
        ("It was the second raid in a week.", "raid", "new"),
        ("Another attack followed.", "attack", "new"),
        ("The police attacked them.", "attacked", ""),
        ("He said the president had ordered the strike.", "ordered the strike", "bare"),
        ("Near the base in a raid four died.", "raid", "one"),
    ],
)
def test_how_a_happening_is_named(text: str, trigger: str, form: str) -> None:
    assert form_of(told(text, trigger)[0]) == form


def points(claims: Sequence[Claim]) -> list[str]:
    """The antecedent of each claim, "" for none."""
    found = pointings(claims, set())
    return [found[c.id].antecedent.lstrip("0") or ("0" if found[c.id].antecedent else "") for c in claims]


def test_a_bare_noun_points_to_the_last_that_it_may_mean() -> None:
    text = "Rebels bombed a bridge. Gunmen shot dead two reporters. A union asked for an inquiry into the killing."
    assert points(told(text, "bombed", "shot dead", "killing")) == ["", "", "1"]


def test_modifiers_say_which_one_it_points_to() -> None:
    text = "They fired missiles at a base. Drones struck a depot. The governor called the missile attack a crime."
    assert points(told(text, "fired", "struck", "attack")) == ["", "", "0"]


def test_several_are_not_the_one_before() -> None:
    text = "Gunmen attacked a post. The attacks frightened the town."
    assert points(told(text, "attacked", "attacks")) == ["", ""]


@pytest.mark.parametrize(
    ("text", "triggers", "tied"),
    [
        ("The killing of Judge Amadi in a drone strike was condemned.", ("killing", "strike"), True),
        ("Six people died when missiles hit their cars.", ("died", "hit"), True),
        ("A drone strike killed the judge.", ("strike", "killed"), True),
        ("Shells hit the town, killing nine.", ("hit", "killing"), True),
        ("The attack was their retaliation.", ("attack", "retaliation"), True),
        ("The attack, in which nine died, lasted an hour.", ("attack", "died"), True),
        ("They bombed a depot after a raid on the town.", ("bombed", "raid"), False),
        ("Rebels attacked a post and soldiers killed a farmer.", ("attacked", "killed"), False),
    ],
)
def test_grammar_makes_one_happening(text: str, triggers: tuple[str, str], tied: bool) -> None:
    claims = told(text, *triggers)
    found = pointings(claims, set())
    assert (found[claims[0].id].tied == (claims[1].id,)) is tied
    assert (found[claims[1].id].tied == (claims[0].id,)) is tied


def test_what_comes_after_is_told_apart() -> None:
    claims = told("They bombed a depot after a raid on the town.", "bombed", "raid")
    found = pointings(claims, {frozenset((claims[0].id, claims[1].id))})
    assert found[claims[0].id].after == (claims[1].id,)


def test_a_headline_is_known() -> None:
    text = "Rebels attack a post\n\nRebels attacked a post near the river."
    head, lead = features_of(told(text, "attack", "attacked"))
    assert (head.headline, lead.headline) == (True, False)
    assert quote(text, "attack").start == head.start
