"""Every value that claims give for the fields of an event, each with the claims and publishers that give it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from whodid.fuse.features import COUNTED, party_key
from whodid.fuse.words import fold
from whodid.records import Actor, Claim, EventFieldName, FieldValue, Where

_LATEST = "0000-00-00"


@dataclass(frozen=True, slots=True)
class Given:
    """One value of one field: what it is compared by, how people read it, and the claims that give it."""

    value: str
    label: str
    claims: tuple[Claim, ...]
    groups: frozenset[str]

    @property
    def weight(self) -> tuple[int, int, str, float]:
        """What values are ranked by: independent reports, claims, the day of the latest report, the best score."""
        days = (str(c.report.published or _LATEST) for c in self.claims)
        return len(self.groups), len(self.claims), max(days), max(c.score for c in self.claims)

    def record(self) -> FieldValue:
        """The value as a record."""
        return FieldValue(
            value=self.value,
            label=self.label,
            claims=tuple(c.id for c in self.claims),
            publishers=tuple(sorted({c.report.publisher for c in self.claims if c.report.publisher})),
            independent=len(self.groups),
        )


Values = Callable[[Claim], Iterable[tuple[str, str]]]
"""Of a claim the values that it gives for a field, each with its label."""


def given(claims: Sequence[Claim], of: Values, groups: Mapping[str, str]) -> list[Given]:
    """The values of a field, best supported first: by independent reports, then claims, then the latest report."""
    by_value: dict[str, list[Claim]] = defaultdict(list)
    labels: dict[str, str] = {}
    for claim in claims:
        for value, label in dict(of(claim)).items():
            by_value[value].append(claim)
            labels.setdefault(value, label)
    every = [
        Given(value, labels[value], tuple(who), frozenset(groups.get(c.report.id, c.report.id) for c in who))
        for value, who in by_value.items()
    ]
    every.sort(key=lambda g: g.value)
    return sorted(every, key=lambda g: g.weight, reverse=True)


def _type(claim: Claim) -> Iterable[tuple[str, str]]:
    return [(claim.type, claim.type)]


def _mode(claim: Claim) -> Iterable[tuple[str, str]]:
    return [(claim.mode, claim.mode)] if claim.mode else []


def _status(claim: Claim) -> Iterable[tuple[str, str]]:
    return [(claim.status, claim.status)]


def _actors(claim: Claim) -> Iterable[tuple[str, str]]:
    return list(map(named, claim.actors))


def _recipients(claim: Claim) -> Iterable[tuple[str, str]]:
    return list(map(named, claim.recipients))


def named(actor: Actor) -> tuple[str, str]:
    """The key of a participant and the name by which people know it."""
    key = party_key(actor)
    return (key.removeprefix("~") or fold(actor.text), actor.name or actor.text)


def _when(claim: Claim) -> Iterable[tuple[str, str]]:
    if claim.when is None:
        return []
    first, last = claim.when.first, claim.when.last
    return [(f"{first}/{last}", f"{first}" if first == last else f"{first} to {last}")]


def _where(claim: Claim) -> Iterable[tuple[str, str]]:
    where = claim.where
    if where is None:
        return []
    return [(place_key(where), where.name or where.text)]


def place_key(where: Where) -> str:
    """The GeoNames id of a place, or its folded words."""
    return str(where.geonameid) if where.geonameid is not None else fold(where.text)


def _count(what: str) -> Values:
    def of(claim: Claim) -> Iterable[tuple[str, str]]:
        return [span(c.low, c.high) for c in claim.counts if c.what == what]

    return of


def span(low: int | None, high: int | None) -> tuple[str, str]:
    """``low..high`` with open ends left out, and how people read it."""
    value = f"{'' if low is None else low}..{'' if high is None else high}"
    if low is None or high is None:
        return value, f"at least {low}" if high is None else f"at most {high}"
    return value, str(low) if low == high else f"{low} to {high}"


FIELDS: dict[EventFieldName, Values] = {
    "type": _type,
    "mode": _mode,
    "status": _status,
    "actors": _actors,
    "recipients": _recipients,
    "when": _when,
    "where": _where,
    **{what: _count(what) for what in COUNTED},
}
"""Field of an event → the values that a claim gives for it."""
