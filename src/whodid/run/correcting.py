"""What a claim is once people had their say: the coder's values with those of people in their place, and where each one
comes from. It depends on the coder's claim and on the judgements that count, not on when these are taken in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from pydantic import JsonValue, ValidationError

from whodid.dataset.check import misquoted
from whodid.dataset.corrections import settled
from whodid.dataset.people import People
from whodid.errors import OntologyError, UsageError
from whodid.ontology import Ontology, load_ontology
from whodid.records import Claim, Corrected, CorrectedField, Correction, Report

WHOLE = "claim"
"""What a judgement of a claim as a whole is about."""

FIELDS: tuple[CorrectedField, ...] = get_args(CorrectedField)
_CODED = ("type", "mode", "contexts")


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with all that people said of it. machine: as the coder made it. unfit: judgements that count and do not
    fit the claim, as their words do not stand in its report any more."""

    claim: Claim
    machine: Claim
    rejected: bool = False
    unfit: tuple[Correction, ...] = ()

    @property
    def stored(self) -> str | None:
        """The coder's record as it is kept beside the claim; None where the two are the same."""
        return None if self.claim == self.machine and not self.rejected else self.machine.model_dump_json()


def judged(machine: Claim, rows: Iterable[Correction], text: str) -> Judged:
    """The claim that a coder's claim and the judgements of it make. text: of its report."""
    given = list(rows)
    taken = settled(given)
    verdict = taken.pop(WHOLE, None)
    unfit = tuple(row for row in taken.values() if not _fits(machine, row, text))
    fitting = {name: row for name, row in taken.items() if row not in unfit}
    claim = _with_values(machine, {name: row.after for name, row in fitting.items()})
    origins = _origins(machine, claim, fitting)
    said = {"accept": "accepted", "reject": "rejected"}.get(str(verdict.after)) if verdict else None
    if verdict and said == "accepted" and not still_accepted(machine, verdict, given):
        said = None
    why = [*machine.why, *(_told(machine, claim, name, row) for name, row in origins.items())]
    by = {row.person for row in origins.values()}
    if verdict and said:
        why.append(_line(f"{said} by {verdict.person} on {verdict.made:%Y-%m-%d}", verdict.why))
        by |= {verdict.person}
    if not by:
        return Judged(machine, machine, unfit=unfit)
    update = {
        "checked": "corrected" if origins else "accepted" if said == "accepted" else "none",
        "checked_by": tuple(sorted(by)) if origins or said == "accepted" else (),
        "corrections": tuple(
            Corrected(id=row.id, field=name, before=json.dumps(value_of(machine, name), ensure_ascii=False),
                      by=row.person, made=row.made, why=row.why)
            for name, row in origins.items()
        ),
        "why": tuple(why),
    }  # fmt: skip
    return Judged(claim.model_copy(update=update), machine, said == "rejected", unfit)


def still_accepted(machine: Claim, accept: Correction, rows: Sequence[Correction]) -> bool:
    """True if the claim is still what a person accepted: no value that counts is another one since."""
    now, then = (values_at(machine, some) for some in (rows, [row for row in rows if row.id < accept.id]))
    return now == then


def values_at(machine: Claim, rows: Iterable[Correction]) -> dict[str, JsonValue]:
    """Field → the value that counts by these judgements, else the coder's."""
    taken = settled(rows)
    return {name: taken[name].after if name in taken else value_of(machine, name) for name in FIELDS}


def _fits(machine: Claim, row: Correction, text: str) -> bool:
    """False where the words do not stand in the report as it is now, or the ontology has no such code any more."""
    try:
        with_value(machine, row.field, row.after)
    except UsageError:
        return False
    return not any(misquoted(row.after, text))


def judged_all(claims: Sequence[Claim], reports: Mapping[str, Report], people: People) -> list[Judged]:
    """The same for the claims of some reports, in their order; what people say is looked up."""
    rows = people.corrections_of(claim.id for claim in claims)
    if not rows:
        return [Judged(claim, claim) for claim in claims]
    return [
        judged(claim, rows[claim.id], reports[claim.report.id].text) if claim.id in rows else Judged(claim, claim)
        for claim in claims
    ]


def value_of(claim: Claim, field: str) -> JsonValue:
    """The value of a field as JSON has it."""
    value: JsonValue = claim.model_dump(mode="json", include={field})[field]
    return value


def with_value(claim: Claim, field: str, value: JsonValue) -> Claim:
    """A claim with another value in one field, and what follows from it. Raises UsageError for what is no value of the
    field."""
    try:
        return _with_values(claim, {field: value})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise UsageError(f"{field}: {where}: {first['msg']}") from error


def _with_values(machine: Claim, values: Mapping[str, JsonValue]) -> Claim:
    if not values:
        return machine
    given = Claim.model_validate_json(json.dumps({**machine.model_dump(mode="json"), **values}))
    if not values.keys() & set(_CODED):
        return given
    return _coded(machine, given)


def _coded(machine: Claim, claim: Claim) -> Claim:
    """With the mode, quad class, code and score that go with its type: a mode that the type does not have gives way to
    the coder's, or to none."""
    ontology = ontology_of(machine.ontology)
    modes = ontology.type(claim.type).modes
    mode = next((mode for mode in (claim.mode, machine.mode) if mode in modes), None)
    return claim.model_copy(
        update={
            "mode": mode,
            "quad": ontology.quad(claim.type),
            "cameo": ontology.cameo(claim.type, mode, claim.contexts),
            "scale": ontology.scale(claim.type, mode),
        }
    )


@cache
def ontology_of(name: str) -> Ontology:
    """The ontology that a claim is coded in. Raises UsageError for one that does not come with the program."""
    try:
        return load_ontology(name)
    except (OntologyError, UsageError, OSError) as error:
        raise UsageError(
            f"the claim is coded in the ontology {name!r}, which does not come with Whodid: its codes cannot be "
            "corrected, as nothing says which there are"
        ) from error


def _origins(machine: Claim, claim: Claim, rows: Mapping[str, Correction]) -> dict[CorrectedField, Correction]:
    """Field → the judgement from which its value comes, of the fields that differ from the coder's. A mode that the new
    type does not have goes with the type."""
    changed = [name for name in FIELDS if getattr(machine, name) != getattr(claim, name)]
    return {name: rows[name] if name in rows else rows["type"] for name in changed}


# ---------------------------------------------------------------- in words


def _told(machine: Claim, claim: Claim, field: CorrectedField, row: Correction) -> str:
    before, after = label(field, value_of(machine, field)), label(field, value_of(claim, field))
    return _line(f"{field} corrected by {row.person} on {row.made:%Y-%m-%d}: {before} → {after}", row.why)


def _line(said: str, why: str) -> str:
    return f"{said}: {' '.join(why.split())}" if why else said


def label(field: str, value: JsonValue) -> str:
    """A value in the words that a reader knows: ``“the army”``, ``ASSAULT``, ``none``."""
    if field in {"actors", "recipients"}:
        listed: Any = value or []
        return ", ".join(_party(one) for one in listed) or "none"
    if value is None or value == []:
        return "none"
    of: Any = value
    if field == "when":
        return str(of["first"]) if of["first"] == of["last"] else f"{of['first']} to {of['last']}"
    if field == "where":
        return str(of["name"] or f"“{of['text']}”")
    if field == "said_by":
        return f"{of['voice']}, “{of['speaker']['text']}”" if of["speaker"] else str(of["voice"])
    if field == "counts":
        return ", ".join(f"{c['what']} {_range(c['low'], c['high'])}" for c in of)
    if isinstance(of, list):
        return ", ".join(map(str, of))
    return {True: "yes", False: "no"}[of] if isinstance(of, bool) else str(of)


def _party(one: Mapping[str, Any]) -> str:
    codes = " ".join(filter(None, [one["country"], *one["sectors"]]))
    return f"“{one['text']}”" + (f" ({codes})" if codes else "")


def _range(low: int | None, high: int | None) -> str:
    return str(low) if low == high else f"{'' if low is None else low}–{'' if high is None else high}"
