"""Who acts upon whom: a directed network of actors, as GraphML and as lists of nodes and edges.

GraphML 1.0 (graphml.graphdrawing.org, primer), as networkx, Gephi and igraph read it; the lists are CSV. An edge goes
from an actor to a recipient for each type of event between them, with the number of events, the sum of their scores
and the first and last day. An event with several actors and recipients counts once for each pair. An actor is told by
id; without one by name or words, with the country: "protesters" of no known country are one node.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from whodid.export.cells import Cell
from whodid.export.format import Column, Field, Format, Lines, csv_line, one_value, only_happened
from whodid.export.told import Told
from whodid.records import Actor

GRAPHML, NODES, EDGES = "actors.graphml", "actors.nodes.csv", "actors.edges.csv"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_XML_TYPES = {"text": "string", "day": "string", "whole number": "int", "number": "double"}


@dataclass
class Node:
    """An actor. events: those in which it is actor or recipient."""

    id: str
    label: str
    country: str | None
    sectors: Sequence[str]
    events: int = 0


@dataclass
class Edge:
    """Events of one type from an actor to a recipient. weight: how many. scale: the sum of their scores. first, last:
    days; None where none is known."""

    source: str
    target: str
    type: str
    quad: int
    weight: int = 0
    scale: float = 0.0
    first: dt.date | None = None
    last: dt.date | None = None


NODE_COLUMNS: tuple[Column[Node], ...] = (
    Column("id", "text", "id of the actor; of one without, ~ with name or words, and country", "actors.id",
           lambda n: n.id),
    Column("label", "text", "name, or the words of a report", "actors.name", lambda n: n.label),
    Column("country", "text", "ISO 3166-1 alpha-3, or PLOVER's code in its place", "actors.country",
           lambda n: n.country),
    Column("sectors", "text", "PLOVER sectors, joined by spaces", "actors.sectors",
           lambda n: " ".join(n.sectors)),
    Column("events", "whole number", "events in which it is actor or recipient", "events", lambda n: n.events),
)  # fmt: skip

EDGE_COLUMNS: tuple[Column[Edge], ...] = (
    Column("source", "text", "id of the actor", "actors", lambda e: e.source),
    Column("target", "text", "id of the recipient", "recipients", lambda e: e.target),
    Column("type", "text", "PLOVER type", "type", lambda e: e.type),
    Column("quad", "whole number", "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material "
           "conflict", "quad", lambda e: e.quad),
    Column("weight", "whole number", "number of events", "events", lambda e: e.weight),
    Column("scale", "number", "sum of their PLOVER scores", "scale", lambda e: round(e.scale, 6)),
    Column("first_day", "day", "first day of any of them; empty where no day is known", "when.first",
           lambda e: e.first),
    Column("last_day", "day", "last day of any of them", "when.last", lambda e: e.last),
)  # fmt: skip


def node_id(actor: Actor) -> str:
    """The id of an actor, or a key of name or words and country for one without."""
    return actor.id or f"~{(actor.name or actor.text).casefold()}|{actor.country or ''}"


class Network:
    """The network of events, grown one by one. Its size is that of the actors and pairs, not of the events."""

    def __init__(self) -> None:
        self._nodes: dict[str, Node] = {}
        self._edges: dict[tuple[str, str, str], Edge] = {}

    def add(self, told: Told) -> None:
        """Count an event."""
        actors, recipients = (self._known(side) for side in (told.event.actors, told.event.recipients))
        for id in {*actors, *recipients}:
            self._nodes[id].events += 1
        for source, target in product(actors, recipients):
            self._count(told, source, target)

    def _known(self, side: Sequence[Actor]) -> list[str]:
        for actor in side:
            known = Node(node_id(actor), actor.name or actor.text, actor.country, actor.sectors)
            self._nodes.setdefault(known.id, known)
        return list(dict.fromkeys(map(node_id, side)))

    def _count(self, told: Told, source: str, target: str) -> None:
        event = told.event
        edge = self._edges.setdefault((source, target, event.type), Edge(source, target, event.type, event.quad))
        edge.weight += 1
        edge.scale += event.scale
        if event.when:
            edge.first = min(filter(None, (edge.first, event.when.first)))
            edge.last = max(filter(None, (edge.last, event.when.last)))

    def nodes(self) -> list[Node]:
        """Every actor, by id."""
        return sorted(self._nodes.values(), key=lambda n: n.id)

    def edges(self) -> list[Edge]:
        """Every edge, by source, target and type."""
        return sorted(self._edges.values(), key=lambda e: (e.source, e.target, e.type))


# ---------------------------------------------------------------- GraphML


def graphml(nodes: Iterable[Node], edges: Iterable[Edge]) -> Iterator[str]:
    """A network as GraphML, line by line."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for domain, columns in (("node", NODE_COLUMNS[1:]), ("edge", EDGE_COLUMNS[2:])):
        for column in columns:
            name, type = quoteattr(column.name), _XML_TYPES[column.kind]
            key = quoteattr(f"{domain}.{column.name}")
            yield f'  <key id={key} for="{domain}" attr.name={name} attr.type="{type}"/>\n'
    yield '  <graph id="actors" edgedefault="directed">\n'
    for node in nodes:
        yield f"    <node id={_attribute(node.id)}>{_data('node', NODE_COLUMNS[1:], node)}</node>\n"
    for number, edge in enumerate(edges):
        ends = f"source={_attribute(edge.source)} target={_attribute(edge.target)}"
        yield f'    <edge id="e{number}" {ends}>{_data("edge", EDGE_COLUMNS[2:], edge)}</edge>\n'
    yield "  </graph>\n</graphml>\n"


def _attribute(text: str) -> str:
    return quoteattr(_NOT_XML.sub(" ", text))


def _data(domain: str, columns: Iterable[Column[Node]] | Iterable[Column[Edge]], of: object) -> str:
    parts = []
    for column in columns:
        get: Callable[[object], Cell] = column.get  # type: ignore[assignment]
        if (value := get(of)) not in (None, ""):
            key = quoteattr(f"{domain}.{column.name}")
            parts.append(f"<data key={key}>{escape(_NOT_XML.sub(' ', str(value)))}</data>")
    return "".join(parts)


# ---------------------------------------------------------------- lists


def node_lines(nodes: Iterable[Node]) -> Iterator[str]:
    """The actors of a network as CSV, line by line, names of columns first."""
    yield csv_line(c.name for c in NODE_COLUMNS)
    yield from (csv_line(c.get(node) for c in NODE_COLUMNS) for node in nodes)


def edge_lines(edges: Iterable[Edge]) -> Iterator[str]:
    """The edges of a network as CSV, line by line, names of columns first."""
    yield csv_line(c.name for c in EDGE_COLUMNS)
    yield from (csv_line(c.get(edge) for c in EDGE_COLUMNS) for edge in edges)


# ---------------------------------------------------------------- formats


class _Graphml:
    def __init__(self, folder: Path) -> None:
        self._network, self._lines = Network(), Lines(folder / GRAPHML)

    def add(self, told: Told) -> None:
        self._network.add(told)

    def close(self) -> None:
        for line in graphml(self._network.nodes(), self._network.edges()):
            self._lines.write(line)
        self._lines.close()


class _Lists:
    def __init__(self, folder: Path) -> None:
        self._network = Network()
        self._nodes, self._edges = Lines(folder / NODES), Lines(folder / EDGES)

    def add(self, told: Told) -> None:
        self._network.add(told)

    def close(self) -> None:
        for line in node_lines(self._network.nodes()):
            self._nodes.write(line)
        for line in edge_lines(self._network.edges()):
            self._edges.write(line)
        self._nodes.close()
        self._edges.close()


def _refuse(told: Told) -> str | None:
    if status := only_happened(told):
        return status
    if not told.event.actors:
        return "no-actor"
    return None if told.event.recipients else "no-recipient"


_NOTE = (
    "An edge needs an actor and a recipient, and says that it happened: other events are not in it. Weights count "
    "events, not reports; an event with several actors or recipients counts for each pair."
)
_GRAPHML_FIELDS: tuple[Field, ...] = tuple(
    Field(f"{domain}.{c.name}", c.kind, c.meaning, c.source)
    for domain, columns in (("node", NODE_COLUMNS), ("edge", EDGE_COLUMNS))
    for c in columns
)

NETWORK_GRAPHML = Format(
    name="graphml",
    title="Network of actors as GraphML",
    document="GraphML 1.0, graphml.graphdrawing.org",
    note=_NOTE,
    files={GRAPHML: _GRAPHML_FIELDS},
    refuse=_refuse,
    reduce=one_value,
    open=_Graphml,
)
"""GraphML."""

NETWORK_LISTS = Format(
    name="edges",
    title="Network of actors as a list of nodes and a list of edges, CSV",
    document="RFC 4180 (CSV); columns are Whodid's own",
    note=_NOTE,
    files={NODES: NODE_COLUMNS, EDGES: EDGE_COLUMNS},
    refuse=_refuse,
    reduce=one_value,
    open=_Lists,
)
"""Lists of nodes and edges."""
