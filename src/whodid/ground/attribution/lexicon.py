"""The cue lexicon: which words attribute, in which frames, and whether their content is told in the source's name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Group:
    """A class of cues in one frame. ``reported``: the content is told in the source's name (see ``verbs.yaml``)."""

    name: str
    reported: bool


Frames = dict[str, Group]
"""Frame → the group that the cue belongs to in that frame."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Cues by lemma; what each list means is said in the YAML files."""

    verbs: dict[str, Frames]
    nouns: dict[str, Frames]
    adjectives: dict[str, Frames]
    adverbs: dict[str, Group]
    stance_nouns: dict[str, frozenset[str]]
    media_nouns: frozenset[str]
    light_verbs: frozenset[str]
    according: Group = field(default=Group("according", reported=True))
    colon: Group = field(default=Group("colon", reported=True))
    quotation: Group = field(default=Group("quotation", reported=True))


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    words = _load("words.yaml")
    adverbs = {w: Group(f"adverb-{n}", n == "reported") for n, group in words["adverbs"].items() for w in group}
    return Lexicon(
        verbs=_frames(_load("verbs.yaml")),
        nouns=_frames(words["nouns"]),
        adjectives=_frames({"adjectives": words["adjectives"]}),
        adverbs=adverbs,
        stance_nouns={prep: frozenset(nouns) for prep, nouns in words["stance_nouns"].items()},
        media_nouns=frozenset(words["media_nouns"]),
        light_verbs=frozenset(words["light_verbs"]),
    )


def _load(name: str) -> dict[str, Any]:
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return loaded


def _frames(groups: dict[str, Any]) -> dict[str, Frames]:
    table: dict[str, Frames] = {}
    for name, group in groups.items():
        told, other = Group(name, reported=True), Group(name, reported=False)
        for lemma, frames in _entries(group):
            known = table.setdefault(lemma, {})
            for frame in frames:
                known.setdefault(frame, told if frame in group["reported"] else other)
    return {lemma: frames for lemma, frames in table.items() if frames}


def _entries(group: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    more = group.get("more") or {}
    for lemma in group["words"]:
        if lemma not in more:
            yield lemma, group["frames"]
    yield from more.items()
