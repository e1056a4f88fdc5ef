from __future__ import annotations

import socket

import pytest

from whodid.ingest.language import language_tag, recognise

ENGLISH = "Police fired tear gas at demonstrators in the capital on Monday, and the interior minister resigned."
GERMAN = "Die Polizei ging am Montag in der Hauptstadt gegen Demonstranten vor, und der Innenminister trat zurück."
SPANISH = "La policía disparó gases lacrimógenos contra los manifestantes en la capital y el ministro dimitió."


@pytest.mark.parametrize(
    ("text", "language"), [(ENGLISH, "en"), (GERMAN, "de"), (SPANISH, "es"), (ENGLISH.upper(), "en")]
)
def test_languages(text: str, language: str) -> None:
    assert recognise(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Short.",
        "12 345 678 " * 50,
        "Ana Petrova\nHans Müller\nJosé García\nMoon Jae-in\nNarendra Modi\nLi Wei\nUwe Marx",
    ],
)
def test_no_guess_where_the_words_do_not_tell(text: str) -> None:
    assert recognise(text) is None


def test_line_ends_do_not_matter() -> None:
    assert recognise(GERMAN.replace(" ", "\r\n")) == "de"


def test_no_network_and_no_noise(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    recognise.__globals__["_detector"].cache_clear()
    assert recognise(ENGLISH) == "en"
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("given", "tag"),
    [
        ("en", "en"),
        ("EN", "en"),
        ("en_us", "en-US"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("eng", "en"),
        ("ger", "de"),
        ("arz", "arz"),
        ("English", None),
        ("xx", None),
        ("qqq", None),
        ("", None),
        ("e n", None),
    ],
)
def test_tags(given: str, tag: str | None) -> None:
    assert language_tag(given) == tag
