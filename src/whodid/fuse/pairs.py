"""What speaks for and against two claims telling of one event, as numbers between 0 and 1, for many pairs at once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from whodid.fuse.table import FORMS, UNKNOWN, Bools, Floats, Ints, Table

EARTH_KM = 6371.0
_NEAR_KM = 30.0

Columns = dict[str, Bools | Floats]


def pair_features(table: Table, left: Ints, right: Ints) -> Columns:
    """Name of a feature → its value for each pair of rows ``left[i]``, ``right[i]``; all in [0, 1], many of them truth
    values.

    The values of a pair depend on its two claims only, and not on which of them is the left one.
    """
    out: Columns = {}
    out |= _kind(table, left, right)
    out |= _text(table, left, right)
    out |= _pointing(table, left, right)
    out |= _side(table, left, right, "actor")
    out |= _side(table, left, right, "recipient")
    out |= _both_sides(table, left, right, out)
    out |= _time(table, left, right)
    out |= _space(table, left, right)
    out |= _counts(table, left, right)
    out |= _together(out)
    return out


def shared(a: Ints, b: Ints) -> Ints:
    """How many numbers two sets of a row share."""
    found = np.zeros(len(a), np.int64)
    for n in range(a.shape[1]):
        one = a[:, n]
        if not one.any():
            break
        same = one == b[:, 0]
        for m in range(1, b.shape[1]):
            same |= one == b[:, m]
        found += same & (one != 0)
    return found


def _filled(a: Ints) -> Ints:
    filled: Ints = (a != 0).sum(axis=1)
    return filled


def _overlap(a: Ints, b: Ints, least: int = 1) -> Floats:
    """Shared of the smaller set (the overlap coefficient), 0 where one is empty; ``least`` is the smallest size that a
    set is taken to have."""
    smaller = np.maximum(np.minimum(_filled(a), _filled(b)), least)
    return shared(a, b) / smaller


def _kind(t: Table, i: Ints, j: Ints) -> Columns:
    same = t.type[i] == t.type[j]
    mode_i, mode_j = t.mode[i], t.mode[j]
    both = (mode_i != 0) & (mode_j != 0)
    return {
        "type_same": same,
        "type_apart": ~same & (shared(t.kin[i], t.kin[j]) == 0),
        "mode_same": same & both & (mode_i == mode_j),
        "mode_apart": same & both & (mode_i != mode_j),
        "background_apart": t.historical[i] != t.historical[j],
    }


def _text(t: Table, i: Ints, j: Ints) -> Columns:
    same_report = t.report[i] == t.report[j]
    same_sentence = same_report & (t.sentence_start[i] == t.sentence_start[j])
    copied = ~same_sentence & (t.sentence[i] == t.sentence[j])
    same_spot = (t.start[i] - t.sentence_start[i]) == (t.start[j] - t.sentence_start[j])
    trigger = shared(t.trigger[i], t.trigger[j]) > 0
    family = shared(t.families[i], t.families[j]) > 0
    near_kin = shared(t.families[i], t.family_kin[j]) > 0
    known = (_filled(t.families[i]) > 0) & (_filled(t.families[j]) > 0)
    gap = np.where(same_report, np.abs(t.start[i] - t.start[j]), 0)
    content_i, content_j = t.content[i], t.content[j]
    both = (_filled(content_i) > 0) & (_filled(content_j) > 0)
    content = _overlap(content_i, content_j, 2)
    types = (t.content_type[i] != 0) & (t.content_type[j] != 0)
    return {
        "report_same": same_report & ~same_sentence,
        "sentence_same": same_sentence,
        "copied_same": copied & same_spot,
        "copied_apart": copied & ~same_spot,
        "trigger_same": trigger,
        "family_same": family & ~trigger,
        "family_kin": near_kin & ~family & ~trigger,
        "family_apart": known & ~family & ~trigger & ~near_kin,
        "both_killing": t.killing[i] & t.killing[j],
        "gap": _log_share(gap, 1500),
        "local_same": t.local[i] == t.local[j],
        "words": np.where(same_sentence | copied, 0.0, _overlap(t.words[i], t.words[j], 4)),
        "names": np.where(same_sentence | copied, 0.0, _overlap(t.names[i], t.names[j], 3)),
        "story": np.where(same_report, 0.0, _overlap(t.story[i], t.story[j], 4)),
        "content": np.where(both & ~same_sentence, content, 0.0),
        "content_apart": both & (content < 0.2),
        "content_type_same": types & (t.content_type[i] == t.content_type[j]),
        "content_type_apart": types & (t.content_type[i] != t.content_type[j]),
    }


def _pointing(t: Table, i: Ints, j: Ints) -> Columns:
    """What the words of one report say of two of its claims."""
    report = t.report[i] == t.report[j]
    other_sentence = t.sentence_start[i] != t.sentence_start[j]
    later, earlier = np.where(t.start[i] < t.start[j], j, i), np.where(t.start[i] < t.start[j], i, j)
    to = t.antecedent[later]
    back = report & (to != 0) & (to == t.claim[earlier])
    form = t.form[later]
    return {
        "grammar_same": report & (shared(t.tied[i], t.claim[j][:, None]) > 0),
        "told_after": report
        & ((shared(t.after[i], t.claim[j][:, None]) + shared(t.after[j], t.claim[i][:, None])) > 0),
        "points_back": back,
        "points_elsewhere": report & (to != 0) & ~back & ~(shared(t.tied[earlier], to[:, None]) > 0),
        "told_new": report & other_sentence & (form == FORMS.index("new")),
        "told_first": report & other_sentence & (form == FORMS.index("one")),
        "headline_same": report & (t.headline[i] ^ t.headline[j]) & (t.type[i] == t.type[j]),
    }


def _side(t: Table, i: Ints, j: Ints, side: str) -> Columns:
    """Exactly one of the first six is 1: how the participants of one side stand to one another."""
    keys = getattr(t, f"{side}s")
    countries = getattr(t, f"{side}_countries")
    sectors = getattr(t, f"{side}_sectors")
    words = getattr(t, f"{side}_words")
    names = getattr(t, f"named_{side}s")
    named = shared(names[i], names[j]) > 0
    same = shared(keys[i], keys[j]) > 0
    country = shared(countries[i], countries[j]) > 0
    like = shared(words[i], words[j]) > 0
    unknown = (_filled(keys[i]) == 0) | (_filled(keys[j]) == 0)
    placeless = (_filled(countries[i]) == 0) | (_filled(countries[j]) == 0)
    relations: list[tuple[str, Bools]] = [
        ("named", named),
        ("same", same),
        ("country", country),
        ("words", like),
        ("unknown", unknown),
        ("unclear", placeless),
    ]
    out: Columns = {}
    taken = np.zeros(len(i), np.bool_)
    for name, holds in relations:
        out[f"{side}_{name}"] = holds & ~taken
        taken |= holds
    out[f"{side}_apart"] = ~taken
    both = (_filled(sectors[i]) > 0) & (_filled(sectors[j]) > 0)
    out[f"{side}_sector_apart"] = both & (shared(sectors[i], sectors[j]) == 0) & ~named & ~same
    both = (_filled(names[i]) > 0) & (_filled(names[j]) > 0)
    out[f"{side}_other_name"] = both & ~named
    return out


def _both_sides(t: Table, i: Ints, j: Ints, so_far: Columns) -> Columns:
    def firm(side: str) -> Bools:
        return _any(so_far, f"{side}_named", f"{side}_same", f"{side}_words")

    no_actor_i, no_actor_j = _filled(t.actors[i]) == 0, _filled(t.actors[j]) == 0
    no_other_i, no_other_j = _filled(t.recipients[i]) == 0, _filled(t.recipients[j]) == 0
    filling = (no_actor_i & no_other_j) | (no_actor_j & no_other_i)
    bare_i, bare_j = no_actor_i & no_other_i, no_actor_j & no_other_j
    swapped = (shared(t.actors[i], t.recipients[j]) > 0) | (shared(t.recipients[i], t.actors[j]) > 0)
    return {
        "sides_same": firm("actor") & firm("recipient"),
        "sides_filling": filling & ~bare_i & ~bare_j,
        "one_bare": bare_i ^ bare_j,
        "both_bare": bare_i & bare_j,
        "sides_swapped": swapped & ~firm("actor") & ~firm("recipient"),
        "sides_unknown": _any(so_far, "actor_unknown", "actor_unclear")
        & _any(so_far, "recipient_unknown", "recipient_unclear"),
    }


def _any(columns: Columns, *names: str) -> Bools:
    some: Bools = np.logical_or.reduce([columns[name].astype(np.bool_) for name in names])
    return some


def _time(t: Table, i: Ints, j: Ints) -> Columns:
    first_i, first_j, last_i, last_j = t.first[i], t.first[j], t.last[i], t.last[j]
    dated_i, dated_j = first_i != UNKNOWN, first_j != UNKNOWN
    both, none = dated_i & dated_j, ~dated_i & ~dated_j
    gap = np.maximum(first_i, first_j) - np.minimum(last_i, last_j)
    gap = np.where(both, np.maximum(gap, 0), 0)
    single = (first_i == last_i) & (first_j == last_j)
    known = (t.published[i] != UNKNOWN) & (t.published[j] != UNKNOWN)
    apart = np.where(known, np.abs(t.published[i] - t.published[j]), 0)
    day = np.where(dated_i, first_i, first_j)
    told = np.where(dated_i, t.published[j], t.published[i])
    one = (dated_i ^ dated_j) & (told != UNKNOWN)
    lag = np.where(one, told - day, 0)
    return {
        "day_same": both & (gap == 0) & single,
        "day_within": both & (gap == 0) & ~single,
        "day_next": both & (gap == 1),
        "day_apart": np.where(gap >= 2, 0.6 + 0.4 * _log_share(gap, 30), 0.0),
        "day_open": ~both & ~none,
        "day_open_lag": np.where(lag > 0, _log_share(lag, 90), 0.0),
        "day_told_before": (lag < -1) & np.where(dated_i, t.happened[j], t.happened[i]),
        "days_open": none,
        "days_open_apart": np.where(none, _log_share(apart, 90), 0.0),
    }


def _log_share(days: Ints, most: int) -> Floats:
    """0 for no day, 1 for ``most`` or more, by the logarithm."""
    share: Floats = np.minimum(np.log1p(np.maximum(days, 0)) / np.log1p(most), 1.0)
    return share


def _space(t: Table, i: Ints, j: Ints) -> Columns:
    known = (t.place[i] != 0) & (t.place[j] != 0)
    same = known & (t.place[i] == t.place[j])
    far, reach = _distance(t, i, j), np.nan_to_num(t.radius_km[i]) + np.nan_to_num(t.radius_km[j])
    located = known & ~np.isnan(far)
    near = located & ~same & (far <= _NEAR_KM)
    countries = (t.place_country[i] != 0) & (t.place_country[j] != 0)
    other_country = countries & (t.place_country[i] != t.place_country[j])
    inside = located & ~same & ~near & (far <= reach) & ~other_country
    return {
        "place_same": same,
        "place_near": near,
        "place_within": inside,
        "place_apart": (located & ~same & ~near & ~inside) | (known & ~same & ~near & other_country),
    }


def _distance(t: Table, i: Ints, j: Ints) -> Floats:
    """Kilometres on the great circle (haversine), NaN where a place is not located."""
    lat_i, lat_j = np.radians(t.latitude[i]), np.radians(t.latitude[j])
    half = np.radians(t.longitude[j] - t.longitude[i]) / 2
    chord = np.sin((lat_j - lat_i) / 2) ** 2 + np.cos(lat_i) * np.cos(lat_j) * np.sin(half) ** 2
    km: Floats = 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(chord, 0, 1)))
    return km


def _counts(t: Table, i: Ints, j: Ints) -> Columns:
    """Numbers of one thing: the same, close to each other, far from each other."""
    a, b = t.counts[i], t.counts[j]
    low_a, low_b = _open(a[:, ::2], a[:, 1::2]), _open(b[:, ::2], b[:, 1::2])
    both = (low_a > 0) & (low_b > 0)
    more, fewer = np.maximum(low_a, low_b), np.maximum(np.minimum(low_a, low_b), 1)
    ratio = np.where(both, more / fewer, 1.0)
    return {
        "count_same": (both & (ratio == 1) & (more > 2)).any(axis=1),
        "count_near": (both & (ratio > 1) & (ratio <= 2)).any(axis=1),
        "count_apart": (both & (ratio > 3)).any(axis=1),
    }


def _open(low: Ints, high: Ints) -> Ints:
    """The bound that is given, the lower one first."""
    return np.where(low >= 0, low, high)


_TOGETHER: dict[str, Callable[[Columns], Bools]] = {
    "type_akin": lambda c: ~_any(c, "type_same", "type_apart") & _any(c, "trigger_same", "family_same"),
    "bare_alike": lambda c: _any(c, "one_bare", "both_bare") & _any(c, "trigger_same", "family_same", "family_kin"),
    "report_day_next": lambda c: _any(c, "report_same", "sentence_same") & _any(c, "day_next"),
    "killed_once": lambda c: _any(c, "recipient_named") & _any(c, "both_killing"),
    "day_and_side": lambda c: _any(c, "day_same", "day_next")
    & _any(c, "actor_named", "actor_same", "recipient_named", "recipient_same"),
    "day_and_place": lambda c: _any(c, "day_same", "day_next") & _any(c, "place_same", "place_near"),
    "kin_and_day": lambda c: _any(c, "family_kin") & _any(c, "day_same", "day_next"),
    "speech_apart": lambda c: _any(c, "content_apart") & _any(c, "content_type_apart"),
    "other_person": lambda c: _any(c, "recipient_other_name") & _any(c, "actor_named", "actor_same"),
    "nothing_shared": lambda c: ~_any(
        c, "actor_named", "actor_same", "actor_country", "actor_words", "recipient_named", "recipient_same",
        "recipient_country", "recipient_words", "place_same", "place_near",
    ),
}  # fmt: skip
"""What counts only together with something else."""


def _together(columns: Columns) -> Columns:
    return {name: of(columns) for name, of in _TOGETHER.items()}
