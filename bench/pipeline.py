"""Gold records through the program's own stages. No gold annotation is shown to it, only what a reader of the text has:
the text, its date, publisher and title (and, where a task asks about one word or phrase, that word or phrase)."""

from __future__ import annotations

import datetime as dt
import hashlib
import sys
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

from bench.shared import Row
from whodid.annotate import annotate
from whodid.errors import WhodidError
from whodid.extract import extract
from whodid.ground import ground
from whodid.models import Parser
from whodid.ontology import load_ontology
from whodid.records import Annotated, Claim, Coded, Extraction, Rejection, Report
from whodid.run.coder import load_parser
from whodid.run.finder import BOTH, event_coder
from whodid.settings import load_settings

A = TypeVar("A")
B = TypeVar("B")

_AT_ONCE = 64
_KEPT_CHARACTERS = 1_000_000


def report_of(row: Row) -> Report:
    """The report that a gold record's text stands for; ``date`` or ``dct`` is its day of publication."""
    day = str(row.get("date") or row.get("dct") or row.get("query_date") or "")[:10]
    try:
        published = dt.date.fromisoformat(day)
    except ValueError:
        published = None
    return Report(
        id=row["id"],
        text=row["text"],
        title=row.get("title"),
        publisher=row.get("publisher"),
        published=published,
        published_from="field" if published else None,
        language="en",
        sha256=hashlib.sha256(row["text"].encode()).hexdigest(),
        reader="bench",
    )


class Pipeline:
    """The stages, with the parses of the last million characters kept: several gold sets share their texts.

    parser: a parser that is there already; by default the one that the settings name. coder: both, rules or weights.
    ``failed`` lists the texts on which a stage raised an error: they count as read and empty.
    """

    def __init__(self, parser: Parser | None = None, coder: str = BOTH) -> None:
        settings = load_settings()
        self.parser = parser or load_parser(settings.parser)
        self.ontology = load_ontology(settings.ontology)
        self.coder = event_coder(coder, self.ontology, settings.min_score)
        self.failed: list[str] = []
        self._kept: OrderedDict[tuple[str, dt.date | None], Annotated] = OrderedDict()

    def annotated(self, rows: Iterable[Row]) -> Iterator[tuple[Row, Annotated]]:
        """Each record with the annotation of its text; records whose text is empty or fails are left out."""
        for batch in _batches(rows):
            reports = [(row, report_of(row)) for row in batch if (row.get("text") or "").strip()]
            self._make_room()
            new = {_key(r): r for _, r in reports if _key(r) not in self._kept}
            for annotated in self._safely(lambda items: annotate(items, parser=self.parser), list(new.values())):
                if isinstance(annotated, Annotated):
                    self._kept[_key(annotated.report)] = annotated
            for row, report in reports:
                if kept := self._kept.get(_key(report)):
                    self._kept.move_to_end(_key(report))
                    yield row, kept.model_copy(update={"report": report})

    def extracted(self, rows: Iterable[Row]) -> Iterator[tuple[Row, Extraction]]:
        """Each record with the annotation and the mentions of its text."""
        for batch in _batches(self.annotated(rows)):
            by_id = {row["id"]: row for row, _ in batch}
            for item in self._safely(
                lambda items: extract(items, ontology=self.ontology, coder=self.coder), [a for _, a in batch]
            ):
                if isinstance(item, Extraction):
                    yield by_id[item.annotated.report.id], item

    def coded(self, rows: Iterable[Row]) -> Iterator[tuple[Row, tuple[Claim, ...]]]:
        """Each record with the claims of its text, in the order of the text."""
        for batch in _batches(self.extracted(rows)):
            by_id = {row["id"]: row for row, _ in batch}
            for item in self._safely(lambda items: ground(items, ontology=self.ontology), [e for _, e in batch]):
                if isinstance(item, Coded):
                    yield by_id[item.report.id], item.claims

    def _safely(self, stage: Callable[[Iterable[A]], Iterator[B | Rejection]], items: list[A]) -> list[B | Rejection]:
        try:
            return list(stage(items))
        except WhodidError:  # a broken model or ontology would fail on every text
            raise
        except Exception as error:  # a bug in one text must not hide the figures of a whole set
            if len(items) > 1:
                return [output for item in items for output in self._safely(stage, [item])]
            name = _name(items[0])
            self.failed.append(name)
            print(f"failed on {name}: {type(error).__name__}: {error}", file=sys.stderr)
            return []

    def _make_room(self) -> None:
        size = sum(len(text) for text, _ in self._kept)
        while size > _KEPT_CHARACTERS:
            (text, _), _ = self._kept.popitem(last=False)
            size -= len(text)


def _key(report: Report) -> tuple[str, dt.date | None]:
    return report.text, report.published


def _name(item: object) -> str:
    match item:
        case Report():
            return item.id
        case Annotated():
            return item.report.id
        case Extraction():
            return item.annotated.report.id
        case _:
            return repr(item)[:80]


def _batches(items: Iterable[A]) -> Iterator[list[A]]:
    stream = iter(items)
    while batch := list(islice(stream, _AT_ONCE)):
        yield batch
