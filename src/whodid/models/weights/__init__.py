"""The coder's learned weights: a small encoder with heads, run one sentence at a time by onnxruntime.

A sentence is always run alone. What is found in it therefore depends on nothing else, also where the activations of an
8-bit layer are scaled by what is in the sentence: there is no batch that it could depend on. (And nothing is lost: on
one thread a batch of padded sentences takes longer than its sentences one by one.)
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from whodid.errors import ModelError
from whodid.models.weights.wordpiece import WordPieces

FOLDER = Path(__file__).resolve().parent
"""Where the weights that come with Whodid lie."""

FILES = ("coder.onnx", "vocab.txt", "coder.json")
MOST_PIECES = 510
"""Wordpieces of a sentence that are read; words after them are not judged."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Judged:
    """What the weights say of one sentence. p of the words asked about were read, and n of the parties.

    predicates: of the words asked about, the numbers of those that were read; parties: likewise. type [p, types],
    status [p, statuses], historical [p] and role [p, n, roles] are probabilities; mode [p, modes] are logits, of which
    only those of one type are to be compared.
    """

    predicates: tuple[int, ...]
    parties: tuple[int, ...]
    type: Floats
    mode: Floats
    status: Floats
    historical: Floats
    role: Floats


_NONE = np.zeros((0, 0), dtype=np.float32)
NOTHING = Judged((), (), _NONE, _NONE, _NONE, _NONE[:, 0:0].reshape(0), _NONE.reshape(0, 0, 0))
"""Of a sentence of which nothing was asked or read."""


class Judge(Protocol):
    """What can judge the words of a sentence: :class:`Weights`, or something else in a test."""

    @property
    def about(self) -> Mapping[str, Any]:
        """The labels of each head, the words of the training data, the combination with the rules."""
        ...

    def judge(self, words: Sequence[str], predicates: Sequence[int], parties: Sequence[int]) -> Judged:
        """What one sentence tells; ``predicates`` and ``parties`` are indexes of ``words``."""
        ...


def missing(folder: Path = FOLDER) -> list[str]:
    """The files of :data:`FILES` that are not there."""
    return [name for name in FILES if not (folder / name).is_file()]


class Weights:
    """The weights of a folder. Loaded at the first sentence; one thread."""

    def __init__(self, folder: Path = FOLDER) -> None:
        if gone := missing(folder):
            raise ModelError(
                f"the coder's weights are not complete: {folder} has no {', '.join(gone)}. "
                "Set WHODID_CODER to `rules`, or make them with `make train`"
            )
        self._folder = folder

    @cached_property
    def about(self) -> Mapping[str, Any]:
        """coder.json: the labels of each head, the words of the training data, the combination with the rules."""
        found: dict[str, Any] = json.loads((self._folder / "coder.json").read_text(encoding="utf-8"))
        return found

    @cached_property
    def _session(self) -> Any:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        path = str(self._folder / "coder.onnx")
        try:
            return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime has a class of its own for each kind of broken file
            raise ModelError(
                f"{path} does not load: {error}. Install Whodid again, or make it with `make train`"
            ) from error

    @cached_property
    def _pieces(self) -> WordPieces:
        return WordPieces(self._folder / "vocab.txt")

    def judge(self, words: Sequence[str], predicates: Sequence[int], parties: Sequence[int]) -> Judged:
        """What one sentence tells. ``predicates`` and ``parties`` are indexes of the ``words`` in question."""
        ids, places = self._pieces.of(words, MOST_PIECES)
        asked = [[(n, p) for n, i in enumerate(some) if (p := places[i]) is not None] for some in (predicates, parties)]
        if not asked[0]:
            return NOTHING
        feed = {
            "ids": np.array([ids], dtype=np.int64),
            "predicates": np.array([p for _, p in asked[0]], dtype=np.int64),
            "nouns": np.array([p for _, p in asked[1]], dtype=np.int64),
        }
        type, mode, status, historical, role = self._session.run(None, feed)
        return Judged(
            predicates=tuple(n for n, _ in asked[0]),
            parties=tuple(n for n, _ in asked[1]),
            type=softmax(type),
            mode=mode,
            status=softmax(status),
            historical=softmax(historical)[:, 1],
            role=softmax(role),
        )


def softmax(logits: Floats) -> Floats:
    """Probabilities along the last axis."""
    if not logits.size:
        return logits
    e = np.exp(logits - logits.max(-1, keepdims=True))
    out: Floats = e / e.sum(-1, keepdims=True)
    return out
