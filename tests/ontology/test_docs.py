"""The page on the ontology says what is so."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from whodid.ontology import Coding, check, load_ontology

PAGE = Path(__file__).parents[2] / "docs" / "ontology.md"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


def test_the_ontology_of_the_page_is_without_problems(write: Callable[..., str]) -> None:
    (text,) = blocks("yaml")
    o = load_ontology(write(text))
    assert check(o) == []
    assert o.cameo("BERTH", "refuge", ["fishing"]) == "086"


def test_the_answers_of_the_page_are_right() -> None:
    (code,) = blocks("python")
    names = {"o": load_ontology(), "Coding": Coding}
    told = [line.split("#") for line in code.splitlines() if line.startswith("o.")]
    assert len(told) == 5
    for call, answer in told:
        assert eval(call, names) == eval(answer, names)
