"""Figures kept in bench/results.json and shown in bench/RESULTS.md."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench import handread
from bench.measure import MOST_CONFUSED, Section, figure, sections
from bench.shared import ROOT, Figures

FOLDER = Path(__file__).resolve().parent
JSON = FOLDER / "results.json"
PAGE = FOLDER / "RESULTS.md"

Entry = dict[str, Figures]
"""Heading of a row → its figures."""


def commit() -> str:
    """The commit that is checked out, "+ changes" where files differ from it, "unknown" outside a repository."""

    def git(*arguments: str) -> str | None:
        try:
            done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
        except OSError:
            return None
        return done.stdout.strip() if done.returncode == 0 else None

    name = git("rev-parse", "--short", "HEAD")
    if not name:
        return "unknown"
    changed = git(
        "status", "--porcelain", "--", "src", "bench", "pyproject.toml", "requirements", ":!bench/RES*", ":!bench/res*"
    )
    return f"{name} + changes" if changed else name


def load(path: Path = JSON) -> dict[str, Figures]:
    """What was measured last, section by section; empty where nothing was."""
    if not path.is_file():
        return {}
    kept: dict[str, Figures] = json.loads(path.read_text(encoding="utf-8"))
    return kept


def _unquoted(value: Any) -> Any:
    """Without the scorer's lists of errors, which quote words of the gold texts."""
    if isinstance(value, dict):
        return {key: _unquoted(v) for key, v in value.items() if key != "top_value_errors"}
    return [_unquoted(v) for v in value] if isinstance(value, list) else value


def save(kept: dict[str, Figures], path: Path = JSON, page: Path = PAGE) -> None:
    """Write the figures and the page made from them."""
    path.write_text(json.dumps(_unquoted(kept), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    page.write_text(render(kept), encoding="utf-8")


def entry(rows: Entry, *, seconds: float, failed: list[str]) -> Figures:
    """What is kept of a section: its rows, how long it took, and under which commit and on which day."""
    return {
        "commit": commit(),
        "date": dt.datetime.now(tz=dt.UTC).date().isoformat(),
        "seconds": round(seconds),
        "failed": failed,
        "rows": rows,
    }


def render(kept: dict[str, Figures]) -> str:
    """The page: one table a section, in the order of bench/sets.yaml, then the claims that were read by hand."""
    parts = [_HEAD]
    for section in sections().values():
        if section.section in kept:
            parts.append("\n".join(_section(section, kept[section.section])))
    parts.append("\n".join(handread.section(handread.reading())))
    return "\n\n".join([*parts, _LIMITS]) + "\n"


def _section(section: Section, kept: Figures) -> Iterator[str]:
    yield f"## {section.title}\n\n{section.note}\n"
    columns = [
        c for c in section.columns if any(figure(r, section.columns[c]) is not None for r in kept["rows"].values())
    ]
    yield f"| set | {' | '.join(columns)} |"
    yield "|---|" + "---:|" * len(columns)
    for heading, figures in kept["rows"].items():
        cells = (_shown(figure(figures, section.columns[c])) for c in columns)
        yield f"| {heading} | {' | '.join(cells)} |"
    yield ""
    yield from _confusions(kept["rows"])
    yield f"Commit {kept['commit']}, {kept['date']}, {kept['seconds']} s:\n"
    yield from (f"    {command}" for command in _commands(section))
    if kept["failed"]:
        yield f"\nTexts on which a stage failed, counted as read and empty: {', '.join(kept['failed'])}."


def _confusions(rows: Entry) -> Iterator[str]:
    found = {heading: figures["confusions"] for heading, figures in rows.items() if figures.get("confusions")}
    if found:
        yield f"The {MOST_CONFUSED} commonest confusions, gold → first predicted type, in texts with one gold event:\n"
        for heading, wrong in found.items():
            yield f"- {heading}: " + ", ".join(f"{pair} {n}" for pair, n in wrong.items())
        yield ""


def _commands(section: Section) -> Iterator[str]:
    if section.section in {"speed", "scale", "serve", "reliability"}:
        yield f"python -m bench {section.section}"
    if section.coders:
        yield f"# with --coder CODER after `claims` and `predict`, for each CODER of {', '.join(section.coders)}"
    for folder in section.folders.values():
        yield f"python -m bench claims ../shared/{folder}"
    for task in dict.fromkeys(s.task for s in section.sets):
        sets = [s for s in section.sets if s.task == task]
        names = list(dict.fromkeys(s.name for s in sets))
        gold = f"../shared/bench/dev/{names[0] if len(names) == 1 else 'SET'}.jsonl"
        if len(names) > 1:
            yield f"# for each SET of {', '.join(names)}"
        yield f"python -m bench predict {task} --gold {gold} --out P.jsonl"
        yield from (f"# {s.heading}: with --convention none" for s in sets if s.heading)
        views = {heading: options for s in sets for heading, options in s.views.items()}
        yield f"python ../shared/bench/score.py {task} --gold {gold} --pred P.jsonl"
        yield from (f"# {heading}: the same with {' '.join(options)}" for heading, options in views.items())


def _shown(value: float | None) -> str:
    if value is None:
        return "–"
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:.3f}" if abs(value) <= 1 else f"{value:,.2f}"


_HEAD = """# Results

Measured by `python -m bench run` on the public half of the gold data, which is not part of this repository; what each
figure means and how to measure again is in [docs/bench.md](../docs/bench.md). Made by the program: do not edit.
“–” is a figure that a set cannot give."""

_LIMITS = """## Limits

- These are the halves of the gold sets that the program was tuned on. The halves that were kept apart decide.
- Most event sets mark one event a sentence and leave the others out: their precision is a lower bound and says little.
- Most event sets give no date and no publisher, so nothing is measured there of days and speakers; whole
  reports are few.
- The gold sets have errors and differ in what they count as an event; agreement between their own annotators is rarely
  published.
- Texts are English news of 1989 to 2024, much of it from agencies in the United States, Britain, France and China.
- Of fusion, grouping of texts is measured here; which claims are one event only on the examples
  (`tests/fuse/test_demo.py`)."""
