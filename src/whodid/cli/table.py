"""Claims as a table: a header line a report, a row a claim, readable at 100 columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from whodid.cli.text import clean, day, fit, report_name, with_codes
from whodid.records import Actor, Claim, ReportInfo

HEADS = ("id", "when", "who", "did", "to whom", "status", "who says so")

_WIDEST = {"when": 12, "did": 17, "status": 9, "who says so": 14}
_GAP = 2
_LEAST = 10
_QUAD_STYLE = {1: "green", 2: "bold green", 3: "yellow", 4: "bold red"}


def print_table(claims: Iterable[Claim], console: Console) -> None:
    """Print the claims, in the colours that the console has. Ids are cut to the shortest that are unique here."""
    every = list(claims)
    length = id_length([c.id for c in every])
    cells = [_cells(c, length) for c in every]
    widths = _widths(cells, console.width)
    if every:
        console.print(_row([Text(h, style="dim") for h in HEADS], widths), soft_wrap=True)
    rows = zip(every, cells, strict=True)
    for _, group in groupby(rows, key=lambda row: row[0].report.id):
        part = list(group)
        console.print(_header(part[0][0].report, [c for c, _ in part], console.width), soft_wrap=True)
        for claim, cell in part:
            console.print(_styled(claim, cell, widths), soft_wrap=True)


def id_length(ids: Sequence[str]) -> int:
    """The least length, from 4 up, at which different ids start differently."""
    different = set(ids)
    longest = max(map(len, different), default=4)
    return next((n for n in range(4, longest) if len({i[:n] for i in different}) == len(different)), longest)


def _header(report: ReportInfo, claims: Sequence[Claim], width: int) -> Text:
    events = len({c.event for c in claims})
    count = f"{_number(len(claims), 'claim')}, {_number(events, 'event')}"
    when = f"{report.published.day} {report.published:%b %Y}" if report.published else "no date"
    tail = " · ".join([*([clean(report.publisher)] if report.publisher else []), when])
    name = fit(report_name(report), max(width - cell_len(tail) - len(count) - 5, 8))
    left = f"{name} · {tail}"
    line = Text("\n")
    line.append(name, style="bold")
    line.append(f" · {tail}")
    line.append(" " * max(width - cell_len(left) - len(count), 2) + count, style="dim")
    return line


def _number(n: int, what: str) -> str:
    return f"{n} {what}{'' if n == 1 else 's'}"


def _cells(claim: Claim, length: int) -> dict[str, tuple[str, str]]:
    """Head → what stands under it, and the codes after it."""
    speaker = claim.said_by.speaker
    status = "earlier" if claim.historical and claim.status == "happened" else claim.status
    return {
        "id": (claim.id[:length], ""),
        "when": (day(claim.when, claim.report.published.year if claim.report.published else None), ""),
        "who": _actors(claim.actors),
        "did": (f"{claim.type} {claim.mode}" if claim.mode else claim.type, ""),
        "to whom": _actors(claim.recipients),
        "status": (status, ""),
        "who says so": (clean(speaker.name or speaker.text) if speaker else claim.said_by.voice, ""),
    }


def _actors(actors: Sequence[Actor]) -> tuple[str, str]:
    if not actors:
        return "–", ""
    first = actors[0]
    codes = [*([first.country] if first.country else []), *first.sectors[:1]]
    if len(actors) > 1:
        codes = [*codes[:1], f"+{len(actors) - 1}"]  # two codes fit; `whodid show` has them all
    return clean(first.name or first.text), " ".join(codes)


def _widths(rows: Sequence[dict[str, tuple[str, str]]], total: int) -> dict[str, int]:
    def widest(head: str) -> int:
        texts = (" ".join(filter(None, row[head])) for row in rows)
        return max((cell_len(text) for text in texts), default=0)

    widths = {head: max(cell_len(head), min(widest(head), _WIDEST.get(head, total))) for head in HEADS}
    free = total - _GAP * (len(HEADS) - 1) - sum(widths[h] for h in HEADS if h not in {"who", "to whom"})
    who, whom = widths["who"], widths["to whom"]
    if who + whom > free:  # share what is there; the one that needs less leaves the rest to the other
        half = max(free // 2, _LEAST)
        widths["who"] = min(who, max(free - whom, half))
        widths["to whom"] = min(whom, max(free - widths["who"], _LEAST))
    return widths


def _styled(claim: Claim, cells: dict[str, tuple[str, str]], widths: dict[str, int]) -> Text:
    styles = {"id": "cyan", "did": _QUAD_STYLE[claim.quad], "status": "" if claim.status == "happened" else "italic"}
    out = []
    for head in HEADS:
        name, codes = with_codes(*cells[head], widths[head])
        cell = Text(name, style=styles.get(head, ""))
        if codes:
            cell.append(f" {codes}", style="dim")
        out.append(cell)
    line = _row(out, widths)
    if claim.historical:
        line.stylize("dim")
    return line


def _row(cells: Sequence[Text], widths: dict[str, int]) -> Text:
    line = Text()
    for head, cell in zip(HEADS, cells, strict=True):
        line.append(cell)
        line.append(" " * (widths[head] - cell_len(cell.plain) + _GAP))
    line.rstrip()
    return line
