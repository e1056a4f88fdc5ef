"""A timeline as iCalendar (RFC 5545): one all-day entry a line.

An entry covers the days between which it happened, the last one included (DTEND is the day after it, section 3.6.1);
where they are several, its text says that it happened on one of them. Entries are transparent: they make nobody busy.
"""

from __future__ import annotations

import datetime as dt

from icalendar import Calendar, Event

from whodid.timeline.model import Line, Source, Timeline
from whodid.timeline.wording import short_day


def calendar(timeline: Timeline) -> str:
    """The timeline as the text of an ``.ics`` file, with CRLF line ends."""
    out = Calendar()
    out.add("prodid", "-//Whodid//Timeline//EN")
    out.add("version", "2.0")
    out.add("calscale", "GREGORIAN")
    out.add("name", timeline.title)
    out.add("x-wr-calname", timeline.title)
    for line in timeline.lines:
        out.add_component(_entry(line, timeline.made))
    made: bytes = out.to_ical()
    return made.decode()


def _entry(line: Line, made: dt.datetime) -> Event:
    entry = Event()
    entry.add("uid", f"{line.event}@whodid")
    entry.add("dtstamp", made)
    entry.add("dtstart", line.first)
    entry.add("dtend", line.last + dt.timedelta(days=1))
    certain = line.first == line.last
    entry.add("summary", line.headline if certain else f"{line.headline} [{line.when}]")
    entry.add("description", _text(line, certain))
    entry.add("categories", [line.type])
    entry.add("transp", "TRANSPARENT")
    if line.sources[0].link:
        entry.add("url", line.sources[0].link)
    if line.where:
        entry.add("location", ", ".join(filter(None, [line.where.name, line.where.country])))
        if line.where.latitude is not None and line.where.longitude is not None:
            entry.add("geo", (line.where.latitude, line.where.longitude))
    return entry


def _text(line: Line, certain: bool) -> str:
    parts = [] if certain else [f"On a day that is not known exactly: {line.when}."]
    parts.append(f"“{line.sources[0].words}”")
    parts += [f"Reports differ on {differ}." for differ in line.differ]
    parts.append(f"Sources: {'; '.join(map(_source, line.sources))}")
    return "\n".join(parts)


def _source(source: Source) -> str:
    parts = [source.name, short_day(source.published) if source.published else None, source.link]
    return ", ".join(part for part in parts if part)
