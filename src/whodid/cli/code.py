"""``whodid code``."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from rich.console import Console

from whodid.cli.choice import chosen_claims
from whodid.cli.progress import meter
from whodid.cli.table import print_table
from whodid.cli.text import console
from whodid.errors import UsageError
from whodid.export import FORMATS, read_claims, write_claims
from whodid.records import Usage
from whodid.run import Run, Summary
from whodid.run.event_ids import fuse_file
from whodid.run.journal import Journal
from whodid.run.last import keep
from whodid.run.speakers import Choice
from whodid.settings import load_settings

TABLE = "table"
_SUFFIXES = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".parquet": "parquet", ".txt": TABLE}
_STDIN = "-"


def code(  # noqa: PLR0913  one parameter an option
    paths: Sequence[str],
    *,
    date: str | None,
    format: str | None,
    output: Path | None,
    progress: bool,
    wanted: Mapping[str, Sequence[str]],
    given: Mapping[str, str | None],
) -> int:
    """Code ``paths``, print or write the claims, and return the exit status.

    wanted: the values of ``voice``, ``speaker`` and ``status``; only claims that fit them are printed or written.

    Raises UsageError before anything is read, ModelError, OntologyError, OSError where the output cannot be written.
    """
    settings = load_settings(**given)
    published = parse_date(date)
    choice = chosen_claims(**wanted)
    chosen = _format(format, output)
    if output is not None:
        check_output(output, paths)
    run = Run(paths, date=published, settings=settings, stdin=sys.stdin.buffer)
    started = time.monotonic()
    if output is None:
        _to_screen(run, paths, chosen, choice, progress)
    else:
        _to_file(run, paths, output, chosen, choice, date, progress)
    _report(run.summary, choice, paths, time.monotonic() - started)
    return 0 if run.summary.read else 1


def parse_date(date: str | None) -> dt.date | None:
    """The day of an option ``--date``. Raises UsageError."""
    if date is None:
        return None
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", date):
            raise ValueError("not of the form YYYY-MM-DD")
        return dt.date.fromisoformat(date)
    except ValueError as error:
        raise UsageError(f"--date: {date!r} is no date: {error}; write it as in 2020-01-14") from error


def _format(format: str | None, output: Path | None) -> str:
    if format is None:
        if output is not None:
            return _SUFFIXES.get(output.suffix.lower(), "jsonl")
        return TABLE if sys.stdout.isatty() else "jsonl"
    if format not in (TABLE, *FORMATS):
        raise UsageError(f"--format: there is no format {format!r}; formats: {', '.join((TABLE, *FORMATS))}")
    if format == "parquet" and output is None:
        raise UsageError("--format parquet is binary: name a file for it with -o FILE")
    return format


def check_output(output: Path, paths: Sequence[str]) -> None:
    """Raises UsageError where ``output`` cannot be a file beside the inputs ``paths``."""
    if output.is_dir():
        raise UsageError(f"-o: {output} is a folder; name a file in it")
    if not output.parent.is_dir():
        raise UsageError(f"-o: there is no folder {output.parent}; make it first")
    target = output.resolve()
    for name in paths:
        path = Path(name).resolve()
        if name != _STDIN and (path == target or (path.is_dir() and path in target.parents)):
            raise UsageError(f"-o: {output} would be read as a report of {name}; write it somewhere else")


# ---------------------------------------------------------------- the two ways out


def _to_screen(run: Run, paths: Sequence[str], format: str, choice: Choice, progress: bool) -> None:
    """All claims at the end: which of them are one event is known when all are there."""
    with tempfile.TemporaryDirectory(prefix="whodid-") as folder, Journal(Path(folder, "claims"), "") as journal:
        _go(run, paths, journal, progress)
        fused = Path(folder, "fused")
        _fuse(run, journal.claims_path, fused)
        if format == TABLE:
            print_table(choice.of(read_claims(fused)), console())
        else:
            target = Path(folder, format)
            write_claims(choice.of(read_claims(fused)), target, format=format)
            with target.open("rb") as file:
                shutil.copyfileobj(file, sys.stdout.buffer)
            sys.stdout.buffer.flush()


def _to_file(  # noqa: PLR0913, PLR0917  the options of one command
    run: Run, paths: Sequence[str], output: Path, format: str, choice: Choice, date: str | None, progress: bool
) -> None:
    mark = run.fingerprint(*paths, date)
    with Journal(output, mark) as journal:
        try:
            _go(run, paths, journal, progress)
        except KeyboardInterrupt:
            print(
                f"whodid: stopped; {run.summary.inputs} inputs are done, and the same command goes on from there",
                file=sys.stderr,
            )
            raise
        journal.finish(_converter(run, format, choice))


def _converter(run: Run, format: str, choice: Choice) -> Callable[[Path, Path], None]:
    def convert(claims: Path, target: Path) -> None:
        fused = target.with_name(target.name + ".fused")
        try:
            _fuse(run, claims, fused)
            if format == TABLE:
                with target.open("w", encoding="utf-8") as file:
                    print_table(choice.of(read_claims(fused)), console(file))
            elif format == "jsonl" and choice.everything:
                fused.replace(target)
            else:
                write_claims(choice.of(read_claims(fused)), target, format=format)
        finally:
            fused.unlink(missing_ok=True)

    return convert


def _go(run: Run, paths: Sequence[str], journal: Journal, progress: bool) -> None:
    """Code everything into the journal."""
    with meter(Console(stderr=True), paths, wanted=progress) as bar:
        for _ in run.shards(journal):
            bar(run.summary)


def _fuse(run: Run, claims: Path, fused: Path) -> None:
    """Fuse all claims, then remember them as the last run."""
    run.summary.events = fuse_file(claims, fused)
    _remember(run, fused)


def _remember(run: Run, claims: Path) -> None:
    folder = run.settings.state_folder
    try:
        keep(folder, claims, [*run.summary.rejections, *run.summary.rejected_claims])
    except OSError as error:  # a home that cannot be written is no reason to lose the claims
        print(
            f"whodid: the claims are not kept for `whodid show`: {error}; set WHODID_STATE to a folder", file=sys.stderr
        )


# ---------------------------------------------------------------- the summary


def _report(summary: Summary, choice: Choice, paths: Sequence[str], seconds: float) -> None:
    def say(line: str) -> None:
        print(line, file=sys.stderr)

    if summary.inputs == 0:
        say(f"whodid: nothing to read in {', '.join(paths)}")
    parts = [_number(summary.read, "report") + " read", _number(summary.claims, "claim")]
    if not choice.everything:
        parts.append(f"{choice.left_out} left out by {choice.named}")
    if summary.events:
        parts.append(_number(summary.events, "event"))
    if summary.rejections:
        codes = ", ".join(f"{n} {code}" for code, n in summary.rejected.items())
        parts.append(f"{len(summary.rejections)} without claims ({codes})")
    if summary.rejected_claims:
        codes = ", ".join(f"{n} {code}" for code, n in summary.rejected_claim_codes.items())
        parts.append(f"{_number(len(summary.rejected_claims), 'claim')} rejected ({codes})")
    if summary.resumed:
        parts.append(f"{summary.resumed} done before")
    say(f"{', '.join(parts)} · {summary.parser} · {seconds:.1f} s")
    if summary.usage is not None:
        say(f"endpoint: {_spent(summary.usage, summary.cost)}")
    if summary.small_model:
        say(
            "whodid: warning: the small English model stands in for the medium one, and finds less; "
            "docs/index.md says how to install the medium one"
        )
    if summary.rules_alone:
        say("whodid: warning: the learned weights are not installed; the rules code alone, and are less sure")
    if summary.rejected_claims or any(rejection.code != "no-events" for rejection in summary.rejections):
        say("`whodid rejects` lists what was rejected, and why")


def _spent(usage: Usage, cost: float | None) -> str:
    told = f"{_number(usage.requests, 'request')}, {usage.input_tokens:,} tokens read, {usage.output_tokens:,} written"
    if usage.uncounted:
        told += f" (and {_number(usage.uncounted, 'answer')} whose tokens the server did not count)"
    return told if cost is None else f"{told}, cost {cost:,.4f}"


def _number(n: int, what: str) -> str:
    return f"{n} {what}{'' if n == 1 else 's'}"
