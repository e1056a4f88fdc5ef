"""Who said what, as a table, JSON Lines or CSV."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import TextIOWrapper
from itertools import groupby
from pathlib import Path
from typing import TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from whodid.cli.choice import speaker_names
from whodid.cli.code import check_output, parse_date
from whodid.cli.text import clean, console, day, fit, report_name
from whodid.errors import UsageError
from whodid.export.sayings import saying_csv, saying_line, words_of
from whodid.records import Actor, Rejection, ReportInfo, Saying, Sayings
from whodid.run.quotes import report_quotes
from whodid.run.speakers import is_named
from whodid.settings import load_settings

FORMATS = ("table", "jsonl", "csv")
HEADS = ("when", "who", "to whom", "cue", "stance", "words")

_SUFFIXES = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".txt": "table"}
_WIDEST = {"when": 12, "who": 20, "to whom": 14, "cue": 16, "stance": 8}
_GAP = 2
_LEAST_WORDS = 24
_STYLES = {"denies": "red", "doubts": "yellow", "supports": "green", "condemns": "bold red"}


def run(  # noqa: PLR0913  one parameter an option
    paths: Sequence[str],
    *,
    speakers: Sequence[str],
    direct: bool,
    format: str | None,
    output: Path | None,
    date: str | None,
    given: Mapping[str, str | None],
) -> int:
    """Print or write who said what in ``paths`` and return the exit status.

    Raises UsageError before anything is read, SettingError, ModelError, OSError where the output cannot be written.
    """
    write = _WRITERS[_format(format, output)]
    names = speaker_names(speakers)
    settings = load_settings(**given)
    published = parse_date(date)
    if output is not None:
        check_output(output, paths)
    count: Counter[str] = Counter()
    outputs = report_quotes(paths, date=published, settings=settings, stdin=sys.stdin.buffer)
    wanted = _wanted(outputs, names, direct, count)
    if output is None:
        if isinstance(sys.stdout, TextIOWrapper):  # the same bytes on every system
            sys.stdout.reconfigure(encoding="utf-8", newline="")
        write(wanted, sys.stdout)
    else:
        partial = output.with_name(output.name + ".partial")
        with partial.open("w", encoding="utf-8", newline="") as file:
            write(wanted, file)
        partial.replace(output)
    _report(count, paths)
    return 0 if count["report"] or not count["rejected"] else 1


def _format(format: str | None, output: Path | None) -> str:
    if format is None:
        if output is not None:
            return _SUFFIXES.get(output.suffix.lower(), "jsonl")
        return "table" if sys.stdout.isatty() else "jsonl"
    if format not in FORMATS:
        raise UsageError(f"--format: there is no format {format!r}; formats: {', '.join(FORMATS)}")
    return format


def _wanted(
    outputs: Iterable[Sayings | Rejection], names: Sequence[str], direct: bool, count: Counter[str]
) -> Iterator[Saying]:
    """The sayings that the options ask for; ``count`` learns of reports, quotes, those left out, and rejections."""
    for output in outputs:
        if isinstance(output, Rejection):
            count["rejected"] += 1
            print(f"whodid: {clean(output.source)}: {output.code}: {clean(output.message)}", file=sys.stderr)
            continue
        count["report"] += 1
        for saying in output.sayings:
            if (direct and saying.form == "indirect") or (names and not any(is_named(saying.who, n) for n in names)):
                count["left out"] += 1
            else:
                count["quote"] += 1
                yield saying


def _report(count: Mapping[str, int], paths: Sequence[str]) -> None:
    if not count["report"] and not count["rejected"]:
        print(f"whodid: nothing to read in {', '.join(paths)}", file=sys.stderr)
    parts = [f"{count[what]} {what}{'' if count[what] == 1 else 's'}" for what in ("report", "quote")]
    parts[0] += " read"
    parts += [f"{count[what]} {what}" for what in ("left out", "rejected") if count[what]]
    print(", ".join(parts), file=sys.stderr)


# ---------------------------------------------------------------- formats


def _write_lines(sayings: Iterable[Saying], file: TextIO) -> None:
    file.writelines(map(saying_line, sayings))


def _write_csv(sayings: Iterable[Saying], file: TextIO) -> None:
    file.writelines(saying_csv(sayings))


def _write_table(sayings: Iterable[Saying], file: TextIO) -> None:
    screen = console(file)
    every = list(sayings)
    cells = [_cells(s) for s in every]
    widths = _widths(cells, screen)
    if every:
        screen.print(_row({h: Text(h, style="dim") for h in HEADS}, widths), soft_wrap=True)
    rows = zip(every, cells, strict=True)
    for _, group in groupby(rows, key=lambda row: row[0].report.id):
        part = list(group)
        screen.print(_header(part[0][0].report), soft_wrap=True)
        for saying, cell in part:
            texts = {h: Text(fit(cell[h], widths[h])) for h in HEADS}
            texts["stance"].stylize(_STYLES.get(saying.stance or "", ""))
            screen.print(_row(texts, widths), soft_wrap=True)


_WRITERS: Mapping[str, Callable[[Iterable[Saying], TextIO], None]] = {
    "table": _write_table,
    "jsonl": _write_lines,
    "csv": _write_csv,
}


def _header(report: ReportInfo) -> Text:
    line = Text("\n")
    line.append(report_name(report), style="bold")
    named = [clean(report.publisher)] if report.publisher else []
    line.append("".join(f" · {part}" for part in (*named, str(report.published or "no date"))))
    return line


def _cells(saying: Saying) -> dict[str, str]:
    published = saying.report.published
    return {
        "when": day(saying.when, published.year if published else None),
        "who": _name(saying.who),
        "to whom": _name(saying.to_whom),
        "cue": clean(words_of(saying.cue)),
        "stance": saying.stance or "–",
        "words": " ".join(clean(words_of(saying.words)).split()),
    }


def _name(actor: Actor | None) -> str:
    return clean(actor.name or actor.text) if actor else "–"


def _widths(rows: Sequence[Mapping[str, str]], screen: Console) -> dict[str, int]:
    widths = {
        head: max(cell_len(head), min(max((cell_len(row[head]) for row in rows), default=0), most))
        for head, most in _WIDEST.items()
    }
    widths["words"] = max(screen.width - sum(widths.values()) - _GAP * len(widths), _LEAST_WORDS)
    return widths


def _row(cells: Mapping[str, Text], widths: Mapping[str, int]) -> Text:
    line = Text()
    for head in HEADS:
        line.append(cells[head])
        line.append(" " * (widths[head] - cell_len(cells[head].plain) + _GAP))
    line.rstrip()
    return line
