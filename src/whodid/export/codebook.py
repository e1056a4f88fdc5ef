"""A codebook of an ontology as Markdown: what every code in the data means, generated from the ontology itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from whodid.ontology import Coding, Context, EventType, Ontology, Sector


def codebook(ontology: Ontology) -> str:
    """The whole codebook."""
    return "\n".join(_lines(ontology))


def _lines(ontology: Ontology) -> Iterator[str]:
    yield f"# Codebook: {ontology.title or ontology.name}\n"
    yield f"Generated from the ontology `{ontology.name}`.\n"
    for line in (ontology.source, ontology.licence):
        if line:
            yield f"{_one_line(line)}\n"
    yield from _section("Quad classes", ["code", "name"], ([str(q), name] for q, name in ontology.quads.items()))
    yield from _types(ontology)
    yield from _status(ontology.auxiliary)
    yield from _codes("Contexts", ontology.contexts)
    yield from _codes("Sectors", ontology.sectors)
    yield from _section("Codes in place of a country", ["code", "meaning"], map(list, ontology.countries.items()))
    recodes = ([r.status, ", ".join(r.types), f"{r.to}{f' {r.mode}' if r.mode else ''}"] for r in ontology.recodes)
    yield from _section("Types that a status changes", ["status", "type", "coded as"], recodes)
    readings = ([r.about, r.conflict, r.reading] for r in ontology.readings)
    yield from _section(
        "Readings, where the published ontology contradicts itself", ["about", "conflict", "reading"], readings
    )
    yield from _cameo(ontology)


def _types(ontology: Ontology) -> Iterator[str]:
    yield "## Event types\n"
    for event_type in ontology.types.values():
        yield from _type(ontology, event_type)


def _type(ontology: Ontology, event_type: EventType) -> Iterator[str]:
    yield f"### {event_type.code}\n"
    yield f"{_one_line(event_type.definition or event_type.name)}\n"
    needed = "required" if event_type.recipient_required else "optional"
    cameo = ontology.cameo(event_type.code) or "none"
    quad = ontology.quads.get(event_type.quad, str(event_type.quad))
    yield f"{quad} · score {event_type.scale:g} · recipient {needed} · CAMEO {cameo}\n"
    yield from _list("Examples", event_type.examples)
    rows = (
        [m.code, "" if m.scale is None else f"{m.scale:g}", ontology.cameo(event_type.code, m.code) or "", m.definition]
        for m in event_type.modes.values()
    )
    yield from _table(["mode", "score", "CAMEO", "meaning"], rows)


def _status(auxiliary: Mapping[str, str]) -> Iterator[str]:
    happened = [["happened", "Told as having taken place. A threat or a promise happened; its content did not."]]
    others = [[name, meaning] for name, meaning in auxiliary.items()]
    yield from _section("Status", ["value", "meaning"], happened + others)


def _codes(title: str, codes: Mapping[str, Context] | Mapping[str, Sector]) -> Iterator[str]:
    rows = ([c.code, c.definition, "; ".join(c.examples)] for c in codes.values())
    yield from _section(title, ["code", "meaning", "examples"], rows)


def _cameo(ontology: Ontology) -> Iterator[str]:
    rows = (
        [row.code, row.label, "" if row.goldstein is None else f"{row.goldstein:g}", _coded(row.coding)]
        for row in ontology.cameo_table.codes.values()
    )
    yield from _section("CAMEO", ["code", "label (Whodid's words)", "Goldstein value", "in this ontology"], rows)
    if ontology.cameo_table.codes:
        yield f"{_one_line(ontology.cameo_table.source)}\n"


def _coded(coding: Coding | None) -> str:
    if coding is None:
        return "no event"
    return " ".join(filter(None, (coding.type, coding.mode, *coding.contexts)))


# ---------------------------------------------------------------- Markdown


def _section(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    table = list(_table(heads, rows))
    if table:
        yield f"## {title}\n"
        yield from table


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    every = [f"| {' | '.join(map(_cell, row))} |" for row in rows]
    if every:
        yield f"| {' | '.join(heads)} |"
        yield "|" + "---|" * len(heads)
        yield from every
        yield ""


def _list(title: str, items: Sequence[str]) -> Iterator[str]:
    if items:
        yield f"{title}: {'; '.join(map(_one_line, items))}\n"


def _cell(text: str) -> str:
    return _one_line(text).replace("|", "\\|")


def _one_line(text: str) -> str:
    return " ".join(text.split())
