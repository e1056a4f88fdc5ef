"""How good a coder is on marked sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from training.data import Event, Example, Span
from training.items import token_at
from whodid.models import EventCoder
from whodid.records import Annotated, Mention, Role

BINS = 10


def measure(pairs: Iterable[tuple[Example, Annotated]], coder: EventCoder) -> dict[str, Any]:
    """Precision, recall and F1 of types by trigger; shares of modes, statuses and dates right where the type is; F1 of
    actors and recipients there; and a reliability table: mean score and share right (type and parties) in ten bins."""
    n: Counter[str] = Counter()
    bins = [[0, 0.0, 0] for _ in range(BINS)]
    for example, a in pairs:
        marked = {token_at(a, e.trigger): e for e in example.events}
        n["marked"] += len(marked)
        mentions = coder.code(a)
        assert isinstance(mentions, tuple)
        for m in mentions:
            n["found"] += 1
            event = _taken(a, m, marked)
            right = event is not None and _count(n, a, m, event)
            row = bins[min(BINS - 1, int(m.score * BINS))]
            row[0], row[1], row[2] = row[0] + 1, row[1] + m.score, row[2] + right
    return _figures(n) | {
        "reliability": [
            {"claims": k, "mean score": round(total / k, 3), "right": round(right / k, 3)} if k else {"claims": 0}
            for k, total, right in bins
        ]
    }


def _taken(a: Annotated, m: Mention, marked: dict[int, Event]) -> Event | None:
    """The marked event that a mention tells of; it is taken out of ``marked``."""
    first, last = a.token_range(m.trigger)
    near = [m.head, *range(first, last)]
    token = next((i for i in near if i in marked and marked[i].type == m.type), None)
    return marked.pop(token) if token is not None else None


def _count(n: Counter[str], a: Annotated, m: Mention, event: Event) -> bool:
    n["right"] += 1
    n["mode"] += m.mode == event.mode
    n["status"] += m.status == event.status
    n["historical"] += m.historical == event.historical
    agree = []
    for kind, spans in (("actor", event.actors), ("recipient", event.recipients)):
        heads = [r for r in m.roles if r.kind == kind]
        good = [r for r in heads if any(_in(r, s) for s in spans)]
        n[f"{kind} found"] += len(heads)
        n[f"{kind} right"] += len(good)
        n[f"{kind} marked"] += len(spans)
        agree.append(bool(good) if heads and spans else not heads and not spans)
    return all(agree)


def _in(role: Role, span: Span) -> bool:
    return role.quote.start < span.end and span.start < role.quote.end


def _figures(n: Counter[str]) -> dict[str, Any]:
    def f1(right: int, found: int, marked: int) -> float:
        return round(2 * right / max(1, found + marked), 3)

    right = max(1, n["right"])
    return {
        "events": n["marked"],
        "precision": round(n["right"] / max(1, n["found"]), 3),
        "recall": round(n["right"] / max(1, n["marked"]), 3),
        "F1": f1(n["right"], n["found"], n["marked"]),
        "mode": round(n["mode"] / right, 3),
        "status": round(n["status"] / right, 3),
        "historical": round(n["historical"] / right, 3),
        "actor F1": f1(n["actor right"], n["actor found"], n["actor marked"]),
        "recipient F1": f1(n["recipient right"], n["recipient found"], n["recipient marked"]),
    }
