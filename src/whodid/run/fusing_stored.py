"""Fuses what a change adds to a dataset or takes from it, and puts the outcome into the same change."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from importlib.metadata import version
from importlib.resources import files

from whodid.dataset import Dataset, Writer
from whodid.dataset.finding import Finder, key_hash
from whodid.dataset.people import People
from whodid.dataset.rows import Row, claim_row, event_row, judgement_row, statement_rows
from whodid.errors import UsageError
from whodid.fuse import (
    Features,
    Placed,
    Tie,
    Told,
    block_keys,
    events_of,
    features_of,
    fuse_new,
    links_of,
    regroup,
    report_keys,
    stated,
)
from whodid.records import Claim, Judgement, Quote, Report
from whodid.run.journal import digest

FUSED = ("events", "members", "judgements", "ties", "blocks", "features", "groups", "report_blocks")
"""The tables that hold nothing but what fusion made of reports and claims."""

SEEN = "people"
"""The mark of a head that tells the number of the last judgement by a person which fusion has seen."""


@cache
def fusion() -> str:
    """Fingerprint of what decides how claims are fused: what stored features hold, and the knowledge of fusion."""
    parts: list[str] = [f.name for f in fields(Features)]
    for path in sorted(files("whodid.fuse").iterdir(), key=lambda p: p.name):
        if path.name.endswith(".yaml"):
            parts.append(path.read_text(encoding="utf-8"))
    return digest(version("whodid"), *parts)


def check_fusion(data: Dataset) -> None:
    """Raises UsageError where another version of Whodid has fused what is there: the two would not fit together."""
    if data.head.fusion not in {"", fusion()}:
        raise UsageError(
            f"{data.path} was fused by another version of Whodid; fuse it anew with `whodid migrate {data.path}`"
        )


@dataclass(frozen=True)
class Change:
    """What comes and goes. claims: of the ``reports``, which count from now on. stored: claims of theirs whose rows are
    there already, and which were not fused. gone: ids of reports that are there and count no longer; a report that is
    coded anew is in both. changed: ids of reports that stay as they are and have other claims from now on. machine: id
    of a claim → the coder's record of it, where people had a say."""

    reports: Sequence[Report] = ()
    claims: Sequence[Claim] = ()
    stored: Sequence[Claim] = ()
    gone: Collection[str] = ()
    changed: Collection[str] = ()
    machine: Mapping[str, str] = field(default_factory=dict)


class _Claims:
    """The dataset as fusion asks it (:class:`whodid.fuse.Lookup`)."""

    def __init__(self, finder: Finder, people: People) -> None:
        self._finder = finder
        self._people = people

    def sharing(self, keys: Collection[str]) -> Iterable[Features]:
        return map(Features.from_row, self._finder.sharing(keys))

    def within(self, components: Collection[str]) -> Iterable[Features]:
        return map(Features.from_row, self._finder.within(components))

    def placed(self, claims: Collection[str]) -> Iterable[Placed]:
        return [Placed(*place) for place in self._finder.placed(claims)]

    def judged(self, claims: Collection[str]) -> Iterable[Judgement]:
        return self._people.judged(claims)


@dataclass(frozen=True)
class _Now:
    """What a change has made other than the dataset has it. fresh: ids of the claims that are fused for the first
    time."""

    change: Change
    fresh: frozenset[str]
    places: Mapping[str, Placed]
    groups: Mapping[str, str]
    ties: Sequence[Tie]


class _Foretold(_Claims):
    """The same with judgements that nobody has kept yet."""

    def __init__(self, finder: Finder, people: People, supposed: Sequence[Judgement]) -> None:
        super().__init__(finder, people)
        self._supposed = supposed

    def judged(self, claims: Collection[str]) -> Iterable[Judgement]:
        wanted = set(claims)
        return [*super().judged(claims), *(j for j in self._supposed if wanted & {j.left, j.right})]


class _Homes(dict[str, str]):
    """Claim → the event in which it would be; of a claim that stays where it is that event."""

    def __init__(self, moved: Mapping[str, str], finder: Finder) -> None:
        super().__init__(moved)
        self._finder = finder

    def __missing__(self, claim: str) -> str:
        ((_, event, _),) = self._finder.placed([claim])
        self[claim] = event
        return event


def foretold(data: Dataset, people: People, judgements: Sequence[Judgement]) -> Mapping[str, str]:
    """Claim → the event in which it would be if people judged so. Nothing is kept."""
    finder = Finder(data)
    changes = fuse_new([], _Foretold(finder, people, judgements), judged=judgements)
    return _Homes({placed.claim: placed.event for placed in changes.placed}, finder)


def fuse_into(writer: Writer, change: Change, people: People) -> int:
    """Stage the claims of a change, and all that fusing them changes. Returns the number of events built or changed.

    The reports themselves, and what retires them, are the caller's. Raises UsageError where another version of Whodid
    has fused what is there.
    """
    check_fusion(writer.dataset)
    writer.fusion = fusion()
    left = {*change.gone, *change.changed}
    finder = Finder(writer.dataset, left)
    stood = [Placed(*place) for place in finder.of_reports(left)]
    new = features_of((*change.claims, *change.stored))
    judged = people.judgements(after=writer.marks.get(SEEN, 0))
    changes = fuse_new(new, _Claims(finder, people), removed=stood, judged=[j for _, j in judged])
    if judged:
        writer.marks[SEEN] = judged[-1][0]
    now = _Now(
        change=change,
        fresh=frozenset(f.claim for f in new),
        places={placed.claim: placed for placed in changes.placed},
        groups=_group(writer, change, Finder(writer.dataset, change.gone)),
        ties=[*changes.ties, *_stated((*change.claims, *change.stored))],
    )
    _add_claims(writer, now, new)
    writer.add("redirects", ({"old_id": old, "new_id": new} for old, new in sorted(changes.redirects.items())))
    writer.add("judgements", map(judgement_row, changes.judgements))
    writer.add("ties", map(_tie_row, now.ties))

    touched = _touched(now, stood, finder)
    standing = finder.members({*touched, *changes.events})  # of both at once: all of them are needed below
    kept = {now.places[c].event if c in now.places else event for c, event, _ in standing if event in touched}
    rebuilt = {*changes.events, *kept, *(now.places[claim].event for claim in now.fresh)}
    writer.retire("event", sorted(finder.existing_events({*rebuilt, *touched, *changes.redirects})), "changed")
    return _build(writer, sorted(rebuilt), now, finder)


def _touched(now: _Now, stood: Sequence[Placed], finder: Finder) -> set[str]:
    """The events of the dataset that look other though fusion may have left their claims where they are: those that
    lost claims, whose reports are grouped otherwise, or which are at either end of a tie that changes."""
    known = set(now.places) - now.fresh
    moved = {placed.claim for placed in stood} | known
    holders = {row["claim_id"] for row in finder.ties(moved, "other_id")}
    holders |= {tie.claim for tie in now.ties}
    holders -= set(now.places)
    events = {placed.event for placed in stood}
    events |= {event for _, event, _ in finder.placed(holders)}
    regrouped = set(now.groups) - {report.id for report in now.change.reports}
    return events | {event for _, event, _ in finder.of_reports(regrouped)}


def _stated(claims: Iterable[Claim]) -> Iterable[Tie]:
    by_report: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_report[claim.report.id].append(claim)
    return (tie for of in by_report.values() for tie in stated(of))


# ---------------------------------------------------------------- rows


def _add_claims(writer: Writer, now: _Now, new: Sequence[Features]) -> None:
    claims, places = now.change.claims, now.places
    writer.add("claims", (
        claim_row(c, event=places[c.id].event, machine=now.change.machine.get(c.id)) for c in claims
    ))  # fmt: skip
    writer.add("statements", statement_rows(claims))
    writer.add("features", map(_features_row, new))
    writer.add("blocks", ({"key": key_hash(key), "claim_id": f.claim} for f in new for key in block_keys(f)))
    first = {claim.id for claim in claims}
    writer.add(
        "members",
        (
            {"claim_id": p.claim, "event_id": p.event, "component": p.component, "first": p.claim in first}
            for p in places.values()
        ),
    )


def _features_row(one: Features) -> Row:
    given = {f.name: getattr(one, f.name) for f in fields(one)}
    return {"claim_id": one.claim, "report_id": one.report, "features": json.dumps(given, ensure_ascii=False)}


def _tie_row(tie: Tie) -> Row:
    quote = tie.quote
    return {
        "kind": tie.kind,
        "claim_id": tie.claim,
        "other_id": tie.other,
        "report_id": tie.report_id,
        "words": quote.text if quote else None,
        "start": quote.start if quote else None,
        "end": quote.end if quote else None,
    }


def _tie_of(row: Row) -> Tie:
    quote = Quote(text=row["words"], start=row["start"], end=row["end"]) if row["words"] is not None else None
    return Tie(row["kind"], row["claim_id"], row["other_id"], row["report_id"], quote)


def _group(writer: Writer, change: Change, finder: Finder) -> dict[str, str]:
    """Stage the groups of copies that are others now, of new reports and of known ones."""
    left = set(change.gone)
    before = Finder(writer.dataset).grouped(left)
    parted = [report for report in finder.of_groups(before.values()) if report.id not in left]
    loose = {report.id: report for report in (*parted, *change.reports)}
    if not loose:
        return {}
    groups = regroup(loose.values(), Finder(writer.dataset, {*left, *loose}))
    known = finder.grouped(report.id for report in parted)
    groups = {report: group for report, group in groups.items() if known.get(report) != group}
    writer.add("groups", ({"report_id": report, "group_id": group} for report, group in sorted(groups.items())))
    writer.add(
        "report_blocks", ({"key": key_hash(key), "report_id": r.id} for r in change.reports for key in report_keys(r))
    )
    return groups


# ---------------------------------------------------------------- events


def _build(writer: Writer, wanted: Sequence[str], now: _Now, finder: Finder) -> int:
    """Stage the events of these ids as they are now; their number."""
    if not wanted:
        return 0
    members = _members(wanted, now, finder)
    claims = {c.id: c for c in (*now.change.claims, *now.change.stored)}
    if missing := {m for some in members.values() for m in some} - set(claims):
        claims |= finder.claims(missing)
    there = Finder(writer.dataset, now.change.gone)
    groups = {**there.grouped({claim.report.id for claim in claims.values()}), **now.groups}
    ties = _ties(members, now, finder)
    others = {tie.other for some in ties.values() for tie in some}
    events = {claim: event for claim, event, _ in finder.placed(others - set(now.places))}
    events |= {other: now.places[other].event for other in others & set(now.places)}
    told = (Told([claims[m] for m in some], links_of(some, ties[event], events)) for event, some in members.items())
    writer.add("events", map(event_row, events_of(told, groups=groups)))
    return len(members)


def _members(wanted: Sequence[str], now: _Now, finder: Finder) -> dict[str, list[str]]:
    """Event → its claims, sorted; of the events that have some."""
    members: dict[str, set[str]] = {event: set() for event in wanted}
    for claim, event, _ in finder.members(wanted):
        if claim not in now.places:
            members[event].add(claim)
    for placed in now.places.values():
        if placed.event in members:
            members[placed.event].add(placed.claim)
    return {event: sorted(some) for event, some in members.items() if some}


def _ties(members: Mapping[str, Sequence[str]], now: _Now, finder: Finder) -> dict[str, list[Tie]]:
    """Event → the ties of its claims; those to claims that are fused now were found anew."""
    home = {claim: event for event, some in members.items() for claim in some}
    out: dict[str, list[Tie]] = {event: [] for event in members}
    stored = (tie for tie in map(_tie_of, finder.ties(set(home) - now.fresh)) if tie.other not in now.fresh)
    for tie in {*stored, *(t for t in now.ties if t.claim in home)}:
        out[home[tie.claim]].append(tie)
    return out
