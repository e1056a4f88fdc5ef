"""Finding claims, events and reports by words.

SQLite's full-text index does it, in a file that goes when the program ends (docs/decisions says why that one). The
index only grows: a text is put in once, and a version of the dataset knows which of the texts are its own. So a new
version costs no more than what is new in it.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
import tempfile
import weakref
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Literal

import numpy as np
import numpy.typing as npt

from whodid.dataset import Dataset
from whodid.dataset.conditions import View
from whodid.errors import UsageError
from whodid.web.rows import Kept, Mask, Numbers

Kind = Literal["claims", "reports"]

_CLAIMS = "held_claims c LEFT JOIN held_reports r ON r.id = c.report_id"


@dataclass(frozen=True, slots=True)
class _Text:
    """How the texts of one kind are read. rows: every row as ``c``. key: SQL for what tells one text from another.
    words: SQL for the text, from ``source``."""

    rows: str
    key: str
    words: str
    source: str


_TEXTS: dict[Kind, _Text] = {
    "claims": _Text(
        rows=_CLAIMS,
        key="hash(c.actors, c.recipients, c.place, c.speaker, c.sentence, r.title)",
        words="""concat_ws(' · ', array_to_string(c.actors, ' · '), array_to_string(c.recipients, ' · '), c.place,
        c.speaker, c.sentence, r.title)""",
        source=_CLAIMS,
    ),
    "reports": _Text(
        rows="held_reports c",
        key="hash(c.digest)",
        words="concat_ws(' · ', c.publisher, c.title, c.text)",
        source="reports c",
    ),
}
_AT_ONCE = 4_096
_LONGEST = 200
_MOST_WORDS = 16
_TERM = re.compile(r'"([^"]*)"?|(\S+)')


class WordIndex:
    """The texts that were ever put in, each under a number. Reading and growing go on side by side."""

    def __init__(self) -> None:
        folder = tempfile.mkdtemp(prefix="whodid-words-")
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        self._path = Path(folder, "words.sqlite")
        self._keys: dict[Kind, npt.NDArray[np.uint64]] = {}
        self._numbers: dict[Kind, Numbers] = {}
        self._growing = Lock()
        with self._open() as database:
            database.execute("PRAGMA journal_mode = WAL")  # those who read do not wait
            for kind in _TEXTS:
                self._keys[kind], self._numbers[kind] = np.empty(0, np.uint64), np.empty(0, np.int64)
                database.execute(
                    f"CREATE VIRTUAL TABLE {kind} USING fts5(words, content='', "
                    "tokenize='porter unicode61 remove_diacritics 2')"
                )

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path)) as database:
            database.execute("PRAGMA synchronous = OFF")  # the file does not outlive the program
            yield database

    def numbers(self, data: Dataset, kind: Kind) -> Numbers:
        """The number of the text of each claim or report of a dataset, in the order of its rows; what is new is put
        in."""
        text = _TEXTS[kind]
        keys = data.query(f"SELECT {text.key} AS key FROM {text.rows} ORDER BY c.rowid")["key"].to_numpy()
        with self._growing:
            known = np.isin(keys, self._keys[kind])
            if not known.all():
                self._grow(data, kind, np.unique(keys[~known]))
            place = np.searchsorted(self._keys[kind], keys)
            numbers: Numbers = self._numbers[kind][place]
            return numbers

    def _grow(self, data: Dataset, kind: Kind, new: npt.NDArray[np.uint64]) -> None:
        import pyarrow as pa

        text, before = _TEXTS[kind], len(self._keys[kind])
        given = pa.table({"key": new, "number": np.arange(before + 1, before + len(new) + 1)})
        sql = f"""SELECT number, any_value(words) AS words
            FROM (SELECT {text.key} AS key, {text.words} AS words FROM {text.source}) JOIN given USING (key)
            GROUP BY number ORDER BY number"""
        found = data.query(sql, given=given)
        with self._open() as database, database:
            for batch in found.to_batches(max_chunksize=_AT_ONCE):
                numbers, words = (column.to_pylist() for column in batch.columns)
                rows = zip(numbers, words, strict=True)
                database.executemany(f"INSERT INTO {kind}(rowid, words) VALUES (?, ?)", rows)
        keys = np.concatenate([self._keys[kind], new])
        numbers = np.concatenate([self._numbers[kind], given["number"].to_numpy()])
        order = np.argsort(keys)
        self._keys[kind], self._numbers[kind] = keys[order], numbers[order]

    def found(self, kind: Kind, match: str) -> Numbers:
        """The numbers of the texts that a query of FTS5 finds."""
        with self._open() as database:
            rows = database.execute(f"SELECT rowid FROM {kind} WHERE {kind} MATCH ?", [match]).fetchall()
        return np.fromiter((row[0] for row in rows), np.int64, len(rows))


class Words:
    """Which rows of a snapshot have the words that a person looks for.

    All of them have to be there, in any order and form (``attack`` finds ``attacked``), case and accents aside; words
    in double quotes side by side; ``Sol*`` for the beginning of one. A claim has the words of its sentence, parties,
    place, speaker and the title of its report; an event those of its claims, each claim by itself; a report those of
    publisher, title and text.
    """

    def __init__(self, data: Dataset, index: WordIndex) -> None:
        self._index = index
        self._numbers = {kind: index.numbers(data, kind) for kind in _TEXTS}
        self._event = data.query(_EVENT_OF_CLAIM)["event"].to_numpy()
        self._events = int(data.query("SELECT count(*) FROM held_events").column(0)[0].as_py())
        self._kept = Kept[Mask](2**24, lambda mask: mask.nbytes)

    def mask(self, kind: View | Literal["reports"], words: str) -> Mask:
        """The rows of ``events``, ``claims`` or ``reports`` that have the words. Raises UsageError where there is
        no word in what is looked for, or too much."""
        match = match_of(words)
        return self._kept.get_or((kind, match), lambda: self._found(kind, match))

    def _found(self, kind: View | Literal["reports"], match: str) -> Mask:
        if kind == "events":
            mask = np.zeros(self._events, dtype=np.bool_)
            events = self._event[self.mask_of_match("claims", match)]
            mask[events[events >= 0]] = True
            return mask
        return self.mask_of_match(kind, match)

    def mask_of_match(self, kind: Kind, match: str) -> Mask:
        """The rows of ``claims`` or ``reports`` that a query of FTS5 finds."""
        return np.isin(self._numbers[kind], self._index.found(kind, match))


_EVENT_OF_CLAIM = """SELECT coalesce(e.rowid, -1) AS event
FROM held_claims c LEFT JOIN held_events e ON e.id = c.event_id
ORDER BY c.rowid"""


def match_of(words: str) -> str:
    """What a person typed as a query of FTS5, in which nothing that was typed has a meaning of its own.

    Raises UsageError where there is no word in it, or too much.
    """
    if len(words) > _LONGEST:
        raise UsageError(f"q: {words[:20]!r}… is too long: {_LONGEST} characters at most")
    terms: list[str] = []
    for found in _TERM.finditer(words):
        phrase, word = found.groups()
        text = "".join(c if c.isprintable() else " " for c in (phrase if phrase is not None else word))
        if any(c.isalnum() for c in text):
            begins = "*" if phrase is None and word.endswith("*") else ""
            terms.append(f'"{text.replace(chr(34), " ")}"{begins}')
    if not terms:
        raise UsageError(f"q: {words!r} has no word to look for")
    if len(terms) > _MOST_WORDS:
        raise UsageError(f"q: {len(terms)} words are too many: {_MOST_WORDS} at most")
    return " ".join(terms)
