"""A timeline as JSON for TimelineJS 3 (Knight Lab, https://timeline.knightlab.com/docs/json-format.html)."""

from __future__ import annotations

import datetime as dt
import json
from html import escape

from whodid.timeline.model import Line, Source, Timeline
from whodid.timeline.wording import number, short_day


def timelinejs(timeline: Timeline) -> str:
    """The timeline as one JSON object with ``title`` and ``events``; texts are HTML, what reports say is escaped."""
    made = {
        "title": {"text": {"headline": escape(timeline.title), "text": f"<p>{escape(timeline.summary)}</p>"}},
        "events": [_event(line) for line in timeline.lines],
    }
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def _event(line: Line) -> dict[str, object]:
    event: dict[str, object] = {
        "unique_id": f"event-{line.event}",
        "start_date": _date(line.first),
        "display_date": line.when,
        "group": line.type,
        "text": {"headline": escape(line.headline), "text": _text(line)},
        "autolink": False,
    }
    if line.last != line.first:
        event["end_date"] = _date(line.last)
    return event


def _date(day: dt.date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}


def _text(line: Line) -> str:
    first, *others = line.sources
    parts = [f"<blockquote>“{escape(first.words)}” — {_source(first)}</blockquote>"]
    parts += [f"<p>Reports differ on {escape(differ)}.</p>" for differ in line.differ]
    parts.append(f"<p>{number(line.independent, 'independent report')}</p>")
    if others:
        parts.append(f"<p>Also: {'; '.join(map(_source, others))}</p>")
    return "".join(parts)


def _source(source: Source) -> str:
    name = escape(source.name)
    if source.link:
        name = f'<a href="{escape(source.link)}" rel="noopener">{name}</a>'
    return f"{name}, {short_day(source.published)}" if source.published else name
