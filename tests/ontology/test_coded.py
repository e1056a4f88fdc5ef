"""An ontology that takes its events from another one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from whodid.ontology import Coding, check, load_ontology

Writer = Callable[..., str]

TAKE = """coded:
  ontology: plover-2.0
  take:
    - {type: CONSULT, to: TALK}
    - {type: CONSULT, mode: phone, to: TALK, to_mode: phone}
    - {type: REJECT, mode: meet, to: TALK, to_mode: "no"}
    - {type: ASSAULT, to: FIGHT}
    - {type: MOBILIZE, contexts: [sea], to: FIGHT}
"""


def test_events_are_taken_over_by_the_most_specific_rule(tiny: str, write: Writer) -> None:
    o = load_ontology(write(tiny + TAKE))
    assert check(o) == []
    assert o.coder_ontology == "plover-2.0"
    assert o.adopt("CONSULT", "visit") == Coding(type="TALK")
    assert o.adopt("CONSULT", "phone", ["sea"]) == Coding(type="TALK", mode="phone", contexts=("sea",))
    assert o.adopt("REJECT", "meet") == Coding(type="TALK", mode="no")
    assert o.adopt("REJECT", "yield") is None
    assert o.adopt("MOBILIZE", "troops") is None
    assert o.adopt("MOBILIZE", "troops", ["sea"]) == Coding(type="FIGHT", contexts=("sea",))


def test_an_ontology_that_is_coded_by_itself_keeps_all() -> None:
    o = load_ontology()
    assert o.coder_ontology == "plover-2.0"
    assert o.adopt("AID", None, ["health"]) == Coding(type="AID", contexts=("health",))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("plover-2.0", "plover-9", "coded.ontology: unknown ontology 'plover-9'"),
        ("ASSAULT", "FIGHTING", "coded.take.3: unknown type 'FIGHTING'; known: AGREE"),
        ("mode: meet", "mode: met", "coded.take.2: unknown mode 'met' of REJECT; known: assist, change, yield, meet"),
        ("to_mode: phone", "to_mode: fax", "coded.take.1: unknown mode 'fax' of TALK; known: phone, no"),
        ("[sea]", "[military]", "coded.take.4: unknown context 'military'"),
        ("to: FIGHT", "to: TALK", "types.FIGHT: no event of plover-2.0 becomes this type"),
    ],
)
def test_a_problem_is_found(tiny: str, write: Writer, old: str, new: str, expected: str) -> None:
    assert old in TAKE
    found = [str(p) for p in check(load_ontology(write(tiny + TAKE.replace(old, new))))]
    assert any(p.startswith(expected) for p in found), found
