"""The block format and its checks."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.__main__ import main
from training.check import counts, near_duplicates
from training.data import Example, find, read_block, read_files, read_folder
from whodid.ontology import load_ontology

BLOCK = """t Dockers in Port Elm threatened to strike unless the port authority of Avalon met the dockers.
e THREATEN happened | threatened | Dockers -> the port authority of Avalon
e PROTEST/strike future historical | strike | Dockers ->
m region=world style=wire"""


def read(block: str = BLOCK) -> Example:
    return read_block(block.split("\n"), load_ontology("plover-2.0"))


def words(example: Example, start: int, end: int) -> str:
    return example.text[start:end]


def test_a_block_is_read() -> None:
    example = read()
    first, second = example.events
    assert (first.type, first.mode, first.status, first.historical) == ("THREATEN", None, "happened", False)
    assert (second.mode, second.status, second.historical) == ("strike", "future", True)
    assert words(example, first.recipients[0].start, first.recipients[0].end) == "the port authority of Avalon"
    assert second.recipients == ()
    assert example.marks == {"region": "world", "style": "wire"}


def test_the_number_says_which_place_is_meant() -> None:
    assert find("rice#2", "rice, price, rice").start == 13
    with pytest.raises(ValueError, match="stands 2 times"):
        find("rice#3", "rice, price, rice")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("THREATEN happened", "THREATN happened", "there is no type THREATN"),
        ("PROTEST/strike", "PROTEST/picket", "PROTEST has no mode 'picket'"),
        ("strike future", "strike soon", "there is no status 'soon'"),
        ("THREATEN happened", "CONSULT future", "a future CONSULT is AGREE"),
        ("| threatened |", "| have threatened |", "is not one word"),
        ("| threatened |", "| threaten |", "does not stand in the text as whole words"),
        ("| Dockers -> the", "| Dockers the", "needs one `->`"),
        ("-> the port authority of Avalon", "-> Dockers", "is actor and recipient"),
        ("| strike |", "| threatened |", "two events have the same trigger"),
        ("m region=world style=wire", "m region=world", "has no style"),
        ("style=wire", "style=wire tone=loud", "'tone=loud' is no mark"),
        ("t Dockers", "t  Dockers", "begins or ends with a space"),
    ],
)
def test_a_fault_is_named(old: str, new: str, says: str) -> None:
    assert old in BLOCK
    with pytest.raises(ValueError, match=says):
        read(BLOCK.replace(old, new))


def test_a_sentence_without_an_event_says_why_it_is_a_near_miss() -> None:
    with pytest.raises(ValueError, match="needs no=KIND"):
        read("t The striker scored.\nm region=world style=sport")
    assert read("t The striker scored.\nm region=world style=sport no=sport").events == ()


def test_faults_come_with_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"# a remark\n\n{BLOCK}\n\nt No more.\nm region=world style=wire\n", encoding="utf-8")
    examples, faults = read_files([path])
    assert [(e.file, e.line) for e in examples] == [("a.txt", 3)]
    assert faults == ["a.txt:8: a sentence without an event needs no=KIND"]


def test_near_duplicates_are_named() -> None:
    one = read()
    other = read(BLOCK.replace("of Avalon", "of Borduria"))
    far = read("t The harbour froze in the night.\nm region=world style=wire no=weather")
    assert len(list(near_duplicates([one, other, far]))) == 1
    assert not list(near_duplicates([one, far]))


def test_counts_are_by_kind() -> None:
    found = counts([read()])
    assert found["type"] == {"THREATEN": 1, "PROTEST": 1}
    assert found["status"] == {"happened": 1, "future": 1, "historical": 1}


def test_the_check_fails_where_there_is_a_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text(BLOCK, encoding="utf-8")
    bad.write_text(BLOCK.replace("| strike |", "| strikes |"), encoding="utf-8")
    assert main(["check", str(good)]) == 0
    assert main(["check", str(bad)]) == 1
    assert "'strikes' does not stand in the text" in capsys.readouterr().err


def test_the_data_of_the_repository_has_no_fault() -> None:
    examples = read_folder()
    held_out = sum(e.held_out for e in examples)
    assert 0.07 < held_out / len(examples) < 0.13
    assert not list(near_duplicates(examples))


def test_the_held_out_tenth_does_not_depend_on_the_others() -> None:
    assert (
        read().held_out
        == read(
            BLOCK.replace("e THREATEN happened | threatened | Dockers", "e THREATEN happened | threatened |")
        ).held_out
    )
