"""One event in full: every value of every field with its sources, links, and the claims with their words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from whodid.cli.grid import Cell, print_grid
from whodid.cli.text import clean, report_name, short_days
from whodid.records import Actor, Claim, Event, EventField, EventLink

_KINDS: Mapping[str, str] = {
    "response_to": "in response to",
    "follows": "after",
    "because_of": "because of",
    "part_of": "part of",
    "foretold_by": "foretold by",
    "planned_by": "planned in",
    "denied_by": "denied in",
}


def print_event(event: Event, claims: Mapping[str, Claim], linked: Mapping[str, Event], console: Console) -> None:
    """Print an event in full. claims: its claims by id; linked: the events it is linked to, by the id in the link."""
    _head(event, console)
    _fields(event, console)
    if event.links:
        console.print("\nlinks", style="bold")
        for link in event.links:
            _link(link, linked, console)
    console.print("\nclaims", style="bold")
    for id in event.claims:
        if id in claims:
            _claim(claims[id], console)
    console.print("\nwhy one event", style="bold")
    for reason in event.why:
        console.print(Text(f"  {clean(reason)}"))


def in_words(event: Event) -> str:
    """An event in one line: who, what, to whom, when, where."""
    kind = f"{event.type} / {event.mode}" if event.mode else event.type
    when = short_days(event.when.first, event.when.last, None) if event.when else "no day known"
    where = (event.where.name or event.where.text) if event.where else ""
    who, whom = _names(event.actors), _names(event.recipients)
    return " · ".join(filter(None, [f"{who or 'somebody'} → {whom or 'nobody named'}", kind, when, where]))


def _names(actors: Sequence[Actor]) -> str:
    return ", ".join(" ".join(filter(None, [a.name or a.text, a.country, *a.sectors[:1]])) for a in actors)


def _head(event: Event, console: Console) -> None:
    head = Text(f"{event.type} / {event.mode}" if event.mode else event.type, style="bold")
    parts = [
        event.status,
        *(["historical"] if event.historical else []),
        *([event.checked] if event.checked != "none" else []),
        f"score {event.score:.2f}",
    ]
    head.append(f" · {' · '.join(parts)}")
    console.print(head)
    told = f"{event.independent} independent of {len(event.reports)}" if event.independent < len(event.reports) else (
        str(event.independent)
    )  # fmt: skip
    console.print(Text(f"event {event.id} · reports: {told} · {clean(', '.join(event.publishers))}", style="dim"))
    console.print(Text(clean(in_words(event))))
    counts = [f"{t.what} {_count(t.low, t.high)}" for t in event.counts]
    contexts = f"contexts {', '.join(event.contexts)}" if event.contexts else ""
    codes = f"quad {event.quad} · CAMEO {event.cameo or 'none'} · scale {event.scale:+g}"
    console.print(" · ".join(filter(None, [*counts, contexts, codes])), highlight=False)
    if event.flags:
        console.print(Text(f"note: {', '.join(event.flags)}", style="yellow"))


def _count(low: int | None, high: int | None) -> str:
    if low is None or high is None:
        return f"at least {low}" if high is None else f"at most {high}"
    return str(low) if low == high else f"{low}–{high}"


def _fields(event: Event, console: Console) -> None:
    console.print()
    rows = [row for field in event.fields for row in _values(field)]
    print_grid(("field", "value", "reports", "claims", "told by"), rows, console, widest={"value": 40})
    disputed = [field.name for field in event.fields if field.disputed]
    if disputed:
        console.print(Text(f"! the values of {', '.join(disputed)} contradict each other", style="yellow"))
    console.print(Text("* taken; by the rule:", style="dim"))
    for rule, names in _rules(event.fields).items():
        console.print(Text(f"  {', '.join(names)}: {rule}", style="dim"))


def _values(field: EventField) -> list[list[Cell]]:
    taken = set(field.consensus.split("; ")) if field.consensus else set()
    rows = []
    for n, value in enumerate(field.values):
        mark = "*" if value.value in taken else ""
        name = f"{field.name}{' !' if field.disputed else ''}" if n == 0 else ""
        style = "bold" if mark else ""
        rows.append(
            [
                Cell(name, style="yellow" if field.disputed else ""),
                Cell(value.label, mark, style),
                Cell(str(value.independent)),
                Cell(str(len(value.claims))),
                Cell(", ".join(value.publishers) or "–"),
            ]
        )
    return rows


def _rules(fields: Sequence[EventField]) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for field in fields:
        out.setdefault(field.rule, []).append(field.name)
    return out


def _link(link: EventLink, linked: Mapping[str, Event], console: Console) -> None:
    to = linked.get(link.event)
    line = Text(f"  {_KINDS[link.kind]} ", style="")
    line.append(to.id if to else link.event, style="cyan")
    if to:
        line.append(f"  {clean(in_words(to))}")
    if link.quote:
        line.append(f"  “{clean(link.quote.text)}”", style="italic")
    console.print(line)


def _claim(claim: Claim, console: Console) -> None:
    report, said = claim.report, claim.said_by
    voice = (said.speaker.name or said.speaker.text) if said.speaker else said.voice
    published = str(report.published) if report.published else "no date"
    line = Text(f"  {claim.id}", style="cyan")
    source = " · ".join(filter(None, [clean(report.publisher or ""), report_name(report), published]))
    line.append(f"  {source} · says so: {clean(voice)}", style="default")
    status = "" if claim.status == "happened" else f" · {claim.status}"
    line.append(f"{status} · score {claim.score:.2f}", style="dim")
    console.print(line, soft_wrap=True)
    console.print(Padding(_sentence(claim), (0, 0, 0, 4)))


def _sentence(claim: Claim) -> Text:
    """The sentence with the words that name the event in bold."""
    start = claim.sentence.start
    text = Text(f"“{clean(claim.sentence.text)}”")
    if start <= claim.trigger.start and claim.trigger.end <= claim.sentence.end:
        text.stylize("bold", claim.trigger.start - start + 1, claim.trigger.end - start + 1)
    return text
