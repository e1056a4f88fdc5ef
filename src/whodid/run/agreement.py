"""How far reviewers agree, and what they have to settle.

Krippendorff's alpha for nominal values with any number of reviewers and gaps (K. Krippendorff, 2019, "Content
Analysis", 4th ed., ch. 12; his example data are in the tests). It is computed here, as the library for it has a licence
that does not go with this one's (docs/decisions).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import JsonValue

from whodid.dataset import Dataset
from whodid.dataset.corrections import settled, standing
from whodid.dataset.people import People
from whodid.records import Claim, Correction
from whodid.run.correcting import FIELDS, WHOLE, label, value_of, values_at
from whodid.run.review_queue import of_claims


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement on one field, or on the verdict (``claim``: accepted, corrected or rejected). alpha: 1 where all agree,
    0 where they agree as chance would have it; None where it cannot be told: nothing was judged twice, or there is only
    one value. claims: those that two or more reviewers judged; reviewers: how many of them took part."""

    field: str
    alpha: float | None
    claims: int
    reviewers: int


@dataclass(frozen=True, slots=True)
class Dispute:
    """A claim of which reviewers give one field different values, and which nobody has decided. values: reviewer →
    the value in words; counts: the one that counts until it is decided."""

    claim: str
    field: str
    values: Mapping[str, str]
    counts: str


@dataclass(slots=True)
class _View:
    """What one reviewer says of one claim. values: field → value, of the fields of which something was said."""

    verdict: str | None = None
    values: dict[str, JsonValue] = field(default_factory=dict)


def alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Krippendorff's alpha for nominal values. units: the values that reviewers gave each thing, in any order; things
    with fewer than two do not count. None where no two values can be compared, or all are the same."""
    counted = [Counter(unit) for unit in units if len(unit) > 1]
    totals: Counter[Hashable] = sum(counted, Counter())
    n = totals.total()
    expected = n * n - sum(k * k for k in totals.values())
    if not expected:
        return None
    observed = sum((m * m - sum(k * k for k in unit.values())) / (m - 1) for unit in counted if (m := unit.total()))
    return 1 - (n - 1) * observed / expected


def agreement(data: Dataset, people: People) -> list[Agreement]:
    """Agreement on the verdict and on every field that some reviewer corrected. Decisions do not count: who decides has
    seen what the others say."""
    views = [views_of(machine, rows) for machine, rows in _judged(data, people)]
    views = [view for view in views if len(view) > 1]
    corrected = {row.field for row in people.corrections() if row.field != WHOLE}
    out = []
    for name in (WHOLE, *(f for f in FIELDS if f in corrected)):
        units = [_values(view, name) for view in views]
        units = [unit for unit in units if len(unit) > 1]
        who = {person for unit in units for person in unit}
        out.append(Agreement(name, alpha(list(unit.values()) for unit in units), len(units), len(who)))
    return out


def disputes(data: Dataset, people: People) -> list[Dispute]:
    """What reviewers differ on and nobody has decided, by claim: to be settled by a deciding judgement."""
    out = []
    for machine, rows in _judged(data, people):
        view, counting = views_of(machine, rows), settled(rows)
        for name in (WHOLE, *FIELDS):
            given = _values(view, name)
            if len(set(given.values())) < 2 or (name in counting and counting[name].deciding):
                continue
            shown = {p: _shown(view[p], name) for p in given}
            now = counting[name].after if name in counting else value_of(machine, name) if name != WHOLE else None
            out.append(Dispute(machine.id, name, shown, label(name, now)))
    return out


def _judged(data: Dataset, people: People) -> list[tuple[Claim, list[Correction]]]:
    """The claims that are there and that somebody judged, as the coder made them, with the judgements."""
    every = of_claims(people)
    sql = "SELECT id, record FROM coded_claims WHERE list_contains(?, id) ORDER BY id"
    found = data.query(sql, [list(every)]).to_pylist() if every else []
    return [(Claim.model_validate_json(row["record"]), every[row["id"]]) for row in found]


def views_of(machine: Claim, rows: Iterable[Correction]) -> dict[str, _View]:
    """Reviewer → what they say of a claim. Who accepts a claim says of every field that it is right as it then was; who
    corrects a field, of this one; who rejects it, nothing of its fields."""
    out: dict[str, _View] = {}
    every = list(rows)
    coded = values_at(machine, [])
    for row in standing(every):
        if row.deciding:
            continue
        view = out.setdefault(row.person, _View())
        if row.field != WHOLE:
            view.values[row.field] = row.after
            view.verdict = "corrected"
        elif row.after == "accept":
            view.values = values_at(machine, [earlier for earlier in every if earlier.id < row.id])
            view.verdict = "accepted" if view.values == coded else "corrected"
        elif row.after == "reject":
            view.values, view.verdict = {}, "rejected"
        else:
            view.verdict = None
    return out


def _values(views: Mapping[str, _View], name: str) -> dict[str, str]:
    """Reviewer → the value of a field in a form that can be compared, of those who give one."""
    if name == WHOLE:
        return {person: view.verdict for person, view in views.items() if view.verdict}
    return {p: _key(name, view.values[name]) for p, view in views.items() if name in view.values}


_TELLING = {
    "actors": ("start", "end", "id", "country", "sectors"), "recipients": ("start", "end", "id", "country", "sectors"),
    "when": ("first", "last"), "where": ("text", "geonameid"), "counts": ("what", "low", "high"),
}  # fmt: skip
"""Field → the keys of its value by which two of them are the same."""


def _key(name: str, value: JsonValue) -> str:
    of: Any = value
    keys = _TELLING.get(name)
    if keys and isinstance(of, list):
        return json.dumps(sorted(json.dumps([one[k] for k in keys]) for one in of))
    if name == "said_by":
        return json.dumps([of["voice"], of["speaker"] and [of["speaker"]["start"], of["speaker"]["end"]], of["stance"]])
    return json.dumps([of[k] for k in keys]) if keys and of else json.dumps(of)


def _shown(view: _View, name: str) -> str:
    return str(view.verdict) if name == WHOLE else label(name, view.values[name])
