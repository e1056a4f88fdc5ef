"""What the verbs do that make a dataset and keep it; their options are in :mod:`whodid.cli.keeping`."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rich.console import Console

from whodid.cli.code import parse_date
from whodid.cli.progress import meter
from whodid.cli.text import clean, console
from whodid.dataset import Dataset, init_dataset, open_dataset
from whodid.dataset.check import Problem
from whodid.dataset.check import check as problems_of
from whodid.dataset.compact import compact as compact_dataset
from whodid.dataset.people import keep_url, open_people
from whodid.errors import UsageError
from whodid.run import keeping
from whodid.run.adding import Added, Adding
from whodid.run.reviewing import unfit
from whodid.settings import load_settings


def init(folder: Path, judgements: str | None) -> None:
    """Make an empty dataset. Raises UsageError where the folder is in use or the address cannot be used."""
    if judgements:
        open_people(folder, judgements).close()  # an address that cannot be reached is told now, not at the first note
    data = init_dataset(folder, settings={"judgements": bool(judgements)})
    if judgements:
        keep_url(folder, judgements)
    _say(f"{data.path} is a dataset now; add reports with `whodid add {data.path} PATH`")


def add(  # noqa: PLR0913  one parameter an option
    folder: Path,
    paths: Sequence[str],
    *,
    date: str | None,
    recode: bool,
    restore: bool,
    judgements: str | None,
    progress: bool,
    given: Mapping[str, str | None],
) -> int:
    """Add reports to a dataset; the exit status. Raises UsageError before anything is read, and the errors of a run."""
    settings = load_settings(**given)
    adding = Adding(
        folder, paths, date=parse_date(date), settings=settings, stdin=sys.stdin.buffer, recode=recode, restore=restore,
        judgements=judgements,
    )  # fmt: skip
    started = time.monotonic()
    try:
        with meter(Console(stderr=True), paths, wanted=progress) as bar:
            added = adding.run(bar)
    except KeyboardInterrupt:
        _warn("whodid: stopped; what was coded is stored, and the same command goes on from there")
        raise
    _tell(added, folder, time.monotonic() - started)
    return 0 if added.summary.read or added.known or added.kept_out else 1


def _tell(added: Added, folder: Path, seconds: float) -> None:
    summary = added.summary
    parts = [f"{_number(summary.read, 'report')} added, {_number(summary.claims, 'claim')}"]
    parts += [f"{_number(added.events, 'event')} new or changed"] if added.events else []
    parts += [f"{added.known} there already"] if added.known else []
    parts += [f"{added.kept_out} removed before (--restore takes them in again)"] if added.kept_out else []
    parts += [f"{_number(len(added.superseded), 'older version')} superseded"] if added.superseded else []
    if summary.rejections:
        codes = ", ".join(f"{n} {code}" for code, n in summary.rejected.items())
        parts.append(f"{len(summary.rejections)} without claims ({codes})")
    _say(f"{', '.join(parts)} · version {added.version} · {summary.parser} · {seconds:.1f} s")
    if summary.small_model:
        _warn("whodid: warning: the small English model stands in for the medium one, and finds less; docs/index.md "
             "says how to install the medium one")  # fmt: skip
    if summary.rejected_claims or any(rejection.code != "no-events" for rejection in summary.rejections):
        _warn(f"`whodid rejects {folder}` lists what was rejected, and why")


def remove(folder: Path, wanted: Sequence[str], by: str | None, note: str | None, judgements: str | None) -> None:
    """Remove reports. Raises UsageError for an id that is not there."""
    done = keeping.remove(folder, wanted, by=by, note=note, judgements=judgements)
    if not done.reports:
        _say("nothing to do: they were removed before")
    else:
        _say(f"{_number(len(done.reports), 'report')} removed, {_number(done.events, 'event')} changed · "
             f"version {done.version}")  # fmt: skip


def judge(  # noqa: PLR0913, PLR0917  one parameter an option
    folder: Path, one: str, other: str, verdict: str, by: str, why: str, judgements: str | None
) -> None:
    """Keep a person's judgement of two claims and fuse accordingly. Raises UsageError."""
    data = open_dataset(folder)
    left, right = data.claim(one).id, data.claim(other).id
    with open_people(folder, judgements) as people:
        people.judge(left, right, verdict, person=by, why=why)
    fuse(folder, judgements)


def fuse(folder: Path, judgements: str | None) -> None:
    """Fuse what fusion has not seen."""
    done = keeping.fuse_pending(folder, judgements=judgements)
    _say(f"{_number(done.events, 'event')} new or changed · version {done.version}")


def check(folder: Path) -> int:
    """Print every problem of a dataset; 1 if there are any, else 0."""
    found = 0
    screen = console()
    for problem in _problems(folder):
        found += 1
        where = f"{problem.table} {problem.id}".strip()
        screen.print(clean(f"{where}: {problem.what}; {problem.todo}"), soft_wrap=True, markup=False)
    if not found:
        data = open_dataset(folder)
        _say(f"{folder}: version {data.version}: {_counts(data)}: nothing is wrong")
    return 1 if found else 0


def _problems(folder: Path) -> Iterator[Problem]:
    lost = False
    for problem in problems_of(folder):
        lost = lost or not problem.id
        yield problem
    if not lost:  # judgements are compared with claims, which cannot be read where a whole table has a fault
        yield from unfit(folder)


def _counts(data: Dataset) -> str:
    sql = "SELECT " + ", ".join(f"(SELECT count(*) FROM {n}) AS {n}" for n in ("reports", "claims", "events"))
    (row,) = data.query(sql).to_pylist()
    return ", ".join(_number(n, name.removesuffix("s")) for name, n in row.items())


_COUNTED = ("reports", "claims", "rejections")


def history(folder: Path, format: str) -> None:
    """Print the versions that can be read, newest first. Raises UsageError for an unknown format."""
    if format not in {"table", "jsonl"}:
        raise UsageError(f"--format: there is no format {format!r}; formats: table, jsonl")
    data = open_dataset(folder)
    if format == "jsonl":
        for head in data.history():
            sys.stdout.buffer.write((head.model_dump_json(exclude={"tables", "marks"}) + "\n").encode())
        return
    runs = {row["id"]: row for row in data.table("runs").to_pylist()}
    newest: set[str] = set()
    for head in data.history():
        run = runs.get(head.run, {})
        told = ", ".join(
            _number(run[k], k.removesuffix("s")) for k in ("reports", "claims", "rejections") if run.get(k)
        )
        if head.run in newest:
            told = "part of the run above"
        elif run.get("state") == "going":
            told += " so far, not finished"
        newest.add(head.run)
        note = "; ".join(part for part in (told, head.note) if part)
        console().print(
            f"{head.version:>6}  {head.made:%Y-%m-%d %H:%M:%S}  {head.verb:<8}{clean(note)}".rstrip(),
            soft_wrap=True, markup=False,
        )  # fmt: skip


def compact(folder: Path, keep_days: float) -> None:
    """Make a dataset small and quick. Raises UsageError for a negative number of days."""
    if keep_days < 0:
        raise UsageError(f"--keep: {keep_days:g} days cannot be; give 0 or more")
    done = compact_dataset(folder, keep_days=keep_days)
    _say(f"{done.files[0]} files made {done.files[1]}, {_number(done.cleared, 'old version')} cleared, "
         f"{done.bytes / 1e6:,.1f} MB freed · version {done.version}")  # fmt: skip


def migrate(folder: Path, judgements: str | None) -> None:
    """Bring a dataset to the present schema."""
    done = keeping.migrate(folder, judgements=judgements)
    _say(f"{folder} is up to date · version {done.version}")


def _say(line: str) -> None:
    console().print(clean(line), soft_wrap=True, markup=False)


def _warn(line: str) -> None:
    print(line, file=sys.stderr)


def _number(n: int, what: str) -> str:
    return f"{n:,} {what}{'' if n == 1 else 's'}"
