"""What people add: judgements of claims and of pairs of claims, notes, saved views. Rows are added, never changed: of
several judgements of one pair the last one counts."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from sqlalchemy import Row, insert, or_, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from whodid.dataset.corrections import Corrections
from whodid.dataset.people_db import JUDGEMENTS, NOTES, VIEWS, person_name, shown, utc
from whodid.errors import UsageError
from whodid.records import Judgement
from whodid.records.base import Verdict

FILE = "people.sqlite"
SETTING = "people.json"
Kind = Literal["claim", "event", "report"]

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Note:
    """What a person wrote beside a claim, event or report."""

    kind: Kind
    target: str
    text: str
    person: str
    made: dt.datetime


@dataclass(frozen=True, slots=True)
class SavedView:
    """A query that a person kept: ``query`` holds the options of a query by name."""

    name: str
    query: Mapping[str, Any]
    person: str
    made: dt.datetime


class People(Corrections):
    """The database of one dataset, as :class:`whodid.dataset.people_db.Database` says. Judgements of claims are in
    :class:`whodid.dataset.corrections.Corrections`."""

    # ------------------------------------------------------------ judgements

    def judge(self, one: str, other: str, verdict: str, *, person: str, why: str = "") -> Judgement:
        """Keep a person's judgement of two claims: whether they tell of one event. Fusion holds to it.

        Raises UsageError where the claims are one and the same, or the verdict or name is not allowed.
        """
        if one == other:
            raise UsageError(f"a judgement is of two claims; {one!r} was given twice")
        if verdict not in get_args(Verdict):
            raise UsageError(f"{verdict!r} is no verdict; verdicts: {', '.join(get_args(Verdict))}")
        left, right = sorted((one, other))
        made = dt.datetime.now(dt.UTC)
        given = {"left_claim": left, "right_claim": right, "verdict": verdict, "why": why, "made": made,
                 "person": person_name(person)}  # fmt: skip
        return _judgement(self.append(JUDGEMENTS, given))

    def judgements(self, *, after: int = 0) -> list[tuple[int, Judgement]]:
        """Every judgement with its number, oldest first; ``after`` leaves out those up to a number."""
        with self.work() as work:
            found = work.execute(select(JUDGEMENTS).where(JUDGEMENTS.c.id > after).order_by(JUDGEMENTS.c.id))
            return [(row.id, _judgement(row)) for row in found]

    def judged(self, claims: Iterable[str]) -> list[Judgement]:
        """The last judgement of every pair in which at least one of the claims is."""
        wanted = sorted(set(claims))
        last: dict[tuple[str, str], Row[Any]] = {}
        with self.work() as work:
            for first in range(0, len(wanted), _AT_ONCE):
                some = wanted[first : first + _AT_ONCE]
                either = or_(JUDGEMENTS.c.left_claim.in_(some), JUDGEMENTS.c.right_claim.in_(some))
                for row in work.execute(select(JUDGEMENTS).where(either)):
                    pair = (row.left_claim, row.right_claim)
                    if pair not in last or last[pair].id < row.id:
                        last[pair] = row
        return [_judgement(row) for row in sorted(last.values(), key=lambda row: int(row.id))]

    def judged_pairs(self, person: str | None = None) -> list[Judgement]:
        """The judgements of pairs by a person, or by anybody, oldest first."""
        wanted = None if person is None else f"person:{person_name(person)}"
        return [j for _, j in self.judgements() if wanted in {None, j.by}]

    # ------------------------------------------------------------ notes and saved views

    def note(self, kind: Kind, target: str, words: str, *, person: str) -> Note:
        """Keep a note beside a claim, event or report. Raises UsageError for an empty one and an unknown kind."""
        if kind not in get_args(Kind):
            raise UsageError(f"{kind!r} cannot have notes; allowed: {', '.join(get_args(Kind))}")
        if not words.strip():
            raise UsageError("the note is empty: say something in it")
        note = Note(kind, target, words, person_name(person), dt.datetime.now(dt.UTC))
        with self.work() as work:
            work.execute(insert(NOTES).values(
                kind=kind, target=target, text=words, person=note.person, made=note.made))  # fmt: skip
        return note

    def notes(self, target: str | None = None, kind: Kind | None = None) -> list[Note]:
        """Every note, or those beside one thing, oldest first. kind: an event has the id of its first claim, so that
        an id alone may mean either."""
        query = select(NOTES).order_by(NOTES.c.id)
        if target is not None:
            query = query.where(NOTES.c.target == target)
        if kind is not None:
            query = query.where(NOTES.c.kind == kind)
        with self.work() as work:
            found = work.execute(query)
            return [Note(row.kind, row.target, row.text, row.person, utc(row.made)) for row in found]

    def save_view(self, name: str, query: Mapping[str, Any], *, person: str) -> SavedView:
        """Keep a query under a name; the last one of a name counts. Raises UsageError for an empty name."""
        if not name.strip():
            raise UsageError("a saved view needs a name")
        view = SavedView(name, dict(query), person_name(person), dt.datetime.now(dt.UTC))
        with self.work() as work:
            work.execute(insert(VIEWS).values(
                name=name, query=json.dumps(view.query), person=view.person, made=view.made))  # fmt: skip
        return view

    def views(self) -> list[SavedView]:
        """The last saved view of each name, by name."""
        with self.work() as work:
            rows = work.execute(select(VIEWS).order_by(VIEWS.c.id))
            last = {r.name: SavedView(r.name, json.loads(r.query), r.person, utc(r.made)) for r in rows}
        return [last[name] for name in sorted(last)]


def open_people(folder: Path, url: str | None = None) -> People:
    """The database of a dataset: that at ``url``, else the one that :func:`keep_url` was told, else SQLite in it."""
    setting = folder / SETTING
    if url is None and setting.is_file():
        url = str(json.loads(setting.read_text(encoding="utf-8"))["url"])
    return People(url or f"sqlite:///{(folder / FILE).absolute()}")


def keep_url(folder: Path, url: str) -> None:
    """Have a dataset use the database at ``url``. Raises UsageError for one with a password, which would then stand in
    a file that is copied about."""
    try:
        password = make_url(url).password
    except ArgumentError as error:
        raise UsageError(f"--judgements: {shown(url)} is no address: {error}") from error
    if password:
        raise UsageError(
            "--judgements: leave the password out of the address, as it would be written into the dataset; "
            "PGPASSWORD or a .pgpass file gives it to PostgreSQL"
        )
    new = folder / f"{SETTING}.new"
    new.write_text(json.dumps({"url": url}) + "\n", encoding="utf-8")
    new.replace(folder / SETTING)


def _judgement(row: Row[Any]) -> Judgement:
    reasons: Sequence[str] = (row.why,) if row.why else ()
    return Judgement(
        left=row.left_claim,
        right=row.right_claim,
        verdict=row.verdict,
        score={"same": 1.0, "different": 0.0}.get(row.verdict, 0.5),
        by=f"person:{row.person}",
        why=tuple(reasons),
        made=utc(row.made),
    )
