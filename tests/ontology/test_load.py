"""Ontologies from files: another one in one YAML file, and what an error says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from whodid.errors import OntologyError, UsageError
from whodid.ontology import Coding, check, load_ontology, packaged, render

Writer = Callable[..., str]


def test_another_ontology_is_one_file(tiny: str, write: Writer) -> None:
    o = load_ontology(write(tiny))
    assert o.name == "tiny-1"
    assert check(o) == []
    assert (o.quad("FIGHT"), o.scale("TALK", "phone"), o.scale("TALK", "no")) == (2, 1, 3)
    assert o.recode("FIGHT", "future") == "TALK"
    assert o.recode("TALK", "future") == "TALK"
    assert o.cameo("TALK", "phone", ["sea"]) == "041"
    assert o.plover("041") == Coding(type="TALK", mode="phone")
    assert o.plover("010") is None
    assert "TALK-phone" in render(o, "talk/phone")
    assert "2 types, 2 modes, 1 contexts" in render(o)


def test_an_ontology_needs_no_more_than_types(write: Writer) -> None:
    text = "name: bare\nquads: {1: All}\ntypes:\n  EVENT: {name: Event, quad: 1, scale: 0}\n"
    o = load_ontology(write(text))
    assert o.cameo("EVENT", None, ["sea"]) is None
    assert [str(p) for p in check(o)] == ["types.EVENT: has no definition", "types.EVENT: has 0 of at least 2 examples"]


def test_sections_may_be_files_beside_it(tiny: str, write: Writer) -> None:
    head, _, contexts = tiny.partition("contexts:\n")
    contexts, _, rest = contexts.partition("recode:")
    write(contexts, "about.yaml")
    o = load_ontology(write(f"{head}contexts: about.yaml\nrecode:{rest}"))
    assert list(o.contexts) == ["sea"]


def test_it_is_read_once_and_again_after_a_change(tiny: str, write: Writer) -> None:
    path = write(tiny)
    first = load_ontology(path)
    assert load_ontology(path) is first
    assert load_ontology() is load_ontology("plover-2.0")
    write(tiny.replace("tiny-1", "tiny-number-2"))
    assert load_ontology(path).name == "tiny-number-2"


def test_neither_a_name_nor_a_file() -> None:
    assert "plover-2.0" in packaged()
    with pytest.raises(
        UsageError, match=r"unknown ontology 'plover-2' in Whodid; did you mean plover-2\.0\?.*YAML file"
    ):
        load_ontology("plover-2")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("quad: 1", "quad: first", r"tiny\.yaml: types\.TALK\.quad: .*integer; found 'first'"),
        ("scale: -8", "scale: -80", r"types\.FIGHT\.scale: .*greater than or equal to -10; found -80"),
        ("scale: -8", "scale: .nan", "tiny.yaml: "),
        ("scale: -8", "scal: -8", r"types\.FIGHT\.scale: Field required; found nothing \(1 more\)"),
        (
            "name: Fight",
            "name: Fight\n    colour: red",
            r"types\.FIGHT\.colour: there is no such key; known: name, quad",
        ),
        ('"no":', "no:", r"types\.TALK\.modes: the code False is read as bool.*quotation marks"),
        ('"010":', "010:", r"cameo\.codes: the code 8 is read as int"),
        ("status: future", "status: soon", r"recode\.0\.status: .*'future', 'hypothetical' or 'negated'; found 'soon'"),
        ("cues: [ship, at sea]", "cues: ship", r"contexts\.sea\.cues: .*found 'ship'"),
        ("label: Statement", "lable: Statement", r"cameo\.codes\.010\."),
        ("  FIGHT:", "  TALK:", r"line 14: the key 'TALK' stands twice"),
        ("quads: {1: Peace", "quads: {1 Peace:", "no YAML"),
        ("quads: {1: Peace", "quads: [1: Peace", "no YAML"),
        ("recode:", "recode: other.yaml\nx:", r"other\.yaml: cannot be read"),
        ("types:", "types: []\nx:", r"types: .*found \[\]"),
    ],
)
def test_a_wrong_shape_is_named(tiny: str, write: Writer, old: str, new: str, message: str) -> None:
    assert old in tiny
    with pytest.raises(OntologyError, match=message):
        load_ontology(write(tiny.replace(old, new, 1)))


@pytest.mark.parametrize("text", ["", "just words", "- a\n- b", "name: x"])
def test_a_file_that_is_no_ontology(write: Writer, text: str) -> None:
    with pytest.raises(OntologyError, match=r"tiny\.yaml: "):
        load_ontology(write(text))


def test_a_binary_file(tmp_path: Path) -> None:
    file = tmp_path / "tiny.yaml"
    file.write_bytes(b"\xff\xfe\x00name")
    with pytest.raises(OntologyError, match="cannot be read as UTF-8"):
        load_ontology(str(file))
