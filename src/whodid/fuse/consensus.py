"""The value that is taken for each field of an event, and the rule that took it.

Nothing is thrown away: the consensus is one reading of the values, which all stay in the event with their claims.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from whodid.fuse.pairs import EARTH_KM
from whodid.fuse.values import FIELDS, Given, given, named
from whodid.records import Actor, Claim, EventFieldName, When, Where

_MOST = "the value of most independent reports; of equal ones that of most claims, then the latest"
_ONLY = "the only value that is given"
_NONE = "no claim gives a value"


@dataclass(frozen=True, slots=True)
class Consensus:
    """The value taken (None where none is), the rule in words, and whether values contradict each other."""

    value: str | None
    rule: str
    disputed: bool = False
    claim: Claim | None = None


Fields = Mapping[EventFieldName, Sequence[Given]]


def fields_of(claims: Sequence[Claim], groups: Mapping[str, str]) -> dict[EventFieldName, list[Given]]:
    """Every value of every field, best supported first."""
    return {name: given(claims, of, groups) for name, of in FIELDS.items()}


def consensus(name: EventFieldName, fields: Fields) -> Consensus:
    """What is taken for one field."""
    values = fields[name]
    if not values:
        return Consensus(None, _NONE)
    if name in {"actors", "recipients"}:
        return _parties(values, name)
    if name == "when":
        return _when(values)
    if name == "where":
        return _where(values)
    if name in {"type", "mode", "status"}:
        disputed = name == "type" and len(values) > 1
        return Consensus(values[0].value, _most(values), disputed, values[0].claims[0])
    return _count(values, name)


def _most(values: Sequence[Given]) -> str:
    return _MOST if len(values) > 1 else _ONLY


# ---------------------------------------------------------------- who


def _parties(values: Sequence[Given], side: EventFieldName) -> Consensus:
    """Those named, without the country or kind of one of them that is told more closely in another claim."""
    parties = {v.value: _party(v, side) for v in values}
    known = [v for v in values if parties[v.value].id is not None]
    if not known:
        return Consensus(values[0].value, _most(values), claim=values[0].claims[0])
    kept = [v for v in known if not any(_covers(parties[v.value], parties[o.value]) for o in known if o is not v)]
    strongest = max(len(v.groups) for v in kept)
    taken = [v for v in kept if 2 * len(v.groups) >= strongest]
    rule = "those known by name that at least half as many independent reports give as the one most given"
    if len(kept) < len(known):
        rule += "; a country or body gives way to a person or body of it"
    value = "; ".join(v.value for v in taken)
    return Consensus(value, rule if len(values) > 1 else _ONLY, _contradict(values, parties, side), taken[0].claims[0])


def _party(value: Given, side: EventFieldName) -> Actor:
    """A participant of this key in one of the claims."""
    every = (a for c in value.claims for a in (c.actors if side == "actors" else c.recipients))
    return next(a for a in every if named(a)[0] == value.value)


def _covers(general: Actor, special: Actor) -> bool:
    """True if the second is told more closely and may be the first: of its country, and not a country itself."""
    return (
        general.country is not None
        and general.country == special.country
        and _closeness(special) > _closeness(general)
        and (not general.sectors or bool(set(general.sectors) & set(special.sectors)) or _closeness(general) == 0)
    )


def _closeness(actor: Actor) -> int:
    """0 a country, 1 a body of it ("the military"), 2 a person or organisation."""
    return 2 if ":" in (actor.id or "") else 0 if not actor.sectors else 1


def _contradict(values: Sequence[Given], parties: Mapping[str, Actor], side: EventFieldName) -> bool:
    """True if two claims name only participants of different countries."""
    countries = {c.id: {a.country for a in getattr(c, side) if a.country} for v in values for c in v.claims}
    sets = [found for found in countries.values() if found]
    return any(not (a & b) for n, a in enumerate(sets) for b in sets[n + 1 :])


# ---------------------------------------------------------------- when and where


def _when(values: Sequence[Given]) -> Consensus:
    spans = {v.value: _time(v) for v in values}
    days = [v for v in values if spans[v.value].precision == "day"]
    taken = (days or values)[0]
    rule = (
        _most(values) if taken is values[0] else "the day of most independent reports; wider times that hold it agree"
    )
    whens = list(spans.values())
    disputed = any(a.first > b.last or b.first > a.last for n, a in enumerate(whens) for b in whens[n + 1 :])
    return Consensus(taken.value, rule, disputed, next(c for c in taken.claims if c.when))


def _time(value: Given) -> When:
    return next(c.when for c in value.claims if c.when)


def _where(values: Sequence[Given]) -> Consensus:
    places = {v.value: next(c.where for c in v.claims if c.where) for v in values}
    best = places[values[0].value]
    sure = _sureness(values[0]) / 2  # a place that comes from doubtful claims alone does not narrow a surer one
    inside = [v for v in values if _lies_in(places[v.value], best) and _sureness(v) >= sure]
    taken = min(inside, key=lambda v: places[v.value].radius_km or math.inf) if inside else values[0]
    rule = (
        _most(values)
        if taken is values[0]
        else "the smallest place within the one that most reports give, of a claim that is at least half as sure"
    )
    every = list(places.values())
    disputed = any(_apart(a, b) for n, a in enumerate(every) for b in every[n + 1 :])
    return Consensus(taken.value, rule, disputed, taken.claims[0])


def _sureness(value: Given) -> float:
    return max(claim.score for claim in value.claims)


def _lies_in(place: Where, of: Where) -> bool:
    km = distance_km(place, of)
    return km is not None and km <= (of.radius_km or 0) and (place.radius_km or math.inf) < (of.radius_km or 0)


def _apart(a: Where, b: Where) -> bool:
    km = distance_km(a, b)
    if km is None:
        return bool(a.country and b.country and a.country != b.country)
    return km > (a.radius_km or 0) + (b.radius_km or 0) + 50


def distance_km(a: Where, b: Where) -> float | None:
    """Kilometres on the great circle between two places, None where one is not located."""
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return None
    lat_a, lat_b = math.radians(a.latitude), math.radians(b.latitude)
    half = math.radians(b.longitude - a.longitude) / 2
    chord = math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(half) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(chord, 1.0)))


# ---------------------------------------------------------------- how many


def _count(values: Sequence[Given], what: EventFieldName) -> Consensus:
    """Tolls rise as more is known: of the values with equal support the latest counts."""
    spans = [bounds(v.value) for v in values]
    disputed = any(_never_meet(a, b) for n, a in enumerate(spans) for b in spans[n + 1 :])
    return Consensus(values[0].value, _most(values), disputed, values[0].claims[0])


def bounds(value: str) -> tuple[int | None, int | None]:
    """The bounds of a value ``low..high``."""
    low, high = value.split("..")
    return (int(low) if low else None), (int(high) if high else None)


def _never_meet(a: tuple[int | None, int | None], b: tuple[int | None, int | None]) -> bool:
    (low_a, high_a), (low_b, high_b) = a, b
    return (high_a is not None and low_b is not None and high_a < low_b) or (
        high_b is not None and low_a is not None and high_b < low_a
    )
