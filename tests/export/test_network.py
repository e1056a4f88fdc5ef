"""The network of actors, as networkx, pandas and DuckDB read it."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import duckdb
import networkx as nx
import pandas as pd
import pytest

from tests.export.stories import FARMERS, SOLDIERS, days, exported, told
from whodid.export.formats.network import EDGES, GRAPHML, NETWORK_GRAPHML, NODES, node_id
from whodid.export.told import Told

NOBODY = FARMERS.model_copy(update={"id": None, "name": None, "text": 'They & "them" <=1\x07', "country": None,
                                    "sectors": ()})  # fmt: skip


def events() -> list[Told]:
    later = days("2020-02-01", "2020-02-29", "month")
    return [
        told(),
        told(id="b2", when=later),
        told(
            id="c3", type="ACCUSE", mode=None, quad=3, scale=-3.0, when=None, actors=(FARMERS,), recipients=(SOLDIERS,)
        ),
        told(id="d4", actors=(SOLDIERS, FARMERS), recipients=(NOBODY,), when=None),
        told(id="e5", status="negated"),
        told(id="f6", recipients=()),
    ]


def test_networkx_reads_it(tmp_path: Path) -> None:
    written = exported(tmp_path, "graphml", *events())
    assert (written.exported, dict(written.left_out)) == (4, {"negated": 1, "no-recipient": 1})
    graph = nx.read_graphml(tmp_path / "graphml" / GRAPHML, force_multigraph=True)
    assert graph.is_directed() and set(graph) == {"IRQ-MIL", "IRQ-AGR", node_id(NOBODY).replace("\x07", " ")}
    assert graph.nodes["IRQ-MIL"] == {"label": "Iraqi military", "country": "IRQ", "sectors": "MIL", "events": 4}
    edges = {(a, b, data["type"]): data for a, b, data in graph.edges(data=True)}
    assert edges["IRQ-MIL", "IRQ-AGR", "ASSAULT"] == {
        "type": "ASSAULT", "quad": 4, "weight": 2, "scale": -18.0, "first_day": "2020-01-03", "last_day": "2020-02-29",
    }  # fmt: skip
    assert edges["IRQ-AGR", "IRQ-MIL", "ACCUSE"] == {"type": "ACCUSE", "quad": 3, "weight": 1, "scale": -3.0}
    assert len(edges) == graph.number_of_edges() == 4


def test_the_lists_say_the_same(tmp_path: Path) -> None:
    exported(tmp_path, "edges", *events())
    exported(tmp_path, "graphml", *events())
    graph = nx.read_graphml(tmp_path / "graphml" / GRAPHML, force_multigraph=True)
    frame = pd.read_csv(tmp_path / "edges" / EDGES)
    assert frame["weight"].sum() == sum(d["weight"] for *_, d in graph.edges(data=True)) == 5
    assert frame["scale"].sum() == -18.0 - 3.0 - 9.0 * 2
    nodes = duckdb.sql(f"SELECT id, events FROM read_csv('{tmp_path / 'edges' / NODES}') WHERE country = 'IRQ'")
    assert nodes.fetchall() == [("IRQ-AGR", 4), ("IRQ-MIL", 4)]
    pairs = nx.from_pandas_edgelist(frame, edge_attr=True, create_using=nx.MultiDiGraph)
    assert pairs.number_of_edges() == 4


def test_lists_are_in_order_and_safe(tmp_path: Path) -> None:
    exported(tmp_path, "edges", *reversed(events()))
    exported(tmp_path / "again", "edges", *events())
    for name in (EDGES, NODES):
        assert (tmp_path / "edges" / name).read_bytes() == (tmp_path / "again" / "edges" / name).read_bytes()
    with (tmp_path / "edges" / NODES).open(encoding="utf-8", newline="") as file:
        ids = [row["id"] for row in csv.DictReader(file)]
    assert ids == sorted(ids)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [({}, None), ({"when": None}, None), ({"status": "future"}, "future"), ({"actors": ()}, "no-actor"),
     ({"recipients": ()}, "no-recipient")],
)  # fmt: skip
def test_what_is_left_out(fields: dict[str, Any], reason: str | None) -> None:
    assert NETWORK_GRAPHML.refuse(told(**fields)) == reason


def test_no_event_gives_an_empty_network(tmp_path: Path) -> None:
    exported(tmp_path, "graphml")
    assert len(nx.read_graphml(tmp_path / "graphml" / GRAPHML)) == 0
