"""One claim in full: its sentence with the words of every field underlined and labelled, and why it was coded so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from whodid.cli.text import clean, day, report_name
from whodid.records import Actor, Claim, Content, Count, Evidence, Speaker, When, Where, evidence

_UNDER = "▔"
_STYLES = {"trigger": "bold", "actor": "green", "recipient": "magenta", "when": "cyan", "where": "blue"}


@dataclass(frozen=True)
class Words:
    """The words of one field: its label, characters of the report (half-open), and what they were taken to be."""

    label: str
    start: int
    end: int
    text: str
    means: str = ""


_LABELS = {"speaker": "said by", "outer": "said by (outer)"}


def fields(claim: Claim) -> list[Words]:
    """The words of every field of a claim, in the order in which a reader asks for them."""
    return [Words(_LABELS.get(e.field, e.field), e.start, e.end, e.text, _meaning(e, claim)) for e in evidence(claim)]


def _meaning(found: Evidence, claim: Claim) -> str:
    match found.of:
        case Actor() as actor:
            return _means(actor)
        case When() as when:
            basis = ", from the date of the report" if when.basis == "published" else ""
            return f"{_iso(when.first, when.last)} ({when.precision}{basis})"
        case Where() as where:
            return " ".join(filter(None, [where.name, where.country])) or "not in the gazetteer"
        case Speaker() as speaker:
            return speaker.name or ""
        case Content() as content:
            return f"{content.type}, not said to have happened" if content.type else ""
        case Count() as count:
            low, high = ("?" if n is None else str(n) for n in (count.low, count.high))
            return low if low == high else f"{low} to {high}"
        case _:
            return (claim.said_by.stance or "") if found.field == "cue" else ""


def _means(actor: Actor) -> str:
    codes = " ".join(filter(None, [actor.country, *actor.sectors]))
    return " · ".join(filter(None, [actor.name, codes or "country and sector not known"]))


def _iso(first: object, last: object) -> str:
    return f"{first}" if first == last else f"{first} to {last}"


def print_claim(claim: Claim, console: Console) -> None:
    """Print a claim in full."""
    year = claim.report.published.year if claim.report.published else None
    kind = f"{claim.type} / {claim.mode}" if claim.mode else claim.type
    parts = [
        claim.status,
        *(["historical"] if claim.historical else []),
        *([claim.checked] if claim.checked != "none" else []),
        f"score {claim.score:.2f}",
    ]
    head = Text(kind, style="bold")
    head.append(f" · {' · '.join(parts)}")
    console.print(head)
    console.print(Text(_source(claim), style="dim"))
    contexts = ", ".join(claim.contexts) or "none"
    console.print(
        f"when {day(claim.when, year)} · contexts {contexts} · quad {claim.quad} · "
        f"CAMEO {claim.cameo or 'none'} · scale {claim.scale:+g}",
        highlight=False,
    )
    console.print()
    inside = [w for w in fields(claim) if claim.sentence.start <= w.start and w.end <= claim.sentence.end]
    for line in underlined(claim.sentence.text, claim.sentence.start, inside, console.width):
        console.print(line, soft_wrap=True)
    _print_fields(claim, inside, console)
    console.print("\nwhy", style="bold")
    for reason in claim.why:
        console.print(Text(f"  {clean(reason)}"))


def _source(claim: Claim) -> str:
    report = claim.report
    named = [report_name(report), clean(report.publisher or ""), str(report.published or "no date")]
    event = f"event {claim.event}" if claim.event != claim.id else ""  # before fusion a claim is its own event
    return " · ".join(filter(None, [f"claim {claim.id}", event, *named]))


def _print_fields(claim: Claim, inside: Sequence[Words], console: Console) -> None:
    every = fields(claim)
    width = max((len(w.label) for w in every), default=0)
    console.print()
    if claim.said_by.speaker is None:
        console.print(f"  {'said by':{width}}  {_voice(claim)}", highlight=False)
    for words in every:
        if words.means or words not in inside:
            line = Text(f"  {words.label:{width}}  ")
            line.append(f"“{clean(words.text)}”", style=_STYLES.get(words.label, ""))
            line.append(f" → {clean(words.means)}" if words.means else "")
            line.append("" if words in inside else "  (in another sentence)", style="dim")
            console.print(line)


def _voice(claim: Claim) -> str:
    distant = claim.said_by.voice == "outlet" and claim.said_by.stance == "doubts"
    return _VOICES[claim.said_by.voice] + (", at a distance" if distant else "")


_VOICES = {
    "outlet": "the outlet itself",
    "quoted": "a quotation whose speaker was not found",
    "paraphrased": "a report of what somebody said whose speaker was not found",
}


def underlined(text: str, offset: int, words: Sequence[Words], width: int) -> Iterator[Text]:
    """A text in lines of ``width`` cells, each followed by the marks and labels of the words that stand in it.

    ``offset`` is where the text starts in the report, as the words count from there.
    """
    shown = clean(text)
    for start, end in wrap(shown, width):
        yield Text(shown[start:end])
        here = [
            (max(w.start - offset, start), min(w.end - offset, end), w)
            for w in words
            if w.start - offset < end and start < w.end - offset
        ]
        yield from _marks(shown, start, sorted(here, key=lambda h: (h[0], h[1])), width)


def wrap(text: str, width: int) -> list[tuple[int, int]]:
    """Where the lines of a text start and end (half-open, without the space at the break) for a width in cells."""
    lines: list[tuple[int, int]] = []
    start = 0
    while start < len(text):
        end, used = start, 0
        while end < len(text) and (used := used + cell_len(text[end])) <= width:
            end += 1
        end = max(end, start + 1)
        following = end
        if end < len(text):
            space = text.rfind(" ", start + 1, end + 1)
            if space > start:
                end, following = space, space + 1
        lines.append((start, end))
        start = following
    return lines


def _marks(text: str, line: int, here: Sequence[tuple[int, int, Words]], width: int) -> Iterator[Text]:
    """Pairs of rows, marks and labels: as many as it takes that nothing stands over another."""
    rows: list[tuple[Text, Text]] = []
    for start, end, words in here:
        left = cell_len(text[line:start])
        mark = _UNDER * max(cell_len(text[start:end]), 1)
        label_left = max(min(left, width - len(words.label)), 0)
        for marks, labels in rows:
            if marks.cell_len <= left and (labels.cell_len == 0 or labels.cell_len < label_left):
                break
        else:
            marks, labels = Text(), Text()
            rows.append((marks, labels))
        style = _STYLES.get(words.label, "yellow")
        marks.append(" " * (left - marks.cell_len)).append(mark, style=style)
        labels.append(" " * (label_left - labels.cell_len)).append(words.label, style=style)
    for pair in rows:
        yield from pair
