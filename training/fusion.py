"""The weights by which claims are fused, fitted to invented reports whose events a reader has marked.

    python -m training.fusion            # reads training/fusion/, writes src/whodid/fuse/weights.yaml
    python -m training.fusion --check    # only tells how well it does, a quarter of the stories held out in turn

A logistic regression over the features of :mod:`whodid.fuse.pairs`, drawn towards the weights that ``priors.yaml``
gives by hand: the reports are few, and a feature that they hardly show keeps what linguistic sense gives it. Two sets
of weights: for claims of one report, each taken alone, and for claims with all that their reports tell of their events.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import resources
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from whodid.fuse import Features, Memory, features_of
from whodid.fuse.judge import SCOPES, Scope, Weights, use_weights, weights
from whodid.fuse.pairs import pair_features
from whodid.fuse.table import Bools, Floats, Table
from whodid.fuse.within import alone
from whodid.records import Claim, Coded, Report
from whodid.run.coder import load_parser, wire
from whodid.settings import load_settings

HERE = Path(__file__).parent / "fusion"
PULL = 0.4
"""How strongly a weight is drawn to its prior: the inverse of the variance that is allowed it."""

FOLDS = 4
"""Parts of the stories that are held out in turn."""

_OTHERS = 3
_FOREIGN = 0.02
_DIGEST = 0.05
_BETWEEN = 100
"""How many other stories each is compared with, and how much a pair of two stories counts."""


@dataclass(frozen=True, slots=True)
class Story:
    """Claims of some reports about one story, and the event that a reader gives to those that are marked."""

    name: str
    claims: tuple[Claim, ...]
    event: dict[str, str]


def read_stories(folder: Path = HERE) -> list[Story]:
    """The stories of a folder, coded. Raises ValueError for words that are not in their report."""
    coder = wire(load_parser(load_settings().parser), load_settings().ontology)
    entries = [e for path in sorted(folder.glob("stories-*.yaml")) for e in yaml.safe_load(path.read_text("utf-8"))]
    reports = {(e["story"], name): _report(e, name, given) for e in entries for name, given in e["reports"].items()}
    coded = {o.report.id: o.claims for o in coder(reports.values()) if isinstance(o, Coded)}
    return [_story(entry, reports, coded) for entry in entries]


def _report(entry: dict[str, Any], name: str, given: dict[str, Any]) -> Report:
    text, day = given["text"], given["date"]
    digest = hashlib.sha256(text.encode()).hexdigest()
    assert isinstance(day, dt.date)
    return Report(
        id=f"{entry['story']}/{name}", text=text, published=day, language="en", sha256=digest, reader="training"
    )


def _story(entry: dict[str, Any], reports: dict[tuple[str, str], Report], coded: dict[str, tuple[Claim, ...]]) -> Story:
    event: dict[str, str] = {}
    claims = [c for name in entry["reports"] for c in coded.get(reports[entry["story"], name].id, ())]
    for number, marked in enumerate(entry["events"]):
        for name, phrases in marked.items():
            report = reports[entry["story"], name]
            for phrase in phrases:
                start = report.text.find(phrase)
                if start < 0:
                    raise ValueError(f"{phrase!r} is not in report {report.id}")
                held = [
                    c for c in claims if c.report.id == report.id and start <= c.trigger.start < start + len(phrase)
                ]
                event.update({c.id: f"{entry['story']}#{number}" for c in held[:1] if c.id not in event})
    return Story(entry["story"], tuple(claims), event)


# ---------------------------------------------------------------- pairs


@dataclass(frozen=True, slots=True)
class Pairs:
    """Rows of features, which of them are one event, and how much each counts."""

    rows: Floats
    same: Floats
    counts: Floats


def pairs_of(stories: Sequence[Story], scope: Scope, names: Sequence[str]) -> Pairs:
    """The marked pairs of each story that stand alike (both happened, both planned, both denied), and the pairs of its
    claims with those of the stories after it in the list, as if they had been told on the same days, or within one
    report: most claims that are compared tell of things that have nothing to do with each other."""
    found = [_own_pairs(story, scope, names) for story in stories]
    others = (
        (story, stories[(n + k) % len(stories)]) for n, story in enumerate(stories) for k in range(1, _OTHERS + 1)
    )
    foreign = _foreign_pairs if scope == "across" else _digest_pairs
    found += [foreign(a, b, names) for a, b in others if a is not b]
    kept = [pairs for pairs in found if len(pairs.same)]
    return Pairs(
        np.vstack([p.rows for p in kept]),
        np.concatenate([p.same for p in kept]),
        np.concatenate([p.counts for p in kept]),
    )


def _own_pairs(story: Story, scope: Scope, names: Sequence[str]) -> Pairs:
    claims = [c for c in _seen(story, scope) if c.claim in story.event]
    pairs = [
        (a, b)
        for a, b in combinations(range(len(claims)), 2)
        if scope == "across" or claims[a].report == claims[b].report
    ]
    event = [story.event[c.claim] for c in claims]
    sizes = Counter(event)
    same = [event[a] == event[b] for a, b in pairs]
    return _compared(claims, pairs, same, [(sizes[event[a]] * sizes[event[b]]) ** -0.25 for a, b in pairs], names)


def _foreign_pairs(one: Story, other: Story, names: Sequence[str]) -> Pairs:
    left, right = features_of(one.claims), features_of(other.claims)
    shift = min(c.published or 0 for c in left) - min(c.published or 0 for c in right)
    claims = [*left, *(_moved(c, shift) for c in right)]
    pairs = [(a, b) for a in range(len(left)) for b in range(len(left), len(claims))]
    return _compared(claims, pairs, [False] * len(pairs), [_FOREIGN] * len(pairs), names)


def _digest_pairs(one: Story, other: Story, names: Sequence[str]) -> Pairs:
    """As if the first reports of two stories stood one after the other in one report, a digest of the day's news."""
    left, right = (_first_report(story) for story in (one, other))
    report, length = left[0].report, max(c.start for c in left) + _BETWEEN
    shift = (left[0].published or 0) - (right[0].published or 0)
    claims = [*left, *(replace(_moved(c, shift), report=report, start=c.start + length,
                               sentence_start=c.sentence_start + length) for c in right)]  # fmt: skip
    pairs = [(a, b) for a in range(len(left)) for b in range(len(left), len(claims))]
    return _compared(claims, pairs, [False] * len(pairs), [_DIGEST] * len(pairs), names)


def _first_report(story: Story) -> list[Features]:
    return alone([c for c in story.claims if c.report.id == story.claims[0].report.id])


def _moved(claim: Features, days: int) -> Features:
    def moved(day: int | None) -> int | None:
        return None if day is None else day + days

    return replace(claim, published=moved(claim.published), first=moved(claim.first), last=moved(claim.last))


def _compared(
    claims: Sequence[Features],
    pairs: Sequence[tuple[int, int]],
    same: Sequence[bool],
    counts: Sequence[float],
    names: Sequence[str],
) -> Pairs:
    table = Table(claims)
    left, right = np.array(pairs, np.int64).reshape(-1, 2).T
    alike = table.standing[left] == table.standing[right]
    values = pair_features(table, left[alike], right[alike])
    rows = np.column_stack([values[name].astype(np.float64) for name in names])
    return Pairs(rows, np.array(same, np.float64)[alike], np.array(counts, np.float64)[alike])


def _seen(story: Story, scope: Scope) -> list[Features]:
    if scope == "across":
        return features_of(story.claims)
    reports = dict.fromkeys(c.report.id for c in story.claims)
    return [f for report in reports for f in alone([c for c in story.claims if c.report.id == report])]


# ---------------------------------------------------------------- fitting


def fit(pairs: Pairs, prior: Weights, pull: float = PULL) -> Weights:
    """The weights of greatest posterior probability: a logistic likelihood, a normal prior around ``prior``; by
    Newton's method. A weight that comes out against the sense of its prior is put to 0 and the others fitted again: few
    reports make chance look like a rule."""
    rows = np.column_stack([np.ones(len(pairs.rows)), pairs.rows])
    middle = np.concatenate([[prior.bias], prior.weights])
    now = middle.copy()
    free = np.ones(len(now), np.bool_)
    while True:
        now[free] = _descended(Pairs(rows, pairs.same, pairs.counts), middle, now, free, pull)
        against = free & (now * middle < 0)
        against[0] = False
        if not against.any():
            return replace(prior, bias=float(now[0]), weights=now[1:])
        free &= ~against
        now[against] = 0.0


def _descended(pairs: Pairs, middle: Floats, start: Floats, free: Bools, pull: float) -> Floats:
    """The best values of the free weights, the others left as they are."""
    rows, fixed = pairs.rows[:, free], pairs.rows[:, ~free] @ start[~free]
    goal, now = middle[free], start[free]

    def loss(at: Floats) -> float:
        odds = rows @ at + fixed
        doubt = np.logaddexp(0, odds) - pairs.same * odds
        return float(pairs.counts @ doubt + pull * ((at - goal) ** 2).sum() / 2)

    for _ in range(100):
        chance = 1 / (1 + np.exp(-np.clip(rows @ now + fixed, -30, 30)))
        slope = rows.T @ (pairs.counts * (chance - pairs.same)) + pull * (now - goal)
        bend = (rows.T * (pairs.counts * chance * (1 - chance))) @ rows + pull * np.eye(len(now))
        step, size = np.linalg.solve(bend, slope), 1.0
        while size > 1e-6 and loss(now - size * step) > loss(now):
            size /= 2
        now = now - size * step
        if np.abs(size * step).max() < 1e-8:
            break
    return now


def fit_both(stories: Sequence[Story], priors: dict[Scope, Weights]) -> dict[Scope, Weights]:
    """The weights within reports, then with those the weights across reports."""
    out: dict[Scope, Weights] = {}
    for scope in SCOPES:
        use_weights({**priors, **out})
        out[scope] = fit(pairs_of(stories, scope, priors[scope].names), priors[scope])
    use_weights(out)
    return out


def priors() -> dict[Scope, Weights]:
    """The weights that were set by hand."""
    data = yaml.safe_load((HERE / "priors.yaml").read_text("utf-8"))
    shared: dict[str, float] = data["both"]
    out: dict[Scope, Weights] = {}
    for scope in SCOPES:
        own = shared | data[scope]["weights"]
        out[scope] = Weights(
            data[scope]["bias"], tuple(own), np.array(list(own.values()), np.float64), weights(scope).says
        )
    return out


# ---------------------------------------------------------------- how well it does


@dataclass(frozen=True, slots=True)
class Found:
    """Pairs of marked claims: rightly joined, wrongly joined, missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Found) -> Found:
        return Found(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall of the pairs."""
        return 2 * self.right / max(2 * self.right + self.wrong + self.missed, 1)


def found(story: Story) -> Found:
    """Fuse a story with the weights in use."""
    store = Memory()
    store.add(features_of(story.claims))
    out = Found()
    for a, b in combinations(story.event, 2):
        one, joined = story.event[a] == story.event[b], store.places[a].event == store.places[b].event
        out += Found(int(one and joined), int(joined and not one), int(one and not joined))
    return out


def held_out(stories: Sequence[Story], start: dict[Scope, Weights]) -> Found:
    """Every story fused with weights that were fitted without it and the others of its fold (each n-th story)."""
    total = Found()
    for fold in range(min(FOLDS, len(stories))):
        fit_both([s for n, s in enumerate(stories) if n % FOLDS != fold], start)
        total += sum((found(s) for s in stories[fold::FOLDS]), Found())
    return total


def _told(name: str, what: Found) -> str:
    return f"{name}: pairwise F1 {what.f1:.3f} ({what.right} right, {what.wrong} wrong, {what.missed} missed)"


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, measure, write."""
    parser = argparse.ArgumentParser(prog="python -m training.fusion", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    stories, start = read_stories(), priors()
    print(f"{len(stories)} stories, {sum(len(s.event) for s in stories)} marked claims", file=sys.stderr)
    use_weights(start)
    print(_told("by hand", sum((found(s) for s in stories), Found())))
    outside = _told("a quarter of the stories held out in turn", held_out(stories, start))
    print(outside)
    fitted = fit_both(stories, start)
    print(_told("on the stories themselves", sum((found(s) for s in stories), Found())))
    if not options.check:
        target = Path(str(resources.files("whodid.fuse"))) / "weights.yaml"
        body = {
            scope: {
                "bias": round(w.bias, 3),
                "weights": {n: round(float(v), 3) for n, v in zip(w.names, w.weights, strict=True)},
            }
            for scope, w in fitted.items()
        }
        head = f"# Log-odds that each feature adds. Made by `python -m training.fusion`; {outside}.\n"
        target.write_text(head + yaml.safe_dump(body, sort_keys=False), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
