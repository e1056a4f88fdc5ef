"""What a page shows of hostile text."""

from __future__ import annotations

import pytest

from whodid.web.text import UNSEEN, plain, short, web_link


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("An ordinary line.\n\tAnother – “quoted” – one.", "An ordinary line.\n\tAnother – “quoted” – one."),
        ("right\u202eot-left", f"right{UNSEEN}ot-left"),
        ("zero\u200bwidth\ufeff", f"zero{UNSEEN}width{UNSEEN}"),
        ("null\x00bell\x07", f"null{UNSEEN}bell{UNSEEN}"),
        ("lines\r\nand\u2028more", "lines \nand more"),
        ("soft\u00adhyphen", "soft\u00adhyphen"),
        ("half a pair \ud800", f"half a pair {UNSEEN}"),
        ("tag \U000e0041", f"tag {UNSEEN}"),
        ("<script>", "<script>"),
    ],
)
def test_hidden_characters_are_made_visible_in_place(text: str, shown: str) -> None:
    assert plain(text) == shown
    assert len(plain(text)) == len(text)


def test_what_is_long_is_cut_on_one_line() -> None:
    assert short("one\ntwo") == "one two"
    assert short(None) == ""
    assert short("x" * 1_000_000, 50) == "x" * 49 + "…"


@pytest.mark.parametrize("address", ["https://example.org/a?b=c#d", "http://example.org"])
def test_addresses_of_the_web_are_linked(address: str) -> None:
    assert web_link(address) == address


@pytest.mark.parametrize(
    "address",
    [
        None, "", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "/srv/a.html", "file:///etc/passwd",
        "https://", "http://[", "https://example.org/a b", "https://e.org/\u202etxt", "https://e.org/" + "x" * 3_000,
        "\thttps://example.org", "vbscript:x", "//example.org/x",
    ],
)  # fmt: skip
def test_other_addresses_are_not(address: str | None) -> None:
    assert web_link(address) is None
