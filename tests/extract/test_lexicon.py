"""The lexicon as data: every name it uses exists, every class and operator is used, no row hides another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from importlib import resources

import pytest
import yaml

from whodid.errors import OntologyError
from whodid.extract import lexicon
from whodid.extract.lexicon import FILES, KINDS, Entry, Lexicon, load_lexicon
from whodid.ontology import Ontology, load_ontology

BY_THE_ENGINE = {"CARRIER", "PARTITIVE", "SIDES"}
"""Classes that the rules of roles use by name."""
CONDITIONS = (
    *("obj", "subj", "pobj", "compound", "any", "oprd", "prep", "needs", "obj_any", "xcomp", "ccomp", "needs_content"),
    *("not_obj", "not_subj", "not_pobj", "not_compound", "not_any", "not_prep", "needs_any_content"),
)


@pytest.fixture(scope="module")
def lex() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="module")
def plover() -> Ontology:
    return load_ontology()


def every(lex: Lexicon) -> Iterator[Entry]:
    for rows in lex.entries.values():
        yield from rows


def raw(name: str) -> dict[str, object]:
    text = resources.files("whodid.extract").joinpath("lexicon", name).read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


def test_types_and_modes_are_those_of_the_ontology(lex: Lexicon, plover: Ontology) -> None:
    for entry in every(lex):
        if entry.type is not None:
            assert entry.type in plover.types, entry
            assert entry.mode is None or entry.mode in plover.type(entry.type).modes, entry


def test_operators_give_types_and_modes_of_the_ontology(lex: Lexicon, plover: Ontology) -> None:
    quads = {f"q{n}" for n in plover.quads} | {"*"}
    for name, op in lex.operators.items():
        assert op.type is None or op.type in plover.types, name
        for key, row in op.content.items():
            kind, _, mode = key.partition("-")
            assert kind in plover.types or key in quads, (name, key)
            assert not mode or mode in plover.type(kind).modes, (name, key)
            whole = row.type or op.type
            assert row.mode in (None, "same") or whole is None or row.mode in plover.type(whole).modes, (name, key)


def test_every_operator_is_used(lex: Lexicon) -> None:
    assert {e.op for e in every(lex)} - {None} == set(lex.operators)


def test_every_class_is_used(lex: Lexicon) -> None:
    used = {name for e in every(lex) for key in lexicon._CLASS_KEYS for name in getattr(e, key)}
    parts = {part for group in _includes() for part in group}
    assert set(lex.classes) - used - parts == BY_THE_ENGINE


def _includes() -> list[list[str]]:
    table = raw("classes.yaml")["_includes"]
    assert isinstance(table, dict)
    return list(table.values())


def test_no_class_is_empty_and_words_are_lemmas_in_small_letters(lex: Lexicon) -> None:
    for name, words in lex.classes.items():
        assert words or lex.entities.get(name), name
        assert all(w == w.lower() for w in words), name


def test_scores_are_probabilities(lex: Lexicon) -> None:
    for entry in every(lex):
        assert 0 < entry.score < 1, entry


def test_every_type_can_be_told(lex: Lexicon, plover: Ontology) -> None:
    assert {e.type for e in every(lex)} - {None} == set(plover.types)


def test_no_row_is_hidden_by_an_earlier_one(lex: Lexicon) -> None:
    """A row without conditions takes every occurrence of its word: the same words after it never match."""
    for (kind, word), rows in lex.entries.items():
        closed: set[tuple[str, ...]] = set()
        for entry in rows:
            assert entry.words not in closed, f"{kind} {word}: {entry.name} stands behind a row without conditions"
            if entry.type is not None and not any(getattr(entry, c) not in ((), False, None) for c in CONDITIONS):
                closed.add(entry.words)


def test_no_two_rows_of_a_word_have_the_same_conditions(lex: Lexicon) -> None:
    for rows in lex.entries.values():
        seen = Counter((e.words, *(getattr(e, c) for c in CONDITIONS)) for e in rows if e.type is not None)
        twice = [words for words, n in seen.items() if n > 1]
        assert not twice, twice


def test_words_of_an_entry_are_not_listed_twice() -> None:
    for name in FILES:
        text = resources.files("whodid.extract").joinpath("lexicon", name).read_text(encoding="utf-8")
        for row in yaml.safe_load(text):
            for kind in KINDS:
                words = str(row.get(kind, "")).split()
                assert len(words) == len(set(words)), (name, [w for w, n in Counter(words).items() if n > 1])


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"verbs": "meet", "type": "CONSULT", "object": ["STATE"]}, "unknown key"),
        ({"verbs": "meet", "type": "CONSULT", "obj": ["STAET"]}, "unknown class"),
        ({"verbs": "meet", "op": "hope"}, "unknown op"),
        ({"verbs": "meet"}, "either a type or an op"),
    ],
)
def test_errors_name_the_thing(row: dict[str, object], words: str, lex: Lexicon) -> None:
    with pytest.raises(OntologyError, match=words):
        list(lexicon._entries("test.yaml", row, lex.classes, lex.operators))
