"""What the verbs of reviewing do; their options are in :mod:`whodid.cli.review`."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whodid.cli.found import chosen_format, write_output
from whodid.cli.grid import Cell, print_grid
from whodid.cli.text import clean, console
from whodid.errors import UsageError
from whodid.export.arrow_rows import LINES
from whodid.run import agreement as agreeing
from whodid.run.correcting import WHOLE, label
from whodid.run.correction_text import parse_value
from whodid.run.judged import judged_sentences
from whodid.run.review_queue import precision, queue
from whodid.run.reviewing import VERDICTS, Reviewing, apply_pending

if TYPE_CHECKING:
    from whodid.records import Correction

_FORMATS = ("table", *LINES)


def correct(  # noqa: PLR0913  one parameter an option
    folder: Path, claim: str, field: str, value: str | None, *, by: str, why: str, decide: bool,
    judgements: str | None,
) -> None:  # fmt: skip
    """Keep a judgement of a claim and take it in. Raises UsageError."""
    with Reviewing(folder, judgements=judgements) as reviewing:
        if field in VERDICTS:
            if value is not None:
                raise UsageError(f"to {field} a claim takes no value; {value!r} was given")
            made = reviewing.verdict(claim, field, person=by, why=why, deciding=decide)
        elif value is None:
            raise UsageError(f"what is {field} really? Give a value, or none")
        else:
            given = parse_value(field, value)
            made = reviewing.correct(claim, field, given, person=by, why=why, deciding=decide)
    _taken_in(folder, judgements, f"correction {made.id}: {_told(made)}")


def undo(folder: Path, number: int, *, by: str, why: str, judgements: str | None) -> None:
    """Take back a judgement, and take that in. Raises UsageError."""
    with Reviewing(folder, judgements=judgements) as reviewing:
        made = reviewing.undo(number, person=by, why=why)
    _taken_in(folder, judgements, f"correction {number} is taken back, by correction {made.id}")


def _taken_in(folder: Path, judgements: str | None, said: str) -> None:
    done = apply_pending(folder, judgements=judgements)
    events = f"{done.events:,} event{'' if done.events == 1 else 's'} new or changed"
    console().print(clean(f"{said} · {events} · version {done.version}"), soft_wrap=True, markup=False)
    for row in done.unfit:
        print(f"whodid: warning: correction {row.id} does not fit claim {row.claim} any more", file=sys.stderr)


def _told(row: Correction) -> str:
    if row.field == WHOLE:
        return f"{row.claim} {row.after}"
    return f"{row.claim} {row.field} {label(row.field, row.before)} → {label(row.field, row.after)}"


def corrections(folder: Path, claim: str | None, format: str | None, judgements: str | None) -> None:
    """Print what people said of claims. Raises UsageError."""
    with Reviewing(folder, judgements=judgements) as reviewing:
        rows = [{**row.model_dump(mode="json"), "stands": stands} for row, stands in reviewing.corrections(claim)]
    shown = [
        (
            str(r["id"]),
            str(r["made"])[:10],
            r["person"],
            r["claim"][:8],
            _what(r),
            r["why"],
            "" if r["stands"] else "no",
        )
        for r in rows
    ]
    _print(rows, ("number", "day", "who", "claim", "what", "why", "stands"), shown, format)


def _what(row: Mapping[str, Any]) -> str:
    if row["undoes"] is not None:
        return f"takes back {row['undoes']}"
    decided = " (decides)" if row["deciding"] else ""
    if row["field"] == WHOLE:
        return f"{row['after']}{decided}"
    return f"{row['field']}: {label(row['field'], row['before'])} → {label(row['field'], row['after'])}{decided}"


def review(  # noqa: PLR0913  one parameter an option
    folder: Path, *, queue: str, limit: int, sample: int, seed: int, reviewer: str | None, format: str | None,
    judgements: str | None,
) -> None:  # fmt: skip
    """Print a queue, and what the random sample says. Raises UsageError."""
    with Reviewing(folder, judgements=judgements) as reviewing:
        data, people = reviewing.data, reviewing.people
        items = _queue(data, people, kind=queue, limit=limit, seed=seed, reviewer=reviewer, sample=sample)
        found = precision(data, people, seed=seed, sample=sample) if queue == "random" else None
        claims = {c.id: c for c in map(data.coded_claim, (i.id for i in items if i.kind == "claim"))}
        events = {e.id: e for e in map(data.event, (i.id for i in items if i.kind == "event"))}
    rows, shown = [], []
    for item in items:
        one = claims.get(item.id) or events[item.id]
        words = claims[item.id].sentence.text if item.id in claims else f"{len(events[item.id].claims)} claims"
        rows.append({**asdict(item), "type": one.type, "words": words})
        shown.append((item.kind, item.id[:8], one.type, item.why, words))
    _print(rows, ("what", "id", "type", "why", "words"), shown, format)
    if found is not None:
        told = "nothing of it was judged yet"
        if found.share is not None:
            told = f"{found.judged} judged, {found.right} right in type and parties: {found.share:.2f} "
            told += f"({found.low:.2f} to {found.high:.2f} with 95 %)"
        print(f"sample of {found.sample} claims: {told}", file=sys.stderr)


_queue = queue


def agreement(folder: Path, format: str | None, judgements: str | None) -> None:
    """Print alpha for each field, then what is to be decided. Raises UsageError."""
    with Reviewing(folder, judgements=judgements) as reviewing:
        found = agreeing.agreement(reviewing.data, reviewing.people)
        disputed = agreeing.disputes(reviewing.data, reviewing.people)
    names = {WHOLE: "verdict"}
    rows = [{**asdict(one), "field": names.get(one.field, one.field)} for one in found]
    shown = [
        (
            row["field"],
            "–" if row["alpha"] is None else f"{row['alpha']:.2f}",
            str(row["claims"]),
            str(row["reviewers"]),
        )
        for row in rows
    ]
    _print(rows, ("field", "alpha", "claims", "reviewers"), shown, format)
    for one in disputed:
        said = "; ".join(f"{person}: {value}" for person, value in one.values.items())
        name = names.get(one.field, one.field)
        print(f"to decide: {one.claim} {name}: {said}; {one.counts} counts until then", file=sys.stderr)


def judged(folder: Path, output: Path | None) -> None:
    """Write training sentences. Raises UsageError, OSError."""
    from whodid.dataset import open_dataset

    if output is not None and not output.parent.is_dir():
        raise UsageError(f"-o {output}: there is no folder {output.parent}; make it first")
    found = judged_sentences(open_dataset(folder))
    write_output(output, lambda target: target.write_text(found.text if found.blocks else "", encoding="utf-8"))
    print(f"{len(found.blocks)} sentences", file=sys.stderr)
    for reason, number in sorted(found.left_out.items()):
        print(f"{number} left out: {reason}", file=sys.stderr)


def _print(
    rows: Sequence[Mapping[str, Any]], heads: tuple[str, ...], shown: Sequence[tuple[str, ...]], format: str | None
) -> None:
    """Rows as JSON Lines or CSV, or what is shown of them as a table."""
    chosen = chosen_format(format, None, _FORMATS)
    if chosen == "table":
        if shown:
            print_grid(heads, [[Cell(clean(cell)) for cell in row] for row in shown], console())
        return
    import pyarrow as pa

    flat = [
        {k: json.dumps(v, ensure_ascii=False) if k in {"before", "after"} else v for k, v in r.items()} for r in rows
    ]
    sys.stdout.writelines(LINES[chosen](pa.Table.from_pylist(flat)) if flat else [])
