"""The documentation is run: every `whodid` command and Python block of README.md and docs/ works as it is typed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from whodid.cli.code import TABLE
from whodid.dataset import open_dataset
from whodid.errors import REJECTION_CODES
from whodid.export import FORMATS
from whodid.export.csv_rows import COLUMNS
from whodid.records import Claim
from whodid.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
OUTPUT = (ROOT / "docs" / "output.md").read_text(encoding="utf-8")

_BLOCK = re.compile(r"^```(console|bash|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Example:
    """Something to run: ``kind`` is console (a shell command) or python (a script)."""

    kind: str
    text: str


def examples(page: str) -> Iterator[Example]:
    """What of a page is run: console lines with a `$ ` before `whodid`, bash lines with `whodid`, Python blocks."""
    for kind, body in _BLOCK.findall(page):
        if kind == "python":
            yield Example("python", body)
            continue
        start = "$ " if kind == "console" else ""
        for line in body.replace("\\\n", " ").splitlines():
            if re.match(rf"{re.escape(start)}(\S+=\S* )*whodid ", line):
                yield Example("console", line.removeprefix(start))


def test_the_finding_of_examples() -> None:
    page = "```console\n$ whodid code a\nid who\n$ make demo\n$ A=1 whodid \\\n  show x\n```\n```python\nx = 1\n```\n"
    page += "```bash\nwhodid rejects\nls\n```\n```json\n$ whodid no\n```\n"
    assert [e.text for e in examples(page)] == ["whodid code a", "A=1 whodid    show x", "x = 1\n", "whodid rejects"]


def runnable() -> list[Path]:
    return [page for page in PAGES if list(examples(page.read_text(encoding="utf-8")))]


def test_the_readme_has_something_to_run() -> None:
    assert ROOT / "README.md" in runnable()


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.parametrize("page", runnable(), ids=lambda p: str(p.relative_to(ROOT)))
def test_what_the_page_says_works(page: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    state = tmp_path / "state"
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith("WHODID_")},
        "WHODID_STATE": str(state),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    for example in examples(page.read_text(encoding="utf-8")):
        text = with_real_id(example.text, state)
        command = ["bash", "-c", text] if example.kind == "console" else [sys.executable, "-c", text]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{text}\n{done.stdout}{done.stderr}"
        assert done.stdout or " -o " in text or " > " in text or example.kind == "python", f"{text}\nprints nothing"


def with_real_id(command: str, state: Path) -> str:
    """The command with the id of a claim that is really there: ids change whenever the coding does."""
    if found := re.fullmatch(r"(whodid correct news )([0-9a-f]{4,16})(.*)", command):
        (id,) = open_dataset(state.parent / "news").query("SELECT min(id) AS id FROM claims")["id"].to_pylist()
        return f"{found[1]}{id}{found[3]}"
    found = re.fullmatch(r"(whodid show )([0-9a-f]{4,16})(.*)", command)
    if not found:
        return command
    with (state / "claims.jsonl").open(encoding="utf-8") as claims:
        return f"{found[1]}{json.loads(claims.readline())['id']}{found[3]}"


# ---------------------------------------------------------------- what must be written down


@pytest.mark.parametrize("code", REJECTION_CODES)
def test_every_rejection_code_is_documented(code: str) -> None:
    assert f"| `{code}` | {REJECTION_CODES[code]} |" in OUTPUT


@pytest.mark.parametrize("column", COLUMNS)
def test_every_csv_column_is_documented(column: str) -> None:
    assert f"`{column}`" in OUTPUT


@pytest.mark.parametrize("field", Claim.model_fields)
def test_every_field_of_a_claim_is_documented(field: str) -> None:
    assert f"| `{field}` |" in OUTPUT


@pytest.mark.parametrize("name", [TABLE, *FORMATS])
def test_every_format_is_documented(name: str) -> None:
    assert f"`{name}`" in OUTPUT


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_documented(name: str) -> None:
    assert f"`WHODID_{name.upper()}`" in (ROOT / "docs" / "index.md").read_text(encoding="utf-8")


def test_links_between_the_pages_lead_somewhere() -> None:
    for page in [*PAGES, ROOT / "CONTRIBUTING.md"]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
