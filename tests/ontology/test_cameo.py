"""The way to CAMEO and back."""

from __future__ import annotations

import itertools

import pytest

from whodid.errors import UsageError
from whodid.ontology import Coding, load_ontology

PLOVER = load_ontology()
CODES = PLOVER.cameo_table.codes
ROOTS = [f"{root:02}" for root in range(1, 21)]

# Codes whose type or mode changes on the way to PLOVER and back, with the code that they come back as.
LOSSY = {
    "084": "080",  # "return or release" without a mode is only known to be some way of giving way
    "11": "110",  # the root has no mode, its first code has one
    "166": "161",  # CAMEO codes expelled diplomats as broken relations
    "1662": "161",
}


def test_every_root_is_there_with_its_codes() -> None:
    assert [code for code in CODES if len(code) == 2] == ROOTS
    assert len(CODES) == 319
    for code in CODES:
        assert len(code) == 2 or code[:2] in ROOTS
    # codes that the published table or the published values leave out
    assert {"155", "176", "1834", "1883", "1951", "1952", "183", "1213", "1214"} <= set(CODES)


def test_statements_and_appeals_are_no_events() -> None:
    for code, row in CODES.items():
        assert (row.coding is None) == code.startswith(("01", "02")), code
        assert PLOVER.plover(code) == row.coding


@pytest.mark.parametrize(
    ("code", "value"),
    [("01", 0.0), ("016", -2.0), ("0874", 10.0), ("1312", -5.8), ("190", -10.0), ("1823", -10.0), ("2042", -10.0)],
)
def test_goldstein_values(code: str, value: float) -> None:
    assert CODES[code].goldstein == value


def test_the_codes_that_gdelt_gives_no_value_have_none() -> None:
    missing = {code for code, row in CODES.items() if row.goldstein is None}
    assert missing == {"1213", "1214", "155", "176", "1834", "1883", "1951", "1952"}


@pytest.mark.parametrize(
    ("code", "coding"),
    [
        ("0333", Coding(type="AGREE", contexts=("human_security",))),
        ("0812", Coding(type="CONCEDE", contexts=("pro_democracy",))),
        ("0842", Coding(type="RETREAT", mode="release", contexts=("legal",))),
        ("116", Coding(type="SANCTION", mode="convict", contexts=("legal",))),
        ("1322", Coding(type="THREATEN", mode="restrict", contexts=("pro_autocracy",))),
        ("155", Coding(type="MOBILIZE", mode="weapons", contexts=("cyber",))),
        ("1712", Coding(type="ASSAULT", mode="destroy", contexts=("human_security",))),
        ("176", Coding(type="COERCE", mode="cyber", contexts=("cyber",))),
        ("186", Coding(type="ASSAULT", mode="targeted")),
        ("1952", Coding(type="ASSAULT", mode="drone", contexts=("military",))),
        ("202", Coding(type="ASSAULT", contexts=("religion_ethnicity",))),
    ],
)
def test_rows_that_had_to_be_settled(code: str, coding: Coding) -> None:
    assert PLOVER.plover(code) == coding


@pytest.mark.parametrize(
    ("coding", "code"),
    [
        (("THREATEN", "restrict", ["economic"]), "1312"),
        (("THREATEN", "restrict", []), "131"),
        (("THREATEN", None, []), "130"),
        (("SANCTION", "expel", ["diplomatic"]), "161"),
        (("SANCTION", "expel", ["gender"]), "166"),
        (("CONSULT", "visit", ["economic", "diplomatic"]), "042"),
        (("PROTEST", "strike", ["economic"]), "1432"),
        (("ACCUSE", "investigate", ["military", "legal"]), "094"),
        (("ACCUSE", "investigate", ["military"]), "093"),
        (("ASSAULT", None, ["religion_ethnicity"]), "180"),
        (("ASSAULT", "drone", ["military"]), "1952"),
        (("RETREAT", "resign", []), "0831"),
        (("RETREAT", "withdraw", ["military"]), "0874"),
    ],
)
def test_the_way_back(coding: tuple[str, str | None, list[str]], code: str) -> None:
    assert PLOVER.cameo(*coding) == code


def test_every_type_and_mode_has_a_code_whatever_its_contexts() -> None:
    for event_type in PLOVER.types.values():
        for mode in (None, *event_type.modes):
            for contexts in ((), *((c,) for c in PLOVER.contexts), tuple(PLOVER.contexts)):
                assert PLOVER.cameo(event_type.code, mode, contexts) in CODES


def test_the_order_of_contexts_plays_no_part() -> None:
    for event_type in PLOVER.types.values():
        for mode in (None, *event_type.modes):
            for one, two in itertools.combinations(PLOVER.contexts, 2):
                assert PLOVER.cameo(event_type.code, mode, [one, two]) == PLOVER.cameo(
                    event_type.code, mode, [two, one]
                )


@pytest.mark.parametrize("code", [code for code, row in CODES.items() if row.coding])
def test_type_and_mode_survive_the_way_there_and_back(code: str) -> None:
    there = CODES[code].coding
    assert there is not None
    back = PLOVER.cameo(there.type, there.mode, there.contexts)
    assert back is not None
    again = PLOVER.plover(back)
    assert again is not None
    if code in LOSSY:
        assert back == LOSSY[code]
        assert (again.type, again.mode) != (there.type, there.mode)
    else:
        assert (again.type, again.mode) == (there.type, there.mode)
        assert PLOVER.cameo(again.type, again.mode, again.contexts) == back  # and there it stays


def test_a_code_given_back_stands_for_the_type() -> None:
    """What comes back stands for the type that was given, but for two ways of giving way that CAMEO does not part."""
    for event_type in PLOVER.types.values():
        for mode in (None, *event_type.modes):
            code = PLOVER.cameo(event_type.code, mode)
            assert code is not None
            coding = PLOVER.plover(code)
            assert coding is not None
            if (event_type.code, mode) in {("RETREAT", None), ("RETREAT", "resign")}:
                assert coding.type == "CONCEDE"
            else:
                assert coding.type == event_type.code


def test_an_unknown_cameo_code() -> None:
    with pytest.raises(UsageError, match=r"unknown CAMEO code '9999' in plover-2\.0"):
        PLOVER.plover("9999")
