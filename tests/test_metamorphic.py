"""The same news told in other words: a rewriting changes what it should, and nothing else.

Each pair of ``metamorphic.yaml`` goes through the whole pipeline. Between the two, active turns passive, direct speech
indirect, a loaded word neutral, or the outlet gets another name; the claims must keep type, status, roles, time, place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import make_report
from whodid.models.spacy_parser import SpacyParser
from whodid.records import Actor, Claim, Coded
from whodid.run.coder import Coder, wire
from whodid.run.inputs import inputs

pytestmark = pytest.mark.model

THURSDAY = "2021-03-18"
PAIRS = yaml.safe_load((Path(__file__).parent / "metamorphic.yaml").read_text(encoding="utf-8"))
OUTLETS = ["Sarv News", "The Potomac Ledger", "Lantern Rights Bulletin"]

Code = Callable[[str], tuple[Claim, ...]]


@pytest.fixture(scope="module")
def coder(parser: SpacyParser) -> Coder:
    return wire(parser, "plover-2.0")


@pytest.fixture(scope="module")
def code(coder: Coder) -> Code:
    """``code(text)``: its claims, of which there must be one."""

    def claims(text: str) -> tuple[Claim, ...]:
        (output,) = coder([make_report(text, THURSDAY, "Harbour Gazette")])
        assert isinstance(output, Coded) and output.claims, f"no claim in “{text}”"
        return tuple(sorted(output.claims, key=lambda c: (c.type, c.trigger.start)))

    return claims


def pairs(kind: str) -> list[Any]:
    """The pairs of one kind, each under its first text; what is known to be wrong must fail."""
    return [
        pytest.param(
            pair,
            id=next(iter(pair.values())),
            marks=[pytest.mark.xfail(strict=True, reason=pair["wrong"])] if "wrong" in pair else [],
        )
        for pair in PAIRS[kind]
    ]


# ---------------------------------------------------------------- what must stay

_DETERMINER = re.compile(r"^(the|a|an|our|my|his|her|its|their) ")

Swaps = Sequence[tuple[str, str]]


def plain(text: str) -> str:
    return _DETERMINER.sub("", text.lower())


def identity(actor: Actor, swaps: Swaps) -> tuple[str, str | None, tuple[str, ...]]:
    """Who an actor is: the id; of somebody without one the words, with what was swapped in them."""
    words = plain(actor.text)
    for old, new in swaps:
        words = words.replace(old, new)
    return (actor.id or words, actor.country, actor.sectors)


def kept(claims: Collection[Claim], swaps: Swaps = ()) -> list[dict[str, Any]]:
    """The fields of claims that no rewriting here may change."""
    return [
        {
            "type": claim.type,
            "status": claim.status,
            "historical": claim.historical,
            "actors": {identity(actor, swaps) for actor in claim.actors},
            "recipients": {identity(actor, swaps) for actor in claim.recipients},
            "when": (claim.when.first, claim.when.last, claim.when.precision) if claim.when else None,
            "where": (claim.where.name, claim.where.geonameid) if claim.where else None,
            "speaker": (claim.said_by.speaker.id or plain(claim.said_by.speaker.text))
            if claim.said_by.speaker
            else None,
            "counts": [(count.what, count.low, count.high) for count in claim.counts],
        }
        for claim in claims
    ]


def kind(claims: Collection[Claim]) -> list[tuple[str | None, tuple[str, ...]]]:
    return [(claim.mode, claim.contexts) for claim in claims]


def voices(claims: Collection[Claim]) -> list[str]:
    return [claim.said_by.voice for claim in claims]


# ---------------------------------------------------------------- the rewritings


@pytest.mark.parametrize("pair", pairs("passive"))
def test_a_passive_changes_the_trigger_and_the_ids_alone(pair: dict[str, str], code: Code) -> None:
    before, after = code(pair["active"]), code(pair["passive"])
    assert kept(before) == kept(after)
    assert kind(before) == kind(after)
    assert voices(before) == voices(after)
    assert {c.id for c in before}.isdisjoint(c.id for c in after)


@pytest.mark.parametrize("pair", pairs("indirect"))
def test_indirect_speech_changes_the_voice_alone(pair: dict[str, str], code: Code) -> None:
    before, after = code(pair["direct"]), code(pair["indirect"])
    assert kept(before) == kept(after)
    assert kind(before) == kind(after)
    assert set(voices(before)) == {"quoted"}
    assert set(voices(after)) == {"paraphrased"}
    assert all(c.said_by.speaker for c in (*before, *after))


@pytest.mark.parametrize("pair", pairs("swaps"))
def test_a_neutral_word_changes_no_event(pair: dict[str, Any], code: Code) -> None:
    neutral = pair["text"]
    for old, new in pair["swaps"].items():
        assert neutral.count(old) == 1, f"“{old}” is not once in “{neutral}”"
        neutral = neutral.replace(old, new)
    before, after = code(pair["text"]), code(neutral)
    assert kept(before, [(old.lower(), new.lower()) for old, new in pair["swaps"].items()]) == kept(after)
    assert voices(before) == voices(after)
    brought = set(pair.get("contexts", []))
    assert brought <= {context for c in before for context in c.contexts}
    assert [set(c.contexts) - brought for c in before] == [set(c.contexts) for c in after]
    modes = ([c.mode for c in before], [c.mode for c in after])
    if "modes" in pair:
        first, second = pair["modes"]
        assert modes == ([first] * len(before), [second] * len(after))
    else:
        assert modes[0] == modes[1]


# ---------------------------------------------------------------- the outlet's name


def unnamed(claim: Claim) -> dict[str, Any]:
    """A claim without ids and publisher."""
    dumped = claim.model_dump(exclude={"id", "event"})
    for name in ("id", "publisher"):
        del dumped["report"][name]
    return dumped


def test_another_publisher_changes_its_name_and_the_ids_alone(coder: Coder, tmp_path: Path) -> None:
    texts = [PAIRS["passive"][0]["active"], PAIRS["indirect"][0]["direct"], *(p["text"] for p in PAIRS["swaps"][:8])]
    by_outlet = []
    for outlet in OUTLETS:
        file = tmp_path / f"{outlet}.jsonl"
        given = {"publisher": outlet, "date": THURSDAY, "url": "https://news.example/1"}
        file.write_text("\n".join(json.dumps({"text": text, **given}) for text in texts), encoding="utf-8")
        coded = coder(inputs([file], None, 10_000, None))
        by_outlet.append([c for output in coded if isinstance(output, Coded) for c in output.claims])
        assert {c.report.publisher for c in by_outlet[-1]} == {outlet}
    first, *others = by_outlet
    assert len({c.report.id for c in first}) == len(texts)
    for claims in others:
        assert [unnamed(c) for c in claims] == [unnamed(c) for c in first]
        assert {c.id for c in claims}.isdisjoint(c.id for c in first)


@pytest.mark.parametrize("pair", pairs("names"))
def test_another_name_in_the_text_changes_no_event(pair: dict[str, Any], code: Code) -> None:
    first, second = pair["names"]
    before, after = code(pair["text"].format(first)), code(pair["text"].format(second))
    assert kept(before) == kept(after)
    assert kind(before) == kind(after)
    assert voices(before) == voices(after)
