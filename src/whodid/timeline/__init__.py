"""Events → a timeline that reads as the story of some days: few lines, each with its sources, none twice.

:func:`timeline` chooses and words the lines; :data:`FORMATS` writes them as Markdown, JSON, TimelineJS and iCalendar.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from whodid.timeline.build import LINES, timeline
from whodid.timeline.calendar import calendar
from whodid.timeline.markdown import markdown
from whodid.timeline.model import Line, Place, Source, Timeline
from whodid.timeline.timelinejs import timelinejs

__all__ = ["FORMATS", "LINES", "Line", "Place", "Source", "Timeline", "timeline"]


def _json(made: Timeline) -> str:
    return made.model_dump_json(indent=2) + "\n"


FORMATS: Mapping[str, Callable[[Timeline], str]] = MappingProxyType(
    {"markdown": markdown, "json": _json, "timelinejs": timelinejs, "ics": calendar}
)
"""Format → a timeline as the text of a file in it (``ics`` has CRLF line ends)."""
