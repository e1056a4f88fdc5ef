from __future__ import annotations

import subprocess
import sys

import pytest

import whodid
import whodid.errors
import whodid.records


def test_the_public_surface_is_this_list_and_no_other() -> None:
    assert sorted(whodid.__all__) == [
        "Actor",
        "Claim",
        "Coded",
        "Content",
        "Corrected",
        "Count",
        "Event",
        "Judgement",
        "LoadedWord",
        "ModelError",
        "OntologyError",
        "Quote",
        "REJECTION_CODES",
        "ReadError",
        "Rejection",
        "Report",
        "ReportInfo",
        "Run",
        "SaidBy",
        "Saying",
        "SettingError",
        "Settings",
        "Speaker",
        "Summary",
        "UsageError",
        "When",
        "Where",
        "WhodidError",
        "code",
        "find_claims",
        "find_events",
        "load_ontology",
        "load_settings",
        "loaded_words",
        "make_query",
        "open_dataset",
        "quotes",
        "read",
        "read_claims",
        "write_claims",
    ]


@pytest.mark.parametrize("name", whodid.__all__)
def test_every_name_is_there_and_documented(name: str) -> None:
    value = getattr(whodid, name)
    assert name in dir(whodid)
    assert value is not None
    if callable(value):
        assert value.__doc__


def test_a_name_that_is_not_there_says_so() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = whodid.nonsense


def test_every_error_is_a_whodid_error() -> None:
    names = [n for n in whodid.__all__ if n.endswith("Error")]
    assert all(issubclass(getattr(whodid, n), whodid.WhodidError) for n in names)
    defined = {n for n, v in vars(whodid.errors).items() if isinstance(v, type) and issubclass(v, Exception)}
    assert set(names) == defined


def test_every_record_of_a_claim_is_public() -> None:
    schema = whodid.Claim.model_json_schema()
    assert set(schema["$defs"]) <= set(whodid.__all__)


def test_importing_whodid_or_asking_for_help_loads_nothing_heavy() -> None:
    heavy = ["spacy", "pyarrow", "trafilatura", "rich.table", "whodid.run"]
    script = (
        "import sys, whodid\nfrom whodid.cli import main\n"
        "try:\n    main(['code', '--help'])\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
