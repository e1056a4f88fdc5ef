"""Who said what, as JSON Lines (field by field as in :class:`whodid.records.Saying`) and as CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from whodid.export import cells
from whodid.export.cells import Cell
from whodid.records import Quote, Saying


def words_of(parts: Sequence[Quote]) -> str:
    """Words that may be discontinuous, with an ellipsis where something stands between."""
    return " … ".join(q.text for q in parts)


COLUMNS: Mapping[str, Callable[[Saying], Cell]] = MappingProxyType(
    {
        "id": lambda s: s.id,
        "report_id": lambda s: s.report.id,
        "url": lambda s: s.report.url,
        "publisher": lambda s: s.report.publisher,
        "title": lambda s: s.report.title,
        "published": lambda s: s.report.published,
        "who": lambda s: (s.who.name or s.who.text) if s.who else None,
        "who_text": lambda s: s.who.text if s.who else None,
        "who_id": lambda s: s.who.id if s.who else None,
        "who_country": lambda s: s.who.country if s.who else None,
        "who_sectors": lambda s: "; ".join(s.who.sectors) if s.who else None,
        "to_whom": lambda s: (s.to_whom.name or s.to_whom.text) if s.to_whom else None,
        "to_whom_text": lambda s: s.to_whom.text if s.to_whom else None,
        "cue": lambda s: words_of(s.cue),
        "words": lambda s: words_of(s.words),
        "words_start": lambda s: s.words[0].start,
        "words_end": lambda s: s.words[-1].end,
        "form": lambda s: s.form,
        "stance": lambda s: s.stance,
        "when_first": lambda s: s.when.first if s.when else None,
        "when_last": lambda s: s.when.last if s.when else None,
        "when_text": lambda s: s.when.text if s.when else None,
        "told_by": lambda s: s.said_by.speaker.text if s.said_by.speaker else s.said_by.voice,
        "sentence": lambda s: s.sentence.text,
    }
)
"""Column → what is in it for a saying."""


def saying_line(saying: Saying) -> str:
    """A saying as one JSON object, with its line end."""
    return saying.model_dump_json() + "\n"


def saying_csv(sayings: Iterable[Saying]) -> Iterator[str]:
    """The header line, then one line a saying, each with its line end; cells as safe as those of claims."""
    return cells.csv_lines(COLUMNS, sayings)
