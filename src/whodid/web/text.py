"""Text from reports as a page may show it. Reports are hostile input: templates escape everything, and these take out
what escaping leaves, which is characters that hide, reorder or steer, addresses that run, and lengths that break a
page."""

from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit

_SPACE = frozenset("\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029")
_KEPT = frozenset("\t\n\u00ad")
_HIDDEN = frozenset({"Cc", "Cf", "Cs"})
_LONGEST_ADDRESS = 2_000

UNSEEN = "\ufffd"
"""What stands for a character that would not be seen, or would change how others are."""


def plain(text: str) -> str:
    """The text with a space for each odd line end and :data:`UNSEEN` for each control or format character (bidi,
    zero-width, tags): as many code points as before, so offsets still fit."""
    if text.isascii() and text.isprintable():
        return text
    return text.translate({ord(char): shown for char in set(text) if (shown := _shown(char)) != char})


def _shown(char: str) -> str:
    if char in _KEPT:
        return char
    if char in _SPACE:
        return " "
    return UNSEEN if unicodedata.category(char) in _HIDDEN else char


def short(text: str | None, most: int = 200) -> str:
    """The text on one line, in ``most`` characters at most; "" for None."""
    start = " ".join(plain((text or "")[: 4 * most]).split())
    return start if len(start) <= most else f"{start[: most - 1].rstrip()}…"


def web_link(address: str | None) -> str | None:
    """The address if a page may link to it, None else: http or https, with a host, without odd characters."""
    if not address or len(address) > _LONGEST_ADDRESS or plain(address) != address or any(map(str.isspace, address)):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in {"http", "https"} and parts.hostname else None
