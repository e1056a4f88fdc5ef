"""Claims as CSV: one row a claim, the columns of :data:`COLUMNS`, cells as :mod:`whodid.export.cells` makes them.

Several values of one field are joined by ``; ``, in the same order in each column of that field; where one of them is
not known its place is kept with ``-``. For the exact words take JSON Lines or Parquet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from whodid.export import cells
from whodid.export.cells import Cell, safe
from whodid.records import Actor, Claim, Count

__all__ = ["COLUMNS", "Cell", "csv_lines", "joined", "safe", "write_csv"]

_UNKNOWN = "-"


def joined(values: Iterable[str | None]) -> str:
    """Values in one cell; the place of one that is not known is kept, unless it stands alone."""
    # a lone "-" says nothing that an empty cell does not
    parts = [value or _UNKNOWN for value in values]
    return "" if all(part == _UNKNOWN for part in parts) else "; ".join(parts)


def _actor_columns(field: str, get: Callable[[Claim], Sequence[Actor]]) -> dict[str, Callable[[Claim], Cell]]:
    return {
        f"{field}s": lambda c: joined(a.name or a.text for a in get(c)),
        f"{field}_texts": lambda c: joined(a.text for a in get(c)),
        f"{field}_ids": lambda c: joined(a.id for a in get(c)),
        f"{field}_countries": lambda c: joined(a.country for a in get(c)),
        f"{field}_sectors": lambda c: joined(" ".join(a.sectors) for a in get(c)),
    }


def _range(count: Count) -> str:
    if count.low == count.high:
        return str(count.low)
    low, high = ("" if n is None else str(n) for n in (count.low, count.high))
    return f"{low}..{high}"


COLUMNS: Mapping[str, Callable[[Claim], Cell]] = MappingProxyType(
    {
        "id": lambda c: c.id,
        "report_id": lambda c: c.report.id,
        "url": lambda c: c.report.url,
        "publisher": lambda c: c.report.publisher,
        "title": lambda c: c.report.title,
        "published": lambda c: c.report.published,
        "language": lambda c: c.report.language,
        "type": lambda c: c.type,
        "mode": lambda c: c.mode,
        "contexts": lambda c: "; ".join(c.contexts),
        "quad": lambda c: c.quad,
        "cameo": lambda c: c.cameo,
        "scale": lambda c: c.scale,
        "status": lambda c: c.status,
        "historical": lambda c: c.historical,
        "trigger": lambda c: c.trigger.text,
        "trigger_start": lambda c: c.trigger.start,
        "trigger_end": lambda c: c.trigger.end,
        "sentence": lambda c: c.sentence.text,
        "sentence_start": lambda c: c.sentence.start,
        "sentence_end": lambda c: c.sentence.end,
        **_actor_columns("actor", lambda c: c.actors),
        **_actor_columns("recipient", lambda c: c.recipients),
        "when_first": lambda c: c.when.first if c.when else None,
        "when_last": lambda c: c.when.last if c.when else None,
        "when_precision": lambda c: c.when.precision if c.when else None,
        "when_basis": lambda c: c.when.basis if c.when else None,
        "when_text": lambda c: c.when.text if c.when else None,
        "where_text": lambda c: c.where.text if c.where else None,
        "where_name": lambda c: c.where.name if c.where else None,
        "where_country": lambda c: c.where.country if c.where else None,
        "geonameid": lambda c: c.where.geonameid if c.where else None,
        "latitude": lambda c: c.where.latitude if c.where else None,
        "longitude": lambda c: c.where.longitude if c.where else None,
        "radius_km": lambda c: c.where.radius_km if c.where else None,
        "voice": lambda c: c.said_by.voice,
        "speaker": lambda c: c.said_by.speaker.text if c.said_by.speaker else None,
        "speaker_name": lambda c: c.said_by.speaker.name if c.said_by.speaker else None,
        "cue": lambda c: c.said_by.cue.text if c.said_by.cue else None,
        "chain": lambda c: "; ".join(s.text for s in c.said_by.chain),
        "stance": lambda c: c.said_by.stance,
        "counts": lambda c: "; ".join(f"{n.what} {_range(n)}" for n in c.counts),
        "content": lambda c: c.content.text if c.content else None,
        "content_type": lambda c: c.content.type if c.content else None,
        "event": lambda c: c.event,
        "score": lambda c: c.score,
        "why": lambda c: "; ".join(c.why),
        "coder": lambda c: c.coder,
        "ontology": lambda c: c.ontology,
        "checked": lambda c: c.checked,
        "checked_by": lambda c: joined(c.checked_by),
        "corrected": lambda c: joined(x.field for x in c.corrections),
    }
)
"""Column → what is in it for a claim."""


def csv_lines(claims: Iterable[Claim]) -> Iterator[str]:
    """The header line, then one line a claim, each with its line end."""
    return cells.csv_lines(COLUMNS, claims)


def write_csv(claims: Iterable[Claim], target: Path) -> None:
    """Write claims as CSV."""
    with target.open("w", encoding="utf-8", newline="") as file:
        file.writelines(csv_lines(claims))
