"""The named entities of a spaCy pipeline, as its own weights decide on them, without its loop.

spaCy's recognizer goes through a text word by word and asks at each word of every move (to begin, go on with, end or be
an entity of each label: 74 in English) whether it may be made, which takes a third of the time of a whole parse. Yet
outside an entity what a move scores depends on the word alone, so that all words of a batch are weighed by one product
of matrices; and inside one there are only two moves, to go on or to end. The moves and what forbids them are those of
spaCy's transition system for entities (``spacy/pipeline/_parser_internals/ner.pyx``), its greedy search is kept, and a
test holds the two to the same entities. docs/decisions/0023-entities-at-once.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

_FEATURES = 3
"""What a score depends on: the word, and inside an entity its first word and the word before."""

Floats = NDArray[np.float32]


class Entities:
    """Sets the entities of documents that have everything else. Raises ValueError for a pipeline whose recognizer works
    in another way than the one described above; that one has to do it itself."""

    def __init__(self, nlp: Any) -> None:
        ner = _recognizer(nlp)
        self._tok2vec, self._lower, upper = (ner.model.get_ref(name) for name in ("tok2vec", "lower", "upper"))
        self._bias: Floats = self._lower.get_param("b")
        self._weights: Floats = upper.get_param("W")
        self._upper_bias: Floats = upper.get_param("b")
        names = [ner.moves.get_class_name(n) for n in range(ner.moves.n_moves)]
        self._moves = [(name[:1], name[2:]) for name in names]
        of = {pair: n for n, pair in enumerate(self._moves)}
        self._inside = {label: [of["I", label], of["L", label]] for move, label in self._moves if move == "B"}
        self._begins = np.array([move == "B" for move, _ in self._moves])
        self._never = np.array([move in "MIL" or (move, label) == ("U", "") for move, label in self._moves])
        self._names = np.array([move in "BU" for move, _ in self._moves])

    def mark(self, docs: Sequence[Any]) -> None:
        """Set the entities of parsed documents (``spacy.tokens.Doc``) that have none yet."""
        from spacy.tokens import Span

        docs = [doc for doc in docs if len(doc)]
        if not docs:
            return
        parts = self._lower.predict(self._tok2vec.predict(docs))  # [1 + words of all docs, features, hidden, pieces]
        padding, parts = parts[0], parts[1:]
        spaces, ends = _spaces_and_ends(docs)
        best = self._outside(parts, padding, spaces, ends)
        first = 0
        for doc in docs:
            last = first + len(doc)
            found = self._entities(best[first:last], parts[first:last], ends[first:last])
            doc.set_ents([Span(doc, start, end, label=label) for start, end, label in found], default="outside")
            first = last

    def _outside(self, parts: Floats, padding: Floats, spaces: NDArray[Any], ends: NDArray[Any]) -> list[int]:
        """The best move at each word if no entity is open before it."""
        hidden = (parts[:, 0] + padding[1] + padding[2] + self._bias).max(-1)
        scores: Floats = hidden @ self._weights.T + self._upper_bias
        scores[:, self._never] = -np.inf
        scores[np.ix_(spaces, self._names)] = -np.inf
        scores[np.ix_(ends, self._begins)] = -np.inf
        best: list[int] = scores.argmax(-1).tolist()
        return best

    def _entities(self, best: Sequence[int], parts: Floats, ends: NDArray[Any]) -> Iterator[tuple[int, int, str]]:
        """First word, word after the last, and label of each entity of one document."""
        i = 0
        while i < len(best):
            move, label = self._moves[best[i]]
            start, i = i, i + 1
            if move == "B":
                while not ends[i] and self._goes_on(parts, start, i, label):
                    i += 1
                i += 1
            if move in "BU":
                yield start, i, label

    def _goes_on(self, parts: Floats, start: int, i: int, label: str) -> bool:
        """Whether an entity that is open before word ``i`` has words after it."""
        hidden = (parts[i, 0] + parts[start, 1] + parts[i - 1, 2] + self._bias).max(-1)
        inside = self._inside[label]
        on, end = self._weights[inside] @ hidden + self._upper_bias[inside]
        return bool(on > end)


def _recognizer(nlp: Any) -> Any:
    """The component that sets entities, if it is the only such one, the last, greedy, and of the layers known here."""
    from spacy.pipeline import EntityRecognizer

    setting = [name for name in nlp.pipe_names if "doc.ents" in nlp.get_pipe_meta(name).assigns]
    if setting != ["ner"] or nlp.pipe_names[-1] != "ner":
        raise ValueError(f"entities are set by {setting}, the last component is {nlp.pipe_names[-1:]}")
    ner = nlp.get_pipe("ner")
    if not isinstance(ner, EntityRecognizer):
        raise ValueError(f"entities are set by a component of its own kind, {type(ner).__name__}")
    model = ner.model
    known = (
        ner.cfg.get("beam_width") == 1
        and model.name == "parser_model"
        and model.attrs.get("has_upper")
        and not model.attrs.get("unseen_classes")
        and model.get_ref("lower").get_dim("nF") == _FEATURES
        and model.get_ref("lower").get_dim("nP") > 1
        and model.ops.device_type == "cpu"
    )
    if not known:
        raise ValueError("the recognizer has a search, layers or a device of its own")
    return ner


def _spaces_and_ends(docs: Sequence[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Which words are white space, and which are the last of their sentence or text."""
    spaces, ends = [], []
    for doc in docs:
        space, starts = (doc.to_array(["IS_SPACE", "SENT_START"]) == 1).T
        spaces.append(space)
        ends.append(np.append(starts[1:], True))
    return np.concatenate(spaces), np.concatenate(ends)
