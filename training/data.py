"""The block format of GUIDE.md: its records and its reader.

A block is one sentence (sometimes two or three), its events, and where it belongs; blocks are parted by an empty line.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from whodid.errors import WhodidError
from whodid.ontology import Ontology, load_ontology

FOLDER = Path(__file__).resolve().parent / "data"

STATUSES = ("happened", "future", "hypothetical", "negated")
KEYS = frozenset({"region", "style", "no"})
HELD_OUT = 10
"""One sentence in so many is held out."""

_NTH = re.compile(r"#(\d)$")
_EVENT = re.compile(r"e ([A-Z]+)(?:/(\S+))? (\S+)( historical)?\s*\|([^|]*)\|([^|]*)")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` to ``end`` (half-open) of a text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a text; ``trigger`` is its word, ``actors`` and ``recipients`` are noun phrases."""

    type: str
    mode: str | None
    status: str
    historical: bool
    trigger: Span
    actors: tuple[Span, ...]
    recipients: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A text with all its events. ``marks`` holds region, style and the kind of near miss; ``line`` is that of the text
    in the file ``file``."""

    text: str
    events: tuple[Event, ...]
    marks: Mapping[str, str]
    file: str
    line: int

    @property
    def key(self) -> str:
        """A hash of the words, without regard to case and spaces."""
        return hashlib.sha256(" ".join(self.text.casefold().split()).encode()).hexdigest()

    @property
    def held_out(self) -> bool:
        """True for the tenth that no weights are trained on: by the hash, so that it stays when others are added."""
        return int(self.key[:8], 16) % HELD_OUT == 0


class DataError(WhodidError):
    """Training data that does not keep to the format; one line a fault, with file and line."""


def read_folder(folder: Path = FOLDER) -> list[Example]:
    """All examples of the ``*.txt`` files of a folder, by file name. Raises DataError with every fault."""
    examples, faults = read_files(sorted(folder.glob("*.txt")))
    if faults:
        raise DataError("\n".join(faults))
    if not examples:
        raise DataError(f"{folder} has no sentences; put *.txt files there, as GUIDE.md says")
    return examples


def read_files(paths: Iterable[Path]) -> tuple[list[Example], list[str]]:
    """The examples of some files, and the faults of the blocks that are none."""
    ontology = load_ontology("plover-2.0")
    examples: list[Example] = []
    faults: list[str] = []
    for path in paths:
        for line, block in _blocks(path.read_text(encoding="utf-8")):
            try:
                examples.append(read_block(block, ontology, path.name, line))
            except ValueError as error:
                faults.append(f"{path.name}:{line}: {error}")
    return examples, faults


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each block without its remarks, with the number of its first line."""
    block: list[str] = []
    first = 0
    for number, line in enumerate([*text.splitlines(), ""], 1):
        if line.startswith("#"):
            continue
        if line.strip():
            first = first if block else number
            block.append(line.rstrip())
        elif block:
            yield first, block
            block = []


def read_block(block: list[str], ontology: Ontology, file: str = "", line: int = 0) -> Example:
    """One example. Raises ValueError that says what is wrong with it."""
    letters = [row[:2] for row in block]
    if letters[0] != "t " or letters[-1] != "m " or set(letters[1:-1]) - {"e "}:
        raise ValueError(f"a block is one line `t …`, lines `e …`, one line `m …`; this one has {letters}")
    text = block[0][2:]
    if text != text.strip() or "  " in text:
        raise ValueError("the text begins or ends with a space, or has two in a row")
    events = tuple(_event(row, text, ontology) for row in block[1:-1])
    triggers = [e.trigger for e in events]
    if len(set(triggers)) < len(triggers):
        raise ValueError("two events have the same trigger; of several in one word the first is marked")
    marks = _marks(block[-1][2:])
    if not events and "no" not in marks:
        raise ValueError("a sentence without an event needs no=KIND")
    return Example(text, events, marks, file, line)


def _marks(row: str) -> dict[str, str]:
    marks: dict[str, str] = {}
    for part in row.split():
        key, _, value = part.partition("=")
        if key not in KEYS or not value or key in marks:
            raise ValueError(f"{part!r} is no mark; marks: {', '.join(sorted(KEYS))}, each once, as in region=asia")
        marks[key] = value
    if missing := {"region", "style"} - set(marks):
        raise ValueError(f"the line `m` has no {' and no '.join(sorted(missing))}")
    return marks


def _event(row: str, text: str, ontology: Ontology) -> Event:
    found = _EVENT.fullmatch(row)
    if found is None:
        raise ValueError(f"{row!r} is not `e TYPE[/mode] STATUS [historical] | trigger | actors -> recipients`")
    type, mode, status, historical, trigger, roles = found.groups()
    _check_labels(type, mode, status, ontology)
    if roles.count("->") != 1:
        raise ValueError(f"{row!r} needs one `->` between actors and recipients")
    word = trigger.strip()
    if not word or " " in word:
        raise ValueError(f"the trigger {word!r} is not one word")
    actors, recipients = (tuple(find(p.strip(), text) for p in s.split(";") if p.strip()) for s in roles.split("->"))
    if twice := set(actors) & set(recipients):
        span = twice.pop()
        raise ValueError(f"{text[span.start : span.end]!r} is actor and recipient of {word!r}")
    return Event(type, mode, status, bool(historical), find(word, text), actors, recipients)


def _check_labels(type: str, mode: str | None, status: str, ontology: Ontology) -> None:
    if type not in ontology.types:
        raise ValueError(f"there is no type {type}; types: {', '.join(ontology.types)}")
    modes = ontology.types[type].modes
    if mode is not None and mode not in modes:
        raise ValueError(f"{type} has no mode {mode!r}; modes: {', '.join(modes) or 'none'}")
    if status not in STATUSES:
        raise ValueError(f"there is no status {status!r}; statuses: {', '.join(STATUSES)}")
    rule = ontology.recode_rule(type, status) if status == "future" else None
    if rule is not None:
        raise ValueError(f"a future {type} is {rule.to}")


def find(words: str, text: str) -> Span:
    """Where ``words`` stand in ``text``; "students#2" is the second place. Raises ValueError where there is none, and
    where there are several and none is named."""
    nth = _NTH.search(words)
    plain = words[: nth.start()] if nth else words
    places = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(plain)}(?!\w)", text)]
    if not places:
        raise ValueError(f"{plain!r} does not stand in the text as whole words")
    number = int(nth.group(1)) if nth else 1
    if not 1 <= number <= len(places):
        raise ValueError(f"{plain!r} stands {len(places)} times in the text; there is no #{number}")
    start = places[number - 1]
    return Span(start, start + len(plain))
