"""What an event is about: PLOVER's contexts, found by their cue words in the sentence."""

from __future__ import annotations

from whodid.ontology import Ontology
from whodid.records import Annotated, Sentence

_MOST = 3  # a claim with more contexts than this says nothing by them


class ContextFinder:
    """Finds the contexts of sentences by the cues of an ontology."""

    def __init__(self, ontology: Ontology) -> None:
        self._first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for code, context in ontology.contexts.items():
            for cue in context.cues:
                words = tuple(cue.split())
                self._first.setdefault(words[0], []).append((words, code))

    def find(self, a: Annotated, sentence: Sentence) -> tuple[str, ...]:
        """Codes of the contexts whose cues stand in the sentence: most cues first, then by code, at most three."""
        found: dict[str, int] = {}
        for i in range(sentence.first, sentence.last):
            t = a.tokens[i]
            for head in {t.lemma, t.norm}:
                for words, code in self._first.get(head, ()):
                    if self._stands(a, i, words, sentence.last):
                        found[code] = found.get(code, 0) + 1
        return tuple(sorted(found, key=lambda c: (-found[c], c))[:_MOST])

    @staticmethod
    def _stands(a: Annotated, i: int, words: tuple[str, ...], last: int) -> bool:
        if i + len(words) > last:
            return False
        return all(w in (a.tokens[i + n].lemma, a.tokens[i + n].norm) for n, w in enumerate(words))
