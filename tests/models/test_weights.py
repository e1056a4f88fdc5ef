"""Wordpieces, and the weights that come with the program."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from whodid.errors import ModelError
from whodid.models.weights import FOLDER, Weights, missing, softmax
from whodid.models.weights.wordpiece import WordPieces

VOCABULARY = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "pro", "##test", "##ers", "in", "elm", "-", ".", "cafe")


@pytest.fixture
def pieces(tmp_path: Path) -> WordPieces:
    file = tmp_path / "vocab.txt"
    file.write_text("\n".join(VOCABULARY), encoding="utf-8")
    return WordPieces(file)


def names(ids: list[int]) -> list[str]:
    return [VOCABULARY[i] for i in ids]


def test_words_are_cut_into_the_longest_pieces(pieces: WordPieces) -> None:
    ids, places = pieces.of(["Protesters", "in", "Elm", "."], 512)
    assert names(ids) == ["[CLS]", "pro", "##test", "##ers", "in", "elm", ".", "[SEP]"]
    assert places == [1, 4, 5, 6]


def test_accents_marks_spaces_and_unknown_words(pieces: WordPieces) -> None:
    ids, places = pieces.of(["Café", "\n", "pro-Elm", "xyz"], 512)
    assert names(ids) == ["[CLS]", "cafe", "pro", "-", "elm", "[UNK]", "[SEP]"]
    assert places == [1, None, 2, 5]


def test_words_that_do_not_fit_have_no_place(pieces: WordPieces) -> None:
    ids, places = pieces.of(["in", "Protesters", "in"], 4)
    assert names(ids) == ["[CLS]", "in", "[SEP]"]
    assert places == [1, None, None]


def test_probabilities_sum_to_one() -> None:
    rows = softmax(np.array([[1.0, 2.0, 900.0], [0.0, 0.0, 0.0]], dtype=np.float32))
    assert rows.sum(-1) == pytest.approx([1, 1])
    assert rows[1] == pytest.approx([1 / 3] * 3)


def test_a_folder_that_is_not_complete_is_named(tmp_path: Path) -> None:
    (tmp_path / "vocab.txt").touch()
    assert missing(tmp_path) == ["coder.onnx", "coder.json"]
    with pytest.raises(ModelError, match=r"has no coder.onnx, coder.json.*WHODID_CODER to `rules`"):
        Weights(tmp_path)


def test_a_broken_file_says_what_to_do(tmp_path: Path) -> None:
    for name in ("coder.onnx", "vocab.txt", "coder.json"):
        (tmp_path / name).write_text("{}" if name.endswith("json") else "[CLS]\n[SEP]\nword", encoding="utf-8")
    with pytest.raises(ModelError, match="does not load"):
        Weights(tmp_path).judge(["word"], [0], [])


def test_the_weights_are_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir() if path.is_file()) < 30_000_000


@pytest.mark.model
def test_a_sentence_is_judged() -> None:
    words = ["Rebels", "shelled", "the", "town", "on", "Monday", "."]
    judged = Weights().judge(words, [1, 3], [0, 3])
    types = Weights().about["types"]
    assert types[int(judged.type[0].argmax())] == "ASSAULT"
    assert types[int(judged.type[1].argmax())] == "none"
    assert judged.role.shape == (2, 2, 3)
    assert judged.role[0].argmax(-1).tolist() == [1, 2]
    assert judged.type.sum(-1) == pytest.approx([1, 1])


@pytest.mark.model
def test_a_sentence_without_a_word_to_ask_about() -> None:
    assert Weights().judge(["So", "it", "is"], [], [1]).predicates == ()
