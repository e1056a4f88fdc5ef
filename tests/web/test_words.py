"""The words of the interface: every language has all of them, and no page has others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from whodid.errors import UsageError
from whodid.ontology import load_ontology
from whodid.web.names import Names
from whodid.web.words import Words, best_language, languages, load_words

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "src" / "whodid" / "web" / "templates"
SCRIPTS = ROOT / "web" / "src"
OTHERS = [language for language in languages() if language != "en"]


def placeholders(words: Words, key: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", str(words.parts(key.partition(".")[0])[key])))


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_every_text_with_its_placeholders(language: str) -> None:
    english, other = load_words("en"), load_words(language)
    assert set(other) ^ set(english) == set()
    wrong = [key for key in english if placeholders(english, key) != placeholders(other, key)]
    assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_is_not_english_over_again(language: str) -> None:
    """Names, and what is the same word in both, are few."""
    english, other = load_words("en"), load_words(language)
    same = [key for key in english if english.parts(key.split(".")[0])[key] == other.parts(key.split(".")[0])[key]]
    assert len(same) < len(list(english)) / 10, same


def test_every_code_has_a_name() -> None:
    names, ontology = Names(load_words("en")), load_ontology("plover-2.0")
    for code, kind in ontology.types.items():
        assert names.words.get(f"codes.type.{code}")
        assert all(names.words.get(f"codes.mode.{mode}") for mode in kind.modes)
    assert all(names.words.get(f"codes.sector.{code}") for code in ontology.sectors)
    assert all(names.words.get(f"codes.context.{code}") for code in ontology.contexts)
    assert all(names.words.get(f"codes.country.{code}") for code in ontology.countries)


def literal_texts(template: str) -> Iterator[str]:
    """What a template says by itself: text and spoken attributes outside of tags and Jinja."""
    plain = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", template, flags=re.DOTALL)
    plain = re.sub(r"<(script|style|pre|code|kbd)\b.*?</\1>", "", plain, flags=re.DOTALL)
    yield from re.findall(r'(?:aria-label|placeholder|title|alt)="([^"]*[^\W\d_]{2}[^"]*)"', plain)
    yield from (text for text in re.findall(r">([^<>]*)<", f">{plain}<") if re.search(r"[^\W\d_]{2}", text))


def test_the_finding_of_literal_texts() -> None:
    assert list(literal_texts('<p title="{{ t("a") }}">{{ t("b") }}: 3 × <b>…</b></p>')) == []
    assert list(literal_texts('<p title="A cat">{% if x %}Cats{% endif %}</p>')) == ["A cat", "Cats"]


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.j2")), ids=lambda p: p.name)
def test_no_template_has_words_of_its_own(path: Path) -> None:
    allowed = {"CSV", "JSON Lines", "Parquet", "doctype html"}
    assert [text for text in literal_texts(path.read_text(encoding="utf-8")) if text.strip() not in allowed] == []


def test_every_key_that_pages_and_scripts_name_is_there() -> None:
    there = set(load_words("en"))
    for path in (*TEMPLATES.rglob("*.j2"), *SCRIPTS.rglob("*.ts")):
        named = re.findall(r"""\bt\(\s*["']([\w.]+)["']\s*[,)]""", path.read_text(encoding="utf-8"))
        assert set(named) <= there, f"{path.name}: {sorted(set(named) - there)}"


ALWAYS = {"common", "codes", "filters"}


def modules(script: Path) -> set[Path]:
    """A script with all that it imports."""
    found, waiting = {script}, [script]
    while waiting:
        module = waiting.pop()
        for name in re.findall(r"""from ["'](\.[^"']+)["']""", module.read_text(encoding="utf-8")):
            path = (module.parent / f"{name}.ts").resolve()
            if path not in found and path.is_file():
                found.add(path)
                waiting.append(path)
    return found


def pages_of(script: str) -> set[str]:
    """The pages whose template, or a part that it takes in, loads a built script."""
    texts = {path: path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.j2")}
    loading = {path for path, text in texts.items() if f"pages/{script}.js" in text}
    taking = {path for path, text in texts.items() if any(f"parts/{part.name}" in text for part in loading)}
    return {path.name.partition(".")[0] for path in loading | taking if path.parent == TEMPLATES}


@pytest.mark.parametrize("script", sorted(path.stem for path in (SCRIPTS / "pages").glob("*.ts")))
def test_a_page_hands_over_every_text_that_its_script_shows(script: str) -> None:
    asked = {
        part
        for path in modules((SCRIPTS / "pages" / f"{script}.ts").resolve())
        for part in re.findall(r"""\bt\(\s*["'`](\w+)\.""", path.read_text(encoding="utf-8"))
    }
    pages = pages_of(script)
    assert pages and asked
    for page in pages:
        more = re.search(r"set more_words = \[(.*?)\]", (TEMPLATES / f"{page}.html.j2").read_text(encoding="utf-8"))
        given = ALWAYS | {page} | set(re.findall(r"\w+", more[1]) if more else ())
        assert asked <= given, f"{page} does not hand over {asked - given}"


@pytest.mark.parametrize(
    ("accepted", "found"),
    [("de-AT,de;q=0.9,en;q=0.5", "de"), ("en;q=0.2, de;q=0.8", "de"), ("fr", "en"), (None, "en"), (";;q=x", "en")],
)
def test_the_browser_says_which_language(accepted: str | None, found: str) -> None:
    assert best_language(accepted, "en") == found


def test_the_address_says_it_louder_and_is_remembered(client: TestClient) -> None:
    assert 'lang="de"' in client.get("/", headers={"Accept-Language": "de"}).text
    assert 'lang="en"' in client.get("/?lang=en", headers={"Accept-Language": "de"}).text
    assert 'lang="en"' in client.get("/", headers={"Accept-Language": "de"}).text
    client.cookies.clear()
    wrong = client.get("/?lang=tlh")
    assert wrong.status_code == 400 and "languages: de, en" in wrong.text


def test_a_language_that_is_not_there() -> None:
    with pytest.raises(UsageError, match=r"no words in 'tlh'; languages: de, en"):
        load_words("tlh")
