"""People's judgements of single claims in the database: added, taken back by another row, and read."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

from pydantic import JsonValue
from sqlalchemy import Row, func, select

from whodid.dataset.people_db import CORRECTIONS, Database, person_name, utc
from whodid.errors import UsageError
from whodid.records import Correction

_AT_ONCE = 500


class Corrections(Database):
    """The part of the database that holds judgements of claims; :class:`whodid.dataset.people.People` is the whole."""

    def correct(  # noqa: PLR0913  one parameter a column
        self, claim: str, field: str, before: JsonValue, after: JsonValue, *, person: str, why: str = "",
        deciding: bool = False, undoes: int | None = None,
    ) -> Correction:  # fmt: skip
        """Keep a judgement of a claim; it is in the database when this returns. What is allowed is the caller's to
        check (:mod:`whodid.run.reviewing`). Raises UsageError for an empty name."""
        given = {
            "claim": claim, "field": field, "before": json.dumps(before, ensure_ascii=False),
            "after": json.dumps(after, ensure_ascii=False), "person": person_name(person), "why": why.strip(),
            "deciding": deciding, "undoes": undoes, "made": dt.datetime.now(dt.UTC),
        }  # fmt: skip
        return _correction(self.append(CORRECTIONS, given))

    def correction(self, number: int) -> Correction:
        """One judgement by its number. Raises UsageError where there is none."""
        with self.work() as work:
            row = work.execute(select(CORRECTIONS).where(CORRECTIONS.c.id == number)).one_or_none()
        if row is None:
            raise UsageError(f"there is no correction {number}; `whodid corrections` lists them with their numbers")
        return _correction(row)

    def corrections(self, *, after: int = 0, until: int | None = None) -> list[Correction]:
        """Every judgement of a claim, oldest first; ``after`` leaves out those up to a number, ``until`` those beyond
        one."""
        query = select(CORRECTIONS).where(CORRECTIONS.c.id > after).order_by(CORRECTIONS.c.id)
        if until is not None:
            query = query.where(CORRECTIONS.c.id <= until)
        with self.work() as work:
            return [_correction(row) for row in work.execute(query)]

    def corrections_of(self, claims: Iterable[str]) -> dict[str, list[Correction]]:
        """Claim → every judgement of it, oldest first; of those of the claims that have some."""
        wanted = sorted(set(claims))
        out: dict[str, list[Correction]] = {}
        with self.work() as work:
            if not work.execute(
                select(func.count()).select_from(select(CORRECTIONS.c.id).limit(1).subquery())
            ).scalar():
                return {}
            for first in range(0, len(wanted), _AT_ONCE):
                some = wanted[first : first + _AT_ONCE]
                query = select(CORRECTIONS).where(CORRECTIONS.c.claim.in_(some)).order_by(CORRECTIONS.c.id)
                for row in work.execute(query):
                    out.setdefault(row.claim, []).append(_correction(row))
        return out

    def last_correction(self) -> int:
        """The number of the newest judgement of a claim, 0 where there is none."""
        with self.work() as work:
            return int(work.execute(select(func.max(CORRECTIONS.c.id))).scalar() or 0)


def _correction(row: Row[Any]) -> Correction:
    given = dict(row._mapping)
    values = {name: json.loads(given[name]) for name in ("before", "after")}
    return Correction(**{**given, **values, "made": utc(row.made)})


def standing(rows: Iterable[Correction]) -> list[Correction]:
    """Of all the rows of a claim those that nobody has taken back, oldest first, without the rows that take back. One
    that takes back can be taken back itself: then what it took back counts again."""
    gone: set[int] = set()
    left = []
    for row in sorted(rows, key=lambda r: r.id, reverse=True):
        if row.id in gone:
            continue
        if row.undoes is not None:
            gone.add(row.undoes)
        else:
            left.append(row)
    return left[::-1]


def settled(rows: Iterable[Correction]) -> dict[str, Correction]:
    """Field → the judgement of it that counts: the last one, and the last deciding one before all others. The verdict
    on the whole stands under ``claim``."""
    out: dict[str, Correction] = {}
    for row in standing(rows):
        before = out.get(row.field)
        if before is None or row.deciding or not before.deciding:
            out[row.field] = row
    return out
