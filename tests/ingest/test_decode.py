from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whodid.errors import ReadError
from whodid.ingest.decode import decode, known_encoding
from whodid.ingest.formats import signatures

ENGLISH = "“We won’t leave,” the café owner José García said – and stayed.\r\n"
GERMAN = "Der Präsident löste am Montag das Parlament auf. Die Opposition wählte Bürgermeister Müller."
RUSSIAN = "Президент распустил парламент в понедельник. Оппозиция вышла на улицы столицы."
CHINESE = "总统星期一解散了议会。示威者走上街头，要求举行新的选举。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("text", [ENGLISH, RUSSIAN, CHINESE])
def test_unicode_is_exact_and_loses_only_its_mark(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert not decoded.guessed


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (ENGLISH, "cp1252", "cp1252"),
        (GERMAN, "cp1252", "cp1252"),
        ("Café", "cp1252", "cp1252"),
        (RUSSIAN, "cp1251", "cp1251"),
        (RUSSIAN, "koi8_r", "koi8_r"),
        (CHINESE, "gb18030", "gb18030"),
    ],
)
def test_legacy_encodings_are_guessed_and_say_so(text: str, encoding: str, name: str) -> None:
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.guessed) == (text, name, True)


def test_the_legacy_letters_may_come_late() -> None:
    text = "The minister spoke for an hour. " * 3000 + "Then he left the café."
    assert decode(text.encode("cp1252")).text == text


@pytest.mark.parametrize("signature", signatures(), ids=lambda s: s.kind)
def test_known_binary_files_are_named(signature: object) -> None:
    starts, kind = signature.starts, signature.kind  # type: ignore[attr-defined]
    with pytest.raises(ReadError, match=kind) as caught:
        decode(starts + b" and more")
    assert caught.value.code == "binary"


def test_nul_bytes_are_no_text() -> None:
    with pytest.raises(ReadError, match="NUL byte at position 4") as caught:
        decode(b"text\0more text that goes on")
    assert caught.value.code == "binary"


def test_utf16_without_mark_is_named() -> None:
    with pytest.raises(ReadError, match="UTF-16 without a byte order mark"):
        decode("The army withdrew.".encode("utf-16-le"))


def test_damaged_utf8_is_not_taken_for_a_legacy_text() -> None:
    data = RUSSIAN.encode() + b"\xff" + RUSSIAN.encode()
    with pytest.raises(ReadError, match="0xff at position") as caught:
        decode(data)
    assert caught.value.code == "encoding"


def test_a_mark_that_lies() -> None:
    with pytest.raises(ReadError, match="UTF-16-LE") as caught:
        decode(b"\xff\xfe" + b"a\0b\0c")
    assert caught.value.code == "encoding"


@given(st.binary(max_size=2000))
@settings(deadline=None, max_examples=300)
def test_any_bytes_give_a_text_or_a_documented_refusal(data: bytes) -> None:
    try:
        decoded = decode(data)
    except ReadError as error:
        assert error.code in ("binary", "encoding")
    else:
        assert isinstance(decoded.text, str)
        if decoded.encoding == "utf-8" and not data.startswith(b"\xef\xbb\xbf"):
            assert decoded.text.encode() == data


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("ISO-8859-1", "cp1252"),
        ('"utf-8"', "utf-8"),
        ("gb2312", "gb18030"),
        ("rot13", None),
        ("x\0", None),
        (None, None),
    ],
)
def test_labels_are_read_as_browsers_do(label: str | None, name: str | None) -> None:
    assert known_encoding(label) == name
