"""A timeline as Markdown, to be read as it is or as a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from whodid.timeline.model import Line, Source, Timeline
from whodid.timeline.wording import number, short_day

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|])")


def markdown(timeline: Timeline) -> str:
    """The timeline as CommonMark: a heading a day, a point a line, a quotation with its source, the other sources."""
    return "\n".join(_parts(timeline)) + "\n"


def _parts(timeline: Timeline) -> Iterator[str]:
    yield f"# {_text(timeline.title)}\n"
    yield f"{_text(timeline.summary)}\n"
    for when, lines in groupby(timeline.lines, key=lambda line: line.when):
        yield f"## {when[:1].upper()}{when[1:]}\n"
        for line in lines:
            yield from _line(line)


def _line(line: Line) -> Iterator[str]:
    support = number(line.independent, "independent report") if line.independent > 1 else "one report"
    yield f"- **{_text(line.headline)}** — {support}"
    for differ in line.differ:
        yield f"  - reports differ on {_text(differ)}"
    first, *others = line.sources
    said = f", citing {_text(first.speaker)}" if first.speaker else ""
    yield f"\n  > “{_text(first.words)}”  \n  > — {_source(first)}{said}\n"
    if others:
        yield f"  Also: {'; '.join(map(_source, others))}\n"


def _source(source: Source) -> str:
    name = _text(source.name)
    shown = f"[{name}](<{_address(source.link)}>)" if source.link else name
    return f"{shown}, {short_day(source.published)}" if source.published else shown


def _address(url: str) -> str:
    """An address that cannot end the link that it stands in."""
    return "".join(c if c not in "<>\\" and not c.isspace() else f"%{ord(c):02X}" for c in url)


def _text(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
