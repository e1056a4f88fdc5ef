"""Loaded words as a table, JSON Lines or CSV, a report at a time or compared between outlets."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from io import StringIO
from types import MappingProxyType
from typing import get_args

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from whodid.cli.code import parse_date
from whodid.cli.text import clean, console, fit, report_name
from whodid.errors import UsageError
from whodid.export.csv_rows import Cell, safe
from whodid.records import Record, Rejection, Voice
from whodid.run.framing import Comparison, Framed, LoadedWord, TermCount, compare, framed
from whodid.settings import load_settings

FORMATS = ("table", "jsonl", "csv")
VOICES = (*get_args(Voice), "any")

_STYLES = {
    "neutral": "",
    "legitimises": "green",
    "honours": "bold green",
    "delegitimises": "yellow",
    "condemns": "bold red",
    "euphemism": "cyan",
}
_THING, _OUTLET = 24, 22
"""Cells of a comparison's first column, and at least of each outlet's."""


def run(  # noqa: PLR0913  one parameter an option
    paths: Sequence[str],
    *,
    compared: bool,
    voice: str,
    neutral: bool,
    format: str | None,
    date: str | None,
    parser: str | None,
) -> int:
    """Print the loaded words of ``paths`` and return the exit status.

    Raises UsageError before anything is read, ModelError.
    """
    chosen = _one_of("--format", format or ("table" if sys.stdout.isatty() else "jsonl"), FORMATS)
    wanted = _one_of("--voice", voice, VOICES)
    settings = load_settings(parser=parser)
    published = parse_date(date)
    reports: list[Framed] = []
    rejections: Counter[str] = Counter()
    for output in framed(paths, date=published, settings=settings, stdin=sys.stdin.buffer):
        if isinstance(output, Rejection):
            rejections[output.code] += 1
            print(f"whodid: {clean(output.source)}: {output.code}: {clean(output.message)}", file=sys.stderr)
        else:
            reports.append(_kept(output, wanted, neutral or compared))
    if compared:
        _COMPARED[chosen](compare(w for report in reports for w in report.words))
    else:
        _LISTED[chosen](reports)
    words = sum(len(report.words) for report in reports)
    print(f"{_number(len(reports), 'report')} read, {_number(words, 'word')}", file=sys.stderr)
    return 0 if reports or not rejections else 1


def _one_of(option: str, value: str, allowed: Sequence[str]) -> str:
    if value not in allowed:
        raise UsageError(f"{option}: {value!r} is not allowed; it takes {', '.join(allowed)}")
    return value


def _kept(report: Framed, voice: str, neutral: bool) -> Framed:
    words = [w for w in report.words if (voice in {"any", w.voice}) and (neutral or w.lean != "neutral")]
    return report.model_copy(update={"words": tuple(words)})


def _number(n: int, what: str) -> str:
    return f"{n} {what}{'' if n == 1 else 's'}"


# ---------------------------------------------------------------- a report at a time


def _list_table(reports: Sequence[Framed]) -> None:
    screen = console()
    every = [w for report in reports for w in report.words]
    left = max((cell_len(clean(w.quote.text)) for w in every), default=0)
    for report in reports:
        about = report.report
        when = str(about.published) if about.published else "no date"
        named = [clean(about.publisher)] if about.publisher else []
        screen.print(Text(" · ".join([report_name(about), *named, when]), style="bold"), soft_wrap=True)
        for word in report.words:
            screen.print(_line(word, left, screen), soft_wrap=True)
        if not report.words:
            screen.print(Text("  none", style="dim"))


def _line(word: LoadedWord, left: int, screen: Console) -> Text:
    """The words, what they do, whose they are where they are not the outlet's, and the sentence around them."""
    said = clean(word.quote.text)
    line = Text("  ").append(said, style=_STYLES[word.lean]).append(" " * (left - cell_len(said) + 2))
    line.append(f"{word.lean:13}  ")
    if word.voice != "outlet":
        line.append(f"({clean(word.speaker.text) if word.speaker else word.voice}) ", style="italic")
    return line.append_text(_context(word, max(screen.width - line.cell_len, 24)))


def _context(word: LoadedWord, width: int) -> Text:
    sentence = clean(word.sentence.text)
    start, end = word.quote.start - word.sentence.start, word.quote.end - word.sentence.start
    before = max((width - (end - start)) // 2, 0)
    first = max(min(start - before, len(sentence) - width), 0)
    shown = fit(sentence[first:], width)
    text = Text(("…" + shown[1:]) if first else shown, style="dim")
    text.stylize("bold not dim", start - first, end - first)
    return text


def _json_lines(records: Iterable[Record]) -> None:
    for record in records:
        sys.stdout.buffer.write((record.model_dump_json() + "\n").encode())
    sys.stdout.buffer.flush()


COLUMNS: Mapping[str, Callable[[LoadedWord], Cell]] = MappingProxyType(
    {
        "report_id": lambda w: w.report.id,
        "publisher": lambda w: w.report.publisher,
        "title": lambda w: w.report.title,
        "published": lambda w: w.report.published.isoformat() if w.report.published else None,
        "url": lambda w: w.report.url,
        "thing": lambda w: w.thing,
        "term": lambda w: w.term,
        "lean": lambda w: w.lean,
        "text": lambda w: w.quote.text,
        "start": lambda w: w.quote.start,
        "end": lambda w: w.quote.end,
        "voice": lambda w: w.voice,
        "speaker": lambda w: w.speaker.text if w.speaker else None,
        "about": lambda w: w.about.text if w.about else None,
        "sentence": lambda w: w.sentence.text,
    }
)
"""Column → what is in it for a use of a loaded word."""


def _list_csv(reports: Sequence[Framed]) -> None:
    _csv(COLUMNS, ([column(w) for column in COLUMNS.values()] for report in reports for w in report.words))


def _csv(heads: Iterable[str], rows: Iterable[Sequence[Cell]]) -> None:
    buffer = StringIO()
    writer = csv.writer(buffer)
    writer.writerow([safe(head) for head in heads])
    writer.writerows([safe(cell) for cell in row] for row in rows)
    sys.stdout.buffer.write(buffer.getvalue().encode())
    sys.stdout.buffer.flush()


# ---------------------------------------------------------------- outlets compared


def _outlets(rows: Sequence[Comparison]) -> list[str]:
    return sorted({name for row in rows for name in row.outlets})


def _compare_table(rows: Sequence[Comparison]) -> None:
    """Things by outlets; as many outlets side by side as fit, the others in tables below."""
    screen = console()
    names = _outlets(rows)
    if not names:
        screen.print("no outlet uses a loaded word")
    at_once = max((screen.width - _THING) // (_OUTLET + 2), 1)
    for n in range(0, len(names), at_once):
        part = names[n : n + at_once]
        table = Table(box=None, show_edge=False, pad_edge=False, padding=(0, 2, 1, 0))
        table.add_column("", width=_THING, style="dim")
        for name in part:
            table.add_column(Text(clean(name)), ratio=1, overflow="fold")
        for row in rows:
            table.add_row(row.name, *(_cell(row.outlets.get(name, ())) for name in part))
        screen.print(table)


def _cell(terms: Sequence[TermCount]) -> Text:
    if not terms:
        return Text("–", style="dim")
    parts = [Text(f"{t.term} {t.count}", style=_STYLES[t.lean]) for t in terms]
    return Text(", ").join(parts)


def _compare_csv(rows: Sequence[Comparison]) -> None:
    names = _outlets(rows)
    _csv(
        ["thing", *names],
        (
            [row.thing, *("; ".join(f"{t.term} {t.count}" for t in row.outlets.get(n, ())) for n in names)]
            for row in rows
        ),
    )


_LISTED: Mapping[str, Callable[[Sequence[Framed]], None]] = MappingProxyType(
    {
        "table": _list_table,
        "jsonl": lambda reports: _json_lines(word for report in reports for word in report.words),
        "csv": _list_csv,
    }
)
_COMPARED: Mapping[str, Callable[[Sequence[Comparison]], None]] = MappingProxyType(
    {"table": _compare_table, "jsonl": _json_lines, "csv": _compare_csv}
)
