"""An ontology, or one of its codes, as plain text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from whodid.errors import UsageError
from whodid.ontology.model import CameoCode, Coding, Context, EventType, Mode, Ontology, Sector, unknown

WIDTH = 96
_INDENT = "  "


def render(ontology: Ontology, code: str | None = None) -> str:
    """The whole ontology at a glance, or all that it says of one code.

    ``code`` is a type (``AID``), a mode with its type (``THREATEN-restrict``, also with ``/``), a context, a sector, a
    code that stands for a country, or a CAMEO code; upper and lower case are the same. Raises UsageError with near
    matches where there is none.
    """
    if code is None:
        return "\n".join(_overview(ontology))
    pages = _pages(ontology)
    wanted = code.strip().replace("/", "-").lower()
    for name, page in pages.items():
        if name.lower() == wanted:
            return "\n".join(_page(ontology, page))
    if whole := [name for name in pages if name.lower().endswith(f"-{wanted}")]:
        raise UsageError(f"{code!r} is a mode of several types or needs its type; did you mean {', '.join(whole)}?")
    named = {name: page for name, page in pages.items() if not isinstance(page, CameoCode)}
    raise UsageError(unknown("code", code, pages if wanted.isdigit() else named, of=ontology.name))


_Page = EventType | tuple[EventType, Mode] | Context | Sector | CameoCode | tuple[str, str]


def _pages(ontology: Ontology) -> dict[str, _Page]:
    out: dict[str, _Page] = {**ontology.types, **ontology.contexts, **ontology.sectors, **ontology.cameo_table.codes}
    out |= {f"{t.code}-{mode.code}": (t, mode) for t in ontology.types.values() for mode in t.modes.values()}
    return out | {code: (code, definition) for code, definition in ontology.countries.items()}


def _page(ontology: Ontology, page: _Page) -> Iterator[str]:
    match page:
        case EventType():
            yield from _type(ontology, page)
        case (EventType() as event_type, Mode() as mode):
            yield from _mode(ontology, event_type, mode)
        case Context():
            yield f"{page.code} · context"
            yield from _text(page.definition)
            yield from _list("Cues", [", ".join(cue.replace(" - ", "-").replace(" '", "'") for cue in page.cues)])
            yield from _list("Examples", page.examples)
        case Sector():
            yield f"{page.code} · {page.name} · sector"
            yield from _text(page.definition)
            yield from _list("Examples", page.examples)
        case CameoCode():
            yield from _cameo(ontology, page)
        case (str() as code, str() as definition):
            yield f"{code} · in the place of a country"
            yield from _text(definition)


# ---------------------------------------------------------------- pages


def _type(ontology: Ontology, event_type: EventType) -> Iterator[str]:
    yield f"{event_type.code} · {event_type.name} · type"
    yield from _text(event_type.definition)
    quad = ontology.quads.get(event_type.quad, "unknown")
    yield f"{_INDENT}quad class {event_type.quad} ({quad.lower()}) · score {event_type.scale:g} · " + (
        "recipient required" if event_type.recipient_required else "recipient optional"
    )
    yield f"{_INDENT}CAMEO {_cameo_name(ontology, ontology.cameo(event_type.code))}"
    for rule in ontology.recodes:
        if event_type.code in rule.types:
            yield f"{_INDENT}when {rule.status}: {rule.to}{f'-{rule.mode}' if rule.mode else ''}"
    yield from _list("Examples", event_type.examples)
    if event_type.modes:
        yield ""
        yield "Modes"
        width = max(map(len, event_type.modes))
        for mode in event_type.modes.values():
            yield from _row(f"{mode.code:<{width}}  {_score(mode):>5}", mode.definition)


def _mode(ontology: Ontology, event_type: EventType, mode: Mode) -> Iterator[str]:
    yield f"{event_type.code}-{mode.code} · mode of {event_type.name.lower()}"
    yield from _text(mode.definition)
    of_type = "" if mode.scale is not None else " (the type's; the mode has none)"
    yield f"{_INDENT}score {ontology.scale(event_type.code, mode.code):g}{of_type}"
    yield f"{_INDENT}CAMEO {_cameo_name(ontology, ontology.cameo(event_type.code, mode.code))}"
    for rule in ontology.cameo_rules(event_type.code):
        with_it = (mode.code, rule.contexts)
        if rule.mode == mode.code and rule.contexts and ontology.cameo(event_type.code, *with_it) == rule.code:
            name = _cameo_name(ontology, rule.code)
            yield f"{_INDENT}{_INDENT}with {' and '.join(rule.contexts)}: {name}"
    yield from _list("Examples", mode.examples)


def _cameo(ontology: Ontology, row: CameoCode) -> Iterator[str]:
    yield f"{row.code} · {row.label} · CAMEO"
    value = "none published" if row.goldstein is None else f"{row.goldstein:g}"
    yield f"{_INDENT}Goldstein value {value}"
    yield f"{_INDENT}in {ontology.name}: {_named(row.coding) if row.coding else 'no event'}"
    if row.note:
        yield from _text(row.note)


def _overview(ontology: Ontology) -> Iterator[str]:
    modes = sum(len(t.modes) for t in ontology.types.values())
    yield f"{ontology.name} · {ontology.title}" if ontology.title else ontology.name
    contexts, sectors = len(ontology.contexts), len(ontology.sectors)
    yield f"{len(ontology.types)} types, {modes} modes, {contexts} contexts, {sectors} sectors"
    for line in (ontology.source, ontology.licence):
        yield from _text(line)
    for quad, name in ontology.quads.items():
        yield ""
        yield f"{quad} {name}"
        for event_type in ontology.types.values():
            if event_type.quad == quad:
                names = ", ".join(event_type.modes) or "no modes"
                yield from _row(f"{event_type.code:<10}{event_type.scale:>5g}", names)
    for title, codes in (("Contexts", ontology.contexts), ("Sectors", ontology.sectors)):
        if codes:
            yield from _list(title, [", ".join(codes)])
    if ontology.countries:
        yield from _list("In the place of a country", [", ".join(ontology.countries)])
    if ontology.readings:
        yield ""
        yield "Readings, where the published ontology contradicts itself"
        for reading in ontology.readings:
            text = f"{reading.about}: {reading.reading}"
            yield from textwrap.wrap(text, WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT * 2)


# ---------------------------------------------------------------- lines


def _score(mode: Mode) -> str:
    return "–" if mode.scale is None else f"{mode.scale:g}"


def _named(coding: Coding) -> str:
    mode = f"-{coding.mode}" if coding.mode else ""
    return f"{coding.type}{mode}{' with ' + ' and '.join(coding.contexts) if coding.contexts else ''}"


def _cameo_name(ontology: Ontology, code: str | None) -> str:
    if code is None:
        return "has no such event"
    row = ontology.cameo_table.codes.get(code)
    return f"{code} {row.label}" if row else code


def _text(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT)


def _row(head: str, text: str) -> list[str]:
    lines = textwrap.wrap(text, WIDTH - len(head) - 4) or [""]
    pad = " " * (len(head) + 4)
    return [f"{_INDENT}{head}  {lines[0]}", *(pad + line for line in lines[1:])]


def _list(title: str, texts: Iterable[str]) -> Iterator[str]:
    yield ""
    yield title
    for text in texts:
        yield from _text(text)
