"""The timeline of the reports in ``examples/``, as a person reads it: ``demo.md``.

    python -m tests.timeline.test_demo

writes it anew after the coder or fusion has changed; read it before it is committed.
"""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from tests.fuse.demo import EXAMPLES, coded
from whodid.fuse import fuse
from whodid.models import Parser
from whodid.timeline import FORMATS, Timeline, timeline

SNAPSHOT = Path(__file__).parent / "demo.md"
TITLE = "Baghdad, Tehran, Washington"


@pytest.fixture(scope="module")
def demo(parser: Parser) -> Timeline:
    return made(parser)


def made(parser: Parser) -> Timeline:
    """The timeline of what happened, of the fused claims of the examples."""
    claims, reports = coded(parser)
    relative = {report.id: (report.url or "").removeprefix(f"{EXAMPLES.parent}/") for report in reports}
    claims = [
        c.model_copy(update={"report": c.report.model_copy(update={"url": relative[c.report.id]})}) for c in claims
    ]
    events = [event for event in fuse(claims, reports) if event.status == "happened"]
    return timeline(events, claims, title=TITLE)


@pytest.mark.slow
@pytest.mark.model
def test_the_story_is_as_it_was(demo: Timeline) -> None:
    before, now = SNAPSHOT.read_text(encoding="utf-8"), FORMATS["markdown"](demo)
    diff = "\n".join(difflib.unified_diff(before.splitlines(), now.splitlines(), "demo.md", "now", lineterm="", n=1))
    assert not diff, f"read what has changed, then `python -m tests.timeline.test_demo`:\n{diff}"


@pytest.mark.slow
@pytest.mark.model
def test_every_line_is_sourced_and_none_is_told_twice(demo: Timeline) -> None:
    assert len(demo.lines) >= 15
    assert len({report.report for line in demo.lines for report in line.sources}) >= 8
    assert all(
        line.sources and all(source.words and source.published for source in line.sources) for line in demo.lines
    )
    told = [event for line in demo.lines for event in (line.event, *line.also)]
    assert len(told) == len(set(told)) == demo.told
    assert [line.first for line in demo.lines] == sorted(line.first for line in demo.lines)
    assert len({line.sources[0].claim for line in demo.lines}) == len(demo.lines)
    best = min(demo.lines, key=lambda line: line.rank)
    assert best.independent == max(line.independent for line in demo.lines)


if __name__ == "__main__":
    from whodid.models.spacy_parser import SpacyParser

    SNAPSHOT.write_text(FORMATS["markdown"](made(SpacyParser())), encoding="utf-8")
