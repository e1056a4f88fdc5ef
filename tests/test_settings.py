from __future__ import annotations

from pathlib import Path

import pytest

from whodid.errors import SettingError
from whodid.settings import Settings, load_settings


def test_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"WHODID_{name.upper()}", raising=False)
    settings = load_settings()
    assert (settings.parser, settings.ontology, settings.workers, settings.max_chars) == (
        "auto",
        "plover-2.0",
        1,
        1_000_000,
    )
    assert settings.state_folder.name == "whodid"


def test_what_is_given_wins_over_the_environment_and_that_over_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHODID_WORKERS", "3")
    monkeypatch.setenv("WHODID_STATE", "some/where")
    monkeypatch.setenv("WHODID_PARSER", "")
    assert load_settings().workers == 3
    assert load_settings(workers="2").workers == 2
    assert load_settings(workers=None).workers == 3
    assert load_settings().state_folder == Path("some/where")
    assert load_settings().parser == "auto"


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        (
            "WHODID_WORKERS",
            "none",
            "WHODID_WORKERS: 'none' is not allowed; it takes a number of processes from 1 to 256",
        ),
        ("WHODID_MAX_CHARS", "-1", "WHODID_MAX_CHARS: '-1' is not allowed"),
        ("WHODID_PARSR", "auto", "there is no setting WHODID_PARSR: did you mean WHODID_PARSER"),
        ("WHODID_XYZZY", "1", "there is no setting WHODID_XYZZY: Settings: WHODID_CODER, .*WHODID_MAX_CHARS"),
    ],
)
def test_a_wrong_variable_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str, message: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingError, match=message):
        load_settings()


def test_a_wrong_keyword_is_named() -> None:
    with pytest.raises(SettingError, match="--max-chars: 0 is not allowed"):
        load_settings(max_chars=0)
    with pytest.raises(SettingError, match=r"there is no setting 'colour'; settings: coder, .*parser"):
        load_settings(colour=1)
