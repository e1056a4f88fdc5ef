"""The whole program with the real model: one good report among all that can be wrong with others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import whodid.run
from whodid.models.spacy_parser import SpacyParser
from whodid.run.coder import wire

from .conftest import Command

pytestmark = pytest.mark.model

GOOD = (
    "NAIROBI - Police arrested twelve protesters on Monday, a spokesman said. "
    "The opposition has threatened to boycott the election if they are not released."
)


@pytest.fixture
def real(command: Command, monkeypatch: pytest.MonkeyPatch, parser: SpacyParser) -> Command:
    """A command line with the real coder."""
    monkeypatch.setattr(whodid.run, "make_coder", lambda _, ontology, *given: wire(parser, ontology))
    return command


BAD: dict[str, tuple[bytes, str]] = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\t\n", "empty"),
    "binary.txt": (bytes(range(256)) * 20, "binary"),
    "long.txt": (b"The army attacked the town again and again. " * 120_000, "too-long"),
    "german.txt": (
        "Die Regierung hat am Montag neue Gespräche mit der Opposition angekündigt. ".encode() * 4,
        "language",
    ),
    "names.txt": (b"John Smith, Mary Jones, Peter Brown, Ann Taylor, Paul White, Susan Green.", "no-events"),
    "page.html": (b"<html><body><script>var a = 1</script><p", "no-main-text"),
    "lines.jsonl": (b"no json\n", "not-json"),
    "fields.jsonl": (b'{"title": "t"}\n', "no-text"),
    "date.jsonl": (b'{"text": "The army attacked the town.", "date": "soon"}\n', "bad-field"),
}


def test_what_is_bad_is_rejected_and_the_rest_is_coded(real: Command, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "good.txt").write_text(GOOD)
    for name, (content, _) in BAD.items():
        (folder / name).write_bytes(content)
    result = real("code", folder, tmp_path / "missing.txt", "--date", "2024-06-26", "--format", "jsonl")
    assert result.status == 0
    claims = [json.loads(line) for line in result.out.splitlines()]
    assert {"COERCE", "THREATEN"} <= {claim["type"] for claim in claims}
    rejects = [json.loads(line) for line in real("rejects", "--format", "jsonl").out.splitlines()]
    by_code = sorted(row["code"] for row in rejects)
    assert by_code == sorted([*(code for _, code in BAD.values()), "unreadable"])
    assert all(row["message"] for row in rejects)


def test_bytes_in_another_encoding_are_read(real: Command, tmp_path: Path) -> None:
    text = "Police in São Tomé arrested the café owner “for protesting” – and 12 others, the mayor of Mèze said."
    (tmp_path / "old.txt").write_bytes(text.encode("cp1252"))
    result = real("code", tmp_path / "old.txt", "--format", "jsonl")
    (first, *_) = [json.loads(line) for line in result.out.splitlines()]
    assert first["sentence"]["text"] in text


def test_every_quote_stands_in_the_text_and_a_second_run_gives_the_same(real: Command, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    first, second = (real("code", tmp_path / "good.txt", "--date", "2024-06-26").out for _ in range(2))
    assert first == second

    def quotes(value: object) -> list[tuple[str, int, int]]:
        if isinstance(value, list):
            return [q for part in value for q in quotes(part)]
        if not isinstance(value, dict):
            return []
        own = [(value["text"], value["start"], value["end"])] if value.get("text") and "start" in value else []
        return own + [q for part in value.values() for q in quotes(part)]

    found = [q for line in first.splitlines() for q in quotes(json.loads(line))]
    assert len(found) > 6
    assert all(GOOD[start:end] == text for text, start, end in found)


def test_show_explains_a_claim_that_was_just_coded(real: Command, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    claim = json.loads(real("code", tmp_path / "good.txt", "--date", "2024-06-26").out.splitlines()[0])
    out = real("show", claim["id"][:6]).out
    assert out.startswith(claim["type"]) and "▔" in out and "\nwhy\n" in out


def test_the_ontology_is_shown_and_checked(real: Command, tmp_path: Path) -> None:
    assert "THREATEN" in real("ontology", "show").out
    assert real("ontology", "show", "NONSENSE").status == 2
    assert real("code", "x", "--ontology", "no-such").status == 2
    (tmp_path / "bad.yaml").write_text("name: [1\n")
    assert real("ontology", "check", tmp_path / "bad.yaml").status == 3


def test_an_ontology_of_ones_own_is_checked_with_the_real_coder(real: Command, tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(
        "name: own-1\nquads: {4: Conflict}\ntypes:\n  ASSAULT:\n    name: Assault\n    quad: 4\n    scale: -9\n"
        "    definition: Violence.\n    examples:\n      - Rebels attacked the town of Mora.\n"
        "      - The mayor opened a library.\n"
        "coded:\n  ontology: plover-2.0\n  take:\n    - {type: ASSAULT, to: ASSAULT}\n"
    )
    result = real("ontology", "check", file)
    assert result.status == 1
    assert "opened a library" in result.out and "Mora" not in result.out
    assert "own-1: " in result.err
