"""Words into wordpieces, as BERT's uncased vocabularies have them (Devlin et al. 2019).

The words are the parser's; each is lower-cased, loses its accents, is cut at punctuation, and then into the longest
pieces that the vocabulary has, from the left.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

UNKNOWN, FIRST, LAST = "[UNK]", "[CLS]", "[SEP]"
_LONGEST = 100
_KEPT = 50_000


class WordPieces:
    """A vocabulary of wordpieces; ``file`` has one a line."""

    def __init__(self, file: Path) -> None:
        words = file.read_text(encoding="utf-8").split("\n")
        self._number = {word: n for n, word in enumerate(words) if word}
        self._known: dict[str, list[int]] = {}

    def __len__(self) -> int:
        return len(self._number)

    def of(self, words: Sequence[str], most: int) -> tuple[list[int], list[int | None]]:
        """The pieces of a sentence between its marks, at most ``most``, and the place among them where each word
        begins; None for a word that does not fit in any more, and one without a piece (a space)."""
        ids = [self._number[FIRST]]
        places: list[int | None] = []
        for word in words:
            own = self._pieces(word)
            fits = bool(own) and len(ids) + len(own) < most
            places.append(len(ids) if fits else None)
            if fits:
                ids += own
            elif own:
                most = 0  # what follows is not read either
        return [*ids, self._number[LAST]], places

    def _pieces(self, word: str) -> list[int]:
        found = self._known.get(word)
        if found is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            found = self._known[word] = [n for part in _parts(word) for n in self._cut(part)]
        return found

    def _cut(self, part: str) -> list[int]:
        out: list[int] = []
        start = 0
        while start < len(part):
            mark = "##" if start else ""
            end = next((e for e in range(len(part), start, -1) if mark + part[start:e] in self._number), None)
            if end is None or len(part) > _LONGEST:
                return [self._number[UNKNOWN]]
            out.append(self._number[mark + part[start:end]])
            start = end
        return out


def _parts(word: str) -> Iterator[str]:
    """Lower-cased without accents and control characters; each punctuation mark by itself."""
    plain = [c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) not in ("Mn", "Cc", "Cf")]
    part = ""
    for c in plain:
        if c.isspace() or _is_mark(c):
            if part:
                yield part
            part = ""
            if not c.isspace():
                yield c
        else:
            part += c
    if part:
        yield part


def _is_mark(c: str) -> bool:
    """Punctuation, and the ASCII signs that Unicode does not count as such ("$", "+")."""
    return unicodedata.category(c).startswith("P") or (c.isascii() and not c.isalnum() and not c.isspace())
