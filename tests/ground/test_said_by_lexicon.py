"""The cue lexicon is well formed."""

from __future__ import annotations

from importlib import resources
from typing import Any

import pytest
import yaml

from whodid.ground.attribution.lexicon import lexicon

FRAMES = {"that", "quote", "tag", "inf", "whom-inf", "ing", "np", "as", "small", "raise"}
PREPOSITIONS = {"of", "about", "for", "on", "to", "with", "at", "in", "against", "over"}


class Strict(yaml.SafeLoader):
    """Refuses a key that is given twice, of which YAML silently takes the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = {key for key in keys if keys.count(key) > 1}
        assert not twice, f"given twice: {twice}"
        return super().construct_mapping(node, deep)


@pytest.mark.parametrize("name", ["verbs.yaml", "words.yaml"])
def test_no_key_is_given_twice(name: str) -> None:
    text = resources.files("whodid.ground.attribution").joinpath(name).read_text(encoding="utf-8")
    assert yaml.load(text, Loader=Strict)


def test_every_frame_is_one_that_is_read() -> None:
    words = lexicon()
    for table in (words.verbs, words.nouns, words.adjectives):
        for lemma, frames in table.items():
            assert isinstance(lemma, str), f"{lemma!r} is no word (quote it in the YAML)"
            for frame in frames:
                assert frame.removeprefix("whom-") in FRAMES | PREPOSITIONS, f"{lemma}: {frame!r}"


def test_a_word_is_told_in_the_source_s_name_only_in_the_frames_that_say_so() -> None:
    verbs = lexicon().verbs
    assert verbs["say"]["that"].reported
    assert verbs["accuse"]["whom-of"].reported
    assert not verbs["want"]["inf"].reported
    assert not verbs["condemn"]["np"].reported
    assert not verbs["urge"]["whom-inf"].reported


def test_the_lexicon_is_read_once() -> None:
    assert lexicon() is lexicon()
