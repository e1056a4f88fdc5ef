"""Pages of the ontology for a terminal."""

from __future__ import annotations

import pytest

from whodid.errors import UsageError
from whodid.ontology import load_ontology, render

PLOVER = load_ontology()


def test_the_overview_names_everything() -> None:
    text = render(PLOVER)
    assert "16 types, 67 modes, 37 contexts, 25 sectors" in text
    for code in (*PLOVER.types, *PLOVER.contexts, *PLOVER.sectors, *PLOVER.countries):
        assert code in text
    assert "score of ACCUSE" in text
    assert "CC BY-SA 4.0" in text


@pytest.mark.parametrize("code", ["AID", "aid", " Aid "])
def test_a_type(code: str) -> None:
    text = render(PLOVER, code)
    assert text.startswith("AID · Aid · type")
    assert "quad class 2 (material cooperation) · score 10 · recipient required" in text
    assert "when future: AGREE" in text
    assert "CAMEO 070" in text


@pytest.mark.parametrize("code", ["THREATEN-restrict", "threaten/restrict"])
def test_a_mode(code: str) -> None:
    text = render(PLOVER, code)
    assert text.startswith("THREATEN-restrict · mode of threaten")
    assert "with economic: 1312" in text


def test_a_mode_without_a_score_says_so() -> None:
    assert "score -5 (the type's; the mode has none)" in render(PLOVER, "PROTEST-vandalize")
    assert "vandalize      –" in render(PLOVER, "PROTEST")


def test_other_codes() -> None:
    assert render(PLOVER, "gender").startswith("gender · context")
    assert "femicide" in render(PLOVER, "gender")
    assert render(PLOVER, "GOV").startswith("GOV · Government · sector")
    assert "The United Nations" in render(PLOVER, "UNO")
    assert "Goldstein value -5.8\n  in plover-2.0: THREATEN-restrict with economic" in render(PLOVER, "1312")
    assert "no event" in render(PLOVER, "012")
    assert "none published" in render(PLOVER, "1213")


def test_every_code_has_a_page_that_fits() -> None:
    modes = [f"{t.code}-{mode}" for t in PLOVER.types.values() for mode in t.modes]
    for code in (
        *PLOVER.types,
        *modes,
        *PLOVER.contexts,
        *PLOVER.sectors,
        *PLOVER.countries,
        *PLOVER.cameo_table.codes,
    ):
        text = render(PLOVER, code)
        assert text.startswith(code)
        assert max(map(len, text.splitlines())) <= 100


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("THREATN", "did you mean THREATEN"),
        ("restrict", "did you mean THREATEN-restrict, COERCE-restrict"),
        ("1399", "did you mean 139"),
        ("qqq", "known: ACCUSE"),
    ],
)
def test_an_unknown_code(code: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        render(PLOVER, code)
