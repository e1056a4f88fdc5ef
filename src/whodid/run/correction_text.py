"""A value as it is typed on a command line, made the JSON that :mod:`whodid.run.correction_values` takes."""

from __future__ import annotations

import json
import re
from typing import Any

from pydantic import JsonValue

from whodid.dataset.countries import country_code
from whodid.errors import UsageError

_COUNT = re.compile(r"(\w+)\s+(\d+)?(\.\.)?(\d+)?")


def parse_value(field: str, text: str) -> JsonValue:
    """What was typed for a field: ``none``, JSON, or plain words.

    actors and recipients: words of the report, several parted by ``;``, each with codes behind ``=`` if they are chosen
    (``the police = IRQ COP``). where: words, with a GeoNames id behind ``=``. contexts: codes parted by commas.
    said_by: ``outlet``, or a voice and the words of the speaker (``quoted: the minister``). counts: what and how many,
    with the words behind ``=`` (``killed 8..10 = eight people``). Raises UsageError.
    """
    text = text.strip()
    if text.startswith(("{", "[")) or text in {"true", "false", "null"}:
        try:
            value: JsonValue = json.loads(text)
        except json.JSONDecodeError as error:
            raise UsageError(f"{field}: {text!r} is no JSON: {error}") from error
        return value
    several = [part.strip() for part in text.split(";") if part.strip()]
    if text == "none":
        return [] if field in {"actors", "recipients", "contexts", "counts"} else None
    if field == "contexts":
        return [part.strip() for part in text.split(",") if part.strip()]
    if field in {"actors", "recipients"}:
        return [_party(field, part) for part in several]
    if field == "counts":
        return [_count(part) for part in several]
    if field == "historical":
        return {"yes": True, "no": False}.get(text, text)
    if field == "where":
        return _place(text)
    if field == "said_by" and ":" in text:
        voice, _, words = text.partition(":")
        return {"voice": voice.strip(), "speaker": {"words": words.strip()}}
    return text


def _party(field: str, text: str) -> dict[str, Any]:
    words, _, codes = text.rpartition("=") if "=" in text else (text, "", "")
    out: dict[str, Any] = {"words": words.strip()}
    if "=" in text:
        given = codes.split()
        countries = [code for code in given if country_code(code)]
        if len(countries) > 1:
            raise UsageError(f"{field}: {codes.strip()!r} has several countries; give one, and sectors behind it")
        out |= {"country": countries[0] if countries else None, "sectors": [c for c in given if c not in countries]}
    return out


def _place(text: str) -> dict[str, Any]:
    words, _, number = text.rpartition("=") if "=" in text else (text, "", "")
    out: dict[str, Any] = {"words": words.strip()}
    if "=" in text:
        number = number.strip()
        if not number.isdecimal() and number != "none":
            raise UsageError(f"where: {number!r} is no GeoNames id; write WORDS = NUMBER, or WORDS = none")
        out["geonameid"] = int(number) if number.isdecimal() else None
    return out


def _count(text: str) -> dict[str, Any]:
    told, _, words = text.partition("=")
    found = _COUNT.fullmatch(told.strip())
    if found is None or not words.strip() or not (found[2] or found[4]):
        raise UsageError(f"counts: {text!r} is not understood; write: killed 8..10 = WORDS OF THE REPORT")
    low, high = found[2], found[4] if found[3] else found[2]
    return {"what": found[1], "low": int(low) if low else None, "high": int(high) if high else None,
            "words": words.strip()}  # fmt: skip
